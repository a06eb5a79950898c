"""What somebody fills in to become a member, and a coordinator to let a member speak for an organisation."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.forms import Tidy
from core.journal import record
from movement.access import speaks_for
from movement.models import Member, Organisation, Perspective


class SignupForm(Tidy, forms.Form):
    """Added to allauth's form (which asks the e-mail address)."""

    field_order = ("email", "name", "perspective", "sixteen")

    name = forms.CharField(
        label=_("Your first name"),
        max_length=60,
        help_text=_("Members of your teams see it."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Fill in your first name. A made-up one is fine too.")},
    )
    perspective = forms.ChoiceField(
        label=_("From where do you look?"),
        choices=Perspective.choices,
        widget=forms.RadioSelect,
        help_text=_("It says with which eyes you look. It gives no rights and takes none away."),
        error_messages={"required": _("Choose what fits best.")},
    )
    sixteen = forms.BooleanField(
        label=_("I am 16 or older"),
        error_messages={"required": _("An account is for people of 16 and older. You can tell a story at any age.")},
    )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def signup(self, request: HttpRequest, user: Member) -> None:
        """Called by allauth when the member has been made, in the transaction of the page."""
        user.name = self.cleaned_data["name"]
        user.perspectives = [self.cleaned_data["perspective"]]
        user.save(update_fields=["name", "perspectives"])
        record("member.signed_up", user, actor=user)


class VoiceForm(Tidy, forms.Form):
    """`cleaned_data` has the member, and an organisation that may still have to be saved."""

    email = forms.EmailField(label=_("E-mail address of the member"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        required=False,
        label=_("For which organisation?"),
        to_field_name="public_id",
        empty_label="—",
    )
    name = forms.CharField(required=False, max_length=120, label=_("Or one that is not in the list yet"))
    kind = forms.ChoiceField(required=False, label=_("What is it?"), choices=[("", "—"), *Organisation.Kind.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(left_on=None)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "email" in data:
            data["member"] = Member.objects.filter(email__iexact=data["email"], is_active=True).first()
            if data["member"] is None:
                self.add_error("email", _("Nobody here has this address. Ask them to become a member first."))
        if "organisation" in data and not data["organisation"] and "name" in data and "kind" in data:
            self._new_one(data)
        return data

    def _new_one(self, data: dict[str, Any]) -> None:
        if not data["name"]:
            self.add_error("organisation", _("Choose an organisation, or write its name below."))
        elif known := Organisation.objects.filter(name__iexact=data["name"]).first():
            if known in speaks_for(data.get("member")):  # a second click
                data["organisation"] = known
            else:
                self.add_error("name", _("This one is in the list already."))
        elif not data["kind"]:
            self.add_error("kind", _("Say what it is."))
        else:
            data["organisation"] = Organisation(name=data["name"], kind=data["kind"])

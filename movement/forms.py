"""What somebody fills in to become a member."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.journal import record
from core.text import tidy
from movement.models import Member, Perspective


class SignupForm(forms.Form):
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
        name = " ".join(tidy(self.cleaned_data["name"]).split())
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name

    def signup(self, request: HttpRequest, user: Member) -> None:
        """Called by allauth when the member has been made, in the transaction of the page."""
        user.name = self.cleaned_data["name"]
        user.perspectives = [self.cleaned_data["perspective"]]
        user.save(update_fields=["name", "perspectives"])
        record("member.signed_up", user, actor=user)

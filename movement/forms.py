"""What somebody fills in to become a member."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from movement.models import Member, Perspective


class SignupForm(forms.Form):
    """Added to allauth's form (which asks the e-mail address)."""

    name = forms.CharField(label=_("Your first name"), max_length=60)
    perspective = forms.ChoiceField(label=_("From where do you look?"), choices=Perspective.choices)
    sixteen = forms.BooleanField(label=_("I am 16 or older"))

    def signup(self, request: HttpRequest, user: Member) -> None:
        user.name = self.cleaned_data["name"]
        user.perspectives = [self.cleaned_data["perspective"]]
        user.save(update_fields=["name", "perspectives"])

"""Every component in its states, to look at while building; routed only when DEBUG is on."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class GalleryForm(forms.Form):
    story = forms.CharField(
        label="Wat gebeurde er?", help_text="Schrijf zoals je praat. Tien zinnen is genoeg.", widget=forms.Textarea
    )
    name = forms.CharField(label="Naam van het team", required=False)
    feeling = forms.ChoiceField(
        label="Hoe voelde het?",
        choices=[("heard", "Ik werd gehoord"), ("little", "Een beetje"), ("not", "Ik werd niet gehoord")],
        widget=forms.RadioSelect,
        required=False,
    )
    theme = forms.MultipleChoiceField(
        label="Waar gaat het over?",
        choices=[("living", "Wonen"), ("school", "School"), ("contact", "Contact met thuis")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Je mag er meer kiezen.",
    )
    region = forms.ChoiceField(label="Jeugdregio", choices=[("", "Kies een regio"), ("JZ08", "Flevoland")])
    secrecy = forms.BooleanField(label="Ik heb namen en plaatsen weggelaten")


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    form = GalleryForm({"story": "", "theme": ["school"], "region": "JZ08"})
    page = Paginator(range(90), 20).page(2)
    return TemplateResponse(request, "portal/components.html", {"form": form, "page": page})

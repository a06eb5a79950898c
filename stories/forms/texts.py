"""What a coordinator edits of the texts that everybody reads: help lines, house rules, explanations. Plain text."""

import re
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.forms import Tidy, offer
from movement.models import Checked, Explanation, HelpLine
from stories.models import HouseRule

_TAG = re.compile(r"<[a-z/!?]", re.IGNORECASE)
_SIGNS = re.compile(r"\+?[0-9][0-9 ()-]*")
_SEVERITIES = (
    ("green", _("Green: we propose it, and publish without it as well")),
    ("amber", _("Amber: somebody can be recognised or hurt; we change it with the teller")),
    ("red", _("Red: as long as it stands open, the story cannot be published")),
)
# 112 and 14 020, 0800-0432, 085 and 06 numbers, 0800 with seven; from abroad +31 with nine.
_DIGITS = (3, 5, 6, 8, 10, 11)


def plain(value: str) -> None:
    if _TAG.search(value):
        raise ValidationError(_("Plain text only: leave out the < and what belongs to it."))


def phone(value: str) -> None:
    digits = re.sub(r"\D", "", value)
    if not _SIGNS.fullmatch(value) or len(digits) not in _DIGITS or (value[0] == "+" and len(digits) != _DIGITS[-1]):
        raise ValidationError(_("This is no phone number. Write it as 113, 0800-0432 or 020 123 4567."))


class TextForm(Tidy, forms.ModelForm):
    """`seen` is the version that was on the page when she began to type."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(plain)

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.instance.EDITED if name in self.cleaned_data}


class HelpLineForm(TextForm):
    phones = ("number",)
    chat_url = forms.URLField(
        label=_("Address of the chat"), required=False, assume_scheme="https", max_length=200,
        validators=[URLValidator(["https"], message=_("Write the whole address, beginning with https://."))],
    )  # fmt: skip

    class Meta:
        model = HelpLine
        fields: ClassVar = ["name", "purpose", "number", "hours", "chat_url", "free", "urgent"]
        labels: ClassVar = {
            "name": _("Name"), "purpose": _("For whom and for what"), "number": _("Phone number"),
            "hours": _("When somebody is there"), "free": _("Free of charge"),
            "urgent": _("For danger: stands first when a story tells of danger"),
        }  # fmt: skip
        help_texts: ClassVar = {"urgent": ""}

    def clean_number(self) -> str:
        number = " ".join(str(self.cleaned_data["number"]).split())
        phone(number)
        return number


class HouseRuleForm(TextForm):
    explanation = forms.CharField(
        label=_("Explanation"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    why = forms.CharField(
        label=_("Why do you change it?"), max_length=200, required=False,
        help_text=_("Only asked when you change what it does. Kept with the old version, for colleagues."),
    )  # fmt: skip

    class Meta:
        model = HouseRule
        fields: ClassVar = ["text", "explanation", "severity"]
        labels: ClassVar = {"text": _("The rule"), "severity": _("What it does")}
        widgets: ClassVar = {"severity": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "severity", _SEVERITIES)
        if not self.instance.pk:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "why" in self.fields and "severity" in self.changed_data and not data.get("why"):
            self.add_error("why", _("Write in a sentence why it does something else from now on."))
        return data

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if not self.instance.pk:
            self.instance.slug = slugify(text)[:40].strip("-")
            if not self.instance.slug or HouseRule.objects.filter(slug=self.instance.slug).exists():
                raise ValidationError(_("There is a rule with these words already. Say it in other words."))
        return text


class ExplanationForm(TextForm):
    class Meta:
        model = Explanation
        fields: ClassVar = ["title", "text", "place"]
        labels: ClassVar = {"title": _("Heading"), "text": _("Text"), "place": _("On which page")}
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 8}), "place": forms.RadioSelect}


class Kind(NamedTuple):
    model: type[Checked]
    form: type[TextForm]
    title: Promise
    new: Promise


KINDS = {
    "hulplijn": Kind(HelpLine, HelpLineForm, _("Help lines"), _("Add a help line")),
    "huisregel": Kind(HouseRule, HouseRuleForm, _("House rules"), _("Add a house rule")),
    "uitleg": Kind(Explanation, ExplanationForm, _("Explanations"), _("Add an explanation")),
}

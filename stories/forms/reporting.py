"""What a reader fills in to report a story, and what a coordinator decides about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Tidy, offer
from stories.forms.telling import StoryText
from stories.models import HouseRule, Report, Ruling

MOST = 2_000
OUTCOMES = {
    Ruling.Outcome.LEFT: _("It stays on the site, or comes back on it"),
    Ruling.Outcome.HELD: _("Off the site while we look further"),
    Ruling.Outcome.OFF: _("Off the site"),
}


class ReportForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    why = forms.ChoiceField(
        label=_("What is wrong with this story?"),
        choices=Report.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )
    text = StoryText(
        most=MOST,
        rows=5,
        required=False,
        label=_("Tell us more"),
        help_text=_("Which sentence is it about? You need not say who you are. Write no names or addresses."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("why") == Report.Why.OTHER and "text" in data and not data["text"]:
            self.add_error("text", _("Write in a sentence what it is. Otherwise we do not know what to look at."))
        return data


class ReportObjectionForm(forms.Form):
    text = StoryText(
        most=MOST,
        rows=5,
        label=_("Why do you not agree?"),
        error_messages={"required": _("There is nothing here yet. One sentence is enough.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autocomplete"] = "off"


class RulingForm(Tidy, forms.Form):
    """`outcomes` are those that can be chosen now; taking it off asks for a house rule."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    read = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("What happens with the story?"), widget=forms.RadioSelect)
    rules = forms.ModelMultipleChoiceField(
        HouseRule.objects.current(),
        required=False,
        label=_("Which house rules?"),
        help_text=_("Only when it goes off the site. The teller reads them."),
        widget=forms.CheckboxSelectMultiple,
        to_field_name="slug",
    )
    statement = forms.CharField(
        label=_("Why?"),
        help_text=_("Whoever reported it reads this, and the teller too. Say nothing by which one knows the other."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why. Both sides read it.")},
    )

    def __init__(self, *args: Any, outcomes: list[Ruling.Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", [(one.value, OUTCOMES[one]) for one in outcomes])
        offer(self, "rules", [(rule.slug, rule.text) for rule in HouseRule.objects.current()])

    def clean_read(self) -> int:
        return self.cleaned_data["read"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("outcome") == Ruling.Outcome.OFF and not data.get("rules"):
            self.add_error("rules", _("A story is taken off with a reason from the house rules. Choose one."))
        return data

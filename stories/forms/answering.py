"""What an organisation's voice writes to a story, and what a coordinator decides about that."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import Tidy, offer
from movement.models import Organisation
from stories.forms.telling import StoryText
from stories.models import HouseRule, PublicAnswer

MOST = 2_000
FARTHEST = dt.timedelta(days=2 * 366)


class PublicAnswerForm(forms.Form):
    organisation = forms.ChoiceField(label=_("For which organisation do you speak?"))
    kind = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=PublicAnswer.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )
    text = StoryText(
        most=MOST,
        rows=7,
        label=_("Your answer"),
        help_text=_("To who told this, in words that a fourteen-year-old understands. Name nobody, and no place."),
        error_messages={"required": _("There is nothing here yet. One sentence is enough.")},
    )
    due_on = forms.DateField(
        required=False,
        label=_("Before which day?"),
        help_text=_("Only when you say what you will do. On that day we ask you what came of it."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {one.public_id: one for one in organisations}
        offer(self, "organisation", [(key, one.name) for key, one in self.organisations.items()])
        if len(self.organisations) == 1:  # nothing to choose: the page sends it along unseen
            self.initial["organisation"] = next(iter(self.organisations))

    def clean_organisation(self) -> Organisation:
        return self.organisations[self.cleaned_data["organisation"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "kind" not in data or "due_on" not in data:
            return data
        day, today = data["due_on"], timezone.localdate()
        if data["kind"] != PublicAnswer.Kind.WILL_DO:
            data["due_on"] = None
        elif day is None:
            self.add_error("due_on", _("Say before which day you will do it. Then others can count on it."))
        elif not today < day < today + FARTHEST:
            self.add_error("due_on", _("Choose a day that is still to come, within two years."))
        return data


class DecideAnswerForm(Tidy, forms.Form):
    do = forms.ChoiceField(choices=[(do, do) for do in ("publish", "refuse", "done")], widget=forms.HiddenInput)
    rule = forms.ChoiceField(label=_("For which reason?"), required=False)
    statement = forms.CharField(
        label=_("What do you tell who wrote it?"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say which rule it is, and what would make it right."),
    )

    def __init__(self, *args: Any, rules: Sequence[HouseRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = {rule.slug: rule for rule in rules}
        offer(self, "rule", [("", "—"), *((slug, rule.text) for slug, rule in self.rules.items())])

    def clean_rule(self) -> HouseRule | None:
        return self.rules.get(self.cleaned_data["rule"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("do") == "refuse":
            if "rule" in data and data["rule"] is None:
                self.add_error("rule", _("Choose the house rule. Who wrote it must know which one it is."))
            if "statement" in data and not data["statement"]:
                self.add_error("statement", _("Write why, and what would make it right."))
        return data

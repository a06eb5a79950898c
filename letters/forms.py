"""How fast a member wants which letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.models import Kind, Pace
from movement.models import Member

_PACES = {
    Kind.NEWS: (Pace.WEEKLY, Pace.DAILY, Pace.NEVER),
    Kind.SEARCH: (Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY, Pace.NEVER),
    Kind.TEAM: (Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY, Pace.NEVER),
    Kind.ANSWER: (Pace.AT_ONCE, Pace.DAILY, Pace.NEVER),
    Kind.LOOK_BACK: (Pace.AT_ONCE, Pace.DAILY, Pace.NEVER),
    Kind.DESK: (Pace.AT_ONCE, Pace.DAILY, Pace.NEVER),
}
_HINTS = {
    Kind.NEWS: _("New stories that were published."),
    Kind.SEARCH: _("New stories that fit a search that you keep."),
    Kind.TEAM: _("A story taken up, a next step, a success, a change, somebody new."),
    Kind.ANSWER: _("For who speaks for an organisation: what became of your answer, and when a promise is due."),
    Kind.LOOK_BACK: _("For hosts: the day has come on which your team wanted to look back."),
    Kind.DESK: _("How many stories, reports and answers of organisations wait for the support centre."),
}


class PaceForm(forms.Form):
    """A question for each kind that this member can get; `initial` holds what counts now."""

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, paces in _PACES.items():
            if kind == Kind.DESK and not member.is_coordinator:
                continue
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                help_text=_HINTS[kind],
                choices=[(pace.value, pace.label) for pace in paces],
                widget=forms.RadioSelect,
            )

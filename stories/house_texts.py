"""The texts that coordinators edit, all kinds together: which there are, and which nobody looked at for too long."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Value
from django.utils import timezone

from movement.models import CheckedQuerySet, Explanation, HelpLine
from stories.models import HouseRule


class Text(NamedTuple):
    """A row of any of the three tables, in the columns that they have in common."""

    kind: str  # as in the address: hulplijn, huisregel, uitleg
    pk: int
    name: str
    severity: str  # of a house rule
    checked_on: dt.date
    ended_on: dt.date | None

    @property
    def is_overdue(self) -> bool:
        return not self.ended_on and (timezone.localdate() - self.checked_on).days > settings.TEXTS_CHECK_DAYS


_COLUMNS = ("kind", "pk", "called", "colour", "checked_on", "ended_on", "position")


def all_texts() -> list[Text]:
    """Every text, the ended ones too, in the order of its page. One query."""
    lines, rules, explanations = HelpLine.objects.all(), HouseRule.objects.all(), Explanation.objects.all()
    return _rows(lines, rules, explanations)


def overdue_texts() -> list[Text]:
    """Those that nobody checked for TEXTS_CHECK_DAYS, the longest ago first. One query."""
    today = timezone.localdate()
    lines, rules = HelpLine.objects.overdue(today), HouseRule.objects.overdue(today)
    return sorted(_rows(lines, rules, Explanation.objects.overdue(today)), key=lambda text: text.checked_on)


def _rows(lines: CheckedQuerySet[HelpLine], rules: CheckedQuerySet[HouseRule],
          explanations: CheckedQuerySet[Explanation]) -> list[Text]:  # fmt: skip
    parts = [
        rows.order_by().annotate(kind=Value(kind), called=F(name), colour=colour).values_list(*_COLUMNS)
        for kind, rows, name, colour in (
            ("hulplijn", lines, "name", Value("")),
            ("huisregel", rules, "text", F("severity")),
            ("uitleg", explanations, "title", Value("")),
        )
    ]
    found = parts[0].union(*parts[1:], all=True).order_by("position", "pk")
    return [Text(*row[:-1]) for row in found]

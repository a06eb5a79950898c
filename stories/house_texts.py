"""The texts that coordinators edit, all kinds together."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Value
from django.utils import timezone

from movement.models import Explanation, HelpLine
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
    parts = [
        rows.order_by().annotate(kind=Value(kind), called=F(name), colour=colour).values_list(*_COLUMNS)
        for kind, rows, name, colour in (
            ("hulplijn", HelpLine.objects.all(), "name", Value("")),
            ("huisregel", HouseRule.objects.all(), "text", F("severity")),
            ("uitleg", Explanation.objects.all(), "title", Value("")),
        )
    ]
    found = parts[0].union(*parts[1:], all=True).order_by("position", "pk")
    return [Text(*row[:-1]) for row in found]

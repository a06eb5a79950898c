"""The hours in which somebody sits at the desk, and the clock that runs in them."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_FORM = re.compile(r"(?P<first>[a-z]{2})(?:-(?P<last>[a-z]{2}))? (?P<begin>\d{1,2})-(?P<end>\d{1,2})")


class Staffed(NamedTuple):
    days: frozenset[int]  # 0 is Monday
    begin: int  # hours of the clock, local time
    end: int

    @property
    def hours_a_day(self) -> int:
        return self.end - self.begin

    def __str__(self) -> str:
        """In words, for people: 'maandag tot en met vrijdag, van 9 tot 5'."""
        # Said as people say it, where nobody can mistake which 5 is meant; other languages count on to 17.
        by_twelve = get_language() in ("nl", "en")
        afternoon = by_twelve and self.begin < 12 < self.end <= 18 and self.end - 12 != self.begin
        words = {
            "first": _named(min(self.days)),
            "last": _named(max(self.days)),
            "begin": self.begin,
            "end": self.end - 12 if afternoon else self.end,
        }
        if len(self.days) == 1:
            return _("%(first)s, from %(begin)s to %(end)s") % words
        return _("%(first)s to %(last)s, from %(begin)s to %(end)s") % words


def _named(day: int) -> str:
    """A day of the week as it stands inside a sentence; Django gives each language a capital or none."""
    name = str(WEEKDAYS[day])
    return name.lower() if get_language() in ("pl", "tr", "uk") else name


@lru_cache(maxsize=8)
def parse(text: str) -> Staffed:
    """Read a setting such as 'ma-vr 9-17'. Raises ImproperlyConfigured with what it should look like."""
    found = _FORM.fullmatch(text.strip().lower())
    if found and found["first"] in _DAYS and (found["last"] or found["first"]) in _DAYS:
        first, last = _DAYS.index(found["first"]), _DAYS.index(found["last"] or found["first"])
        begin, end = int(found["begin"]), int(found["end"])
        if first <= last and 0 <= begin < end <= 24:
            return Staffed(frozenset(range(first, last + 1)), begin, end)
    raise ImproperlyConfigured("DESK_STAFFED says which days and hours, such as 'ma-vr 9-17'.")


def in_words() -> str:
    """When somebody sits at the desk, for a sentence."""
    return str(parse(settings.DESK_STAFFED))


@lru_cache(maxsize=4096)
def deadline(since: dt.datetime, hours: int, staffed: Staffed) -> dt.datetime:
    """The moment at which `hours` staffed hours have gone by since an (aware) moment."""
    moment = timezone.localtime(since)
    left = dt.timedelta(hours=hours)
    while True:
        opens = moment.replace(hour=staffed.begin, minute=0, second=0, microsecond=0)
        closes = opens + dt.timedelta(hours=staffed.hours_a_day)
        if moment.weekday() in staffed.days and moment < closes:
            start = max(moment, opens)
            if left <= closes - start:
                return start + left
            left -= closes - start
        moment = opens + dt.timedelta(days=1)


def begun(until: dt.datetime, hours: int, staffed: Staffed) -> dt.datetime:
    """The other way round: the moment from which `hours` staffed hours had gone by at `until`."""
    moment = timezone.localtime(until)
    left = dt.timedelta(hours=hours)
    while True:
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        opens = midnight.replace(hour=staffed.begin)
        closes = opens + dt.timedelta(hours=staffed.hours_a_day)
        if moment.weekday() in staffed.days and moment > opens:
            end = min(moment, closes)
            if left <= end - opens:
                return end - left
            left -= end - opens
        moment = midnight - dt.timedelta(microseconds=1)


def read_due(since: dt.datetime) -> dt.datetime:
    """Before when somebody has read what a teller wrote then."""
    return deadline(since, settings.READ_HOURS, parse(settings.DESK_STAFFED))


def danger_due(danger: str, since: dt.datetime) -> dt.datetime:
    """Before when a colleague must have looked: one staffed hour when urgent, one working day at a concern."""
    staffed = parse(settings.DESK_STAFFED)
    return deadline(since, _hours(danger, staffed), staffed)


def danger_since(danger: str, now: dt.datetime) -> dt.datetime:
    """Signals from before this moment are past their time now."""
    staffed = parse(settings.DESK_STAFFED)
    return begun(now, _hours(danger, staffed), staffed)


def _hours(danger: str, staffed: Staffed) -> int:
    return 1 if danger == "urgent" else staffed.hours_a_day

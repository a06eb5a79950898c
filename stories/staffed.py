"""The hours in which somebody sits at the desk, and the clock that runs in them."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_FORM = re.compile(r"(?P<first>[a-z]{2})(?:-(?P<last>[a-z]{2}))? (?P<begin>\d{1,2})-(?P<end>\d{1,2})")
_NEAR = dt.timedelta(days=7)  # so long before a day on which nobody is there, tellers read of it


class Staffed(NamedTuple):
    days: frozenset[int]  # 0 is Monday
    begin: int  # hours of the clock, local time
    end: int
    closed: frozenset[dt.date] = frozenset()

    def open_on(self, day: dt.date) -> bool:
        return day.weekday() in self.days and day not in self.closed

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
def parse(text: str, closed: str = "") -> Staffed:
    """Read settings such as 'ma-vr 9-17' and '2026-12-25 2026-12-26'. Raises ImproperlyConfigured with what they
    should look like."""
    found = _FORM.fullmatch(text.strip().lower())
    if found and found["first"] in _DAYS and (found["last"] or found["first"]) in _DAYS:
        first, last = _DAYS.index(found["first"]), _DAYS.index(found["last"] or found["first"])
        begin, end = int(found["begin"]), int(found["end"])
        if first <= last and 0 <= begin < end <= 24:
            return Staffed(frozenset(range(first, last + 1)), begin, end, _dates(closed))
    raise ImproperlyConfigured("DESK_STAFFED says which days and hours, such as 'ma-vr 9-17'.")


def _dates(text: str) -> frozenset[dt.date]:
    try:
        return frozenset(map(dt.date.fromisoformat, text.replace(",", " ").split()))
    except ValueError as error:
        raise ImproperlyConfigured("DESK_CLOSED says on which days, such as '2026-12-25 2026-12-26'.") from error


def of_the_desk() -> Staffed:
    return parse(settings.DESK_STAFFED, settings.DESK_CLOSED)


def in_words() -> str:
    """When somebody sits at the desk, for a sentence; of the days on which nobody does, those that are near."""
    desk, today = of_the_desk(), timezone.localdate()
    words = str(desk)
    for day in sorted(desk.closed):
        if day.weekday() in desk.days and today <= day <= today + _NEAR:
            words = _("%(hours)s, except on %(day)s") % {"hours": words, "day": date_format(day, _("l j E"))}
    return words


@lru_cache(maxsize=4096)
def deadline(since: dt.datetime, hours: int, staffed: Staffed) -> dt.datetime:
    """The moment at which `hours` staffed hours have gone by since an (aware) moment."""
    moment = timezone.localtime(since)
    left = dt.timedelta(hours=hours)
    while True:
        opens = moment.replace(hour=staffed.begin, minute=0, second=0, microsecond=0)
        closes = opens + dt.timedelta(hours=staffed.hours_a_day)
        if staffed.open_on(moment.date()) and moment < closes:
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
        if staffed.open_on(moment.date()) and moment > opens:
            end = min(moment, closes)
            if left <= end - opens:
                return end - left
            left -= end - opens
        moment = midnight - dt.timedelta(microseconds=1)


def read_due(since: dt.datetime) -> dt.datetime:
    """Before when somebody has read what a teller wrote then."""
    return deadline(since, settings.READ_HOURS, of_the_desk())


def danger_due(danger: str, since: dt.datetime) -> dt.datetime:
    """Before when a colleague must have looked: one staffed hour when urgent, one working day at a concern."""
    staffed = of_the_desk()
    return deadline(since, _hours(danger, staffed), staffed)


def danger_since(danger: str, now: dt.datetime) -> dt.datetime:
    """Signals from before this moment are past their time now."""
    staffed = of_the_desk()
    return begun(now, _hours(danger, staffed), staffed)


def _hours(danger: str, staffed: Staffed) -> int:
    return 1 if danger == "urgent" else staffed.hours_a_day

"""The hours of the day in which a phone may light up: nobody is told or asked anything at night."""

import datetime as dt

from django.utils import timezone

WAKE = dt.time(7, 0)
SLEEP = dt.time(21, 0)


def by_day(now: dt.datetime | None = None) -> bool:
    return WAKE <= timezone.localtime(now).time() <= SLEEP


def next_by_day(now: dt.datetime) -> dt.datetime:
    """Now, or the next morning."""
    if by_day(now):
        return now
    local = timezone.localtime(now)
    day = local.date() + dt.timedelta(days=local.time() > SLEEP)
    return dt.datetime.combine(day, WAKE, tzinfo=local.tzinfo)

"""Who opens far more stories than is usual on the desk. Nobody is stopped; her colleagues see it."""

import datetime as dt

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core import journal
from core.models import JournalEntry
from movement.models import Member
from stories.load import since_midnight

READ_MUCH = "member.read_much"  # in the journal: the member it is about is also who did it, and no letter goes to her
_BEFORE = dt.timedelta(days=90)  # what is usual: long enough to hold a holiday, short enough to follow the work

# Each story counts once a day, however often it was opened.
_MANY_TODAY = """
    select actor from core_journalentry where verb = 'story.looked_at' and at >= %(today)s
    group by actor having count(distinct subject_id) > %(most)s
"""
_USUAL = """
    select avg(opened) + 3 * stddev_pop(opened) from (
        select count(distinct subject_id) as opened from core_journalentry
        where verb = 'story.looked_at' and at >= %(since)s and at < %(today)s
        group by actor, (at at time zone %(zone)s)::date
    ) days
"""


def notice_much_reading() -> int:
    """Note in the journal who opened far more stories today than is usual here; returns how many. Once a day each.

    Far more is more than READ_MUCH_A_DAY, and more than three standard deviations above what a coordinator opened on
    a day on which she opened any, in the ninety days before. Her colleagues hear of it by letter and on the desk.
    """
    today = since_midnight()
    found = _beyond(settings.READ_MUCH_A_DAY, today)
    if found:  # only then is it worth it to look what is usual
        found = _beyond(max(settings.READ_MUCH_A_DAY, _usual(today)), today)
    return sum(_note(public_id, today) for public_id in found)


def _beyond(most: float, today: dt.datetime) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_MANY_TODAY, {"today": today, "most": most})
        return [actor for (actor,) in cursor.fetchall()]


def _usual(today: dt.datetime) -> float:
    """Of all coordinators together: who reads much every day is not the measure of what is much."""
    zone = str(timezone.get_current_timezone())
    with connection.cursor() as cursor:
        cursor.execute(_USUAL, {"since": today - _BEFORE, "today": today, "zone": zone})
        return float(cursor.fetchone()[0] or 0)


@transaction.atomic
def _note(public_id: str, today: dt.datetime) -> bool:
    """Two workers at once note it once: the second waits for the row of the member, and finds it noted."""
    member = Member.objects.select_for_update().filter(public_id=public_id).first()
    if member is None or JournalEntry.objects.filter(verb=READ_MUCH, actor=public_id, at__gte=today).exists():
        return False
    journal.record(READ_MUCH, member, actor=member)
    return True

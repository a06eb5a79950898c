"""How much of what is heavy one coordinator has read today. Nobody is stopped; the desk proposes to hand over."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone

from movement.models import Member


class Load(NamedTuple):
    """Heavy stories: how many she opened today (each counts once), and how many she has in hand."""

    read: int
    in_hand: int

    @property
    def is_full(self) -> bool:
        return self.read >= settings.HEAVY_A_DAY


# Two numbers, for the member with the key `me`; `today` is when her day began.
COUNTED = """(
    select count(distinct look.subject_id) from core_journalentry look
    join stories_story story on story.public_id = look.subject_id and {heavy}
    where look.verb = 'story.looked_at' and look.at >= %(today)s
        and look.actor = (select public_id from movement_member where id = %(me)s)
), (
    select count(*) from stories_story where status = 'in_hand' and reader_id = %(me)s and {heavy}
)""".replace(
    "{heavy}", "(heavy or danger <> 'none' and (heavy_said is null or danger_answered_at is null))"
)  # Story.heavy_to_open


def since_midnight() -> dt.datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def load_of(member: Member) -> Load:
    """The load of this coordinator, from the log of looks. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {COUNTED}", {"today": since_midnight(), "me": member.pk})
        return Load(*cursor.fetchone())

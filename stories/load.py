"""How much of what is heavy one coordinator has read today. Nobody is stopped; the desk proposes to hand over."""

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


_LOAD = """
select (
    select count(distinct look.subject_id) from core_journalentry look
    join stories_story story on story.public_id = look.subject_id and story.heavy
    where look.verb = 'story.looked_at' and look.at >= %(today)s and look.actor = %(who)s
), (
    select count(*) from stories_story where status = 'in_hand' and reader_id = %(me)s and heavy
)
"""


def load_of(member: Member) -> Load:
    """The load of this coordinator, from the log of looks. One query."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, {"today": today, "who": member.public_id, "me": member.pk})
        return Load(*cursor.fetchone())

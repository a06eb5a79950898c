"""Notices for tellers: that something waits behind their code, and not a word more."""

from django.utils import timezone

from core.models import JournalEntry
from letters.hours import next_by_day
from letters.models import Notice
from letters.notices import reaches


def write_notices(entry: JournalEntry) -> None:
    """A notice to each teller for whom this is news, unless one is on its way already (part of a claim)."""
    at = next_by_day(timezone.now())
    Notice.objects.bulk_create(
        [Notice(reach=reach, try_at=at) for reach in reaches(entry).only("pk")], ignore_conflicts=True
    )

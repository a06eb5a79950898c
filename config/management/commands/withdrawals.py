"""Print what was taken back: withdrawn stories, narrowed consents, erased members. Keep it outside the database."""

import csv
from typing import Any

from django.core.management.base import BaseCommand

from core.models import JournalEntry
from stories.actions.replaying import taken_back

HEADER = ("what", "public_id", "answer")


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        rows = csv.writer(self.stdout)
        rows.writerow(HEADER)
        rows.writerows(taken_back())
        erased = JournalEntry.objects.filter(verb="member.erased").order_by("pk").values_list("subject_id", flat=True)
        rows.writerows(("erased", public_id, "") for public_id in erased)

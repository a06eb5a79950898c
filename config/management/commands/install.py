"""Make the tables and bring in what a house begins with. Each upgrade runs it again: what is there stays as it is, but
for the words that stories are searched by."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from monitor.setup import load_figures, load_indicators
from movement.areas import load_areas
from movement.models import Member
from movement.setup import load_change_tasks, load_dream, load_explanations, load_help_lines, load_themes
from stories.setup import load_house_rules, words_anew


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"], stdout=self.stdout)
        begin()
        words_anew()
        if options["verbosity"] and not Member.objects.filter(is_coordinator=True).exists():
            self.stdout.write(
                "Nobody reads what tellers send yet: manage.py appoint EMAIL --name NAME --coordinator makes the first."
            )


@transaction.atomic
def begin() -> None:
    """All that is not about anybody: areas, the dream, themes, texts of ours, and the figures with what they mean."""
    load_areas()
    load_dream()
    load_themes()
    load_change_tasks()
    load_help_lines()
    load_explanations()
    load_house_rules()
    load_indicators()
    load_figures()

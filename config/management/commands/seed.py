"""Fill an empty house with the demo movement. Never where members are: it is for looking around and for tests."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.demo import code as demo_code
from config.demo import people, stories, threads
from config.management.commands.install import begin
from movement.models import Member
from movement.setup import load_dream


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, instead of failing, when members exist"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Member.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There are members already. The demo only fills an empty database.")
        if settings.SECURE:
            raise CommandError("The demo has members that do not exist, so it is not for a public site.")
        self.stderr.write("Bringing in the demo movement …")
        code = fill()
        demo_code.keep(code)


@transaction.atomic
def fill() -> str:
    """Bring everything in, all or nothing; return the code of the story with the longest thread."""
    begin()
    dream = load_dream()
    rows = people.read()
    everybody = people.members(rows["members"], dream)
    people.organisations(rows["organisations"])
    initiatives = people.initiatives(rows["initiatives"])
    teams = people.teams(rows["teams"], everybody, dream)
    told = stories.tell_all(stories.Desk(everybody["marijke"], everybody["hanna"]))
    threads.weave(told, teams, everybody, initiatives)
    return told[0].code

"""Look whether the journal is as it was sealed: no entry changed, removed, or added in between."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import sealing
from core.models import Seal


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--known", default="", metavar="SEAL",
            help="a seal that this command or the log named before; without it nobody sees that the newest were taken "
            "away together with what they seal",
        )  # fmt: skip

    def handle(self, *args: Any, known: str, **options: Any) -> None:
        found = list(sealing.faults(known))
        if found:
            raise CommandError("\n".join(["The journal is not as it was sealed.", *found]))
        newest = sealing.newest()
        if newest is None:
            self.stdout.write("Nothing is sealed yet.")
            return
        entries = sum(Seal.objects.values_list("entries", flat=True))
        self.stdout.write(f"{entries} entries are as they were sealed. The newest seal: {sealing.name_of(newest)}")

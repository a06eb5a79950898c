"""Take back again, after a restore, what the list from `manage.py withdrawals` says. Doing it twice does no harm."""

import csv
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.management.commands.withdrawals import HEADER
from movement.models import Member
from portal.erasing import erase_everywhere
from stories.actions.replaying import take_back_again

_SAYS = {True: "done again", False: "stood already", None: "not in this back-up"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("list", type=Path, help="the file that `manage.py withdrawals` wrote last")

    def handle(self, *args: Any, **options: Any) -> None:
        done: Counter[bool | None] = Counter()
        with transaction.atomic():
            for number, row in enumerate(_rows(options["list"]), 2):
                try:
                    done[_again(*row)] += 1
                except ValueError as error:
                    raise CommandError(f"Line {number} is not a line of this list, so nothing was changed.") from error
        self.stdout.write(", ".join(f"{done[key]} {words}" for key, words in _SAYS.items()))


def _rows(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file)) or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"{path} cannot be read.") from error
    if tuple(header) != HEADER or any(len(row) != len(HEADER) for row in rows):
        raise CommandError(f"{path} is not a whole list from `manage.py withdrawals`, so nothing was changed.")
    return rows


def _again(what: str, public_id: str, answer: str) -> bool | None:
    if what != "erased":
        return take_back_again(what, public_id, answer)
    member = Member.objects.filter(public_id=public_id).first()
    if member is None:
        return None
    if not member.is_active and not member.name:
        return False
    erase_everywhere(member=member)
    return True

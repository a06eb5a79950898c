"""There is no superuser: nobody may do everything. `appoint` makes the first coordinator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("words", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError("There is none here. A coordinator: manage.py appoint EMAIL --name NAME --coordinator")

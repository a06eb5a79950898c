"""Print the six digits that a demo coordinator's authenticator app would show now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.demo import code as demo_code
from config.demo.people import MAIL, second_factor
from movement.models import Member


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if demo_code.kept() is None:
            raise CommandError("There is no demo here.")
        for member in Member.objects.filter(is_coordinator=True, email__endswith=f"@{MAIL}"):
            self.stdout.write(f"{member.email:<22} {second_factor(member)}")

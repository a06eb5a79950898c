"""For an operator: send the digests now, without waiting for their moment."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from letters import actions
from letters.models import Pace


class Command(BaseCommand):
    help = "Make letters of what happened, bundle all that was not sent yet, and send it. A second run sends nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pace", choices=[Pace.WEEKLY.value, Pace.DAILY.value], default=Pace.WEEKLY.value)

    def handle(self, *args: Any, pace: str, **options: Any) -> None:
        actions.make_letters(thorough=True)
        made = actions.compose_mails(timezone.now(), pace)
        sent = sum((ended["sent"] for ended in iter(actions.send_mails, {})), 0)
        self.stdout.write(f"{made} mails made, {sent} sent.")

"""For an operator: remind now of the steps whose look-back date has come."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from letters import actions
from letters.models import Pace


class Command(BaseCommand):
    help = "Remind the hosts of steps to look back on, by mail for who wants that at once. A second run sends nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        due = actions.make_reminders()
        made = actions.compose_mails(timezone.now(), Pace.AT_ONCE)
        sent = sum((ended["sent"] for ended in iter(actions.send_mails, {})), 0)
        self.stdout.write(f"{due} steps due, {made} mails made, {sent} sent.")

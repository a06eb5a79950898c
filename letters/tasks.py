"""Jobs of the worker. They carry nothing: each looks in the database for what waits."""

from celery import shared_task
from django.utils import timezone

from letters import actions
from letters.models import Pace


@shared_task
def make_letters() -> None:
    actions.make_letters()


@shared_task
def send_mails() -> None:
    actions.compose_mails(timezone.now(), Pace.AT_ONCE)
    actions.send_mails()


@shared_task
def compose_due() -> None:
    actions.compose_due(timezone.now())


@shared_task
def make_reminders() -> None:
    actions.make_reminders()


@shared_task
def look_through_journal() -> None:
    """Once a day through the whole journal, should an entry ever have been passed over."""
    actions.make_letters(thorough=True)


@shared_task
def forget_letters() -> None:
    actions.forget_letters()

"""Jobs of the clock."""

from celery import shared_task

from movement import callers


@shared_task
def tell_who_can_be_called() -> None:
    callers.tell()

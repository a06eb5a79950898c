"""The heartbeat, which shows that the clock and the worker behind it are alive (/gezond/ reads it); and the seals of
the journal."""

import logging
import time

from celery import shared_task
from django.core.cache import cache

from core import sealing

log = logging.getLogger(__name__)
BEAT = "beat"  # in the cache: seconds since 1970 of the last beat that a worker handled


@shared_task
def heartbeat() -> None:
    cache.set(BEAT, time.time(), None)


@shared_task
def seal_journal() -> None:
    sealing.seal_journal()


@shared_task
def verify_journal() -> None:
    """Every night: whether the journal is still as it was sealed. Which stretch is not, says the command."""
    found = sum(1 for _fault in sealing.faults())
    if found:
        log.error("the journal is not as it was sealed: run manage.py verify_journal", extra={"count": found})

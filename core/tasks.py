"""The heartbeat: shows that the clock and the worker behind it are alive (/gezond/ reads it)."""

import time

from celery import shared_task
from django.core.cache import cache

BEAT = "beat"  # in the cache: seconds since 1970 of the last beat that a worker handled


@shared_task
def heartbeat() -> None:
    cache.set(BEAT, time.time(), None)

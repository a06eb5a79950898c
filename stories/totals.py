"""Totals over stories: kept for all readers together, until a story leaves the site."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

KEPT_SECONDS = 600  # totals are of all stories, so one set serves every reader
_MARK = "stories:totals:mark"
T = TypeVar("T")


def kept_or(count: Callable[[], T], *, name: str = "stories:totals", seconds: int = KEPT_SECONDS) -> T:
    """Return the totals of this name, kept or counted and then kept.

    A cache that is down costs a query and nothing else.
    """
    try:
        found = cache.get_many([name, _MARK])
    except RedisError:
        return count()
    # Totals carry the mark of before they were counted: who counted while a story was taken back keeps them in vain.
    mark = found.get(_MARK, "")
    of, totals = found.get(name, (None, None))
    if of == mark:
        kept: T = totals
        return kept
    counted = count()
    try:
        cache.set(name, (mark, counted), seconds)
    except RedisError:
        return counted
    return counted


def forget() -> None:
    """Count anew from the moment that this transaction is done (part of an action by which a story leaves the site)."""
    transaction.on_commit(_forget, robust=True)


def _forget() -> None:
    try:
        cache.set(_MARK, secrets.token_hex(8), None)
    except RedisError:
        return  # nothing can be read from it now; what was kept goes when its time is over

"""Totals over stories: kept for all readers together, until a story leaves the site.

The worker counts what readers would wait for (`refresh`), so that they find it. From the moment that a story leaves
until the worker comes by, a page shows no totals where it can do without (`meanwhile`).
"""

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

KEPT_SECONDS = 600  # totals are of all stories, so one set serves every reader
FRESH_SECONDS = 240  # after these the worker counts anew: well before what it kept is gone
_MARK = "stories:totals:mark"
T = TypeVar("T")


def kept_or(
    count: Callable[[], T],
    *,
    name: str = "stories:totals",
    seconds: int = KEPT_SECONDS,
    meanwhile: Callable[[T], T] | None = None,
) -> T:
    """Return the totals of this name: those that are kept, else counted and then kept.

    When a story left since they were counted, `meanwhile` makes of them what can be shown until the worker has counted;
    they go when their time is over, so a house without a worker counts too. A cache that is down costs a query and
    nothing else.
    """
    try:
        found = cache.get_many([name, _MARK])
    except RedisError:
        return count()
    mark = found.get(_MARK, "")
    if name in found:
        known: T
        of, known = found[name]
        if of == mark:
            return known
        if meanwhile:
            return meanwhile(known)
    counted = count()
    try:
        _keep(counted, mark, name, seconds)
    except RedisError:
        return counted
    return counted


def refresh(count: Callable[[], T], *, name: str = "stories:totals", seconds: int = KEPT_SECONDS) -> None:
    """Count and keep the totals of this name where a story left since, or when it is time to."""
    found = cache.get_many([name, _MARK])
    mark = found.get(_MARK, "")
    if cache.add(f"{name}:fresh", "", FRESH_SECONDS) or name not in found or found[name][0] != mark:
        _keep(count(), mark, name, seconds)


def _keep(counted: object, mark: str, name: str, seconds: int) -> None:
    """With the mark of before they were counted: who counted while a story was taken back keeps them in vain."""
    cache.set(name, (mark, counted), seconds)


def forget() -> None:
    """Show none of them from the moment that this transaction is done, until they are counted anew.

    Part of an action by which a story leaves the site (stories.states.move), or fewer may read it.
    """
    transaction.on_commit(_forget, robust=True)


def _forget() -> None:
    try:
        cache.set(_MARK, secrets.token_hex(8), None)
    except RedisError:
        return  # nothing can be read from it now; what was kept goes when its time is over

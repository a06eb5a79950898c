"""Who can be called, for the foot of every page: as coordinators edit it, and without a query on any page.

Whatever changes a help line tells it to Valkey, and so does the worker now and then. A process asks Valkey once a
minute. While nobody told, or Valkey is down, pages show what is fixed in their templates; 112 and 113 always are.
"""

import time
from typing import NamedTuple

from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

from movement.models import HelpLine

_NAME = "movement:callers"
_AGE = 60.0  # seconds that a process goes by what it heard
_FIXED = frozenset({"112", "113"})


class Caller(NamedTuple):
    """A line to call: the number as it is read, as it is dialled (`tel:`), and whose it is."""

    number: str
    tel: str
    name: str


class _Heard:
    """What this process heard last, and until when (time.monotonic) that will do."""

    lines: tuple[Caller, ...] = ()
    until: float = 0.0


def known() -> tuple[Caller, ...]:
    """All lines that this process heard of, the urgent first; it asks nobody."""
    return _Heard.lines


def callers() -> tuple[Caller, ...]:
    """All lines, the urgent first, as they were a minute ago at most; empty while nobody told."""
    now = time.monotonic()
    if now >= _Heard.until:
        _Heard.until = now + _AGE
        try:
            _Heard.lines = tuple(Caller(*row) for row in cache.get(_NAME, ()))
        except RedisError:
            return _Heard.lines
    return _Heard.lines


def beside_the_fixed(lines: tuple[Caller, ...]) -> Caller | None:
    """The first that is not 112 or 113, which stand on every page by themselves."""
    return next((line for line in lines if line.number not in _FIXED), None)


def number_of(name: str, otherwise: str) -> str:
    """The number of the line with this name."""
    return next((line.number for line in callers() if line.name == name), otherwise)


def tell() -> None:
    """Let every process know, within a minute. One query."""
    current = HelpLine.objects.current().order_by("-urgent", "position")
    lines = [(line.number, line.tel, line.name) for line in current]
    try:
        cache.set(_NAME, lines, None)
    except RedisError:
        return  # the worker tells it again


def tell_when_done() -> None:
    """Tell it once this transaction is done (part of an action)."""
    transaction.on_commit(tell, robust=True)

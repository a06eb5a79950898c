"""Counting tries without remembering who tried.

The address of a visitor is turned into a key with a secret that changes every day and is never stored, and the
counters live in the cache alone, for minutes. Nothing of it stands beside a story.
"""

import datetime as dt
import hashlib
import hmac
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from core.http import TooMany


class Unavailable(Exception):
    """The counters cannot be reached. Whoever guards a secret refuses; whoever takes something in goes on."""


def count(request: HttpRequest, what: str, *, most: int, of_all: int, per: int = 600) -> None:
    """Count one try of `what` by this visitor.

    Raises TooMany after `most` tries by one address, or `of_all` by everybody, in a window of `per` seconds; raises
    Unavailable when the cache is down.
    """
    try:
        for key, bound in ((_key(request, what, per), most), (_key(None, what, per), of_all)):
            cache.add(key, 0, timeout=per + 5)
            if cache.incr(key) > bound:
                raise TooMany(per - int(time.time()) % per)
    except (RedisError, OSError, ValueError) as error:  # ValueError: the window closed between add and incr
        raise Unavailable from error


def forgive(request: HttpRequest, what: str, *, per: int = 600) -> None:
    """Take back the try that was just counted: it was a right one."""
    try:
        for key in (_key(request, what, per), _key(None, what, per)):
            cache.decr(key)
    except (RedisError, OSError, ValueError):
        return


def _key(request: HttpRequest | None, what: str, per: int) -> str:
    window = int(time.time()) // per
    if request is None:
        return f"tries:{what}:all:{window}"
    today = dt.datetime.now(dt.UTC).date().isoformat()
    secret = hmac.digest(settings.SECRET_KEY.encode(), f"tries {today}".encode(), hashlib.sha256)
    who = hmac.new(secret, f"{what} {address(request)}".encode(), hashlib.sha256).hexdigest()[:32]
    return f"tries:{what}:{who}:{window}"


def address(request: HttpRequest) -> str:
    """The visitor's address as our own proxy saw it; what a visitor writes in the header itself is not believed."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))

"""Counting tries without remembering who tried.

The address of a visitor is turned into a key with a secret that changes every day and is never stored, and the
counters live in the cache alone, for minutes. Nothing of it stands beside a story.
"""

import datetime as dt
import hashlib
import hmac
import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from core.http import TooMany


class Unavailable(Exception):
    """The counters cannot be reached. Whoever guards a secret refuses; whoever takes something in goes on."""


def count(request: HttpRequest, what: str, *, most: int, of_all: int, crowded: int, per: int = 600) -> None:
    """Count one try of `what` by this visitor.

    Raises TooMany after `most` tries by one address in a window of `per` seconds. Once everybody together tried
    `of_all` times, an address has `crowded` tries instead: who floods the house from many addresses makes it narrow
    for all, but closes it for nobody. Raises Unavailable when the cache is down.
    """
    try:
        mine, everybody = (_counted(_key(who, what, per), per) for who in (request, None))
        if mine > (crowded if everybody > of_all else most):
            raise TooMany(per - int(time.time()) % per)
    except (RedisError, OSError, ValueError) as error:  # ValueError: the window closed between add and incr
        raise Unavailable from error


def tried(what: str, *, per: int = 600) -> int:
    """How often everybody together tried `what` in this window; 0 when the cache is down."""
    try:
        return int(cache.get(_key(None, what, per)) or 0)
    except (RedisError, OSError, ValueError):
        return 0


def _counted(key: str, per: int) -> int:
    try:
        return cache.incr(key)  # mostly it is there: one question less than asking for that first
    except ValueError:
        return 1 if cache.add(key, 1, timeout=per + 5) else cache.incr(key)


def first_today(request: HttpRequest, what: str, *, of_all: int) -> bool:
    """Whether this visitor does `what` for the first time today, while fewer than `of_all` others did.

    In the cache stands one hash of visitor and `what` together: from it nobody can tell which visitor did what, and
    the secret in it changes every day. Raises Unavailable when the cache is down.
    """
    try:
        if not cache.add(_today(f"{what} {network(request)}"), 1, timeout=_DAY):
            return False
        return _counted(_today(what), _DAY) <= of_all
    except (RedisError, OSError, ValueError) as error:
        raise Unavailable from error


_DAY = 86_400


def _today(what: str) -> str:
    return f"today:{hmac.new(_secret_of_today(), what.encode(), hashlib.sha256).hexdigest()[:32]}"


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
    who = hmac.new(_secret_of_today(), f"{what} {network(request)}".encode(), hashlib.sha256).hexdigest()[:32]
    return f"tries:{what}:{who}:{window}"


def _secret_of_today() -> bytes:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return hmac.digest(settings.SECRET_KEY.encode(), f"tries {today}".encode(), hashlib.sha256)


def address(request: HttpRequest) -> str:
    """The visitor's address as our own proxy saw it; what a visitor writes in the header itself is not believed."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network(request: HttpRequest) -> str:
    """Who counts as one: an address, or of IPv6 the /64, because that is what one household or one phone gets."""
    try:
        found = ipaddress.ip_address(address(request))
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)

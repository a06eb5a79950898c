"""Is the house standing? One address for whoever watches it, and the address for reports about its safety."""

import datetime as dt
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

BEAT = "beat"  # core.tasks writes it; named again here, so that no web process loads Celery
BEAT_LATE = 15 * 60  # seconds; a job on the timetable writes the time, so a fresh one proves clock, queue and worker
_STARTED = time.monotonic()


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database, the queue and the clock work and 503 when one does not.

    It says which one, in one word each, and nothing that helps somebody who means harm: no version, host or reason.
    """
    found = {"database": _answer(_database), "queue": _answer(_queue)}
    found["beat"] = _beat() if found["queue"] == "ok" else "unknown"
    well = all(word in ("ok", "starting") for word in found.values())
    response = JsonResponse({"ok": well, **found}, status=200 if well else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report that something is not safe."""
    first = timezone.now().date().replace(day=1)
    until = (first + dt.timedelta(days=215)).replace(day=1)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _answer(question: Callable[[], object]) -> str:
    try:
        question()
    except (DatabaseError, RedisError, OSError):
        return "broken"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _queue() -> None:
    cache.get(BEAT)


def _beat() -> str:
    """Without a first beat the house is starting, until it has been up for longer than a beat may be late."""
    last = cache.get(BEAT)
    if last is None:
        return "starting" if time.monotonic() - _STARTED < BEAT_LATE else "late"
    return "ok" if time.time() - float(last) < BEAT_LATE else "late"

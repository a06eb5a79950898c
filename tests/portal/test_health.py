import time

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from core import tasks
from portal import health


def test_the_clock_writes_where_the_health_page_reads(client, db):
    assert health.BEAT == tasks.BEAT
    tasks.heartbeat()
    assert client.get("/gezond/").json()["beat"] == "ok"


def test_a_standing_house_says_so_without_a_cookie(client, db):
    cache.set("beat", time.time(), None)
    answer = client.get("/gezond/")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "database": "ok", "queue": "ok", "beat": "ok"}
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_house_that_just_started_is_well_and_one_without_a_beat_is_not(client, db, monkeypatch):
    assert client.get("/gezond/").json()["beat"] == "starting"
    monkeypatch.setattr(health, "_STARTED", time.monotonic() - health.BEAT_LATE - 1)
    answer = client.get("/gezond/")
    assert answer.status_code == 503
    assert answer.json()["beat"] == "late"


def test_a_late_beat_is_told(client, db):
    cache.set("beat", time.time() - health.BEAT_LATE - 1, None)
    assert client.get("/gezond/").status_code == 503


def test_a_broken_queue_is_told_in_one_word(client, db, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere/secret.sock"}
    }
    answer = client.get("/gezond/")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "database": "ok", "queue": "broken", "beat": "unknown"}
    assert "nowhere" not in answer.text


def test_a_broken_database_is_told_in_one_word(client, db):
    def fails(*args):
        raise OperationalError("host and password of the database")

    with connection.execute_wrapper(fails):
        answer = client.get("/gezond/")
    assert answer.status_code == 503
    assert answer.json()["database"] == "broken"
    assert "password" not in answer.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_health_is_only_for_reading(client, db, method):
    assert getattr(client, method)("/gezond/").status_code == 405


def test_security_txt_tells_where_to_write_and_until_when(client, settings):
    settings.SECURITY_CONTACT = "mailto:veilig@example.org"
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:veilig@example.org\n" in text
    until = time.mktime(time.strptime(text.split("Expires: ")[1][:10], "%Y-%m-%d"))
    assert 150 < (until - time.time()) / 86400 < 366

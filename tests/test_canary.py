"""A canary: one made-up word is told, and then everything that can break is broken. Nobody may sing it afterwards.

It is looked for in every line that any logger writes, in what is printed, in all of Valkey, and in every file of the
data folder, PostgreSQL's own included: a text as it was told is encrypted, and errors of statements are not logged.
"""

import io
import logging
import re
import uuid

import pytest
import redis
from celery import shared_task
from django.conf import settings as live
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client

from core import mail
from core.logs import JsonFormatter
from letters import actions
from letters.models import Notice
from portal import views
from stories.actions.reaching import leave_address
from stories.models import Story
from tests.servers import ROOT
from tests.stories.factory import a_story

WORD = f"kanarie{uuid.uuid4().hex}"


@shared_task
def falls_over(number: int) -> None:
    raise RuntimeError(f"{Story.objects.get(pk=number).raw_body}")


@pytest.fixture
def written():
    """Every line that the site would have written in its log, in its own form."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def everything_breaks(settings, monkeypatch):
    visitor = Client(raise_request_exception=False)
    visitor.get("/verhalen/", {"q": WORD})
    visitor.get(f"/verhalen/{WORD}/")
    visitor.get("/", headers={"host": f"{WORD}.example.org"})
    page = visitor.get("/vertel/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    told = {"body": f"Ik noem het {WORD}.", "do": "send", "token": token[1] if token else ""}
    visitor.post("/vertel/", told)
    visitor.post("/code/", {"code": WORD})
    visitor.post("/inloggen/", {"email": f"{WORD}@example.org"})

    def breaks(*args, **kwargs):
        raise RuntimeError(WORD)

    monkeypatch.setattr(views, "TemplateResponse", breaks)
    visitor.post("/vertel/", told)
    assert visitor.get("/", {"q": WORD}).status_code == 500

    story = a_story(raw_body=WORD, raw_helped=WORD)
    assert falls_over.apply(args=(story.pk,)).failed()
    for statement in (f"SELECT '{WORD}'::int", f"INSERT INTO stories_story (title) VALUES ('{WORD}')"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    Notice.objects.create(reach=leave_address(story=story, email=f"{WORD}@example.org"))
    actions.send_mails()
    assert Notice.objects.get().state == "waiting", "no mail was tried, so this shows nothing"
    with pytest.raises(mail.NotSent):
        mail.send(f"{WORD}@example.org", WORD, "core/mail", {"text": WORD})
    cache.set("proof", "that Valkey is read", 60)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def test_a_told_word_is_nowhere_but_encrypted_in_its_place(db, settings, monkeypatch, written, capfd):
    everything_breaks(settings, monkeypatch)
    lines = written.getvalue()
    assert '"error": "RuntimeError"' in lines, "the house was not broken, so this shows nothing"
    assert WORD not in lines
    printed = capfd.readouterr()
    assert WORD not in printed.out + printed.err

    queue = redis.Redis.from_url(live.REDIS_URL)
    kept = {key: queue.dump(key) for key in queue.scan_iter()}
    assert any(b"proof" in key for key in kept)
    assert not [key for key, value in kept.items() if WORD.encode() in key + (value or b"")]

    files = [path for path in ROOT.rglob("*") if path.is_file() and not path.is_relative_to(ROOT / "static")]
    assert any(path.name == "PG_VERSION" for path in files)
    assert not [path for path in files if holds(path)]


def holds(path) -> bool:
    try:
        return WORD.encode() in path.read_bytes()
    except FileNotFoundError:
        return False

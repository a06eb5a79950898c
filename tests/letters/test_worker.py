"""The timetable, and a real worker on the real queue."""

import base64
import os
import re
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
import redis
from celery import current_app
from django.conf import settings as live
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.celery import app
from letters.models import Claim, Letter, Mail
from stories.actions import deciding, telling
from stories.models import Story


def test_every_job_of_the_timetable_exists_and_carries_nothing():
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in current_app.tasks, entry["task"]
        assert not entry.get("args")
        assert not entry.get("kwargs")


@contextmanager
def overheard():
    """Everything that this house says to Valkey meanwhile, as its own MONITOR hears it.

    Tests that run beside this one speak to the same server under another number.
    """
    said: list[bytes] = []
    ours = f"[{redis.Redis.from_url(live.REDIS_URL).connection_pool.connection_kwargs.get('db') or 0}".encode()
    line = redis.Redis.from_url(live.REDIS_URL, socket_timeout=60).connection_pool.get_connection()
    line.send_command("MONITOR")
    assert line.read_response() == b"OK"

    def listen():
        while True:
            try:
                heard = as_bytes(line.read_response(disconnect_on_error=False))
            except (redis.RedisError, OSError, ValueError, AttributeError):  # the line was cut: it is over
                return
            if heard.split()[1] == ours:
                said.append(heard)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    yield said
    line.disconnect()
    listener.join(5)


def tell_and_publish(coordinator):
    """A story by the real form, in words that occur nowhere else; return what no wire may carry."""
    visitor = Client()
    (token,) = re.findall(r'name="token" value="([^"]+)"', visitor.get("/vertel/").content.decode())
    told = {"token": token, "body": "Er was een zwermkastanje.", "helped": "Een kruimelmuts.", "when": "now"}
    page = visitor.post("/vertel/", told | {"audience": "everybody", "do": "send"}).content.decode()
    code = re.findall(r"<li>([a-z]+)</li>", page.split("codewords", 1)[1])[:5]
    story = Story.objects.get(status="waiting")
    assert visitor.post("/code/", {"code": " ".join(code)}).status_code == 302
    deciding.claim(story=story, actor=coordinator)
    deciding.ask(story=story, text="Wat is een brombeslag?", actor=coordinator)
    telling.answer_question(story=story, text="Een vlierdoos.")
    deciding.publish_unchanged(story=story, title="Over de mosbellenaar", actor=coordinator)
    visitor.get("/verhalen/", {"q": "mosbellenaar"})
    return ["zwermkast", "kruimelmuts", "brombeslag", "vlierdoos", "mosbellenaar", " ".join(code), token, "127.0.0.1"]


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_takes_a_job_from_the_queue_and_sends_the_post_and_no_wire_carries_a_word(
    smtp, parent, coordinator, settings, tmp_path
):
    with overheard() as said:
        secret = tell_and_publish(coordinator)
        work_through_the_post(smtp, parent, settings, tmp_path)
    wire = b"\n".join(said)
    assert b"send_mails" in wire, "the jobs were not overheard, so this shows nothing"
    assert b"tries:" in wire, "the counters were not overheard"
    # A job's body is packed as base64; each word is looked for as it stands and as it would stand in there.
    packed = b"\n".join(unpacked(wire_part) for wire_part in re.findall(rb"[\w+/=]{40,}", wire))
    for word in [*secret, parent.email, coordinator.email, parent.name]:
        assert word.lower().encode() not in wire.lower(), word
        assert word.encode() not in packed, word


def as_bytes(line):
    return line if isinstance(line, bytes) else str(line).encode()


def unpacked(part):
    try:
        return base64.b64decode(part + b"=" * (-len(part) % 4))
    except ValueError:
        return b""


def work_through_the_post(smtp, parent, settings, tmp_path):
    own = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{settings.DATABASES['default']['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": own.geturl(),
        "EMAIL_HOST": smtp.host,
        "EMAIL_PORT": str(smtp.port),
    }
    cache.delete("beat")
    queue = f"test-{uuid.uuid4()}"
    log = (tmp_path / "worker.log").open("w")
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--pool", "solo", "--without-gossip",
         "--without-mingle", "--queues", queue],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        for job in ("core.tasks.heartbeat", "letters.tasks.make_letters"):
            app.send_task(job, queue=queue)
        _wait_until(Letter.objects.filter(member=parent, kind="news").exists)
        assert Claim.objects.exists()
        letter = Letter.objects.get(member=parent, kind="news")
        Mail.objects.create(member=parent, kind="news", pace="weekly").letters.add(letter)
        app.send_task("letters.tasks.send_mails", queue=queue)
        _wait_until(lambda: len(smtp.messages) == 1)
        _wait_until(lambda: Mail.objects.filter(state="sent", sent_at__lte=timezone.now()).exists())
        assert cache.get("beat") == pytest.approx(time.time(), abs=60)
    finally:
        worker.terminate()
        worker.wait(20)
        log.close()


def _wait_until(true, seconds=40):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "the worker did not do it in time"
        time.sleep(0.1)

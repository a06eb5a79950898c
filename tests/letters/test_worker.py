"""The timetable, and a real worker on the real queue."""

import os
import subprocess
import sys
import time
import uuid
from urllib.parse import urlsplit

import pytest
from celery import current_app
from django.core.cache import cache
from django.utils import timezone

from config.celery import app
from letters.models import Claim, Letter, Mail
from tests.letters.conftest import publish_story


def test_every_job_of_the_timetable_exists_and_carries_nothing():
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in current_app.tasks, entry["task"]
        assert not entry.get("args")
        assert not entry.get("kwargs")


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_takes_a_job_from_the_queue_and_sends_the_post(smtp, parent, settings, tmp_path):
    publish_story(title="Via de wachtrij")
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
        _wait_until(Claim.objects.exists)
        letter = Letter.objects.get()
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

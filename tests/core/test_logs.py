"""What a log line may hold. tests/test_canary.py looks at the whole house while it runs."""

import json
import logging
import sys

import pytest

from core.logs import JsonFormatter

SECRET = "kanarie van de woonkamer"


def line(name, message, *arguments, **extra):
    record = logging.LogRecord(name, logging.ERROR, "/house/file.py", 7, message, arguments, None)
    record.__dict__.update(extra)
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("Error handling request %s", (SECRET,)),
        ("Invalid request from ip=%s: %s", ("198.51.100.7", SECRET)),
        ("Task %(name)s[%(id)s] raised: %(exc)s", ({"name": "a.b", "id": "1-2", "exc": SECRET},)),
        ("%r and %-20s and %5.1f", (SECRET, SECRET, 2.5)),
        (SECRET, ()),
    ],
)
def test_arguments_and_ready_made_messages_of_a_library_stay_out(message, arguments):
    written = json.dumps(line("gunicorn.error", message, *arguments), ensure_ascii=False)
    assert "kanarie" not in written
    assert "198.51" not in written


def test_numbers_and_names_of_jobs_are_shown():
    assert line("gunicorn.error", "Booting worker with pid: %s", 31)["event"] == "Booting worker with pid: 31"
    shown = line("celery.app.trace", "Task %(name)s took %(runtime)ss", {"name": "letters.tasks.send", "runtime": 0.5})
    assert shown["event"] == "Task letters.tasks.send took 0.5s"


def test_our_own_literal_messages_are_shown_with_their_safe_extras():
    shown = line("letters.tasks", "sent", count=3, story=SECRET, kind="not plain: " + SECRET)
    assert shown["event"] == "sent"
    assert shown["count"] == 3
    assert "story" not in shown
    assert "kind" not in shown


def test_of_an_exception_only_its_type_and_place_are_told():
    try:
        int(SECRET)
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "%s: %s", ("a", "b"), sys.exc_info())
    shown = json.loads(JsonFormatter().format(record))
    assert shown["error"] == "ValueError"
    assert shown["where"][-1].startswith("test_logs.py:")
    assert "kanarie" not in json.dumps(shown)


def test_a_message_that_does_not_fit_its_arguments_does_not_break_the_log():
    assert line("gunicorn.error", "%s %s %s", "one")["event"] == "… … …"
    assert line("gunicorn.error", "100% sure", "one")["event"]

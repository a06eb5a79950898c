"""A desk that is left alone closes; who comes back shows the second factor again, and lost nothing."""

import html
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stories.actions import deciding
from stories.models import Message, Status
from tests.accounts.flows import code_from_app
from tests.conftest import give_second_factor
from tests.stories.factory import a_story


@pytest.fixture
def desk(as_, coordinator):
    TOTP.activate(coordinator, generate_totp_secret())
    return as_(coordinator)


@pytest.fixture
def story(coordinator):
    story = a_story(raw_body="Ik mocht niet bellen.")
    deciding.claim(story=story, actor=coordinator)
    return story


@pytest.fixture
def later(monkeypatch):
    """Let minutes go by for everybody who looks at the clock."""
    now = time.time

    def go_by(minutes):
        moment = now() + minutes * 60
        monkeypatch.setattr("movement.access.time.time", lambda: moment)

    return go_by


def test_a_desk_that_is_used_stays_open_and_one_that_is_not_closes(desk, later):
    for minutes in (25, 50, 75):
        later(minutes)
        assert desk.get("/desk/").status_code == 200
    later(75 + live.DESK_IDLE_MINUTES + 1)
    closed = desk.get("/desk/")
    assert closed.status_code == 302
    assert closed.url.startswith("/inloggen/bewijs/opnieuw/?next=")


def test_a_working_day_ends_it_however_busy_it_was(desk, later):
    for minutes in range(0, 8 * 60, 25):
        later(minutes)
        assert desk.get("/desk/").status_code == 200
    later(8 * 60 + 1)
    assert desk.get("/desk/").status_code == 302


def test_being_there_is_written_down_once_a_minute_and_not_at_each_look(desk, later, django_assert_max_num_queries):
    from django.db import connection

    later(5)
    with CaptureQueriesContext(connection) as first:
        desk.get("/desk/")
    with CaptureQueriesContext(connection) as second:
        desk.get("/desk/")
    assert [q for q in first if str(q["sql"]).startswith("UPDATE")]
    assert not [q for q in second if str(q["sql"]).startswith("UPDATE")]


def test_what_she_typed_waits_for_her_and_can_be_sent_again(later, story, coordinator):
    secret = generate_totp_secret()
    TOTP.activate(coordinator, secret)
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(coordinator)
    give_second_factor(desk, coordinator)
    here = hidden_in(desk.get(f"/desk/verhalen/{story.public_id}/"))
    sent = {name: here[name] for name in ("csrfmiddlewaretoken", "version")}
    address = f"/desk/verhalen/{story.public_id}/vraag/"
    later(live.DESK_IDLE_MINUTES + 1)
    page = desk.post(address, sent | {"text": 'Wat bedoel je met "bellen"?\nEn <wanneer>?'})
    assert page.status_code == 403
    assert page.headers["Cache-Control"] == "no-store"
    assert not Message.objects.exists()
    body, kept = page.content.decode(), hidden_in(page)
    assert kept["text"] == 'Wat bedoel je met "bellen"?\nEn <wanneer>?'
    assert "/inloggen/bewijs/opnieuw/" in body
    assert not any("bellen" in str(session.get_decoded()) for session in Session.objects.all())
    proof = {"csrfmiddlewaretoken": hidden_in(desk.get("/inloggen/bewijs/opnieuw/"))["csrfmiddlewaretoken"]}
    assert desk.post("/inloggen/bewijs/opnieuw/", proof | {"code": code_from_app(secret)}).status_code == 302
    later(0)
    assert desk.post(address, kept).status_code == 302
    story.refresh_from_db()
    assert story.status == Status.QUESTION
    assert Message.objects.get().text == kept["text"]


def hidden_in(page):
    """The hidden fields of a page, as a browser sends them back."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: html.unescape(value) for name, value in found}


def test_without_a_second_factor_in_this_session_nothing_typed_comes_back(client, coordinator, story):
    client.force_login(coordinator)
    page = client.post(f"/desk/verhalen/{story.public_id}/vraag/", {"text": "Wat bedoel je?"})
    assert page.status_code == 302
    assert not Message.objects.exists()

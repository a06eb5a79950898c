"""The teller's session: opened by the code, short, and gone without a trace."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from stories import access
from stories.actions import telling
from tests.accounts.flows import log_in
from tests.stories.test_publishing import make_story


@pytest.fixture
def visit(rf, db):
    request = rf.get("/code/verhaal/")
    request.user = AnonymousUser()
    request.session = SessionStore()
    return request


def test_without_a_code_there_is_no_story(visit):
    make_story()
    assert access.teller_story(visit) is None


def test_a_code_opens_a_new_session_with_nothing_else_in_it(visit):
    visit.session["planted"] = "by somebody else"
    visit.session.save()
    before = visit.session.session_key
    story = make_story()
    access.open_to_teller(visit, story)
    visit.session.save()
    assert access.teller_story(visit) == story
    assert visit.session.session_key != before
    assert list(visit.session.keys()) == ["teller"]


def test_the_session_ends_after_its_minutes(visit, settings, monkeypatch):
    access.open_to_teller(visit, make_story())
    later = time.time() + settings.TELLER_SESSION_MINUTES * 60 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert access.teller_story(visit) is None
    assert list(visit.session.keys()) == []


def test_reading_on_keeps_it_open(visit, settings, monkeypatch):
    story = make_story()
    start = time.time()
    access.open_to_teller(visit, story)
    for minutes in (8, 16, 24):
        monkeypatch.setattr(time, "time", lambda minutes=minutes: start + minutes * 60)
        assert access.teller_story(visit) == story


@pytest.mark.django_db
def test_the_code_given_elsewhere_ends_the_visit_that_was_left_open(client):
    told = telling.tell(token=b"\x09" * 16, answers=telling.Answers(body="Ik mocht alleen om zes uur bellen."))
    phone = Client()
    for browser in (client, phone):
        assert browser.post("/code/", {"code": told.code})["Location"] == "/code/verhaal/"
    assert phone.get("/code/verhaal/").status_code == 200
    assert client.get("/code/verhaal/")["Location"] == "/code/"
    assert "teller" not in client.session


def test_done_leaves_nothing(visit):
    access.open_to_teller(visit, make_story())
    access.close_to_teller(visit)
    assert access.teller_story(visit) is None
    assert visit.session.is_empty()


def test_a_member_who_opens_a_story_is_logged_out_so_that_no_row_says_who_told_what(as_, host):
    client = as_(host)
    told = telling.tell(token=b"\x07" * 16, answers=telling.Answers(body="Ik mocht alleen om zes uur bellen."))
    assert client.post("/code/", {"code": told.code}).status_code == 302
    assert list(client.session.keys()) == ["teller"]
    assert client.get("/mijn/").status_code == 302


def test_who_logs_in_on_a_shared_tablet_does_not_find_the_story_that_was_open_there(client, smtp, host):
    told = telling.tell(token=b"\x08" * 16, answers=telling.Answers(body="Ik mocht alleen om zes uur bellen."))
    client.post("/code/", {"code": told.code})
    log_in(client, smtp, host.email)
    assert client.get("/code/verhaal/").url == "/code/"
    assert "teller" not in client.session

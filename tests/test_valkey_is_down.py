"""Valkey is gone: the house is read and told to as always, and lets nobody in, because nobody counts the tries."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from core.models import JournalEntry
from movement.models import Member
from stories.actions.telling import Answers, tell
from stories.models import Status, Story
from tests.movement_of import a_team
from tests.story_of import published_story


@pytest.fixture
def things(db, host, region):
    """Made while everything stood."""
    team = a_team(host, region)
    told = tell(token=b"a form", answers=Answers(body="Ik mocht alleen om zes uur bellen.", audience="everybody"))
    return published_story(region, title="Wachten op een plek"), team, told


@pytest.fixture
def without_valkey(things, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock"}}


PAGES = [
    *("/", "/verhalen/", "/verhalen/?q=wachten", "/verhalen/atom.xml", "/kaart/", "/monitor/", "/monitor/JZ17/"),
    *("/actieteams/", "/droom/", "/initiatieven/", "/hulp/", "/privacy/", "/vertel/", "/code/", "/inloggen/"),
]


def test_every_page_can_be_read(things, without_valkey):
    story, team, _told = things
    for page in (*PAGES, story.get_absolute_url(), team.get_absolute_url()):
        assert Client().get(page).status_code == 200, page


def test_a_story_can_be_told_and_reaches_the_support_centre(without_valkey):
    visitor = Client()
    (token,) = re.findall(r'name="token" value="([^"]+)"', visitor.get("/vertel/").content.decode())
    page = visitor.post("/vertel/", {"token": token, "body": "Er was niemand.", "when": "now", "do": "send"})
    assert page.status_code == 200
    assert 'class="codewords"' in page.content.decode()
    assert Story.objects.get(status=Status.WAITING).raw_body == "Er was niemand."


def test_who_had_the_story_open_can_still_take_it_back(things, settings, django_capture_on_commit_callbacks):
    teller = Client()
    teller.post("/code/", {"code": things[2].code})
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock"}}
    with django_capture_on_commit_callbacks(execute=True):
        assert teller.post("/code/verhaal/terugnemen/", {"sure": "on"}).status_code == 302
    assert JournalEntry.objects.filter(verb="story.withdrawn").exists()


@pytest.mark.parametrize(
    ("door", "typed"),
    [
        ("/inloggen/", {"email": "judith@example.org"}),
        ("/inloggen/", {"email": "niemand@example.org"}),
        (
            "/inloggen/aanmelden/",
            {"email": "nieuw@example.org", "name": "N", "perspective": "youth", "sixteen": "on"},
        ),
        ("/code/", {"code": "water lamp fiets boom straat"}),
    ],
)
def test_no_door_opens_and_each_says_so_politely(without_valkey, door, typed):
    before = Member.objects.count()
    page = Client().post(door, typed)
    assert page.status_code == 503
    assert "Probeer het" in page.content.decode()
    assert "sessionid" not in str(page.cookies)
    assert not mail.outbox
    assert Member.objects.count() == before


def test_a_second_factor_counts_for_nothing_when_nobody_counts(db, coordinator, settings):
    TOTP.activate(coordinator, generate_totp_secret())
    browser = Client()
    browser.force_login(coordinator)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock"}}
    assert browser.post("/inloggen/bewijs/opnieuw/", {"code": "123456"}).status_code == 503
    assert browser.get("/desk/").status_code == 302

import datetime as dt

import pytest
from django.utils import timezone

from actionteams.actions import NotAsked, notice, record_change, take_up
from actionteams.models import Noticed
from core.models import JournalEntry
from stories.access import open_to_teller
from tests.movement_of import a_team
from tests.story_of import published_story, withdraw_row


@pytest.fixture
def story(region):
    return published_story(region)


@pytest.fixture
def change(team, story, host):
    take_up(team=team, story=story, actor=host)
    return record_change(team=team, actor=host, text="Geen vast uur meer.")


@pytest.fixture
def teller(client, rf, story):
    """A browser in which the code of the story was typed."""
    request = rf.get("/")
    request.session = client.session
    request.user = type("Nobody", (), {"is_authenticated": False})()
    open_to_teller(request, story)
    request.session.save()
    client.cookies["sessie_8000"] = request.session.session_key
    from django.conf import settings

    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def page(change):
    return f"/actieteams/verandering/{change.public_id}/merk/"


def test_a_teller_answers_behind_the_code_and_may_change_it(teller, change, story):
    answer = teller.post(page(change), {"answer": "little"})
    assert answer.url == f"/code/verhaal/#merk-{change.public_id}"
    teller.post(page(change), {"answer": "yes"})
    teller.post(page(change), {"answer": "yes"})
    assert Noticed.objects.get().answer == "yes"
    entries = JournalEntry.objects.filter(verb="noticed.answered")
    assert entries.count() == 2
    assert {(entry.actor, entry.subject_id) for entry in entries} == {("", change.public_id)}


def test_without_the_code_there_is_no_answer(client, as_, change, host):
    for browser in (client, as_(host)):
        assert browser.post(page(change), {"answer": "yes"}).url == "/code/"
    locked = client.post(page(change), {"answer": "yes", "text": "Half getypt"})
    assert 'name="kept" value="Half getypt"' in locked.text, "what was being written goes along to the five words"
    assert not Noticed.objects.exists()


def test_an_answer_that_was_not_offered_is_refused(teller, change):
    for answer in ("", "maybe", "yes\x00"):
        assert teller.post(page(change), {"answer": answer}).status_code == 400
    assert not Noticed.objects.exists()


def test_reading_the_address_changes_nothing(teller, change):
    assert teller.get(page(change)).status_code == 405


def test_a_teller_is_not_asked_about_a_change_of_a_team_that_did_not_take_the_story_up(teller, host, region):
    other = record_change(team=a_team(host, region, name="Ander"), actor=host, text="Iets.")
    assert teller.post(page(other), {"answer": "yes"}).status_code == 404


def test_a_teller_is_not_asked_about_what_changed_before(team, story, host):
    early = record_change(team=team, actor=host, text="Al zo.", at=timezone.now() - dt.timedelta(days=3))
    take_up(team=team, story=story, actor=host)
    with pytest.raises(NotAsked):
        notice(change=early, story=story, answer="yes")


def test_a_withdrawn_story_gives_no_answer_any_more(teller, change, story):
    withdraw_row(story)
    assert teller.post(page(change), {"answer": "yes"}).status_code == 404
    assert not Noticed.objects.exists()

"""A teller and the support centre write to each other wherever the story stands."""

import html
import re

import pytest
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from letters.notices import reaches
from movement.models import HelpLine
from stories import staffed
from stories.actions import talking
from stories.actions.reaching import leave_address
from stories.models import Status, Story
from tests.stories.factory import a_story, published, put
from tests.test_doors import session_of

pytestmark = pytest.mark.django_db
URL, MINE = "/code/verhaal/schrijf/", "/code/verhaal/"
LIVE = ["waiting", "in_hand", "escalated", "proposed", "published", "on_hold", "refused"]


@pytest.fixture
def told(region):
    return published(region=region)


@pytest.fixture
def behind(client, told):
    client.cookies = session_of(None, second_factor=False, story=told)
    return client


@pytest.mark.parametrize("status", LIVE)
def test_both_can_write_in_every_state_and_the_story_stays_where_it_is(behind, told, coordinator, as_, status):
    put(told, status, **({"reader": coordinator} if status == "in_hand" else {}))
    leave_address(story=told, email="teller@example.org", language="nl")
    page = html.unescape(behind.get(MINE).content.decode())
    day = staffed.read_due(timezone.now())
    assert URL in page
    assert f" {timezone.localtime(day).day} " in page, "it is said until when reading may take"
    for _twice in range(2):
        assert behind.post(URL, {"message": "Is er nieuws? Mijn bsn is 111222333."}).status_code == 302
    assert told.messages.count() == 1, "a double click is once"
    assert "111222333" not in told.messages.get().text
    told.refresh_from_db()
    assert (told.status, told.wrote_at is None) == (status, False)
    desk = as_(coordinator)
    band = "second" if status == "escalated" else "answers"
    assert f'id="{band}"' in desk.get("/desk/").content.decode()
    page = desk.get(f"/desk/verhalen/{told.public_id}/").content.decode()
    assert "Gelezen, geen antwoord nodig" in page
    sent = {"version": 1, "seen": re.findall(r'name="seen" value="(\d+)"', page)[-1]}
    desk.post(f"/desk/verhalen/{told.public_id}/schrijf/", sent | {"text": "Nog niet, we kijken morgen."})
    told.refresh_from_db()
    assert (told.status, told.wrote_at) == (status, None)
    assert "Nog niet, we kijken morgen." in behind.get(MINE).content.decode()
    entry = JournalEntry.objects.get(verb="story.written")
    assert reaches(entry).exists()


def test_words_that_ask_for_no_answer_are_noted_as_read_by_one(told, coordinator):
    talking.write_to_desk(story=told, text="Dank je wel.")
    talking.note_read(story=told, actor=coordinator)
    assert told.wrote_at is None
    with pytest.raises(TooLate):
        talking.note_read(story=told, actor=coordinator)


def test_words_that_came_after_the_page_was_made_do_not_pass_for_read_or_answered(told, coordinator, as_):
    desk, address = as_(coordinator), f"/desk/verhalen/{told.public_id}/"
    talking.write_to_desk(story=told, text="Dank je wel.")
    seen = talking.spoken(told)
    talking.write_to_desk(story=told, text="En nog iets over de klas.")
    for verb in ("gelezen", "schrijf"):
        late = desk.post(f"{address}{verb}/", {"version": 1, "seen": seen, "text": "Graag gedaan.", "tekst": "1"})
        page = html.unescape(late.content.decode())
        assert late.status_code == 409
        assert "De verteller schreef intussen nog iets" in page
        assert "En nog iets over de klas." in page
    assert "Graag gedaan." in page, "what was typed stays"
    told.refresh_from_db()
    assert told.wrote_at
    assert not told.messages.filter(from_teller=False).exists()
    newest = re.findall(r'name="seen" value="(\d+)"', page)[-1]
    assert desk.post(f"{address}schrijf/", {"version": 1, "seen": newest, "text": "Dat ook."}).status_code == 302


def test_danger_in_what_is_written_shows_help_at_once_and_starts_the_clock(behind, told):
    HelpLine.objects.create(name="113", purpose="Praten", number="0800-0113", urgent=True)
    page = behind.post(URL, {"message": "Ik wil niet meer leven, vanavond doe ik het."}, follow=True)
    assert "0800-0113" in page.content.decode()
    told.refresh_from_db()
    assert (told.danger, told.status) == ("urgent", "published")


def test_nothing_typed_is_lost_when_it_is_empty_too_often_or_too_late(behind, told, monkeypatch):
    assert behind.post(URL, {"message": " "}).status_code == 422
    for _often in range(21):
        answer = behind.post(URL, {"message": "Hoe gaat het nu?"})
    assert answer.status_code == 429
    assert "Hoe gaat het nu?</textarea>" in answer.content.decode()
    session = behind.session
    session["teller"] = session["teller"] | {"until": 1}
    session.save()
    locked = behind.post(URL, {"message": "Nog iets."})
    assert 'name="kept" value="Nog iets."' in locked.content.decode()


def test_in_own_time_and_after_taking_it_back_there_is_nobody_to_write_with(coordinator):
    own = a_story(status=Status.OWN_TIME, sent_at=None)
    with pytest.raises(TooLate):
        talking.write_to_desk(story=own, text="Hallo")
    with pytest.raises(TooLate):
        talking.write_to_teller(story=own, text="Hallo", actor=coordinator)
    assert not Story.objects.exclude(wrote_at=None).exists()

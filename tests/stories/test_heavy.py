"""Heavy stories and danger at the desk: opened by choice, shared between people, and never closed by one alone."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.models import JournalEntry
from stories.actions import clock, deciding, talking, telling, tending
from stories.actions.telling import Answers, tell
from stories.actions.withdrawing import withdraw
from stories.load import load_of
from stories.models import DangerNote, Status, Story
from stories.states import NotYet
from tests.stories.factory import a_story, a_theme, published, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def urgent(region):
    return a_story(danger="urgent", danger_at=timezone.now(), heavy=True, region=region)


def looks():
    return JournalEntry.objects.filter(verb="story.looked_at").count()


def address(story, verb=""):
    return f"/desk/verhalen/{story.public_id}/" + (f"{verb}/" if verb else "")


def test_a_heavy_story_opens_by_choice_and_only_then_is_it_a_look(coordinator, as_):
    story = a_story(heavy=True, themes=[a_theme("geweld", "Geweld", heavy=True)])
    story.messages.create(from_teller=True, text="Het woord kerk mag weg.")
    desk = as_(coordinator)
    page = desk.get(address(story)).content.decode()
    assert "Geweld" in page
    assert "Zonnehoek" not in page
    assert "kerk" not in page
    assert looks() == 0
    desk.post(address(story, "oppakken"))
    late = desk.post(address(story, "gevaar"), {"version": 1, "steps": ["no_danger"]})
    assert late.status_code == 409
    assert "Zonnehoek" not in late.content.decode()
    assert looks() == 0
    assert "Zonnehoek" in desk.get(address(story) + "?tekst").content.decode()
    assert looks() == 1


def test_who_has_the_text_open_keeps_it_open_while_she_works(coordinator, as_):
    story = a_story(heavy=True, status=Status.IN_HAND, reader=coordinator)
    desk = as_(coordinator)
    page = desk.get(address(story) + "?tekst").content.decode().split("<main")[1]
    assert page.count('method="post"') <= page.count('name="tekst"')
    kept = desk.post(address(story, "redenen"), {"version": 1, "tekst": "1"})
    assert kept.url == address(story) + "?tekst"
    assert "Zonnehoek" in desk.post(address(story, "vraag"), {"version": 1, "tekst": "1"}).content.decode()


def test_after_a_number_of_heavy_stories_the_desk_proposes_to_hand_over_in_one_press(
    coordinator, second_coordinator, as_, settings
):
    settings.HEAVY_A_DAY = 2
    desk = as_(coordinator)
    mine = [a_story(heavy=True, status=Status.IN_HAND, reader=coordinator) for _ in range(2)]
    hers = a_story(heavy=True, status=Status.IN_HAND, reader=second_coordinator)
    for story in (mine[0], mine[0]):
        desk.get(address(story) + "?tekst")
    assert load_of(coordinator) == (1, 2)  # the same one twice is one
    assert "overdragen" not in desk.get("/desk/").content.decode()
    desk.get(address(mine[1]) + "?tekst")
    assert "/desk/overdragen/" in desk.get("/desk/").content.decode()
    assert desk.post("/desk/overdragen/").status_code == 302
    assert set(Story.objects.filter(status="waiting")) == set(mine)
    hers.refresh_from_db()
    assert hers.reader == second_coordinator
    assert JournalEntry.objects.filter(verb="story.handed_back", actor=coordinator.public_id).count() == 2


def test_a_look_of_yesterday_counts_no_more(coordinator, monkeypatch):
    story = a_story(heavy=True)
    JournalEntry.objects.create(
        verb="story.looked_at", subject_kind="story", subject_id=story.public_id, actor=coordinator.public_id,
        at=timezone.now() - dt.timedelta(days=1),
    )  # fmt: skip
    assert load_of(coordinator).read == 0


def test_who_read_enough_gets_what_is_light_next_but_an_urgent_danger_always_first(coordinator, settings, urgent):
    settings.HEAVY_A_DAY = 1
    read = a_story(heavy=True, status=Status.REFUSED)
    tending.look_at(story=read, actor=coordinator)
    now = timezone.now()
    heavy = a_story(heavy=True, sent_at=now - dt.timedelta(days=3))
    light = a_story(sent_at=now)
    assert [deciding.claim_next(actor=coordinator) for _ in range(3)] == [urgent, light, heavy]


def test_an_urgent_danger_is_not_closed_by_one_person_alone(urgent, coordinator, second_coordinator, as_):
    desk = as_(coordinator)
    desk.get(address(urgent) + "?tekst")
    alone = desk.post(address(urgent, "gevaar"), {"version": 1, "steps": ["asked_veilig_thuis"], "tekst": "1"})
    assert alone.status_code == 422
    ticked = desk.post(address(urgent, "gevaar"), {"version": 1, "steps": ["second_reader"], "tekst": "1"})
    assert ticked.status_code == 422  # a tick is no look
    assert not DangerNote.objects.exists()
    as_(second_coordinator).get(address(urgent) + "?tekst")
    assert desk.post(address(urgent, "gevaar"), {"version": 1, "steps": ["asked_veilig_thuis"]}).status_code == 302
    urgent.refresh_from_db()
    assert urgent.danger_answered_at


def test_while_a_danger_is_open_nothing_goes_on_the_site(urgent, coordinator, second_coordinator, as_):
    put(urgent, Status.IN_HAND, reader=coordinator)
    desk, second = as_(coordinator), as_(second_coordinator)
    page = desk.get(address(urgent) + "?tekst").content.decode()
    assert "De klok voor gevaar loopt nog" in page
    assert address(urgent, "plaatsen") not in page
    alone = desk.post(address(urgent, "plaatsen"), {"version": 1, "title": "Gehoord", "heavy": "yes", "tekst": "1"})
    assert alone.status_code == 422
    assert "Doe eerst de stappen bij gevaar" in alone.content.decode()
    # Nor when the teller agrees to an edit, for which nobody at the desk is needed.
    edit: dict[str, Any] = {
        "title": "Gehoord",
        "body": "Iemand luisterde.",
        "helped": "",
        "feeling": "",
        "why": "Een naam.",
    }
    proposal = deciding.propose_edit(story=urgent, actor=coordinator, rules=[], **edit)
    assert not telling.answer_proposal(story=urgent, proposal=proposal, agree=True)
    whole = {"title": "T", "body": "B", "teaser": "B", "published_on": dt.date(2026, 11, 1)}
    with pytest.raises(IntegrityError, match="danger is open"), transaction.atomic():
        Story.objects.filter(pk=urgent.pk).update(status="published", **whole)
    second.get(address(urgent) + "?tekst")
    desk.post(address(urgent, "gevaar"), {"version": 1, "steps": ["asked_veilig_thuis"]})
    assert address(urgent, "plaatsen") in desk.get(address(urgent) + "?tekst").content.decode()
    assert (
        desk.post(address(urgent, "plaatsen"), {"version": 1, "title": "Gehoord", "heavy": "yes"}).status_code == 302
    )  # the edit is agreed to
    urgent.refresh_from_db()
    assert urgent.is_published


def test_what_its_teller_said_on_the_site_keeps_it_off_until_it_is_answered(coordinator, as_):
    story, desk = published(title="Nog eens"), as_(coordinator)
    telling.raise_danger(story, "Ik wil niet meer leven.")
    assert story.is_published  # it goes off by a decision, not by itself
    assert desk.post(address(story, "vasthouden"), {"version": 1}).status_code == 302
    page = desk.get(address(story) + "?tekst").content.decode()
    assert "De klok voor gevaar loopt nog" in page
    assert address(story, "vrijgeven") not in page
    assert desk.post(address(story, "vrijgeven"), {"version": 1}).status_code == 422
    tending.answer_danger(story=story, actor=coordinator, steps=["no_colleague"])
    assert desk.post(address(story, "vrijgeven"), {"version": 1}).status_code == 302


def test_an_alarm_is_a_preview_for_who_reads_first_and_readers_meet_what_people_said(
    coordinator, second_coordinator, as_, client
):
    told = tell(
        token=b"t" * 16, answers=Answers(body="Ik wil dood. Maar er is nu iemand die luistert.", audience="everybody")
    )
    story, desk, title = told.story, as_(coordinator), {"title": "Er luistert iemand", "tekst": "1"}
    assert "luistert" not in desk.get(address(story)).content.decode()
    as_(second_coordinator).get(address(story) + "?tekst")
    desk.post(address(story, "oppakken"))
    desk.post(address(story, "gevaar"), {"version": 1, "steps": ["second_reader", "no_danger"]})
    story.refresh_from_db()
    assert (story.has_open_danger, story.heavy) == (False, False)
    assert "luistert" not in desk.get(address(story)).content.decode()  # nobody said that it is light
    silent = desk.post(address(story, "plaatsen"), {"version": 1} | title)
    assert silent.status_code == 422
    assert desk.post(address(story, "plaatsen"), {"version": 1} | title | {"heavy": "no"}).status_code == 302
    assert "Er luistert iemand" in client.get("/verhalen/").content.decode()
    desk.post(address(story, "themas"), {"version": 1, "heavy": "yes", "tekst": "1"})
    assert "Er luistert iemand" not in client.get("/verhalen/").content.decode()
    said = JournalEntry.objects.filter(verb__startswith="story.said_").order_by("pk").values_list("verb", "actor")
    assert [*said] == [("story.said_light", coordinator.public_id), ("story.said_heavy", coordinator.public_id)]


def test_a_word_of_a_coordinator_cannot_stand_beside_a_light_story(urgent):
    with pytest.raises(IntegrityError, match="story_heavy_as_said"), transaction.atomic():
        Story.objects.filter(pk=urgent.pk).update(heavy=False, heavy_said=True)


@pytest.mark.parametrize("said", [None, False])
def test_nobody_can_see_on_the_site_that_its_teller_wrote_of_danger(said, coordinator, as_, client):
    story = published(title="Nog eens", heavy_said=said)
    places = ("/", "/verhalen/", "/verhalen/atom.xml", f"/verhalen/{story.public_id}/", "/verhalen/?zwaar=anders")

    def site():
        answers = [client.get(place) for place in places]
        assert [answer.status_code for answer in answers] == [200] * len(places)
        return [re.sub(r"nonce-[^\' ]+", "", f"{answer.headers}{answer.content.decode()}") for answer in answers]

    before = site()
    talking.write_to_desk(story=story, text="Ik wil niet meer leven.")
    assert story.has_open_danger
    assert site() == before
    page = as_(coordinator).get(address(story)).content.decode()
    assert "Dit is een zwaar verhaal" in page  # at the desk it opens by choice
    assert "Zonnehoek" not in page
    assert story in Story.objects.heavy_to_open()
    tending.answer_danger(story=story, actor=coordinator, steps=["no_colleague"])
    assert site() == before


def test_that_nobody_could_be_reached_is_said_openly_and_stands_in_the_log(urgent, coordinator):
    tending.answer_danger(story=urgent, actor=coordinator, steps=["called_112", "no_colleague"])
    assert JournalEntry.objects.filter(verb="danger.no_colleague", actor=coordinator.public_id).exists()


def test_steps_are_written_down_while_the_clock_runs_and_count_when_it_is_stopped(urgent, coordinator, as_):
    desk = as_(coordinator)
    given = {"steps": ["asked_veilig_thuis"], "to_whom": "veilig_thuis", "said": "Zij bellen terug.", "tekst": "1"}
    assert desk.post(address(urgent, "stap"), {"version": 1} | given).status_code == 302
    assert desk.post(address(urgent, "stap"), {"version": 1, "tekst": "1"}).status_code == 422
    assert desk.post(address(urgent, "stap"), {"version": 1, "said": "Met wie?", "tekst": "1"}).status_code == 422
    urgent.refresh_from_db()
    assert urgent.danger_answered_at is None
    page = desk.get(address(urgent) + "?tekst").content.decode()
    assert "Zij bellen terug." in page
    assert "Veilig Thuis" in page
    with pytest.raises(NotYet):
        tending.answer_danger(story=urgent, actor=coordinator)
    tending.answer_danger(story=urgent, actor=coordinator, steps=["no_colleague"])
    urgent.refresh_from_db()
    assert urgent.danger_answered_at


def test_what_was_said_is_locked_and_goes_with_the_text(urgent, coordinator):
    tending.note_danger(story=urgent, actor=coordinator, to_whom="teller", said="Het woord kerk viel.")
    with connection.cursor() as cursor:
        cursor.execute("select convert_from(said, 'UTF8') from stories_dangernote")
        assert "kerk" not in cursor.fetchone()[0]
    assert not [e for e in JournalEntry.objects.all() if "kerk" in f"{e.verb}{e.subject_id}{e.actor}{e.area}"]
    Story.objects.filter(pk=urgent.pk).update(erase_raw_at=timezone.now())
    clock.erase_due()
    assert DangerNote.objects.get().said is None


def test_what_was_said_goes_when_the_teller_takes_the_story_back(urgent, coordinator):
    tending.note_danger(story=urgent, actor=coordinator, to_whom="teller", said="Het woord kerk viel.")
    withdraw(story=urgent)
    assert not DangerNote.objects.exists()


def test_a_story_without_danger_takes_no_steps(coordinator, as_):
    story = published()
    assert as_(coordinator).post(address(story, "stap"), {"version": 1, "steps": ["called_112"]}).status_code == 409


def test_on_a_phone_the_text_comes_before_the_steps_and_the_clock_says_its_hours(urgent, coordinator, as_, settings):
    settings.DESK_STAFFED = "ma-do 10-16"
    page = as_(coordinator).get(address(urgent) + "?tekst").content.decode()
    assert page.index('id="danger"') < page.index("Zonnehoek") < page.index('id="protocol"')
    assert "maandag tot en met donderdag, van 10 tot 4" in page

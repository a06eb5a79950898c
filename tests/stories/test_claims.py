"""A story in somebody's hands with which nobody goes on goes back to the pile by itself."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from config.celery import app
from core.http import TooLate
from core.models import JournalEntry
from movement.models import Explanation, HelpLine, Organisation
from stories import tasks
from stories.actions import answering, clock, deciding, reporting, taking, telling, tending, texts
from stories.actions.withdrawing import withdraw
from stories.models import HouseRule, InHand, PublicAnswer, Report, Status
from stories.states import NotYet
from tests.stories.factory import a_story, published, put

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2031, 3, 3, 9, 0, tzinfo=dt.UTC)  # ten o'clock at the desk, in a week after every test


@pytest.fixture
def at(monkeypatch):
    """at(moment): whatever is done from here on is done then."""

    def set_clock(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        monkeypatch.setattr(JournalEntry._meta.get_field("at"), "_get_default", lambda: moment)

    return set_clock


@pytest.fixture
def in_hand(coordinator, at):
    at(MONDAY)
    story = a_story()
    deciding.claim(story=story, actor=coordinator)
    return story


def status_at(story, moment):
    clock.take_back_idle(now=moment)
    story.refresh_from_db()
    return story.status


def test_after_two_working_days_it_is_on_the_pile_again_and_the_desk_says_so(in_hand, second_coordinator, as_, at):
    assert status_at(in_hand, MONDAY + dt.timedelta(days=1, hours=23)) == Status.IN_HAND
    at(MONDAY + dt.timedelta(days=2, minutes=1))
    assert clock.take_back_idle() == 1
    assert clock.take_back_idle() == 0
    in_hand.refresh_from_db()
    assert (in_hand.status, in_hand.reader, in_hand.claimed_at) == (Status.WAITING, None, None)
    entry = JournalEntry.objects.about("story", in_hand.public_id).order_by("-pk")[0]
    assert (entry.verb, entry.actor) == ("story.came_back", "")
    desk = as_(second_coordinator).get("/desk/").content.decode()
    assert "kwam vanzelf terug" in desk
    deciding.claim(story=in_hand, actor=second_coordinator)
    assert "kwam vanzelf terug" not in as_(second_coordinator).get("/desk/").content.decode()


def test_a_weekend_does_not_count(in_hand, at):
    friday = MONDAY + dt.timedelta(days=4)
    at(friday)
    tending.look_at(story=in_hand, actor=in_hand.reader)
    assert status_at(in_hand, friday + dt.timedelta(days=3)) == Status.IN_HAND
    assert status_at(in_hand, friday + dt.timedelta(days=4, minutes=1)) == Status.WAITING


def test_a_look_of_the_reader_keeps_it_and_one_of_a_colleague_does_not(in_hand, second_coordinator, at):
    at(MONDAY + dt.timedelta(days=1))
    tending.look_at(story=in_hand, actor=second_coordinator)
    assert status_at(in_hand, MONDAY + dt.timedelta(days=2, minutes=1)) == Status.WAITING


def test_an_answer_of_the_teller_gives_the_reader_her_time_anew(in_hand, coordinator, at):
    deciding.ask(story=in_hand, text="Mag dit?", actor=coordinator)
    later = MONDAY + dt.timedelta(days=14)
    at(later)
    telling.answer_question(story=in_hand, text="Ja.")
    assert status_at(in_hand, later + dt.timedelta(hours=3)) == Status.IN_HAND


def test_an_open_danger_goes_back_after_an_hour_and_an_answered_one_does_not(in_hand, coordinator):
    put(in_hand, Status.IN_HAND, danger="urgent", danger_at=MONDAY)
    assert status_at(in_hand, MONDAY + dt.timedelta(minutes=59)) == Status.IN_HAND
    assert status_at(in_hand, MONDAY + dt.timedelta(minutes=61)) == Status.WAITING
    deciding.claim(story=in_hand, actor=coordinator)
    put(in_hand, Status.IN_HAND, danger_answered_at=MONDAY)
    assert status_at(in_hand, MONDAY + dt.timedelta(minutes=61)) == Status.IN_HAND


def test_what_a_second_person_was_reading_still_asks_for_a_second_person(in_hand, coordinator, second_coordinator):
    deciding.pass_on(story=in_hand, actor=coordinator)
    deciding.claim(story=in_hand, actor=second_coordinator)
    assert status_at(in_hand, MONDAY + dt.timedelta(days=3)) == Status.ESCALATED


def test_the_next_story_is_never_the_one_that_she_read_as_the_first(coordinator, second_coordinator, as_):
    story = a_story(status=Status.IN_HAND, reader=coordinator)
    deciding.pass_on(story=story, actor=coordinator)
    desk = as_(coordinator)
    assert "Er wacht geen verhaal" in desk.post("/desk/volgende/", follow=True).content.decode()
    newer = a_story()
    assert desk.post("/desk/volgende/").url == f"/desk/verhalen/{newer.public_id}/"
    assert as_(second_coordinator).post("/desk/volgende/").url == f"/desk/verhalen/{story.public_id}/"


def test_after_a_decision_the_next_story_is_one_press_of_a_key_away(coordinator, as_):
    story, _next = a_story(status=Status.IN_HAND, reader=coordinator), a_story()
    desk = as_(coordinator)
    data = {"version": 1, "text": "Mag de naam eruit?"}
    page = desk.post(f"/desk/verhalen/{story.public_id}/vraag/", data, follow=True).content.decode()
    assert re.search(r"<button[^>]* autofocus[^>]*>Pak het volgende verhaal", page)
    assert "autofocus" not in desk.get("/desk/").content.decode()  # who only comes to look begins at the top


@pytest.mark.parametrize("by_teller", [False, True])
def test_what_one_person_passed_on_still_waits_for_another_after_a_hold(coordinator, second_coordinator, by_teller):
    story = a_story(audience="support", status=Status.IN_HAND, reader=coordinator)
    deciding.pass_on(story=story, actor=coordinator)
    deciding.claim(story=story, actor=second_coordinator)
    deciding.put_on_hold(story=story, actor=second_coordinator)
    if by_teller:
        telling.change_consent(story=story, use="read", answer="everybody")
    else:
        deciding.release(story=story, actor=second_coordinator)
    with pytest.raises(NotYet):
        deciding.claim(story=story, actor=coordinator)
    assert deciding.claim_next(actor=second_coordinator) == story


def test_the_job_stands_in_the_timetable(in_hand, at):
    names = {row["task"] for row in app.conf.beat_schedule.values()}
    assert tasks.put_back_what_nobody_went_on_with.name in names
    at(MONDAY + dt.timedelta(days=3))
    tasks.put_back_what_nobody_went_on_with()
    in_hand.refresh_from_db()
    assert in_hand.status == Status.WAITING


@pytest.fixture
def things(coordinator, region):
    """One of each that is no story and waits at the desk, by the kind and the key in its address."""
    told = published(region=region)
    reporting.report_story(story=told, token=b"c" * 16, why="untrue", text="Dat is niet waar.")
    organisation = Organisation.objects.create(name="De Linde", kind="provider")
    answer = PublicAnswer.objects.create(story=told, organisation=organisation, kind="thanks", text="Dank je wel.")
    old = {"checked_on": dt.date(2020, 1, 1)}
    rule = HouseRule.objects.create(slug="naam", severity="amber", text="Een naam", **old)
    line = HelpLine.objects.create(name="113", purpose="Praten", number="113", hours="altijd", **old)
    why = Explanation.objects.create(title="Waarom", text="Daarom.", place="rules", **old)
    return {
        "gemeld": (told.public_id, told), "antwoord": (answer.public_id, answer), "huisregel": (rule.pk, rule),
        "hulplijn": (line.pk, line), "uitleg": (why.pk, why),
    }  # fmt: skip


def test_what_else_waits_has_one_owner_and_the_second_reads_who_it_is(things, coordinator, second_coordinator, as_):
    first, second = as_(coordinator), as_(second_coordinator)
    for kind, (ref, _thing) in things.items():
        door = f"/desk/hand/{kind}/{ref}/pakken/"
        assert door in first.get("/desk/").content.decode(), kind
        page = first.post(door).url
        assert first.post(door).url == page, "twice is once"
        assert "Marijke heeft dit nu" in second.post(door, follow=True).content.decode(), kind
        assert door not in second.get("/desk/").content.decode(), kind
        assert f'name="from_reader" value="{coordinator.public_id}"' in second.get(page).content.decode(), kind
    assert second.get("/desk/").content.decode().count("in handen van Marijke") == len(things)
    assert first.get("/desk/").content.decode().count("· van jou") == len(things)
    with CaptureQueriesContext(connection) as captured:
        first.get("/desk/")
    assert len(captured) <= 8
    other = second_coordinator
    decisions: dict[str, Any] = {
        "antwoord": lambda answer: answering.publish_answer(answer=answer, actor=other),
        "huisregel": lambda rule: texts.check(text=rule, actor=other),
        "gemeld": lambda told: reporting.rule(
            story=told, outcome="left", statement="Ja.", rules=[], seen="", actor=other
        ),
    }
    for kind, decide in decisions.items():
        ref, thing = things[kind]
        with pytest.raises(TooLate, match="Marijke"):
            decide(thing)
        second.post(f"/desk/hand/{kind}/{ref}/pakken/", {"from_reader": second_coordinator.public_id})
        assert not InHand.objects.filter(reader=other).exists(), "only from whom she saw"
        second.post(f"/desk/hand/{kind}/{ref}/pakken/", {"from_reader": coordinator.public_id})
        decide(thing)
        assert not taking.held(thing).exists(), "what is decided is in nobody's hands"
    ref, thing = things["hulplijn"]
    first.post(f"/desk/hand/hulplijn/{ref}/loslaten/")
    assert not taking.held(thing).exists()


def test_what_else_was_taken_comes_back_by_itself_sooner_when_it_may_tell_of_danger(things, coordinator, at):
    at(MONDAY)
    for _ref, thing in things.values():
        taking.take(thing=thing, actor=coordinator)
    InHand.objects.update(at=MONDAY)
    assert taking.come_back_idle(now=MONDAY + dt.timedelta(minutes=61)) == 0
    Report.objects.update(danger=True)
    assert taking.come_back_idle(now=MONDAY + dt.timedelta(minutes=61)) == 1
    assert not taking.held(things["gemeld"][1]).exists()
    at(MONDAY + dt.timedelta(days=2, minutes=1))
    tasks.put_back_what_nobody_went_on_with()
    assert not InHand.objects.exists()
    verbs = JournalEntry.objects.filter(verb__endswith="came_back").values_list("verb", flat=True)
    assert sorted(verbs) == ["publicanswer.came_back", "story.reports_came_back"]


def test_the_database_knows_one_owner_of_one_thing(things, coordinator, second_coordinator):
    story, answer = things["gemeld"][1], things["antwoord"][1]
    InHand.objects.create(reader=coordinator, reported=story)
    for wrong in ({"reported": story}, {}, {"answer": answer, "house_rule": things["huisregel"][1]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InHand.objects.create(reader=second_coordinator, **wrong)
    withdraw(story=story)
    assert not InHand.objects.exists()

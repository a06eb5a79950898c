"""A story in somebody's hands with which nobody goes on goes back to the pile by itself."""

import datetime as dt

import pytest

from config.celery import app
from core.models import JournalEntry
from stories import tasks
from stories.actions import clock, deciding, telling, tending
from stories.models import Status
from tests.stories.factory import a_story, put

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


def test_the_job_stands_in_the_timetable(in_hand, at):
    names = {row["task"] for row in app.conf.beat_schedule.values()}
    assert tasks.put_back_what_nobody_went_on_with.name in names
    at(MONDAY + dt.timedelta(days=3))
    tasks.put_back_what_nobody_went_on_with()
    in_hand.refresh_from_db()
    assert in_hand.status == Status.WAITING

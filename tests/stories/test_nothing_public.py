"""When nothing of a story is public any more, no word of it stays: not in its texts, not in what is searched."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection, models
from django.utils import timezone

from stories.actions import clock, deciding, reporting, revising, telling, withdrawing
from stories.actions.publishing import NOT_PUBLIC
from stories.models import HouseRule, Ruling, Status, Story
from tests.stories.factory import a_story, published, put

pytestmark = pytest.mark.django_db
CANARY = "zonnebloemveld"
# Whatever plain text a story holds that is no choice of a list: also what a later column will hold.
TEXTS = {
    field.name
    for field in Story._meta.concrete_fields
    if isinstance(field, (models.CharField, models.TextField)) and not field.choices
} - {"public_id"}


@pytest.fixture
def story(coordinator):
    """With this word in all that readers had of it."""
    story = a_story(status=Status.IN_HAND, reader=coordinator, translated=True)
    Story.objects.filter(pk=story.pk).update(published_on=timezone.localdate(), **dict.fromkeys(TEXTS, CANARY))
    story.refresh_from_db()
    return story


def a_rule():
    return HouseRule.objects.create(slug="naam", severity="amber", text="Een naam van iemand.")


def refused(story, coordinator):
    deciding.refuse(story=story, rules=[a_rule()], statement="Nee.", actor=coordinator)


def told_anew(story, coordinator):
    revising.tell_anew(story=story, version=1, answers=telling.Answers(body="Iets anders.", audience="everybody"))


def taken_back(story, coordinator):
    withdrawing.withdraw(story=story)


def not_answered_in_time(story, coordinator):
    put(story, Status.QUESTION, raw_body=None, raw_helped=None, erase_raw_at=timezone.now())
    clock.erase_due()


def taken_off_long_ago(story, coordinator):
    put(story, Status.REFUSED)
    now = timezone.now()
    Ruling.objects.create(
        story=story, outcome="off", state="stands", statement="Weg.", author=coordinator, erase_at=now
    )
    assert reporting.erase_reports(now=now + dt.timedelta(minutes=1)) == 1


@pytest.mark.parametrize("way", [refused, told_anew, taken_back, not_answered_in_time, taken_off_long_ago])
def test_no_word_of_what_was_public_stays(way, story, coordinator):
    assert CANARY in found(story)
    way(story, coordinator)
    assert CANARY not in found(story)
    after = Story.objects.values("search", "translated", *TEXTS).get(pk=story.pk)
    assert after == {"search": "", "translated": False, **dict.fromkeys(TEXTS, "")}


def found(story):
    """The whole row as it stands in the table."""
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(s)::text from stories_story s where id = %s", [story.pk])
        return cursor.fetchone()[0]


def test_no_text_of_a_story_is_forgotten():
    assert {name for name, empty in NOT_PUBLIC.items() if empty == ""} == TEXTS


def test_what_was_left_of_erased_texts_is_emptied_once_and_what_is_read_stays():
    erased, read = a_story(status=Status.REFUSED, words_beside=CANARY), published(title=CANARY)
    empty = import_module("stories.migrations.0026_no_words_of_erased_texts").EMPTY
    with connection.cursor() as cursor:
        cursor.execute(empty)
        cursor.execute(empty)
    assert CANARY not in found(erased)
    before = read.words_beside
    read.refresh_from_db()
    assert before
    assert (read.title, read.words_beside) == (CANARY, before)

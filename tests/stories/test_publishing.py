"""A story becomes public in one way only."""

import datetime as dt

import pytest
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from movement.models import Theme
from stories.actions.publishing import publish
from stories.models import Status, Story, StoryTheme
from tests.stories.factory import put


@pytest.fixture
def story(coordinator, region):
    return make_story(status=Status.IN_HAND, reader=coordinator, region=region)


def make_story(**fields):
    unique = (Story.objects.count() + 1).to_bytes(32, "big")
    defaults = {
        "own_time_until": timezone.now(),
        "sent_at": timezone.now(),
        "code_hash": unique,
        "submission_hash": unique,
        "raw_body": "Ik mocht alleen om zes uur bellen.",
        "audience": "everybody",
    }
    return Story.objects.create(**defaults | fields)


def text(**fields):
    return {"title": "Bellen om zes uur", "body": "Ik mocht alleen om zes uur bellen."} | fields


def test_publishing_fills_what_readers_see_and_sets_the_day_of_erasing(story, coordinator):
    publish(story=story, **text(helped="Een vast iemand."), actor=coordinator)
    assert story.is_published
    assert story.teaser == "Ik mocht alleen om zes uur bellen."
    assert story.published_on == timezone.localdate()
    assert dt.timedelta(days=29) < story.erase_raw_at - timezone.now() < dt.timedelta(days=31)
    entry = JournalEntry.objects.get(verb="story.published")
    assert (entry.subject_id, entry.actor, entry.area) == (story.public_id, coordinator.public_id, "")


@pytest.mark.parametrize(
    ("theme", "said", "answered", "heavy"),
    [
        (True, None, False, True),
        (True, False, False, True),  # readers chose by theme
        (False, True, False, True),
        (False, None, True, False),  # our own guess says nothing to readers any more
        (False, True, True, True),
        (False, None, False, False),
    ],
)
def test_readers_are_warned_by_what_people_said_and_not_by_a_guess_that_was_answered(
    story, coordinator, theme, said, answered, heavy
):
    now = timezone.now()
    if theme:
        StoryTheme.objects.create(story=story, theme=Theme.objects.create(slug="dwang", name="Dwang", heavy=True))
    signal = {"danger": "urgent", "danger_at": now, "danger_answered_at": now}
    Story.objects.filter(pk=story.pk).update(heavy=True, heavy_said=said, **(signal if answered else {}))
    publish(story=story, **text(), actor=coordinator)
    assert story.heavy is heavy


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.WAITING, "reader": None},
        {"status": Status.REFUSED},
        {"audience": "support"},
        {"red_reasons": 1},
        {"red_flag": True},
        {"danger": "urgent", "heavy": True},
    ],
)
def test_what_may_not_be_published_is_refused(story, coordinator, fields):
    put(story, **{"status": story.status} | fields)
    with pytest.raises(TooLate):
        publish(story=story, **text(), actor=coordinator)
    assert not JournalEntry.objects.exists()


def test_a_consent_that_was_narrowed_while_the_page_was_open_stops_it(story, coordinator):
    Story.objects.filter(pk=story.pk).update(audience="support")
    with pytest.raises(TooLate):
        publish(story=story, **text(), actor=coordinator)


def test_a_red_flag_needs_two_different_people(story, coordinator, second_coordinator):
    story.red_flag, story.first_approver, story.second_approver = True, coordinator, second_coordinator
    story.save()
    publish(story=story, **text(), actor=coordinator)
    assert story.is_published

"""The counts beside the filters: from the moment that a story leaves the site none is told until they are counted."""

import pytest

from core.models import JournalEntry
from stories.actions import deciding, reporting, telling, withdrawing
from stories.models import HouseRule, Status, Story
from stories.options import count_options, options
from stories.states import MOVES
from tests.stories.factory import a_story, a_theme, published

pytestmark = pytest.mark.django_db


def objected(story, coordinator):
    telling.object_to_decision(story=story, text="De titel klopt niet.")


def held(story, coordinator):
    deciding.put_on_hold(story=story, actor=coordinator)


def held_as_reported(story, coordinator):
    decide(story, coordinator, "held")


def taken_off(story, coordinator):
    decide(story, coordinator, "off")


def kept_for_us(story, coordinator):
    telling.change_consent(story=story, use="read", answer="support")


def withdrawn(story, coordinator):
    withdrawing.withdraw(story=story)


def decide(story, coordinator, outcome):
    rule = HouseRule.objects.create(slug="naam", severity="amber", text="Een naam van iemand.")
    reporting.report_story(story=story, token=b"r" * 16, why="untrue", text="Dat is niet waar.")
    reporting.rule(story=story, outcome=outcome, statement="Wij.", rules=[rule], seen="", actor=coordinator)


WAYS = {
    objected: "story.objected", held: "story.held", held_as_reported: "story.held", taken_off: "story.taken_off",
    kept_for_us: "story.held", withdrawn: "story.withdrawn",
}  # fmt: skip


def told():
    return [one.total for one in options() if one.kind == "theme"]


def test_every_way_off_the_site_is_tried_here():
    assert {move.verb for move in MOVES if Status.PUBLISHED in move.old} == set(WAYS.values())


@pytest.mark.parametrize("way", WAYS)
def test_no_count_of_before_is_told_when_a_story_has_left(way, coordinator, django_capture_on_commit_callbacks):
    theme = a_theme()
    stories = [published(themes=[theme]) for _number in range(6)]
    assert told() == [5]
    with django_capture_on_commit_callbacks(execute=True):
        way(stories[0], coordinator)
    assert JournalEntry.objects.filter(verb=WAYS[way]).exists()
    assert not Story.objects.published().filter(pk=stories[0].pk).exists()
    assert told() == [None]
    count_options()
    assert told() == [5]


def test_nor_when_fewer_may_read_it(django_capture_on_commit_callbacks):
    theme = a_theme()
    stories = [published(themes=[theme]) for _number in range(6)]
    assert told() == [5]
    with django_capture_on_commit_callbacks(execute=True):
        telling.change_consent(story=stories[0], use="read", answer="members")
    assert told() == [None]


def test_what_happens_beside_the_site_leaves_them(coordinator, django_capture_on_commit_callbacks):
    theme = a_theme()
    for _number in range(5):
        published(themes=[theme])
    assert told() == [5]
    with django_capture_on_commit_callbacks(execute=True):
        story = a_story()
        deciding.claim(story=story, actor=coordinator)
        deciding.publish_unchanged(story=story, title="Nieuw", actor=coordinator)
    assert told() == [5]

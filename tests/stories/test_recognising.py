"""Dit herken ik: said without an account, counted without a trace, and shown so that it tells of nobody."""

import re

import pytest
import redis
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import JournalEntry
from stories.actions.recognising import recognise, show_recognitions
from stories.actions.withdrawing import withdraw
from stories.models import Recognition, Story
from stories.tasks import show_how_many_recognise_a_story
from tests.stories.factory import a_story, published

pytestmark = pytest.mark.django_db


def say(story, address="192.0.2.1"):
    return Client(REMOTE_ADDR=address).post(f"{story.get_absolute_url()}herken/")


def times(story):
    return sum(Recognition.objects.filter(story=story).values_list("times", flat=True))


def shown(client, story):
    found = re.search(r"Minstens (\d+) lezers herkennen dit", client.get(story.get_absolute_url()).content.decode())
    return int(found[1]) if found else None


def test_a_reader_says_it_once_a_day_and_gets_the_same_answer_every_time(client):
    story = published()
    assert f'action="{story.get_absolute_url()}herken/"><button class="button button--quiet">Dit herken ik' in page(
        client, story
    )
    answers = [say(story) for _ in range(3)]
    assert times(story) == 1
    assert len({(a.status_code, a.headers["Location"], a.content, str(a.cookies)) for a in answers}) == 1
    assert answers[0].headers["Location"] == f"{story.get_absolute_url()}#dank"
    assert not answers[0].cookies
    say(story, "192.0.2.2")
    assert times(story) == 2


def page(client, story):
    return client.get(story.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("many", "number"), [(1, None), (4, None), (5, 5), (9, 5), (10, 10), (99, 50), (5000, 100)])
def test_the_number_is_told_from_five_on_in_wide_steps_and_changes_at_night_only(client, many, number):
    story = published()
    recognise(story=story)
    Recognition.objects.filter(story=story).update(times=many)
    assert shown(client, story) is None
    show_how_many_recognise_a_story()
    assert shown(client, story) == number
    recognise(story=story)
    assert shown(client, story) == number


def test_a_script_behind_one_address_adds_one_and_behind_many_a_few():
    story = published()
    for _ in range(40):
        say(story)
    assert times(story) == 1
    for number in range(60):
        say(story, f"198.51.100.{number}")
    for number in range(20):
        say(story, f"2001:db8:0:{number // 10}::{number}")
    assert 20 <= times(story) <= 25


def test_an_address_that_says_it_of_everything_is_not_counted_on():
    stories = [published() for _ in range(23)]
    assert {say(story).status_code for story in stories} == {302}
    assert sum(times(story) for story in stories) == 20


def test_nothing_is_kept_by_which_a_reader_or_a_story_could_be_known():
    story = published()
    before = JournalEntry.objects.count()
    say(story, "203.0.113.77")
    cache = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    keys = b" ".join(key + b"=" + (cache.get(key) or b"") for key in cache.scan_iter(match="*") if b"today" in key)
    assert b"today" in keys
    for known in (b"203.0.113.77", story.public_id.encode()):
        assert known not in keys
    assert all(0 < cache.ttl(key) <= 86_405 for key in cache.scan_iter(match="*today*"))
    assert JournalEntry.objects.count() == before
    assert [field.name for field in Recognition._meta.fields] == ["story", "times", "shown"]


def test_without_a_cache_nothing_is_counted_and_the_answer_is_the_same(settings):
    story = published()
    right = say(story)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock"}}
    down = say(story, "192.0.2.9")
    assert (down.status_code, down.headers["Location"]) == (right.status_code, right.headers["Location"])
    assert times(story) == 1


def test_what_cannot_be_read_cannot_be_recognised(client):
    for story, status in ((a_story(), 404), (published(audience="members"), 404)):
        assert say(story).status_code == status
        assert times(story) == 0
    other = Client().post(f"{published().get_absolute_url()}herken/", headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403


def test_a_story_that_is_taken_back_loses_its_number(client):
    story = published()
    recognise(story=story)
    withdraw(story=story)
    assert not Recognition.objects.exists()
    assert Story.objects.get().is_withdrawn


def test_the_database_shows_no_number_that_was_not_counted():
    story = published()
    recognise(story=story)
    for wrong in ({"shown": 5}, {"times": 100, "shown": 7}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recognition.objects.update(**wrong)


def test_showing_them_costs_the_same_for_any_number(django_assert_num_queries):
    for _ in range(9):
        recognise(story=published())
    Recognition.objects.update(times=30)
    with CaptureQueriesContext(connection) as captured:
        assert show_recognitions() == 9 * 3
    assert len(captured) <= 7

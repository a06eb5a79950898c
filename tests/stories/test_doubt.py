"""A flood of nonsense by programs: nobody's story is lost, and the desk stays usable."""

# ruff: noqa: F811 - a fixture of another file comes by name

import re
import time
from unittest import mock

from django.core.cache import cache
from django.test import Client

from core import ratelimit
from stories import codes
from stories.models import Story
from stories.views import doubt
from tests.stories.test_telling import TEXT, URL, fill, visitor, words_of  # noqa: F401 - a fixture


def freeze(seconds):
    """So many seconds later, as the signature of the form sees it."""
    return mock.patch("django.core.signing.time.time", return_value=time.time() + seconds)


def test_what_nobody_sees_is_filled_in_by_a_program_and_nobody_loses_a_story_by_it(visitor):
    form = visitor.get(URL).content.decode()
    assert re.search(r'<p hidden><label>[^<]+<input name="onderwerp" tabindex="-1" autocomplete="off">', form)
    data = fill(visitor)
    for _again in range(3):
        page = visitor.post(URL, data | {"onderwerp": "Goedkope horloges"})
        assert (page.status_code, Story.objects.count()) == (422, 0)
    text = page.content.decode()
    assert TEXT in text
    assert "Druk dan nog" in text
    assert "onderwerp" not in text, "a browser that fills in everything gets through the second time"
    assert len(words_of(visitor.post(URL, data))) == 5


def test_in_a_flood_of_a_thousand_who_tells_gets_through_and_the_desk_holds_that_story_alone(
    visitor, monkeypatch, coordinator, as_
):
    data = fill(visitor)
    cache.set(ratelimit._key(None, "tell", 600), doubt.BUSY + 1, 600)
    with freeze(0):  # a program is quick, also on a machine that is not
        for number in range(50):
            page = Client(REMOTE_ADDR=f"198.51.100.{number}").post(URL, data | {"body": f"Koop {number} horloges."})
            assert page.status_code == 422
    assert not Story.objects.exists()
    monkeypatch.setattr(doubt, "QUICK", -1)  # she took her time
    page = visitor.post(URL, data | {"when": "now"})
    assert len(words_of(page)) == 5
    desk = as_(coordinator).get("/desk/").content.decode()
    assert desk.count("/oppakken/") == 1


def test_who_is_quick_is_asked_once_more_and_only_in_a_flood(visitor):
    data = fill(visitor)
    cache.set(ratelimit._key(None, "tell", 600), doubt.BUSY + 1, 600)
    page = visitor.post(URL, data)
    assert (page.status_code, TEXT in page.content.decode()) == (422, True)
    with freeze(4):
        assert not codes.just_made(data["token"], 3)
        assert len(words_of(visitor.post(URL, data))) == 5

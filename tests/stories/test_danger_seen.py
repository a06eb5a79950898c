"""A sign of danger in what comes in: whom to call stands in the same answer, and nothing takes the sign away."""

import re

import pytest
from django.test import Client

from movement.models import HelpLine
from stories import danger
from stories.actions import telling
from stories.models import Danger, Status, Story
from tests.stories.test_telling import URL, fill

SAID = "Ik wil niet meer leven en ik heb pillen klaar liggen."
NUMBER = "0800-0113"


@pytest.fixture
def visitor(db):
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _line(db):
    HelpLine.objects.create(name="113", purpose="Praten", number=NUMBER, urgent=True)


def helped(answer):
    return NUMBER in answer.content.decode().split("<main")[1].split("</main")[0]


def hears(monkeypatch, word):
    """As if a danger was in this word alone."""

    def find(text):
        return danger.Danger(danger.DangerLevel.URGENT if word in text else danger.DangerLevel.NONE, ())

    monkeypatch.setattr(telling, "find_danger", find)


def test_a_danger_in_a_word_that_is_replaced_is_sent_at_once_as_the_look_back_said(visitor, monkeypatch):
    hears(monkeypatch, "Tilburg")
    data = fill(visitor, body="Ik ga springen bij het station in Tilburg.")
    assert helped(visitor.post(URL, data | {"do": "check"}))
    assert helped(visitor.post(URL, data))
    story = Story.objects.get()
    assert "Tilburg" not in (story.raw_body or "")
    assert (story.danger, story.status, story.heavy) == (Danger.URGENT, Status.WAITING, True)


def test_a_danger_in_words_that_take_the_place_of_others_is_seen_at_the_look_back(visitor, monkeypatch):
    hears(monkeypatch, "ophangen")
    data = fill(visitor, body="Mijn mentor heet Jeroen de Vries.", do="check")
    review = visitor.post(URL, data)
    assert not helped(review)
    own = re.search(r'name="own-(\w+)"', review.content.decode())
    assert own
    mine = {f"mark-{own[1]}": "own", f"own-{own[1]}": "die zegt dat hij me gaat ophangen"}
    assert helped(visitor.post(URL, data | mine))

"""Who may read a story is said once, in `StoryQuerySet.visible_to`; what says it by hand is held to that here."""

import itertools
import re
from collections.abc import Callable
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, QueryDict
from django.test import RequestFactory
from django.utils import timezone

from actionteams.models import TakenUp
from core.http import Gone
from monitor.fromstories import life_of
from monitor.journey import journey_of
from movement.models import Initiative
from portal import activity
from stories import access, looked_for, options, queries
from stories.forms.reading import Reading
from stories.models import Audience, InitiativeLink, SavedSearch, Status, Story
from stories.templatetags.linked_stories import count_linked_stories
from tests.conftest import make_area
from tests.movement_of import a_team
from tests.stories.factory import a_theme, published
from tests.test_house_rules import CODE, name

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()
# The constraint story_published_with_consent refuses the one that is left out.
STANDS = [pair for pair in itertools.product(Status.values, Audience.values) if pair != ("published", "support")]
EMPTY = {**dict.fromkeys(("title", "body", "teaser"), ""), **dict.fromkeys(("raw_body", "raw_helped"))}


@pytest.fixture(params=STANDS, ids="-".join)
def house(request, host, professional, country):
    """Five stories that stand like this, and all that shows or counts stories; beside them only heavy ones."""
    status, audience = request.param
    area = make_area("JZ17", "youth_region", "Midden IJssel", tile_column=1, tile_row=1)
    theme, mine = a_theme("wachten"), published(title="Van mij", heavy=True)
    gone = EMPTY | {"withdrawn_at": timezone.now()} if status == "withdrawn" else {"reply_to": mine}
    held = {"status": status, "audience": audience, "reader": professional, "region": area, "themes": [theme]}
    these = [published(**{"title": "Een van deze"} | held | gone) for _number in range(5)]
    initiative = Initiative.objects.create(name="De vaste stoel", summary="Kort.", what="Lang.", area=area)
    InitiativeLink.objects.bulk_create(InitiativeLink(story=one, initiative=initiative) for one in these)
    team = a_team(host, area)
    TakenUp.objects.bulk_create(TakenUp(team=team, story=one) for one in (mine, *these))
    SavedSearch.objects.create(member=professional, asked="thema=wachten")
    return SimpleNamespace(these=these, one=these[0], mine=mine, area=area, initiative=initiative)


def asks(reader):
    request = RequestFactory().get("/")
    request.user = reader
    return request


def page_of(reader, story):
    try:
        return access.story_for_reader(asks(reader), story.public_id)
    except (Http404, Gone):
        return None


def may_report(house, reader):
    try:
        return bool(access.story_to_report(asks(reader), house.one.public_id))
    except Http404:
        return False


def titled(reader, **asked):
    return "Een van deze" in {card["title"] for card in queries.read_page(reader, Reading(**asked)).cards}


@contextmanager
def an_answer(house):
    answer = published(title="Een antwoord", reply_to=house.one)
    yield answer
    answer.delete()


def answered(house, reader):
    """The list of what answers one of these: it shows nothing of an answer to what this reader may not read."""
    with an_answer(house):
        page = queries.read_page(reader, Reading(reply=house.one.public_id))
    return "Een antwoord" in {card["title"] for card in page.cards}


def link_back(house, reader):
    """What one of these is to the page of an answer to it."""
    with an_answer(house) as answer:
        return page_of(reader, answer).answers is not None


# What one reader comes to, by the place where it is said.
OF_A_READER: dict[str, Callable[[Any, Any], bool]] = {
    "stories/access.py": lambda house, reader: page_of(reader, house.one) is not None,
    "stories/access.py, what answers it": lambda house, reader: bool(page_of(reader, house.mine).answered_by),
    "stories/access.py, what it answers": link_back,
    "stories/wanted.py": lambda house, reader: titled(reader, theme="wachten", region=house.area.code),
    "stories/wanted.py, words": lambda house, reader: titled(reader, words="wachtte"),
    "stories/wanted.py, answers to it": answered,
    "portal/activity.py": lambda house, reader: activity.furthest(reader) is not None,
}
# What is counted or shown to anybody, members too.
OF_ALL: dict[str, Callable[[Any], Any]] = {
    "stories/options.py": lambda house: any(one.total for one in options.options()),
    "stories/templatetags/linked_stories.py": lambda house: count_linked_stories([house.initiative]),
    "stories/queries.py, the feed": lambda house: queries.newest(Reading.asked(QueryDict("")), most=5),
    "monitor/journey.py": lambda house: sum(moment.others for moment in journey_of(house.mine)),
    "monitor/fromstories.py": lambda house: life_of(house.area).themes,
    "portal/activity.py, the map": lambda house: any(tile.stories for tile in activity.tiles()),
}


def may_read(house, reader):
    found = Story.objects.visible_to(reader).filter(pk__in=[one.pk for one in house.these]).count()
    assert found in (0, 5)
    return found == 5


def test_what_is_written_by_hand_shows_what_this_reader_may_read_and_nothing_else(house, professional):
    for reader in (ANYBODY, professional):
        shown = {where: bool(look(house, reader)) for where, look in OF_A_READER.items()}
        assert shown == dict.fromkeys(OF_A_READER, may_read(house, reader)), reader
    shown = {where: bool(look(house)) for where, look in OF_ALL.items()}
    assert shown == dict.fromkeys(OF_ALL, may_read(house, ANYBODY))
    assert bool(looked_for.looked_for_by(house.one.public_id)) == may_read(house, professional)


def test_what_can_be_reported_could_be_read(house, professional):
    """It takes in what was being written when a story went on hold."""
    for reader in (ANYBODY, professional):
        on_hold = house.one.status == "on_hold" and house.one.audience in (
            ("everybody", "members") if reader.is_authenticated else ("everybody",)
        )
        assert may_report(house, reader) == (may_read(house, reader) or on_hold)


def test_nobody_writes_it_by_hand_again():
    """In SQL it is one of the OPEN_TO constants beside `visible_to`, and who uses one is looked at above."""
    written = {name(path) for path in CODE if re.search(r"audience\s*(=|in)\s*\(?'", path.read_text("utf-8"))}
    triggers = {"stories/models/guards.py", "stories/models/quote.py"}  # tests/stories/test_quoting.py
    assert written - triggers == {"stories/models/story.py", "stories/waiting.py"}, "the second is the desk's"
    asked = {name(path) for path in CODE if "OPEN_TO_" in path.read_text("utf-8")} - {"stories/models/__init__.py"}
    assert asked - {"stories/models/story.py"} == {
        place for where in (*OF_A_READER, *OF_ALL) if (place := where.partition(",")[0]) not in USES_ANOTHER
    }


USES_ANOTHER = {"stories/queries.py", "stories/templatetags/linked_stories.py"}  # wanted.py; the ORM

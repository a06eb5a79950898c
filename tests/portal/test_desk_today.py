"""Vandaag: what waits, in which order, for whom."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from monitor.models import Import
from stories.models import Message, Status, Story
from tests.stories.factory import a_story, published

pytestmark = pytest.mark.django_db


def page_of(client):
    return client.get("/desk/").content.decode()


def test_danger_comes_first_with_its_clock_and_then_the_rest(coordinator, second_coordinator, as_):
    a_story()
    a_story(danger="concern", sent_at=timezone.now() - dt.timedelta(days=20))
    answered = a_story(status=Status.IN_HAND, reader=coordinator)
    Message.objects.create(story=answered, from_teller=True, text="Ja")
    a_story(status=Status.IN_HAND, reader=second_coordinator)
    a_story(status=Status.QUESTION, reader=coordinator)
    Import.objects.create(file_name="cijfers.csv", sha256="0" * 64)
    page = page_of(as_(coordinator))
    order = [f'id="{band}"' for band in ("danger", "answers", "new", "colleagues", "imports", "waits")]
    assert [place for place in order if place in page] == order
    assert sorted(order, key=page.index) == order
    assert re.search(r"te laat sinds \d+ \w+", page), "the name of a day would not say which one"
    assert "Hanna" in page


def test_the_list_never_shows_a_word_of_a_story_and_opening_it_is_no_look(coordinator, as_):
    a_story()
    published(danger="urgent", danger_answered_at=timezone.now(), title="Geplaatste titel")
    Story.objects.exclude(danger="none").update(danger_answered_at=None, heavy=True)  # its teller said something later
    page = page_of(as_(coordinator))
    assert "Zonnehoek" not in page
    assert "Geplaatste titel" not in page


def test_an_answered_danger_is_an_ordinary_story_again(coordinator, as_):
    story = a_story(danger="urgent")
    assert 'id="danger"' in page_of(as_(coordinator))
    Story.objects.filter(pk=story.pk).update(danger_answered_at=timezone.now())
    assert 'id="danger"' not in page_of(as_(coordinator))
    assert 'id="new"' in page_of(as_(coordinator))


def test_what_is_the_tellers_alone_or_done_is_not_on_the_desk(coordinator, as_):
    a_story(status=Status.OWN_TIME, sent_at=None)
    a_story(status=Status.REFUSED)
    published()
    assert 'class="empty"' in page_of(as_(coordinator))


def test_the_desk_costs_the_same_with_one_and_with_fifty_stories(coordinator, as_):
    desk = as_(coordinator)
    a_story()

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get("/desk/").status_code == 200
        return len(captured)

    desk.get("/desk/")
    first = cost()
    for number in range(49):
        a_story(danger="concern" if number % 5 == 0 else "none")
        Import.objects.create(file_name=f"{number}.csv", sha256="0" * 64)
    assert cost() == first
    assert first <= 8


def test_what_was_read_and_stays_hides_nothing_that_is_off_the_site_and_all_of_a_band_can_be_seen(coordinator, as_):
    desk = as_(coordinator)
    for number in range(26):
        a_story(status=Status.ON_HOLD, audience="support", sent_at=timezone.now() - dt.timedelta(days=9, hours=number))
    off = a_story(status=Status.ON_HOLD)
    page = page_of(desk)
    held, kept = page[page.index('id="held"') : page.index('id="kept"')], page[page.index('id="kept"') :]
    assert off.public_id in held
    assert held.count('<a href="/desk/verhalen/') == 1
    assert kept.count('<a href="/desk/verhalen/') == 25
    assert "En nog 1." in kept
    whole = desk.get("/desk/?alles").content.decode()
    assert whole[whole.index('id="kept"') :].count('<a href="/desk/verhalen/') == 26
    assert "?alles" not in whole


def test_stories_that_say_little_are_told_apart_by_when_they_were_sent(coordinator, region, as_):
    sent = timezone.now().replace(hour=8, minute=5) - dt.timedelta(days=2)  # in Amsterdam an hour or two later
    for more in (
        {},
        {"perspective": "parent"},
        {"perspective": "youth", "form_of_help": "group"},
        {"perspective": "youth", "region": region},
    ):
        a_story(sent_at=sent, **more)
    titles = re.findall(r"<strong>(.*?)</strong></a>", page_of(as_(coordinator)))
    when = date_format(timezone.localtime(sent), "j F, H:i")
    assert titles == [
        f"Een verhaal\u00a0· {when}",
        f"Ouder of naaste\u00a0· {when}",
        "Jongere\u00a0· Een leefgroep",
        f"Jongere\u00a0· {region.name}",
    ]


def test_a_dot_stays_at_the_end_of_its_line(coordinator, as_):
    a_story(danger="urgent")
    Import.objects.create(file_name="cijfers.csv", sha256="0" * 64)
    page = page_of(as_(coordinator))
    assert "nog van niemand\u00a0· dringend" in page
    assert " · " not in re.sub(r"</?a[^>]*>", "", page[page.index('id="danger"') : page.rindex("</section>")])


def test_only_coordinators_see_the_desk(client, professional, as_):
    assert client.get("/desk/").status_code == 302
    assert as_(professional).get("/desk/").status_code == 403

"""How long a text as told is kept: a day is set as soon as it is not our turn, and behind the code it can be read."""

# ruff: noqa: F811 - a fixture of another file comes by name

import datetime as dt
from typing import Any

import pytest
from django.conf import settings as live
from django.db import connection
from django.test import Client
from django.utils import formats, timezone

from core.models import JournalEntry
from stories import tasks
from stories.actions import clock, deciding, telling
from stories.models import EditProposal, Message, Status, Story
from tests.stories.factory import put
from tests.stories.test_telling_actions import CODE_PAGE, teller, told  # noqa: F401 - fixtures

TEXTS: dict[str, Any] = {
    "title": "Bellen",
    "body": "Ik belde.",
    "helped": "",
    "feeling": "",
    "why": "Zo herkent niemand je.",
}


@pytest.fixture
def in_hand(told, coordinator):
    telling.send_now(story=told.story)
    deciding.claim(story=told.story, actor=coordinator)
    return told.story


def ask(story, coordinator):
    deciding.ask(story=story, text="Wat bedoel je?", actor=coordinator)
    return live.RAW_KEPT_DAYS_UNANSWERED


def propose(story, coordinator):
    deciding.propose_edit(story=story, actor=coordinator, rules=(), **TEXTS)
    return live.RAW_KEPT_DAYS_UNANSWERED


def keep_for_us(story, coordinator):
    telling.change_consent(story=story, use="read", answer="support")
    deciding.put_on_hold(story=story, actor=coordinator)
    return live.RAW_KEPT_DAYS_HELD


WAITS = pytest.mark.parametrize("wait", [ask, propose, keep_for_us])


def encrypted_rows():
    """How many encrypted texts the tables hold, whatever Django says of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(raw_body) + count(raw_helped) + count(raw_feeling) from stories_story)"
            " + (select count(text) from stories_message)"
            " + (select count(title) + count(body) + count(helped) + count(feeling) + count(why)"
            " from stories_editproposal)"
        )
        return cursor.fetchone()[0]


@WAITS
def test_a_text_that_waits_for_its_teller_or_for_nobody_goes_on_its_day(wait, in_hand, coordinator, teller):
    days = wait(in_hand, coordinator)
    in_hand.refresh_from_db()
    day = formats.date_format(timezone.localtime(in_hand.erase_raw_at), "j F Y")
    assert day in teller.get(CODE_PAGE).content.decode()
    clock.erase_due(now=timezone.now() + dt.timedelta(days=days - 1))
    in_hand.refresh_from_db()
    assert in_hand.raw_body
    assert encrypted_rows()
    assert clock.erase_due(now=timezone.now() + dt.timedelta(days=days, minutes=1)) == 1
    assert encrypted_rows() == 0
    in_hand.refresh_from_db()
    assert in_hand.status == Status.REFUSED
    assert in_hand.reader is None
    assert not EditProposal.objects.filter(state="open").exists()
    assert JournalEntry.objects.filter(verb="story.lapsed").count() == 1
    assert clock.erase_due(now=timezone.now() + dt.timedelta(days=days, minutes=1)) == 0


@WAITS
def test_the_teller_reads_that_it_is_over_and_nothing_more_can_be_done(wait, in_hand, coordinator, teller):
    days = wait(in_hand, coordinator)
    clock.erase_due(now=timezone.now() + dt.timedelta(days=days, minutes=1))
    page = teller.get(CODE_PAGE).content.decode()
    assert "Je verhaal staat niet op de site" in page
    assert "Daarom hebben we hem gewist" in page
    assert "nooit op de site" in page
    assert f"{CODE_PAGE}antwoord/" not in page
    assert f"{CODE_PAGE}bezwaar/" not in page
    for door in ("antwoord", "bezwaar"):
        late = teller.post(f"{CODE_PAGE}{door}/", {"text": "Toch nog"})
        assert late.status_code == 409
        assert "Toch nog" in late.content.decode()
    assert Story.objects.get().status == Status.REFUSED
    assert not Message.objects.filter(from_teller=True).exists()
    assert teller.post(f"{CODE_PAGE}terugnemen/", {"sure": "on"}).status_code == 302
    assert Story.objects.get().is_withdrawn


def test_an_answer_makes_it_our_turn_and_no_text_goes_while_it_waits_for_us(in_hand, coordinator):
    ask(in_hand, coordinator)
    telling.answer_question(story=in_hand, text="Ik bedoelde het zo.")
    assert Story.objects.get().erase_raw_at is None
    assert clock.erase_due(now=timezone.now() + dt.timedelta(days=1000)) == 0
    propose(in_hand, coordinator)
    telling.answer_proposal(story=in_hand, proposal=EditProposal.objects.get(), agree=False)
    assert Story.objects.get().erase_raw_at is None
    keep_for_us(in_hand, coordinator)
    telling.change_consent(story=in_hand, use="read", answer="everybody")
    assert Story.objects.get().erase_raw_at is None


def test_a_day_that_was_promised_is_never_moved_back(in_hand, coordinator):
    deciding.publish_unchanged(story=in_hand, title="Bellen", actor=coordinator)
    promised = Story.objects.get().erase_raw_at
    telling.change_consent(story=in_hand, use="read", answer="support")
    telling.change_consent(story=in_hand, use="read", answer="everybody")
    deciding.claim(story=in_hand, actor=coordinator)
    ask(in_hand, coordinator)
    assert Story.objects.get().erase_raw_at == promised
    telling.answer_question(story=in_hand, text="Ja.")
    assert Story.objects.get().erase_raw_at == promised
    clock.erase_due(now=promised)
    assert Story.objects.get().status == Status.IN_HAND, "its published text is still there to decide about"


@pytest.mark.parametrize("wait", [ask, propose])
def test_a_question_about_what_was_public_can_be_answered_as_long_as_any_other_and_then_it_ends(
    wait, in_hand, coordinator, teller
):
    deciding.publish_unchanged(story=in_hand, title="Bellen", actor=coordinator)
    promised = Story.objects.get().erase_raw_at
    telling.change_consent(story=in_hand, use="read", answer="support")
    telling.change_consent(story=in_hand, use="read", answer="everybody")
    Message.objects.create(story=in_hand, from_teller=True, text="Wat ik eerder schreef.")
    deciding.claim(story=in_hand, actor=coordinator)
    days = wait(in_hand, coordinator)
    asked = dt.timedelta(days=days, minutes=1) + timezone.now()
    assert clock.erase_due(now=promised) == 1
    assert clock.erase_due(now=asked - dt.timedelta(days=1)) == 0
    story = Story.objects.get()
    assert (story.raw_body, story.body != "", story.status) == (None, True, in_hand.status)
    open_still = "Wat bedoel je?" if wait is ask else TEXTS["why"]
    page = teller.get(CODE_PAGE).content.decode()
    assert open_still in page
    assert "Wat ik eerder schreef." not in page
    clock.erase_due(now=asked)
    story = Story.objects.get()
    assert (story.status, story.title, story.body, story.teaser) == (Status.REFUSED, "", "", "")
    assert encrypted_rows() == 0
    assert [entry.verb for entry in JournalEntry.objects.order_by("pk")][-1] == "story.lapsed"
    page = teller.get(CODE_PAGE).content.decode()
    assert "Je verhaal staat niet op de site" in page
    assert "Daarom hebben we hem gewist" in page
    assert "nooit op de site" not in page, "it was"


def test_what_was_public_and_told_anew_ends_when_its_question_is_not_answered(in_hand, coordinator):
    put(in_hand, Status.IN_HAND, reader=coordinator, published_on=timezone.localdate())
    clock.erase_due(now=timezone.now() + dt.timedelta(days=ask(in_hand, coordinator), minutes=1))
    assert Story.objects.get().status == Status.REFUSED


def test_an_answer_that_comes_after_the_own_text_has_gone_puts_the_published_one_back(in_hand, coordinator):
    deciding.publish_unchanged(story=in_hand, title="Bellen", actor=coordinator)
    telling.change_consent(story=in_hand, use="read", answer="support")
    telling.change_consent(story=in_hand, use="read", answer="everybody")
    deciding.claim(story=in_hand, actor=coordinator)
    ask(in_hand, coordinator)
    clock.erase_due(now=in_hand.erase_raw_at)
    story = Story.objects.get()
    telling.answer_question(story=story, text="Ja, zo is het.")
    story = Story.objects.get()
    deciding.publish_unchanged(story=story, title="Bellen", actor=coordinator)
    assert (story.status, story.body) == (Status.PUBLISHED, "Ik mocht alleen om zes uur bellen.")


def test_the_job_of_the_timetable_does_it(in_hand, coordinator):
    ask(in_hand, coordinator)
    Story.objects.update(erase_raw_at=timezone.now())
    tasks.erase_what_tellers_wrote()
    assert encrypted_rows() == 0


def test_the_page_on_privacy_names_every_period(db, settings):
    settings.RAW_KEPT_DAYS, settings.RAW_KEPT_DAYS_REFUSED = 301, 302
    settings.RAW_KEPT_DAYS_UNANSWERED, settings.RAW_KEPT_DAYS_HELD = 303, 304
    page = Client().get("/privacy/").content.decode()
    assert all(f"{days} dagen" in page for days in range(301, 305))


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("an address for notices", "Laat je met je code een e-mailadres achter?"),
        ("the talk with us", "Wat jij en het steunpunt elkaar schrijven"),
        ("what a reader reports", "Meld je het verhaal van een ander?"),
        ("a search that is kept", "welke zoekvragen je bewaart"),
    ],
)
def test_the_page_on_privacy_names_all_that_people_leave_with_us(db, what, says):
    assert says in Client().get("/privacy/").text, what

"""Taking it back: at once, everywhere, from every state, and the fact stays."""

# ruff: noqa: F811 - a fixture of another file comes by name

import pytest
from django.db import connection
from django.test import Client

from core.http import TooLate
from core.models import JournalEntry
from movement.models import Theme
from stories.actions import telling
from stories.actions.publishing import publish
from stories.actions.withdrawing import take_text, withdraw
from stories.models import EditProposal, Message, Status, Story, StoryTheme
from stories.tasks import forget_words_in_statistics
from tests.stories.test_telling_actions import (  # noqa: F401 - two of them are fixtures
    CODE_PAGE,
    move,
    propose,
    published,
    teller,
    told,
)

CANARY = "zonnebloemveld"


def fill_with(story, coordinator, word):
    """Put a word that occurs nowhere else in everything that a teller or the desk may write about a story."""
    StoryTheme.objects.create(story=story, theme=Theme.objects.create(slug="contact", name="Contact"))
    Message.objects.create(story=story, from_teller=True, text=word)
    propose(story, coordinator, body=word, title=word, helped=word, feeling=word, why=word)
    Story.objects.filter(pk=story.pk).update(
        **dict.fromkeys(("title", "body", "helped", "feeling", "teaser", "words_beside"), word),
        **dict.fromkeys(("raw_body", "raw_helped", "raw_feeling"), word),
        heard=1, seen=2, known=3, decided_me=80, decided_family=10, decided_professionals=10, age_band="16-17",
        perspective="youth", form_of_help="group",
    )  # fmt: skip
    story.refresh_from_db()


@pytest.mark.parametrize("status", [s for s in Status if s != Status.WITHDRAWN])
def test_it_can_be_taken_back_from_every_state(told, coordinator, status):
    fill_with(told.story, coordinator, CANARY)
    published_on = "2026-01-01" if status == Status.PUBLISHED else None
    move(told.story, status, reader=coordinator, published_on=published_on)
    withdraw(story=told.story)
    story = Story.objects.get()
    assert story.is_withdrawn
    assert story.withdrawn_at
    assert {getattr(story, name) for name in ("heard", "seen", "known", "decided_me", "region_id", "raw_body")} == {
        None
    }
    assert {getattr(story, name) for name in ("title", "body", "age_band", "perspective", "form_of_help")} == {""}
    assert not story.themes.exists()
    assert [m.text for m in Message.objects.all()] == [None]
    assert {(p.body, p.title, p.why, p.state) for p in EditProposal.objects.all()} == {(None, None, None, "replaced")}
    assert JournalEntry.objects.filter(verb="story.withdrawn").count() == 1


def test_no_column_of_any_table_holds_a_word_of_it(told, coordinator):
    published(told.story, coordinator)
    fill_with(told.story, coordinator, CANARY)
    withdraw(story=told.story)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{CANARY}%"])
            assert cursor.fetchone()[0] == 0, table
        cursor.execute("select count(*) from stories_message where text is not null")
        assert cursor.fetchone()[0] == 0


def test_a_published_story_is_gone_for_readers_at_once(teller, told, coordinator):
    story = published(told.story, coordinator)
    address = story.get_absolute_url()
    assert Client().get(address).status_code == 200
    teller.post(f"{CODE_PAGE}terugnemen/", {"sure": "on"})
    assert Client().get(address).status_code in (404, 410)
    assert "zes uur bellen" not in Client().get("/verhalen/").content.decode()
    assert "zes uur bellen" not in Client().get("/verhalen/atom.xml").content.decode()


def test_it_is_only_done_when_it_is_said_and_never_by_a_link(teller, told):
    assert teller.get(f"{CODE_PAGE}terugnemen/").status_code == 200
    assert teller.post(f"{CODE_PAGE}terugnemen/").status_code == 422
    told.story.refresh_from_db()
    assert not told.story.is_withdrawn


def test_the_code_still_says_that_it_was_taken_back(teller, told):
    teller.post(f"{CODE_PAGE}terugnemen/", {"sure": "on"})
    again = Client()
    assert again.post("/code/", {"code": told.code}).status_code == 302
    page = again.get(CODE_PAGE)
    assert page.status_code == 200
    assert f"{CODE_PAGE}toestemming/" not in page.content.decode()


def test_nothing_more_can_be_done_with_it(told, coordinator):
    proposal = propose(told.story, coordinator)
    withdraw(story=told.story)
    for act in (
        lambda: withdraw(story=told.story),
        lambda: telling.send_now(story=told.story),
        lambda: telling.answer_question(story=told.story, text="Ja"),
        lambda: telling.answer_proposal(story=told.story, proposal=proposal, agree=True),
        lambda: telling.change_consent(story=told.story, use="read", answer="everybody"),
        lambda: publish(story=told.story, title="x", body="x", actor=coordinator),
    ):
        with pytest.raises(TooLate):
            act()
    assert JournalEntry.objects.filter(verb="story.withdrawn").count() == 1


def test_publishing_loses_from_a_withdrawal_that_came_between(told, coordinator):
    move(told.story, Status.IN_HAND, reader=coordinator)
    opened_before = Story.objects.get()
    withdraw(story=told.story)
    with pytest.raises(TooLate):
        publish(story=opened_before, title="x", body="x", actor=coordinator)


def test_the_text_can_be_taken_along(teller, told):
    page = teller.post(f"{CODE_PAGE}meenemen/")
    assert page.headers["Content-Disposition"] == 'attachment; filename="tekst.json"'
    assert page.json()["wat_er_gebeurde"] == "Ik mocht alleen om zes uur bellen."
    assert page.headers["Cache-Control"] == "no-store"
    assert told.code not in page.content.decode()
    assert take_text(told.story)["toestemmingen"][0]["antwoord"] == "Iedereen"


def test_the_text_can_be_taken_along_as_words_that_a_phone_can_show(teller, told):
    Message.objects.create(story=told.story, from_teller=True, text="Mag het 'ietsje' later?")
    page = teller.post(f"{CODE_PAGE}meenemen/", {"do": "read"})
    assert page.headers["Content-Disposition"] == 'attachment; filename="tekst.txt"'
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-store"
    words = page.content.decode()
    assert words.startswith("Jouw verhaal\n\nIk mocht alleen om zes uur bellen.\n")
    assert "Wie mag het lezen?\nIedereen\n" in words
    assert "Jij:\nMag het 'ietsje' later?\n" in words
    assert told.code not in words


def test_done_ends_the_session_and_wipes_the_browser(teller):
    page = teller.post("/code/klaar/")
    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert teller.get(CODE_PAGE).url == "/code/"
    assert [cookie.value for cookie in teller.cookies.values() if cookie.key.startswith("sessie")] == [""]


def test_a_teller_form_from_another_site_is_refused(told):
    browser = Client(enforce_csrf_checks=True)
    browser.post("/code/", {"code": told.code})
    assert browser.post(f"{CODE_PAGE}terugnemen/", {"sure": "on"}).status_code == 403
    told.story.refresh_from_db()
    assert not told.story.is_withdrawn


def test_the_statistics_of_the_database_keep_no_text_of_a_story(told, coordinator):
    fill_with(told.story, coordinator, CANARY)
    with connection.cursor() as cursor:
        cursor.execute("analyze stories_story; analyze stories_initiativelink")
        cursor.execute("select attname from pg_stats where tablename in ('stories_story', 'stories_initiativelink')")
        kept = {name for (name,) in cursor.fetchall()}
        assert "status" in kept, "nothing was sampled, so this shows nothing"
        assert not kept & {"title", "body", "helped", "feeling", "teaser", "words_beside", "why"}
        withdraw(story=told.story)
        forget_words_in_statistics()
        cursor.execute("select s::text from pg_stats s where schemaname = current_schema()")
        assert not [row for (row,) in cursor.fetchall() if CANARY[:8] in row]

"""Dutch search: inflected words, compounds, phrases, typing errors, and what people paste into a search box."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories import queries, search
from stories.dutch.thesaurus import THESAURUS
from stories.forms.reading import Reading
from stories.models import Status, Story
from stories.queries import read_list, read_page
from stories.recogniser.lists import common_words
from tests.stories.factory import a_theme, published


def found(words):
    page = read_page(None, Reading(words=words))
    return {card["title"] for card in page.cards}


def alike(words):
    return {card["title"] for card in read_page(None, Reading(words=words)).alike}


PAIRS = [
    ("kind", "Daar speelden kinderen buiten."),
    ("kinderen", "Ik was een kind."),
    ("gezin", "Er kwamen twee gezinnen."),
    ("gezinnen", "Ons gezin viel uit elkaar."),
    ("huis", "Al die huizen."),
    ("huizen", "Ik ging weg uit huis."),
    ("wachten", "Ik heb een jaar gewacht."),
    ("gewacht", "Wij wachten nog steeds."),
    ("plek", "Zes plekken in twee jaar."),
    ("plekken", "Een vaste plek."),
    ("helpen", "Zij hielp mij."),
    ("geholpen", "Niemand helpt."),
    ("luisteren", "Er werd niet geluisterd."),
    ("horen", "Ik werd gehoord."),
    ("verhuizen", "Weer verhuisd."),
    ("brief", "Alle brieven kwamen te laat."),
    ("scholen", "Mijn school was ver."),
    ("zorg", "De jeugdzorg is groot."),
    ("lijst", "Ik stond op een wachtlijst."),
    ("ouders", "Mijn pleegouders."),
    ("groep", "Op de leefgroep."),
    ("isoleercel", "Ik werd afgezonderd."),
    ("ideeën", "Een idee is genoeg."),
    ("ideeen", "Vol ideeën."),
    ('"vaste persoon"', "Er was een vaste persoon."),
]


@pytest.mark.parametrize(("asked", "told"), PAIRS)
def test_an_inflected_word_finds_the_story(db, asked, told):
    published(body=told, title="Deze")
    published(body="Over de zee en de wind.", title="Een andere")
    assert found(asked) == {"Deze"}


def test_all_words_count_a_phrase_stands_together_and_a_minus_leaves_out(db):
    published(title="Samen", body="De vaste begeleider bleef.")
    published(title="Los", body="De begeleider had een vaste baan.")
    assert found("vaste begeleider") == {"Samen", "Los"}
    assert found('"vaste begeleider"') == {"Samen"}
    assert found("begeleider -baan") == {"Samen"}


@pytest.mark.parametrize("typed", ["pleegoudrs", "pleegouderrs", "plegouders", "pleegoduers"])
def test_a_typing_error_is_read_as_the_nearest_word_that_a_story_holds_and_the_page_says_so(client, db, typed):
    published(title="Mijn pleegouders", body="Het ging goed.")
    published(title="Een ander", body="Over de zee.")
    page = read_page(None, Reading(words=typed))
    assert [card["title"] for card in page.cards] == ["Mijn pleegouders"]
    assert page.instead == {typed: "pleegouders"}
    shown = client.get("/verhalen/", {"q": typed}).content.decode()
    assert f"“{typed}” staat in geen enkel verhaal. We zochten op “pleegouders”." in shown


def test_a_word_that_a_story_holds_is_never_read_as_another(db):
    published(title="Deze", body="Ik noem haar altijd pleegoudrs.")
    published(title="Mijn pleegouders", body="Het ging goed.")
    assert found("pleegoudrs") == {"Deze"}


def test_what_stands_only_in_a_story_for_members_corrects_nothing_for_a_reader(db):
    published(title="Voor leden", body="Over pleegouders.", audience="members")
    page = read_page(None, Reading(words="pleegoudrs"))
    assert not page.cards
    assert not page.instead


@pytest.mark.parametrize("query", ["q=pleegoudrs", "q=pleegoudrs+wachtlijt", "q=xqzzjw", "q=kindertele"])
def test_a_typing_error_costs_no_more_than_a_page_may(client, region, query):
    for number in range(30):
        published(region=region, perspective="parent", body=f"Pleegouders en een wachtlijst {number}.")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/verhalen/?{query}&regio={region.code}&wie=parent").status_code == 200
    assert len(asked) <= 4, [one["sql"][:80] for one in asked]


def test_the_beginning_of_a_word_finds_it_when_little_else_fits(db):
    published(title="Deze", body="De kindertelefoon nam op.")
    assert alike("kindertele") == {"Deze"}


def test_words_that_say_nothing_find_nothing_and_break_nothing(db):
    published()
    for typed in ("de", "-", '""', "!!!", "&|:*()'\\", "\x00", "-ruzie", "a b c", "ﷺ", "🙂", "x" * 5000, "' OR 1=1 --"):
        page = read_page(None, Reading(words=search.tidy_query(typed)))
        assert len(page.cards) <= 1


def test_a_line_of_forms_asks_for_the_stems_of_the_query(db):
    """What PostgreSQL makes of the line must be what it makes of the same words with `|` between, each stem once."""
    typed = [*THESAURUS.replace(">", "").split(), *sorted(common_words())[::40], "wachtn"]
    pairs = [(search.lines(word), search.tsquery(word)) for word in typed]
    asked = [list(one) for one in zip(*(pair for pair in pairs if pair[0]), strict=True)]
    stems = r"""
        select count(*), sum(cardinality(stems)), count(*) filter (where stems is distinct from array(
            select distinct one[1] from regexp_matches(to_tsquery('draad_nl', query)::text, '\w+', 'g') one order by 1
        )) from unnest(%s::text[], %s::text[]) x(line, query), tsvector_to_array(to_tsvector('draad_nl', line)) stems
    """
    with connection.cursor() as cursor:
        cursor.execute(stems, asked)
        [(lines, many, different)] = cursor.fetchall()
    assert lines > 1200
    assert many > lines
    assert not different


def test_only_plain_words_go_as_lines():
    assert search.lines("wachten Fiets") == "wachten wacht;fiets fietsen"
    assert search.lines("gezinen", instead={"gezinen": "gezin"}) == search.lines("gezin")
    for typed in ("", "ruzie -baan", '"vaste persoon" huis', "hij liep weg", "1e3x", "huis 7"):
        assert search.lines(typed) == "", typed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab -\"'&|!:*()<>\\%_é\x00\n🙂wachten", max_size=60))
def test_nothing_that_can_be_typed_breaks_the_query(db, typed):
    read_page(None, Reading(words=search.tidy_query(typed)))


def test_the_list_shows_to_each_reader_just_what_that_reader_may_see(professional, region):
    heavy, light = a_theme("dwang", heavy=True), a_theme("wachten")
    for status in Status.values:
        for audience in ("everybody", "members", "support"):
            if status != "withdrawn" and (status, audience) != ("published", "support"):
                kept = {"status": status, "audience": audience, "region": region, "reader": professional}
                published(title=f"{status} {audience}", themes=[light], **kept)
    published(title="zwaar", heavy=True, themes=[heavy])
    for reader in (None, AnonymousUser(), professional):
        may_see = set(Story.objects.visible_to(reader).values_list("title", flat=True))
        everything = Reading(heavy=frozenset({"dwang"}))
        assert {card["title"] for card in read_page(reader, everything).cards} == may_see
        for asked in (Reading(theme="wachten"), Reading(region=region.code), Reading(words="wachtte")):
            assert {card["title"] for card in read_page(reader, asked).cards} == may_see - {"zwaar"}


@pytest.mark.parametrize(("counted", "lately"), [(300, 1500), (3, 12), (3, 2)])
def test_few_hits_and_many_and_many_that_are_all_old_come_in_the_same_order(db, region, monkeypatch, counted, lately):
    """Few are sorted; many are found in what came lately; what is all older is sorted too."""
    monkeypatch.setattr(queries, "MOST_COUNTED", counted)
    monkeypatch.setattr(queries, "LATELY", lately)
    monkeypatch.setattr(queries, "PAGE", 3)
    theme, other = a_theme("wachten"), a_theme("wonen")
    for number in range(16):
        published(
            title=str(number), body="Mijn fiets." if number < 11 else "Mijn step.", region=region, perspective="youth",
            themes=[theme] if number % 4 else [other], published_on=dt.date(2026, 1, 1 + number // 2),
        )  # fmt: skip
    newest = list(Story.objects.order_by("-published_on", "public_id").values_list("title", flat=True))
    word, about = {str(n) for n in range(11)}, {str(n) for n in range(16) if n % 4}
    for asked, hits in (
        ({"words": "fiets"}, word),
        ({"theme": "wachten"}, about),
        ({"words": "fietsen", "theme": "wachten", "region": region.code, "perspective": "youth"}, word & about),
    ):
        shown, after, first = [], "", None
        while after or first is None:
            reading = Reading(**asked, after=after)
            page = read_page(None, reading)
            assert read_list(None, reading) == (reading, page), "a region with another filter has a way of its own"
            first = first or page
            shown += [card["title"] for card in page.cards]
            after = page.following
        assert shown == [title for title in newest if title in hits]
        assert first.capped == (counted == 3)
        assert first.total == (0 if counted == 3 else len(hits) // 5 * 5)

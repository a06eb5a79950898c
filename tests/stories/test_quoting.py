"""A sentence may be quoted for as long as its teller wants that and it stands on the site, and not a moment longer."""

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from stories.actions import clock, deciding, reporting, revising, telling
from stories.actions.quoting import forget_gaps, quote, sentences, unquote
from stories.actions.withdrawing import take_text, withdraw
from stories.models import HouseRule, Quote, Status, Story
from stories.setup import load_house_rules
from stories.states import NotYet
from tests.stories.at_once import overtaken
from tests.stories.factory import a_story, published

pytestmark = pytest.mark.django_db

SENTENCE = "Ik wachtte een jaar."
BODY = f"{SENTENCE} Niemand belde."


@pytest.fixture
def story(region):
    return published(body=BODY, helped="Een vaste begeleider.", quotable="yes", region=region)


@pytest.fixture
def quoted(story, coordinator):
    return quote(story=story, sentence=SENTENCE, actor=coordinator)


def living():
    return list(Quote.objects.living().values_list("text", flat=True))


def verbs(one):
    return list(JournalEntry.objects.about("quote", one.public_id).order_by("pk").values_list("verb", "actor"))


# --- choosing -----------------------------------------------------------------------------------------------------
def test_the_sentences_are_those_of_the_text_to_the_letter():
    text = "Ik belde. Niemand nam op! “Waarom?” Zij zei: “Nee.” En toen... ging ik weg. 's Avonds ook.\nÉlk jaar."
    story = Story(title="Een titel.", body=text, helped="Een hond (Bor). Ook 3.5 uur per dag.\n\n" + "a" * 301)
    assert sentences(story) == [
        "Ik belde.", "Niemand nam op!", "“Waarom?”", "Zij zei: “Nee.”", "En toen... ging ik weg.", "'s Avonds ook.",
        "Élk jaar.", "Een hond (Bor).", "Ook 3.5 uur per dag.",
    ]  # fmt: skip
    assert all(one in story.body + story.helped for one in sentences(story))


def test_a_chosen_sentence_is_kept_as_it_stands_and_the_journal_holds_no_word_of_it(quoted, coordinator, region):
    assert (quoted.text, quoted.region, quoted.by) == (SENTENCE, region, coordinator)
    assert verbs(quoted) == [("quote.chosen", coordinator.public_id)]


@pytest.mark.parametrize("wrong", ["Ik wachtte een maand.", "Ik wachtte", BODY, "Wachten op een plek", " ", ""])
def test_what_does_not_stand_there_as_one_sentence_is_refused_with_what_to_do(story, coordinator, wrong):
    with pytest.raises(NotYet, match="Kies er een uit de lijst"):
        quote(story=story, sentence=wrong, actor=coordinator)
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"quotable": "no"}, "wil niet"),
        ({"quotable": "ask"}, "eerst gevraagd"),
        ({"audience": "members"}, "iedereen"),
        ({"status": "on_hold"}, "iedereen"),
        ({"region": None}, "geen regio"),
    ],
    ids=str,
)
def test_a_story_that_may_not_be_quoted_is_not(story, coordinator, change, says):
    Story.objects.filter(pk=story.pk).update(**change)
    with pytest.raises(TooLate, match=says):
        quote(story=story, sentence=SENTENCE, actor=coordinator)
    for region in (story.region, None):
        row: dict[str, Any] = {"story": story, "region": region, "text": SENTENCE}
        with pytest.raises(IntegrityError), transaction.atomic():
            Quote.objects.create(**row)
    assert not Quote.objects.exists()


def test_the_database_refuses_a_quote_without_words_or_of_another_text_or_region(story, other_region):
    for wrong in ({"text": ""}, {"text": "Iets anders."}, {"region": other_region}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Quote.objects.create(**{"story": story, "region": story.region, "text": SENTENCE, **wrong})


def test_the_same_sentence_is_chosen_once_and_again_after_it_went(story, quoted, coordinator):
    with pytest.raises(TooLate, match="al gekozen"):
        quote(story=story, sentence=SENTENCE, actor=coordinator)
    unquote(story=story, quote=quoted.public_id, actor=coordinator)
    quote(story=story, sentence=SENTENCE, actor=coordinator)
    assert living() == [SENTENCE]


# --- going --------------------------------------------------------------------------------------------------------
def gone(one):
    one.refresh_from_db()
    return (one.text, one.story_id, one.gone_at is not None) == ("", None, True)


def test_a_coordinator_takes_a_quote_back_once(story, quoted, coordinator, second_coordinator):
    with pytest.raises(TooLate):
        unquote(story=published(region=story.region), quote=quoted.public_id, actor=second_coordinator)
    unquote(story=story, quote=quoted.public_id, actor=second_coordinator)
    assert gone(quoted)
    with pytest.raises(TooLate):
        unquote(story=story, quote=quoted.public_id, actor=coordinator)
    assert verbs(quoted)[1:] == [("quote.taken_back", second_coordinator.public_id)]


def _report_and_take_off(story, coordinator):
    load_house_rules()
    rule = HouseRule.objects.exclude(severity="red")[0]
    reporting.report_story(story=story, token=b"f" * 16, why="untrue", text="Dat is niet waar.")
    reporting.rule(story=story, outcome="off", statement="Het klopt.", rules=[rule], seen="", actor=coordinator)


ENDS = {
    "it is taken back": lambda story, _who: withdraw(story=story),
    "not to be quoted": lambda story, _who: telling.change_consent(story=story, use="quote", answer="no"),
    "to be asked first": lambda story, _who: telling.change_consent(story=story, use="quote", answer="ask"),
    "for members": lambda story, _who: telling.change_consent(story=story, use="read", answer="members"),
    "for the support centre": lambda story, _who: telling.change_consent(story=story, use="read", answer="support"),
    "its teller objects": lambda story, _who: telling.object_to_decision(story=story, text="Dat klopt niet."),
    "on hold": lambda story, who: deciding.put_on_hold(story=story, actor=who),
    "taken off": _report_and_take_off,
}


@pytest.mark.parametrize("end", ENDS)
def test_whatever_ends_it_the_words_go_at_once_and_it_points_at_no_story(story, quoted, coordinator, end):
    other = quote(story=story, sentence="Niemand belde.", actor=coordinator)
    ENDS[end](story, coordinator)
    assert gone(quoted)
    assert gone(other)
    assert verbs(quoted)[1:] == [("quote.lapsed", "")]


PLAIN = {
    "quotable = 'no'": True,
    "quotable = 'ask'": True,
    "audience = 'members'": True,
    "status = 'on_hold'": True,
    "status = 'waiting'": True,
    "body = replace(body, 'jaar', 'maand')": True,
    "region_id = null": True,
    "body = body || ' En nu nog.', title = 'Anders'": False,
    "helped = body, body = helped": False,
    "heavy = true": False,
}


@pytest.mark.parametrize("change", PLAIN)
def test_in_plain_sql_too_no_quote_outlives_its_consent_or_its_text(story, quoted, change):
    with connection.cursor() as cursor:
        cursor.execute(f"update stories_story set {change} where id = %s", [story.pk])
    assert gone(quoted) == PLAIN[change]
    assert len(verbs(quoted)) == 1 + PLAIN[change]


def test_nobody_gives_a_quote_that_went_its_words_or_its_story_again(story, quoted):
    for change in ({"text": "Iets anders."}, {"story": published(region=story.region)}, {"text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Quote.objects.filter(pk=quoted.pk).update(**change)
    telling.change_consent(story=story, use="quote", answer="no")
    for change in ({"text": SENTENCE}, {"story": story}, {"gone_at": None, "text": SENTENCE, "story": story}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Quote.objects.filter(pk=quoted.pk).update(**change)
    assert gone(quoted)


def test_what_is_no_answer_of_that_story_leaves_the_quotes_of_others(story, quoted, coordinator, region):
    other = published(body=BODY, quotable="yes", region=region)
    quote(story=other, sentence=SENTENCE, actor=coordinator)
    withdraw(story=story)
    assert list(Quote.objects.living().values_list("story", flat=True)) == [other.pk]


def test_a_story_that_was_told_anew_or_comes_back_brings_no_quote_along(story, quoted, coordinator):
    deciding.put_on_hold(story=story, actor=coordinator)
    deciding.release(story=story, actor=coordinator)
    assert story.is_published
    assert living() == []
    again = a_story(status=Status.REFUSED, quotable="yes", region=story.region)
    revising.tell_anew(story=again, version=1, answers=telling.Answers(body="Anders.", quotable="yes"), at_once=True)
    with pytest.raises(TooLate):
        quote(story=again, sentence="Anders.", actor=coordinator)


def test_a_gap_is_let_go_of_after_its_days(story, quoted, coordinator):
    kept = quote(story=story, sentence="Niemand belde.", actor=coordinator)
    unquote(story=story, quote=quoted.public_id, actor=coordinator)
    days = dt.timedelta(days=settings.QUOTE_GAP_DAYS)
    assert forget_gaps(now=timezone.now() + days - dt.timedelta(hours=1)) == 0
    assert forget_gaps(now=timezone.now() + days) == 1
    assert list(Quote.objects.all()) == [kept]
    clock.erase_due()
    assert living() == ["Niemand belde."]


def test_the_teller_takes_the_chosen_sentences_along(story, quoted):
    assert take_text(story)["zinnen_die_aangehaald_mogen_worden"] == [SENTENCE]


# --- at the same moment ---------------------------------------------------------------------------------------------
def by_action(story, coordinator):
    quote(story=story, sentence=SENTENCE, actor=coordinator)


def by_row(story, _coordinator):
    Quote.objects.create(story=story, region=story.region, text=SENTENCE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["it is taken back", "not to be quoted", "for members", "on hold"])
@pytest.mark.parametrize("choose", [by_action, by_row])
@pytest.mark.parametrize("who_is_first", ["the coordinator", "the teller"])
def test_at_one_moment_consent_wins_whoever_comes_first(story, coordinator, end, choose, who_is_first):
    acts = [lambda: choose(story, coordinator), lambda: ENDS[end](Story.objects.get(pk=story.pk), coordinator)]
    if who_is_first == "the teller":
        assert len(overtaken(*acts[::-1])) == 1
        assert not Quote.objects.exists()
    else:
        assert overtaken(*acts) == []
        assert gone(Quote.objects.get())


# --- at the desk ----------------------------------------------------------------------------------------------------
def desk_of(story):
    return f"/desk/verhalen/{story.public_id}/"


def test_a_coordinator_chooses_a_sentence_from_the_list_and_takes_it_back(story, coordinator, as_):
    desk = as_(coordinator)
    page = unescape(desk.get(desk_of(story)).content.decode())
    assert page.count('type="radio" name="sentence"') == len(sentences(story)) == 3
    chosen = desk.post(desk_of(story) + "aanhalen/", {"sentence": SENTENCE, "version": 1}, follow=True)
    page = unescape(chosen.content.decode())
    assert living() == [SENTENCE]
    assert "De zin staat op de werkbladen van de regio." in page
    assert f"“{SENTENCE}”" in page
    assert page.count('type="radio" name="sentence"') == 2, "what was chosen is not offered again"
    again = desk.post(desk_of(story) + "aanhalen/", {"sentence": SENTENCE, "version": 1})
    assert (again.status_code, "al gekozen" in again.content.decode()) == (409, True)
    back = {"quote": Quote.objects.living().get().public_id, "version": 1}
    assert desk.post(desk_of(story) + "terughalen/", back).status_code == 302
    assert living() == []
    assert desk.post(desk_of(story) + "terughalen/", back).status_code == 409


def test_of_one_story_three_sentences_are_quoted_and_no_more(coordinator, region, as_):
    long = published(body="Eén zin. Twee zinnen. Drie zinnen. Vier zinnen.", quotable="yes", region=region)
    for sentence in sentences(long)[:3]:
        quote(story=long, sentence=sentence, actor=coordinator)
    page = unescape(as_(coordinator).get(desk_of(long)).content.decode())
    assert 'name="sentence"' not in page
    assert "Van één verhaal halen we drie zinnen aan" in page
    answer = as_(coordinator).post(desk_of(long) + "aanhalen/", {"sentence": "Vier zinnen.", "version": 1})
    assert answer.status_code == 422
    assert len(living()) == 3
    unquote(story=long, quote=Quote.objects.living()[0].public_id, actor=coordinator)
    quote(story=long, sentence="Vier zinnen.", actor=coordinator)


def test_a_sentence_that_does_not_stand_there_comes_back_with_what_to_do(story, coordinator, as_):
    for wrong in ("Ik wachtte een maand.", ""):
        page = as_(coordinator).post(desk_of(story) + "aanhalen/", {"sentence": wrong, "version": 1})
        assert page.status_code == 422
        assert not wrong or "Kies er een uit de lijst" in page.content.decode()
    assert not Quote.objects.exists()


@pytest.mark.parametrize(("answer", "says"), [("ask", "eerst gevraagd"), ("no", "wil niet aangehaald worden")])
def test_the_desk_says_why_there_is_nothing_to_choose(story, coordinator, as_, answer, says):
    telling.change_consent(story=story, use="quote", answer=answer)
    page = as_(coordinator).get(desk_of(story)).content.decode()
    assert says in page
    assert ('href="#do-schrijf"' in page) == (answer == "ask")
    assert 'name="sentence"' not in page
    late = as_(coordinator).post(desk_of(story) + "aanhalen/", {"sentence": SENTENCE, "version": 1})
    assert (late.status_code, says in late.content.decode()) == (409, True)


def test_a_story_that_is_not_on_the_site_says_nothing_of_quotes(coordinator, as_, region):
    page = as_(coordinator).get(desk_of(a_story(quotable="yes", region=region))).content.decode()
    assert "do-aanhalen" not in page

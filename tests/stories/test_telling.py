"""Telling a story: one address, no cookie, nothing lost, and five words shown once."""

import re
import threading
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import JournalEntry
from movement.models import HelpLine, Theme
from stories import codes
from stories.actions.withdrawing import withdraw
from stories.models import Consent, Danger, Status, Story

URL = "/vertel/"
TEXT = "Ik mocht alleen om zes uur bellen. Dat was te kort om echt te praten."


@pytest.fixture
def visitor(db):
    return Client(enforce_csrf_checks=True)


def token_of(page):
    found = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def told_text():
    """What was kept, as the support centre will read it."""
    return Story.objects.get().raw_body or ""


def fill(visitor, **answers):
    return {"token": token_of(visitor.get(URL)), "body": TEXT, "do": "send"} | answers


def words_of(page):
    listed = re.search(r'<ol class="codewords".*?</ol>', page.content.decode(), re.DOTALL)
    return re.findall(r"<li>([^<]+)</li>", listed[0]) if listed else []


def test_a_story_can_be_told_with_nothing_but_the_story(visitor):
    page = visitor.post(URL, fill(visitor))
    assert page.status_code == 200
    assert len(words_of(page)) == 5
    story = Story.objects.get()
    assert story.raw_body == TEXT
    assert (story.status, story.audience, story.quotable) == (Status.OWN_TIME, "support", "no")
    assert story.heard is None
    assert story.decided_me is None
    assert [entry.verb for entry in JournalEntry.objects.all()] == ["story.told"]


def test_a_story_in_which_nothing_shows_is_an_empty_one(visitor):
    page = visitor.post(URL, fill(visitor, body="\u3164 \u200d"))
    assert page.status_code == 422
    assert "Hier staat nog geen verhaal." in page.content.decode()
    assert not Story.objects.exists()


def test_no_cookie_is_set_by_any_page_of_the_telling_route(visitor):
    data = fill(visitor)
    visitor.post(URL, data | {"do": "check"})
    visitor.post(URL, data)
    assert not visitor.cookies


def test_every_page_stays_out_of_every_store(visitor):
    data = fill(visitor)
    for page in (visitor.get(URL), visitor.post(URL, data | {"do": "check"}), visitor.post(URL, data)):
        assert page.headers["Cache-Control"] == "no-store"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert 'class="plain"' in page.content.decode()


def test_everything_that_was_filled_in_is_kept(visitor, region):
    Theme.objects.create(slug="contact", name="Contact")
    answers = {
        "helped": "Een vaste begeleider.",
        "feeling": "Alleen.",
        "decided": "professionals",
        "heard": "1",
        "seen": "2",
        "known": "5",
        "perspective": "youth",
        "age_band": "16-17",
        "region": region.code,
        "form_of_help": "group",
        "themes": ["contact"],
        "audience": "everybody",
        "quotable": "ask",
        "when": "now",
    }
    visitor.post(URL, fill(visitor, **answers))
    story = Story.objects.get()
    assert (story.raw_helped, story.raw_feeling) == ("Een vaste begeleider.", "Alleen.")
    assert (story.decided_me, story.decided_family, story.decided_professionals) == (10, 10, 80)
    assert (story.heard, story.seen, story.known) == (1, 2, 5)
    assert (story.perspective, story.age_band, story.region, story.form_of_help) == ("youth", "16-17", region, "group")
    assert [theme.slug for theme in story.themes.all()] == ["contact"]
    assert story.status == Status.WAITING
    assert story.sent_at
    assert {(c.use, c.answer) for c in Consent.objects.all()} == {("read", "everybody"), ("quote", "ask")}
    assert JournalEntry.objects.get(verb="story.sent").area == "", "where it was told can be taken back"


def test_a_point_in_the_triangle_counts_for_itself(visitor):
    visitor.post(URL, fill(visitor, decided_point="20,35,45"))
    story = Story.objects.get()
    assert (story.decided_me, story.decided_family, story.decided_professionals) == (20, 35, 45)


@pytest.mark.parametrize("point", ["20,35,46", "-5,50,55", "a,b,c", "100", "²0,40,40", "1e1,40,50"])
def test_a_point_that_makes_no_sense_is_left_out(visitor, point):
    visitor.post(URL, fill(visitor, decided_point=point, decided="me"))
    assert Story.objects.get().decided_me == 80


def test_the_look_back_marks_what_can_be_recognised_and_sends_nothing(visitor):
    page = visitor.post(URL, fill(visitor, body="Juf Marieke belde 06-12345678.", do="check"))
    html = page.content.decode()
    assert '<mark class="mark mark--phone"' in html
    assert '<mark class="mark mark--name"' in html
    assert not Story.objects.exists()


def choices(page):
    return re.findall(r'name="(mark-\w+)" value="replace"', page.content.decode())


def test_the_teller_decides_about_each_mark(visitor):
    data = fill(visitor, body="Juf Marieke belde 06-12345678.", do="check")
    keys = choices(visitor.post(URL, data))
    assert len(keys) == 2
    kept = dict.fromkeys(keys, "leave")
    visitor.post(URL, data | kept | {"do": "send"})
    assert Story.objects.get().raw_body == "Juf Marieke belde 06-12345678."


def test_what_is_not_decided_is_replaced(visitor):
    visitor.post(URL, fill(visitor, body="Juf Marieke belde 06-12345678."))
    body = told_text()
    assert "Marieke" not in body
    assert "12345678" not in body


def test_own_words_take_the_place_of_a_name(visitor):
    data = fill(visitor, body="Juf Marieke was lief.", do="check")
    key = choices(visitor.post(URL, data))[0]
    own = {key: "own", key.replace("mark", "own"): "mijn juf"}
    assert "mijn juf" in visitor.post(URL, data | own).content.decode()
    visitor.post(URL, data | own | {"do": "send"})
    assert "mijn juf" in told_text()


def test_a_bsn_and_an_iban_are_never_stored_whatever_was_chosen(visitor):
    data = fill(visitor, body="Juf Marieke weet mijn bsn 111222333 en NL91ABNA0417164300.", do="check")
    page = visitor.post(URL, data)
    assert "mark--bsn" in page.content.decode()
    (name,) = choices(page)  # of the numbers nothing is asked
    keys = set(re.findall(r'id="(mark-\w+)"', page.content.decode()))
    own = {name: "own", name.replace("mark", "own"): "111222333, die NL91ABNA0417164300 heeft, en ik"}
    visitor.post(URL, data | dict.fromkeys(keys, "leave") | own | {"do": "send"})
    assert "heeft, en ik" in told_text()
    assert not re.search("111222333|0417164300", told_text())


def test_going_back_gives_the_form_as_it_was(visitor, region):
    data = fill(visitor, body="Juf Marieke was lief.", heard="2", region=region.code, do="check")
    key = choices(visitor.post(URL, data))[0]
    own = {key: "own", key.replace("mark", "own"): "mijn juf"}
    html = visitor.post(URL, data | own | {"do": "back"}).content.decode()
    assert "Juf Marieke was lief." in html
    assert re.search(r'name="heard" value="2"[^>]* checked', html)
    assert f'value="{region.code}" selected' in html
    assert 'value="mijn juf"' in html


def test_a_signal_of_danger_shows_help_at_once_and_is_sent_at_once(visitor):
    HelpLine.objects.create(name="113", purpose="x", number="113", hours="24/7", urgent=True, checked_on="2026-01-01")
    data = fill(visitor, body="Ik wil niet meer leven.", do="check")
    review = visitor.post(URL, data)
    assert review.status_code == 200
    assert 'href="tel:113"' in review.content.decode().split("<form")[0]
    page = visitor.post(URL, data | {"do": "send", "when": "later"})
    assert 'href="tel:113"' in page.content.decode().split("codewords")[0]
    story = Story.objects.get()
    assert story.danger != Danger.NONE
    assert story.status == Status.WAITING
    assert story.is_heavy_to_open


def test_two_clicks_give_one_story_and_the_same_words(visitor):
    data = fill(visitor)
    first, second = visitor.post(URL, data), visitor.post(URL, data)
    assert words_of(first) == words_of(second) != []
    assert Story.objects.count() == 1
    assert JournalEntry.objects.filter(verb="story.told").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_give_one_story_and_the_same_words():
    data = fill(Client())
    pages = []

    def click():
        pages.append(Client().post(URL, data))
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert Story.objects.count() == 1
    assert {tuple(words_of(page)) for page in pages} == {tuple(words_of(pages[0]))}
    assert len(words_of(pages[0])) == 5


def test_after_ten_minutes_the_words_are_not_shown_again(visitor):
    data = fill(visitor)
    visitor.post(URL, data)
    Story.objects.update(told_at="2020-01-01T00:00Z")
    page = visitor.post(URL, data)
    assert words_of(page) == []
    assert reverse("stories:code") in page.content.decode()
    assert Story.objects.count() == 1


def test_after_taking_it_back_the_same_form_gives_no_words(visitor):

    data = fill(visitor)
    visitor.post(URL, data)
    withdraw(story=Story.objects.get())
    assert words_of(visitor.post(URL, data)) == []
    assert Story.objects.count() == 1


def test_another_text_from_the_same_form_is_not_dropped(visitor):
    data = fill(visitor)
    visitor.post(URL, data)
    page = visitor.post(URL, data | {"body": "Ik wil er nog iets bij zeggen."})
    assert page.status_code == 422
    assert "Ik wil er nog iets bij zeggen." in page.content.decode()
    visitor.post(URL, data | {"body": "Ik wil er nog iets bij zeggen.", "token": token_of(page)})
    assert Story.objects.count() == 2


@pytest.mark.parametrize("token", ["", "made-up", "AAAA:1:bbbb", None])
def test_a_form_without_a_good_token_sends_nothing_and_loses_nothing(visitor, token):
    data = fill(visitor) | {"token": token}
    page = visitor.post(URL, {key: value for key, value in data.items() if value is not None})
    assert page.status_code == 422
    assert TEXT in page.content.decode()
    assert not Story.objects.exists()
    visitor.post(URL, data | {"token": token_of(page)})
    assert Story.objects.count() == 1


def test_a_token_is_good_for_a_day(visitor, monkeypatch):
    data = fill(visitor)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 25 * 3600)
    page = visitor.post(URL, data)
    assert page.status_code == 422
    assert TEXT in page.content.decode()


@pytest.mark.parametrize("body", ["", "   \n ", "\u200b\u200b", "\x00"])
def test_an_empty_story_gets_a_sentence_next_to_the_field(visitor, body):
    page = visitor.post(URL, fill(visitor, body=body, feeling="Boos"))
    assert page.status_code == 422
    assert 'href="#id_body"' in page.content.decode()
    assert "Boos" in page.content.decode()
    assert not Story.objects.exists()


def test_a_story_of_two_megabytes_comes_back_with_a_sentence(visitor):
    page = visitor.post(URL, fill(visitor, body="a" * 2_000_000))
    assert page.status_code == 422
    assert "aaaaaaaaaa" in page.content.decode()
    assert "20" in page.content.decode()


def test_a_story_of_four_megabytes_gets_a_kind_page(visitor):
    page = visitor.post(URL, fill(visitor, body="a" * 4_000_000))
    assert page.status_code == 413
    assert 'name="body"' in page.content.decode()


STRANGE = {
    "emoji": "Het was 😢👩‍👧 en toen 🏳️‍🌈 beter.",
    "right to left": "أنا لا أريد أن أتحدث كل يوم. Ik wil dat niet.",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)> ik wil naar huis",
    "template": "{{ settings.SECRET_KEY }} {% load x %} &amp; ik wil naar huis",
    "sql": "'; DROP TABLE stories_story; -- ik wil naar huis",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_strange_text_is_kept_as_it_is_and_shown_as_text(visitor, text):
    data = fill(visitor, body=text, do="check")
    html = visitor.post(URL, data).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    keys = choices(visitor.post(URL, data))
    assert visitor.post(URL, data | dict.fromkeys(keys, "leave") | {"do": "send"}).status_code == 200
    assert Story.objects.get().raw_body == text


def test_hidden_signs_and_control_signs_are_taken_out(visitor):
    visitor.post(URL, fill(visitor, body="ik\u202e wil\u200b naar\x00 huis\ufeff"))
    assert Story.objects.get().raw_body == "ik wil naar huis"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xfe\x00\x01\x80" * 200, "application/x-www-form-urlencoded"),
        (b"body=%ED%A0%80%00%FF&do=send", "application/x-www-form-urlencoded"),
        (b"not a form", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"&".join(b"a%d=1" % n for n in range(500)), "application/x-www-form-urlencoded"),
    ],
)
def test_binary_and_broken_posts_get_a_kind_page(visitor, content, kind):
    page = visitor.generic("POST", URL, content, content_type=kind)
    assert page.status_code in (400, 422)
    assert not Story.objects.exists()


def test_a_parent_can_tell_of_a_child_younger_than_twelve(visitor):
    visitor.post(URL, fill(visitor, perspective="parent", age_band="0-11"))
    assert Story.objects.get().get_age_band_display() == "Jonger dan 12"


@pytest.mark.parametrize(
    "name", ["perspective", "age_band", "region", "form_of_help", "themes", "audience", "heard", "when"]
)
def test_a_choice_that_does_not_exist_is_said_next_to_it(visitor, name):
    page = visitor.post(URL, fill(visitor, **{name: "made-up"}))
    assert page.status_code == 422
    assert TEXT in page.content.decode()
    assert not Story.objects.exists()


def test_fields_that_are_not_asked_are_not_taken(visitor, coordinator):
    extra = {
        "status": "published",
        "title": "x",
        "red_flag": "1",
        "danger": "none",
        "reader": coordinator.pk,
        "public_id": "x",
    }
    visitor.post(URL, fill(visitor, **extra))
    story = Story.objects.get()
    assert (story.status, story.title, story.reader, story.red_flag) == (Status.OWN_TIME, "", None, False)


def test_questions_in_the_address_are_ignored(visitor):
    page = visitor.get(URL, {"body": "<b>x</b>", "do": "send"})
    assert page.status_code == 200
    assert "<b>x</b>" not in page.content.decode()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.example"}])
def test_another_site_cannot_send_a_story(visitor, headers):
    assert visitor.post(URL, fill(visitor), headers=headers).status_code == 403


def test_a_flood_from_one_address_keeps_the_text_on_the_page(visitor, monkeypatch):
    from core import ratelimit
    from core.http import TooMany

    def full(*args, **kwargs):
        raise TooMany(90)

    data = fill(visitor)
    monkeypatch.setattr(ratelimit, "count", full)
    page = visitor.post(URL, data)
    assert page.status_code == 429
    assert TEXT in page.content.decode()


def test_a_story_comes_in_when_the_counters_are_down(visitor, monkeypatch):
    from core import ratelimit

    def broken(*args, **kwargs):
        raise ratelimit.Unavailable

    data = fill(visitor)
    monkeypatch.setattr(ratelimit, "count", broken)
    assert len(words_of(visitor.post(URL, data))) == 5


def test_the_form_asks_few_queries_however_many_regions_there_are(visitor):
    from tests.conftest import make_area

    def queries():
        with CaptureQueriesContext(connection) as seen:
            visitor.get(URL)
        return len(seen)

    few = queries()
    for number in range(42):
        make_area(f"JZ{number:02}", "youth_region", f"Regio {number}")
    assert queries() == few <= 4


def test_the_code_is_kept_nowhere_and_is_in_one_answer_only(visitor, caplog):
    data = fill(visitor)
    page = visitor.post(URL, data)
    words = words_of(page)
    code = " ".join(words)
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(string_agg(t::text, ' '), '') from stories_story t")
        stored = cursor.fetchone()[0]
    assert not any(word in stored for word in (code, "-".join(words)))
    assert code.replace(" ", "") not in page.content.decode().split("<main")[0].replace(" ", "")
    assert code not in caplog.text
    assert bytes(Story.objects.get().code_hash) == codes.code_hash(code)


def test_answers_that_together_point_at_somebody_are_pointed_out_before_sending(visitor, region):
    few = {"region": region.code, "form_of_help": "secure", "age_band": "12-15", "do": "check"}
    page = visitor.post(URL, fill(visitor, **few)).content.decode()
    assert "Daar zijn er maar een paar van" in page
    assert region.name in page
    for name in ("region", "form_of_help", "age_band"):
        page = visitor.post(URL, fill(visitor, **few | {name: ""}))
        assert "Daar zijn er maar een paar van" not in page.content.decode()
    many = visitor.post(URL, fill(visitor, **few | {"form_of_help": "school"})).content.decode()
    assert "Daar zijn er maar een paar van" not in many

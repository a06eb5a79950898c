"""What stays behind of a story, and what may not be lost of it: the pages behind the five words."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.test import Client

from core.sessions import SessionStore
from stories import codes
from stories.access import kept_here
from stories.actions import reporting, telling
from stories.actions.withdrawing import withdraw
from stories.codes import new_code
from stories.models import Message, Report, Story
from tests.stories.factory import a_theme, published

pytestmark = pytest.mark.django_db
TOKEN = b"0123456789abcdef"
CODE, MINE = "/code/", "/code/verhaal/"
TYPED = "De voogd belde niet."


@pytest.fixture
def told():
    return telling.tell(token=TOKEN, answers=telling.Answers(body="Niemand belde terug."), send_now=True).story


@pytest.fixture
def behind(client, told):
    client.post(CODE, {"code": new_code(TOKEN)})
    return client


def test_a_page_with_nothing_left_on_it_does_not_speak_of_locking_it(behind, told):
    assert "10 minuten" in behind.get(MINE).text
    withdraw(story=told)
    page = behind.get(MINE).text
    assert "Je hebt je verhaal teruggenomen" in page
    assert "10 minuten" not in page


def test_after_too_many_tries_nothing_that_was_typed_is_lost(client, told):
    for n in range(10):
        client.post(CODE, {"code": f"fout {n}"})
    page = client.post(CODE, {"code": new_code(TOKEN), "kept": TYPED})
    assert page.status_code == 429
    assert re.search(r"over \d+ minuten opnieuw", page.text)
    assert f'value="{new_code(TOKEN)}"' in page.text
    assert f'name="kept" value="{TYPED}"' in page.text
    assert len(page.cookies) == 0
    changed = client.post("/ar/code/", {"code": "een twee", "version": "1", "body": TYPED, "mark-1": "leave"})
    assert changed.status_code == 429
    for name, value in (("version", "1"), ("body", TYPED), ("mark-1", "leave")):
        assert f'<input type="hidden" name="{name}" value="{value}"' in changed.text


@pytest.mark.parametrize("typed", ["Zo was het. " * 2000, f"Te veel{chr(0)} gezegd", f"{chr(0)}"])
def test_what_was_kept_comes_back_however_long_and_whatever_signs_it_holds(client, told, typed):
    wrong = client.post(CODE, {"code": "een twee", "kept": typed}).text
    assert chr(0) not in wrong
    (held,) = re.findall(r'name="kept" value="([^"]*)"', wrong) or [""]
    page = client.post(CODE, {"code": new_code(TOKEN), "kept": typed}, follow=True)
    clean = typed.replace(chr(0), "")
    assert held == clean
    assert clean in page.text
    assert ("staat er nog" in page.text) == bool(clean)


def test_the_five_words_are_never_answered_but_by_leading_on(client, told, caplog):
    """What is answered by a page stays in the history of the browser, and opens the story once more from there."""
    caplog.set_level("DEBUG", "django.db.backends")
    answer = client.post(CODE, {"code": new_code(TOKEN), "kept": TYPED})
    assert (answer.status_code, answer.headers["Location"]) == (302, MINE)
    (row,) = Session.objects.values_list("session_data", flat=True)
    assert TYPED not in str(SessionStore().decode(row)), "in the table it is locked"
    assert TYPED not in caplog.text
    page = client.get(MINE).text
    assert f"{TYPED}</textarea>" in page
    assert "staat er nog" in page
    assert TYPED not in client.get(MINE).text, "one look, and it is kept nowhere"
    assert list(client.session.keys()) == ["teller"] or "_csrftoken" in client.session
    (row,) = Session.objects.values_list("session_data", flat=True)
    assert set(SessionStore().decode(row)) <= {"teller", "_csrftoken"}


def test_a_story_that_was_being_changed_comes_back_the_same_way(client, told):
    sent = {"code": new_code(TOKEN), "version": "1", "body": TYPED, "heard": "2", "themes": [a_theme().slug],
            "mark-abc": "own", "own-abc": "Mijn juf"}  # fmt: skip
    answer = client.post(CODE, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, MINE + "opnieuw/")
    page = client.get(MINE + "opnieuw/").text
    assert f"{TYPED}</textarea>" in page
    assert re.search('name="heard" value="2"[^>]* checked', page)
    assert re.search('name="themes" value="wachten"[^>]* checked', page)
    assert '<input type="hidden" name="own-abc" value="Mijn juf">' in page
    assert "staat er nog" in page
    assert "Niemand belde terug." in client.get(MINE + "opnieuw/").text, "one look, and it is kept nowhere"


def test_a_story_that_cannot_be_changed_any_more_gives_what_was_typed_to_copy(client, told):
    Story.objects.update(raw_body=None)
    page = client.post(CODE, {"code": new_code(TOKEN), "version": "1", "body": TYPED}, follow=True)
    assert (page.status_code, page.request["PATH_INFO"]) == (409, MINE + "opnieuw/")
    assert f"readonly>{TYPED}</textarea>" in page.text


DOORS = ["send", "check", "back", "language", "terms", "help-check", "duty", "begin", "", None]
TELL = "/vertel/"


@pytest.mark.parametrize("since", ["done", "ten minutes", "taken back", "taken back and done", "a day"])
def test_a_form_that_came_in_is_never_answered_with_what_stands_in_it(client, db, monkeypatch, since):
    sent = {"token": codes.new_token(), "body": TYPED, "helped": TYPED, "perspective": "professional"}
    assert TYPED in client.post(TELL, sent | {"do": "back"}).text, "before it is sent nothing is lost"
    shown = client.post(TELL, sent | {"secrecy": "on", "do": "send"}).text
    words = codes.new_code(codes.opened(sent["token"]))
    assert all(f"<li>{word}</li>" in shown for word in words.split())
    if "taken back" in since:
        withdraw(story=Story.objects.get())
    if "done" in since:
        client.post("/code/klaar/", {"token": sent["token"]})
    if since in ("ten minutes", "a day"):
        Story.objects.update(told_at="2020-01-01T00:00Z")
    if since == "a day":
        monkeypatch.setattr(codes, "_DAY", -1)
    for door in DOORS[since == "taken back" :]:  # until she is done she can send it once more after taking it back
        page = client.post(TELL, sent | ({"do": door} if door is not None else {}))
        assert page.status_code == 200, door
        assert "kwam eerder al binnen" in page.text, door
        assert TYPED not in page.text, door
        assert "codewords" not in page.text, door
    assert Story.objects.count() == 1


def test_who_never_saw_the_words_gets_them_by_any_button_and_not_the_text(client, db):
    sent = {"token": codes.new_token(), "body": TYPED}
    client.post(TELL, sent | {"do": "send"})
    page = client.post(TELL, sent | {"do": "check"}).text
    assert "codewords" in page
    assert TYPED not in page


def test_done_puts_the_words_of_a_report_away_too(client, db, region):
    url = f"/verhalen/{published(region=region).public_id}/melden/"
    sent = {"token": codes.new_token(), "why": "untrue"}
    assert ["codewords" in client.post(url, sent).text for _click in range(2)] == [True, True]
    client.post("/code/klaar/", {"token": sent["token"]})
    assert "codewords" not in client.post(url, sent).text
    assert Report.objects.count() == 1


@pytest.fixture
def strict(told):
    """A browser whose forms must carry their token, as everybody's do; behind the code."""
    client = Client(enforce_csrf_checks=True)
    client.post(CODE, {"code": new_code(TOKEN)})
    return client


def form_token(client):
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(MINE).text)[0]


@pytest.mark.parametrize("other", ["done", "another story"])
def test_what_ended_in_another_window_costs_nothing_that_was_typed(strict, told, other):
    typed = {"message": TYPED, "csrfmiddlewaretoken": form_token(strict)}
    if other == "done":
        strict.post("/code/klaar/")
    else:
        telling.tell(token=b"another", answers=telling.Answers(body="Een ander verhaal."), send_now=True)
        strict.post(CODE, {"code": new_code(b"another")})
    page = strict.post(MINE + "schrijf/", typed)
    assert page.status_code == 403
    assert page.headers["Cache-Control"] == "no-store"
    assert "Typ je vijf woorden nog een keer" in page.text
    assert "in een ander venster" in page.text
    assert f'name="kept" value="{TYPED}"' in page.text
    assert not Message.objects.exists()
    back = strict.post(CODE, {"code": new_code(TOKEN), "kept": TYPED}, follow=True)
    assert f"{TYPED}</textarea>" in back.text
    strict.post(MINE + "schrijf/", {"message": TYPED, "csrfmiddlewaretoken": form_token(strict)})
    assert Message.objects.get().story == told


def test_a_story_that_was_being_changed_is_not_lost_with_another_window(strict):
    sent = {"version": "1", "body": TYPED, "do": "check", "csrfmiddlewaretoken": form_token(strict)}
    strict.post("/code/klaar/")
    page = strict.post("/ar/code/verhaal/opnieuw/", sent)
    assert f'name="body" value="{TYPED}"' in page.text
    assert 'action="/ar/code/"' in page.text


def test_another_site_and_every_other_form_get_the_closed_door(strict, client):
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert strict.post(MINE + "schrijf/", {"message": TYPED}, headers=cross).status_code == 403
    assert strict.post("/verhalen/zoeken/", {"text": TYPED}).status_code in (403, 404)
    assert strict.post("/mijn/zoeken/", {"text": TYPED}).status_code == 403


def test_an_objection_to_what_was_reported_is_not_lost_either(db, region, coordinator):
    story, code = published(region=region), codes.new_code(b"f" * 16, of="report")
    reporting.report_story(story=story, token=b"f" * 16, why="untrue", text="Niet waar.")
    reporting.rule(story=story, outcome="left", statement="Het blijft.", rules=[], seen="", actor=coordinator)
    reader = Client(enforce_csrf_checks=True)
    reader.post(CODE, {"code": code})
    page = reader.post("/code/gemeld/bezwaar/", {"text": TYPED})
    assert f'name="kept" value="{TYPED}"' in page.text
    assert f"{TYPED}</textarea>" in reader.post(CODE, {"code": code, "kept": TYPED}, follow=True).text


def test_a_text_that_cannot_even_be_read_is_not_said_to_be_there_on_the_way_back(strict, client):
    page = strict.post(MINE + "schrijf/", {"message": "a" * 4_000_000}, headers={"Referer": f"http://testserver{MINE}"})
    assert page.status_code == 400
    assert "Ga terug" not in page.text
    assert "we bewaren het nergens" in page.text
    assert f'href="{MINE}">Kijk hoe het er nu voor staat' in page.text
    assert strict.get(MINE).status_code == 200, "and the story is still open"
    assert "Ga terug" in client.post("/code/kaart/", {"words": "a"}).text


@pytest.mark.parametrize(
    "sent", [{"kept": "{}"}, {"version": "1", "body": "{}", "own-abc": "{}"}], ids=["word", "story"]
)
def test_what_is_kept_for_one_look_holds_no_bsn_and_no_account(client, told, sent):
    text = "Mijn bsn is 111222\u200b333 en mijn rekening NL91ABNA0417164300. "
    client.post(CODE, {"code": new_code(TOKEN)} | {name: value.format(text) for name, value in sent.items()})
    request = HttpRequest()
    request.session = client.session
    held = str(kept_here(request))
    assert "Mijn bsn is" in held
    assert not [number for number in ("111222", "NL91", "0417164300") if number in held]

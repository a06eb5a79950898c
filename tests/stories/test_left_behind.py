"""What stays behind of a story, and what may not be lost of it: the pages behind the five words."""

import re

import pytest
from django.contrib.sessions.models import Session

from core.sessions import SessionStore
from stories.actions import telling
from stories.actions.withdrawing import withdraw
from stories.codes import new_code
from stories.models import Story
from tests.stories.factory import a_theme

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
    assert "20 minuten" in behind.get(MINE).text
    withdraw(story=told)
    page = behind.get(MINE).text
    assert "Je hebt je verhaal teruggenomen" in page
    assert "20 minuten" not in page


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

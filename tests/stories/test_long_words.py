"""Whatever stands in a text of the length that is taken, it costs no more time than a story: nobody stops the house for
others with one form."""

import time
from collections.abc import Callable

import pytest
from django.http import HttpResponse

from core.forbidden import mask_forbidden
from stories import codes
from stories.actions import telling
from stories.danger import find_danger
from stories.diff import word_diff
from stories.dutch.beside import words_beside
from stories.forms.telling import MOST
from stories.recogniser import find_marks

# Words without an end, and signs of which each stands for a word or for several.
STRANGE = [
    "a", "en", "ß", "drieëntwintigduizend", "-a", "a-", "㉼", "﷼", "㎯", "㈝", "ﷺ", "ﷺ ", "ﷻ ", "1.", "@a", "a0a|1",
    "@@bsn1", "111 € 222 € 333 x ",
]  # fmt: skip
SECONDS = 2.5  # of the processor; a story as long as that takes half a second


def _seconds(act: Callable[..., object], *given: object) -> float:
    began = time.process_time()
    act(*given)
    return time.process_time() - began


@pytest.mark.parametrize("reads", [find_danger, find_marks, mask_forbidden, words_beside], ids=lambda one: one.__name__)
def test_no_text_takes_long_to_read(reads):
    reads("Ik woonde op een groep in Utrecht.")  # reads its lists
    took = {part: _seconds(reads, (part * MOST)[:MOST]) for part in STRANGE}
    assert {part: seconds for part, seconds in took.items() if seconds > SECONDS} == {}


def test_a_text_that_is_nothing_but_names_takes_no_longer():
    find_marks("Ik woonde op een groep in Utrecht.")
    assert _seconds(find_marks, ("@ab " * MOST)[:MOST]) < 1


# Of which thousands are found in one text: numbers, names of accounts, addresses.
FOUND = ["½ ", "a+31", "1 xx# ", "111#222#333 xx ", "A_ ", "a@a.nl "]


@pytest.mark.parametrize("reads", [find_marks, mask_forbidden], ids=lambda one: one.__name__)
def test_what_is_found_in_thousands_takes_no_longer_the_more_there_is(reads):
    reads("Ik woonde op een groep in Utrecht.")
    took = {part: _seconds(reads, (part * MOST)[: 2 * MOST]) for part in FOUND}
    assert {part: seconds for part, seconds in took.items() if seconds > SECONDS} == {}


def test_a_text_that_is_far_too_long_is_not_looked_through_on_the_way(client, db):
    typed = {"token": codes.new_token(), "do": "duty", "body": "ik was blij en " * 180_000}
    assert _seconds(lambda: client.post("/vertel/", typed)) < SECONDS


@pytest.mark.parametrize(("door", "name"), [("/code/", "kept"), ("/code/verhaal/", "text")])
def test_a_text_that_is_far_too_long_is_not_looked_through_behind_the_code_either(client, db, door, name):
    token = b"0123456789abcdef"
    telling.tell(token=token, answers=telling.Answers(body="Niemand luisterde."), send_now=True)
    words = {"code": codes.new_code(token)}
    client.post("/code/", words)
    numbers = "bsn 111222333 " * 15_000  # with all of 3 MB it went on for an hour
    assert _seconds(lambda: client.post(door, {**words, name: numbers})) < SECONDS


@pytest.mark.django_db
def test_a_page_of_a_team_that_is_far_too_long_is_not_looked_through(as_, host, region):
    sent = {"name": "Bellen", "question": "Hoe?", "area": region.pk, "what": "1." * 500_000}
    answers = list[HttpResponse]()
    assert _seconds(lambda: answers.append(as_(host).post("/actieteams/nieuw/", sent))) < SECONDS
    assert "Dit is langer dan twee bladzijden." in answers[0].content.decode()


def test_the_help_lines_stand_at_a_danger_in_a_text_that_is_too_long(client, db):
    typed = {"token": codes.new_token(), "do": "duty", "body": "Ik wil dood. " * 3000}
    assert 'href="tel:113"' in client.post("/vertel/", typed).content.decode()


def _counted(letter: str, words: int) -> str:
    return " ".join(f"{letter}{n}" for n in range(words))


@pytest.mark.parametrize(
    ("old", "new"),
    [("a " * 300, "a b " * 600), (_counted("x", 500), _counted("y", 500)), ("a b " * 2500, "b a " * 2500)],
    ids=["one word again and again", "every word another", "turned about"],
)
def test_no_edit_takes_long_to_show(old, new):
    pieces = list[str]()
    assert _seconds(lambda: pieces.extend(piece.text for piece in word_diff(old, new) if piece.kind != "gone")) < 1
    assert "".join(pieces) == new

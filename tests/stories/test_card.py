"""The five words to keep: as a picture, as squares for a camera, on paper. Never in an address, and never kept here."""

import struct
import zlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import qr
from stories import codes, codewords
from stories.card.drawing import _SQUARE, MARGIN
from stories.views import teller
from tests.browser import skip_the_rest
from tests.stories.test_telling import fill, words_of

URL = "/code/kaart/"
WORDS = codes.new_code(b"a token of a form")


def parts_of(file):
    """The pieces of a PNG by name; each must be whole."""
    assert file.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = {}, 8
    while at < len(file):
        (length,) = struct.unpack(">I", file[at : at + 4])
        kind, data = file[at + 4 : at + 8], file[at + 8 : at + 8 + length]
        assert struct.unpack(">I", file[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + data)
        found[kind], at = data, at + 12 + length
    return found


def test_the_words_can_be_kept_as_a_picture_that_says_nothing_else(db):
    with CaptureQueriesContext(connection) as asked:
        answer = Client(enforce_csrf_checks=True).post(URL, {"words": WORDS})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kaart.png"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert len(asked) == 0, "a code that is looked up here could be guessed here"
    assert set(parts_of(answer.content)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_the_squares_on_the_picture_are_those_of_the_words():
    parts = parts_of(Client().post(URL, {"words": WORDS}).content)
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    rows = zlib.decompress(parts[b"IDAT"])
    code = qr.squares(WORDS)
    top = height - len(code) * _SQUARE - MARGIN // 4

    def dark(x, y):
        left = MARGIN - qr.QUIET * _SQUARE
        return rows[(top + y * _SQUARE + 5) * (width + 1) + 1 + left + x * _SQUARE + 5] == 15

    assert [[dark(x, y) for x in range(len(code))] for y in range(len(code))] == code
    assert any(rows[: top * (width + 1)]), "and the words stand above them"


@pytest.mark.parametrize("change", [str.upper, lambda words: words.replace(" ", "-"), lambda words: f" {words}\n"])
def test_however_they_are_typed_it_is_the_same_picture(change):
    same, other = (Client().post(URL, {"words": words}).content for words in (change(WORDS), WORDS))
    assert same == other


@pytest.mark.parametrize(
    "words", ["", "a b c d e", WORDS + " appel", WORDS.rsplit(" ", 1)[0], "x" * 100_000, "<b>\x00\ud7ff</b> " * 5]
)
def test_nothing_is_drawn_but_five_words_of_the_list(words):
    assert Client().post(URL, {"words": words}).status_code == 400


def test_the_squares_hold_the_words_and_no_address(db, monkeypatch):
    drawn: list[str] = []

    def draw(text):
        drawn.append(text)
        return [[True]]

    monkeypatch.setattr(teller, "squares", draw)
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.post("/vertel/", fill(visitor))
    assert drawn == [" ".join(words_of(page))]
    assert set(drawn[0].split()) <= set(codewords.words())
    assert f'name="words" value="{drawn[0]}"' in page.content.decode()


def test_another_site_cannot_have_them_drawn():
    assert Client().post(URL, {"words": WORDS}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_page_with_the_words_shows_their_squares(db):
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.post("/vertel/", fill(visitor))
    code = qr.squares(" ".join(words_of(page)))
    assert f'viewBox="0 0 {len(code)} {len(code)}"' in page.text
    assert f'<path d="{qr.path(code)}"/>' in page.text


@pytest.mark.browser
def test_the_card_is_printed_with_the_words_and_nothing_that_says_what_they_are_for(phone, transactional_db):
    phone.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    phone.goto("/vertel/")
    phone.fill("[name=body]", "Ik mocht alleen om zes uur bellen.")
    phone.click("[data-actions] button:visible >> nth=0")
    skip_the_rest(phone)
    phone.click("button[value=check]")
    phone.click("button[value=send]")
    phone.click("[data-print]")
    assert phone.evaluate("window.printed") == 1
    words = " ".join(phone.locator(".codewords li").all_inner_texts())
    phone.emulate_media(media="print")
    assert phone.inner_text("body").split() == words.split()
    assert phone.locator(".qr").is_visible()

"""Digits however they are written: with separators, in words, or with look-alike letters.

A chain is a row of digit pieces with nothing but separators between them. Phone numbers and BSNs are looked for in
chains, so '06-1234 5678', 'o6 12345678' and 'nul zes een twee ...' are one and the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.fold import fold

_WORDS = {
    "nul": "0",
    "zero": "0",
    "een": "1",
    "one": "1",
    "twee": "2",
    "two": "2",
    "drie": "3",
    "three": "3",
    "vier": "4",
    "four": "4",
    "vijf": "5",
    "five": "5",
    "zes": "6",
    "six": "6",
    "zeven": "7",
    "seven": "7",
    "acht": "8",
    "eight": "8",
    "negen": "9",
    "nine": "9",
    "tien": "10",
    "elf": "11",
    "twaalf": "12",
    "dertien": "13",
    "veertien": "14",
    "vijftien": "15",
    "zestien": "16",
    "zeventien": "17",
    "achttien": "18",
    "negentien": "19",
}
_TENS = {
    "twintig": "2",
    "dertig": "3",
    "veertig": "4",
    "vijftig": "5",
    "zestig": "6",
    "zeventig": "7",
    "tachtig": "8",
    "negentig": "9",
}
UNITS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
NUMBER_WORDS: dict[str, str] = {
    **_WORDS,
    **{ten: digit + "0" for ten, digit in _TENS.items()},
    **{f"{unit}en{ten}": digit + _WORDS[unit] for ten, digit in _TENS.items() for unit in UNITS},
}
# The digits in the other languages of the telling route, folded; only for numbers, never for ages.
_ABROAD = {
    word: str(value)
    for words in (
        "sifir bir iki uc dort bes alti yedi sekiz dokuz",
        "zero jeden dwa trzy cztery piec szesc siedem osiem dziewiec",
        "нуль один два три чотири п'ять шість сім вісім дев'ять",
        "ноль один два три четыре пять шесть семь восемь девять",
        "صفر واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة",
        "null eins zwei drei vier funf sechs sieben acht neun",
        "nul ien twa trije fjouwer fiif seis san acht njoggen",
        "zero un deux trois quatre cinq six sept huit neuf",
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
    )
    for value, word in enumerate(words.split())
}
# Glued to digits a Ukrainian word is folded as what mixes two alphabets: its letters that look Latin become Latin.
_ABROAD |= {fold(f"0{word}0").text[1:-1]: digit for word, digit in _ABROAD.items()}
# How the Dutch ones are misspelled: as they sound, or with a letter too few.
_SLIPS = {
    word: digit
    for digit, words in {
        "0": "nulll noel",
        "1": "eeen ein",
        "2": "twe tweeh twie",
        "3": "dri dree drieh drye",
        "4": "fier vir viir vierr fierr",
        "5": "vyf fijf fyf veif feif vijv vijff",
        "6": "ses zees",
        "7": "zeve zefen seve zevn zeeven zeuven",
        "8": "agt ach acth",
        "9": "nege neegen negn nechen",
    }.items()
    for word in words.split()
}
_SPOKEN = {**_SLIPS, **_ABROAD, "اثنين": "2", "اربع": "4", **NUMBER_WORDS}
_LOOK_ALIKE = str.maketrans("oil|szba", "01115284")
_BELOW_HUNDRED = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_HUNDREDS = rf"(?:(?:{_BELOW_HUNDRED})\s?)?honderd(?:\s?en)?(?:\s?(?:{_BELOW_HUNDRED})(?![a-z]))?"
# 'sept' beside digits is a month.
_WORD = rf"{_HUNDREDS}|(?<!\d )sept(?!\.? \d)|" + "|".join(sorted(_SPOKEN.keys() - {"sept"}, key=len, reverse=True))
# 'dubbel vier', 'drie keer een', '3x1': a digit more than once.
_TIMES = r"(?:dubbele?\s|(?P<times>[2-5]|twee|drie|vier|vijf)\s?(?:dubbele?\s|keer\s|maal\s|x\s?))"
_LETTER = "a-z\u0400-\u052f\u0621-\u064a"  # of any alphabet of the telling route
_PIECE = re.compile(
    rf"(?P<double>(?<![a-z0-9|]){_TIMES}(?:een\s(?=\d|{_WORD}))?(?:\d|{_WORD}))(?![a-z0-9])"
    rf"|(?P<digits>\d+)(?![\d|{_LETTER}])|(?P<mixed>(?<![a-z0-9|])[oil|szb]{{0,20}}\d(?:[\doil|szb]|a(?=\d)){{0,40}})(?![0-9{_LETTER}])"
    rf"|(?P<words>(?<![a-z0-9|])(?:(?:{_WORD})\d{{0,12}}){{1,20}}|\d{{1,12}}(?:(?:{_WORD})\d{{0,12}}){{1,20}})(?![a-z])"
    rf"|(?P<weak>(?<![a-z0-9|])[oil|]{{1,3}})(?![a-z|])|(?P<glued>\d+)"
)
_SEPARATOR = re.compile(
    r"[\s.\-/_(),:;*'\"+=~]{0,6}"
    r"(?:\s(?:en|and)\s|(?:(?:komma|comma|punt|streepje|spatie)[\s.\-/_(),:;*'\"+=~]{0,3}){1,2})?\Z"
)
# Whoever hides a number puts pictures and small words between: looked through for phone numbers, and for a BSN that is
# nothing less nor more than such a row.
_WIDE_SEPARATOR = re.compile(
    r"[^\w]{0,8}_?[^\w]{0,8}(?:\b(?:en|and|dan|daarna|toen|streepje|spatie|punt|daarachter|erachter|gevolgd|door|eindigt|op)\b"
    r"[^\w]{1,8}){0,3}\Z"
)
# What stands between the halves of a number that is told in two sentences: only for what begins as a mobile number.
_SENTENCES = re.compile(
    r"[^\w]{1,4}(?:\b(?:en|dan|daarna|de|het|rest|ander|andere|eerste|tweede|laatste|volgende|cijfers|nummers|stuk|deel|"
    r"begint|begin|eindigt|eindig|met|op|is|zijn|komt|komen|was|dat|nog|gaat|verder)\b[^\w]{1,4}){0,7}\Z"
)
_SPLIT = re.compile(rf"\d|{_WORD}")
_GLUED = re.compile(rf"(?:{_WORD})+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Digits that were written as one: `value` is one or more of 0-9, offsets are folded."""

    start: int
    end: int
    value: str
    sure: bool


Chain = tuple[Piece, ...]


def chains(text: str, *, wide: bool = False) -> list[Chain]:
    """All chains of digits in a folded text, from left to right; pieces never overlap.

    With `wide` also through pictures and small words ('06 en dan 12 ...').
    """
    return _chains(text, _pieces(text), wide=wide)


def all_chains(text: str) -> tuple[list[Chain], list[Chain], list[Chain]]:
    """The plain chains, the wide ones, and those through sentences, for the price of one reading.

    The wide ones are also those of the text as `loosened`, where that says something else.
    """
    pieces = _pieces(text)
    begins = any(piece.value.startswith("06") for piece in pieces)
    sentences = _row(text, pieces, _SENTENCES) if begins else []
    wide = _chains(text, pieces, wide=True)
    if (loose := loosened(text)) != text:
        wide = list(dict.fromkeys((*wide, *chains(loose, wide=True))))
    return _chains(text, pieces, wide=False), wide, sentences


def _pieces(text: str) -> list[Piece]:
    return [piece for match in _PIECE.finditer(text) if (piece := _piece(text, match))]


def _chains(text: str, pieces: list[Piece], *, wide: bool) -> list[Chain]:
    return _row(text, pieces, _WIDE_SEPARATOR if wide else _SEPARATOR)


def _row(text: str, pieces: list[Piece], separator: re.Pattern[str]) -> list[Chain]:
    found: list[Chain] = []
    current: list[Piece] = []
    for piece in pieces:
        if current and not separator.match(text, current[-1].end, piece.start):
            _close(current, found)
            current = []
        current.append(piece)
    _close(current, found)
    return found


def _close(current: list[Piece], found: list[Chain]) -> None:
    if any(piece.sure for piece in current):
        found.append(tuple(current))


def _piece(text: str, match: re.Match[str]) -> Piece | None:
    start, end = match.span()
    group = match.lastgroup
    before = text[start - 1] if start else " "
    if group != "glued" and group != "digits" and (before.isalnum() or before == "|"):
        return None
    raw = match.group()
    if group in {"digits", "glued"}:
        return Piece(start, end, raw, sure=True)
    if group in {"words", "double"}:
        if group == "double":
            many = int(_value(match["times"] or "twee"))
            return Piece(start, end, _value(_SPLIT.findall(raw)[-1]) * many, sure=True)
        return Piece(start, end, "".join(map(_value, _SPLIT.findall(raw))), sure=True)
    return Piece(start, end, raw.translate(_LOOK_ALIKE), sure=group == "mixed")


def _value(word: str) -> str:
    """The digits of a digit or of one number in words: 'driehonderdvierentwintig' is 324, 'honderd' 100."""
    if "honderd" not in word:
        return _SPOKEN.get(word, word)
    before, _, behind = word.partition("honderd")
    rest = behind.strip().removeprefix("en").strip()
    return str(int(_SPOKEN.get(before.strip(), "1")) * 100 + int(_SPOKEN.get(rest, "0")))


def spoken_digits(word: str) -> str:
    """The digits of a word that is a number, or of several glued together; empty for any other word."""
    return "".join(map(_value, _SPLIT.findall(word))) if _GLUED.fullmatch(word) else ""


# What hides digits from a reader by rule and from nobody else: marks of a page, bars, pictures, an 'een' before each,
# one letter at a time between them ('1x2y3') or the same ones again and again ('06haha12haha34').
_BETWEEN = re.compile(r"</?[a-z][a-z0-9]{0,9}\s?/?>|&[a-z]{2,6};|%20|\been (?=\d(?!\d))|[^\w\s.,;:!?'\"()\-/]+")
_LETTERS_BETWEEN = re.compile(
    r"(?<![a-z0-9])\d{1,4}(?:([a-z]{1,8})\d{1,4}(?:\1\d{1,4})+|(?:[a-z]\d{1,4}){3,})(?![a-z0-9])"
)
_LETTERS = re.compile(r"[a-z]")


def loosened(text: str) -> str:
    """A folded text with spaces for what was put between digits to hide them; every offset stays what it was."""
    text = _BETWEEN.sub(lambda match: " " * len(match.group()), text)
    return _LETTERS_BETWEEN.sub(lambda match: _LETTERS.sub(" ", match.group()), text)


def windows(chain: Chain, lengths: range) -> list[tuple[int, int, str]]:
    """Rows of whole pieces whose digits together have one of the lengths: (first, last + 1, digits)."""
    found = []
    for first in range(len(chain)):
        digits = ""
        for last in range(first, len(chain)):
            digits += chain[last].value
            if len(digits) >= lengths.stop:
                break
            if len(digits) in lengths:
                found.append((first, last + 1, digits))
    return found

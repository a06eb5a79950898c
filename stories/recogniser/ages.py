"""What can stand in the place of an age: a child, a teenager, an adult. Never a number."""

from __future__ import annotations

import re

from core.digits import NUMBER_WORDS
from stories.recogniser.marks import MarkKind

_TEENS, _ADULT = 12, 18
_ORDINALS = {
    "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8, "negende": 9, "tiende": 10,
    "elfde": 11, "twaalfde": 12, "twintigste": 20, "eenentwintigste": 21,
}  # fmt: skip
_PEOPLE = re.compile(
    r"(?:meisjes?|jongens?|jongetje|meid|meiden|zoon|zoontje|dochter|dochtertje|kind|kindje|kinderen|broer|broertje|zus|"
    r"zusje|kleinzoon|kleindochter|pleegkind|pleegzoon|pleegdochter|jongere|puber|tiener|peuter|kleuter|baby|man|vrouw|"
    r"nichtje|neefje|tweeling|leerling|client|pleegbroertje|pleegzusje|pleegzus|pleegbroer|iemand)\Z"
)
_OWNERS = {"mijn", "me", "mn", "m'n", "haar", "zijn", "zn", "z'n", "hun", "d'r", "dr", "je", "jouw"}
_AT = {"op", "rond", "met"}


def years(words: str) -> int | None:
    """The age in '16', 'zestien jaar', 'zestienjarige', 'negende', '18e'; None when it cannot be read."""
    if digits := re.search(r"\d+", words):
        return int(digits.group())
    word = re.split(r"[\s-]|jarig|ja+r", words.strip(" ,"))[0]
    if word in _ORDINALS:
        return _ORDINALS[word]
    value = NUMBER_WORDS.get(word) or NUMBER_WORDS.get(word.removesuffix("de"))
    return int(value) if value else None


def fit(text: str, start: int, end: int, word: str, word_before: str, at_before: int) -> tuple[int, int, MarkKind, str]:
    """Start, end, kind and replacement of an age; `word` and `word_before` stand before it."""
    found = text[start:end]
    old = years(found)
    if "jarig" in found:
        return start, end, MarkKind.AGE, _adjective(found, old)
    if word in _OWNERS and word_before:  # 'op mijn negende'
        if word_before in _AT:
            return at_before, end, MarkKind.AGE, f"als {_noun(old).removeprefix('een ')}"
        time = {"een kind": "kindertijd", "een tiener": "tienertijd"}.get(_noun(old), "volwassen tijd")
        return start, end, MarkKind.AGE, time
    if word == "van" and _PEOPLE.match(word_before):  # 'mijn kleinzoon van 8 jaar' says it already
        return at_before, end, MarkKind.AGE, word_before
    return start, end, MarkKind.AGE, _noun(old)


def noun(words: str) -> str:
    """Who somebody of this age is; of some months or weeks, a child."""
    return _noun(0 if re.search(r"maand|mnd|week|weken", words) else years(words))


def _noun(old: int | None) -> str:
    if old is None:
        return "jong"
    return "een kind" if old < _TEENS else "een tiener" if old < _ADULT else "volwassen"


def _adjective(found: str, old: int | None) -> str:
    inflected = found.rstrip(" ").endswith("e") or found.endswith("en")
    if old is not None and old >= _ADULT:
        return "volwassene" if found.endswith("en") else "volwassen"
    return ("jongere" if found.endswith("en") else "jonge") if inflected else "jong"

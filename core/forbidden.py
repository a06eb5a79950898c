"""What is never stored: the citizen service number (BSN) and the number of a bank account.

A text of a teller is kept without them (`mask_forbidden`); any other form that holds one is refused (core.forms).

BSN: nine digits that pass the eleven-test (Wet algemene bepalingen burgerservicenummer; python-stdnum `nl.bsn`).
IBAN: ISO 13616, checked by python-stdnum; a Dutch one with a wrong check digit is still taken, it is a typing error.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stdnum import iban as iban_rules
from stdnum.nl import bsn as bsn_rules

from core.digits import Chain, chains, windows
from core.fold import fold

BSN, IBAN = "bsn", "iban"
_MASKS = {BSN: "[BSN weggehaald]", IBAN: "[rekeningnummer weggehaald]"}
_BSN_WORD = re.compile(r"\b(?:bsn|burger\s?service|sofi)")
_DATE_LIKE = re.compile(r"(?<!\d)\d{1,2}([-/. ])\d{1,2}\1(?:19|20)\d\d(?!\d)|(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2}")
_IBAN_START = re.compile(r"[a-z]{2}[\s.\-]{0,3}[\doil][\s.\-]{0,3}[\doil](?=[\s.\-]{0,3}[a-z0-9])")
_IBAN_REST = re.compile(r"(?:[\s.\-_/]{0,3}[a-z0-9|]){8,31}")
_IBAN_LENGTHS = {
    "nl": 18, "be": 16, "de": 22, "fr": 27, "gb": 22, "pl": 28, "tr": 26, "ua": 29, "es": 24, "it": 27,
    "pt": 25, "ro": 24, "bg": 22, "ie": 22, "lu": 20, "lt": 20, "ch": 21, "at": 20, "no": 15, "se": 24,
    "dk": 18,
}  # fmt: skip
_DUTCH_IBAN = re.compile(r"nl\d\d[a-z]{4}\d{10}")
_TO_DIGIT = str.maketrans("oil|sbz", "0111582")
_TO_LETTER = str.maketrans("01|", "oii")


class Found(NamedTuple):
    """A number in a folded text; the offsets are folded ones."""

    start: int
    end: int
    kind: str


def mask_forbidden(text: str) -> tuple[str, int]:
    """Replace every BSN and IBAN by a plain Dutch note, and say how many there were.

    A BSN or IBAN is never stored (UAVG article 46; product rule), so this runs before a text is kept. It looks through
    separators, hidden characters, full-width digits and look-alike letters, and runs until nothing is left.
    """
    total = 0
    for _ in range(10):
        folded = fold(text)
        found = _apart(find_bsn(folded.text), find_iban(folded.text))
        if not found:
            break
        for one in reversed(found):
            start, end = folded.to_original(one.start, one.end)
            text = text[:start] + _MASKS[one.kind] + text[end:]
        total += len(found)
    return text, total


def without_masks(text: str) -> str:
    """`text` without the notes of `mask_forbidden`: they are the house's words and say nothing about a teller."""
    for note in _MASKS.values():
        text = text.replace(note, " ")
    return text


def holds_forbidden(text: str) -> bool:
    """Whether a BSN or an IBAN stands in this text, however it is written."""
    folded = fold(text).text
    return bool(find_bsn(folded) or find_iban(folded))


def _apart(*found: list[Found]) -> list[Found]:
    """The best of what overlaps, from left to right: a BSN before an IBAN, then the longest."""
    kept: list[Found] = []
    for some in found:
        for one in sorted(some, key=lambda each: (each.start - each.end, each.start)):
            if one.end > one.start and all(one.end <= other.start or one.start >= other.end for other in kept):
                kept.append(one)
    return sorted(kept)


def find_bsn(text: str, digit_chains: list[Chain] | None = None) -> list[Found]:
    """Every BSN in a folded text, whatever stands between the digits; eight digits only beside the word BSN."""
    found = []
    for chain in chains(text) if digit_chains is None else digit_chains:
        for first, last, digits in windows(chain, range(8, 10)):
            start, end = chain[first].start, chain[last - 1].end
            before = "".join(piece.value for piece in chain[max(0, first - 4) : first])
            if _is_bsn(text, start, end, digits, before):
                found.append(Found(start, end, BSN))
    return found


def _is_bsn(text: str, start: int, end: int, digits: str, before: str) -> bool:
    fits = _fits_eleven(digits.zfill(9)) and bsn_rules.is_valid(digits.zfill(9))
    if not fits and len(digits) == 8:
        return False
    named = bool(_BSN_WORD.search(text, max(0, start - 40), start))
    if len(digits) == 8 and not named:
        return False
    if not fits:
        # A number that is called a BSN is one, even with a digit wrong.
        return named and len(digits) == 9
    if before.endswith(("31", "0031")) and digits.startswith("6"):
        return False
    return named or not _DATE_LIKE.search(text[start:end])


def _fits_eleven(digits: str) -> bool:
    """The sum of the eleven-test alone: quick, so that a text of mere digits stays cheap; stdnum has the last word."""
    return (sum((9 - i) * int(digit) for i, digit in enumerate(digits[:8])) - int(digits[8])) % 11 == 0


def find_iban(text: str) -> list[Found]:
    """Every IBAN in a folded text, spaces, dots, dashes and look-alike digits allowed."""
    found = []
    for match in _IBAN_START.finditer(text):
        country = match.group()[:2]
        length = _IBAN_LENGTHS.get(country)
        rest = _IBAN_REST.match(text, match.end())
        if length is None or rest is None:
            continue
        code, end = _take(text, match.start(), rest.end(), length)
        if len(code) == length and _is_iban(code, country):
            found.append(Found(match.start(), end, IBAN))
    return found


def _take(text: str, start: int, stop: int, length: int) -> tuple[str, int]:
    code = ""
    for index in range(start, stop):
        if text[index].isalnum() or text[index] == "|":
            code += text[index]
            if len(code) == length:
                return code, index + 1
    return code, stop


def _is_iban(code: str, country: str) -> bool:
    if country == "nl":
        code = (
            code[:2] + code[2:4].translate(_TO_DIGIT) + code[4:8].translate(_TO_LETTER) + code[8:].translate(_TO_DIGIT)
        )
        return bool(_DUTCH_IBAN.fullmatch(code))
    tries = (code, code[:2] + code[2:].translate(_TO_DIGIT))
    return any(iban_rules.is_valid(attempt, check_country=False) for attempt in tries)

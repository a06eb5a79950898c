"""BSN, IBAN, phone numbers and case numbers.

BSN: nine digits that pass the eleven-test (Wet algemene bepalingen burgerservicenummer; python-stdnum `nl.bsn`).
IBAN: ISO 13616, checked by python-stdnum; a Dutch one with a wrong check digit is still taken, it is a typing error.
"""

from __future__ import annotations

import re

from stdnum import iban as iban_rules
from stdnum.nl import bsn as bsn_rules

from stories.recogniser.digits import Chain, chains, windows
from stories.recogniser.marks import MarkKind, Span

_BSN_WORD = re.compile(r"\b(?:bsn|burger\s?service|sofi)")
_DATE_LIKE = re.compile(r"(?<!\d)\d{1,2}([-/. ])\d{1,2}\1(?:19|20)\d\d(?!\d)|(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2}")
_MOBILE_OR_LINE = re.compile(r"(?:(?:00)?31)?0?6\d{8}|0[1-9]\d{8}|(?:00)?310?[1-9]\d{8}|00[1-9]\d{9,12}")
# Help lines belong to everybody: calling them gives nobody away (domain: help lines).
_PUBLIC_NUMBERS = ("0800", "0900", "0906", "0909")
_PUBLIC_LINES = {"0885551000"}
_CALL_WORD = re.compile(
    r"\b(?:bel|belt|bellen|gebeld|app|appen|appt|tel|telefoon\w*|mobiel\w*|nummer|nr|06|sms|smsen|whatsapp\w*)\b"
)
_PLUS = re.compile(r"[+(]+[ ]?\Z")
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
_CASE = re.compile(
    r"\b(?:zaak|dossier|client|kenmerk|rekest|parket|beschikking|polis|melding|meldings|registratie|klant|patient|"
    r"patienten|rol|referentie|case|bestand)(?:s?-?\s?(?:nummer|nr|no|kenmerk|code))?\.?"
    r"(?:\s+(?:is|was|van\s+\w+\s+is))?\s*[:=#]?\s*(?P<value>[a-z]{0,4}[\s./\-]?[a-z0-9]*\d[a-z0-9./\-]*\d[a-z0-9]*"
    r"(?:\s\d{2,}[\w./\-]*)?)"
)
_BARE_CASE = re.compile(
    r"\b[a-z]{1,3}\s?/\s?\d{2}\s?/\s?\d{4,}(?:\s?/\s?[a-z\d\- ]{2,12}\d)?|\becli:nl:[a-z]+:\d{4}:\w+"
    r"|\bj[ez]\s?rk\s\d\d[-/]\d+|\b\d{3}\.\d{3}\.\d{3}/\d\d\b"
)


def find_bsn(text: str, digit_chains: list[Chain] | None = None) -> list[Span]:
    """Every BSN in a folded text, whatever stands between the digits; eight digits only beside the word BSN."""
    found = []
    for chain in chains(text) if digit_chains is None else digit_chains:
        for first, last, digits in windows(chain, range(8, 10)):
            start, end = chain[first].start, chain[last - 1].end
            before = "".join(piece.value for piece in chain[max(0, first - 4) : first])
            if _is_bsn(text, start, end, digits, before):
                found.append(Span(start, end, MarkKind.BSN))
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


def find_iban(text: str) -> list[Span]:
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
            found.append(Span(match.start(), end, MarkKind.IBAN))
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


def find_phone(text: str, digit_chains: list[Chain]) -> list[Span]:
    """Dutch and foreign phone numbers; the free help lines (0800, 0900) are nobody's and stay."""
    found = []
    for chain in digit_chains:
        taken = 0
        for first, last, digits in windows(chain, range(7, 16)):
            start, end = chain[first].start, chain[last - 1].end
            whole = last - first == len(chain)
            if first < taken or not (
                _is_phone(text, start, digits, whole=whole) or _is_half(text, start, end, digits, whole=whole)
            ):
                continue
            taken = last
            start -= len(text[:start]) - len(_PLUS.sub("", text[max(0, start - 4) : start])) - max(0, start - 4)
            found.append(Span(start, end, MarkKind.PHONE))
    return found


def find_parted_phone(text: str, digit_chains: list[Chain]) -> list[Span]:
    """A mobile number in two or more sentences: 'Het begint met 06. De rest is 12345678.'"""
    found = []
    for chain in digit_chains:
        for first, last, digits in windows(chain, range(10, 11)):
            begins = chain[first].value.startswith("06")
            if begins and 1 < last - first <= 6 and _MOBILE_OR_LINE.fullmatch(digits):
                found.append(Span(chain[first].start, chain[last - 1].end, MarkKind.PHONE))
    return found


def _is_phone(text: str, start: int, digits: str, *, whole: bool) -> bool:
    if digits[0] not in "03" and not whole:
        return False
    if digits.startswith(_PUBLIC_NUMBERS) or digits in _PUBLIC_LINES:
        return False
    if _MOBILE_OR_LINE.fullmatch(digits):
        return len(digits) >= 10
    if text[max(0, start - 2) : start].rstrip().endswith("+"):
        return whole and len(digits) >= 9
    called = _CALL_WORD.search(text[max(0, start - 24) : start])
    return whole and called is not None and not digits.startswith(("19", "20"))


def _is_half(text: str, start: int, end: int, digits: str, *, whole: bool) -> bool:
    """A mobile number without its nought, when it is spelled out or somebody says that it is one."""
    if not whole or len(digits) != 9 or digits[0] != "6":
        return False
    called = _CALL_WORD.search(text, max(0, start - 24), start) is not None
    return called or sum(char.isalpha() for char in text[start:end]) > 9


def find_case_number(text: str) -> list[Span]:
    """Numbers of files, court cases and clients."""
    found = [Span(*match.span(), MarkKind.CASE_NUMBER) for match in _BARE_CASE.finditer(text)]
    found += [
        Span(match.start("value"), match.end("value"), MarkKind.CASE_NUMBER)
        for match in _CASE.finditer(text)
        if sum(char.isdigit() for char in match.group("value")) >= 4
    ]
    return found

"""Phone numbers and case numbers; what is never stored is found in core.forbidden."""

from __future__ import annotations

import re

from core.digits import Chain, Piece, windows
from core.look_alikes import told_as_digits
from stories.recogniser.marks import MarkKind, Span

_MOBILE_OR_LINE = re.compile(r"(?:(?:00)?31)?0?6\d{8}|0[1-9]\d{8}|(?:00)?310?[1-9]\d{8}|00[1-9]\d{9,12}")
_MOBILE = re.compile(r"(?:(?:00)?31|0)0?6\d{8}")
_LINE = re.compile(r"0[1-9]\d{8}")
_LONG_DATE = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1(?:19|20)\d\d(?!\d)")
# Help lines belong to everybody: calling them gives nobody away (domain: help lines).
_PUBLIC_NUMBERS = ("0800", "0900", "0906", "0909")
_PUBLIC_LINES = {"0885551000"}
_CALL_WORD = re.compile(
    r"(?<![\w-])(?:bel|belt|bellen|gebeld|app|appen|appt|tel|telefoon\w*|mobiel\w*|nummer|nr|06|sms|smsen|whatsapp\w*)\b"
)
_PLUS = re.compile(r"[+(]+[ ]?\Z")
# A code that holds digits, and is no year.
_CODE = (
    r"(?P<value>(?![a-z]{0,4}\s?(?:19|20)\d\d(?![\w./-]))[a-z]{0,4}[\s./\-]?[a-z0-9]*\d[a-z0-9./\-]*\d[a-z0-9]*"
    r"(?:\s\d{2,}[\w./\-]*)?)"
)
_CASE = re.compile(
    r"\b(?:zaak|dossier|client|aanvraag|bezwaar|klacht|kenmerk|rekest|parket|beschikking|polis|melding|meldings|registratie|klant|patient|"
    r"patienten|rol|referentie|case|bestand)(?:s?-?\s?(?:nummer|nr|no|kenmerk|code))?\.?"
    rf"(?:\s+(?:is|was|heet|luidt|van\s+\w+\s+is))?\s*[:=#(]?\s*{_CODE}"
)
# Any other number that somebody is known by: 'leerlingnummer 4002', 'V-nummer 28', 'onder nummer J-2022-3341'.
_ANY_NUMBER = re.compile(
    r"(?:(?<![\w-])(?!telefoon|mobiel|huis|rug|kamer|bus|lijn|rekening|alarm|hulp|service|nood)[a-z]{1,24}-?(?:nummer|nr)"
    r"|\b(?:heeft|had|met|onder|draagt|kreeg|kreeg ik|als)\s(?:het\s)?nummer)\b\.?"
    rf"(?:\s(?:is|was|heet|luidt))?\s*[:=#(]?\s*{_CODE}"
)
_BARE_CASE = re.compile(
    r"\b[a-z]{1,3}\s?/\s?\d{2}\s?/\s?\d{4,}(?:\s?/\s?[a-z\d\- ]{2,12}\d)?|\becli:nl:[a-z]+:\d{4}:\w+"
    r"|\b[a-z]{2,5}[/-]\d{4,}[/-][a-z]{1,4}\b|\b[a-z]{2,5}[/-]\d{2,4}[./-]\d{3,}\b|\b\d{4}/[a-z]{1,5}/\d{2,}\b"
    r"|\b(?<=nummer )(?:19|20)\d\d[-/]\d{4,}\b"
    r"|\bj[ez]\s?rk\s\d\d[-/]\d+|\b\d{3}\.\d{3}\.\d{3}/\d\d\b"
)


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
            found.append(Span(_with_plus(text, start), end, MarkKind.PHONE))
    return found


def _with_plus(text: str, start: int) -> int:
    return start - len(text[:start]) + len(_PLUS.sub("", text[max(0, start - 4) : start])) + max(0, start - 4)


def find_parted_phone(text: str, digit_chains: list[Chain]) -> list[Span]:
    """A mobile number in two or more sentences: 'Het begint met 06. De rest is 12345678.'"""
    found = []
    for chain in digit_chains:
        for first, last, digits in windows(chain, range(10, 11)):
            begins = chain[first].value.startswith("06")
            if begins and 1 < last - first <= 6 and _MOBILE_OR_LINE.fullmatch(digits):
                found.append(Span(chain[first].start, chain[last - 1].end, MarkKind.PHONE))
    return found


def find_disguised_phone(text: str, digit_chains: list[Chain]) -> list[Span]:
    """A phone number with letters for some of its digits: '06 12 E4 5б 78'; only a whole one, with all its digits."""
    return [
        Span(_with_plus(text, chain[first].start), chain[last - 1].end, MarkKind.PHONE)
        for chain in digit_chains
        for first, last, digits in windows(chain, range(9, 14))
        if _is_disguised(text, chain[first:last], digits, whole=last - first == len(chain))
    ]


def _is_disguised(text: str, row: Chain, digits: str, *, whole: bool) -> bool:
    start, end, told = row[0].start, row[-1].end, told_as_digits(text, row)
    if all(piece.sure for piece in row) or digits.startswith(_PUBLIC_NUMBERS) or _LONG_DATE.search(text, start, end):
        return False
    called = _CALL_WORD.search(text, max(0, start - 24), start) is not None
    if len(digits) == 9:  # without its nought
        return whole and called and digits[0] == "6" and told > 4
    if _MOBILE.fullmatch(digits):
        begins = row[0].sure or _has_digit(text, row[0]) or row[0].value == "0"
        abroad = digits[0] == "3" and not _PLUS.search(text, max(0, start - 4), start)
        return begins and not abroad and (told > 3 or (called and told > 1))
    mixed = all(piece.sure or _has_digit(text, piece) for piece in row)
    return whole and mixed and told > 5 and _LINE.fullmatch(digits) is not None


def _has_digit(text: str, piece: Piece) -> bool:
    return any(map(str.isdigit, text[piece.start : piece.end]))


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
        for pattern in (_CASE, _ANY_NUMBER)
        for match in pattern.finditer(text)
        if sum(char.isdigit() for char in match.group("value")) >= 4
    ]
    return found

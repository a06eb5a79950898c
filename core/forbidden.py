"""What is never stored: the citizen service number (BSN) and the number of a bank account.

A text of a teller is kept without them (`mask_forbidden`); any other form that holds one is refused (core.forms).

BSN: nine digits that pass the eleven-test (Wet algemene bepalingen burgerservicenummer; python-stdnum `nl.bsn`).
IBAN: ISO 13616, checked by python-stdnum; a Dutch one with a wrong check digit is still taken, it is a typing error.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, pairwise, product
from typing import NamedTuple, Protocol, TypeVar

from stdnum import iban as iban_rules
from stdnum import numdb
from stdnum.iso7064 import mod_97_10
from stdnum.nl import bsn as bsn_rules

from core.digits import Chain, all_chains, loosened, spoken_digits, windows
from core.fold import fold
from core.look_alikes import BSN_WORD, MEANINGS, disguised_chains, in_digits, told_as_digits, values

BSN, IBAN = "bsn", "iban"
_MASKS = {BSN: "[BSN weggehaald]", IBAN: "[rekeningnummer weggehaald]"}
_DATE_LIKE = re.compile(r"(?<!\d)\d{1,2}([-/. ])\d{1,2}\1(?:19|20)\d\d(?!\d)|(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2}")
_MOBILE = re.compile(r"(?:(?:00)?31|0)6\d{8}")
# How nine digits of a BSN are grouped; the second only when nothing stands beside them.
_FORMS = frozenset(((9,), (3, 3, 3), (4, 2, 3)))
_LOOSE_FORMS = frozenset(((1,) * 9, (4, 5), (5, 4), (2, 2, 2, 3), (3, 2, 2, 2), (2, 2, 5), (6, 3), (3, 6)))
# Letters that stand beside digits for another reason: a postcode, a name with a year, ordinals, classes.
_LETTERED = re.compile(r"^\d{4}\s?[a-z]{2}\b|^(?![aeio]+\d)(?!([a-z])\1+\d)[a-z]{3,}\d+$")
_PAID = re.compile(r"(?<!\w)[€$]")
_RANKED = re.compile(r"\b\d{1,2}(?:e|de|ste|[a-d])\b")
# Marks at school: an 'een' before each digit is no 1.
_MARKS = re.compile(r"(?:\d\W+(?:en\W+)?)?(?:een\W+\d\W+(?:en\W+)?){3,}(?:een)?(?:\W+\d)?")
# What is counted or paid, and so is no number of anybody.
_COUNTED = re.compile(
    r"\s*(?:euro|eur\b|km\b|kilometer|keer|uur|minuten|dagen|weken|maanden|jaar|procent|%|graden|kg\b|kilo)"
)
_NINE = re.compile(rf"{BSN_WORD.pattern}[^\d.!?\n]{{0,40}}(?P<a>\d(?:[^\d.!?\n]{{0,6}}\d){{8}})(?!\d)")
_ROMAN = re.compile(r"\b(?:(?:i{1,3}|iv|vi{0,3}|ix|0|nul)[\W_]{1,6}){8}(?:i{1,3}|iv|vi{0,3}|ix|0|nul)\b")
_ROMANS = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "0": "0",
    "nul": "0",
}
# Banks of many countries print numbers in the form of an IBAN that stand in no registry of it.
_UNREGISTERED = {
    "dz": 26, "ir": 26, "ma": 28, "ao": 25, "cv": 25, "mz": 25, "gw": 25, "bf": 28, "bj": 28, "ci": 28, "ml": 28,
    "ne": 28, "sn": 28, "tg": 28, "cf": 27, "cg": 27, "cm": 27, "ga": 27, "gq": 27, "km": 27, "mg": 27, "td": 27,
}  # fmt: skip
_LOOKS = "".join(map(re.escape, MEANINGS))
_IBAN_START = re.compile(rf"(?=([a-z]{{2}})(?:[\doil|]{{2}}|\d[{_LOOKS}]|[{_LOOKS}]\d)[a-z0-9{_LOOKS}])")
_NARROW = frozenset(" \t\n.-_/")
_DUTCH_IBAN = re.compile(r"nl\d\d[a-z]{4}\d{10}")
# The letters of Dutch banks, and what an account is called: ten digits behind them are one without its beginning.
_BANKS = r"abna|ingb|snsb|asnb|rbrb|bunq|knab|revo|ntsb|fvlb|ugbi|deut|nnba|(?:rabo|trio)(?![\W_]{0,4}06)"
_ACCOUNT = re.compile(
    rf"\b(?:{_BANKS})(?:\b[\W_]{{1,4}}|(?=\d))(?P<a>(?:\d[\s.\-]?){{9}}\d)(?!\d)"
    r"|\b(?:bank|giro)?rekening(?:nummer|nr)?\.?\s?(?:is|:|=)\s{0,2}(?P<b>(?:\d[\s.\-]?){8,9}\d)(?!\d)"
)
_A_BANK = re.compile(rf"\b(?:{_BANKS})|rekening")
_OF_A_BANK = re.compile(r"\bnl|iban|rekening|bank")
_SMALL_WORDS = frozenset(
    ("en", "dan", "daarna", "toen", "komma", "punt", "streepje", "spatie", "daarachter", "and", "met")
)
_BBAN = re.compile(r"(\d+)!([nac])")
_WORD = re.compile(r"[^\W_]+")
_SIGN_INSIDE = re.compile(r"(?<=[a-z\d])[!¡@$&](?=[a-z\d])")
_TO_DIGIT = str.maketrans("oil|sbz", "0111582")
_TO_LETTER = str.maketrans("01|4538", "oiiaseb")


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
        found = _numbers(folded.text)
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


def _numbers(text: str) -> list[Found]:
    """What is masked in a folded text, from left to right: a BSN before an IBAN, then the longest."""
    found = (find_bsn(text), find_iban(text))
    return apart(one for some in found for one in sorted(some, key=lambda each: (each.start - each.end, each.start)))


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Stretch)


def apart(best_first: Iterable[_S]) -> list[_S]:
    """The best of what overlaps, from left to right; what is kept stands in order, so one looks at its neighbours."""
    kept: list[_S] = []
    for one in best_first:
        at = bisect(kept, one.start, key=lambda other: other.start)
        free = not (at and kept[at - 1].end > one.start) and not (at < len(kept) and kept[at].start < one.end)
        if free and one.end > one.start:
            kept.insert(at, one)
    return kept


def find_bsn(text: str, chains: tuple[list[Chain], list[Chain], list[Chain]] | None = None) -> list[Found]:
    """Every BSN in a folded text, whatever stands between the digits; eight digits only beside the word BSN.

    Who has them gives the plain chains, the wide ones and those in disguise.
    """
    plain, wide, disguised = chains or (*all_chains(text)[:2], disguised_chains(text))
    found = []
    for chain in plain:
        named = BSN_WORD.search(text, max(0, chain[0].start - 40), chain[0].start)
        if _is_called(chain) and not named:
            continue
        for first, last, digits in windows(chain, range(8, 10)):
            start, end = chain[first].start, chain[last - 1].end
            before = "".join(piece.value for piece in chain[max(0, first - 4) : first])
            if _is_bsn(text, start, end, digits, before) and (named or not _MARKS.fullmatch(text, start, end)):
                found.append(Found(start, end, BSN))
    seen, loose = set(plain), loosened(text) if wide else text
    found += [
        Found(chain[0].start, chain[-1].end, BSN)
        for chain in wide
        if chain not in seen and _is_hidden(text, loose, chain)
    ]
    return found + _in_disguise(text, disguised) + _in_roman(text) + _through_letters(text)


def _is_called(chain: Chain) -> bool:
    """Whether a chain is, as a whole, the number of a mobile phone, of which nine digits could pass."""
    mobile = _MOBILE.fullmatch("".join(piece.value for piece in chain)) is not None
    return mobile and all(len(piece.value) < 9 for piece in chain)


def _is_hidden(text: str, loose: str, chain: Chain) -> bool:
    """Whether nine digits that are far apart are a BSN: not more nor less of them, and either somebody says so, or
    they stand in a row that no word breaks, or broken in an even way ('123 en dan 456 en dan 782')."""
    digits = "".join(piece.value for piece in chain)
    start, end = chain[0].start, chain[-1].end
    if len(digits) != 9 or not _is_bsn(text, start, end, digits, ""):
        return False
    if BSN_WORD.search(text, max(0, start - 40), start):
        return True
    between = "".join(loose[one.end : other.start] for one, other in pairwise(chain))
    even = all(len(piece.value) >= 3 for piece in chain) or len(chain) == 9
    counted = "€" in text[max(0, start - 2) : end] or _COUNTED.match(text, end)
    return (even or not any(map(str.isalpha, between))) and not counted


def _in_disguise(text: str, chains: list[Chain]) -> list[Found]:
    """A BSN with letters for some of its digits, or all: '11I222EEE'."""
    return [
        Found(chain[first].start, chain[last - 1].end, BSN)
        for chain in chains
        for first, last, digits in windows(chain, range(8, 10))
        if _is_disguised(text, chain, chain[first:last], digits)
    ]


def _is_disguised(text: str, chain: Chain, row: Chain, digits: str) -> bool:
    """When it is called one as any other; else in one of the ways in which they are written, with most digits told as
    digits, and not where letters and digits stand together for another reason."""
    start, end, told = row[0].start, row[-1].end, told_as_digits(text, row)
    form = tuple(len(piece.value) for piece in row)
    if all(piece.sure for piece in row):
        return False
    fits = any(_fits_eleven(one) and bsn_rules.is_valid(one) for one in values(text, row, 9))
    if BSN_WORD.search(text, max(0, start - 40), start):
        return fits and (told > 2 or form in _FORMS) if len(digits) == 9 else fits and told > 4
    written = form in _FORMS or (len(row) == len(chain) and form in _LOOSE_FORMS)
    ranked = len(_RANKED.findall(text[start:end])) > (form in _FORMS)
    return fits and written and told > 4 and not (ranked or _is_called(chain) or _is_no_number(text, start, end))


def _is_no_number(text: str, start: int, end: int) -> bool:
    signs = text[start:end]
    glued = text[end : end + 1] == "@" or text[max(0, start - 1) : start] in {"@", "#"}
    mixed = _DATE_LIKE.search(signs) or _LETTERED.search(signs)
    return bool(glued or mixed or _COUNTED.match(text, end) or _PAID.search(text, max(0, start - 2), end))


def _through_letters(text: str) -> list[Found]:
    """Nine digits with a few letters between, right behind the word: 'bsn 1234AB56782', 'mijn bsn is 1234 AB 56782'."""
    found = []
    for match in _NINE.finditer(text):
        digits = "".join(filter(str.isdigit, match["a"]))
        if _fits_eleven(digits) and bsn_rules.is_valid(digits) and not _DATE_LIKE.search(match["a"]):
            found.append(Found(*match.span("a"), BSN))
    return found


def _in_roman(text: str) -> list[Found]:
    found = []
    for match in _ROMAN.finditer(text):
        digits = "".join(_ROMANS[word] for word in _WORD.findall(match.group()))
        if bsn_rules.is_valid(digits):
            found.append(Found(*match.span(), BSN))
    return found


def _is_bsn(text: str, start: int, end: int, digits: str, before: str) -> bool:
    fits = _fits_eleven(digits.zfill(9)) and bsn_rules.is_valid(digits.zfill(9))
    if not fits and len(digits) == 8:
        return False
    named = bool(BSN_WORD.search(text, max(0, start - 40), start))
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
    """Every IBAN in a folded text, whatever stands between its letters and digits, look-alikes allowed."""
    found = [
        Found(*match.span(match.lastgroup or 0), IBAN)
        for reading in (text, *(in_digits(text) if _A_BANK.search(text) else ()))
        for match in _ACCOUNT.finditer(reading)
    ]
    for reading in _readings(text):
        code = "".join(char for char, _ in reading)
        for match in _IBAN_START.finditer(code):
            length = _iban_length(match[1])
            row = reading[match.start() : match.start() + length]
            if length and len(row) == length and _is_iban(row, text):
                found.append(Found(row[0][1], row[-1][1] + 1, IBAN))
    return found


Reading = list[tuple[str, int]]


def _readings(text: str) -> list[Reading]:
    """The letters and digits of a text with where they stand: all of them; with the signs that look like a digit;
    without bars, that look like a letter; and without small words, numbers in words as digits."""
    plain = [(char, index) for index, char in enumerate(text) if char.isalnum() or char == "|"]
    readings = [plain]
    if _SIGN_INSIDE.search(text):
        readings.append([(char, index) for index, char in enumerate(text) if char.isalnum() or char in MEANINGS])
    if "|" in text:
        readings.append([(char, index) for char, index in plain if char != "|"])
    spoken: Reading = []
    for match in _WORD.finditer(text) if _OF_A_BANK.search(text) or sum(map(str.isdigit, text)) > 9 else ():
        word = match.group()
        if word not in _SMALL_WORDS:
            digits = spoken_digits(word)
            spoken += [
                (char, match.start() if digits else match.start() + place) for place, char in enumerate(digits or word)
            ]
            if digits:
                spoken[-1] = (spoken[-1][0], match.end() - 1)
    if spoken and len(spoken) != len(plain):
        readings.append(spoken)
    return readings


@cache
def _iban_length(country: str) -> int:
    """How long an IBAN of this country is, by the registry in python-stdnum; 0 for no country that has one."""
    structure = _structure(country)
    return sum(int(many) for many, _ in _BBAN.findall(structure)) + 4 if structure else _UNREGISTERED.get(country, 0)


@cache
def _structure(country: str) -> str:
    """What stands behind the check digits in this country: '4!a10!n'."""
    return str(numdb.get("iban").info(country.upper())[0][1].get("bban", ""))


def _is_iban(row: Reading, text: str) -> bool:
    """Whether a row of letters and digits is an IBAN; a Dutch one with a wrong check digit only when it is written as
    they are, with little between."""
    code, country = "".join(char for char, _ in row), row[0][0] + row[1][0]
    gaps = [text[one + 1 : other] for (_, one), (_, other) in pairwise(row) if other > one + 1]
    if any(len(gap) > 24 for gap in gaps):
        return False
    told = code
    if country == "nl":
        code = (
            code[:2] + code[2:4].translate(_TO_DIGIT) + code[4:8].translate(_TO_LETTER) + code[8:].translate(_TO_DIGIT)
        )
        narrow = all(len(gap) <= 3 and set(gap) <= _NARROW for gap in gaps)
        if _DUTCH_IBAN.fullmatch(code) and (narrow or iban_rules.is_valid(code)):
            return True
        return sum(map(str.isdigit, told)) > 5 and any(map(iban_rules.is_valid, _in_form(told, country)))
    if sum(map(str.isdigit, code)) < 8 or (gaps and not _of_groups(row, text)):
        return False
    tries = (code, code[:2] + code[2:].translate(_TO_DIGIT))
    if country in _UNREGISTERED:
        return any(mod_97_10.is_valid(attempt[4:] + attempt[:4]) and attempt[8:].isdigit() for attempt in tries)
    if any(iban_rules.is_valid(attempt, check_country=False) for attempt in tries):
        return True
    disguised = sum(map(str.isdigit, code)) > 9 and not any("\n" in gap for gap in gaps)
    return disguised and any(iban_rules.is_valid(one, check_country=False) for one in _in_form(code, country))


def _in_form(code: str, country: str) -> Iterator[str]:
    """What a code may be with a digit for each look-alike where this country has digits; sixty-four at most."""
    form = "aann" + "".join(kind * int(many) for many, kind in _BBAN.findall(_structure(country)))
    options = [
        MEANINGS.get(char, char) if kind == "n" else char.translate(_TO_LETTER) if kind == "a" else char
        for char, kind in zip(code, form, strict=True)
    ]
    return ("".join(one) for one in islice(product(*options), 64))


def _of_groups(row: Reading, text: str) -> bool:
    """Whether a row may be groups of an IBAN and is no sentence: whole words, hardly any of them letters."""
    start, end = row[0][1], row[-1][1] + 1
    whole = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
    letters = sum(word.isalpha() and word not in _SMALL_WORDS for word in _WORD.findall(text, start, end))
    return whole and letters <= 3

"""Addresses with house number, streets and postcodes."""

from __future__ import annotations

import re

from stories.recogniser import lists
from stories.recogniser.fold import Folded
from stories.recogniser.marks import MarkKind, Span

_STREET_END = (
    r"(?:straat|straatje|str|laan|weg|plein|singel|gracht|kade|dijk|hof|pad|steeg|dreef|ring|plantsoen|markt|wal|"
    r"baan|hage|erf|burg|veld|kamp|wijk|werf|oord|donk|akker|gaarde|meent|haven|park|boulevard|burgwal|steiger)"
)
_NUMBER = r"\d{1,4}(?:\s?(?:bis|hs|huis|[a-h]))?\b(?:[-/]\d{1,4})?"
_STREET = re.compile(rf"\b[^\W\d_][\w'\-]{{0,40}}{_STREET_END}\s+(?:nr\.?\s*|nummer\s+)?{_NUMBER}")
_LIVES = re.compile(
    rf"\b(?:woon|woont|wonen|woonde|woonden|gewoond|adres(?:\s+is)?:?|huis|flat|opvang|groep)\s+(?:nu\s+|toen\s+)?(?:op|aan|in)?\s*"
    rf"(?:de\s+|het\s+)?(?P<a>[^\W\d_][\w'\-]{{0,40}}(?:\s[^\W\d_][\w'\-]{{0,40}}){{0,3}}\s{_NUMBER})"
    rf"(?!\s?(?:jaar|maand|week|weken|dag|uur|keer|kinder|man|mensen|mei|sinds))"
)
_BARE_STREET = re.compile(
    r"\b(?:op|in|aan|uit|van|bij) (?:de|het) "
    r"(?P<a>[^\W\d_]{1,40}(?:straat|laan|singel|gracht|plantsoen|dreef|steeg|kade))\b"
)
_POSTCODE = re.compile(r"(?<![\d/.-])[1-9]\d{3}(?P<space>\s?)(?P<letters>[a-z]{2})(?![\w'-])")
_LEADERS = {
    "van", "de", "der", "den", "het", "ten", "ter", "'t", "burg", "burgemeester", "prins", "prinses",
    "koning", "koningin", "sint", "st", "dr", "professor", "prof", "pastoor", "eerste", "tweede", "derde",
    "vierde", "oude", "nieuwe", "lange", "korte", "grote", "kleine", "1e", "2e", "3e",
}  # fmt: skip


def find_addresses(folded: Folded) -> list[Span]:
    """Street with number, street behind 'op de', and postcodes; offsets are folded."""
    text = folded.text
    found = [
        Span(_with_leaders(folded, match.start()), match.end(), MarkKind.ADDRESS) for match in _STREET.finditer(text)
    ]
    for match in _LIVES.finditer(text):
        start = match.start("a")
        if folded.is_upper(start):
            found.append(Span(start, match.end("a"), MarkKind.ADDRESS))
    found += [
        Span(*match.span("a"), MarkKind.ADDRESS)
        for match in _BARE_STREET.finditer(text)
        if not lists.is_common(match.group("a")) or folded.is_upper(match.start("a"))
    ]
    found += [Span(*m.span(), MarkKind.ADDRESS) for m in _POSTCODE.finditer(text) if _is_postcode(folded, m)]
    return found


def _with_leaders(folded: Folded, start: int) -> int:
    """Walk left over the other words of a street name ('Tweede Oosterparkstraat', 'Prins Bernhardlaan')."""
    while True:
        match = re.search(r"(?P<word>[^\W_][\w'.\-]*) \Z", folded.text[max(0, start - 25) : start])
        if match is None:
            return start
        at = start - len(match.group())
        word = match.group("word").rstrip(".")
        named = word in _LEADERS and (word not in {"van", "de", "het"} or folded.is_upper(at))
        if not named and not (folded.is_upper(at) and not lists.is_common(word)):
            return start
        start = at


def _is_postcode(folded: Folded, match: re.Match[str]) -> bool:
    letters = match.group("letters")
    if letters in {"sa", "sd", "ss"}:
        return False  # never given out (PostNL)
    if folded.is_upper(match.start("letters")):
        return True
    return letters not in lists.common_words() and letters not in {"km", "kg", "nl", "cm", "mb", "gb", "pk", "eu"}

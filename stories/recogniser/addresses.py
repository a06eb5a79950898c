"""Addresses with house number, streets and postcodes."""

from __future__ import annotations

import re

from core.fold import Folded
from stories.recogniser import houses, lists
from stories.recogniser.marks import MarkKind, Span

_STREET_END = (
    r"(?:straat|straatje|str|laan|weg|plein|singel|gracht|kade|dijk|hof|pad|steeg|dreef|ring|plantsoen|markt|wal|"
    r"baan|hage|erf|burg|veld|kamp|wijk|werf|oord|donk|akker|gaarde|meent|haven|park|boulevard|burgwal|steiger)"
)
_NUMBER = r"\d{1,4}(?:\s?(?:bis|hs|huis|[a-h]))?\b(?:[-/]\d{1,4})?"
_STREET = re.compile(
    rf"\b[^\W\d_][\w'\-]{{0,40}}{_STREET_END},?\s+(?:nr\.?\s*|nummer\s+|huisnummer\s+|no\.?\s*)?{_NUMBER}"
)
_LIVES = re.compile(
    rf"\b(?:woon|woont|wonen|woonde|woonden|gewoond|adres(?:\s+is)?:?|huis|flat|opvang|groep|verhuisd|verhuisden|bezoekadres:?|locatie|kamer|appartement|pand)\s+(?:nu\s+|toen\s+)?(?:op|aan|in)?\s*"
    rf"(?:de\s+|het\s+)?(?P<a>[^\W\d_][\w'\-]{{0,40}}(?:\s[^\W\d_][\w'\-]{{0,40}}){{0,3}}\s{_NUMBER})"
    rf"(?!\s?(?:jaar|maand|week|weken|dag|uur|keer|kinder|man|mensen|mei|sinds))"
)
# 'aan de Singel 37b': one lives *at* a street, and not at anything else that has a number.
_AT_THE = re.compile(
    r"\b(?:(?P<lives>(?:woon|woont|wonen|woonde|woonden) (?:op|aan))|aan) (?:de|het) "
    r"(?P<a>(?!groep|kamer|afdeling|unit|etage|verdieping|locatie)"
    rf"[^\W\d_][\w'\-]{{0,40}}(?: (?:de|het|van|der|den|[^\W\d_][\w'\-]{{2,30}})){{0,3}} {_NUMBER})"
    r"(?!\s?(?:jaar|maand|week|weken|dag|uur|keer|kinder|man|mensen))"
)
_BARE_STREET = re.compile(
    r"\b(?:op|in|aan|uit|van|bij|naar|door|vanuit|langs) (?:(?:de|het|n|'t) )?"
    r"(?P<a>(?:[^\W\d_][\w'.-]{0,20} ){0,2}[^\W\d_]{1,40}(?:straat|straatje|laan|singel|gracht|plantsoen|dreef|"
    r"steeg|kade|(?P<weak>weg|plein|dijk|hof|pad|ring|markt|wal|hage|erf)))\b"
)
# Streets that every town has, and roads that are no address.
_ANY_STREET = re.compile(
    r"(?:(?:hoofd|zij|dwars|winkel|woon|achter|een|eenrichtings|snel|zand|fiets|grind|om|uit|voort|voor|rond|spoor|auto|water|"
    r"school|dorps|kerk|speel|stads|parkeer|voet|bos|ruiter|wandel|levens|olie|school|buiten|week|kerst|rommel|boeren|"
    r"arbeids|huizen|woning|zorg|jeugd|thuis|begraaf|binnen|gerechts|straf|vlucht|in|dood|weder|smal|klink|glij|dal|lei|"
    r"loop|aan|af|kant|langs|mid)?(?:straat|straatje|laan|laantje|singel|gracht|steeg|kade|plantsoen|weg|plein|dijk|hof|pad|ring|"
    r"markt|wal|erf))\Z"
)
_LANE_OF = re.compile(
    rf"\b(?:laan|plein|weg|straat|park|hof|kade|burcht) (?:van|der|de|op)(?: (?:de|het|der|den))?"
    rf" [^\W\d_][\w'-]{{2,30}} {_NUMBER}"
)
# A neighbourhood by its name: 'in de sterrenbuurt'; a 'woonwijk' is anybody's.
_QUARTER = re.compile(
    r"\b(?:in|uit|naar|van) (?:de|het) (?P<a>(?!(?:woon|nieuwbouw|achterstands|volks|arbeiders|villa|pracht|probleem|"
    r"kracht|thuis|stads|binnenstads|aandachts|vogelaar|winkel|hof|kinder|speel|achter|hoeren|studenten)(?:wijk|buurt))"
    r"[^\W\d_]{4,30}(?:buurt|wijk|kwartier))\b"
)
_BOX = re.compile(
    r"\b(?<=huisnummer )\d{1,4}[a-h]?\b|\b(?:postbus|antwoordnummer)\s+\d{1,6}\b"
    r"|\b(?<=postcode )\d{4}(?:\s?[a-z]{2})?\b|\b(?<=postcode is )\d{4}(?:\s?[a-z]{2})?\b"
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
    at_the = [match for match in _AT_THE.finditer(text) if _is_street(folded, match)]
    found += [Span(*match.span("a"), MarkKind.ADDRESS) for match in at_the]
    found += [span for match in _BARE_STREET.finditer(text) if (span := _bare(folded, match)) is not None]
    found += [Span(*match.span(), MarkKind.ADDRESS) for match in _LANE_OF.finditer(text)]
    found += [Span(*match.span("a"), MarkKind.PLACE) for match in _QUARTER.finditer(text)]
    found += [Span(*match.span(), MarkKind.ADDRESS) for match in _BOX.finditer(text)]
    found += [Span(*m.span(), MarkKind.ADDRESS) for m in _POSTCODE.finditer(text) if _is_postcode(folded, m)]
    return found


def _is_street(folded: Folded, match: re.Match[str]) -> bool:
    """'aan de Singel 37', 'aan de korenbloem 31'; 'aan de tafel 4' is a thing of every day."""
    named = match.group("lives") or folded.is_upper(match.start("a"))
    return bool(named) or not any(word in lists.frequent_words() for word in match.group("a").split()[:-1])


def _bare(folded: Folded, match: re.Match[str]) -> Span | None:
    """A street without a number: by a name of its own, or by a capital where the word could be any road."""
    street = match.group("a").rsplit(" ", 1)[-1]
    start = match.end("a") - len(street)
    if street in lists.not_identifying() or street in lists.place_names():
        return None
    before = folded.text[max(0, start - 30) : start].split()[-1:]
    if before and (before[0] in houses.STRONG_HEADS or before[0].endswith(houses.HEAD_ENDS)):
        return None  # 'de praktijkschool Veenkade' is a school
    first = _with_leaders(folded, start)
    capital = folded.is_upper(start) or (first < start and folded.is_upper(first))
    if (
        first == start
        and (_ANY_STREET.match(street) or (match.group("weak") and lists.is_common(street)))
        and not capital
    ):
        return None
    return Span(first, match.end("a"), MarkKind.ADDRESS)


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

"""Dates, dates of birth and ages.

An exact date is a day with a month, a month with a year, or a feast or season with a year. A month alone, a weekday
or 'last week' tells too little to mark. An age is a number that somebody *is*; how long something took is not an age.
"""

from __future__ import annotations

import re

from stories.recogniser.digits import NUMBER_WORDS
from stories.recogniser.marks import MarkKind, Span

_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|febr|mrt|apr|jun|jul|aug|sept?|okt|nov|dec|january|february|march|june|july|august|october)\b\.?"
)
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond)?,?\s+(?:de\s+)?)"
_YEAR = r"(?:(?:19|20)\d\d\b|'\d\d\b)"
_RELATIVE_YEAR = r"(?:vorig|dit|afgelopen|volgend)\s+jaar"
_FEAST = (
    r"(?:kerst(?:mis|avond|dag)?|oud\s?(?:en|&)\s?nieuw|oudjaar|nieuwjaar|pasen|pinksteren|hemelvaart|sinterklaas|"
    r"koningsdag|carnaval|suikerfeest|offerfeest|ramadan|halloween|zomer(?:vakantie)?|winter|lente|herfst(?:vakantie)?|"
    r"voorjaar|najaar|kerstvakantie|meivakantie)"
)
_DAY_WORD = "|".join(
    [word for word, value in NUMBER_WORDS.items() if 2 <= int(value) <= 31]
    + ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"]
)
_DAY = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:e|de|ste|st|th)?|{_DAY_WORD})"
_DATE = re.compile(
    rf"\b(?:{_WEEKDAY}?{_DAY}\s?(?:van\s+)?{_MONTH}(?:\s+(?:{_YEAR}|{_RELATIVE_YEAR}))?"
    rf"|{_MONTH}\s*(?:van\s+|in\s+)?(?:{_YEAR}|{_RELATIVE_YEAR})"
    rf"|(?:3[01]|[12]\d|0?[1-9])\s?([-/.])\s?(?:1[0-2]|0?[1-9])\s?\1\s?(?:(?:19|20)?\d\d)\b"
    rf"|(?:19|20)\d\d([-/.])(?:1[0-2]|0[1-9])\2(?:3[01]|[12]\d|0[1-9])\b"
    rf"|(?:3[01]|[12]\d|0?[1-9])\s(?:1[0-2]|0?[1-9])\s(?:19|20)\d\d\b"
    rf"|{_FEAST}\s+(?:van\s+|in\s+)?(?:{_YEAR}|{_RELATIVE_YEAR})"
    rf"|(?:vorig|afgelopen)(?:\s+jaar)?\s+(?:{_FEAST}|{_MONTH})"
    rf"|(?<=op )(?:3[01]|[12]\d|0?[1-9])[-/](?:1[0-2]|0?[1-9])\b(?![-/\d]))"
)
# 'mei' and 'maart' are whole words here; 'dec' and 'mrt' need a day or year, which every branch asks for.
_BIRTH = re.compile(r"\b(?:geboren|geb\b|geboortedatum|geboortedag|jarig|verjaar\w*|born|bday|birthday)")

_AGE_WORD = "|".join(
    sorted(
        (word for word, value in NUMBER_WORDS.items() if 2 <= int(value) <= 29 and value != "0"), key=len, reverse=True
    )
)
_NUMBER = rf"(?:[1-9]\d?(?![\d.,]\d|\d)|{_AGE_WORD})"
_YEARS = r"(?:jaren|jaar|jr\b\.?|j\b)"
_NOT_AGE = (
    r"(?:lang\b|geleden|later|bezig|clean|weg\b|onderweg|aan\b|bij\b|in\b|op\b|getrouwd|samen|gescheiden|wacht|zonder|"
    r"gewacht|gewoond|nodig|duren|duurt|geduurd|hulp|heen|over\b|achter|tijd|te\s|gezeten|vast|gebleven|geweest|gewerkt|kwijt|opgesloten)"
)
_SELF = r"(?:ben|is|was|waren|zijn|werd|werden|word|wordt|worden|geworden|bn|b)"
_SOFT = (
    r"(?:\s+(?:nu|pas|al|bijna|net|toen|zelf|inmiddels|nog|maar|ook|intussen|ondertussen|ongeveer|ruim|amper|nog\s+maar|"
    r"ik|hij|ze|zij|die|me|mn|zus|rond|de|jonger\s+dan|ouder\s+dan))"
)
_AFTER = (
    r"(?=\s*(?:[.,;:!?()\n\"]|$|-\s)|\s+(?:en|maar|dus|toen|of|was|ben|is|want|als|oud|geworden|nu|ofzo|hoor|die|dat|werd|"
    r"ik|hij|ze|zij|wij|we|uit|kwam|kwamen|heb|heeft|had|mocht|moest|zit|zat|woon|woont|met|zeg|mag|ging|wou|wilde|en)\b)"
)
_PERSON = (
    r"(?:meisje|jongen|jongetje|meid|zoon|zoontje|dochter|dochtertje|kind|kindje|kinderen|broer|broertje|zus|zusje|"
    r"kleinzoon|kleindochter|pleegkind|pleegzoon|pleegdochter|jongere|puber|tiener|peuter|kleuter|baby|man|vrouw|nichtje|"
    r"neefje|tweeling|leerling|client|pleegbroertje|pleegzusje|pleegzus|pleegbroer|iemand|moeder|vader|jongens|meiden|"
    r"meisjes|boy|girl|m|v)"
)
_ORDINAL = (
    r"(?:(?:vier|vijf|zes|zeven|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien)de"
    r"|derde|achtste|twintigste|eenentwintigste|[1-9]\d?\s?(?:e|de|ste)\b)"
)
_AGES = (
    re.compile(rf"\b(?P<a>{_NUMBER})[\s-]?(?:jarige?n?\b|{_YEARS}\s+(?:oude?|jong)\b)"),
    re.compile(rf"\(\s*(?P<a>{_NUMBER}(?:\s?{_YEARS})?)\s*\)"),
    re.compile(rf"\b{_PERSON}\s+van\s+(?:net\s+|bijna\s+|toen\s+|pas\s+)?(?P<a>{_NUMBER}(?:\s?{_YEARS})?)(?!\w|\s+(?:maand|weken))"),
    re.compile(rf"\b{_SELF}{_SOFT}{{0,4}}\s+(?P<a>{_NUMBER}\s?{_YEARS})(?!\s*(?:{_NOT_AGE}))"),
    re.compile(rf"\b{_SELF}{_SOFT}{{0,4}}\s+(?P<a>{_NUMBER}){_AFTER}"),
    re.compile(rf"\b(?:word|werd|wordt|werden|geworden)\s+(?:ik\s+|hij\s+|ze\s+)?(?P<a>{_NUMBER})(?=\s+(?:in|op|dit|volgend|bij)\b)"),
    re.compile(rf"\b(?:toen|als|sinds|totdat|tot|voordat|nadat|dat|vanaf\s+dat)\s+(?:\w+\s+){{1,3}}?(?P<a>{_NUMBER}(?:\s?{_YEARS})?)\s+(?:oud\s+)?(?:was|ben|is|werd|word|wordt|waren)\b"),
    re.compile(rf"\b(?:op|na|sinds|vanaf|tot|voor|rond|met)\s+(?:mijn|me|mn|m'n|haar|zijn|zn|z'n|hun|d'r|dr|je|jouw)\s+(?P<a>{_ORDINAL})(?!\s+(?:keer|maal|plek|groep|school|klas|huis|mentor|gezin|poging))"),
    re.compile(rf"^\W*(?:\w+\s*,\s*)(?P<a>{_NUMBER}(?:\s?{_YEARS})?)(?=\s*,)", re.MULTILINE),
    re.compile(rf"\b(?:ben|bn|heet|is|naam)\s+\w+\s*,\s*(?P<a>{_NUMBER}(?:\s?{_YEARS})?)(?=\s*[,.]|\s+(?:en|oud)\b|\s*$)"),
    re.compile(rf"\bleeftijd\s*(?:van|is|:)?\s*(?P<a>{_NUMBER}(?:\s?{_YEARS})?)\b"),
    re.compile(r"\b(?P<a>[mv]\s?/\s?[1-9]\d?)(?!\d)|\b(?:i'?m|i am|im)\s+(?P<b>[1-9]\d?)(?=\W|$)"),
)  # fmt: skip
_MORE_AGES = re.compile(rf"\s*(?:,|en|of)\s+(?P<a>{_NUMBER}(?:\s?{_YEARS})?)(?=\s*(?:[.,;)]|$)|\s+(?:en|oud|jaar)\b)")


def find_dates(text: str) -> list[Span]:
    """Exact dates in a folded text; one that stands beside 'geboren' or 'jarig' is a date of birth."""
    found = []
    for match in _DATE.finditer(text):
        around = text[max(0, match.start() - 30) : match.start()] + " " + text[match.end() : match.end() + 12]
        kind = MarkKind.DATE_OF_BIRTH if _BIRTH.search(around) else MarkKind.DATE
        end = match.start() + len(match.group().rstrip(" ."))
        found.append(Span(match.start(), end, kind))
    return found


def find_ages(text: str) -> list[Span]:
    """Ages in digits or words in a folded text, also the second of 'van 9 en 12'."""
    found: list[Span] = []
    for pattern in _AGES:
        for match in pattern.finditer(text):
            group = "a" if match.group("a") else "b"
            start, end = match.span(group)
            if pattern is _AGES[0]:
                end = match.end()
            found.append(Span(start, end, MarkKind.AGE))
            more = _MORE_AGES.match(text, match.end(group))
            if more and pattern in {_AGES[2], _AGES[3]}:
                found.append(Span(*more.span("a"), MarkKind.AGE))
    return found

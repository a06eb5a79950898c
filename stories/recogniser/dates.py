"""Dates and dates of birth.

An exact date is a day with a month, a month with a year, a feast or season with a year, or the day of a feast behind
'op' or 'sinds'. A month alone, a weekday or 'last week' tells too little to mark; the year of a birth does not.
"""

from __future__ import annotations

import re

from core.digits import NUMBER_WORDS, UNITS
from stories.recogniser.marks import MarkKind, Span

_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|febr|mrt|apr|jun|jul|aug|sept?|okt|nov|dec|january|february|march|june|july|august|october)\b\.?"
)
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond)?,?\s+(?:de\s+)?)"
_YEAR = r"(?:(?:19|20)\d\d\b|'\d\d\b)"
_RELATIVE_YEAR = r"(?:vorig|dit|afgelopen|volgend)\s+jaar"
_FEAST = (
    r"(?:kerst(?:mis|avond|dag)?|oud\s?(?:en|&)\s?nieuw|oudjaar|nieuwjaar|pasen|pinksteren|hemelvaart(?:sdag)?|sinterklaas|"
    r"koningsdag|carnaval|suikerfeest|offerfeest|ramadan|halloween|zomer(?:vakantie)?|winter|lente|herfst(?:vakantie)?|"
    r"voorjaar|najaar|kerstvakantie|meivakantie|(?:eerste|tweede)\s+kerstdag|oudejaars(?:avond|nacht)|moederdag|vaderdag|"
    r"valentijns?(?:dag)?|paas(?:weekend|vakantie)|krokusvakantie|voorjaarsvakantie|bevrijdingsdag|sint\b|eid\b|diwali|keti\s+koti)"
)
_DAY_WORD = "|".join(
    [word for word, value in NUMBER_WORDS.items() if 2 <= int(value) <= 31]
    + ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde"]
    + [f"{word}de" for word, value in NUMBER_WORDS.items() if 12 <= int(value) <= 19]
    + [f"{one}{ten}ste" for ten in ("twintig", "dertig") for one in ("", *(f"{word}en" for word in UNITS))]
)
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])"
_DAY = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:e|de|ste|st|th)?|{_DAY_WORD})"
# A feast that is one day.
_FEAST_DAY = (
    r"(?:(?:eerste|tweede|[12]e)\s+(?:kerst|paas|pinkster)dag|oude?jaars(?:dag|avond|nacht)|nieuwjaars(?:dag|nacht)|"
    r"koningsdag|bevrijdingsdag|hemelvaartsdag|goede\s+vrijdag)"
)
# 'zaterdag 2-1 gewonnen', 'op maandag 2/3 van de groep'
_SCORE = r"\s(?:gewonnen|verloren|gespeeld|gelijk|winst|verlies|van\s(?:de|het|ons|onze)\b)"
_DATE = re.compile(
    rf"\b(?:(?:{_NUMBER}\s?(?:en|tot|t/m|-)\s?)?{_WEEKDAY}?{_DAY}\s?(?:van\s+)?{_MONTH}(?:\s+(?:{_YEAR}|{_RELATIVE_YEAR}))?"
    rf"|{_WEEKDAY}{_NUMBER}(?:(?:e|de|ste)\b|[-/](?:1[0-2]|0?[1-9])\b(?![-/\d]|{_SCORE}))"
    rf"|(?:(?<=op )|(?<=sinds )|(?<=vanaf ))(?:{_FEAST_DAY})\b"
    r"|(?:(?<=in )|(?<=sinds )|(?<=vanaf ))(?:1[0-2]|0?[1-9])[-/](?:19|20)\d\d\b"
    r"|week\s\d\d?\s(?:(?:van|in)\s)?(?:19|20)\d\d\b"
    rf"|{_MONTH}\s*(?:van\s+|in\s+)?(?:{_YEAR}|{_RELATIVE_YEAR})"
    rf"|(?:3[01]|[12]\d|0?[1-9])\s?([-/.])\s?(?:1[0-2]|0?[1-9])\s?\1\s?(?:'|(?:19|20))?\d\d\b"
    rf"|(?:19|20)\d\d([-/.])(?:1[0-2]|0[1-9])\2(?:3[01]|[12]\d|0[1-9])\b"
    rf"|(?:3[01]|[12]\d|0?[1-9])\s(?:1[0-2]|0?[1-9])\s(?:19|20)\d\d\b"
    rf"|{_FEAST}\s+(?:van\s+|in\s+)?(?:{_YEAR}|{_RELATIVE_YEAR})"
    rf"|(?:vorig|afgelopen)(?:\s+jaar)?\s+(?:{_FEAST}|{_MONTH})"
    rf"|(?<=op )(?:3[01]|[12]\d|0?[1-9])[-/](?:1[0-2]|0?[1-9])\b(?![-/\d])"
    r"|(?:(?<=geboren in )|(?<=bouwjaar )|(?<=ben van )|(?<=geboortejaar ))(?:19|20)\d\d\b)"
)
# 'mei' and 'maart' are whole words here; 'dec' and 'mrt' need a day or year, which every branch asks for.
_BIRTH = re.compile(
    r"\b(?:geboren|geb\b|geboortedatum|geboortedag|geboortejaar|bouwjaar|ben van|jarig|verjaar\w*|born|bday|birthday)"
)
# The day alone, beside what it is the day of: 'mijn verjaardag (22-09)'.
_BIRTHDAY = re.compile(
    r"\b(?:verjaardag|jarig|geboren|geboortedag|bday|birthday)\b\W{1,3}(?:(?:is|was|op|valt|altijd)\W{1,2}){0,2}"
    r"(?P<day>(?:3[01]|[12]\d|0?[1-9])[-/.](?:1[0-2]|0?[1-9]))(?![-/.]?\d)"
)


def find_dates(text: str) -> list[Span]:
    """Exact dates in a folded text; one that stands beside 'geboren' or 'jarig' is a date of birth."""
    found = [Span(*match.span("day"), MarkKind.DATE_OF_BIRTH) for match in _BIRTHDAY.finditer(text)]
    for match in _DATE.finditer(text):
        around = text[max(0, match.start() - 30) : match.start()] + " " + text[match.end() : match.end() + 12]
        kind = MarkKind.DATE_OF_BIRTH if _BIRTH.search(around) else MarkKind.DATE
        end = match.start() + len(match.group().rstrip(" ."))
        found.append(Span(match.start(), end, kind))
    return found

"""What could stand there instead: short, plain, and still true for the story."""

from __future__ import annotations

import re

from stories.recogniser.marks import MarkKind

_BY_KIND = {
    MarkKind.NAME: "iemand",
    MarkKind.PLACE: "een plaats",
    MarkKind.ORGANISATION: "een organisatie",
    MarkKind.PHONE: "een telefoonnummer",
    MarkKind.EMAIL: "een e-mailadres",
    MarkKind.WEB: "een website",
    MarkKind.SOCIAL_HANDLE: "een account",
    MarkKind.ADDRESS: "een adres",
    MarkKind.DATE_OF_BIRTH: "een geboortedatum",
    MarkKind.DATE: "een tijd geleden",
    MarkKind.AGE: "een leeftijd",
    MarkKind.BSN: "een burgerservicenummer",
    MarkKind.IBAN: "een rekeningnummer",
    MarkKind.CASE_NUMBER: "een nummer",
    MarkKind.SCHOOL_CLASS: "een klas",
}
_FAMILY = (
    "broertje", "broer", "zusje", "zus", "moeder", "vader", "oom", "tante", "opa", "oma", "zoontje", "zoon",
    "dochtertje", "dochter", "kleinzoon", "kleindochter", "pleegmoeder", "pleegvader", "pleegzus",
    "pleegbroer", "pleegzusje", "pleegbroertje", "stiefvader", "stiefmoeder", "neefje", "nichtje",
    "vriendin", "vriend", "mentor", "voogd", "gezinsvoogd", "jeugdbeschermer",
)  # fmt: skip
_ROLE_WORDS = {
    "juf": "een leraar", "juffrouw": "een leraar", "meester": "een leraar", "leraar": "een leraar",
    "lerares": "een leraar", "docent": "een leraar", "docente": "een leraar",
    "begeleider": "een begeleider", "begeleidster": "een begeleider", "groepsleider": "een begeleider",
    "groepsleidster": "een begeleider", "coach": "een coach", "dokter": "een dokter", "dr": "een dokter",
    "huisarts": "een dokter", "psycholoog": "een behandelaar", "psychiater": "een behandelaar",
    "therapeut": "een behandelaar", "behandelaar": "een behandelaar", "drs": "een behandelaar",
    "consulent": "een consulent", "wijkcoach": "een medewerker", "mevrouw": "een mevrouw",
    "mw": "een mevrouw", "mevr": "een mevrouw", "meneer": "een meneer", "dhr": "een meneer",
    "mnr": "een meneer", "familie": "een familie", "fam": "een familie", "collega": "een collega",
    "zoon": "onze zoon", "rechter": "een rechter", "tolk": "een tolk", "advocaat": "een advocaat",
}  # fmt: skip
_ORGANISATIONS = (
    (re.compile(r"school|college|lyceum|gymnasium|\bobs\b|\bcbs\b|\bsbo\b|\bvso\b|\broc\b|^so\b"), "een school"),
    (re.compile(r"wijkteam|buurtteam|gebiedsteam|jeugdteam|sociaal team"), "een wijkteam"),
    (re.compile(r"gezinshuis|gezinsgroep"), "een gezinshuis"),
    (re.compile(r"groep"), "een groep"),
    (re.compile(r"ziekenhuis|umc|kliniek|\bmc\b"), "een ziekenhuis"),
    (re.compile(r"\bjji\b|jeugdgevangenis|jeugdinrichting"), "een jeugdgevangenis"),
    (re.compile(r"zorgboerderij|boerderij"), "een zorgboerderij"),
    (re.compile(r"jeugdbescherming|jeugdzorg|veilig thuis|jeugdhulp"), "een instelling"),
    (re.compile(r"kinderdagverblijf|\bkdv\b|\bbso\b|opvang"), "een opvang"),
)
_MINE = re.compile(r"\b(?:mijn|me|mn|m'n|onze|ons|haar|zijn|zn|z'n|d'r|hun)\b")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def propose(text: str, start: int, end: int, kind: MarkKind, *, shop: bool = False) -> str:
    """A replacement for `text[start:end]` (folded text, folded offsets); always a few plain Dutch words."""
    if kind is MarkKind.NAME:
        return _for_name(text, start, end)
    if kind is MarkKind.ORGANISATION:
        return _for_organisation(text[start:end], shop=shop)
    if kind is MarkKind.AGE:
        return "een paar jaar" if "jaar" in text[start:end] and "jarig" not in text[start:end] else "een leeftijd"
    return _BY_KIND[kind]


def _for_organisation(name: str, *, shop: bool) -> str:
    if shop:
        return "een winkel"
    for pattern, proposal in _ORGANISATIONS:
        if pattern.search(name):
            return proposal
    return "een instelling"


def _for_name(text: str, start: int, end: int) -> str:
    inside = _WORD.findall(text[start:end])
    before = _WORD.findall(text[max(0, start - 40) : start])[-2:]
    after = _WORD.findall(text[end : end + 25])[:2]
    for word in (*inside[:1], *reversed(before)):
        if word in _FAMILY:
            return f"mijn {word}"
        if word in _ROLE_WORDS:
            return _ROLE_WORDS[word]
    if len(after) == 2 and _MINE.fullmatch(after[0]) and after[1] in _FAMILY:
        return f"mijn {after[1]}"
    if inside[:1] in (["mama"], ["mam"]):
        return "mijn moeder"
    return "mijn vader" if inside[:1] in (["papa"], ["pap"]) else "iemand"

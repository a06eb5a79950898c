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
    MarkKind.DATE: "een tijd geleden",
    MarkKind.BSN: "een nummer",
    MarkKind.IBAN: "een rekeningnummer",
    MarkKind.CASE_NUMBER: "een nummer",
    MarkKind.SCHOOL_CLASS: "een klas",
}
FAMILY = {
    "broertje", "broer", "zusje", "zus", "moeder", "vader", "oom", "tante", "opa", "oma", "zoontje", "zoon",
    "dochtertje", "dochter", "kleinzoon", "kleindochter", "pleegmoeder", "pleegvader", "pleegzus",
    "pleegbroer", "pleegzusje", "pleegbroertje", "stiefvader", "stiefmoeder", "neefje", "nichtje",
    "pleegzoon", "pleegdochter", "pleegkind", "stiefzus", "stiefbroer", "halfzus", "halfbroer", "halfzusje",
    "halfbroertje", "vriendin", "vriend", "vriendje", "vriendinnetje", "pa", "ma",
}  # fmt: skip
_ROLES = {
    "mentor", "mentrix", "voogd", "coach", "consulent", "tolk", "advocaat", "collega", "trainer", "psycholoog",
    "psychiater", "huisarts", "kinderarts", "pedagoog", "orthopedagoog", "stagiair", "stagiaire", "nachtwaker",
    "invaller", "hulpverlener", "buurman", "buurvrouw", "buurjongen", "buurmeisje", "bewindvoerder", "rechter",
    "kinderrechter", "vertrouwenspersoon", "gedragswetenschapper", "docent", "docente", "leraar", "lerares",
    "meisje", "jongen", "kinderen", "dochters", "zonen", "zoons", "zusjes", "broertjes", "oudste", "jongste", "agent",
    "wethouder", "burgemeester", "bestie",
}  # fmt: skip
_ROLE_ENDS = (
    "begeleider", "begeleidster", "leider", "leidster", "mentor", "voogd", "beschermer", "werker", "werkster", "coach",
    "behandelaar", "therapeut", "consulent",
)  # fmt: skip
TITLES = {
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
    (re.compile(r"^(?:leef)?groep\b"), "een groep"),
    (re.compile(r"ziekenhuis|umc|kliniek|\bmc\b"), "een ziekenhuis"),
    (re.compile(r"\bjji\b|jeugdgevangenis|jeugdinrichting"), "een jeugdgevangenis"),
    (re.compile(r"zorgboerderij|boerderij"), "een zorgboerderij"),
    (re.compile(r"jeugdbescherming|jeugdzorg|veilig thuis|jeugdhulp"), "een instelling"),
    (re.compile(r"kinderdagverblijf|\bkdv\b|\bbso\b|opvang"), "een opvang"),
)


def propose(text: str, start: int, end: int, kind: MarkKind, *, shop: bool = False) -> str:
    """A replacement for `text[start:end]` (folded text, folded offsets) by itself; always a few plain Dutch words."""
    if kind is MarkKind.ORGANISATION:
        return _for_organisation(text[start:end], shop=shop)
    return _BY_KIND[kind]


def _for_organisation(name: str, *, shop: bool) -> str:
    if shop:
        return "een winkel"
    for pattern, proposal in _ORGANISATIONS:
        if pattern.search(name):
            return proposal
    return "een instelling"


def is_role(word: str) -> bool:
    """Whether a word says who somebody is, so that the name behind it can go: 'mentor', 'stagebegeleider', 'zusje'."""
    word = word.rsplit("-", 1)[-1]  # 'ex-vriend'
    return word in FAMILY or word in _ROLES or word.endswith(_ROLE_ENDS)


def for_name(name: str) -> str:
    """A replacement for a name, with the title that was found along with it ('juf Ingrid', 'oom Winston')."""
    first = name.split(" ", maxsplit=1)[0].rstrip(".")
    if first in FAMILY:
        return f"mijn {first}"
    if first in {"mama", "mam"}:
        return "mijn moeder"
    if first in {"papa", "pap"}:
        return "mijn vader"
    return TITLES.get(first, "iemand")

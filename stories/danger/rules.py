"""The sayings that give danger away (`rules.txt`), and the form of a text in which they are looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from core.fold import fold


class DangerLevel(StrEnum):
    """How fast a person has to look: `urgent` within an hour, `concern` within a working day."""

    NONE = "none"
    CONCERN = "concern"
    URGENT = "urgent"


# A sentence that tells of a film, a lesson or a policy, and of nobody near: what it names is no signal.
_TOLD_OF = re.compile(
    r"\b(?:boek(?:en)?|roman|film(?:s|avond)?|bios(?:coop)?|series?|docu\w*|aflevering\w*|toneelstuk|theaterstuk|"
    r"musical|spreekbeurt|\w*werkstuk|gastles\w*|\w*training(?:en|sdag)?|e learning|elearning|cursus\w*|workshop\w*|"
    r"studiedag\w*|congres|webinar|symposium|podcast\w*|karaoke|game|gamen|gta|fortnite|minecraft|lasergame\w*|"
    r"escape ?room|rap|liedje|toneel|voorlichting\w*|themaweek|campagne|richtlijn\w*|protocol\w*|dashboard|beleid\w*|"
    r"jaarverslag|meldcode|leren (?:wat|hoe|herkennen)|de sector|streeft|vakblad|theatergroep|halloween|spookhuis)\b"
)
_SOMEBODY_NEAR = re.compile(
    r"\b(?:mij|mijn|mn|me|ons|thuis|herken\w*|wil|wou|vader|moeder|papa|mama|pap|mam|stief\w+|ex|hij|zij|broer\w*|zus\w*|"
    r"oom|opa|begeleider|trainer|leraar|zoon|dochter|nu|vanavond|vannacht)\b"
)
_LEET = str.maketrans("013457@$", "oieastas")
_MIXED = re.compile(r"(?<![\w@$])[a-z@$]{0,30}(?:[a-z][0134-7@$]|[0134-7@$][a-z])[\w@$]*")
_NOT_WORD = re.compile(r"[^\w.!?\n]+")
_STOPS = re.compile(r"[.!?\n]+(?:\s*[.!?\n]+)*")
_LONG = re.compile(r"([a-z])\1{2,}")
_GLUED_I = re.compile(
    r"\bk(?=(?:wil|wou|wilde|ben|heb|had|ga|zou|kan|kon|word|hoef|zit|voel|snij|snijd|haat|trek|moet|maak)\b)"
)


# What a thumb leaves out. Only what has one meaning in Dutch chat.
_SHORT = {
    "gwn": "gewoon",
    "gwoon": "gewoon",
    "gew": "gewoon",
    "nie": "niet",
    "nt": "niet",
    "ni": "niet",
    "niej": "niet",
    "mr": "meer",
    "mer": "meer",
    "meerr": "meer",
    "wss": "waarschijnlijk",
    "ws": "waarschijnlijk",
    "mss": "misschien",
    "msch": "misschien",
    "vnv": "vanavond",
    "vnvnd": "vanavond",
    "vanavnd": "vanavond",
    "vanacht": "vannacht",
    "vnacht": "vannacht",
    "vndg": "vandaag",
    "mrgn": "morgen",
    "kga": "ik ga",
    "kwil": "ik wil",
    "kwl": "ik wil",
    "kben": "ik ben",
    "kheb": "ik heb",
    "khb": "ik heb",
    "hb": "heb",
    "hbn": "hebben",
    "ng": "nog",
    "zlf": "zelf",
    "mzlf": "mezelf",
    "mezlf": "mezelf",
    "tgaat": "het gaat",
    "dr": "er",
    "dd": "dood",
    "wrm": "waarom",
    "altyd": "altijd",
    "hy": "hij",
    "zy": "zij",
    "egt": "echt",
    "ech": "echt",
    "leve": "leven",
    "zyn": "zijn",
    "sgool": "school",
    "nix": "niks",
    "nks": "niks",
    "iem": "iemand",
}
_SHORT_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b")


def normalise(text: str) -> str:
    """The form the rules read: folded, punctuation gone, a lone full stop at each end of a sentence, leet undone."""
    return _plain(fold(text).text)


def _plain(folded: str) -> str:
    plain = folded.replace("*", "").replace("_", " ")
    plain = _MIXED.sub(lambda match: match.group().translate(_LEET), plain)
    plain = _GLUED_I.sub("ik ", _NOT_WORD.sub(" ", plain))
    plain = _SHORT_WORD.sub(lambda match: _SHORT[match.group()], plain)
    return re.sub(r" {2,}", " ", _STOPS.sub(" . ", plain))


def readings_of(folded: str) -> list[str]:
    """A folded text as the rules read it; with letters held down ('dooood', 'nieeet') also with one and two of them."""
    plain = _plain(folded)
    once, twice = _LONG.sub(r"\1", plain), _LONG.sub(r"\1\1", plain)
    return [plain] if once == plain else [once, twice]


@dataclass(frozen=True, slots=True)
class _Rule:
    slug: str
    level: DangerLevel
    pattern: re.Pattern[str]


def _sections() -> dict[str, list[str]]:
    """The lines of `rules.txt` by section head, with named parts filled in."""
    parts: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (Path(__file__).parent / "rules.txt").read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        if match := re.fullmatch(r"\[([a-z -]+)\]", line):
            current = sections.setdefault(match[1], [])
        elif match := re.fullmatch(r"([a-z_]+) = (.+)", line):
            parts[match[1]] = match[2]
        else:
            current.append(re.sub(r"\{([a-z_]+)\}", lambda named: parts[named[1]], line))
    return sections


def _compile(lines: list[str]) -> re.Pattern[str]:
    # One word boundary in front of all branches: the engine then looks at word starts only, which halves the time.
    return re.compile(rf"\b(?:{'|'.join(lines)})")


@cache
def _idioms() -> re.Pattern[str]:
    return _compile(_sections()["idioms"])


def without_idioms(plain: str) -> str:
    """A text as `normalise` gives it without the turns of phrase that no net is to read."""
    return _idioms().sub(" ", plain)


@cache
def _rules() -> tuple[re.Pattern[str], tuple[_Rule, ...]]:
    """The sayings, and the rules by slug; read and compiled at the first call (some 0.1 s)."""
    sections = _sections()
    sections.pop("idioms")
    sayings = _compile(sections.pop("sayings"))
    rules = []
    for head, lines in sections.items():
        slug, level = head.split(" ")
        rules.append(_Rule(slug, DangerLevel(level), _compile(lines)))
    return sayings, tuple(rules)


@lru_cache(maxsize=256)
def said_in(words: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Slug and level of each rule that fits the words of one clause."""
    sayings, rules = _rules()
    plain = sayings.sub(" ", " ".join(words))
    if _TOLD_OF.search(plain) and not _SOMEBODY_NEAR.search(plain):
        return frozenset()
    return frozenset((rule.slug, rule.level.value) for rule in rules if rule.pattern.search(plain))

"""Signals of danger in a story: violence, abuse, suicide, being in danger now.

A signal shows help lines at once and puts the story first on the desk; it never blocks and never judges. So the rules
would rather speak up once too often than miss one, and the result names signals by slug, never by text.

Where the rules come from:
- the Meldcode huiselijk geweld en kindermishandeling, step 1 (map the signals) with its kinds of violence: bodily,
  psychological, sexual, neglect, and the weighing of steps 4-5: acute or lasting danger is reported (urgent here);
- 113 Zelfmoordpreventie on how thoughts of suicide are said, mostly in veiled words ("er niet meer zijn", "iedereen is
  beter af zonder mij"), and that a plan, a moment or giving things away makes it urgent;
- the help lines these lead to: 112, 113, Veilig Thuis, Kindertelefoon, Centrum Seksueel Geweld.
Three nets, each on folded text (no accents, no hidden characters) with room for chat spelling:
1. sayings that give danger away, `danger_rules.txt`;
2. things told beside each other that do so together, `danger_scenes.txt` (see danger_scenes.py);
3. what a passage or one of its sentences sounds like, learnt from our own lines, `danger_learnt.txt` (see
   danger_learnt.py). It finds what nobody listed; it never silences the other two.
`manage.py evaluate_danger` says how well they do, and docs/recogniser.md what strangers' texts gave. What was missed: a
line in the section or scene it belongs to, a few sentences of its kind in `danger_lines.jsonl`, `manage.py
learn_danger`, and a test in `tests/stories/test_danger.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.fold import fold
from core.forbidden import without_masks
from stories.danger_learnt import Heard, passage_scores
from stories.danger_scenes import find_scenes


class DangerLevel(StrEnum):
    """How fast a person has to look: `urgent` within an hour, `concern` within a working day."""

    NONE = "none"
    CONCERN = "concern"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Danger:
    """The highest level found and the slugs of all signals, sorted; never a word of the text."""

    level: DangerLevel
    signals: tuple[str, ...]


# The basics in the other languages of the telling route; folded at import, like the text.
_OTHER_LANGUAGES: dict[str, tuple[str, ...]] = {
    "suicide": (
        *("intihar", "ölmek istiyorum", "kendimi öldür"),
        *("samobójstw", "chcę umrzeć", "nie chcę żyć", "zabić się"),
        *("самогубств", "хочу померти", "не хочу жити", "вбити себе"),
        *("انتحار", "أريد أن أموت", "لا أريد أن أعيش"),
    ),
    "violence-now": (
        *("beni dövüyor", "bana vuruyor", "şiddet"),
        *("bije mnie", "biją mnie", "przemoc"),
        *("б'є мене", "насильств"),
        *("يضربني", "تضربني", "عنف"),
    ),
    "sexual-abuse": ("tecavüz", "taciz", "gwałt", "zgwałc", "molestow", "зґвалт", "домага", "اغتصاب", "تحرش"),
}

_WEIGHED = "words-that-weigh"
_A_SENTENCE, _FEW_WORDS = 4, 45
# How much a passage, and a sentence alone, has to weigh in a short text and in a long one; how sure an urgent one has
# to be when no rule spoke. Measured: docs/recogniser.md
_PASSAGE_BAR, _SENTENCE_BAR = (0.0, 3.0), (0.4, 3.0)
_SURE, _URGENT_BAR = 2.0, 0.5
_NOW = re.compile(
    r"\b(?:vandaag|vanavond|vannacht|vanmiddag|vanochtend|vanmorgen|straks|zometeen|zo meteen|zojuist|morgen|gister\w*|"
    r"op dit moment|deze week|dit weekend|volgende (?:week|keer)|elk moment|komt zo|is onderweg|komt er ?aan|"
    r"kom(?:t|en)? eraan|kan iemand|help|al een uur|al uren|zo aan)\b"
)
_BEFORE_NOW = re.compile(
    r"\b(?:vroeger|vorige? (?:jaar|week|maand|zomer|winter|najaar|voorjaar|groep|school)|jarenlang|inmiddels|destijds|"
    r"(?:jaar|jaren|maanden|weken) geleden|als kind|als meisje|als jongen|toen ik|ooit|gelukkig|nu gaat het|"
    r"gaat het beter|is voorbij|(?:ben|zijn) (?:ik|we|wij) (?:\w+ ){0,2}weg)\b"
)
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
    plain = fold(text).text.replace("*", "").replace("_", " ")
    plain = _MIXED.sub(lambda match: match.group().translate(_LEET), plain)
    plain = _GLUED_I.sub("ik ", _NOT_WORD.sub(" ", plain))
    plain = _SHORT_WORD.sub(lambda match: _SHORT[match.group()], plain)
    return re.sub(r" {2,}", " ", _STOPS.sub(" . ", plain))


def _without_told_of(plain: str) -> str:
    """`plain` without the sentences about a film, a lesson or a policy."""
    return " . ".join(part for part in plain.split(" . ") if not _TOLD_OF.search(part) or _SOMEBODY_NEAR.search(part))


def _readings(text: str) -> list[str]:
    """The text as the rules read it; with letters held down ('dooood', 'nieeet') also with one and with two of them."""
    plain = normalise(text)
    once, twice = _LONG.sub(r"\1", plain), _LONG.sub(r"\1\1", plain)
    return [plain] if once == plain else [once, twice]


@dataclass(frozen=True, slots=True)
class _Rule:
    slug: str
    level: DangerLevel
    pattern: re.Pattern[str]
    phrases: tuple[str, ...]

    def fits(self, plain: str) -> bool:
        return self.pattern.search(plain) is not None or any(phrase in plain for phrase in self.phrases)


def _sections() -> dict[str, list[str]]:
    """The lines of `danger_rules.txt` by section head, with named parts filled in."""
    parts: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (Path(__file__).parent / "danger_rules.txt").read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        if match := re.fullmatch(r"\[([a-z -]+)\]", line):
            current = sections.setdefault(match[1], [])
        elif match := re.fullmatch(r"([a-z_]+) = (.+)", line):
            parts[match[1]] = match[2]
        else:
            for name, part in parts.items():
                line = line.replace(f"{{{name}}}", part)  # noqa: PLW2901 - the line with its parts filled in
            current.append(line)
    return sections


def _compile(lines: list[str]) -> re.Pattern[str]:
    # One word boundary in front of all branches: the engine then looks at word starts only, which halves the time.
    return re.compile(rf"\b(?:{'|'.join(lines)})")


@cache
def _rules() -> tuple[re.Pattern[str], tuple[_Rule, ...]]:
    """The sayings, and the rules by slug; read and compiled at the first call (some 0.1 s)."""
    sections = _sections()
    sayings = _compile(sections.pop("sayings"))
    rules = []
    for head, lines in sections.items():
        slug, level = head.split(" ")
        phrases = tuple(normalise(phrase).strip() for phrase in _OTHER_LANGUAGES.get(slug, ()))
        rules.append(_Rule(slug, DangerLevel(level), _compile(lines), phrases))
    return sayings, tuple(rules)


def _is_now(plain: str) -> bool:
    """Whether a text that worries us is about today or about what is coming, and not about what has been."""
    return _NOW.search(plain) is not None and _BEFORE_NOW.search(plain) is None


def _over(heard: Heard, words: int) -> float:
    """How far what was heard stands above its bar, in a text of so many words: many passages give many chances, so a
    long text asks for more."""
    short, long = _SENTENCE_BAR if heard.alone else _PASSAGE_BAR
    return heard.danger - short - (long - short) * min(1.0, max(0.0, words / _FEW_WORDS - 1))


def find_danger(text: str) -> Danger:
    """The signals of danger in `text` of any length.

    Gives `Danger(level, signals)`; pure, never raises, keeps no text. The caller shows help lines at any level but
    `none`. What no rule says but a passage sounds like has the signal `words-that-weigh`; that is urgent only where it
    sounds very much like danger, and like now.
    """
    sayings, rules = _rules()
    whole = _readings(without_masks(text))
    readings = [_without_told_of(sayings.sub(" ", reading)) for reading in whole]
    found = {(rule.slug, rule.level) for rule in rules if any(rule.fits(plain) for plain in readings)}
    found |= {(slug, DangerLevel(level)) for plain in readings for slug, level in find_scenes(plain)}
    words = len(whole[0].split())
    heard = [(_over(one, words), one.urgent) for plain in whole for one in passage_scores(plain)]
    over = max((danger for danger, _ in heard), default=-1.0)
    if not found and (words < _A_SENTENCE or over < 0):
        return Danger(DangerLevel.NONE, ())
    urgent = (
        any(level is DangerLevel.URGENT for _, level in found)
        or any(danger >= _SURE and now >= _URGENT_BAR for danger, now in heard)
        or ((bool(found) or over >= _SURE) and any(_is_now(plain) for plain in readings))
    )
    signals = tuple(sorted({slug for slug, _ in found} or {_WEIGHED}))
    return Danger(DangerLevel.URGENT if urgent else DangerLevel.CONCERN, signals)

"""Signals of danger in a story: violence, abuse, suicide, being in danger now.

A signal shows help lines at once and puts the story first on the desk; it never blocks and never judges. So it would
rather speak up once too often than miss one, and the result names signals by slug, never by text.

Where the rules come from:
- the Meldcode huiselijk geweld en kindermishandeling, step 1 (map the signals) with its kinds of violence: bodily,
  psychological, sexual, neglect, and the weighing of steps 4-5: acute or lasting danger is reported (urgent here);
- 113 Zelfmoordpreventie on how thoughts of suicide are said, mostly in veiled words ("er niet meer zijn", "iedereen is
  beter af zonder mij"), and that a plan, a moment or giving things away makes it urgent;
- the help lines these lead to: 112, 113, Veilig Thuis, Kindertelefoon, Centrum Seksueel Geweld.
Three nets, each on folded text (no accents, no hidden characters) with room for chat spelling:
1. sayings that give danger away, `rules.txt` (see rules.py);
2. things told beside each other that do so together, `scenes.txt` (see scenes.py);
3. what a clause, and two in a row, sound like, learnt from our own lines, `learnt.txt` (see learnt.py).
   What the first two heard is weighed there with the words around it: a door slams in a house where nobody is hit. A
   saying can become less urgent by that, and never unheard.
Then the whole telling is judged together, all three fields of it: its heaviest passage, all of them, how long it is.
What is told in English, Turkish, Polish, Ukrainian or Arabic has scenes in words of its own (see elsewhere.py).
`manage.py evaluate_danger` says how well this does, and docs/recogniser.md what strangers' texts gave. What was missed:
a line in the section or scene it belongs to, a few sentences of its kind in `lines.jsonl`, `manage.py
learn_danger`, and a test in `tests/stories/test_danger.py`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from core.fold import fold
from core.forbidden import without_masks
from stories.danger.elsewhere import told_elsewhere
from stories.danger.learnt import heard_in, passages_of
from stories.danger.rules import DangerLevel, normalise, readings_of

__all__ = ["Danger", "DangerLevel", "find_danger", "normalise"]


@dataclass(frozen=True, slots=True)
class Danger:
    """The highest level found and the slugs of all signals, sorted; never a word of the text."""

    level: DangerLevel
    signals: tuple[str, ...]


_WEIGHED = "words-that-weigh"
_A_SENTENCE, _LITTLE, _MUCH, _FAINT, _CALM = 4, 16, 90, -1.5, -5.0
# What the heaviest passage, all passages together and the length of a telling count for, and what makes it urgent.
# Measured on strangers' tellings: docs/recogniser.md
_HEAVIEST, _TOGETHER, _LENGTH, _START = 0.47, 0.323, 0.499, 2.8
_WEIGHT, _PRESSING, _SOON, _PATIENCE, _UNHEARD = 0.2, 0.51, 1.21, 0.74, 0.1
# English weighs more than Dutch, calm or not: half of its words are new to what was learnt.
_ENGLISH = 2.4
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


def _is_now(plain: str) -> bool:
    """Whether a text that worries us is about today or about what is coming, and not about what has been."""
    return _NOW.search(plain) is not None and _BEFORE_NOW.search(plain) is None


class Gist(NamedTuple):
    """What the passages of a telling weigh together, what rules and scenes heard in them, and whether a rule did."""

    heaviest: float
    together: float
    length: float
    spoken: frozenset[tuple[str, str]]
    said: bool
    pressing: float
    soon: bool
    words: int


def gist_of(plain: str) -> Gist:
    """What there is to weigh in a text as `normalise` gives it."""
    passages = passages_of(plain)
    heard = [heard_in(marks) for marks in passages]
    weighed = sorted((one.danger for one in heard), reverse=True) or [_CALM]
    spoken = {mark for marks in passages for mark in marks if mark[0] in "#%"}
    words = len(plain.replace(" . ", " ").split())
    return Gist(
        weighed[0],
        sum(weighed) / len(weighed),
        math.log(min(_MUCH, max(_LITTLE, words))),
        frozenset((slug, level) for slug, level in (mark[1:].split(":") for mark in spoken)),
        any(mark[0] == "#" for mark in spoken),
        max((one.urgent for one in heard if one.danger > 0), default=_CALM),
        _is_now(plain),
        words,
    )


def _weight(gist: Gist) -> float:
    """How far a telling stands above what calm ones weigh; below nought it is calm. Long ones give many chances, and
    one of which no passage sounds like danger at all has none."""
    if gist.heaviest < _FAINT:
        return _CALM
    return _START + _HEAVIEST * gist.heaviest + _TOGETHER * gist.together - _LENGTH * gist.length


def _haste(gist: Gist) -> float:
    """How much a telling that weighs is about now; from nought on it is urgent. Where no rule and no scene heard
    anything it has to press more, and a moment ('only this week') says nothing when no passage sounds urgent."""
    heard = bool(gist.spoken)
    soon = gist.soon and (heard or gist.pressing > 0)
    patience = _PATIENCE if heard else _PATIENCE + _UNHEARD
    return _WEIGHT * _weight(gist) + _PRESSING * gist.pressing + _SOON * soon - patience


def _find_dutch(folded: str) -> tuple[DangerLevel, set[str]]:
    """What the three nets make of a folded text."""
    gists = [gist_of(plain) for plain in readings_of(folded)]
    gist = max(gists, key=lambda one: (_weight(one) >= 0, one.said, _weight(one)))
    calm = _weight(gist) < 0 or (gist.words < _A_SENTENCE and not gist.spoken)
    if calm and not gist.said:
        return DangerLevel.NONE, set()
    # Calm words around a saying can make it less urgent, and never unheard.
    level = DangerLevel.URGENT if not calm and _haste(gist) >= 0 else DangerLevel.CONCERN
    return level, {slug for slug, _ in gist.spoken} or {_WEIGHED}


def _find_english(folded: str) -> DangerLevel:
    """What a folded English text sounds like to the net, which learnt some English with its Dutch. What is said in it
    has rules of its own."""
    gist = max((gist_of(plain) for plain in readings_of(folded)), key=_weight)
    if _weight(gist) < _ENGLISH:
        return DangerLevel.NONE
    return DangerLevel.URGENT if _haste(gist) >= 0 else DangerLevel.CONCERN


def find_danger(text: str) -> Danger:
    """The signals of danger in `text` of any length.

    Gives `Danger(level, signals)`; pure, never raises, keeps no text. The caller shows help lines at any level but
    `none`. What no rule says but a passage sounds like has the signal `words-that-weigh`.
    """
    heard, dutch, english = told_elsewhere(fold(without_masks(text)).text)
    level, signals = _find_dutch(dutch)
    weighed = _find_english(english)
    if weighed is not DangerLevel.NONE:
        heard.add((_WEIGHED, weighed.value))
    levels = {level, *(DangerLevel(how) for _, how in heard)}
    graver = next(one for one in (DangerLevel.URGENT, DangerLevel.CONCERN, DangerLevel.NONE) if one in levels)
    return Danger(graver, tuple(sorted(signals | {slug for slug, _ in heard})))

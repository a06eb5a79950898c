"""What a passage sounds like, learnt from lines of our own hand: what the rules and the scenes say is weighed with it.

Nobody can list all that people in danger say, and calm words tell as much as grim ones: a door slams in a house where
nobody is hit. `lines.jsonl` holds lines written for this (no reader's, no teller's) with what they are;
`manage.py learn_danger` gives each idea, each beginning of a word, each two words near each other, each rule that spoke
and each scene a weight by logistic regression and writes `learnt.txt`, so anybody can see why a passage weighs
what it does. A score is the sum of the weights in a passage, divided by how much there is in it (the length of the
vector of what is rare). Each mark has a second weight, learnt from the dangers alone: above nought sounds urgent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from stories.danger.rules import said_in, without_idioms
from stories.danger.scenes import clauses_of, ideas_in, scenes_among

LINES = Path(__file__).parent / "lines.jsonl"
LEARNT = Path(__file__).parent / "learnt.txt"
_ALWAYS = "*"  # weighs in every passage
_RULE, _SCENE = "#", "%"  # a rule that spoke and a scene that was seen: never diluted by the words around them
_ROUNDS = 40
_FREE = 20.0  # how freely a weight may grow: measured on lines that were not learnt from
_STEP = 0.6
_OFTEN = 2  # a mark of fewer lines is chance
_LEAST = 20.0  # what is in a passage at least: few words are little to go by
_NEAR = 3  # two words at most so far from each other weigh as a pair
_SPOKEN = 2.0  # how loud a rule or a scene is beside a word


class Heard(NamedTuple):
    """How much a passage sounds like danger, and how much like danger now."""

    danger: float
    urgent: float


class _Weight(NamedTuple):
    """What a mark weighs, and what it adds to the square of a passage's size."""

    danger: float
    urgent: float
    square: float


def marks_in(words: list[str]) -> set[str]:
    """What is weighed in one clause: its ideas, its words by their first five and first four letters, each two that
    stand near each other by their first four, and the rules that it fits."""
    told = [word for word in words if word.isalpha()]  # a number says nothing by itself
    marks = {f"@{idea}" for idea in ideas_in(tuple(words))}
    marks |= {f"{_RULE}{slug}:{level}" for slug, level in said_in(tuple(words))}
    marks |= {word[:5] for word in told} | {f"{word[:4]}~" for word in told}
    for apart in range(1, _NEAR + 1):
        marks |= {f"{one[:4]}_{two[:4]}" for one, two in zip(told, told[apart:], strict=False)}
    return marks


def _scenes_in(clauses: Sequence[list[str]]) -> set[str]:
    ideas = frozenset[str]().union(*(ideas_in(tuple(words)) for words in clauses))
    return {f"{_SCENE}{slug}:{level}" for slug, level in scenes_among(ideas)}


def passages_of(plain: str) -> list[set[str]]:
    """The marks of each clause of a text as `normalise` gives it, and of each two in a row: a danger in one clause is
    not to be lost among calm ones, and two can tell what neither tells alone."""
    clauses = clauses_of(without_idioms(plain))
    marks = [marks_in(words) for words in clauses]
    passages = []
    for at in range(len(clauses)):
        passages.append(marks[at] | _scenes_in(clauses[at : at + 1]))
        if at + 1 < len(clauses):
            passages.append(marks[at] | marks[at + 1] | _scenes_in(clauses[at : at + 2]))
    return passages


def _square(mark: str, rare: float) -> float:
    return 0.0 if mark[0] in (_RULE, _SCENE) else rare**2


@cache
def _weights() -> dict[str, _Weight]:
    lines = (line.split(" ", 3) for line in LEARNT.read_text(encoding="utf-8").split("\n")[1:] if line)
    return {
        mark: _Weight(float(danger), float(urgent), _square(mark, float(rare))) for danger, urgent, rare, mark in lines
    }


def heard_in(marks: set[str]) -> Heard:
    """What a passage with these marks sounds like."""
    weights = _weights()
    always = weights[_ALWAYS]
    danger = urgent = square = 0.0
    for mark in marks:
        if weight := weights.get(mark):
            danger += weight[0]
            urgent += weight[1]
            square += weight[2]
    size = max(_LEAST, math.sqrt(square))
    return Heard(always.danger + danger / size, always.urgent + urgent / size)


class _Line(NamedTuple):
    """Marks with how much each counts in it, what it is, and how much it counts."""

    marks: list[tuple[str, float]]
    is_it: bool
    counts: float


def _told(lines: Sequence[tuple[str, bool]]) -> Iterator[tuple[set[str], bool, float]]:
    """A danger whole; of a calm text each passage, for each of those is calm. Of a danger that is not so."""
    for text, is_it in lines:
        passages = passages_of(text) or [set()]
        if is_it:
            yield set().union(*passages) | _scenes_in(clauses_of(without_idioms(text))), True, 1.0
        else:
            for marks in passages:
                yield marks, False, 1 / math.sqrt(len(passages))


def _vectors(told: list[tuple[set[str], bool, float]], rare: dict[str, float]) -> list[_Line]:
    """Both kinds count alike, however many lines of each there are."""
    total = {kind: sum(counts for _, is_it, counts in told if is_it is kind) for kind in (True, False)}
    even = {True: total[False] / total[True], False: 1.0}
    lines = []
    for marks, is_it, counts in told:
        known = [(mark, rare[mark]) for mark in sorted(marks) if mark in rare]
        size = max(_LEAST, math.sqrt(sum(_square(mark, value) for mark, value in known)))
        lines.append(_Line([(mark, value / size) for mark, value in known], is_it, counts * even[is_it]))
    return lines


def rareness(told: Sequence[tuple[set[str], bool, float]]) -> dict[str, float]:
    """How rare each mark is that stands in at least two passages: what is everywhere says little."""
    seen = Counter(mark for marks, _, _ in told for mark in marks)
    rare = {mark: math.log((1 + len(told)) / (1 + count)) + 1 for mark, count in seen.items() if count >= _OFTEN}
    return {mark: value * (_SPOKEN if mark[0] in (_RULE, _SCENE) else 1.0) for mark, value in rare.items()}


def learn(told: list[tuple[set[str], bool, float]], rare: dict[str, float]) -> dict[str, float]:
    """Weights by mark from passages and whether each is what is learnt; the same ones give the same weights.

    Logistic regression with both kinds counting alike, by steps that grow smaller per mark (Adagrad).
    """
    lines = _vectors(told, rare)
    pull = 1 / (_FREE * len(lines))
    weights = {_ALWAYS: 0.0} | dict.fromkeys(rare, 0.0)
    steepness = dict.fromkeys(weights, 0.05)
    for turn in range(_ROUNDS):
        for at in range(len(lines)):
            line = lines[(at * 7919 + turn) % len(lines)]
            score = weights[_ALWAYS] + sum(weights[mark] * value for mark, value in line.marks)
            miss = (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - line.is_it) * line.counts
            for mark, value in (*line.marks, (_ALWAYS, 1.0)):
                slope = miss * value + pull * weights[mark]
                steepness[mark] += slope * slope
                weights[mark] -= _STEP * slope / math.sqrt(steepness[mark])
    return weights


def learnt_from(lines: Sequence[tuple[str, str]]) -> str:
    """How the first line of `learnt.txt` begins: it changes with what was learnt from, lines, rules and scenes
    alike, and says no word of it."""
    seen = sha256()
    for book in ("rules.txt", "scenes.txt"):
        seen.update(LINES.with_name(book).read_bytes())
    for text, level in lines:
        seen.update(f"{level} {text}\n".encode())
    return f"# {len(lines)} lines, {seen.hexdigest()[:16]}"


def sealed(weights: Sequence[str]) -> str:
    """How that line ends: it changes with the lines below it, so that no weight is set by hand."""
    digest = sha256("\n".join(weights).encode()).hexdigest()
    return f"weights {digest[:16]}"


def as_lines(lines: Sequence[tuple[str, str]]) -> Iterable[str]:
    """The lines of `learnt.txt` from normalised texts and their levels: what was learnt from, and then what
    weighs most first: how much a mark sounds like danger, how urgent, how rare it is, and the mark."""
    all_of_them = list(_told([(text, level != "none") for text, level in lines]))
    rare = rareness(all_of_them)
    danger = learn(all_of_them, rare)
    graver = [(marks, level == "urgent", 1.0) for marks, level in _dangers(lines)]
    urgent = learn(graver, rare)
    rare[_ALWAYS] = 1.0
    told = [(danger[mark] * rare[mark], urgent[mark] * rare[mark], rare[mark], mark) for mark in danger]
    told.sort(key=lambda one: (-one[0], one[3]))
    weights = [f"{here:.2f} {now:.2f} {rarity:.1f} {mark}" for here, now, rarity, mark in told]
    return [f"{learnt_from(lines)}, {sealed(weights)}", *weights]


def marks_of(lines: Sequence[tuple[str, str]]) -> set[str]:
    """Every mark that gets a weight from these lines."""
    return {_ALWAYS, *rareness(list(_told([(text, level != "none") for text, level in lines])))}


def _dangers(lines: Sequence[tuple[str, str]]) -> Iterator[tuple[set[str], str]]:
    for text, level in lines:
        if level != "none":
            yield next(_told([(text, True)]))[0], level

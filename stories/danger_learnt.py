"""What a passage sounds like, learnt from lines of our own hand: the last net, after the rules and the scenes.

Nobody can list all that people in danger say, and calm words tell as much as grim ones. `danger_lines.jsonl` holds
lines written for this (no reader's, no teller's) with what they are; `manage.py learn_danger` gives each idea, each
beginning of a word and each two words in a row a weight by logistic regression and writes `danger_learnt.txt`, so
anybody can see why a passage weighs what it does. A score is the sum of the weights in a passage, divided by how much
there is in it (the length of the vector of what is rare): above nought sounds like danger. Each mark has a second
weight, learnt from the dangers alone: above nought sounds urgent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from stories.danger_scenes import ideas_in, sentences_of

LINES = Path(__file__).parent / "danger_lines.jsonl"
LEARNT = Path(__file__).parent / "danger_learnt.txt"
_ALWAYS = "*"  # weighs in every passage
_ROUNDS = 40
_FREE = 3.0  # how freely a weight may grow: measured on lines that were not learnt from
_STEP = 0.6
_OFTEN = 2  # a mark of fewer lines is chance


class Heard(NamedTuple):
    """How much a passage sounds like danger, how much like danger now, and whether it is one sentence alone."""

    danger: float
    urgent: float
    alone: bool


class _Weight(NamedTuple):
    danger: float
    urgent: float
    rare: float


def marks_in(words: list[str]) -> set[str]:
    """What is weighed in one sentence: its ideas, its words by their first five and first four letters, and each two
    in a row by their first four."""
    ideas, told = ideas_in(tuple(words)), [word for word in words if word.isalpha()]  # a number says nothing by itself
    pairs = {f"{one[:4]}_{two[:4]}" for one, two in pairwise(told)}
    return {f"@{idea}" for idea in ideas} | {word[:5] for word in told} | {f"{word[:4]}~" for word in told} | pairs


@cache
def _weights() -> dict[str, _Weight]:
    lines = (line.split(" ", 3) for line in LEARNT.read_text(encoding="utf-8").split("\n")[1:] if line)
    return {mark: _Weight(float(danger), float(urgent), float(rare)) for danger, urgent, rare, mark in lines}


def _score(marks: set[str], alone: bool) -> Heard:
    always, told = _weights()[_ALWAYS], [weight for mark in marks if (weight := _weights().get(mark))]
    size = math.sqrt(sum(weight.rare**2 for weight in told)) or 1.0
    danger, urgent = (sum(weight[at] for weight in told) / size for at in (0, 1))
    return Heard(always.danger + danger, always.urgent + urgent, alone)


def passage_scores(plain: str, least_words: int = 26) -> list[Heard]:
    """What each passage of a text as `danger.normalise` gives it sounds like, and each of its sentences alone: a danger
    in one sentence is not to be lost among calm ones."""
    sentences = sentences_of(plain)
    marks = [marks_in(words) for words in sentences]
    heard = [_score(here, alone=True) for here in marks]
    for at in range(len(sentences)):
        if at and at + 1 == len(sentences):
            break
        end, length = at, 0
        while end < len(sentences) and (end < at + 2 or length < least_words):
            length += len(sentences[end])
            end += 1
        heard.append(_score(set().union(*marks[at:end]), alone=False))
    return heard


class _Line(NamedTuple):
    """Marks with how much each counts in it (together a vector of length one), what it is, and how much it counts."""

    marks: list[tuple[str, float]]
    is_it: bool
    counts: float


def _told(lines: Sequence[tuple[str, bool]]) -> Iterator[tuple[set[str], bool, float]]:
    """Each line whole; of a calm one each sentence as well, for each of those is calm. Of a danger that is not so."""
    for text, is_it in lines:
        sentences = [marks_in(words) for words in sentences_of(text)]
        yield set().union(*sentences), is_it, 1.0
        if not is_it and len(sentences) > 1:
            for marks in sentences:
                yield marks, is_it, 1 / len(sentences)


def _vectors(told: list[tuple[set[str], bool, float]], rare: dict[str, float]) -> list[_Line]:
    """Both kinds count alike, however many lines of each there are."""
    total = {kind: sum(counts for _, is_it, counts in told if is_it is kind) for kind in (True, False)}
    even = {True: total[False] / total[True], False: 1.0}
    lines = []
    for marks, is_it, counts in told:
        known = sorted(mark for mark in marks if mark in rare)
        size = math.sqrt(sum(rare[mark] ** 2 for mark in known)) or 1.0
        lines.append(_Line([(mark, rare[mark] / size) for mark in known], is_it, counts * even[is_it]))
    return lines


def rareness(lines: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """How rare each mark is that stands in at least two lines: what is everywhere says little."""
    told = list(_told(lines))
    seen = Counter(mark for marks, _, _ in told for mark in marks)
    return {mark: math.log((1 + len(told)) / (1 + count)) + 1 for mark, count in seen.items() if count >= _OFTEN}


def learn(lines: Sequence[tuple[str, bool]], rare: dict[str, float]) -> dict[str, float]:
    """Weights by mark from normalised texts and whether each is what is learnt; the same lines give the same weights.

    Logistic regression with both kinds counting alike, by steps that grow smaller per mark (Adagrad).
    """
    told = _vectors(list(_told(lines)), rare)
    pull = 1 / (_FREE * len(told))
    weights = {_ALWAYS: 0.0} | dict.fromkeys(rare, 0.0)
    steepness = dict.fromkeys(weights, 0.05)
    for turn in range(_ROUNDS):
        for at in range(len(told)):
            line = told[(at * 7919 + turn) % len(told)]
            score = weights[_ALWAYS] + sum(weights[mark] * value for mark, value in line.marks)
            miss = (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - line.is_it) * line.counts
            for mark, value in (*line.marks, (_ALWAYS, 1.0)):
                slope = miss * value + pull * weights[mark]
                steepness[mark] += slope * slope
                weights[mark] -= _STEP * slope / math.sqrt(steepness[mark])
    return weights


def learnt_from(lines: Sequence[tuple[str, str]]) -> str:
    """The first line of `danger_learnt.txt`: it changes with every mark of what was learnt from, and says no word."""
    seen = sha256()
    for text, level in lines:
        seen.update(f"{level} {[sorted(marks_in(words)) for words in sentences_of(text)]}\n".encode())
    return f"# {len(lines)} lines, {seen.hexdigest()[:16]}"


def as_lines(lines: Sequence[tuple[str, str]]) -> Iterable[str]:
    """The lines of `danger_learnt.txt` from normalised texts and their levels: what was learnt from, and then what
    weighs most first: how much a mark sounds like danger, how urgent, how rare it is, and the mark."""
    all_of_them = [(text, level != "none") for text, level in lines]
    rare = rareness(all_of_them)
    danger = learn(all_of_them, rare)
    urgent = learn([(text, level == "urgent") for text, level in lines if level != "none"], rare)
    rare[_ALWAYS] = 1.0
    told = [(danger[mark] * rare[mark], urgent[mark] * rare[mark], rare[mark], mark) for mark in danger]
    told.sort(key=lambda one: (-one[0], one[3]))
    return [learnt_from(lines), *(f"{here:.2f} {now:.2f} {rarity:.1f} {mark}" for here, now, rarity, mark in told)]

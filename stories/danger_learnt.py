"""What a passage sounds like, learnt from lines of our own hand: the last net, after the rules and the scenes.

Nobody can list all that people in danger say, and calm words tell as much as grim ones. `danger_lines.jsonl` holds
lines written for this (no reader's, no teller's) with what they are; `manage.py learn_danger` gives each idea and each
beginning of a word a weight by logistic regression and writes `danger_learnt.txt`, so anybody can see why a passage
weighs what it does. A score is the sum of the weights in a passage: above nought sounds like danger. Each mark has a
second weight, learnt from the dangers alone: above nought sounds urgent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from stories.danger_scenes import ideas_in, sentences_of

LINES = Path(__file__).parent / "danger_lines.jsonl"
LEARNT = Path(__file__).parent / "danger_learnt.txt"
_ALWAYS = "*"  # weighs in every passage
_ROUNDS = 60
_HOLD = 0.2  # how freely a weight may grow: measured on lines that were not learnt from
_LEAST = 0.02  # a smaller weight is not worth its line


def marks_in(words: list[str]) -> set[str]:
    """What is weighed in one sentence: its ideas, and its words by their first five and first four letters."""
    ideas, told = ideas_in(tuple(words)), [word for word in words if word.isalpha()]  # a number says nothing by itself
    return {f"@{idea}" for idea in ideas} | {word[:5] for word in told} | {f"{word[:4]}~" for word in told}


@cache
def _weights() -> dict[str, tuple[float, float]]:
    """By mark: how much it sounds like danger, and how urgent."""
    lines = (line.split(" ", 2) for line in LEARNT.read_text(encoding="utf-8").split("\n") if line)
    return {mark: (float(danger), float(urgent)) for danger, urgent, mark in lines}


def passage_scores(plain: str, least_words: int = 26) -> list[tuple[float, float]]:
    """For each passage of a text as `danger.normalise` gives it: how much it sounds like danger, and how urgent."""
    weights = _weights()
    sentences = sentences_of(plain)
    marks = [marks_in(words) for words in sentences]
    scores = []
    for at in range(len(sentences)):
        if at and at + 1 == len(sentences):
            break
        end, length = at, 0
        while end < len(sentences) and (end < at + 2 or length < least_words):
            length += len(sentences[end])
            end += 1
        here = {_ALWAYS}.union(*marks[at:end])
        told = [weights[mark] for mark in here if mark in weights]
        scores.append((sum(danger for danger, _ in told), sum(urgent for _, urgent in told)))
    return scores


def learn(lines: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Weights by mark from normalised texts and whether each is what is learnt; the same lines give the same weights.

    Logistic regression with both kinds counting alike, by steps that grow smaller per mark (Adagrad).
    """
    told = [(sorted({_ALWAYS}.union(*map(marks_in, sentences_of(text)))), danger) for text, danger in lines]
    share = sum(danger for _, danger in told) / len(told)
    count = {True: 0.5 / share, False: 0.5 / (1 - share)}
    pull = 1 / (_HOLD * len(told))
    weights: dict[str, float] = {}
    steepness: dict[str, float] = {}
    for turn in range(_ROUNDS):
        for at in range(len(told)):
            marks, danger = told[(at * 7919 + turn) % len(told)]
            score = sum(weights.get(mark, 0.0) for mark in marks)
            miss = (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - danger) * count[danger]
            for mark in marks:
                weight = weights.get(mark, 0.0)
                slope = miss + pull * weight * 4
                steepness[mark] = steepness.get(mark, 1.0) + slope * slope
                weights[mark] = weight - 0.15 * slope / math.sqrt(steepness[mark])
    return weights


def as_lines(lines: Sequence[tuple[str, str]]) -> Iterable[str]:
    """The lines of `danger_learnt.txt` from normalised texts and their levels, what weighs most first."""
    danger = learn([(text, level != "none") for text, level in lines])
    urgent = learn([(text, level == "urgent") for text, level in lines if level != "none"])
    both = [(danger[mark], urgent.get(mark, 0.0), mark) for mark in danger]
    kept = [told for told in both if max(abs(told[0]), abs(told[1])) >= _LEAST or told[2] == _ALWAYS]
    return (f"{here:.2f} {now:.2f} {mark}" for here, now, mark in sorted(kept, key=lambda told: (-told[0], told[2])))

"""What a passage sounds like, learnt from lines of our own hand: the last net, after the rules and the scenes.

Nobody can list all that people in danger say, and calm words tell as much as grim ones. `danger_lines.jsonl` holds
lines written for this (no reader's, no teller's) with what they are; `manage.py learn_danger` gives each idea and each
beginning of a word a weight by logistic regression and writes `danger_learnt.txt`, so anybody can see why a passage
weighs what it does. A score is the sum of the weights in a passage: above nought sounds like danger.
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
    return {f"@{idea}" for idea in ideas_in(tuple(words))} | {w[:5] for w in words} | {f"{w[:4]}~" for w in words}


@cache
def _weights() -> dict[str, float]:
    lines = LEARNT.read_text(encoding="utf-8").split("\n")
    return {mark: float(weight) for weight, _, mark in (line.partition(" ") for line in lines if line)}


def passage_scores(plain: str, least_words: int = 26) -> list[float]:
    """The score of each passage of a text as `danger.normalise` gives it."""
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
        here = set().union(*marks[at:end])
        scores.append(weights[_ALWAYS] + sum(weights.get(mark, 0.0) for mark in here))
    return scores


def learn(lines: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Weights by mark from normalised texts and whether each tells of danger; the same lines give the same weights.

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


def as_lines(weights: dict[str, float]) -> Iterable[str]:
    """The lines of `danger_learnt.txt`, heaviest first."""
    kept = [(weight, mark) for mark, weight in weights.items() if abs(weight) >= _LEAST or mark == _ALWAYS]
    return (f"{weight:.2f} {mark}" for weight, mark in sorted(kept, key=lambda pair: (-pair[0], pair[1])))

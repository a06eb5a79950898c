"""Danger that no single saying gives away: things that are told beside each other.

`scenes.txt` names ideas (`idea = word, word*, two words, first .. last`) and scenes (`slug level: idea + idea`):
ideas that stand in one passage, a clause or two long, in any order. So 'he, at night, my door' is seen in chat, in
Dutch as a second language and in a report alike. Words are looked up, not searched for, so a long list costs little.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_GAP = 4  # at most so many words stand at a `..`
_RUNS_ON = 30  # a sentence of more words is read clause by clause
_CLAUSE = 6  # a clause has at least so many words
_CONJUNCTIONS = frozenset(
    {
        *("en", "maar", "want", "dus", "of", "omdat", "terwijl", "toen", "zodat", "als", "dan", "nu", "ook", "verder"),
        *("daarna", "waarna", "sinds", "totdat", "tot", "zodra", "wanneer", "hoewel", "alleen", "soms", "anders"),
    }
)
_STEM = 3  # a stem before a star is at least this long
_MOST = 60  # letters of a word; of a longer one that nobody writes the rest says nothing, and takes long


@dataclass(frozen=True, slots=True)
class _Entry:
    """What shows an idea after its first word: per word how far to look, the words that fit and the stems that do."""

    idea: str
    rest: tuple[tuple[int, frozenset[str], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A kind of danger, how fast to look, and the ideas that make it; `without` are ideas that take it away."""

    slug: str
    level: str
    ideas: frozenset[str]
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Book:
    words: dict[str, tuple[_Entry, ...]]
    stems: dict[str, tuple[_Entry, ...]]
    scenes: tuple[Scene, ...]


def _entry(idea: str, phrase: str) -> tuple[tuple[str, ...], _Entry]:
    first, *others = phrase.split()
    rest, reach = [], 1
    for part in others:
        if part == "..":
            reach += _GAP
            continue
        forms = part.split("|")
        stems = tuple(form[:-1] for form in forms if form.endswith("*"))
        rest.append((reach, frozenset(form for form in forms if not form.endswith("*")), stems))
        reach = 1
    return tuple(first.split("|")), _Entry(idea, tuple(rest))


def _scene(slug: str, level: str, told: str) -> Scene:
    wanted, *without = told.split(" - ")
    return Scene(slug, level, frozenset(wanted.split(" + ")), frozenset(without))


def _read() -> tuple[dict[str, list[str]], list[Scene]]:
    """The phrases of each idea, and the scenes. Raises ValueError at a scene with an idea that nobody named."""
    ideas: dict[str, list[str]] = {}
    scenes: list[Scene] = []
    for line in (Path(__file__).parent / "scenes.txt").read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        name, is_idea, phrases = line.partition(" = ")
        if is_idea:
            for phrase in phrases.split(", "):
                ideas.setdefault(name, []).extend(ideas[phrase[1:]] if phrase.startswith("@") else [phrase])
        else:
            head, _, told = line.partition(": ")
            slug, level = head.split(" ")
            scenes += [_scene(slug, level, scene) for scene in told.split("; ")]
    if unknown := {idea for scene in scenes for idea in scene.ideas | scene.without} - ideas.keys():
        raise ValueError(f"scenes.txt: no idea {sorted(unknown)}")
    return ideas, scenes


@cache
def _book() -> _Book:
    """The ideas by the words and stems that begin them, and the scenes; read at the first call."""
    ideas, scenes = _read()
    words: dict[str, list[_Entry]] = {}
    stems: dict[str, list[_Entry]] = {}
    for idea, phrases in ideas.items():
        for forms, entry in (_entry(idea, phrase) for phrase in dict.fromkeys(phrases)):
            for form in forms:
                if form.endswith("*"):
                    stems.setdefault(form[:-1], []).append(entry)
                else:
                    words.setdefault(form, []).append(entry)
    return _Book(
        {word: tuple(entries) for word, entries in words.items()},
        {stem: tuple(entries) for stem, entries in stems.items()},
        tuple(scenes),
    )


def _goes_on(entry: _Entry, words: tuple[str, ...], at: int) -> bool:
    for reach, whole, stems in entry.rest:
        for place in range(at, min(at + reach, len(words))):
            if words[place] in whole or (stems and words[place].startswith(stems)):
                at = place + 1
                break
        else:
            return False
    return True


@lru_cache(maxsize=8192)
def _begun_by(word: str) -> tuple[frozenset[str], tuple[_Entry, ...]]:
    """The ideas that a word shows by itself, and the entries that it begins."""
    book = _book()
    entries = list(book.words.get(word, ()))
    for end in range(_STEM, min(len(word), _MOST) + 1):
        entries += book.stems.get(word[:end], ())
    alone = frozenset(entry.idea for entry in entries if not entry.rest)
    return alone, tuple(entry for entry in entries if entry.rest and entry.idea not in alone)


def sentences_of(plain: str) -> list[list[str]]:
    """The words of each sentence of a text as `danger.normalise` gives it."""
    return [words for part in plain.split(" . ") if (words := part.replace(" .", " ").split())]


@lru_cache(maxsize=256)
def ideas_in(words: tuple[str, ...]) -> frozenset[str]:
    """The ideas in one sentence."""
    found: set[str] = set()
    for at, word in enumerate(words):
        alone, entries = _begun_by(word)
        found |= alone
        for entry in entries:
            if entry.idea not in found and _goes_on(entry, words, at + 1):
                found.add(entry.idea)
    return frozenset(found)


def clauses_of(plain: str) -> list[list[str]]:
    """The words of each sentence, and of a sentence that runs on and on those between its conjunctions."""
    clauses: list[list[str]] = []
    for words in sentences_of(plain):
        if len(words) <= _RUNS_ON:
            clauses.append(words)
            continue
        clause: list[str] = []
        for at, word in enumerate(words):
            ends = word in _CONJUNCTIONS and len(clause) >= _CLAUSE and len(words) - at >= _CLAUSE // 2
            if ends or len(clause) >= _RUNS_ON:
                clauses.append(clause)
                clause = []
            clause.append(word)
        clauses.append(clause)
    return clauses


def scenes_among(ideas: frozenset[str]) -> set[tuple[str, str]]:
    """Slug and level of each scene that these ideas make."""
    return {(scene.slug, scene.level) for scene in _book().scenes if scene.ideas <= ideas and not scene.without & ideas}

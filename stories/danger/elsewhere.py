"""Danger told in English, Turkish, Polish, Ukrainian or Arabic: ideas and scenes, as for Dutch, in words of its own.

`elsewhere.txt` holds the scenes, one set for all; `en.txt` and the other four the ideas in the words of
a language (`idea = word, stem*, two words, first .. last, either ~ order`), with the signs of scenes.txt. A
language that lacks an idea is refused when the books are read, so each covers every kind of danger. Words are written
as the language writes them and folded here, like the text: without accents, vowel marks or hamza, as a phone gives
them. Nothing is learnt and nothing weighed: a Dutch weight says nothing about a Polish word.

A text is read sentence by sentence: what reads as Dutch is left to the Dutch nets, what reads as another language is
kept from them, and what is neither goes to both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from core.fold import fold
from stories.recogniser.lists import frequent_words

LATIN = ("en", "tr", "pl")
TONGUES = (*LATIN, "uk", "ar")
_HERE = Path(__file__).parent
_SCRIPTS = (("ar", re.compile("[\u0600-\u06ff]")), ("uk", re.compile("[\u0400-\u052f]")))
_GAP = 4  # at most so many words stand at a `..`
_NEAR = 7  # words between two ideas joined by `~`
_AROUND = 22  # words between two ideas joined by `+`
_AWAY = 6  # words within which an idea takes a scene away
_STOP = 3  # a full stop counts for so many words
_STEM = 3  # a stem before a star is at least this long
_LONG_WORD = 5
_MOST = 60  # letters of a word; of a longer one that nobody writes the rest says nothing, and takes long
_CLEAR = 0.1  # more of it than of the next
_SHARE = 0.15  # of its words that show a language: from here on a sentence is in it
_DUTCH = 0.6  # of its words among the most used: from here on a sentence is Dutch
# Danger that is never less for what is told of the past beside it.
_ALWAYS_NOW = frozenset({"danger-now", "overdose", "runaway", "psychosis"})

_STOPS = re.compile(r"[.!?\n؟۔…]+")
_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"(?<=\w)['’ʼ`](?=\w)|ـ")
_LONG = re.compile(r"([^\W\d_])\1{2,}")
_SAME = str.maketrans("ىةکیґы", "يهكيги", "ء")
# What no Dutch or English word of five letters and more looks like.
_LOOKS = {
    "en": re.compile(r"(?!)"),
    "tr": re.compile(r"iyo|uyo|\w{3}(?:lar|ler|lari|leri|larim|lerim|dim|tim|mak|misti|dugu|digi)$|yor(?:um|lar|du)?$"),
    "pl": re.compile(r"cz|sz|rz|dzi|\w{2}(?:ych|ego|emu|ach|ami|ymi|nia|sci|emy|imy|alam|alem|ilam|ilem|osc|iej)$"),
}
# Words that Arabic writes in one with the next: and, so; the, in the, for the; and what a verb begins with.
_AND = re.compile(r"^[وف](?=\w{3})")
_THE = re.compile(r"^(?:بال|وال|كال|لل|ال|عال|هال)(?=\w{2})|^[بل](?=\w{3})")
_VERB = re.compile(r"^(?:[بسهحك]?[يتن]|[سهح]?ا(?!ل)|[بم])(?=\w{3})")


class _Form(NamedTuple):
    """A whole word, or how a word begins and ends."""

    begins: str
    ends: str
    whole: bool

    def fits(self, words: tuple[str, ...]) -> bool:
        if self.whole:
            return self.begins in words
        return any(word.startswith(self.begins) and word.endswith(self.ends) for word in words)


class _Entry(NamedTuple):
    """What shows an idea: its first word, and per word after it how far to look and the forms that fit."""

    idea: str
    first: _Form
    rest: tuple[tuple[int, tuple[_Form, ...]], ...]


class Scene(NamedTuple):
    """A kind of danger, how fast to look, ideas that make it around the first of them, and those that take it away."""

    slug: str
    level: str
    anchor: str
    others: tuple[tuple[str, int], ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Book:
    words: dict[str, tuple[_Entry, ...]]
    stems: dict[str, tuple[_Entry, ...]]
    often: frozenset[str]


def folded(text: str) -> str:
    """Text as `fold` gives it, with the letters that people type for one another made the same."""
    return _LONG.sub(r"\1", _INSIDE.sub("", text).translate(_SAME))


def sentences_of(text: str) -> list[list[str]]:
    """The words of each sentence of a text as `fold` gives it."""
    return [words for part in _STOPS.split(folded(text)) if (words := _WORD.findall(part))]


def _form(told: str) -> _Form:
    begins, star, ends = told.partition("*")
    return _Form(begins, ends, not star)


def _entries(idea: str, phrase: str) -> Iterator[_Entry]:
    """The entries of a phrase; what stands around a `~` comes in either order."""
    one, either, other = phrase.partition(" ~ ")
    if either:
        yield from _entries(idea, f"{one} .. {other}")
        yield from _entries(idea, f"{other} .. {one}")
        return
    first, *parts = phrase.split()
    rest, reach = [], 1
    for part in parts:
        if part == "..":
            reach += _GAP
        else:
            rest.append((reach, tuple(_form(told) for told in part.split("|"))))
            reach = 1
    for told in first.split("|"):
        yield _Entry(idea, _form(told), tuple(rest))


def _lines(name: str) -> Iterator[str]:
    for line in (_HERE / name).read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield line


def _scene(head: str, told: str) -> Scene:
    slug, level = head.split(" ")
    wanted, *without = told.split(" - ")
    anchor, *rest = re.split(r" ([+~]) ", wanted)
    others = tuple((idea, _NEAR if sign == "~" else _AROUND) for sign, idea in zip(rest[::2], rest[1::2], strict=True))
    return Scene(slug, level, anchor, others, tuple(without))


@cache
def _scenes() -> tuple[Scene, ...]:
    lines = (line.partition(": ") for line in _lines("elsewhere.txt"))
    return tuple(_scene(head, told) for head, _, scenes in lines for told in scenes.split("; "))


@cache
def _book(tongue: str) -> _Book:
    """The ideas of a language by the words and stems that begin them. Raises ValueError when one of a scene lacks."""
    ideas: dict[str, list[str]] = {}
    for line in _lines(f"{tongue}.txt"):
        name, _, phrases = line.partition(" = ")
        for phrase in folded(fold(phrases).text).split(", "):
            ideas.setdefault(name, []).extend(ideas[phrase[1:]] if phrase.startswith("@") else [phrase])
    often = frozenset(ideas.pop("often"))
    wanted = {idea for scene in _scenes() for idea in (scene.anchor, *(of for of, _ in scene.others), *scene.without)}
    if lacking := wanted - ideas.keys():
        raise ValueError(f"{tongue}.txt: no idea {sorted(lacking)}")
    words: dict[str, list[_Entry]] = {}
    stems: dict[str, list[_Entry]] = {}
    for idea, told in ideas.items():
        for entry in (entry for phrase in dict.fromkeys(told) for entry in _entries(idea, phrase)):
            (words if entry.first.whole else stems).setdefault(entry.first.begins, []).append(entry)
    return _Book(
        {word: tuple(entries) for word, entries in words.items()},
        {stem: tuple(entries) for stem, entries in stems.items()},
        often,
    )


@lru_cache(maxsize=8192)
def _forms_of(word: str, tongue: str) -> tuple[str, ...]:
    """The word, and in Arabic also without what is written in one with it."""
    if tongue != "ar":
        return (word,)
    forms = {word, _AND.sub("", word)}
    forms |= {strip.sub("", form) for form in forms for strip in (_THE, _VERB)}
    return tuple(sorted(forms))


@lru_cache(maxsize=8192)
def _begun_by(word: str, tongue: str) -> tuple[_Entry, ...]:
    """The entries that a word begins."""
    book = _book(tongue)
    entries: list[_Entry] = []
    for form in _forms_of(word, tongue):
        entries += book.words.get(form, ())
        for end in range(_STEM, len(form) + 1):
            entries += (entry for entry in book.stems.get(form[:end], ()) if form.endswith(entry.first.ends))
    return tuple(dict.fromkeys(entries))


def _ends_at(entry: _Entry, words: list[tuple[str, ...]], at: int) -> int | None:
    """The place of the last word of what began at `at`, or None when it does not go on so."""
    for reach, forms in entry.rest:
        for place in range(at + 1, min(at + 1 + reach, len(words))):
            if any(form.fits(words[place]) for form in forms):
                at = place
                break
        else:
            return None
    return at


def _places(sentences: Iterable[list[str]], tongue: str) -> dict[str, list[int]]:
    """Where each idea begins and ends, counted in words with some for each full stop."""
    found: dict[str, list[int]] = {}
    start = 0
    for words in sentences:
        forms = [_forms_of(word, tongue) for word in words]
        for at, word in enumerate(words):
            for entry in _begun_by(word, tongue):
                end = _ends_at(entry, forms, at)
                if end is not None:
                    found.setdefault(entry.idea, []).extend((start + at, start + end))
        start += len(words) + _STOP
    return found


def _is_near(place: int, places: Iterable[int], reach: int) -> bool:
    return any(abs(place - other) <= reach for other in places)


def _seen(scene: Scene, places: dict[str, list[int]]) -> bool:
    if scene.anchor not in places or any(idea not in places for idea, _ in scene.others):
        return False
    return any(
        all(_is_near(at, places[idea], reach) for idea, reach in scene.others)
        and not any(_is_near(at, places.get(idea, ()), _AWAY) for idea in scene.without)
        for at in places[scene.anchor]
    )


def _heard(sentences: list[list[str]], tongue: str) -> Iterator[tuple[str, str]]:
    """Slug and level of each scene; what is told of the past is no longer urgent."""
    places = _places(sentences, tongue)
    for scene in _scenes():
        if _seen(scene, places):
            past = "before" in places and scene.slug not in _ALWAYS_NOW
            yield scene.slug, "concern" if past else scene.level


def _share(words: list[str], tongue: str) -> float:
    often, looks = _book(tongue).often, _LOOKS[tongue]
    shows = [word in often or (len(word) >= _LONG_WORD and looks.search(word) is not None) for word in words]
    return sum(shows) / len(shows)


def _tongue_of(words: list[str]) -> str:
    """The language of a sentence by its script or its most used words: a code, or nothing when none of them shows."""
    told = "".join(words)
    for tongue, script in _SCRIPTS:
        if len(script.findall(told)) * 2 > len(told):
            return tongue
    dutch = sum(word in frequent_words() for word in words) / len(words)
    (most, tongue), (next_most, _), _ = sorted(((_share(words, of), of) for of in LATIN), reverse=True)
    if dutch >= max(_DUTCH, most + _CLEAR):
        return "nl"
    return tongue if most >= max(_SHARE, dutch, next_most + _CLEAR) else ""


def told_elsewhere(text: str) -> tuple[set[tuple[str, str]], str, str]:
    """Slug and level of what is said in another language, what of the text is left to the Dutch nets, and what of it
    is English; of a text as `fold` gives it."""
    parts = [part for part in re.split(r"(?<=[.!?\n؟۔…])", text) if part]
    told = [[word[:_MOST] for word in _WORD.findall(folded(part))] for part in parts]
    tongues = [_tongue_of(words) if words else "nl" for words in told]
    main = _tongue_of([word for words in told for word in words] or ["nl"])
    tongues = [tongue or (main if main != "nl" else "") for tongue in tongues]
    heard: set[tuple[str, str]] = set()
    for tongue in TONGUES:
        fits = {tongue} if tongue == "uk" else {tongue, ""}
        sentences = [words for words, of in zip(told, tongues, strict=True) if words and of in fits]
        if sentences:
            heard |= set(_heard(sentences, tongue))
    spoken = list(zip(parts, tongues, strict=True))
    dutch, english = ("".join(part for part, of in spoken if of in fits) for fits in ({"nl", ""}, {"en"}))
    return heard, dutch, english

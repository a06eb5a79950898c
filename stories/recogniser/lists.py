"""The word lists, read once when first needed (about 0.06 s) and then shared by every call."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.fold import fold

_FOLDER = Path(__file__).parent / "lists"

Phrases = dict[str, tuple[tuple[str, ...], ...]]


def read(name: str) -> frozenset[str]:
    """The lines of `lists/<name>.txt`, already folded on disk; raises FileNotFoundError for an unknown list."""
    return frozenset((_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n")) - {""}


@cache
def common_words() -> frozenset[str]:
    """Dutch words that are no proper name by themselves, informal spellings included."""
    return read("common_words") | read("informal_words")


@cache
def frequent_words() -> frozenset[str]:
    """The some three thousand words that fill every text; never a surname without a capital."""
    return read("frequent_words") | read("informal_words")


@cache
def first_names() -> frozenset[str]:
    """First names of the Netherlands and of those who came to live here, folded."""
    return read("first_names")


@cache
def _first_name_sounds() -> frozenset[str]:
    """How the first names of six letters and more sound."""
    return frozenset(_sound(name) for name in first_names() if len(name) > 5 and name not in common_words())


_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("kh", "k"), ("gh", "g"), ("ij", "i"), ("ie", "i"), ("y", "i"), ("j", "i"), ("oe", "u"),
    ("ou", "u"), ("c", "k"), ("q", "k"), ("h", ""),
)  # fmt: skip


def _sound(name: str) -> str:
    """A name without what people spell in more than one way: 'rachiid' and 'rachid' are one."""
    for written, heard in _SOUNDS:
        name = name.replace(written, heard)
    once = "".join(char for char, before in zip(name, " " + name, strict=False) if char != before)
    return once.removesuffix("e") if len(once) > 4 else once


def sounds_like_a_first_name(word: str) -> bool:
    """Whether a word of six letters or more is a known first name in another spelling."""
    return len(word) > 5 and _sound(word) in _first_name_sounds()


@cache
def informal_or_short() -> frozenset[str]:
    """Informal words, some of which happen to be first names somewhere ('me', 'zo', 'app')."""
    return read("informal_words")


@cache
def surnames() -> frozenset[str]:
    """Surnames without interfix, and other proper nouns; only read behind a first name or title."""
    return read("surnames")


@cache
def place_names() -> frozenset[str]:
    """Towns and villages, provinces, regions, well-known neighbourhoods, cities and countries of origin."""
    return read("places")


@cache
def not_identifying() -> Phrases:
    """Proper nouns and sayings that tell nothing about one person ('Nederland', 'jan en alleman')."""
    return phrases(read("not_identifying"))


@cache
def places() -> Phrases:
    """All place names, by their first word."""
    return phrases(place_names())


@cache
def institutions() -> Phrases:
    """Names of providers of youth care, mental care and hospitals, by their first word."""
    return phrases(read("institutions"))


@cache
def schools() -> Phrases:
    """Names that many primary schools have and that are words of every day ('de korenbloem'), by their first word."""
    return phrases(read("schools"))


@cache
def houses() -> frozenset[str]:
    """Words of every day that homes and groups are called by ('de brug'): only where care is spoken of."""
    return read("houses")


@cache
def shops() -> Phrases:
    """Names of shops and chains where people work or do an internship, by their first word."""
    return phrases(read("shops"))


def phrases(lines: frozenset[str]) -> Phrases:
    """Group phrases by first word, the longest first, so that the first that fits is the best."""
    grouped: dict[str, list[tuple[str, ...]]] = {}
    for line in lines:
        words = tuple(split_words(line))
        if words:
            grouped.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in grouped.items()}


def split_words(line: str) -> list[str]:
    """The words of a phrase, cut in the same way as the text is."""
    from_words = fold(line).text.replace("&", " ").replace(".", " ").replace("'s ", "s ").replace("'s-", "s-")
    return [word.rstrip("-") for word in from_words.split()]  # 'jeugd- en gezinsbeschermers'


def is_common(word: str) -> bool:
    """Whether a folded word is everyday Dutch: listed, inflected, or put together from listed words."""
    if word in common_words() or word.isdigit():
        return True
    return is_compound(word)


def is_compound(word: str) -> bool:
    """Whether a word of six letters or more is two or three listed words, with or without a joining s."""
    if len(word) > 40:
        return False  # nobody writes these; keeps the work bounded for any input
    if "-" in word:
        return all(part in common_words() for part in word.split("-") if part)
    common = common_words()
    for cut in range(3, len(word) - 3):
        head, tail = word[:cut], word[cut:]
        if tail not in common or (cut == 3 and head not in frequent_words()):
            continue
        if head in common or (len(head) > 3 and head[-1] == "s" and head[:-1] in common):
            return True
    return False


def is_typo(word: str) -> bool:
    """Whether one edit (swap, drop, add, change) turns a word of five letters or more into a common one."""
    if not 5 <= len(word) <= 24:
        return False
    roots = common_words()
    letters = "abcdefghijklmnopqrstuvwxyz"
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail and head + tail[1:] in roots:
            return True
        if len(tail) > 1 and head + tail[1] + tail[0] + tail[2:] in roots:
            return True
        for letter in letters:
            if head + letter + tail in roots or (tail and head + letter + tail[1:] in roots):
                return True
    return False

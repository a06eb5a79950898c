"""What may stand behind a first name: interfixes and surnames; and names that begin with initials."""

from __future__ import annotations

import re

from stories.recogniser import houses, kin, lists
from stories.recogniser.marks import MarkKind, Span
from stories.recogniser.words import Words, known, strange

_INITIALS = re.compile(
    r"\b(?:[a-z]\.\s?){1,4}(?P<interfix>(?:van |de |der |den |ten |ter |el |al |v\.d\. ?|vd ){0,3})"
    r"(?P<name>[^\W\d_][\w'-]{2,})"
)


# 'R. de W.': a name as a court writes it, nothing of it but letters.
_LETTERS_ONLY = re.compile(r"\b[a-z]\. ?(?:(?:van|de|der|den|ten|ter|el|al) ){1,3}(?P<last>[a-z])(?=\.)")


def surname_end(words: Words, at: int) -> int:
    """Walk over interfixes and surnames from `at`; gives the index past the last word that belongs to the name."""
    stop = at
    for _ in range(3):
        look = stop
        while (
            look < len(words.items)
            and words.items[look].low in kin.INTERFIX
            and look - stop < 3
            and _adjoins(words, look)
        ):
            look += 1
        if look >= len(words.items) or not _adjoins(words, look) or words.items[look].taken:
            return stop
        if not _is_surname(words, look, with_interfix=look > stop):
            return stop
        stop = look + 1
    return stop


def _adjoins(words: Words, at: int) -> bool:
    apart = words.items[at].low == "t" and words.items[at].gap in {" '", " ’", " ‘"}  # 'van 't Hof'
    return (words.joined(at) or apart) and not words.items[at].opens


def _is_surname(words: Words, at: int, *, with_interfix: bool) -> bool:
    word = words.items[at]
    if with_interfix and only_a_name(words, at):
        return True
    if words.phrase(at, lists.not_identifying()) or words.phrase(at, lists.institutions()):
        return False
    if word.low in lists.place_names() and words.left(at) in {"van", "in", "uit", "de", "op"}:
        return False
    in_list = word.low in lists.surnames()
    if word.capital:
        double = "-" in word.low and any(part in lists.surnames() for part in word.low.split("-"))
        return double or not lists.is_common(word.low) or in_list or with_interfix or _only_a_capital(words, at)
    if with_interfix:
        if (
            words.left(at) in {"el", "al", "ben", "ait", "der", "den", "vd", "bin"}
            and word.low not in lists.frequent_words()
        ):
            return in_list or not known(word.low)
        return in_list and not lists.is_common(word.low)
    if word.low in lists.common_words():
        return in_list and word.low not in lists.frequent_words() and words.right(at) in kin.VERBS | {""}
    if not in_list:  # a word that nobody knows, before what somebody does; else it may be a slip of the finger
        return strange(word.low) and words.right(at) in kin.ACTS | kin.VERBS | {"", "en"}
    return not lists.is_compound(word.low) and word.low not in lists.informal_or_short()


def _only_a_capital(words: Words, at: int) -> bool:
    """'Hugo Zomer', 'Cas Blok': a word with a capital behind a first name has it because it is one as well."""
    low = words.items[at].low
    known_by_office = low in houses.GENERIC | houses.STRONG_HEADS | houses.WEAK_HEADS | kin.ROLES | kin.TITLES
    return not known_by_office and low not in kin.VERBS | kin.ACTS | kin.OWNERS and len(low) > 2


# What stands behind 'ten' and 'ter' besides names.
_SAYINGS = {
    "slotte", "minste", "einde", "plekke", "plaatse", "wereld", "opzichte", "sprake", "goede", "onder", "onrechte",
    "zeerste", "huize", "dode", "tijde", "aarde", "harte", "kennisgeving", "informatie", "beschikking", "gevolge",
}  # fmt: skip


def only_a_name(words: Words, at: int) -> bool:
    """Whether what stands before this word makes it a surname, whatever it means by itself: 'van Houten', 'ten Have'.

    'Van der' is not said any more before anything else. 'Van' before a place says as much of somebody as a name does.
    """
    word, left = words.items[at], words.left(at)
    if not words.joined(at):
        return False
    if left == "der":
        return words.left(at, 2) in {"van", "v"} or word.capital
    if left == "van" and word.low in lists.place_names():
        return True
    if left in {"ten", "ter"}:
        return word.capital or (word.low not in _SAYINGS and word.low not in lists.frequent_words())
    if left in {"'t", "t"} and not word.capital:
        of_a_house = word.low in houses.WEAK_HEADS | houses.STRONG_HEADS or word.low.endswith(houses.HEAD_ENDS)
        return words.left(at, 2) == "van" and not of_a_house
    return word.capital and left in {"den", "'t", "t"}


def with_initials(words: Words) -> list[Span]:
    """'j.bakker', 'S. Postma', 'drs. A.B. de Jong', 'R. de W.'."""
    found = []
    starts = {word.start: i for i, word in enumerate(words.items)}
    for match in _LETTERS_ONLY.finditer(words.text):
        first, last = starts.get(match.start()), starts.get(match.start("last"))
        if first is None or last is None or not words.free(first, last + 1):
            continue
        if words.items[first].capital and words.items[last].capital:
            found.append(Span(*words.take(first, last + 1), MarkKind.NAME))
    for match in _INITIALS.finditer(words.text):
        first, last = starts.get(match.start()), starts.get(match.start("name"))
        if first is None or last is None or not words.free(first, last + 1):
            continue
        word = words.items[last]
        if not (word.capital or word.low in lists.surnames() or not lists.is_common(word.low)):
            continue
        if not words.items[first].capital and word.low in lists.frequent_words():
            continue
        if first and words.items[first - 1].low in kin.OWN_TITLES | {"dr", "prof"} and not words.items[first - 1].taken:
            first -= 1
        found.append(Span(*words.take(first, last + 1), MarkKind.NAME))
    return found

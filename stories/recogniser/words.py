"""The words of a folded text with what a rule wants to know about each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.fold import Folded
from stories.recogniser import lists
from stories.recogniser.lists import Phrases

_WITHIN = frozenset({" ", "-", ".", " & ", "&", "- ", " - "})
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?\n]|^\s*[-*]")


@dataclass(slots=True)
class Word:
    """One word: folded offsets, folded letters, whether it has a capital that means something."""

    start: int
    end: int
    low: str
    capital: bool
    opens: bool
    gap: str
    acronym: bool = False
    taken: bool = False


@dataclass(slots=True)
class Words:
    """All words of one text, with helpers that look left and right and never raise."""

    text: str
    items: list[Word] = field(default_factory=list)

    def low(self, index: int) -> str:
        """The folded word at an index, or an empty string outside the text or across a sentence end."""
        return self.items[index].low if 0 <= index < len(self.items) else ""

    def left(self, index: int, back: int = 1) -> str:
        """The word `back` places to the left in the same sentence, else an empty string."""
        items = self.items
        if index < back or index >= len(items) or items[index].opens:
            return ""
        for i in range(index - back + 1, index):
            if items[i].opens:
                return ""
        return items[index - back].low

    def right(self, index: int, ahead: int = 1) -> str:
        """The word `ahead` places to the right in the same sentence, else an empty string."""
        for i in range(index + 1, index + ahead + 1):
            if i >= len(self.items) or self.items[i].opens:
                return ""
        return self.items[index + ahead].low

    def joined(self, index: int) -> bool:
        """Whether only spaces stand between this word and the one before it."""
        return 0 < index < len(self.items) and self.items[index].gap.strip() == "" and "\n" not in self.items[index].gap

    def phrase(self, index: int, phrases: Phrases) -> int:
        """How many words of the text from `index` on form the longest phrase of a list; 0 for none."""
        items = self.items
        candidates = phrases.get(items[index].low)
        if candidates is None:
            return 0
        following = items[index + 1].low if index + 1 < len(items) else ""
        for words in candidates:
            length = len(words)
            if length == 1:
                return 1
            if (
                words[1] == following
                and index + length <= len(items)
                and all(items[index + i].low == words[i] and items[index + i].gap in _WITHIN for i in range(1, length))
            ):
                return length
        return 0

    def free(self, start: int, stop: int) -> bool:
        """Whether no word in a range was taken by an earlier rule."""
        return not any(word.taken for word in self.items[start:stop])

    def take(self, start: int, stop: int) -> tuple[int, int]:
        """Take the words of a range; gives the folded offsets of the whole."""
        for word in self.items[start:stop]:
            word.taken = True
        return self.items[start].start, self.items[stop - 1].end


def split(folded: Folded) -> Words:
    """Cut a folded text into words; capitals mean nothing in a text that shouts."""
    letters = sum(map(str.isalpha, folded.original))
    shouting = sum(map(str.isupper, folded.original)) > 0.5 * letters
    words = Words(folded.text)
    end = 0
    for match in _WORD.finditer(folded.text):
        gap = folded.text[end : match.start()]
        opens = not words.items or (gap != " " and bool(_SENTENCE_END.search(gap.replace("...", " "))))
        if opens and words.items and gap.startswith(".") and len(words.items[-1].low) == 1:
            opens = False  # an initial, as in 'S. Postma'
        if opens and words.items and words.items[-1].low in _ABBREVIATIONS and gap.startswith("."):
            opens = False
        capital = not shouting and folded.is_upper(match.start())
        acronym = capital and all(
            folded.is_upper(i) for i in range(match.start(), match.end()) if folded.text[i].isalpha()
        )
        words.items.append(Word(match.start(), match.end(), match.group(), capital, opens, gap, acronym))
        end = match.end()
    return words


_ABBREVIATIONS = {
    "mw",
    "mevr",
    "dhr",
    "mnr",
    "dr",
    "drs",
    "prof",
    "mr",
    "ing",
    "ir",
    "st",
    "tel",
    "nr",
    "fam",
    "ds",
    "mgr",
}


def known(word: str) -> bool:
    """Whether a folded word is everyday Dutch or a proper noun that tells nothing about one person."""
    return lists.is_common(word) or word in lists.not_identifying()


def strange(word: str) -> bool:
    """Whether a folded word is neither known nor one slip of the finger from known: then it may be anything."""
    if len(word) < 3 or not word.isalpha() or known(word):
        return False
    return word in lists.surnames() or not (lists.is_typo(word) or _is_swapped(word))


def _is_swapped(word: str) -> bool:
    """Whether a short word is one that fills every text with two letters swapped: 'dta', 'neit'."""
    return len(word) < 5 and any(
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] in lists.frequent_words() for at in range(len(word) - 1)
    )

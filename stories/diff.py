"""The difference between two texts, word by word, for the teller to look at."""

import difflib
import re
from collections import Counter
from typing import NamedTuple

_WORDS = re.compile(r"\s+|\S+\s*")  # with what stands behind a word: blanks by themselves are alike everywhere
_MOST = 50_000  # pairs of words that are alike; with more difflib may skip common words, or it takes minutes


class Piece(NamedTuple):
    kind: str  # "same", "gone" or "new"
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Pieces that read as the new text with what was taken out of the old one between them."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    often = Counter(after)
    pairs = sum(often[word] for word in before)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=pairs > _MOST)
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", "".join(before[a:b])))
        if c < d:
            pieces.append(Piece("new", "".join(after[c:d])))
    return pieces

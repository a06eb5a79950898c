"""The difference between two texts, word by word, for the teller to look at."""

import difflib
import re
from typing import NamedTuple

_WORDS = re.compile(r"\s+|[^\s]+")
_SLOW_FROM = 2000  # words; above it difflib may skip common words, or it takes seconds


class Piece(NamedTuple):
    kind: str  # "same", "gone" or "new"
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Pieces that read as the new text with what was taken out of the old one between them."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) > _SLOW_FROM)
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

"""The words of a story code: five different, easy Dutch words, drawn evenly from 32 random bytes.

With 2,055 words or more, five of them carry over 55 bits; only a slow hash of the code is kept (elsewhere).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from core.fold import fold

WORDS_IN_CODE = 5
SEED_BYTES = 32
_BYTES_A_WORD = 6
_SHORTEST, _LONGEST = 3, 9  # letters
_NOT_LETTERS = re.compile(r"[^a-z]+")


@cache
def words() -> tuple[str, ...]:
    """All code words: sorted, distinct, 3 to 9 letters a-z; read once from `codewords.txt`."""
    return _lines_of("codewords.txt")


@cache
def before() -> frozenset[str]:
    """Words that were taken out, because they were rare or easily mixed up. No new code holds them; an old one may."""
    return frozenset(_lines_of("codewords_before.txt"))


def _lines_of(name: str) -> tuple[str, ...]:
    lines = (Path(__file__).parent / name).read_text(encoding="ascii").split("\n")
    return tuple(line for line in lines if line)


@cache
def known() -> frozenset[str]:
    """All words that a code may hold: those of now and those of before."""
    return before().union(words())


def typed(code: str) -> list[str]:
    """The words as somebody set them apart: lower case, no accents.

    Hyphens, commas, dots, line ends and any run of spaces separate words; hidden characters are dropped. Never raises.
    """
    return _NOT_LETTERS.sub(" ", fold(unicodedata.normalize("NFC", code)).text).split()


def normalise(code: str) -> str:
    """A typed code in the one form that is hashed: its words with one space between them.

    Where they were not set apart as five words of the list, these are looked for in the letters alone. Idempotent: a
    code that is no code, or can be read in two ways, just stays one that fits nothing.
    """
    given = typed(code)
    if len(given) == WORDS_IN_CODE and set(given) <= known():
        return " ".join(given)
    read = _read("".join(given))
    return " ".join(read[0] if len(read) == 1 else given)


def _read(letters: str) -> list[list[str]]:
    """Every way to read these letters as five words of the list: none or one, and two for three codes in a thousand."""
    ways: list[tuple[int, list[str]]] = [(0, [])]
    for _word in range(WORDS_IN_CODE):
        ways = [
            (end, [*read, letters[start:end]])
            for start, read in ways
            for end in range(start + _SHORTEST, min(start + _LONGEST, len(letters)) + 1)
            if letters[start:end] in known()
        ]
    return [read for end, read in ways if end == len(letters)]


def code_from(seed: bytes) -> str:
    """Five different words joined by single spaces, always the same for the same 32 bytes.

    Each word takes six bytes of its own: with fewer than 2**14 words the bias of the remainder is under 2**-34.
    Raises ValueError when the seed is not exactly 32 bytes long. The seed must come from `secrets`.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a code needs {SEED_BYTES} random bytes, not {len(seed)}")
    left = list(words())
    pieces = (seed[i * _BYTES_A_WORD : (i + 1) * _BYTES_A_WORD] for i in range(WORDS_IN_CODE))
    return " ".join(left.pop(int.from_bytes(piece, "big") % len(left)) for piece in pieces)

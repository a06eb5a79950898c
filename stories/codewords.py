"""The words of a story code: five easy Dutch words, drawn evenly from 32 random bytes.

With 2,304 words or more, five words carry over 55 bits; only a slow hash of the code is kept (elsewhere).
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
_NOT_LETTERS = re.compile(r"[^a-z]+")


@cache
def words() -> tuple[str, ...]:
    """All code words: sorted, distinct, 3 to 9 letters a-z; read once from `codewords.txt`."""
    lines = (Path(__file__).parent / "codewords.txt").read_text(encoding="ascii").split("\n")
    return tuple(line for line in lines if line)


def normalise(code: str) -> str:
    """A typed code in the one form that is hashed: lower case, no accents, one space between words.

    Hyphens, commas, dots, line ends and any run of spaces separate words; hidden characters are dropped. Idempotent,
    and never raises: a code that is no code just stays one that fits nothing.
    """
    folded = fold(unicodedata.normalize("NFC", code)).text
    return _NOT_LETTERS.sub(" ", folded).strip()


def code_from(seed: bytes) -> str:
    """Five words joined by single spaces, always the same for the same 32 bytes.

    Each word takes six bytes of its own: with fewer than 2**14 words the bias of the remainder is under 2**-34.
    Raises ValueError when the seed is not exactly 32 bytes long. The seed must come from `secrets`.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a code needs {SEED_BYTES} random bytes, not {len(seed)}")
    pool = words()
    pieces = (seed[i * _BYTES_A_WORD : (i + 1) * _BYTES_A_WORD] for i in range(WORDS_IN_CODE))
    return " ".join(pool[int.from_bytes(piece, "big") % len(pool)] for piece in pieces)

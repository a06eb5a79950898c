"""Cleaning of text that people type. Nothing here changes what a person said."""

import re
import unicodedata

# Direction marks between words are kept out: they serve to hide text, and the browser orders scripts itself.
# The last two are no signs at all: with one of them in a story no reader of feeds takes the feed.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
# Letters and symbols by their kind, and yet nothing of them shows.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")
_BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """Return the text in NFC, with plain line ends, without control and zero-width signs and lone surrogates.

    The zero-width joiner stays: emoji and several scripts need it. A text in which nothing shows is empty.
    """
    text = text.encode("utf-8", "ignore").decode()
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _BLANK_LINES.sub("\n\n", _INVISIBLE.sub("", text)).strip()
    return text if any(_shows(sign) for sign in text) else ""


def _shows(sign: str) -> bool:
    """Whether it can be seen by itself: a letter, a digit, a symbol such as an emoji, or punctuation."""
    return unicodedata.category(sign)[0] in "LNSP" and sign not in _BLANK


def teaser(text: str, most: int = 180) -> str:
    """Return the first sentences up to `most` characters, cut at a word, with an ellipsis when cut."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;:-.…")
    return f"{cut or line[:most]}…"

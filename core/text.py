"""Cleaning of text that people type. Nothing here changes what a person said."""

import re
import unicodedata

# Direction marks between words are kept out: they serve to hide text, and the browser orders scripts itself.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """Return the text in NFC, with plain line ends, without control and zero-width signs and lone surrogates.

    The zero-width joiner stays: emoji and several scripts need it.
    """
    text = text.encode("utf-8", "ignore").decode()
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", _INVISIBLE.sub("", text)).strip()


def teaser(text: str, most: int = 180) -> str:
    """Return the first sentences up to `most` characters, cut at a word, with an ellipsis when cut."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;:-.…")
    return f"{cut or line[:most]}…"

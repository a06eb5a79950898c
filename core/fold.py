"""Folding: lower case, no accents, no hidden characters, and the way back to the original offsets.

Every rule reads the folded text, so a trick with zero-width characters, full-width digits, accents or Cyrillic
look-alikes is undone in one place. Offsets stay honest through `Folded.origin`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters that Unicode does not decompose but that people type as plain ones.
_LETTERS = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "′": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "•": ".",
    "·": ".",
    "∙": ".",
    "․": ".",
    "⁄": "/",
    "∕": "/",
    "ǀ": "|",
    "∣": "|",
}
# Nor these, which are there to look like something: letters white on black and of flags, small capitals, dice.
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
for _first in (0x1F150, 0x1F170, 0x1F1E6):
    _LETTERS |= {chr(_first + place): letter for place, letter in enumerate(_ALPHABET)}
_LETTERS |= dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
_LETTERS |= {chr(0x267F + value): str(value) for value in range(1, 7)}
_LETTERS |= {digit: str(value % 10) for value, digit in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")}
_LETTERS |= dict.fromkeys("○◯◎⭕∅⊙☉", "o")
_LETTERS |= dict.fromkeys("│┃❘׀", "|")
_LETTERS |= dict.fromkeys("\u115f\u1160\u3164\uffa0", "")  # letters of no width
# Only used inside a word that mixes scripts: a word wholly in Cyrillic or Greek is simply that language.
_LOOK_ALIKES = str.maketrans("аеорсухікмтвнзјѕԁԛԝгαοερνικυτηχ", "aeopcyxikmtbh3jsdqwraoepvikutnx")
_CAPITAL_LOOK_ALIKES = str.maketrans("αβεζηικμνορτυχ", "abezhikmnoptyx")
_MOST = 4  # signs that one may stand for; what is a phrase in one sign disguises nothing, and makes a text endless
_PLAIN_OR_NOT = re.compile(r"(?P<plain>[\n\t -_a-~]+)|[^\n\t -_a-~]+")
_MIXED = re.compile(r"[^\W_]+")
_LATIN_OR_DIGIT = re.compile(r"[a-z0-9]")
_OTHER_ALPHABET = re.compile("[\u0370-\u03ff\u0400-\u052f]")


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """The folded form of one character: usually one character, sometimes none or a few."""
    if char in _LETTERS:
        return _LETTERS[char]
    if char in "\n\t ":
        return char
    category = unicodedata.category(char)
    if category in {"Cf", "Cc", "Mn", "Me", "Cs", "Co", "Cn"}:
        return "\n" if char in "\r\x0b\x0c\x85" else ""
    if category == "Pd":
        return "-"
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in {"Nl", "No"} and (number := _number(char)):
        return number
    # Lower before, for what has marks of its own, and after: what a bold letter is made of is a capital.
    folded = "".join(
        _LETTERS.get(part, part)
        for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char.lower()).lower())
        if unicodedata.category(part) not in {"Mn", "Me", "Cf"}
    )
    if len(folded) > _MOST:
        return char
    return "".join(" " if part.isspace() else part for part in folded)


def _number(char: str) -> str:
    """The digits of a number in one sign that means its digits: 'Ⅵ', '❿'; empty for '½', and for 'Ⅿ', a letter."""
    value = unicodedata.numeric(char, -1)
    return str(int(value)) if value == int(value) and 0 <= value <= 20 else ""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with its way back: `origin[i]` is the index in `original` that gave `text[i]`."""

    original: str
    text: str
    origin: tuple[int, ...]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets of a non-empty folded range; hidden characters behind the last letter go along."""
        first = self.origin[start]
        last = self.origin[end - 1] + 1
        while last < len(self.original) and fold_char(self.original[last]) == "":
            last += 1
        return first, last

    def is_upper(self, index: int) -> bool:
        """Whether the original character behind a folded one is a capital."""
        return self.original[self.origin[index]].isupper()


def fold(text: str) -> Folded:
    """Fold a text of any length; never fails on any string, lone surrogates included."""
    parts: list[str] = []
    origin: list[int] = []
    for match in _PLAIN_OR_NOT.finditer(text):
        start, end = match.span()
        if match.lastgroup == "plain":  # most of any Dutch text, at once
            parts.append(match.group().lower())
            origin.extend(range(start, end))
            continue
        for index in range(start, end):
            part = fold_char(text[index])
            parts.append(part)
            origin.extend([index] * len(part))
    folded = Folded(text, "".join(parts), tuple(origin))
    return _unmix(folded) if _OTHER_ALPHABET.search(folded.text) else folded


def _unmix(folded: Folded) -> Folded:
    """Replace look-alike letters by Latin ones in words that mix alphabets; lengths and offsets stay the same."""

    def one_word(match: re.Match[str]) -> str:
        word = match.group()
        if word in {"о", "ο"}:  # a nought in disguise, or a word of one letter: then it does no harm
            return "o"
        if not (_LATIN_OR_DIGIT.search(word) and _OTHER_ALPHABET.search(word)):
            return word
        return "".join(
            char.translate(_CAPITAL_LOOK_ALIKES if folded.is_upper(index) else _LOOK_ALIKES).translate(_LOOK_ALIKES)
            for index, char in enumerate(word, match.start())
        )

    return Folded(folded.original, _MIXED.sub(one_word, folded.text), folded.origin)

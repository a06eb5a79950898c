"""Letters and signs that stand for a digit to the eye: 'E' for 3, 'g' for 6 or 9, 'ч' for 4, '!' for 1.

Nearly every word is made of such letters, so this reading says nothing by itself: who asks for it accepts only a row
that is as a whole a phone number or passes a test, and looks at how many of its digits were told as digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, product

from core.digits import Chain, Piece, all_chains, loosened, spoken_digits

# Folded letters and signs of any alphabet with the digit they look like; a second one where people use both.
MEANINGS = {
    **dict.fromkeys("oоοdдσθөօⵔዐഠ", "0"), **dict.fromkeys("il|!¡ιіӏⵏꓲ", "1"), **dict.fromkeys("zƨƻᒿ", "2"),
    **dict.fromkeys("eеєэзεʒɛɜӡვȝ", "3"), **dict.fromkeys("aачαλ@", "4"), **dict.fromkeys("sѕ$§ƽ", "5"),
    **dict.fromkeys("бьъɓϭ", "6"), **dict.fromkeys("tтτ", "7"), **dict.fromkeys("&βвȣ", "8"),
    "b": "86", "g": "69", "q": "90",
}  # fmt: skip
_FIRST = str.maketrans({sign: digits[0] for sign, digits in MEANINGS.items()})
_SIGNS = "|!¡@$§&"
_LETTERS = "".join(sign for sign in MEANINGS if sign not in _SIGNS)
_TOKEN = re.compile(rf"(?<![^\W_])[\d{_LETTERS}{re.escape(_SIGNS)}]{{1,20}}(?![^\W_])")
_LETTERS_ONLY = re.compile(r"[^\W\d_]{3,}")
_SIGN_BEHIND = re.compile(rf"[\d{_LETTERS}][{re.escape(_SIGNS)}]+(?![^\W_])")
# A number in words with digits in it: 'dr1e', 'nu1'.
_WORD = re.compile(r"(?<![^\W_])(?=[a-z]{0,9}\d)(?=\d{0,9}[a-z])[a-z\d]{2,10}(?![^\W_])")
_BACK = (str.maketrans("0134578", "oieastb"), str.maketrans("0134578", "oleastb"))
# What somebody glued to a number, so that it looks like the name of an account: 'lisa' in 'lisa12345б782'.
_BEHIND_A_NAME = re.compile(rf"(?<![^\W_])[^\W\d_]{{3,20}}(?=\d[\d{_LETTERS}]{{7,9}}(?![^\W_]))")
# What people write between numbers and is made of nothing but such letters.
_PLAIN_WORDS = frozenset((
    "ad", "al", "all", "alle", "als", "as", "at", "baas", "bad", "bal", "bed", "bel", "best", "big", "blad", "boos",
    "boot", "bos", "dag", "das", "dat", "data", "date", "de", "deed", "deel", "des", "deze", "die", "dit", "do",
    "dode", "doe", "doel", "doet", "dood", "doos", "eet", "el", "et", "ga", "gaat", "gas", "gast", "gat", "geel",
    "geld", "gele", "ggz", "glas", "go", "god", "goed", "gooi", "idee", "ie", "iets", "is", "la", "laag", "laat",
    "lag", "lage", "las", "last", "late", "lee", "leeg", "lees", "leg", "legt", "les", "let", "lid", "lied", "liet",
    "ligt", "logo", "lol", "los", "lot", "olie", "oog", "ooit", "oost", "ots", "saai", "se", "set", "site", "slag",
    "slot", "so", "sta", "stad", "stel", "stil", "taal", "tas", "tbs", "te", "tel", "telt", "test", "to", "toe",
    "tot", "zaal", "zag", "zal", "zat", "ze", "zee", "zeg", "zegt", "zei", "zet", "zie", "ziel", "ziet", "zit", "zo",
))  # fmt: skip
_REACH = 100  # characters in which the rest of a number stands
_FEWEST = 6  # digits without which there is no number, even with some of them told as 'double four'
_PART, _PART_BEFORE = re.compile(r"\D_\Z"), re.compile(r"_(?!\d)")  # of a word in pieces: 'mijn_boos_oog'
_GLUED_TO, _GLUED_ON = re.compile(r"\w[-./]\Z"), re.compile(r"[-./]\w")
_NEAR = 10  # characters in which a digit stands beside letters that are to be digits as a whole
BSN_WORD = re.compile(r"\b(?:bsn|b\W?\s?s\W?\s?n\b|burger\s?service|sofi)")


def disguised_chains(text: str) -> list[Chain]:
    """The chains of a folded text, through small words and sentences as well, once its look-alikes are read as digits.

    Only those in which something was read so; the pieces in which it was are not sure.
    """
    found: dict[Chain, None] = {}
    for base, reading in _readings(text):
        for begin, end in _around_changes(base, reading):
            for chain in dict.fromkeys(chain for kind in all_chains(reading[begin:end]) for chain in kind):
                marked = tuple(_marked(piece, begin, base, reading) for piece in chain)
                if not all(piece.sure for piece in marked):
                    found[marked] = None
    return list(found)


def in_digits(text: str) -> list[str]:
    """A folded text with digits for what looks like them, every offset as it was; empty when nothing does."""
    return [reading for _, reading in _readings(text)]


def _readings(text: str) -> list[tuple[str, str]]:
    """In every way in which it can be meant: a sign behind a number as punctuation or as a digit, '53s' as a number in
    words ('ses') or as three digits, with and without what was put between digits."""
    bases = list(dict.fromkeys((text, loosened(text), _BEHIND_A_NAME.sub(_hidden, text))))
    found = {
        _read(spelled, at_the_end=at_the_end): base
        for base in bases
        for spelled in (base, _WORD.sub(_word, base))
        for at_the_end in ((True, False) if _SIGN_BEHIND.search(base) else (False,))
    }
    return [(base, reading) for reading, base in found.items() if reading != base]


def _read(text: str, *, at_the_end: bool) -> str:
    named = [match.end() for match in BSN_WORD.finditer(text)]

    def one(match: re.Match[str]) -> str:
        told = match.group()
        kept = told if at_the_end else told.rstrip(_SIGNS)
        if kept.isdigit():
            return told
        start = match.start()
        called = any(0 <= start - end < 40 for end in named)
        if not any(map(str.isdigit, kept)) and not _may_be_whole(text, start, kept, called=called):
            return told
        return kept.translate(_FIRST) + told[len(kept) :]

    return _TOKEN.sub(one, text)


def _hidden(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _word(match: re.Match[str]) -> str:
    told = match.group()
    return next((word for back in _BACK if spoken_digits(word := told.translate(back))), told)


def _may_be_whole(text: str, start: int, token: str, *, called: bool) -> bool:
    """Whether letters without a digit among them may be digits: no word, and beside digits or what is called a BSN."""
    end = start + len(token)
    digits_before = any(map(str.isdigit, text[max(0, start - _NEAR) : start]))
    if called:
        return digits_before or token not in _PLAIN_WORDS
    if len(token) > 4 or not (digits_before or any(map(str.isdigit, text[end : end + _NEAR]))):
        return False
    if _PART.search(text, max(0, start - 2), start) or _PART_BEFORE.match(text, end) or spoken_digits(token):
        return False
    glued = _GLUED_TO.search(text, max(0, start - 2), start) or _GLUED_ON.match(text, end)
    return token not in _PLAIN_WORDS or glued is not None


def _around_changes(base: str, reading: str) -> list[tuple[int, int]]:
    """The stretches of whole words around what was read as a digit, where there are enough of them for a number."""
    stretches: list[tuple[int, int]] = []
    for at in (at for at, sign in enumerate(reading) if sign != base[at]):
        if stretches and at < stretches[-1][1] - _REACH:
            continue
        begin = base.rfind(" ", 0, max(0, at - _REACH)) + 1
        end = base.find(" ", at + 2 * _REACH)
        end = len(base) if end < 0 else end
        if stretches and begin < stretches[-1][1]:
            begin = stretches.pop()[0]
        stretches.append((begin, end))
    return [(begin, end) for begin, end in stretches if _holds_a_number(reading[begin:end])]


def _holds_a_number(stretch: str) -> bool:
    digits = sum(map(str.isdigit, stretch))
    return (
        digits >= _FEWEST
        or digits + sum(len(spoken_digits(word)) for word in _LETTERS_ONLY.findall(stretch)) >= _FEWEST
    )


def _marked(piece: Piece, begin: int, base: str, reading: str) -> Piece:
    start, end = begin + piece.start, begin + piece.end
    return Piece(start, end, piece.value, sure=base[start:end] == reading[start:end])


def told_as_digits(text: str, row: Iterable[Piece]) -> int:
    """How many digits of a row stand in the text as digits, or in words."""
    return sum(
        sum(map(str.isdigit, text[piece.start : piece.end])) if _sign_by_sign(piece) else len(piece.value)
        for piece in row
    )


def _sign_by_sign(piece: Piece) -> bool:
    """Whether digits were read for signs, one for one; a number in words is shorter than its words."""
    return not piece.sure and piece.end - piece.start == len(piece.value)


def values(text: str, row: Iterable[Piece], length: int) -> Iterator[str]:
    """Every number that a row may be, where a letter looks like two digits, with noughts before it to this length."""
    options = [
        MEANINGS.get(sign, digit)
        for piece in row
        for sign, digit in zip(
            text[piece.start : piece.end] if _sign_by_sign(piece) else piece.value, piece.value, strict=True
        )
    ]
    return ("".join(one).zfill(length) for one in islice(product(*options), 64))

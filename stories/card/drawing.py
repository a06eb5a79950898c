"""A picture of five words and their QR code, as a PNG file.

Drawn by hand, because it is all we ever draw: 26 letters (letters.png, cut once from the type of the site in bold), a
dot before each word, and squares. No program that reads pictures runs here, so none can be fed one.
"""

import struct
import zlib
from functools import cache
from pathlib import Path

from core.qr import QUIET, squares

WIDTH, MARGIN = 640, 72
_LINE, _DOT, _INDENT = 86, 13, 44
_SQUARE = 12
_PAPER, _INK, _THREAD = (0xFB, 0xF6, 0xEC), (0x1F, 0x17, 0x2B), (0xD6, 0x3A, 0x2B)
# The letters of letters.png from left to right, and how wide each is.
_WIDE = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (33, 36, 31, 36, 34, 22, 36, 34, 18, 16, 33, 19, 53, 34, 35, 36, 36, 23, 30, 23, 34, 32, 44, 32, 31, 30),
        strict=True,
    )
)
_MOST = 15  # the darkest of the 16 tones that a letter has
Canvas = list[bytearray]  # rows of places in the palette: 0 paper to 15 ink, and from 16 on paper to thread


def picture(words: list[str]) -> bytes:
    """A PNG of these words (letters a to z only), one under the other, with their QR code below."""
    code = squares(" ".join(words))
    side = len(code) * _SQUARE
    height = MARGIN + _LINE * len(words) + side + MARGIN // 2
    canvas = [bytearray(WIDTH) for _ in range(height)]
    for number, word in enumerate(words):
        top = MARGIN + _LINE * number
        _dot(canvas, MARGIN + _DOT, top + 32)
        _word(canvas, word, MARGIN + _INDENT, top)
    left, top = MARGIN - QUIET * _SQUARE, height - side - MARGIN // 4
    for y, row in enumerate(code):
        dark = b"".join(bytes([_MOST if square else 0]) * _SQUARE for square in row)
        for line in canvas[top + y * _SQUARE : top + (y + 1) * _SQUARE]:
            line[left : left + side] = dark
    return _png(canvas)


def _word(canvas: Canvas, word: str, x: int, y: int) -> None:
    for letter in word:
        shape = _letters()[letter]
        for line, row in zip(canvas[y : y + len(shape)], shape, strict=True):
            line[x : x + len(row)] = row
        x += _WIDE[letter]


def _dot(canvas: Canvas, x: int, y: int) -> None:
    for dy in range(-_DOT, _DOT + 1):
        for dx in range(-_DOT, _DOT + 1):
            inside = _DOT - (dx * dx + dy * dy) ** 0.5
            tone = round(_MOST * min(1, max(0, inside)))
            canvas[y + dy][x + dx] = tone + 16 if tone else 0


@cache
def _letters() -> dict[str, list[bytes]]:
    """The rows of tones of each letter, from our own file: 4 bits a place, no filter, one piece of data."""
    file = (Path(__file__).parent / "letters.png").read_bytes()
    width, height = struct.unpack(">II", file[16:24])
    (length,) = struct.unpack(">I", file[33:37])
    packed, step = zlib.decompress(file[41 : 41 + length]), (width + 1) // 2 + 1
    rows = [
        bytes(tone for pair in packed[at + 1 : at + step] for tone in (pair >> 4, pair & 15))
        for at in range(0, height * step, step)
    ]
    found, x = {}, 0
    for letter, wide in _WIDE.items():
        found[letter] = [row[x : x + wide] for row in rows]
        x += wide
    return found


def _png(canvas: Canvas) -> bytes:
    """Eight bits a place with a palette, no filter; nothing in it but the picture: no time, no maker, no words."""
    head = struct.pack(">IIBBBBB", len(canvas[0]), len(canvas), 8, 3, 0, 0, 0)
    tones = [*_between(_PAPER, _INK), *_between(_PAPER, _THREAD)]
    rows = b"".join(b"\0" + bytes(row) for row in canvas)
    palette = bytes(value for tone in tones for value in tone)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, data) for kind, data in (*parts, (b"IEND", b"")))


def _between(start: tuple[int, ...], end: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [tuple(round(a + (b - a) * n / _MOST) for a, b in zip(start, end, strict=True)) for n in range(_MOST + 1)]


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

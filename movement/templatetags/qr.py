"""A QR code drawn by the template itself: no image from elsewhere, no inline data, no marked-safe markup."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import qrcode
from django import template

register = template.Library()

_BORDER = 4  # the quiet zone that the standard (ISO/IEC 18004) asks for, in modules


@dataclass(frozen=True)
class Square:
    """`path` is an SVG path in a square of `side` units; `secret` the key that it holds, in groups of four."""

    side: int
    path: str
    secret: list[str]
    url: str


@register.simple_tag
def qr(url: str) -> Square:
    """Draw an otpauth URL (from allauth) as a QR code."""
    code = qrcode.QRCode(border=_BORDER)
    code.add_data(url)
    rows: list[list[bool]] = code.get_matrix()
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    secret = parse_qs(urlsplit(url).query).get("secret", [""])[0]
    return Square(len(rows), path, [secret[i : i + 4] for i in range(0, len(secret), 4)], url)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many lie side by side."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs

"""A QR code drawn by the template itself: no image from elsewhere, no inline data, no marked-safe markup."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django import template

from core.qr import path, squares

register = template.Library()


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
    rows = squares(url)
    secret = parse_qs(urlsplit(url).query).get("secret", [""])[0]
    return Square(len(rows), path(rows), [secret[i : i + 4] for i in range(0, len(secret), 4)], url)

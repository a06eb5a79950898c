"""`{% load tilemap %}{% tilemap tiles %}`: the youth regions as equal tiles, so that a small one has the same voice."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from portal.activity import Tile

register = template.Library()

# Half a tile's width and height, and the distance between rows; the corners of a tile with a little air around it.
HALF, TALL, ROW = 26.0, 30.0, 45.0
AIR = 2.2
NAME = 30.0  # room above the map for the name of the tile that has the focus
SPARKS = ((0, 0), (9, -12), (-11, -7), (3, 14))  # where they fly up, in the order in which they are lit
CORNERS = ((0, -TALL), (HALF, -TALL / 2), (HALF, TALL / 2), (0, TALL), (-HALF, TALL / 2), (-HALF, -TALL / 2))


class Placed(NamedTuple):
    tile: Tile
    x: float
    y: float
    points: str
    url: str
    sparks: str  # one for each level, so that it is never the colour alone that tells


@register.simple_tag
def tilemap(tiles: Sequence[Tile], *, ident: str = "map") -> str:
    """Draw the map. `ident` keeps the ids apart when a page has two."""
    return _drawn(tuple(tiles), ident, get_language())


@register.inclusion_tag("parts/glow_scale.html")
def glow_scale() -> dict[str, Any]:
    """What the colours and the sparks mean."""
    return {"points": _corners(0, 0), "levels": [(level, _sparks(level, 0, 0)) for level in range(len(SPARKS) + 1)]}


@lru_cache(maxsize=16)
def _drawn(tiles: tuple[Tile, ...], ident: str, language: str | None) -> str:
    """The drawing changes only when a tile does; `language` is part of the key because the texts are."""
    placed = [_placed(tile, reverse("monitor:home")) for tile in tiles]
    right = max((p.x for p in placed), default=0) + HALF + 2
    bottom = max((p.y for p in placed), default=0) + TALL + 2
    top = min((p.y for p in placed), default=0) - TALL - NAME
    left = min((p.x for p in placed), default=0) - HALF - 2
    box = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"
    return render_to_string(
        "parts/tilemap.html",
        {"placed": placed, "box": box, "ident": ident, "left": f"{left + 2:.0f}", "top": f"{top + 20:.0f}"},
    )


def _placed(tile: Tile, monitor: str) -> Placed:
    """Odd rows lie half a tile to the right; that is the whole grid."""
    x = (tile.column + (tile.row % 2) / 2) * 2 * HALF
    y = tile.row * ROW
    return Placed(tile, x, y, _corners(x, y), f"{monitor}{tile.code}/", _sparks(tile.level, x, y))


def _corners(x: float, y: float) -> str:
    shrink = 1 - AIR / HALF
    return " ".join(f"{x + dx * shrink:.1f},{y + dy * shrink:.1f}" for dx, dy in CORNERS)


def _sparks(level: int, x: float, y: float) -> str:
    return "".join(f"M{x + dx:g} {y + dy:g}h0" for dx, dy in SPARKS[:level])

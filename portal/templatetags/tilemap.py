"""`{% load tilemap %}{% tilemap tiles %}`: the youth regions as equal tiles, so that a small one has the same voice."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

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
CORNERS = ((0, -TALL), (HALF, -TALL / 2), (HALF, TALL / 2), (0, TALL), (-HALF, TALL / 2), (-HALF, -TALL / 2))


class Placed(NamedTuple):
    tile: Tile
    x: float
    y: float
    points: str
    url: str


@register.simple_tag
def tilemap(tiles: Sequence[Tile], *, ident: str = "map") -> str:
    """Draw the map. `ident` keeps the ids apart when a page has two."""
    return _drawn(tuple(tiles), ident, get_language())


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
    shrink = 1 - AIR / HALF
    points = " ".join(f"{x + dx * shrink:.1f},{y + dy * shrink:.1f}" for dx, dy in CORNERS)
    return Placed(tile, x, y, points, f"{monitor}{tile.code}/")

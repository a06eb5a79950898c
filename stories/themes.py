"""Themes in a few groups: nobody walks past all of them on a phone to find hers."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row")

_GROUPS: tuple[tuple[Promise, frozenset[str]], ...] = (
    (_("How people treat you"), frozenset({
        "gehoord-worden", "regie", "vertrouwen", "vaste-persoon", "begrijpelijke-taal",
    })),
    (_("Home and family"), frozenset({"contact-met-ouders", "broers-en-zussen", "gezin-centraal", "respijtzorg"})),
    (_("Where you live"), frozenset({
        "pleegzorg", "leefklimaat", "doorplaatsen", "gesloten-plaatsing", "18-min-18-plus",
    })),
    (_("Help and school"), frozenset({
        "schoolloopbaan", "wachttijd", "wijkteam", "samenwerking", "jeugdbescherming", "jeugd-ggz",
        "ervaringsdeskundigheid", "vakmanschap", "regeldruk",
    })),
    (_("Something heavy"), frozenset({"afzondering", "geweld", "misbruik", "zelfbeschadiging", "suicidaliteit"})),
)  # fmt: skip
_OTHER = _("Something else")  # what a house has of its own


def grouped(rows: Iterable[Row], slug: Callable[[Row], str]) -> list[tuple[Promise, list[Row]]]:
    """The rows with the name of their group, each group in its own order; without what is empty."""
    left, found = list(rows), []
    for name, slugs in _GROUPS:
        found.append((name, [row for row in left if slug(row) in slugs]))
        left = [row for row in left if slug(row) not in slugs]
    return [(name, of) for name, of in (*found, (_OTHER, left)) if of]

"""Parts of pages that are made of imported figures alone, drawn once and kept until the next import.

Six charts and ninety numbers cost more than a hundred other pages, and change a few times a year. What is kept knows
nothing of a reader and holds no word of a story: stories may be taken back at any moment and are read on every visit.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db.models.expressions import RawSQL
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from monitor.figures import NationalRows, known_in, national_rows, national_series, series_of, side_by_side
from monitor.fromstories import Life
from monitor.models import Indicator
from movement.models import Area

KEPT = 128  # drawings a process holds; about 60 kB each
CHARTS = 6  # on the page of an area; of the others the table has the latest number and the way to their own page


class Figures(NamedTuple):
    """Which figures there are. Imports are confirmed one at a time, so no two states look alike."""

    confirmed: int
    newest: int | None
    indicators: int


# The state of the figures, which comes along with a query for areas that is annotated with this.
FIGURES_NOW = RawSQL(
    "array[(select count(*) from monitor_import where state = 'confirmed'),"
    " (select max(id) from monitor_observation), (select count(*) from monitor_indicator)]",
    (),
)


@lru_cache(maxsize=2)
def indicators(_figures: Figures) -> tuple[Indicator, ...]:
    """Every indicator; their texts come in with a release, so they last as long as the process."""
    return tuple(Indicator.objects.all())


def numbers(areas: Sequence[Area], figures: Figures) -> SafeString:
    """Draw the figures of the first of these areas beside those of the others."""
    return _numbers(tuple(areas), figures, get_language())


@lru_cache(maxsize=KEPT)
def _numbers(areas: tuple[Area, ...], figures: Figures, _language: str | None) -> SafeString:
    imported = [indicator for indicator in indicators(figures) if not indicator.comes_from_stories]
    found = series_of(imported, areas)
    rows = side_by_side(imported, areas, found)
    charts = [row for row in rows if row.series and row.series.is_chart][:CHARTS]
    national = next((one for (_, where), one in found.items() if where == "NL" and one.is_chart), None)
    words = {"area": areas[0], "known": known_in(rows), "rows": rows, "charts": charts, "national": national}
    return render_to_string("monitor/parts/numbers.html", words)


def life(area: Area, told: Area, said: Life, figures: Figures) -> SafeString:
    """Draw what stories and teams of `told` say, on the page of `area`.

    `said` is read on every visit, so what was taken back is gone at once; only putting the same into words is kept.
    """
    return _life(area, told, said, figures, get_language())


@lru_cache(maxsize=KEPT)
def _life(area: Area, told: Area, said: Life, figures: Figures, _language: str | None) -> SafeString:
    texts = {indicator.slug: indicator for indicator in indicators(figures)}
    words = {"stories": texts.get("gehoord-gezien-gekend"), "themes": texts.get("themas-in-verhalen")}
    return render_to_string("monitor/parts/life.html", {"area": area, "told": told, "life": said, **words})


def country(area: Area, figures: Figures) -> SafeString:
    """Draw every figure of the country, each with its definition."""
    return _country(area, figures, get_language())


@lru_cache(maxsize=2)
def _country(area: Area, figures: Figures, _language: str | None) -> SafeString:
    series = series_of([indicator for indicator in indicators(figures) if not indicator.comes_from_stories], [area])
    return render_to_string("monitor/parts/country.html", {"series": list(series.values())})


def headline(slug: str) -> SafeString:
    """Draw the one national figure of the home page; nothing where there are no figures. One query."""
    return _headline(national_rows(slug), get_language())


@lru_cache(maxsize=2)
def _headline(rows: NationalRows, _language: str | None) -> SafeString:
    return render_to_string("monitor/parts/headline.html", {"series": national_series(rows)})

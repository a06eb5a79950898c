"""Reading imported figures for pages and files: every value comes out of here as it may be shown, and not otherwise.

Plain SQL, because a dashboard reads hundreds of values and shows them once: one query for any number of areas and
indicators, led by the index of `observation_once`.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core import prepared
from monitor.models import Indicator, Observation
from monitor.numbers import dutch, period_name
from monitor.release import release
from movement.models import Area

# A chart of more moments than this is no longer read; the file holds them all.
PERIODS = 16

_SIGNS = {Observation.Status.PROVISIONAL: "*", Observation.Status.REVISED: "**", Observation.Status.FINAL: ""}


@dataclass(frozen=True, slots=True)
class Point:
    """One value as it may be shown. `value` None is hidden, and `text` says how."""

    begin: dt.date
    months: int
    value: Decimal | None
    text: str
    sign: str
    source: str
    table: str

    @property
    def label(self) -> str:
        return period_name(self.begin, self.months)

    @property
    def short(self) -> str:
        return str(self.begin.year) if self.months == 12 else f"{self.begin:%m-%Y}"


@dataclass(slots=True)
class Series:
    """One indicator for one area: the points of its main source, and those of others, kept apart."""

    indicator: Indicator
    area: Area
    points: list[Point] = field(default_factory=list)
    others: list[Point] = field(default_factory=list)

    @property
    def source(self) -> str:
        return self.points[-1].source if self.points else ""

    @property
    def last(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(point.source for point in [*self.points, *self.others]))

    @property
    def rows(self) -> "Iterator[Point]":
        """All points, newest first, the other sources after the main one of the same period."""
        main = {id(point) for point in self.points}
        return iter(
            sorted([*self.points, *self.others], key=lambda p: (-p.begin.toordinal(), p.months, id(p) not in main))
        )

    @property
    def is_chart(self) -> bool:
        return sum(point.value is not None for point in self.points) > 1

    @property
    def sentence(self) -> str:
        """What the chart shows, in words, from what is on show only."""
        known = [point for point in self.points if point.value is not None]
        if not known:
            return _("This source keeps the numbers secret.")
        last = known[-1]
        if len(known) == 1:
            return _("%(value)s %(unit)s in %(when)s.") % {
                "value": last.text, "unit": self.indicator.unit, "when": last.label
            }  # fmt: skip
        words = {"first": known[0].text, "from": known[0].label, "last": last.text, "to": last.label}
        begin, end = known[0].value or Decimal(0), last.value or Decimal(0)
        if begin == end or not begin:
            return _("%(last)s in %(to)s; in %(from)s it was %(first)s.") % words
        part = abs(end - begin) / begin * 100
        if self.indicator.is_percentage:
            # A percentage of a percentage is misread by everybody.
            return _("From %(first)s percent in %(from)s to %(last)s percent in %(to)s.") % words
        words["part"] = dutch(part.quantize(Decimal(1)))
        if end < begin:
            return _("From %(first)s in %(from)s to %(last)s in %(to)s: %(part)s percent less.") % words
        return _("From %(first)s in %(from)s to %(last)s in %(to)s: %(part)s percent more.") % words


_LATEST = """
select indicator.id, area.id, o.period, o.period_months, o.value, o.status, o.table, source.name
from unnest(%(indicators)s::bigint[]) as indicator(id)
cross join unnest(%(areas)s::bigint[]) as area(id)
cross join lateral (
    select * from monitor_observation
    where area_id = area.id and indicator_id = indicator.id
    order by period desc, period_months desc, source_id limit %(most)s
) o
join monitor_source source on source.id = o.source_id
order by indicator.id, area.id, o.period, o.period_months
"""


def series_of(
    indicators: Sequence[Indicator], areas: Sequence[Area], *, periods: int = PERIODS
) -> dict[tuple[str, str], Series]:
    """Return series by (slug, area code) of the latest periods, oldest point first; none where there is no value.

    One query. Two sources with the same period give a point and an `other`; the source with most points is the main.
    """
    by_id, places = {i.pk: i for i in indicators}, {a.pk: a for a in areas}
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, {"indicators": list(by_id), "areas": list(places), "most": periods + periods // 2})
        rows = cursor.fetchall()
    found: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for indicator_id, area_id, begin, months, value, status, table, source in rows:
        national = places[area_id].kind == Area.Kind.COUNTRY
        shown = release(value, rule=by_id[indicator_id].rule, national=national)
        point = Point(begin, months, shown.value, shown.text, _SIGNS[Observation.Status(status)], source, table)
        found[indicator_id, area_id].append(point)
    return {(by_id[i].slug, places[a].code): _apart(by_id[i], places[a], points) for (i, a), points in found.items()}


_NATIONAL = """
select o.period, o.period_months, o.value, o.status, o.table, source.name, to_jsonb(indicator)::text,
    jsonb_build_object('code', area.code, 'name', area.name, 'kind', area.kind)::text
from monitor_observation o
join monitor_indicator indicator on indicator.id = o.indicator_id
join movement_area area on area.id = o.area_id
join monitor_source source on source.id = o.source_id
where indicator.slug = %(slug)s and area.kind = 'country'
order by o.period desc, o.period_months desc, o.source_id limit %(most)s
"""
NationalRows = tuple[tuple[Any, ...], ...]


def national_rows(slug: str) -> NationalRows:
    """Return the latest periods of one indicator for the country as they stand in the database. One query.

    They can be compared, so that what was drawn from them is drawn again only when one of them changes.
    """
    return tuple(prepared.fetch(_NATIONAL, {"slug": slug, "most": PERIODS + PERIODS // 2}))


def national_series(rows: NationalRows) -> Series | None:
    """Make a series of what national_rows returned; nothing of nothing."""
    if not rows:
        return None
    indicator, area = Indicator(**json.loads(rows[0][-2])), Area(**json.loads(rows[0][-1]))
    points = []
    for begin, months, value, status, table, source, *_same in reversed(rows):
        shown = release(value, rule=indicator.rule, national=True)
        points.append(Point(begin, months, shown.value, shown.text, _SIGNS[Observation.Status(status)], source, table))
    return _apart(indicator, area, points)


def _apart(indicator: Indicator, area: Area, points: Sequence[Point]) -> Series:
    """Put the longest source in front; its longest kind of period makes the line, the rest stands beside it."""
    most = Counter((point.source, point.months) for point in points)
    (source, months), _count = max(most.items(), key=lambda item: (item[1], item[0][1], item[0][0]))
    series = Series(indicator, area)
    for point in points:
        (series.points if (point.source, point.months) == (source, months) else series.others).append(point)
    return series


@dataclass(frozen=True, slots=True)
class Beside:
    """One indicator for an area beside its youth region and the country: no ranking, three columns."""

    indicator: Indicator
    series: Series | None
    columns: list[tuple[Area, Point | None]]


def side_by_side(
    indicators: Sequence[Indicator], areas: Sequence[Area], found: Mapping[tuple[str, str], Series]
) -> list[Beside]:
    """Return the figures that at least one of the areas has, the own area first."""
    answer = []
    for indicator in indicators:
        here = [found.get((indicator.slug, area.code)) for area in areas]
        if any(here):
            columns = [(area, series.last if series else None) for area, series in zip(areas, here, strict=True)]
            answer.append(Beside(indicator, here[0], columns))
    return answer


def known_in(rows: Sequence[Beside]) -> list[Area]:
    """Return the areas that have a number in one of the rows; the others need no empty column."""
    first = rows[0].columns if rows else []
    return [area for place, (area, _point) in enumerate(first) if any(row.columns[place][1] for row in rows)]

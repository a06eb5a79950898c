"""Understanding a table: from cells to rows that can be compared, and a problem for each cell that does not fit."""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from core.text import tidy
from monitor.importing.reading import Cell, Table
from monitor.importing.values import Refused, area_code, number, period, status
from monitor.models import Indicator
from movement.models import Area

# A person reads the first ones and understands; ten thousand help nobody.
MAX_PROBLEMS = 200
# As the columns of Source and Observation hold.
SOURCE_MOST, TABLE_MOST = 200, 20

COLUMNS = {
    "series": ("series", "indicator", "reeks", "cijfer"),
    "period": ("year", "period", "jaar", "periode", "perioden"),
    "value": ("value", "waarde", "aantal"),
    "source": ("source", "bron"),
    "area": ("area", "area_code", "gebied", "gebiedscode", "regio", "regiocode", "regios"),
    "status": ("status",),
    "table": ("table", "tabel", "tabelnummer"),
}
# What has to be there, by the name that the page above the file gives it.
REQUIRED = {"series": "reeks", "period": "periode", "value": "waarde", "source": "bron"}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Problem:
    """Row as a spreadsheet numbers it (0: the file as a whole), the name of the column, and what to do."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One observation as read: plain values, fit for JSON. `value` None is secret; `period` is the first day."""

    row: int
    series: str
    area: str
    period: str
    months: int
    source: str
    value: str | None
    status: str
    table: str

    @property
    def key(self) -> tuple[str, str, str, int, str]:
        return self.area, self.series, self.period, self.months, self.source

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def understand(table: Table, *, only_areas: Collection[str] | None = None) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a table and what is wrong with it; with one problem, nothing of the file may be used.

    `only_areas` are the codes that this person may bring figures of; None means all. Two queries.
    """
    places, problems = _columns(table.header)
    if problems:
        return [], problems
    reader = _Reader(places, table.header, only_areas)
    rows = [row for line, cells in table.rows if (row := reader.row(line, cells))]
    return rows, reader.problems[:MAX_PROBLEMS]


def _columns(header: list[str]) -> tuple[dict[str, int], list[Problem]]:
    places: dict[str, int] = {}
    problems = []
    for place, title in enumerate(header):
        plain = title.strip().lower().replace(" ", "_")
        name = next((name for name, titles in COLUMNS.items() if plain in titles), None)
        if name in places:
            problems.append(Problem(1, title, _("This column is in the file twice. Remove one of the two.")))
        elif name:
            places[name] = place
    missing = _("This column is missing in the header. Needed are: series, period (or year), value, source.")
    problems += [Problem(1, title, missing) for name, title in REQUIRED.items() if name not in places]
    return places, problems


class _Reader:
    """Reads rows one by one; knows the areas and indicators, and which rows went before."""

    def __init__(self, places: dict[str, int], header: list[str], only_areas: Collection[str] | None) -> None:
        self.places, self.header, self.only_areas = places, header, only_areas
        self.problems: list[Problem] = []
        self.indicators = {indicator.slug: indicator for indicator in Indicator.objects.all()}
        self.areas = set(Area.objects.values_list("code", flat=True))
        self.seen: dict[tuple, int] = {}

    def row(self, line: int, cells: list[Cell]) -> Row | None:
        if any(str(cell).strip() for cell in cells[len(self.header) :]):
            self._problem(
                line,
                "",
                _("This row has %(found)s cells and the header %(wanted)s. Look for a comma or semicolon too many.")
                % {"found": len(cells), "wanted": len(self.header)},
            )
            return None
        before = len(self.problems)
        indicator = self._try(line, "series", cells, self._indicator)
        area = self._try(line, "area", cells, self._area)
        when = self._try(line, "period", cells, period)
        source = self._try(line, "source", cells, _source)
        state = self._try(line, "status", cells, status)
        table = self._try(line, "table", cells, _table)
        if indicator is None:
            return None
        value = self._try(line, "value", cells, lambda cell: number(cell, indicator))
        if len(self.problems) > before or area is None or when is None:
            return None
        row = Row(
            row=line,
            series=indicator.slug,
            area=area,
            period=when[0].isoformat(),
            months=when[1],
            source=source or "",
            value=None if value is None else str(value),
            status=state or "",
            table=table or "",
        )
        return self._once(row)

    def _try(self, line: int, column: str, cells: list[Cell], parse: Callable[[Cell], Value]) -> Value | None:
        place = self.places.get(column)
        try:
            return parse(cells[place] if place is not None and place < len(cells) else "")
        except Refused as refused:
            self._problem(line, self.header[place] if place is not None else column, str(refused))
            return None

    def _problem(self, line: int, column: str, sentence: str) -> None:
        self.problems.append(Problem(line, column, sentence))

    def _once(self, row: Row) -> Row | None:
        if first := self.seen.get(row.key):
            self._problem(
                row.row,
                "",
                _("This figure is also in row %(row)s. Keep one of the two, or give each its own source.")
                % {"row": first},
            )
            return None
        self.seen[row.key] = row.row
        return row

    def _indicator(self, cell: Cell) -> Indicator:
        indicator = self.indicators.get(str(cell).strip())
        if indicator is None:
            raise Refused(_("This series is not known. Look at the page of figures for the names that we use."))
        if indicator.comes_from_stories:
            raise Refused(_("This figure is made from stories and cannot be imported."))
        return indicator

    def _area(self, cell: Cell) -> str:
        code = area_code(cell)
        if code not in self.areas:
            raise Refused(_("This area is not known. Use a code such as GM0200, JZ17, PV25 or NL."))
        if self.only_areas is not None and code not in self.only_areas:
            raise Refused(_("You were not appointed for this area, so you cannot bring its figures."))
        return code


def _source(cell: Cell) -> str:
    name = " ".join(tidy(str(cell)).split())
    if not name:
        raise Refused(_("There is no source here. A number without a source is not shown."))
    if len(name) > SOURCE_MOST:
        raise Refused(_("This source is longer than 200 characters. Write it shorter."))
    return name


def _table(cell: Cell) -> str:
    name = tidy(str(cell))
    if len(name) > TABLE_MOST:
        raise Refused(_("This table number is longer than 20 characters. Write it shorter."))
    return name

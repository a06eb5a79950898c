"""The rows of a preview as people write them: names of figures and areas, Dutch numbers, periods by their name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from monitor.importing.comparing import period_of, row_of
from monitor.models import Indicator
from monitor.numbers import dutch, period_name
from movement.models import Area


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`was` is empty for a new row; a number that the source kept secret is a point."""

    figure: str
    area: str
    period: str
    was: str
    becomes: str
    source: str
    doubt: str = ""


def shown(compared: Sequence[dict[str, Any]], doubts: Mapping[int, str]) -> list[ShownRow]:
    """Put rows of `compare` into words, with what is strange by the number of the row. Two queries."""
    figures = dict(Indicator.objects.values_list("slug", "name"))
    codes = {row["area"] for row in compared}
    areas = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        ShownRow(
            str(figures.get(row["series"], row["series"])),
            str(areas.get(row["area"], row["area"])),
            period_name(period_of(row_of(row)), row["months"]),
            _number(row["was"][0]) if row["was"] else "",
            _number(row["value"]),
            row["source"],
            doubts.get(row["row"], ""),
        )
        for row in compared
    ]


def _number(stored: str | None) -> str:
    return "." if stored is None else dutch(Decimal(stored))

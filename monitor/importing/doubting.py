"""What can hardly be true: a figure beside those that should be near it. It is for a person to say whether it is."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from monitor.models import Indicator, Observation
from monitor.numbers import dutch

COUNTRY = "NL"
LENGTHS = (1, 3, 6, 12)  # of a period, in months
TIMES = 10  # as much as the period before, or as little
FEW = 10  # of a count under this, one more or less is many times as much


class _Line(NamedTuple):
    """Figures that follow each other in time. `months` is the length of each period."""

    area: str
    series: str
    source: str
    months: int


def doubts(rows: Sequence[dict[str, Any]]) -> dict[int, str]:
    """Return for rows of `compare` that look strange what is strange, by the number of the row. Two queries."""
    counts = set(Indicator.objects.filter(whole=True).values_list("slug", flat=True))
    lines = _lines(rows)
    ordered = {line: sorted(values) for line, values in lines.items()}
    country = _of_the_country(lines)
    found = {}
    for row in rows:
        if row["value"] is None or row["effect"] == "same":
            continue
        line, value, whole = _line(row), Decimal(row["value"]), row["series"] in counts
        said = []
        if whole and row["area"] != COUNTRY:
            most = country.get((row["series"], row["months"]))
            if most is not None and value > most:
                said.append(_("More than the newest figure of the whole country (%(n)s).") % {"n": dutch(most)})
        periods = ordered[line]
        if place := bisect_left(periods, row["period"]):
            said += _far_from(value, lines[line][periods[place - 1]], whole=whole)
        if said:
            found[row["row"]] = " ".join([*said, _("Is this right?")])
    return found


def _far_from(value: Decimal, before: Decimal, *, whole: bool) -> list[str]:
    if whole and max(value, before) < FEW:
        return []
    if value > TIMES * before:
        return [_("More than ten times as much as the period before (%(n)s).") % {"n": dutch(before)}]
    if value * TIMES < before:
        return [_("Less than a tenth of the period before (%(n)s).") % {"n": dutch(before)}]
    return []


def _line(row: dict[str, Any]) -> _Line:
    return _Line(row["area"], row["series"], row["source"], row["months"])


def _lines(rows: Sequence[dict[str, Any]]) -> dict[_Line, dict[str, Decimal]]:
    """The figures that are known, and over them those that the file brings: for each line by period."""
    lines: dict[_Line, dict[str, Decimal]] = defaultdict(dict)
    for area, series, source, months, period, value in Observation.objects.filter(
        area__code__in={COUNTRY, *(row["area"] for row in rows)},
        indicator__slug__in={row["series"] for row in rows},
    ).values_list("area__code", "indicator__slug", "source__name", "period_months", "period", "value"):
        if value is not None:  # hidden by the source
            lines[_Line(area, series, source, months)][period.isoformat()] = value
    for row in rows:
        if row["value"] is None:
            lines[_line(row)].pop(row["period"], None)
        else:
            lines[_line(row)][row["period"]] = Decimal(row["value"])
    return lines


def _of_the_country(lines: dict[_Line, dict[str, Decimal]]) -> dict[tuple[str, int], Decimal]:
    """The newest figure of the whole country for each series and length of period, of such a period or a longer one; of
    sources that differ the highest."""
    newest: dict[tuple[str, int], tuple[str, Decimal]] = {}
    for line, values in lines.items():
        if line.area == COUNTRY and values:
            for months in (length for length in LENGTHS if length <= line.months):
                key = line.series, months
                newest[key] = max(newest.get(key, ("", Decimal(0))), *values.items())
    return {key: value for key, (_period, value) in newest.items()}

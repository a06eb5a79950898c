"""What a file would change: each row beside what is there now."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from monitor.importing.rows import Row
from monitor.models import Observation

NEW, CHANGED, SAME = "new", "changed", "same"


def compare(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows as JSON with `effect` (new, changed or same) and `was`, the value, status and table of now.

    One query. Equal data give an equal answer, so that a preview can be held against the moment of confirming.
    """
    known = {
        (area, series, period.isoformat(), months, source): [None if value is None else str(value), status, table]
        for area, series, period, months, source, value, status, table in Observation.objects.filter(
            area__code__in={row.area for row in rows},
            indicator__slug__in={row.series for row in rows},
            source__name__in={row.source for row in rows},
        ).values_list(
            "area__code", "indicator__slug", "period", "period_months", "source__name", "value", "status", "table"
        )
    }
    compared = []
    for row in rows:
        was = known.get(row.key)
        now = [row.value, row.status, row.table]
        effect = NEW if was is None else SAME if _equal(was, now) else CHANGED
        compared.append(row.as_json() | {"effect": effect, "was": was})
    return compared


def tally(compared: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Count the effects, as the fields of an Import name them."""
    counted = Counter(row["effect"] for row in compared)
    return {"added": counted[NEW], "changed": counted[CHANGED], "same": counted[SAME]}


def row_of(stored: dict[str, Any]) -> Row:
    """The row that `compare` made JSON of."""
    return Row(**{name: stored[name] for name in Row.__dataclass_fields__})


def period_of(row: Row) -> dt.date:
    return dt.date.fromisoformat(row.period)


def _equal(was: list[str | None], now: list[str | None]) -> bool:
    if was[1:] != now[1:] or (was[0] is None) != (now[0] is None):
        return False
    return was[0] is None or now[0] is None or Decimal(was[0]) == Decimal(now[0])

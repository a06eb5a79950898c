"""Figures as a file: what the page shows, and nothing more."""

import csv
import io
from collections.abc import Iterable

from monitor.figures import Series
from monitor.numbers import safe_cell

HEADER = ("reeks", "periode", "gebied", "waarde", "status", "bron", "tabel", "toelichting")
_PARTS = {12: "{y}", 6: "{y}-H{h}", 3: "{y}-Q{q}", 1: "{y}-{m:02}"}


def as_csv(series: Iterable[Series]) -> str:
    """Write series as CSV for a Dutch spreadsheet (semicolons, decimal comma), which our importer reads back.

    Hidden values are a dot; `toelichting` says how they are hidden. No cell can be taken for a formula.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    for one in series:
        for point in one.rows:
            begin = point.begin
            when = _PARTS[point.months].format(
                y=begin.year, h=1 + begin.month // 7, q=(begin.month + 2) // 3, m=begin.month
            )
            value = "." if point.value is None else f"{point.value.normalize():f}".replace(".", ",")
            note = point.text if point.value is None and point.text != "." else ""
            cells = (one.indicator.slug, when, one.area.code, value, point.sign, point.source, point.table, note)
            writer.writerow([safe_cell(cell) for cell in cells])
    return file.getvalue()

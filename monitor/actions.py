"""Bringing figures in: look first, then all or nothing."""

import hashlib
import pathlib
from collections.abc import Collection, Sequence
from dataclasses import asdict
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import journal
from core.forbidden import mask_forbidden
from core.http import TooLate
from core.text import tidy
from monitor.importing.comparing import CHANGED, SAME, compare, period_of, row_of, tally
from monitor.importing.reading import Unreadable, read
from monitor.importing.rows import Problem, Row, understand
from monitor.models import Import, Indicator, Observation, Source
from movement.models import Area, Member

# One file at a time: what the second person saw is held against what the first one wrote.
_ONE_AT_A_TIME = 7_202_601


@transaction.atomic
def preview_import(
    *, file_name: str, data: bytes, by: Member | None, only_areas: Collection[str] | None = None
) -> Import:
    """Read a CSV or XLSX file and write down what it would do; no figure is touched.

    Returns an Import that waits to be confirmed, or one that was refused with its `problems`, each with a row, a
    column and a Dutch sentence. `only_areas` are the codes that `by` may bring figures of; None means all.
    """
    notes: list[str] = []
    rows: list[Row] = []
    try:
        table = read(data)
        notes = table.notes
        rows, problems = understand(table, only_areas=only_areas)
    except Unreadable as unreadable:
        problems = [Problem(0, "", str(unreadable))]
    compared = [] if problems else compare(rows)
    import_ = Import.objects.create(
        file_name=_short(file_name),
        sha256=hashlib.sha256(data).hexdigest(),
        rows=compared,
        problems=[asdict(problem) for problem in problems],
        notes=notes,
        areas=sorted({row.area for row in rows}),
        by=by,
        state=Import.State.REFUSED if problems else Import.State.PREVIEW,
        **tally(compared),
    )
    journal.record("import.previewed", import_, actor=by)
    return import_


@transaction.atomic
def confirm_import(*, import_: Import, actor: Member | None) -> None:
    """Write the figures of a preview, all of them or none.

    Raises TooLate when it was confirmed or dropped before, or when the figures have changed since the preview: what
    is written is what was seen.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    now = timezone.now()
    rows = [row_of(stored) for stored in import_.rows]
    compared = compare(rows)
    changes = [row for row in compared if row["effect"] == CHANGED]
    done = Import.objects.filter(pk=import_.pk, state=Import.State.PREVIEW, rows=compared).update(
        state=Import.State.CONFIRMED, confirmed_at=now, rows=changes
    )
    if not done:
        raise TooLate
    _write([row for row, seen in zip(rows, compared, strict=True) if seen["effect"] != SAME], import_)
    journal.record("import.confirmed", import_, actor=actor)
    import_.refresh_from_db()


@transaction.atomic
def drop_import(*, import_: Import, actor: Member | None) -> None:
    """Put a preview away; its rows go, the line on the list stays. Raises TooLate when it no longer waits."""
    done = Import.objects.filter(pk=import_.pk, state=Import.State.PREVIEW).update(state=Import.State.DROPPED, rows=[])
    if not done:
        raise TooLate
    journal.record("import.dropped", import_, actor=actor)
    import_.refresh_from_db()


def _write(rows: Sequence[Row], import_: Import) -> None:
    names = {row.source for row in rows}
    Source.objects.bulk_create([Source(name=name) for name in sorted(names)], ignore_conflicts=True)
    sources = dict(Source.objects.filter(name__in=names).values_list("name", "pk"))
    areas = dict(Area.objects.filter(code__in={row.area for row in rows}).values_list("code", "pk"))
    indicators = dict(Indicator.objects.values_list("slug", "pk"))
    Observation.objects.bulk_create(
        [
            Observation(
                indicator_id=indicators[row.series],
                source_id=sources[row.source],
                area_id=areas[row.area],
                period=period_of(row),
                period_months=row.months,
                value=None if row.value is None else Decimal(row.value),
                status=row.status,
                table=row.table,
                imported=import_,
            )
            for row in rows
        ],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["area", "indicator", "period", "period_months", "source"],
        update_fields=["value", "status", "table", "imported", "at"],
    )


def _short(file_name: str) -> str:
    return mask_forbidden(tidy(pathlib.PurePath(file_name).name))[0][-120:] or _("file without a name")

"""Every row of the database, and what differs in them: for tests of what a form may write."""

import json
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.db import connection

Rows = dict[tuple[str, str], dict[str, Any]]  # by table and key


@lru_cache
def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if not name.startswith("django_")]


def writes() -> dict[str, int]:
    """How often a row of each table was written in this transaction, as the database itself counts it."""
    # As in pg_stat_xact_user_tables, without the indexes that it joins.
    count = " + ".join(f"pg_stat_get_xact_tuples_{done}(oid)" for done in ("inserted", "updated", "deleted"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT relname, {count} FROM pg_class WHERE relname = ANY(%s)", [tables()])
        return dict(cursor.fetchall())


def everything(of: Collection[str] | None = None) -> Rows:
    """Every row `of` these tables by table and key, or of all; sessions apart, which hold whatever a browser brings."""
    if not (looked_at := tables() if of is None else of):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{one}', ctid::text, to_jsonb(t) FROM {one} t" for one in looked_at))
        found = cursor.fetchall()
    rows = {}
    for table, place, kept in found:
        columns = json.loads(kept) if isinstance(kept, str) else kept
        rows[table, str(columns.get("id", place))] = columns
    return rows


def written(before: Rows, after: Rows) -> set[str]:
    """What differs: `table +` for a new row, `table -` for one that went, `table.column` for a value that changed."""
    return {
        *(f"{table} +" for table, key in after.keys() - before.keys()),
        *(f"{table} -" for table, key in before.keys() - after.keys()),
        *(
            f"{place[0]}.{column}"
            for place in before.keys() & after.keys()
            if before[place] is not after[place]
            for column in after[place]
            if before[place][column] != after[place][column]
        ),
    }

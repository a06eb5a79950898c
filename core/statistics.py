"""Columns of which PostgreSQL keeps no samples.

To plan queries it keeps the commonest values of a column, whole short texts among them, until the next sample; so what
was erased would still stand there. No query is planned by what people wrote: nothing of such a column is sampled.
"""

from collections.abc import Mapping

from django.db import migrations


def unsampled(columns: Mapping[str, tuple[str, ...]]) -> list[migrations.RunSQL]:
    """Operations of a migration for these columns by table: sample them no more, and clear what was sampled."""
    pairs = [(table, column) for table, some in columns.items() for column in some]
    return _operations([(f"table {table} alter column {column}", table, column) for table, column in pairs])


def unsampled_index(index: str, number: int, name: str) -> list[migrations.RunSQL]:
    """The same for what an index works out of a column, which is sampled apart: the column of the index with this
    number, from 1, and the name that PostgreSQL gave it."""
    return _operations([(f"index {index} alter column {number}", index, name)])


def _operations(columns: list[tuple[str, str, str]]) -> list[migrations.RunSQL]:
    """Before version 18 only an operator can clear what was sampled."""
    clear = "".join(
        f"perform pg_clear_attribute_stats(current_schema()::text, '{relation}', '{column}', false);"
        for _what, relation, column in columns
    )
    there = "to_regprocedure('pg_clear_attribute_stats(text,text,text,boolean)') is not null"
    off, on = ("".join(f"alter {what} set statistics {target};" for what, *_ in columns) for target in (0, -1))
    return [
        migrations.RunSQL(off, on),
        migrations.RunSQL(f"do $$ begin if {there} then {clear} end if; end $$", migrations.RunSQL.noop),
    ]

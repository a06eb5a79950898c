"""Columns of which PostgreSQL keeps no samples.

To plan queries it keeps the commonest values of a column, whole short texts among them, until the next sample; so what
was erased would still stand there. No query is planned by what people wrote: nothing of such a column is sampled.
"""

from collections.abc import Mapping

from django.db import migrations


def unsampled(columns: Mapping[str, tuple[str, ...]]) -> list[migrations.RunSQL]:
    """Operations of a migration for these columns by table: sample them no more, and clear what was sampled.

    Before version 18 only an operator can clear it.
    """
    pairs = [(table, column) for table, some in columns.items() for column in some]
    clear = "".join(
        f"perform pg_clear_attribute_stats(current_schema()::text, '{table}', '{column}', false);"
        for table, column in pairs
    )
    there = "to_regprocedure('pg_clear_attribute_stats(text,text,text,boolean)') is not null"
    return [
        migrations.RunSQL(_alter(pairs, "0"), _alter(pairs, "-1")),
        migrations.RunSQL(f"do $$ begin if {there} then {clear} end if; end $$", migrations.RunSQL.noop),
    ]


def _alter(pairs: list[tuple[str, str]], target: str) -> str:
    return "".join(f"alter table {table} alter column {column} set statistics {target};" for table, column in pairs)

"""PostgreSQL samples columns to plan queries, and keeps whole titles and short texts among its statistics.

They would stay there when their story is taken back, until the next sample. No query is planned by these columns, so
nothing of them is sampled, and what was is cleared (before version 18 only an operator can clear it; the column is
empty in a new house).
"""

from django.db import migrations

COLUMNS = {
    "stories_story": ("title", "body", "helped", "feeling", "teaser", "words_beside"),
    "stories_initiativelink": ("why",),
}


def alter(target: str) -> str:
    return "".join(
        f"alter table {table} alter column {column} set statistics {target};"
        for table, columns in COLUMNS.items()
        for column in columns
    )


CLEAR = "".join(
    f"""
    if to_regprocedure('pg_clear_attribute_stats(text,text,text,boolean)') is not null then
        perform pg_clear_attribute_stats(current_schema()::text, '{table}', '{column}', false);
    end if;
    """
    for table, columns in COLUMNS.items()
    for column in columns
)


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0006_what_was_said_at_danger"),
    ]

    operations = [
        migrations.RunSQL(alter("0"), alter("-1")),
        migrations.RunSQL(f"do $$ begin {CLEAR} end $$", migrations.RunSQL.noop),
    ]

"""Statements that are planned once for each connection."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import prepared

pytestmark = pytest.mark.django_db
_PLANNED_FOR_ALL = (
    "select calls from (select generic_plans as calls, statement from pg_prepared_statements) p where statement = %s"
)


def test_a_statement_is_planned_once_for_all_its_values():
    for number in (1, 2, 3):
        assert prepared.fetch("select %(number)s + 1", {"number": number}) == [(number + 1,)]
    with connection.cursor() as cursor:
        cursor.execute(_PLANNED_FOR_ALL, ["select $1 + 1"])
        assert cursor.fetchall() == [(3,)], "run three times by the plan for all values, never by one for a value"


def test_a_value_is_never_read_as_sql_and_is_not_kept():
    typed = "'; drop table stories_story; --"
    assert prepared.fetch("select %(typed)s::text", {"typed": typed}) == [(typed,)]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements where statement like %s", ["%drop table%"])
        assert cursor.fetchone() == (0,)


def test_it_counts_as_a_query_of_the_page():
    with CaptureQueriesContext(connection) as asked:
        prepared.fetch("select %(number)s + 1", {"number": 1})
    assert len(asked) == 1

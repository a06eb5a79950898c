"""Statements of our own that PostgreSQL plans once for each connection, and not at every visit.

Planning the page of a list takes as long as finding it. A statement that comes again as the same text, with its values
beside it, keeps its plan (settings: plan_cache_mode). The ORM writes values into the text, and nothing of it is kept.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper


def fetch(sql: str, values: Mapping[str, Any]) -> list[Any]:
    """All rows of a statement of which there are few: its text holds `%(name)s`, and never a value.

    The plan must be good for all values alike: what the planner should know has to stand in the text.
    """
    connection.ensure_connection()
    kept: psycopg.Connection[Any] = connection.connection
    kept.prepare_threshold = 0  # cursors of Django write values into the text, and are never prepared
    wrap = CursorDebugWrapper if connection.queries_logged else CursorWrapper
    answer = psycopg.Cursor(kept)
    answer.format = psycopg.pq.Format.BINARY  # reading a moment from text takes longer than all else of its row
    with wrap(answer, connection) as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())

"""A connection that the database ended while nobody used it costs no visitor a page, and looking costs no statement."""

import time

import psycopg
import pytest
from django.core.signals import request_started
from django.db import connection

from tests.database import address_of_the_tests


@pytest.fixture
def beside(transactional_db):
    """Somebody else on the same server."""
    with psycopg.connect(address_of_the_tests(), autocommit=True) as other:
        yield other


def number():
    connection.ensure_connection()
    return connection.connection.info.backend_pid


def test_after_a_restart_of_the_database_the_first_page_stands(beside, client):
    client.get("/droom/")
    before = number()
    beside.execute("select pg_terminate_backend(%s, 5000)", [before])
    for _ in range(100):  # the other end is closed a moment after the process is gone
        if beside.execute("select 1 from pg_stat_activity where pid = %s", [before]).fetchone() is None:
            break
        time.sleep(0.02)
    assert client.get("/droom/").status_code == 200
    assert number() != before


def test_a_connection_that_works_is_kept_and_is_not_asked_anything(beside):
    before = number()
    asked = "select state_change, query from pg_stat_activity where pid = %s"
    last = beside.execute(asked, [before]).fetchone()
    for _ in range(3):
        request_started.send(sender=None)
    assert beside.execute(asked, [before]).fetchone() == last
    assert number() == before

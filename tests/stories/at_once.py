"""Two acts at the same moment, each in a transaction of its own."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import Error, connection, transaction

from core.http import TooLate


def overtaken(
    first: Callable[[], object], second: Callable[[], object], then: Callable[[], object] = lambda: None
) -> list[Exception]:
    """`first` is done and not yet committed when `second` begins in a transaction of its own and has to wait for it;
    `then` the first one goes on. Returns what the second raised."""
    raised: list[Exception] = []
    pid: list[int] = []

    def go_on() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("select pg_backend_pid()")
                pid.append(cursor.fetchone()[0])
            second()
        except (TooLate, Error) as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=go_on)
    with transaction.atomic(), connection.cursor() as cursor:
        first()
        thread.start()
        until = time.monotonic() + 5
        while time.monotonic() < until:
            cursor.execute("select from pg_locks where pid = any(%s::int[]) and not granted", [pid])
            if cursor.fetchone() is not None:
                break
            time.sleep(0.01)
        else:
            pytest.fail("It did not wait.")
        then()
    thread.join()
    return raised

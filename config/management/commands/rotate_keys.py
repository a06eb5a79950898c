"""Encrypt everything anew with the first of ENCRYPTION_KEYS, so that an older key can be dropped."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from core.encryption import EncryptedTextField, rotated
from core.sessions import SessionStore
from stories.access import rotate_kept

BATCH = 500
SECRETS = {"secret", "seed", "migrated_codes"}  # what allauth has our adapter encrypt


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    done = rotate(model._meta.db_table, str(field.column))
                    self.stdout.write(f"{model._meta.label}.{field.name}: {done}")
        self.stdout.write(f"second factors: {rotate_second_factors()}")
        self.stdout.write(f"sessions: {rotate_sessions()}")


def rotate(table: str, column: str) -> int:
    """Rotate one column, some rows at a time so that no row is locked for long; return how many were rotated.

    A row that is erased or changed meanwhile keeps its new value: only the very token that was read is replaced.
    """
    names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    read = sql.SQL("select id, {column} from {table} where id > %s and {column} is not null order by id limit %s")
    write = sql.SQL("update {table} set {column} = %s where id = %s and {column} = %s")
    done, after = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(read.format(**names), [after, BATCH])
            rows = cursor.fetchall()
            for pk, token in rows:
                cursor.execute(write.format(**names), [rotated(token), pk, token])
                done += cursor.rowcount
        if not rows:
            return done
        after = rows[-1][0]


@transaction.atomic
def rotate_second_factors() -> int:
    """The keys of authenticator apps and of recovery codes stand in allauth's own table, encrypted by our adapter.

    All of a member's go together: typed digits are held against each of them in turn. A passkey holds no secret.
    """
    rows = Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN)
    for row in rows:
        for name in SECRETS & row.data.keys():
            row.data[name] = _anew(row.data[name])
        row.save(update_fields=["data"])
    return len(rows)


def _anew(value: str | list[str]) -> str | list[str]:
    if isinstance(value, list):
        return [rotated(each.encode()).decode() for each in value]
    return rotated(value.encode()).decode()


def rotate_sessions() -> int:
    """What was typed when the time behind the code was over waits, locked, in the session that came after it."""
    store, done = SessionStore(), 0
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator(BATCH):
        held = store.decode(row.session_data)
        if rotate_kept(held):
            same = Session.objects.filter(pk=row.pk, session_data=row.session_data)
            done += same.update(session_data=store.encode(held))
    return done

"""Encrypt everything anew with the first of ENCRYPTION_KEYS, so that an older key can be dropped."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg import sql

from core.encryption import EncryptedTextField, rotated

BATCH = 500


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    done = rotate(model._meta.db_table, str(field.column))
                    self.stdout.write(f"{model._meta.label}.{field.name}: {done}")
        self.stdout.write(f"second factors: {rotate_second_factors()}")


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
    """The keys of authenticator apps stand in allauth's own table, encrypted by our adapter."""
    adapter = get_adapter()
    rows = Authenticator.objects.select_for_update().filter(type=Authenticator.Type.TOTP)
    for row in rows:
        row.data["secret"] = adapter.encrypt(adapter.decrypt(row.data["secret"]))
        row.save(update_fields=["data"])
    return len(rows)

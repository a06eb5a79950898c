"""The journal is sealed by the clock, and a seal shows what somebody with all rights in the database did to it."""

import datetime as dt
import io
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import sealing
from core.encryption import encrypt
from core.journal import record
from core.models import JournalEntry, Seal
from core.tasks import verify_journal
from tests.conftest import make_member


@pytest.fixture
def written(db):
    """Nine entries in three seals."""
    member = make_member("Noor", "youth")
    for number in range(9):
        with transaction.atomic():
            record(f"member.did_{number}", member, actor=member)
        if number % 3 == 2:
            assert sealing.seal_journal() == 3
    assert list(sealing.faults()) == []
    return list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True))


def by_the_owner(statement, *values):
    """What nobody of the house can do, with its triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(statement, values)
        assert cursor.rowcount == 1, "nothing was done, so this shows nothing"
        cursor.execute("set local session_replication_role = default")


INSERT = """insert into core_journalentry (id, verb, subject_kind, subject_id, actor, area, at)
    select %s, verb, subject_kind, subject_id, actor, area, at from core_journalentry where id = %s"""
COPY = "update core_seal set digest = (select digest from core_seal where id = 1) where id = %s"
ROWS = {
    "another verb": lambda ids: ("update core_journalentry set verb = 'member.slept' where id = %s", ids[4]),
    "another actor": lambda ids: ("update core_journalentry set actor = 'nobody' where id = %s", ids[4]),
    "another moment": lambda ids: ("update core_journalentry set at = at + '1 microsecond' where id = %s", ids[4]),
    "another number": lambda ids: ("update core_journalentry set id = -id where id = %s", ids[4]),
    "removed": lambda ids: ("delete from core_journalentry where id = %s", ids[4]),
    "removed at the end": lambda ids: ("delete from core_journalentry where id = %s", ids[8]),
    "added in between": lambda ids: (INSERT, ids[0] - 1, ids[4]),
    "its seal removed": lambda ids: ("delete from core_seal where id = %s", 2),
    "its first seal removed": lambda ids: ("delete from core_seal where id = %s", 1),
    "its seal made anew": lambda ids: ("update core_seal set digest = %s where id = 2", b"gAAAAA" + b"x" * 94),
    "its seal copied": lambda ids: (COPY, 2),
}  # fmt: skip


@pytest.mark.parametrize("done", ROWS)
def test_what_the_owner_of_the_database_does_to_the_journal_is_seen(written, done):
    by_the_owner(*ROWS[done](written))
    assert list(sealing.faults())
    with pytest.raises(CommandError, match="not as it was sealed"):
        call_command("verify_journal")


def test_the_rest_of_the_journal_is_still_proved_when_one_stretch_is_not(written):
    by_the_owner(*ROWS["another verb"](written))
    (fault,) = sealing.faults()
    assert f"Seal 2, up to entry {written[5]} " in fault


def test_an_entry_that_is_added_at_the_end_for_another_day_is_seen_once_it_is_sealed(written):
    with transaction.atomic():
        JournalEntry.objects.create(verb="a.b", subject_kind="a", at=timezone.now() - dt.timedelta(days=3))
    assert sealing.seal_journal() == 1
    (fault,) = sealing.faults()
    assert "the moment of an entry" in fault


def test_newest_seals_cannot_go_together_with_what_they_seal_when_one_was_written_down(written, capsys):
    call_command("verify_journal")
    said = capsys.readouterr().out
    known = said.split()[-1]
    assert said.startswith("9 entries")
    by_the_owner("delete from core_seal where id = %s", 3)
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("delete from core_journalentry where id > %s", [written[5]])
        cursor.execute("set local session_replication_role = default")
    assert list(sealing.faults()) == [], "nobody can see it from what is left"
    (fault,) = sealing.faults(known)
    assert known in fault


def test_a_seal_cannot_be_made_without_the_keys_of_the_house(written, settings):
    digest = "0" * 64
    ours = settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = ["jr_FgWEMXoD9UJm8ukpVqcb1cFmCKZDsZ7N3OFkdCCc="]
    forged = encrypt(digest)
    settings.ENCRYPTION_KEYS = ours
    by_the_owner("update core_seal set digest = %s where id = 3", forged)
    assert [fault for fault in sealing.faults() if "not made with a key of this house" in fault]


def test_in_the_house_nobody_changes_or_removes_a_seal_and_a_new_key_fits(written, settings):
    for change in (lambda: Seal.objects.update(upto=1), lambda: Seal.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="Nobody empties"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("truncate core_seal")
    settings.ENCRYPTION_KEYS = ["jr_FgWEMXoD9UJm8ukpVqcb1cFmCKZDsZ7N3OFkdCCc=", *settings.ENCRYPTION_KEYS]
    call_command("rotate_keys", stdout=io.StringIO())
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    assert list(sealing.faults()) == []


def test_a_worker_that_stands_still_is_said(written, caplog):
    JournalEntry.objects.create(verb="a.b", subject_kind="a", at=timezone.now() - dt.timedelta(hours=2))
    (fault,) = sealing.faults()
    assert "stands still" in fault
    verify_journal()
    assert "not as it was sealed" in caplog.text


def test_sealing_waits_for_who_is_writing_and_nobody_waits_for_sealing(transactional_db, monkeypatch):
    """An entry has its number before it is committed: sealed past it, it would look like one that was slipped in."""
    monkeypatch.setattr(sealing, "_TRIES", 2)
    record_one = """insert into core_journalentry (verb, subject_kind, subject_id, actor, area, at)
        values ('a.b', 'a', '', '', '', now())"""
    params = connection.get_connection_params()
    address: dict[str, Any] = {name: params[name] for name in ("host", "user", "dbname") if name in params}
    address["options"] = "-c statement_timeout=1000"
    with psycopg.connect(**address) as slow, psycopg.connect(**address) as quick:
        slow.execute(record_one)
        with transaction.atomic():
            JournalEntry.objects.create(verb="a.b", subject_kind="a")
        assert sealing.seal_journal() == 0
        quick.execute(record_one)
        quick.rollback()
        slow.rollback()
    assert sealing.seal_journal() == 1
    assert sealing.seal_journal() == 0
    assert list(sealing.faults()) == []

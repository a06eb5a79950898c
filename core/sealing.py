"""Seals on the journal: whether anybody changed, removed or added an entry, even with all rights in the database.

The triggers of the journal stop everybody but the owner of the database. So every minute the clock seals what was
written since: the digest of a seal is made of the entries and of the digest before it, and is encrypted with the key of
the house. Sealing waits for nobody and holds nobody up; see docs/decisions/0026.
"""

import datetime as dt
import hashlib
import json
import logging
import time
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import OperationalError, connection, models, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from core.encryption import Undecryptable, decrypt
from core.models import JournalEntry, Seal

log = logging.getLogger(__name__)

AT_ONCE = 10_000  # entries in one seal at most: what was changed is found as near as that
LATE = dt.timedelta(hours=1)  # an entry that waits longer for its seal is one that nobody guards
_FIELDS = ("pk", "verb", "subject_kind", "subject_id", "actor", "area", "at")
_SHOWN = 32  # signs of a digest that are said aloud: 128 bits
_TRIES, _PAUSE = 40, 0.05  # two seconds for a moment without a writer; otherwise the next minute
Row = tuple[Any, ...]


def seal_journal() -> int:
    """Seal what was written since the last seal; returns how many entries. Twice, late or never does no harm."""
    upto = _settled()
    done = 0
    while upto and (sealed := _seal_some(upto)):
        done += sealed
    return done


def _settled() -> int | None:
    """The number of the newest entry below which nothing can still appear, or None when people write all the time.

    An entry has its number before its transaction is done, so a lower one can come after a higher one. While we hold
    this lock nobody has such a transaction open. We never queue for it: whoever queues holds up all who come later.
    """
    for _try in range(_TRIES):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("lock table core_journalentry in share mode nowait")
                cursor.execute("select max(id) from core_journalentry")
                newest: int | None = cursor.fetchone()[0]
                return newest
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            time.sleep(_PAUSE)
    return None


@transaction.atomic
def _seal_some(upto: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [zlib.crc32(b"core.sealing")])
        if not cursor.fetchone()[0]:
            return 0  # another worker is at it
    last = Seal.objects.order_by("-pk").first() or Seal(pk=0, upto=0, digest="")
    entries = JournalEntry.objects.filter(pk__gt=last.upto, pk__lte=upto).order_by("pk")
    rows = list(entries.values_list(*_FIELDS)[:AT_ONCE])
    if rows:
        digest = _digest(last.pk + 1, last.digest, rows)
        seal = Seal.objects.create(pk=last.pk + 1, upto=rows[-1][0], entries=len(rows), digest=digest)
        log.info("journal sealed", extra={"count": len(rows), "seal": name_of(seal)})
    return len(rows)


def name_of(seal: Seal) -> str:
    """What is kept outside the database, so that nobody can take the newest seals off together with their entries."""
    return f"{seal.pk}.{seal.digest[:_SHOWN]}"


def newest() -> Seal | None:
    """The newest seal, or None in a house where nothing happened yet. Raises Undecryptable when it is not ours."""
    return Seal.objects.order_by("-pk").first()


def sealed_at() -> dt.datetime | None:
    """When the newest seal was made."""
    return Seal.objects.order_by("-pk").values_list("at", flat=True).first()


def faults(known: str = "") -> Iterator[str]:
    """Each stretch of the journal that is not as it was sealed, in a sentence; none when all is well.

    `known` is the name of a seal that was written down before. Reads the whole journal once, in order.
    """
    entries = JournalEntry.objects.order_by("pk").values_list(*_FIELDS).iterator(chunk_size=AT_ONCE)
    ahead: Row | None = next(entries, None)
    last, digest, since, found = 0, "", None, not known
    for number, upto, sealed, token, at in _seals():
        rows = []
        while ahead and ahead[0] <= upto:
            rows.append(ahead)
            ahead = next(entries, None)
        where = f"Seal {number}, up to entry {upto} of {timezone.localtime(at):%d-%m-%Y %H:%M}"
        if number != last + 1:
            yield f"{where}: there is no seal {last + 1} before it."
        try:
            said = decrypt(token)
        except Undecryptable:
            yield f"{where}: this seal was not made with a key of this house."
            said = _digest(number, digest, rows)
        if len(rows) != sealed:
            yield f"{where}: {sealed} entries were sealed and {len(rows)} are there."
        elif said != _digest(number, digest, rows):
            yield f"{where}: something in it is not as it was sealed."
        if since and any(not since - LATE <= row[-1] <= at + LATE for row in rows):
            yield f"{where}: the moment of an entry is not that of the entries around it."
        found = found or known == f"{number}.{said[:_SHOWN]}"
        last, digest, since = number, said, at
    if not found:
        yield f"The seal {known} that was written down is not here."
    if ahead and ahead[-1] < timezone.now() - LATE:
        yield f"From entry {ahead[0]} on nothing is sealed, for over an hour: the worker or its clock stands still."


def _seals() -> Iterator[tuple[int, int, int, bytes, dt.datetime]]:
    """Those of this moment, with the digest as it stands in the database: one that cannot be opened is a fault too."""
    token = RawSQL("digest", [], output_field=models.BinaryField())
    rows = Seal.objects.order_by("pk").annotate(token=token).values_list("pk", "upto", "entries", "token", "at")
    return rows.iterator(chunk_size=AT_ONCE)


def _digest(number: int, before: str, rows: Iterable[Row]) -> str:
    """Of these entries after those before them. The database hands them over and works nothing out."""
    made = hashlib.sha256(f"{number} {before}".encode())
    for *fields, at in rows:
        made.update(json.dumps([*fields, at.astimezone(dt.UTC).isoformat(timespec="microseconds")]).encode())
    return made.hexdigest()

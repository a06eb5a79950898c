"""From journal to letters. An entry is claimed by inserting a row: who inserts it does the work, once."""

import logging
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from actionteams.actions import let_go
from core.models import JournalEntry
from letters import notices
from letters.actions.noticing import write_notices
from letters.models import Claim, Kind, Letter, Pace, Preference
from letters.recipients import RULES, Round, rounds

log = logging.getLogger(__name__)

CHUNK = 500
# The sweep of every minute looks back this many entries before the newest claim, not through the whole journal:
# entries get their number before they are committed, so a slow transaction appears behind others.
LOOK_BACK = 20_000
VERBS = sorted({*RULES, *notices.RULES, "story.withdrawn"})

_CLAIM = """
    INSERT INTO letters_claim (entry_id, at)
    SELECT e.id, now() FROM core_journalentry e
    WHERE e.verb = ANY(%s) AND e.id > %s AND NOT EXISTS (SELECT FROM letters_claim c WHERE c.entry_id = e.id)
    ORDER BY e.id LIMIT %s
    ON CONFLICT DO NOTHING RETURNING entry_id
"""


def make_letters(*, thorough: bool = False) -> int:
    """Make a letter for each member who should know of an entry of the journal that is not claimed yet.

    Returns the number of entries handled. Run it as often as you like, by as many workers as you like.
    `thorough` looks through the whole journal instead of its last entries.
    """
    newest = Claim.objects.order_by("-entry_id").values_list("entry_id", flat=True).first() or 0
    after = 0 if thorough else max(0, newest - LOOK_BACK)
    handled = 0
    while claimed := _one_chunk(after):
        handled += claimed
        if claimed < CHUNK:
            break
    return handled


def _one_chunk(after: int) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [VERBS, after, CHUNK])
            claimed = [row[0] for row in cursor.fetchall()]
        entries = list(JournalEntry.objects.filter(pk__in=claimed).order_by("pk"))
        failed = [entry.pk for entry in entries if not _handled(entry)]
        Claim.objects.filter(pk__in=failed).delete()  # another run tries again; the others are not kept waiting
    return len(entries) - len(failed)


def _handled(entry: JournalEntry) -> bool:
    try:
        with transaction.atomic():
            _handle(entry)
    except Exception:
        log.exception("letters not made", extra={"entry": entry.pk})
        return False
    return True


def _handle(entry: JournalEntry) -> None:
    if entry.verb == "story.withdrawn":
        _take_back(entry.subject_id)
    for each in rounds(entry):
        _write(entry, each)
    write_notices(entry)
    if entry.verb == "step.looked_back":
        cancel("step", [entry.subject_id], kind=Kind.LOOK_BACK)


def _take_back(story_id: str) -> None:
    """Nothing more goes out about a withdrawn story, nor stands in an inbox; and the teams let go of it."""
    cancel("story", [story_id])
    cancel("takenup", let_go(story_id=story_id))


def cancel(subject_kind: str, subject_ids: Iterable[str], *, kind: Kind | None = None) -> int:
    """Cancel what did not go out yet about these subjects; returns how many letters."""
    about = Q(subject_kind=subject_kind, subject_id__in=list(subject_ids))
    if kind:
        about &= Q(kind=kind)
    return Letter.objects.not_gone().filter(about).update(cancelled_at=timezone.now())


def _write(entry: JournalEntry, each: Round) -> None:
    members = list(each.members.values_list("pk", flat=True))
    write_letters(
        members,
        kind=each.kind,
        verb=each.verb or entry.verb,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        unique_key=each.key,
    )


def write_letters(
    members: list[int], *, kind: Kind, verb: str, subject_kind: str, subject_id: str, unique_key: str
) -> None:
    """One letter for each of these members (primary keys); who has it already gets no second one."""
    inbox_only = set(
        Preference.objects.filter(member__in=members, kind=kind, pace=Pace.NEVER).values_list("member_id", flat=True)
    )
    Letter.objects.bulk_create(
        [
            Letter(
                member_id=member,
                kind=kind,
                verb=verb,
                subject_kind=subject_kind,
                subject_id=subject_id,
                unique_key=unique_key,
                by_mail=member not in inbox_only,
            )
            for member in members
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )

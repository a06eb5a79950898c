"""Writing the journal: audit trail, history, and outbox of every message to a person."""

from typing import Protocol

from django.db import models, transaction

from core.models import JournalEntry


class Actor(Protocol):
    public_id: str


def record(verb: str, subject: models.Model, *, actor: Actor | None = None, area: str = "") -> JournalEntry:
    """Add one entry, in the transaction of the change that it tells of.

    `subject` has a `public_id`; `verb` is `kind.what_happened`, such as `story.published`; `actor` is the member
    who did it, None for a teller or the clock; `area` is an area's code. Raises TransactionManagementError
    outside a transaction: an entry without its change, or the other way round, must not exist.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{verb} must be recorded in the transaction of its change.")
    return JournalEntry.objects.create(
        verb=verb,
        subject_kind=subject._meta.model_name or "",
        subject_id=getattr(subject, "public_id"),  # noqa: B009 - models.Model itself has none
        actor=actor.public_id if actor else "",
        area=area,
    )

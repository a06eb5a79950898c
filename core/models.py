"""Abstract bases, the journal, and its seals: the tables that this leaf owns."""

from typing import Any

import pgtrigger
from django.db import models
from django.utils import timezone

from core.encryption import EncryptedTextField
from core.ids import public_id


def append_only() -> list[pgtrigger.Trigger]:
    """Triggers of a table to which rows are only ever added: one at a time none changes or goes, nor all at once."""
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete), _never_emptied()]


def _never_emptied() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="raise exception 'Nobody empties the table %.', tg_table_name;",
    )


class Public(models.Model):
    """Something with an address of its own."""

    public_id = models.CharField(max_length=10, unique=True, default=public_id, editable=False)

    class Meta:
        abstract = True


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    def about(self, kind: str, subject_id: str) -> "JournalQuerySet":
        return self.filter(subject_kind=kind, subject_id=subject_id)


class JournalEntry(models.Model):
    """One change of state, or one look at something private: who did what to which, and when.

    Never a text that a person wrote. Rows cannot be changed or deleted, by anyone, ever.
    """

    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    actor = models.CharField(
        max_length=40, blank=True, help_text="public id of a member; empty: the teller or the clock"
    )
    area = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = JournalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="journal_subject"),
            models.Index(fields=["verb", "at"], name="journal_verb"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}:{self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The journal is only ever added to.")
        super().save(*args, **kwargs)


class Seal(models.Model):
    """A stretch of the journal as it was when the clock came by: core.sealing makes and checks these.

    Each digest holds the one before it. It is encrypted, so that whoever may write in the database, but has not the
    keys of the house, cannot make one that fits a journal that was changed. Only another key changes a row.
    """

    id = models.PositiveIntegerField(primary_key=True, help_text="1, 2, 3: one that is missing is seen")
    upto = models.BigIntegerField(unique=True, help_text="the number of its last entry")
    entries = models.PositiveIntegerField()
    digest = EncryptedTextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="seal_of_something", condition=models.Q(id__gt=0, entries__gt=0))]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="as_it_was", exclude=["digest"]),
            _never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.pk} upto {self.upto}"

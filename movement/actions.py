"""What can be done with the dream, and by a member with the own account.

| verb                 | subject                |
|----------------------|------------------------|
| dream.endorsed       | Member                 |
| dream.unendorsed     | Member                 |
| dream.adopted        | Member (who adopted)   |
| member.erased        | Member                 |
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.http import TooLate
from core.journal import record
from movement.models import DreamEdition, DreamSentence, Endorsement, Member, Value


@transaction.atomic
def endorse(*, actor: Member, edition: DreamEdition, at: dt.datetime | None = None) -> Endorsement:
    """Stand behind the newest edition of the dream; a second time changes nothing. Raises TooLate for an older one."""
    if DreamEdition.objects.filter(number__gt=edition.number).exists():
        raise TooLate
    endorsement, new = Endorsement.objects.get_or_create(
        member=actor, edition=edition, defaults={"at": at or timezone.now()}
    )
    if new:
        record("dream.endorsed", actor, actor=actor)
    return endorsement


@transaction.atomic
def withdraw_endorsement(*, actor: Member, edition: DreamEdition) -> None:
    """No longer stand behind an edition; when there was no endorsement, nothing changes."""
    gone, _ = Endorsement.objects.filter(member=actor, edition=edition).delete()
    if gone:
        record("dream.unendorsed", actor, actor=actor)


@transaction.atomic
def adopt_edition(
    *,
    actor: Member,
    title: str,
    introduction: str,
    reason: str,
    sentences: Iterable[str],
    values: Iterable[tuple[str, str]],
    after: int,
) -> DreamEdition:
    """Adopt the next edition, with the reason that everybody may read. Earlier editions and endorsements stay.

    `after` is the number of the edition that it was made from; raises TooLate when there is a newer one by now.
    `values` are pairs of a name and its meaning.
    """
    newest = DreamEdition.objects.aggregate(newest=Max("number"))["newest"] or 0
    if newest != after:
        raise TooLate
    edition = DreamEdition.objects.create(number=after + 1, title=title, introduction=introduction, reason=reason)
    DreamSentence.objects.bulk_create(
        DreamSentence(edition=edition, position=position, text=text) for position, text in enumerate(sentences, start=1)
    )
    Value.objects.bulk_create(
        Value(edition=edition, position=position, name=name, meaning=meaning)
        for position, (name, meaning) in enumerate(values, start=1)
    )
    record("dream.adopted", actor, actor=actor)
    return edition

"""What a member wants by mail, and what she has read."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from core.journal import record
from letters.models import DEFAULT_PACE, Kind, Letter, Pace, Preference
from movement.models import Member


@transaction.atomic
def choose_paces(*, actor: Member, paces: Mapping[str, str]) -> None:
    """Set how fast each kind comes by mail. What waits while mail is off is not sent when it is put on again."""
    for kind, pace in paces.items():
        Preference.objects.update_or_create(member=actor, kind=kind, defaults={"pace": pace})
    _keep_in_inbox(actor, [kind for kind, pace in paces.items() if pace == Pace.NEVER])
    record("post.chosen", actor, actor=actor)


@transaction.atomic
def stop_kinds(*, member: Member, kinds: Iterable[str]) -> None:
    """Send these kinds no more. Doing it twice is the same as once; it can only take away, never add."""
    chosen = list(kinds)
    for kind in chosen:
        Preference.objects.update_or_create(member=member, kind=kind, defaults={"pace": Pace.NEVER})
    _keep_in_inbox(member, chosen)
    record("post.stopped", member)


@transaction.atomic
def mark_read(*, actor: Member) -> int:
    """Everything in the inbox has been seen."""
    return Letter.objects.filter(member=actor, read_at=None).update(read_at=timezone.now())


def paces_of(member: Member) -> dict[str, str]:
    """How fast each kind comes now, chosen or by default."""
    chosen = dict(Preference.objects.filter(member=member).values_list("kind", "pace"))
    return {kind.value: chosen.get(kind.value, DEFAULT_PACE[kind].value) for kind in Kind}


def _keep_in_inbox(member: Member, kinds: list[str]) -> None:
    Letter.objects.not_gone().filter(member=member, kind__in=kinds).update(by_mail=False)

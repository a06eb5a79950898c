"""What can be done with the dream, and by a member with the own account.

| verb                 | subject                |
|----------------------|------------------------|
| dream.endorsed       | Member                 |
| dream.unendorsed     | Member                 |
| dream.adopted        | Member (who adopted)   |
| member.erased        | Member                 |
| voice.appointed      | Member                 |
| voice.ended          | Member                 |
"""

import datetime as dt
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from core.http import TooLate
from core.journal import record
from movement.models import Appointment, DreamEdition, Endorsement, Member, Organisation


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
    try:
        with transaction.atomic():
            newest = DreamEdition.objects.aggregate(newest=Max("number"))["newest"] or 0
            if newest != after:
                raise TooLate
            edition = DreamEdition.objects.create(
                number=after + 1, title=title, introduction=introduction, reason=reason
            )
            for position, text in enumerate(sentences, start=1):
                edition.sentences.create(position=position, text=text)
            for position, (name, meaning) in enumerate(values, start=1):
                edition.values.create(position=position, name=name, meaning=meaning)
            record("dream.adopted", actor, actor=actor)
            return edition
    except IntegrityError as error:  # two at the same moment: the number is unique
        raise TooLate from error


@transaction.atomic
def appoint_voice(*, member: Member, organisation: Organisation, actor: Member) -> Appointment:
    """Let a member speak for an organisation from today; twice is once. A new organisation is kept along."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if organisation._state.adding:
        organisation.save()
    voices = Appointment.objects.filter(member=member, organisation=organisation, kind=Appointment.Kind.VOICE)
    if now := voices.current().first():
        return now
    appointment = Appointment.objects.create(
        member=member, organisation=organisation, kind=Appointment.Kind.VOICE, begins_on=timezone.localdate()
    )
    record("voice.appointed", member, actor=actor)
    return appointment


@transaction.atomic
def end_voice(*, appointment_id: int, actor: Member) -> None:
    """From now on this member does not speak for the organisation. Raises TooLate when it had ended already."""
    voices = Appointment.objects.current().filter(kind=Appointment.Kind.VOICE)
    appointment = voices.select_for_update(of=("self",)).select_related("member").filter(pk=appointment_id).first()
    if appointment is None:
        raise TooLate
    Appointment.objects.filter(pk=appointment.pk).update(ends_on=timezone.localdate())
    record("voice.ended", appointment.member, actor=actor)


class LastCoordinator(Exception):
    """Without a coordinator nobody reads what tellers send. Another one must be there first."""


@transaction.atomic
def erase_member(*, member: Member) -> None:
    """Erase who a member was: name, address, perspectives, log-in. Raises LastCoordinator.

    The row stays without a person in it, because others' history points at it (a story needs two different
    readers, a team keeps its steps). What later packages keep of a member they erase themselves, in the same
    transaction: see portal.erasing.
    """
    others = Member.objects.select_for_update().filter(is_coordinator=True, is_active=True).exclude(pk=member.pk)
    if member.is_coordinator and not list(others):
        raise LastCoordinator
    EmailAddress.objects.filter(user=member).delete()
    Authenticator.objects.filter(user=member).delete()
    Endorsement.objects.filter(member=member).delete()
    Appointment.objects.filter(member=member).delete()
    member.email = f"{member.public_id}@erased.invalid"
    member.name, member.perspectives, member.area, member.last_login = "", [], None, None
    member.is_active = member.is_coordinator = member.is_listener = False
    member.set_unusable_password()
    member.save()
    record("member.erased", member, actor=member)

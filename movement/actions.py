"""What can be done with the dream, and by a member with the own account.

| verb                 | subject                |
|----------------------|------------------------|
| dream.endorsed       | Member                 |
| dream.unendorsed     | Member                 |
| member.erased        | Member                 |
| member.made          | Member                 |
| coordinator.appointed | Member                |
| analyst.appointed    | Member                 |
| voice.appointed      | Member                 |
| coordinator.ended    | Member                 |
| analyst.ended        | Member                 |
| voice.ended          | Member                 |

`actor` is nobody where somebody who runs the house does it (`manage.py appoint`).
"""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from core.http import TooLate
from core.journal import record
from movement.models import Appointment, Area, DreamEdition, Endorsement, Member, Organisation


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
def make_member(*, email: str, name: str, perspective: str, actor: Member | None) -> Member:
    """Make somebody a member without a sign-up; the code by mail shows that the address is theirs.

    Raises ValidationError when the address or the name is none.
    """
    member = Member(email=Member.objects.normalize_email(email).lower(), name=name, perspectives=[perspective])
    member.set_unusable_password()
    member.full_clean()
    member.save()
    record("member.made", member, actor=actor)
    return member


class ReadsAlong(Exception):
    """Who reads along from outside never sees raw stories, and a coordinator does."""


@transaction.atomic
def appoint_coordinator(*, member: Member, actor: Member | None) -> None:
    """Let a member read what tellers send; twice is once. Raises ReadsAlong for a listener."""
    now = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if now.is_listener:
        raise ReadsAlong
    if not now.is_coordinator:
        Member.objects.filter(pk=member.pk).update(is_coordinator=True)
        record("coordinator.appointed", member, actor=actor)


@transaction.atomic
def end_coordinator(*, member: Member, actor: Member | None) -> None:
    """From now on the desk is closed to this member. Raises TooLate when it was, and LastCoordinator."""
    now = {one.pk for one in Member.objects.select_for_update().filter(is_coordinator=True, is_active=True)}
    if member.pk not in now:
        raise TooLate
    if len(now) == 1:
        raise LastCoordinator
    Member.objects.filter(pk=member.pk).update(is_coordinator=False)
    record("coordinator.ended", member, actor=actor)


@transaction.atomic
def appoint_analyst(*, member: Member, area: Area, actor: Member | None) -> Appointment:
    """Let a member work with the figures of an area from today; twice is once."""
    return _appoint(Appointment(member=member, kind=Appointment.Kind.ANALYST, area=area), actor)


@transaction.atomic
def appoint_voice(*, member: Member, organisation: Organisation, actor: Member | None) -> Appointment:
    """Let a member speak for an organisation from today; twice is once. A new organisation is kept along."""
    if organisation._state.adding:
        new = {"kind": organisation.kind, "area": organisation.area}
        organisation, _made = Organisation.objects.get_or_create(name=organisation.name, defaults=new)
    return _appoint(Appointment(member=member, kind=Appointment.Kind.VOICE, organisation=organisation), actor)


def _appoint(wanted: Appointment, actor: Member | None) -> Appointment:
    Member.objects.select_for_update(no_key=True).get(pk=wanted.member_id)
    same = {"member": wanted.member_id, "kind": wanted.kind, "area": wanted.area_id}
    now = Appointment.objects.current().filter(**same, organisation=wanted.organisation_id).first()
    if now:
        return now
    wanted.save()
    record(f"{wanted.kind}.appointed", wanted.member, actor=actor)
    return wanted


@transaction.atomic
def end_appointment(*, kind: Appointment.Kind, appointment_id: int, actor: Member | None) -> None:
    """From now on this member is not entrusted with it. Raises TooLate when it had ended already."""
    now = Appointment.objects.current().filter(kind=kind, pk=appointment_id)
    appointment = now.select_for_update(of=("self",)).select_related("member").first()
    if appointment is None:
        raise TooLate
    Appointment.objects.filter(pk=appointment.pk).update(ends_on=timezone.localdate())
    record(f"{appointment.kind}.ended", appointment.member, actor=actor)


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

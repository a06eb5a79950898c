"""A team and who is in it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from actionteams.models import Membership, Team
from core.http import SECOND_CLICK, TooLate
from core.journal import record
from movement.models import Member, Value

# What a host may change on the page of a team.
PAGE = ("name", "question", "what", "how", "why", "learned", "sentence", "theme", "change_task", "area")


class NameTaken(Exception):
    """Another team is called so."""


def held(team: Team) -> Team:
    """The team as it is now, held until the end of the transaction (part of an action): what two people add comes one
    after the other, and nothing after the goodbye. Raises TooLate."""
    now = Team.objects.active().select_for_update(no_key=True).filter(pk=team.pk).first()
    if now is None:
        raise TooLate(_("This team said goodbye just now, so nothing is added to it any more."))
    return now


@contextmanager
def _a_name_of_its_own() -> Iterator[None]:
    """Around what gives a team its name."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise NameTaken from error
        raise


@transaction.atomic
def found_team(
    *, actor: Member, values: Iterable[Value] = (), at: dt.datetime | None = None, motivation: str = "", **page: Any
) -> Team:
    """Found a team; the founder is its first host. `page` holds fields of PAGE; needs a theme or a change task.

    Twice the same is once. Raises NameTaken.
    """
    if unknown := set(page) - set(PAGE):
        raise TypeError(f"A team is not founded with {sorted(unknown)}.")
    at = at or timezone.now()
    try:
        with _a_name_of_its_own():
            team = Team.objects.create(begun_on=timezone.localdate(at), **page)
    except NameTaken:
        hers = {"memberships__member": actor, "memberships__joined_at__gt": at - SECOND_CLICK}
        if same := Team.objects.filter(**page, **hers).first():
            return same
        raise
    team.values.set(values)
    Membership.objects.create(team=team, member=actor, role=Membership.Role.HOST, motivation=motivation, joined_at=at)
    record("team.founded", team, actor=actor, area=team.area.code)
    return team


@transaction.atomic
def edit_team(*, team: Team, actor: Member, values: Iterable[Value] | None = None, **page: Any) -> Team:
    """Change the page of a team that still goes on; what it says already changes nothing. Raises TooLate, NameTaken."""
    if unknown := set(page) - set(PAGE):
        raise TypeError(f"The page of a team has no {sorted(unknown)}.")
    now = held(team)
    others = now.values.all() if values is None else values
    if any(getattr(now, name) != said for name, said in page.items()) or set(others) != set(now.values.all()):
        with _a_name_of_its_own():
            Team.objects.filter(pk=now.pk).update(**page)
        now.values.set(others)
        record("team.edited", team, actor=actor, area=now.area.code)
    team.refresh_from_db()
    return team


@transaction.atomic
def end_team(*, team: Team, actor: Member, learned: str, at: dt.datetime | None = None) -> Team:
    """Say goodbye as a team: nothing is added any more, what it did and learned stays. Twice the same is once. Raises
    TooLate, ValueError."""
    if not learned.strip():
        raise ValueError("A team that ends says what it learned.")
    now = Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    if not now.ended_on or now.learned != learned:
        Team.objects.filter(pk=held(team).pk).update(ended_on=timezone.localdate(at), learned=learned)
        record("team.ended", team, actor=actor, area=now.area.code)
    team.refresh_from_db()
    return team


@transaction.atomic
def join(
    *,
    team: Team,
    actor: Member,
    motivation: str = "",
    role: str = Membership.Role.MEMBER,
    at: dt.datetime | None = None,
) -> Membership:
    """Let a member into a team. Who is in already stays as they are; who left comes back with a new row.

    Raises TooLate when the team said goodbye.
    """
    held(team)
    membership, new = Membership.objects.get_or_create(
        team=team,
        member=actor,
        left_at=None,
        defaults={"motivation": motivation, "role": role, "joined_at": at or timezone.now()},
    )
    if new:
        record("membership.joined", team, actor=actor, area=team.area.code)
    return membership


@transaction.atomic
def leave(*, team: Team, actor: Member, at: dt.datetime | None = None) -> None:
    """Say goodbye to a team: the row gets a date and stays. Raises TooLate for who is not in it (any more)."""
    if not Membership.objects.filter(team=team, member=actor, left_at=None).update(left_at=at or timezone.now()):
        raise TooLate
    record("membership.left", team, actor=actor, area=team.area.code)


@transaction.atomic
def forget_member(*, member: Member) -> None:
    """Take an erased member out of the teams: the places get a date, the reasons for joining go."""
    for membership in Membership.objects.filter(member=member, left_at=None).select_related("team__area"):
        leave(team=membership.team, actor=member)
    Membership.objects.filter(member=member).update(motivation="")

"""A team and who is in it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from actionteams.models import Membership, Team
from core.http import TooLate
from core.journal import record
from movement.models import Member, Value

# What a host may change on the page of a team.
PAGE = ("name", "question", "what", "how", "why", "learned", "sentence", "theme", "change_task", "area")


@transaction.atomic
def found_team(
    *, actor: Member, values: Iterable[Value] = (), at: dt.datetime | None = None, motivation: str = "", **page: Any
) -> Team:
    """Found a team; the founder is its first host. `page` holds fields of PAGE; needs a theme or a change task."""
    if unknown := set(page) - set(PAGE):
        raise TypeError(f"A team is not founded with {sorted(unknown)}.")
    at = at or timezone.now()
    team = Team.objects.create(begun_on=timezone.localdate(at), **page)
    team.values.set(values)
    Membership.objects.create(team=team, member=actor, role=Membership.Role.HOST, motivation=motivation, joined_at=at)
    record("team.founded", team, actor=actor, area=team.area.code)
    return team


@transaction.atomic
def edit_team(*, team: Team, actor: Member, values: Iterable[Value] | None = None, **page: Any) -> Team:
    """Change the page of a team that still goes on."""
    if unknown := set(page) - set(PAGE):
        raise TypeError(f"The page of a team has no {sorted(unknown)}.")
    if not Team.objects.active().filter(pk=team.pk).update(**page):
        raise TooLate
    if values is not None:
        team.values.set(values)
    team.refresh_from_db()
    record("team.edited", team, actor=actor, area=team.area.code)
    return team


@transaction.atomic
def end_team(*, team: Team, actor: Member, learned: str, at: dt.datetime | None = None) -> Team:
    """Say goodbye as a team: nothing is added any more, what it did and learned stays. Raises TooLate, ValueError."""
    if not learned.strip():
        raise ValueError("A team that ends says what it learned.")
    day = timezone.localdate(at)
    if not Team.objects.active().filter(pk=team.pk).update(ended_on=day, learned=learned):
        raise TooLate
    team.refresh_from_db()
    record("team.ended", team, actor=actor, area=team.area.code)
    return team


def join(
    *,
    team: Team,
    actor: Member,
    motivation: str = "",
    role: str = Membership.Role.MEMBER,
    at: dt.datetime | None = None,
) -> Membership:
    """Let a member into a team. Who is in already stays as they are; who left comes back with a new row."""
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                team=team, member=actor, motivation=motivation, role=role, joined_at=at or timezone.now()
            )
            record("membership.joined", team, actor=actor, area=team.area.code)
            return membership
    except IntegrityError:
        return Membership.objects.get(team=team, member=actor, left_at=None)


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

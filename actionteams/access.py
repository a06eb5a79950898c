"""May she, and which one? Everybody reads a team; its members act; its hosts edit its page; coordinators may too.

Listeners read along and never act. A team that said goodbye stays to be read, and nothing is added to it.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from actionteams.models import Change, Membership, Step, Team
from movement.access import is_coordinator
from movement.models import Member, Value


def team_to_read(public_id: str) -> Team:
    """A team by its address, with everything that its page names; 404 when there is none."""
    # In a subquery: eight tables joined and grouped take PostgreSQL 17 ms to plan and 0.1 to read.
    names = ArraySubquery(Value.objects.filter(team=OuterRef("pk")).order_by("position").values("name"))
    return get_object_or_404(
        Team.objects.select_related("area", "theme", "change_task", "sentence__edition").annotate(value_names=names),
        public_id=public_id,
    )


def role_in(request: HttpRequest, team: Team) -> str:
    """The role of this visitor in the team now: 'host', 'member' or ''."""
    if not isinstance(request.user, Member):
        return ""
    roles = Membership.objects.filter(team=team, member=request.user, left_at=None).values_list("role", flat=True)
    return roles.first() or ""


def may_join(request: HttpRequest, team: Team, role: str) -> bool:
    """Whether this member (whose role in the team is `role`) may come in."""
    return isinstance(request.user, Member) and not request.user.is_listener and not role and team.ended_on is None


def may_act(request: HttpRequest, team: Team, role: str) -> bool:
    """Whether a visitor with this role may add to the work of the team."""
    if not isinstance(request.user, Member) or request.user.is_listener or team.ended_on:
        return False
    return bool(role) or is_coordinator(request)


def may_edit(request: HttpRequest, team: Team, role: str) -> bool:
    """Whether a visitor with this role may change the page of the team."""
    return may_act(request, team, role) and _hosts(request, role)


def _hosts(request: HttpRequest, role: str) -> bool:
    return role == Membership.Role.HOST or is_coordinator(request)


def team_to_join(request: HttpRequest, public_id: str) -> Team:
    team = team_to_read(public_id)
    if not may_join(request, team, "") or not isinstance(request.user, Member):
        raise PermissionDenied
    return team


def team_to_act_in(request: HttpRequest, public_id: str) -> Team:
    team = team_to_read(public_id)
    if not may_act(request, team, role_in(request, team)):
        raise PermissionDenied
    return team


def team_to_edit(request: HttpRequest, public_id: str) -> Team:
    team = team_to_read(public_id)
    if not may_edit(request, team, role_in(request, team)):
        raise PermissionDenied
    return team


def team_to_end(request: HttpRequest, public_id: str) -> Team:
    """As `team_to_edit`; and when it said goodbye already, for a second click of who might."""
    team = team_to_read(public_id)
    role = role_in(request, team)
    if not (_hosts(request, role) if team.ended_on else may_edit(request, team, role)):
        raise PermissionDenied
    return team


def was_in(request: HttpRequest, team: Team) -> bool:
    """Whether this member left the team, whenever that was."""
    return Membership.objects.filter(team=team, member=acting_member(request)).exclude(left_at=None).exists()


def step_to_act_in(request: HttpRequest, public_id: str) -> Step:
    step = get_object_or_404(Step.objects.select_related("team__area", "team__sentence__edition"), public_id=public_id)
    if not may_act(request, step.team, role_in(request, step.team)):
        raise PermissionDenied
    return step


def founder(request: HttpRequest) -> Member:
    """The member who may found a team: anybody but a listener."""
    if not isinstance(request.user, Member) or request.user.is_listener:
        raise PermissionDenied
    return request.user


def acting_member(request: HttpRequest) -> Member:
    """The member who acts, for views that are behind the log-in."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    return request.user


def change_asked_about(public_id: str) -> Change:
    return get_object_or_404(Change.objects.select_related("team__area"), public_id=public_id)

"""What everybody may read of the action teams."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from actionteams import access
from actionteams.models import Team
from actionteams.reading import cards_of, circle_of, stories_of
from actionteams.timeline import month_of, timeline_of


@login_not_required
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """All teams that go on, the one that did something last first."""
    page = Paginator(Team.objects.active().with_signs_of_life(), 24).get_page(request.GET.get("page"))
    return TemplateResponse(request, "actionteams/list.html", {"page": page, "cards": cards_of(page)})


@login_not_required
@require_safe
def team(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of a team: what, how and why, its thread, its stories, and who is in it."""
    team = access.team_to_read(public_id)
    circle = circle_of(team)
    role = circle.role_of(request.user)
    timeline = timeline_of(team)
    words = {
        "team": team,
        "circle": circle,
        "role": role,
        "timeline": timeline,
        "begun_month": month_of(team.begun_on),
        "ended_month": month_of(team.ended_on) if team.ended_on else "",
        "open_step": next((happening for happening in timeline if happening.is_open), None),
        "stories": stories_of(team, request.user),
        "may_join": access.may_join(request, team, role),
        "may_act": access.may_act(request, team, role),
        "may_edit": access.may_edit(request, team, role),
    }
    return TemplateResponse(request, "actionteams/team.html", words)

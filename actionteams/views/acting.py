"""What members of a team do. Every page is a form: nothing changes on GET."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from actionteams import access, actions
from actionteams.forms import (
    ChangeForm,
    EditTeamForm,
    EndForm,
    JoinForm,
    LookBackForm,
    StepForm,
    SuccessForm,
    TakeUpForm,
    TeamForm,
)
from actionteams.models import Noticed, Team
from actionteams.reading import stories_to_suggest
from core.http import TooLate
from core.text import tidy
from stories.models import Story
from stories.views.mine_page import onward, tellers_only

NAME_TAKEN = gettext_lazy("A team is called so already. Choose another name.")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, name: str, form: BaseForm | None, team: Team | None, **more: Any) -> HttpResponse:
    status = more.pop("status", 422 if form is not None and form.errors else 200)
    words = {"form": form, "team": team, **more}
    return TemplateResponse(request, f"actionteams/{name}.html", words, status=status)


def _too_late(request: HttpRequest, name: str, form: BaseForm, team: Team, why: TooLate, **more: Any) -> HttpResponse:
    """The form once more, with what was typed and why it was not kept."""
    form.add_error(None, str(why))
    return _page(request, name, form, team, status=409, **more)


def _back(request: HttpRequest, team: Team, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect(team)


@get_or_post
def found(request: HttpRequest) -> HttpResponse:
    member = access.founder(request)
    form = TeamForm(_posted(request))
    if form.is_valid():
        try:
            team = actions.found_team(actor=member, **form.cleaned_data)
        except actions.NameTaken:
            form.add_error("name", NAME_TAKEN)
        else:
            return _back(request, team, _("Your team is there. Invite others, and take up a first story."))
    return _page(request, "found", form, None)


@get_or_post
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    team = access.team_to_edit(request, public_id)
    form = EditTeamForm(_posted(request), instance=team)
    if form.is_valid():
        try:
            actions.edit_team(team=team, actor=access.acting_member(request), **form.cleaned_data)
        except TooLate as error:
            return _too_late(request, "edit", form, access.team_to_read(public_id), error)
        except actions.NameTaken:
            form.add_error("name", NAME_TAKEN)
        else:
            return _back(request, team, _("The page is changed."))
    return _page(request, "edit", form, access.team_to_read(public_id))


@get_or_post
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    team = access.team_to_end(request, public_id)
    done = _("The team said goodbye. What you did and learned stays here.")
    form = EndForm(_posted(request), initial={"learned": team.learned})
    if team.ended_on and tidy(form["learned"].value() or "") == team.learned:
        return _back(request, team, done)
    if form.is_valid():
        try:
            actions.end_team(team=team, actor=access.acting_member(request), learned=form.cleaned_data["learned"])
        except TooLate as error:
            return _too_late(request, "end", form, team, error)
        return _back(request, team, done)
    return _page(request, "end", form, team)


@get_or_post
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    team = access.team_to_join(request, public_id)
    form = JoinForm(_posted(request))
    if form.is_valid():
        try:
            actions.join(team=team, actor=access.acting_member(request), motivation=form.cleaned_data["motivation"])
        except TooLate as error:
            return _too_late(request, "join", form, team, error)
        return _back(request, team, _("Welcome. You are a member of this team now."))
    return _page(request, "join", form, team)


@get_or_post
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    team = access.team_to_read(public_id)
    role = access.role_in(request, team)
    if not role and not access.was_in(request, team):
        raise Http404
    if role and request.method != "POST":
        return _page(request, "leave", None, team)
    with suppress(TooLate):  # a second click
        actions.leave(team=team, actor=access.acting_member(request))
    return _back(request, team, _("You left this team. What you did together stays."))


@get_or_post
def take_up(request: HttpRequest, public_id: str) -> HttpResponse:
    team = access.team_to_act_in(request, public_id)
    member = access.acting_member(request)
    form = TakeUpForm(_posted(request), reader=member)
    if form.is_valid():
        try:
            actions.take_up(team=team, story=form.cleaned_data["story"], actor=member)
        except actions.NotToTakeUp:
            form.add_error("story", _("This story was taken off the site just now."))
        except TooLate as error:
            return _too_late(request, "take_up", form, team, error, suggestions=[])
        else:
            return _back(request, team, _("The team took this story up. Its teller sees that in the thread."))
    return _page(request, "take_up", form, team, suggestions=stories_to_suggest(team, member))


@get_or_post
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    team = access.team_to_act_in(request, public_id)
    form = StepForm(_posted(request))
    if form.is_valid():
        try:
            actions.set_step(team=team, actor=access.acting_member(request), **form.cleaned_data)
        except TooLate as error:
            return _too_late(request, "step", form, team, error)
        return _back(request, team, _("The next step is set."))
    return _page(request, "step", form, team)


@get_or_post
def look_back(request: HttpRequest, public_id: str) -> HttpResponse:
    step = access.step_to_act_in(request, public_id)
    form = LookBackForm(_posted(request))
    if form.is_valid():
        try:
            actions.look_back(step=step, actor=access.acting_member(request), **form.cleaned_data)
        except TooLate as error:
            return _too_late(request, "look_back", form, step.team, error, step=step)
        return _back(request, step.team, _("You looked back. What is the next step?"))
    return _page(request, "look_back", form, step.team, step=step)


@get_or_post
def success(request: HttpRequest, public_id: str) -> HttpResponse:
    team = access.team_to_act_in(request, public_id)
    form = SuccessForm(_posted(request))
    if form.is_valid():
        try:
            actions.record_success(team=team, actor=access.acting_member(request), **form.cleaned_data)
        except TooLate as error:
            return _too_late(request, "success", form, team, error)
        return _back(request, team, _("It is written down. It stands in the thread of your stories."))
    return _page(request, "success", form, team)


@get_or_post
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    team = access.team_to_act_in(request, public_id)
    form = ChangeForm(_posted(request))
    if form.is_valid():
        try:
            actions.record_change(team=team, actor=access.acting_member(request), **form.cleaned_data)
        except TooLate as error:
            return _too_late(request, "change", form, team, error)
        return _back(request, team, _("It is written down. The tellers are asked: do you notice?"))
    return _page(request, "change", form, team)


@tellers_only
@require_POST
def notice(request: HttpRequest, story: Story, public_id: str) -> HttpResponse:
    """A teller, behind the code, says whether a change is noticed."""
    change = access.change_asked_about(public_id)
    answer = request.POST.get("answer", "")
    if answer not in Noticed.Answer.values:
        raise BadRequest
    try:
        actions.notice(change=change, story=story, answer=answer)
    except actions.NotAsked as error:
        raise Http404 from error
    return onward(request, story, place=f"#merk-{change.public_id}")

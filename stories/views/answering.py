"""An organisation's voice answers a story; a coordinator reads that answer first."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.http import Gone, TooLate, private_page
from movement.access import coordinators_only, speaks_for
from movement.models import Member
from stories.access import answer_for_desk, story_for_reader
from stories.actions import answering
from stories.forms.answering import DecideAnswerForm, PublicAnswerForm
from stories.forms.marks import Review
from stories.models import HouseRule, PublicAnswer, Story
from stories.states import NotYet
from stories.views.desk_hand import ANSWER, hand_of


@private_page
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write an answer, and see what became of the ones before; only for who speaks for an organisation now."""
    organisations = speaks_for(request.user)
    if not organisations:
        raise PermissionDenied
    form = PublicAnswerForm(request.POST if request.method == "POST" else None, organisations=organisations)
    try:
        story = story_for_reader(request, public_id).story
    except (Http404, Gone):
        if not request.POST.get("text"):
            raise
        return _write_page(request, form, None, status=409)  # what was typed is not lost with the story
    if request.method != "POST":
        return _write_page(request, form, story)
    return _write(request, form, story) if form.is_valid() else _write_page(request, form, story, status=422)


def _write(request: HttpRequest, form: PublicAnswerForm, story: Story) -> HttpResponse:
    try:
        answering.write_answer(story=story, actor=cast("Member", request.user), **form.cleaned_data)
    except TooLate as error:
        form.add_error(None, str(error))
        return _write_page(request, form, story, status=409)
    messages.success(request, _("The support centre reads your answer first. You hear when it is on the site."))
    return redirect("stories:answer", story.public_id)


def _write_page(
    request: HttpRequest, form: PublicAnswerForm, story: Story | None, *, status: int = 200
) -> HttpResponse:
    mine = PublicAnswer.objects.filter(story=story, organisation__public_id__in=form.organisations)
    earlier = mine.select_related("rule", "organisation").order_by("-at", "-pk") if story else mine.none()
    context = {"story": story, "form": form, "earlier": earlier, "alone": len(form.organisations) == 1}
    return TemplateResponse(request, "stories/answer.html", context, status=status)


@coordinators_only
@require_http_methods(["GET", "POST"])
def desk_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read an answer with its marks, and decide; or say that what was promised is done."""
    given = answer_for_desk(public_id)
    if request.method != "POST":
        return _desk_page(request, given, DecideAnswerForm(rules=list(HouseRule.objects.current())))
    form = DecideAnswerForm(request.POST, rules=list(HouseRule.objects.current()))
    if not form.is_valid():
        return _desk_page(request, given, form, status=422)
    try:
        _decide(given, cast("Member", request.user), **form.cleaned_data)
    except NotYet as error:
        form.add_error(None, str(error))
        return _desk_page(request, given, form, status=422)
    except TooLate as error:
        form.add_error(None, str(error) or _("This was changed in the meantime. Your change was not saved."))
        return _desk_page(request, given, form, status=409)
    messages.success(request, _("It is written down. Who wrote the answer hears of it."))
    return redirect("desk")


def _decide(given: PublicAnswer, actor: Member, *, do: str, rule: HouseRule | None, statement: str) -> None:
    if do == "publish":
        answering.publish_answer(answer=given, actor=actor)
    elif do == "done":
        answering.settle_promise(answer=given, actor=actor)
    elif rule is not None:
        answering.refuse_answer(answer=given, rule=rule, statement=statement, actor=actor)


def _desk_page(request: HttpRequest, given: PublicAnswer, form: DecideAnswerForm, *, status: int = 200) -> HttpResponse:
    context = {
        "given": given,
        "pieces": Review({"text": given.text}, {}).pieces["text"],
        "form": form,
        "own": given.author_id == request.user.pk,
        "hand": hand_of(ANSWER, given, request.user) if given.state != PublicAnswer.State.REFUSED else None,
    }
    return TemplateResponse(request, "stories/desk_answer.html", context, status=status)

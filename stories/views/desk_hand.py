"""Taking a report, an answer or a text of ours in hand, or putting it back. Coordinators with a second factor only."""

from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.http import TooLate
from core.text import tidy
from movement.access import coordinators_only
from movement.models import Member
from stories.access import answer_for_desk, story_for_desk, text_for_desk
from stories.actions import reporting, taking
from stories.forms.texts import KINDS
from stories.models import PublicAnswer, Story

REPORTED, ANSWER = "gemeld", "antwoord"


class Hand(NamedTuple):
    """Who has something in hand, and where that changes; for parts/in_hand.html."""

    kind: str
    ref: str
    reader: Member | None
    mine: bool


def hand_of(kind: str, thing: Any, viewer: object) -> Hand:
    """For the page of a report, an answer or a text. One query."""
    found = taking.held(thing).select_related("reader").first()
    reader = found.reader if found else None
    ref = str(thing.pk if kind in KINDS else thing.public_id)
    return Hand(kind, ref, reader, reader is not None and reader == viewer)


@coordinators_only
@require_POST
def hand(request: HttpRequest, kind: str, ref: str, verb: str) -> HttpResponse:
    thing, page = _found(kind, ref)
    actor = cast("Member", request.user)
    try:
        if verb == "pakken":
            taking.take(thing=thing, actor=actor, from_reader=tidy(request.POST.get("from_reader", ""))[:10])
        elif verb == "loslaten":
            taking.give_back(thing=thing, actor=actor)
        else:
            raise Http404
    except TooLate as error:
        messages.error(request, str(error) or _("This was changed in the meantime. Your change was not saved."))
        return redirect(page)
    messages.success(request, _("This is yours now.") if verb == "pakken" else _("It waits for a colleague again."))
    return redirect(page if verb == "pakken" else "desk")


def _found(kind: str, ref: str) -> tuple[models.Model, str]:
    """What waits, and its page. 404 for what does not wait."""
    if kind == REPORTED:
        story: Story = story_for_desk(ref)
        if not reporting.is_open(story):
            raise Http404
        return story, reverse("stories:desk_reports", args=[ref])
    if kind == ANSWER:
        answer = answer_for_desk(ref)
        if answer.state == PublicAnswer.State.REFUSED:
            raise Http404
        return answer, reverse("stories:desk_answer", args=[ref])
    if kind not in KINDS or not (ref.isascii() and ref.isdigit() and len(ref) < 10):
        raise Http404
    return text_for_desk(KINDS[kind].model, int(ref)), reverse("stories:text", args=[kind, ref])

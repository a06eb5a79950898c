"""What readers reported of one story, and the decision about it. Coordinators with a second factor only."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.http import TooLate
from movement.access import coordinators_only
from movement.models import Member
from stories.access import story_for_desk
from stories.actions import reporting
from stories.forms.reporting import RulingForm
from stories.models import Report, Ruling, Story
from stories.reported import ALL, SHOWN, reasons_given, voices
from stories.states import NotYet
from stories.views.desk_hand import REPORTED, hand_of


@coordinators_only
@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest, public_id: str) -> HttpResponse:
    """Each GET is a look, and each look is a row in the journal (as on the story's own desk page)."""
    story = story_for_desk(public_id)
    if request.method == "GET":
        return _page(request, story)
    form = RulingForm(request.POST, outcomes=reporting.outcomes(story))
    if not form.is_valid():
        return _page(request, story, form, status=422)
    try:
        reporting.rule(story=story, actor=cast("Member", request.user), **form.cleaned_data)
    except NotYet as error:
        form.add_error(None, str(error))
        return _page(request, story, form, status=422)
    except TooLate as error:  # what was typed stays, beside how it stands now
        form.add_error(None, str(error) or _("This was changed in the meantime. Your change was not saved."))
        return _page(request, story_for_desk(public_id), form, status=409)
    messages.success(request, _("Both sides read your decision behind their five words."))
    return redirect("desk")


def _page(request: HttpRequest, story: Story, form: RulingForm | None = None, *, status: int = 200) -> HttpResponse:
    reasons, newest, ever = reasons_given(story)
    if not ever:
        raise Http404
    reporting.look_at_reports(story=story, actor=cast("Member", request.user))
    said = voices(story, ALL if "alles" in request.GET else SHOWN)
    rulings = said["ruling"]
    open_now = reasons or {one.state for one in rulings} & {"pending", "objected"}
    outcomes = reporting.outcomes(story)
    context = {
        "story": story,
        "reasons": reasons,
        "waiting": sum(n for _why, n in reasons),
        "shown": [(Report.Why(one.what).label, one) for one in said["report"] if one.text],
        "more": "alles" not in request.GET and SHOWN in (len(said["report"]), len(said["objection"])),
        "objections": said["objection"],
        "rulings": [(Ruling.Outcome(one.what).label, one) for one in rulings],
        "outcomes": outcomes,
        # As the page stands now, also under a form that came back: it is decided about what can be read here.
        "seen": rulings[-1].pk if rulings else "",
        "read": newest,
        "hand": hand_of(REPORTED, story, request.user) if open_now else None,
        "form": (form or RulingForm(outcomes=outcomes)) if open_now or form else None,
    }
    return TemplateResponse(request, "stories/desk_reports.html", context, status=status)

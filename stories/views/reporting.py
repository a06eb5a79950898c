"""Reporting a story, and what became of the report: for anybody, without an account."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import ratelimit
from core.http import TooLate, TooMany, private_page, public_form
from stories import codes, staffed
from stories.access import kept_here, open_report, story_for_reader, story_to_report
from stories.actions import reporting
from stories.forms.reporting import ReportForm, ReportObjectionForm
from stories.models import Danger, Report, Ruling, Status, Story
from stories.views.heard import heard, helplines_at
from stories.views.mine_page import ask_again, behind_words


@login_not_required
@public_form
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what is wrong with a story; the answer shows five words, once."""
    if request.method != "POST":
        story = story_for_reader(request, public_id).story
        return _form(request, story, ReportForm(initial={"token": codes.new_token()}))
    token, data = _with_token(request)
    if earlier := reporting.reported_before(token=token):
        return _receipt(request, earlier)
    story, form = story_to_report(request, public_id), ReportForm(data)
    if not form.is_valid():
        return _form(request, story, form, status=422)
    try:
        _count(request)
    except TooMany as error:
        return _form(request, story, form, status=429, wait=error.wait // 60 + 1)
    done = reporting.report_story(
        story=story, token=token, why=form.cleaned_data["why"], text=form.cleaned_data["text"]
    )
    return _receipt(request, done)


def _with_token(request: HttpRequest) -> tuple[bytes, QueryDict]:
    """What was sent, with a token that is good: its own, or a new one where that was missing or too old."""
    data = request.POST.copy()
    try:
        return codes.opened(str(data.get("token", ""))), data
    except codes.BadToken:
        fresh = codes.new_token()
        data["token"] = fresh
        return codes.opened(fresh), data


def _count(request: HttpRequest) -> None:
    """Hold back who sends one after the other. It never counts by story: no address stands beside one, not hashed
    either."""
    try:
        ratelimit.count(request, "report", most=5, of_all=300, crowded=2)
    except ratelimit.Unavailable:
        return  # that somebody can be recognised comes in, also when the counters are down


def _form(request: HttpRequest, story: Story, form: ReportForm, *, status: int = 200, wait: int = 0) -> HttpResponse:
    context = {"form": form, "story": story, "wait": wait, **heard(form["text"].value())}
    return TemplateResponse(request, "stories/report.html", context, status=status)


def _receipt(request: HttpRequest, done: reporting.Reported) -> HttpResponse:
    danger = done.report.danger
    context = {
        "words": (done.code or "").split(),
        "token": request.POST.get("token", ""),
        "danger": danger,
        "helplines": helplines_at(Danger.URGENT) if danger else (),
        "staffed": staffed.in_words(),
    }
    return TemplateResponse(request, "stories/report_sent.html", context)


def _reporters_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page behind the five words of a report; whoever has none goes to the code page."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        found = open_report(request)
        return ask_again(request) if found is None else view(request, found)

    return behind_words(wrapper)


@_reporters_only
@require_GET
def reported(request: HttpRequest, report: Report) -> HttpResponse:
    if not (kept := kept_here(request)):
        return _page(request, report)
    messages.info(request, _("What you wrote is still here. It has not been sent yet."))
    return _page(request, report, ReportObjectionForm(initial={"text": kept.get("kept", "")}))


@_reporters_only
@require_POST
def objection(request: HttpRequest, report: Report) -> HttpResponse:
    form = ReportObjectionForm(request.POST)
    if not form.is_valid():
        return _page(request, report, form, status=422)
    try:
        reporting.object_to_ruling(story=report.story, report=report, text=form.cleaned_data["text"])
    except TooLate:  # what was typed stays on the page
        return _page(request, report, form, status=409, late=True)
    messages.success(request, _("Somebody else of the support centre looks at it now."))
    return redirect("stories:reported")


def _page(
    request: HttpRequest,
    report: Report,
    form: ReportObjectionForm | None = None,
    *,
    status: int = 200,
    late: bool = False,
) -> HttpResponse:
    rulings = reporting.rulings_of(report)
    held = report.story.rulings.filter(state=Ruling.State.PENDING).first()
    typed = heard(form["text"].value() if form else None)
    danger = report.danger or typed["danger"]
    may = late or reporting.for_objection(report.story, report) is not None
    context = {
        "report": report,
        "rulings": [one for one in [*rulings, held] if one is not None and one.statement],
        "gone": report.story.status == Status.WITHDRAWN,
        "open": not rulings or rulings[-1].state == Ruling.State.OBJECTED,
        "erased": bool(rulings) and not any(one.statement for one in rulings),
        "objection": (form or ReportObjectionForm()) if may else None,
        "late": late,
        "danger": danger,
        "helplines": helplines_at(Danger.URGENT) if danger else (),
        "staffed": typed["staffed"],
        "minutes": settings.TELLER_SESSION_MINUTES,
    }
    return TemplateResponse(request, "stories/reported.html", context, status=status)

"""The page behind the five words, put together: whose it is, what it shows, and what was typed on it and not sent."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.http import TooLate, private_page
from movement.models import HelpLine
from stories import staffed
from stories.access import has_lapsed, history_of, teller_story
from stories.actions import reporting, telling
from stories.diff import Piece, word_diff
from stories.forms.code import AnswerForm, CodeForm, OwnForm, ProposalForm, QuoteForm, ReachForm, ReadForm
from stories.models import Danger, EditProposal, Reach, Recognition, Ruling, Status, Story
from stories.public_answers import said_to
from stories.recognisable import answered
from stories.states import TELLS

View = Callable[..., HttpResponse]


def tellers_only(view: View) -> View:
    """A page behind the code: gives the view its story, and sends whoever has none to the code page."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        story = teller_story(request)
        if story is None:
            return _ask_again(request)
        try:
            return view(request, story)
        except TooLate:
            story.refresh_from_db()
            if kept := _not_kept_yet(request, story):
                return page(request, story, kept=kept, status=409)
            messages.warning(request, _("Something changed in the meantime. Below is how it stands now."))
            return redirect("stories:mine")

    return login_not_required(private_page(wrapper))


def _typed(request: HttpRequest) -> str:
    return request.POST.get("text") or request.POST.get("note") or ""


def _not_kept_yet(request: HttpRequest, story: Story) -> str:
    """What was typed, unless it came in already: the second click of a double click has lost nothing."""
    typed = _typed(request)
    said = {message.text for message in story.messages.all() if message.from_teller}
    return "" if story.is_withdrawn or not typed.strip() or telling.clean(typed) in said else typed


def _ask_again(request: HttpRequest) -> HttpResponse:
    """To the code page; what somebody was writing when the time was over goes along, unseen and unsent."""
    kept = _typed(request)
    if not kept.strip():
        return redirect("stories:code")
    return code_page(request, CodeForm(initial={"kept": kept}))


def code_page(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """The code page with what was typed on it, or behind it before the time was over."""
    context = {"form": form, "again": bool(form["kept"].value()), "minutes": settings.TELLER_SESSION_MINUTES}
    return TemplateResponse(request, "stories/code.html", context)


def onward(request: HttpRequest, story: Story, reach_form: ReachForm | None = None) -> HttpResponse:
    """After something was done: the page anew, with what was being written elsewhere on it still there."""
    writes = story.status in (Status.QUESTION, Status.PROPOSED) or _may_object(story, _rulings(story))
    if writes and _typed(request).strip():
        return page(request, story, reach_form=reach_form)
    return redirect("stories:mine")


def page(
    request: HttpRequest,
    story: Story,
    *,
    answer: AnswerForm | None = None,
    proposal_form: ProposalForm | None = None,
    reach_form: ReachForm | None = None,
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    proposal = _open_proposal(story)
    danger = story.danger != Danger.NONE
    happened = history_of(story)
    lapsed = has_lapsed(story, happened)
    typed = {} if kept else request.POST.dict()
    rulings = _rulings(story)
    context = {
        "story": story,
        "kept": kept,
        "recognised": Recognition.objects.filter(story=story).values_list("shown", flat=True).first(),
        "said": said_to(story) if story.is_published else (),
        "answered_by": story.replies.visible_to(None)
        .order_by("-published_on", "public_id")
        .values("public_id", "title", "heavy"),
        "talk": [message for message in story.messages.all() if message.text],
        "answer": (answer or AnswerForm(initial=typed)) if story.status == Status.QUESTION else None,
        "objection": (answer or AnswerForm(initial=typed)) if _may_object(story, rulings) else None,
        "rulings": rulings,
        "proposal": proposal,
        "lapsed": lapsed,
        "history": [(at, TELLS[verb]) for verb, at in happened if verb in TELLS],
        "reasons": story.reasons.select_related("rule") if story.status == Status.REFUSED and not lapsed else (),
        "diffs": _diffs(story, proposal) if proposal else (),
        "answered": _answered(story, proposal) if proposal and proposal.leave_out else (),
        "own": OwnForm(initial={"answer": "no"}, prefix="own") if story.original_body else None,
        "proposal_form": proposal_form or ProposalForm(initial=typed),
        "consents": [
            ReadForm(initial={"answer": typed.get("read-answer", story.audience)}, prefix="read"),
            QuoteForm(initial={"answer": typed.get("quote-answer", story.quotable)}, prefix="quote"),
        ],
        "reached": Reach.objects.filter(story=story).exists(),
        "reach_form": reach_form or ReachForm(initial=typed),
        "danger": danger,
        "helplines": HelpLine.objects.current().order_by("-urgent", "position") if danger else (),
        "staffed": staffed.in_words(),
        "minutes": settings.TELLER_SESSION_MINUTES,
    }
    return TemplateResponse(request, "stories/mine.html", context, status=status)


def _rulings(story: Story) -> list[Ruling]:
    return [ruling for ruling in story.rulings.all() if ruling.statement]


def _may_object(story: Story, rulings: list[Ruling]) -> bool:
    if story.status == Status.REFUSED and rulings:
        return reporting.for_objection(story) is not None
    return story.status in telling.MAY_OBJECT and story.raw_body is not None


def _open_proposal(story: Story) -> EditProposal | None:
    if story.status != Status.PROPOSED:
        return None
    return story.proposals.filter(state=EditProposal.State.OPEN).first()


def _answered(story: Story, proposal: EditProposal) -> list[Piece]:
    """What was answered beside the text, with what readers would not see of it."""
    return [Piece("gone" if name in proposal.leave_out else "same", word) for name, word in answered(story).items()]


def _diffs(story: Story, proposal: EditProposal) -> list[tuple[str, object]]:
    pairs = (
        (_("What happened"), story.raw_body, proposal.body),
        (_("What helped"), story.raw_helped, proposal.helped),
        (_("How it felt"), story.raw_feeling, proposal.feeling),
    )
    if proposal.translates:
        return [
            (label, [Piece("told", old or ""), Piece("same", new or "")]) for label, old, new in pairs if old or new
        ]
    return [(label, word_diff(old or "", new or "")) for label, old, new in pairs if old or new]

"""The page behind the five words, put together: whose it is, what it shows, and what was typed on it and not sent."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.http import TooLate, private_page
from movement.models import HelpLine
from stories import staffed
from stories.access import MOST_ANSWERS, has_lapsed, history_of, recognised_by, teller_story
from stories.actions import reporting, talking, telling
from stories.actions.publishing import may_be_published
from stories.diff import Piece, word_diff
from stories.forms.code import AnswerForm, CodeForm, OwnForm, ProposalForm, QuoteForm, ReachForm, ReadForm, WriteForm
from stories.forms.telling import MOST, TEXTS
from stories.models import Danger, EditProposal, Reach, Ruling, Status, Story
from stories.public_answers import said_to
from stories.recognisable import answered
from stories.states import TELLS
from stories.views import anew, route
from stories.views.heard import heard

View = Callable[..., HttpResponse]
_PLACES = (
    "text",
    "note",
    "message",
)  # where a teller writes to the support centre; each has its place in some states only


def tellers_only(view: View) -> View:
    """A page behind the code: gives the view its story, and sends whoever has none to the code page."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        story = teller_story(request)
        if story is None:
            return ask_again(request)
        try:
            return view(request, story, *args, **kwargs)
        except TooLate:
            story.refresh_from_db()
            if kept := _not_said_yet(story, [request.POST.get(name, "") for name in _PLACES]):
                return page(request, story, kept=kept, status=409)
            messages.warning(request, _("Something changed in the meantime. Below is how it stands now."))
            return onward(request, story, done=_PLACES)

    return behind_words(wrapper)


def behind_words(view: View) -> View:
    """Mark a page behind five words, so that a form on it that came after its session gets them asked for once more."""
    vars(view)["behind_words"] = True
    return login_not_required(private_page(view))


def is_behind_words(view: View) -> bool:
    return bool(vars(view).get("behind_words"))


def _not_said_yet(story: Story, typed: Iterable[str | None]) -> str:
    """What was typed, unless it came in already: the second click of a double click has lost nothing."""
    words = [text for text in typed if text and text.strip()]
    if story.is_withdrawn or not words:
        return ""
    said = {message.text for message in story.messages.all() if message.from_teller}
    # What is far too long cannot have come in, and is not looked through to find that out.
    return "\n\n".join(text for text in words if len(text) > MOST or telling.clean(text) not in said)


def ask_again(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    """To the code page; what somebody was writing when the session ended goes along, unseen and unsent."""
    kept = "\n\n".join(filter(str.strip, (request.POST.get(name, "") for name in _PLACES)))
    if status == 200 and not kept and "version" not in request.POST:
        return redirect("stories:code")
    return code_page(request, CodeForm(initial={"kept": kept}), status=status)


def code_page(request: HttpRequest, form: CodeForm, *, status: int = 200, **more: int) -> HttpResponse:
    """The code page with what was typed on it, or behind it before the time was over."""
    told = told_so_far(request.POST)
    again = not more and bool(told or form["kept"].value())
    context = {"form": form, "told": told, "again": again, "minutes": settings.TELLER_SESSION_MINUTES}
    context |= heard(form["kept"].value(), *(value for name, value in told if name in TEXTS))
    return TemplateResponse(request, "stories/code.html", context | more, status=status)


def told_so_far(sent: QueryDict) -> list[tuple[str, str]]:
    """All that was filled in of a story that was being changed when the time was over; nothing of any other form."""
    return route.carried(sent) if "version" in sent else []


def unsent(request: HttpRequest, story: Story, done: Iterable[str] = ()) -> dict[str, str]:
    """What was typed or chosen on the page and not done yet, by the name of its field; `done` are those that were.

    Every button of the page sends all of it, so that whichever is pressed, nothing is lost and nothing has to be kept.
    """
    if story.is_withdrawn:
        return {}
    left = {name: request.POST.get(name, "") for name in (*_PLACES, "email", "original")}
    for form, stands in ((ReadForm(request.POST, prefix="read"), story.audience),
                         (QuoteForm(request.POST, prefix="quote"), story.quotable)):  # fmt: skip
        if form.is_valid() and form.cleaned_data["answer"] != stands:
            left[form.add_prefix("answer")] = form.cleaned_data["answer"]
    return {name: value for name, value in left.items() if value.strip() and name not in done}


def onward(request: HttpRequest, story: Story, *, done: Iterable[str] = (), place: str = "") -> HttpResponse:
    """After something was done with the fields `done`: the page anew (at `place`), with what was being written
    elsewhere on it still there."""
    left, mine = unsent(request, story, done), reverse("stories:mine") + place
    if left and done:
        return page(request, story, typed=left)
    # When nothing of what was sent is done with, the browser itself brings all of it back to the page (307).
    return redirect(mine, preserve_request=bool(left))


def page(
    request: HttpRequest,
    story: Story,
    *,
    answer: AnswerForm | None = None,
    typed: dict[str, str] | None = None,
    kept: str = "",
    status: int = 200,
    **bound: Form,
) -> HttpResponse:
    """The page. `typed` is what comes back into its fields (all that was sent, when not given), `kept` what has no
    field any more and is shown to be copied; `answer` and `bound` are forms that came back with what is wrong."""
    typed = request.POST.dict() if typed is None else typed
    proposal = _open_proposal(story)
    after = number(request.POST.get("after", ""))
    context = _shown(story, proposal) | _answers(story, after) | _to_write(story, proposal, typed, kept, answer) | bound
    shown = (sent.get(name) for sent in (typed, request.POST) for name in _PLACES)
    said = heard(*dict.fromkeys([context["kept"], *shown]))
    if said["danger"]:
        context |= said
    return TemplateResponse(request, "stories/mine.html", context | {"late": status == 409}, status=status)


def _to_write(
    story: Story, proposal: EditProposal | None, typed: dict[str, str], kept: str, answer: AnswerForm | None
) -> dict[str, Any]:
    """What there is to fill in on the page, with what was typed already; and what was typed and has no place here."""
    rulings = _rulings(story)
    places = {"text": story.status == Status.QUESTION or _may_object(story, rulings), "note": proposal is not None}
    # A question of theirs has its own place for the answer.
    places["message"] = talking.may_write(story) and story.status != Status.QUESTION
    if kept:
        typed = {name: value for name, value in typed.items() if name not in places}
    else:
        shown = {typed.get(name) for name, stands in places.items() if stands}
        kept = _not_said_yet(story, {typed.get(name) for name, stands in places.items() if not stands} - shown)
    write = (answer or AnswerForm(initial=typed)) if places["text"] else None
    return {
        "kept": kept,
        "answer": write if story.status == Status.QUESTION else None,
        "objection": write if story.status != Status.QUESTION else None,
        "rulings": rulings,
        "looked_at_again": any(one.outcome == "off" and one.state == Ruling.State.OBJECTED for one in rulings),
        "proposal_form": ProposalForm(initial=typed),
        "write_form": WriteForm(initial=typed) if places["message"] else None,
        "read_before": staffed.read_due(story.wrote_at or timezone.now()),
        "consents": [
            ReadForm(initial={"answer": typed.get("read-answer", story.audience)}, prefix="read"),
            QuoteForm(initial={"answer": typed.get("quote-answer", story.quotable)}, prefix="quote"),
        ],
        "reach_form": ReachForm(initial=typed),
    }


def _shown(story: Story, proposal: EditProposal | None) -> dict[str, Any]:
    """What there is to read on the page."""
    danger = story.danger != Danger.NONE and not (story.is_published and story.danger_answered_at)
    happened = history_of(story)
    lapsed = has_lapsed(story, happened)
    return {
        "story": story,
        "recognised": recognised_by(story),
        "said": said_to(story) if story.is_published else (),
        "talk": [message for message in story.messages.all() if message.text],
        "proposal": proposal,
        "at_once": may_be_published(story),
        "lapsed": lapsed,
        "may_change": not anew.why_not(story),
        "history": [(at, TELLS[verb]) for verb, at in happened if verb in TELLS],
        "reasons": story.reasons.select_related("rule") if story.status == Status.REFUSED and not lapsed else (),
        "diffs": _diffs(story, proposal) if proposal else (),
        "answered": _answered(story, proposal) if proposal and proposal.leave_out else (),
        "own": OwnForm(initial={"answer": "no"}, prefix="own") if story.original_body else None,
        "reached": Reach.objects.filter(story=story).exists(),
        "danger": danger,
        "helplines": HelpLine.objects.current().order_by("-urgent", "position") if danger else (),
        "staffed": staffed.in_words(),
        "minutes": settings.TELLER_SESSION_MINUTES,
    }


def _answers(story: Story, after: int) -> dict[str, Any]:
    """So many stories that answer this one as stand on its own page, newest first, `after` so many newer ones.

    The teller reads all of them here: the list shows them only of a story that everybody may read, and in Dutch.
    """
    found = story.replies.visible_to(None).order_by("-published_on", "public_id").values("public_id", "title", "heavy")
    some = list(found[after : after + MOST_ANSWERS + 1])
    more = len(some) > MOST_ANSWERS
    return {
        "answered_by": some[:MOST_ANSWERS],
        "older_answers": after + MOST_ANSWERS if more else None,
        "newer_answers": max(0, after - MOST_ANSWERS) if after else None,
    }


def number(text: str) -> int:
    """The whole number that somebody sent, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


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

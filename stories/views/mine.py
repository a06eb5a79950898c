"""Behind the five words: where the story stands, and everything its teller may do with it."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import ratelimit
from core.http import TooLate, private_page, public_form
from core.languages import DUTCH, calm
from movement.models import HelpLine
from stories import staffed
from stories.access import (
    behind_code,
    close_to_teller,
    has_lapsed,
    history_of,
    open_to_reporter,
    open_to_teller,
    teller_story,
)
from stories.actions import reporting, telling
from stories.actions.reaching import erase_address, leave_address
from stories.actions.withdrawing import take_text, withdraw
from stories.codes import code_hash
from stories.diff import Piece, word_diff
from stories.forms.code import AnswerForm, CodeForm, OwnForm, ProposalForm, QuoteForm, ReachForm, ReadForm, WithdrawForm
from stories.models import Danger, EditProposal, Reach, Recognition, Report, Ruling, Status, Story
from stories.public_answers import said_to
from stories.recognisable import answered
from stories.states import TELLS

View = Callable[..., HttpResponse]
_CONSENTS: dict[str, type[Form]] = {"read": ReadForm, "quote": QuoteForm, "own": OwnForm}


@login_not_required
@public_form
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the five words. A wrong, a broken and an empty code get the same answer, by the same work."""
    if request.method != "POST":
        return TemplateResponse(request, "stories/code.html", {"form": CodeForm()})
    if request.POST.get("do") == "language":
        return _code_page(request, CodeForm(initial=request.POST.dict()))
    form = CodeForm(request.POST)
    try:
        ratelimit.count(request, "code", most=10, of_all=300, crowded=3)
    except ratelimit.Unavailable:
        return TemplateResponse(request, "stories/code.html", {"form": form, "closed": True}, status=503)
    found = behind_code(code_hash(request.POST.get("code", "")))
    if found is None:
        return TemplateResponse(request, "stories/code.html", {"form": form, "unknown": True}, status=422)
    ratelimit.forgive(request, "code")
    if isinstance(found, Report):
        open_to_reporter(request, found)
        return redirect("stories:reported")
    open_to_teller(request, found)
    if form.is_valid() and (kept := form.cleaned_data["kept"]):
        return _with_kept(request, found, kept)
    return redirect("stories:mine")


def _code_page(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """The code page with what was typed on it, or behind it before the time was over."""
    context = {"form": form, "again": bool(form["kept"].value()), "minutes": settings.TELLER_SESSION_MINUTES}
    return TemplateResponse(request, "stories/code.html", context)


def _with_kept(request: HttpRequest, story: Story, kept: str) -> HttpResponse:
    """What was being written when the time was over, back in its place and not sent yet."""
    messages.info(request, _("What you wrote is still here. It has not been sent yet."))
    return _page(
        request, story, answer=AnswerForm(initial={"text": kept}), proposal_form=ProposalForm(initial={"note": kept})
    )


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
                return _page(request, story, kept=kept, status=409)
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
    return _code_page(request, CodeForm(initial={"kept": kept}))


@tellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, story: Story) -> HttpResponse:
    """The page. Sent to itself, in another language, it does nothing and brings back what was typed."""
    return _page(request, story)


def _onward(request: HttpRequest, story: Story, reach_form: ReachForm | None = None) -> HttpResponse:
    """After something was done: the page anew, with what was being written elsewhere on it still there."""
    writes = story.status in (Status.QUESTION, Status.PROPOSED) or _may_object(story, _rulings(story))
    if writes and _typed(request).strip():
        return _page(request, story, reach_form=reach_form)
    return redirect("stories:mine")


def _page(
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


@tellers_only
@require_POST
def send_now(request: HttpRequest, story: Story) -> HttpResponse:
    telling.send_now(story=story)
    messages.success(request, _("Your story is with the support centre now."))
    return redirect("stories:mine")


@tellers_only
@require_POST
def answer(request: HttpRequest, story: Story) -> HttpResponse:
    return _written(request, story, telling.answer_question, _("Your answer is with the support centre now."))


@tellers_only
@require_POST
def objection(request: HttpRequest, story: Story) -> HttpResponse:
    # Taken off because it was reported: then somebody else than the first looks at what the teller says.
    act = reporting.object_to_ruling if reporting.for_objection(story) else telling.object_to_decision
    return _written(request, story, act, _("The support centre reads your story again."))


def _written(request: HttpRequest, story: Story, act: Callable[..., object], thanks: str) -> HttpResponse:
    """What a teller wrote to the support centre: on its way, or back in the form."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, story, answer=form, status=422)
    act(story=story, text=form.cleaned_data["text"])
    messages.success(request, thanks)
    return redirect("stories:mine")


@tellers_only
@require_POST
def proposal(request: HttpRequest, story: Story) -> HttpResponse:
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _page(request, story, proposal_form=form, status=422)
    agree = form.cleaned_data["agree"] == "yes"
    proposed = story.proposals.filter(pk=_number(request.POST.get("proposal", ""))).first()
    if proposed is None:
        raise TooLate
    note, original = "" if agree else form.cleaned_data["note"], form.cleaned_data["original"]
    published = telling.answer_proposal(story=story, proposal=proposed, agree=agree, note=note, original=original)
    thanks = _("Your story is on the site now.") if published else _("The support centre knows what you think of it.")
    messages.success(request, thanks)
    return redirect("stories:mine")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@tellers_only
@require_POST
def consent(request: HttpRequest, story: Story) -> HttpResponse:
    """Change the answer about the use that the button names; a choice that does not exist changes nothing."""
    use = request.POST.get("use", "")
    form = _CONSENTS[use](request.POST, prefix=use) if use in _CONSENTS else None
    if form and form.is_valid():
        telling.change_consent(story=story, use=use, answer=form.cleaned_data["answer"])
        messages.success(request, _("That is how it is from now on."))
    return _onward(request, story)


@tellers_only
@require_POST
def notices(request: HttpRequest, story: Story) -> HttpResponse:
    """Leave an e-mail address for notices, or have it erased. Enter in any line of the page comes here as well."""
    if request.POST.get("do") == "erase":
        if reach := Reach.objects.filter(story=story).first():
            erase_address(reach=reach)
        messages.success(request, _("Your e-mail address has been erased. You get no more mail."))
        return _onward(request, story, ReachForm())
    if request.POST.get("do") == "enter" and not request.POST.get("email"):
        return _page(request, story)
    form = ReachForm(request.POST)
    if not form.is_valid():
        return _page(request, story, reach_form=form, status=422)
    leave_address(story=story, email=form.cleaned_data["email"], language=get_language() or DUTCH)
    messages.success(request, _("That is how it is from now on."))
    return _onward(request, story, ReachForm())


@tellers_only
@require_http_methods(["GET", "POST"])
def withdraw_story(request: HttpRequest, story: Story) -> HttpResponse:
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw(story=story)
        return redirect("stories:mine")
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "stories/withdraw.html", {"form": form, "story": story}, status=status)


@tellers_only
@require_POST
def take(request: HttpRequest, story: Story) -> HttpResponse:
    """All that we hold, as a file with a name that says nothing."""
    response = JsonResponse(take_text(story), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="tekst.json"'
    return response


@login_not_required
@public_form
@private_page
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget what it kept of this site."""
    close_to_teller(request)
    response = redirect(calm())
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response

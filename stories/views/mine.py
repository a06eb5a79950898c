"""Behind the five words: everything that a teller may do with the story. What the page shows is in mine_page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import ratelimit
from core.http import TooLate, TooMany
from core.languages import DUTCH
from stories.access import kept_here, reach_of
from stories.actions import reporting, talking, telling
from stories.actions.reaching import erase_address, leave_address
from stories.actions.withdrawing import take_text, withdraw
from stories.forms.chosen import chosen
from stories.forms.code import (
    AnswerForm,
    OwnForm,
    ProposalForm,
    QuoteForm,
    ReachForm,
    ReadForm,
    WithdrawForm,
    WriteForm,
)
from stories.forms.telling import TEXTS, AnewForm, as_told
from stories.models import Status, Story
from stories.views import anew, route
from stories.views.heard import heard
from stories.views.mine_page import number, onward, page, tellers_only, unsent

_CONSENTS: dict[str, type[Form]] = {"read": ReadForm, "quote": QuoteForm, "own": OwnForm}


@tellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, story: Story) -> HttpResponse:
    """The page. Sent to itself, as in another language, it does nothing and brings back what was typed."""
    if not (kept := kept_here(request)):
        return page(request, story)
    messages.info(request, _("What you wrote is still here. It has not been sent yet."))
    # Where it could be an objection or a message it is the message: that changes nothing before it is meant.
    place = {Status.QUESTION: "text", Status.PROPOSED: "note", Status.REFUSED: "text"}
    return page(request, story, typed={place.get(Status(story.status), "message"): kept.get("kept", "")})


@tellers_only
@require_POST
def send_now(request: HttpRequest, story: Story) -> HttpResponse:
    telling.send_now(story=story)
    messages.success(request, _("Your story is with the support centre now."))
    return onward(request, story)


@tellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def tell_anew(request: HttpRequest, story: Story) -> HttpResponse:
    """The telling form again, with what was told in it: change anything, look back at it, and send it again."""
    way = anew.way_of(story, page, typed=unsent(request, story))
    if "version" in request.POST:
        return route.go_on(request, way, request.POST.copy())
    if kept := kept_here(request):
        return anew.resume(request, story, page, kept)
    if why := anew.why_not(story):
        messages.warning(request, why)
        return onward(request, story)
    return anew.begin(request, story, way)


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


@tellers_only
@require_POST
def write(request: HttpRequest, story: Story) -> HttpResponse:
    """A question or a word to the support centre, in whatever state the story is."""
    form = WriteForm(request.POST)
    if not form.is_valid():
        return page(request, story, write_form=form, status=422)
    try:
        _count(request)
    except TooMany as error:
        form.add_error("message", _often(error.wait))
        return page(request, story, write_form=form, status=429)
    talking.write_to_desk(story=story, text=form.cleaned_data["message"])
    messages.success(request, _("The support centre has what you wrote."))
    return onward(request, story, done=["message"])


def _count(request: HttpRequest) -> None:
    try:
        ratelimit.count(request, "write", most=20, of_all=500, crowded=5)
    except ratelimit.Unavailable:
        return  # what a teller writes comes in, also when the counters are down


def _often(seconds: int) -> str:
    text = _("Very much was written from here just now. This is not sent yet: send it again in %(minutes)s minutes.")
    return text % {"minutes": seconds // 60 + 1}


def _written(request: HttpRequest, story: Story, act: Callable[..., object], thanks: str) -> HttpResponse:
    """What a teller wrote to the support centre: on its way, or back in the form."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page(request, story, answer=form, status=422)
    act(story=story, text=form.cleaned_data["text"])
    messages.success(request, thanks)
    return onward(request, story, done=["text"])


@tellers_only
@require_POST
def proposal(request: HttpRequest, story: Story) -> HttpResponse:
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return page(request, story, proposal_form=form, status=422)
    agree = form.cleaned_data["agree"] == "yes"
    proposed = story.proposals.filter(pk=number(request.POST.get("proposal", ""))).first()
    if proposed is None:
        raise TooLate
    note, original = "" if agree else form.cleaned_data["note"], form.cleaned_data["original"]
    published = telling.answer_proposal(story=story, proposal=proposed, agree=agree, note=note, original=original)
    thanks = _("Your story is on the site now.") if published else _("The support centre knows what you think of it.")
    messages.success(request, thanks)
    return onward(request, story, done=["original"] if agree else ["original", "note"])


@tellers_only
@require_POST
def consent(request: HttpRequest, story: Story) -> HttpResponse:
    """Change the answer about the use that the button names; a choice that does not exist changes nothing."""
    use = request.POST.get("use", "")
    form = _CONSENTS[use](request.POST, prefix=use) if use in _CONSENTS else None
    if form and form.is_valid():
        telling.change_consent(story=story, use=use, answer=form.cleaned_data["answer"])
        messages.success(request, _("That is how it is from now on."))
    return onward(request, story, done=[f"{use}-answer"])


@tellers_only
@require_POST
def notices(request: HttpRequest, story: Story) -> HttpResponse:
    """Leave an e-mail address for notices, or have it erased. Enter in any line of the page comes here as well."""
    if request.POST.get("do") == "erase":
        if reach := reach_of(story):
            erase_address(reach=reach)
        messages.success(request, _("Your e-mail address has been erased. You get no more mail."))
        return onward(request, story, done=["email"])
    if request.POST.get("do") == "enter" and not request.POST.get("email"):
        return page(request, story)
    form = ReachForm(request.POST)
    if not form.is_valid():
        return page(request, story, reach_form=form, status=422)
    try:
        _count(request)
    except TooMany as error:
        form.add_error("email", _often(error.wait))
        return page(request, story, reach_form=form, status=429)
    leave_address(story=story, email=form.cleaned_data["email"], language=get_language() or DUTCH)
    messages.success(request, _("That is how it is from now on."))
    return onward(request, story, done=["email"])


@tellers_only
@require_http_methods(["GET", "POST"])
def withdraw_story(request: HttpRequest, story: Story) -> HttpResponse:
    """Ask whether she is sure, and do it. What was being written comes along, for whoever does not do it after all."""
    asked = request.method != "POST" or "do" in request.POST
    form = WithdrawForm(None if asked else request.POST)
    if form.is_valid():
        withdraw(story=story)
        return redirect("stories:mine")
    typed = unsent(request, story)
    context = {"form": form, "story": story, "typed": typed, **heard(*typed.values())}
    return TemplateResponse(request, "stories/withdraw.html", context, status=200 if asked else 422)


@tellers_only
@require_POST
def take(request: HttpRequest, story: Story) -> HttpResponse:
    """All that we hold, as a file with a name that says nothing; or the words of it, as a phone can show them."""
    if request.POST.get("do") == "read":
        texts = {
            name: getattr(story, f"raw_{name}") or getattr(story, f"original_{name}") or getattr(story, name)
            for name in TEXTS
        }
        form = AnewForm(as_told(story) | texts, story=story)
        form.full_clean()
        context = {"texts": [(form[name].label, text) for name, text in texts.items() if text],
                   "chosen": chosen(form), "messages": story.messages.all()}  # fmt: skip
        words = TemplateResponse(request, "stories/take.txt", context, content_type="text/plain; charset=utf-8")
        words.headers["Content-Disposition"] = 'attachment; filename="tekst.txt"'
        return words
    response = JsonResponse(take_text(story), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="tekst.json"'
    return response

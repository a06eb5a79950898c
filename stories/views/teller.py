"""Telling a story: one form, one address, no cookie."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from core.http import TooMany, private_page, public_form
from core.qr import path, squares
from stories import codes, staffed
from stories.access import story_to_answer
from stories.actions import telling
from stories.card import picture
from stories.forms.code import CardForm
from stories.forms.telling import TellForm, blank
from stories.models import Danger
from stories.views.doubt import doubtful
from stories.views.heard import helplines_at
from stories.views.route import Route, ask, count, go_on, look_back, to_send, wait


@login_not_required
@public_form
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """The form, the look back at it, and the five words: three answers of one address."""
    if request.method != "POST" and not request.GET:
        return _new_form(request)
    if request.method != "POST":
        answered = {"reply": request.GET.get("bij", "")}
        return ask(request, NEW, TellForm(initial={"token": codes.new_token(), **answered}))
    try:
        data = _with_token(request.POST)  # a copy of our own, which may be changed
    except RequestDataTooBig:
        return ask(request, NEW, TellForm(initial={"token": codes.new_token()}), status=413, too_big=True)
    return _sent_before(request, data) or go_on(request, NEW, data)


def _sent_before(request: HttpRequest, data: QueryDict) -> HttpResponse | None:
    """The answer to a form whose story came in: to all its buttons the same, never with what was typed in it.

    A browser that goes back offers to send a form once more, also to the next person at a shared tablet. Until its
    teller is done, the button to send it looks further: a double click, another text, a story that was taken back.
    """
    try:
        told = telling.told_before(token=codes.opened(request.POST.get("token", ""), ever=True))
    except codes.BadToken:
        return None
    if told is None:
        return None
    sends = data.get("do") == "send" and data["token"] == request.POST["token"] and not told.done
    return None if sends and (told.code or told.story.is_withdrawn) else _told(request, told)


@gzip_page
def _new_form(request: HttpRequest) -> HttpResponse:
    """The empty form, packed: no secret of anybody is on it, and nothing of a visitor is repeated. See decision 16."""
    context = {"blank": blank(), "token": codes.new_token(), "staffed": staffed.in_words(), "route": NEW.page}
    return TemplateResponse(request, "stories/tell.html", context)


def _send(request: HttpRequest, form: TellForm, data: QueryDict) -> HttpResponse:
    """Keep the story and show its five words: in this answer, and nowhere else."""
    if data["token"] != request.POST.get("token"):
        notice = _("This page was too old or not whole. Nothing was sent yet.")
        return look_back(request, NEW, form, data, status=422, notice=notice)
    token = codes.opened(data["token"])
    answered = story_to_answer(request, form.cleaned_data["reply"])
    answers = replace(to_send(form), reply_to=answered)
    told = telling.told_before(token=token)
    if told is None:
        if doubtful(request, data):
            notice = _("Is this what you want to send? Then press the button once more. Nothing was sent yet.")
            return look_back(request, NEW, form, data, status=422, notice=notice)
        try:
            count(request)
        except TooMany as error:
            return look_back(request, NEW, form, data, status=429, notice=wait(error.wait))
        told = telling.tell(token=token, answers=answers, send_now=form.cleaned_data["when"] == "now")
    if notice := _said_before(told, answers):
        data["token"] = codes.new_token()
        return look_back(request, NEW, form, data, status=422, notice=notice)
    return _told(request, told)


NEW = Route("stories:tell", TellForm, _send)


def _said_before(told: telling.Told, answers: telling.Answers) -> str:
    """What to ask when this form was sent before and its story is another one now: nothing is dropped in silence."""
    if told.created:
        return ""
    if told.story.is_withdrawn:
        return _("You sent this form before and took that story back. It stays gone. Do you want to send this one?")
    if told.story.raw_body in (None, telling.clean(answers.body)):
        return ""
    return _("You sent this story before, in other words, and its code belongs to those. Send this one as well?")


def _told(request: HttpRequest, told: telling.Told) -> HttpResponse:
    danger = told.story.danger != Danger.NONE
    code = squares(told.code) if told.code else []
    context = {
        "story": told.story,
        "words": (told.code or "").split(),
        "token": request.POST["token"],
        "qr": {"side": len(code), "path": path(code)},
        "code_address": request.get_host() + reverse("stories:code"),
        "danger": danger,
        "helplines": helplines_at(told.story.danger) if danger else (),
        "staffed": staffed.in_words(),
    }
    return TemplateResponse(request, "stories/told.html" if told.code else "stories/told_before.html", context)


@login_not_required
@public_form
@private_page
@require_POST
def card(request: HttpRequest) -> HttpResponse:
    """The five words as a picture to keep. They come in the body of the form, so that no address ever holds them."""
    form = CardForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    response = HttpResponse(picture(form.cleaned_data["words"]), content_type="image/png")
    response.headers["Content-Disposition"] = 'attachment; filename="kaart.png"'
    return response


def _with_token(sent: QueryDict) -> QueryDict:
    """The data with a token that is good: the one that came, or a new one where that was missing or too old."""
    data = sent.copy()
    try:
        codes.opened(data.get("token", ""))
    except codes.BadToken:
        data["token"] = codes.new_token()
    return data

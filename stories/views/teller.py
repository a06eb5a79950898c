"""Telling a story: one form, one address, no cookie."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from core import ratelimit
from core.http import TooMany, private_page, public_form
from core.languages import DUTCH
from core.qr import path, squares
from core.text import tidy
from movement.models import HelpLine, Perspective
from stories import codes, staffed
from stories.access import story_to_answer
from stories.actions import telling
from stories.card import picture
from stories.forms.chosen import chosen
from stories.forms.code import CardForm
from stories.forms.marks import Review, sent_choices
from stories.forms.telling import TEXTS, AnewForm, DutyForm, TellForm, blank
from stories.models import Danger
from stories.recognisable import together
from stories.views import aside
from stories.views.doubt import BUSY, doubtful

_BESIDE = {"language", "duty", "begin", *aside.BACK}  # buttons for which nothing needs to be right yet


@dataclass(frozen=True)
class Route:
    """Where the questions are asked: of a new story, or of one that its teller changes (then `story` is on the page).

    `form` makes the form from what was sent or from `initial`; `send` keeps what it holds, and answers.
    """

    page: str
    form: Callable[..., TellForm]
    send: Callable[[HttpRequest, TellForm, QueryDict], HttpResponse]
    more: dict[str, Any] = field(default_factory=dict)


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


def go_on(request: HttpRequest, route: Route, data: QueryDict) -> HttpResponse:
    """One step further on the route, or back, by the button that was pressed (`do`)."""
    if data.get("do") in _BESIDE:
        return _on_the_way(request, route, data)
    form = route.form(data)
    if form.has_error("secrecy"):
        return _duty(request, route, data, DutyForm(data), onward="check")
    if not form.is_valid():
        return ask(request, route, form, status=422)
    if data.get("do") == "back":
        return ask(request, route, form)
    return route.send(request, form, data) if data.get("do") == "send" else look_back(request, route, form, data)


@gzip_page
def _new_form(request: HttpRequest) -> HttpResponse:
    """The empty form, packed: no secret of anybody is on it, and nothing of a visitor is repeated. See decision 16."""
    context = {"blank": blank(), "token": codes.new_token(), "staffed": staffed.in_words(), "route": NEW.page}
    return TemplateResponse(request, "stories/tell.html", context)


def ask(request: HttpRequest, route: Route, form: TellForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """All questions, with what was filled in so far."""
    context = {
        "route": route.page,
        "form": form,
        "token": form["token"].value(),
        "answered": story_to_answer(request, form["reply"].value()),
        "carried": sent_choices(form.data) if form.is_bound else {},
        "staffed": staffed.in_words(),
    }
    return TemplateResponse(request, "stories/tell.html", context | route.more | more, status=status)


def _on_the_way(request: HttpRequest, route: Route, data: QueryDict) -> HttpResponse:
    """What may be asked for at any moment: another language, what we agree, or what holds for professionals."""
    if data["do"] in aside.BACK:
        return aside.in_between(request, asked=data["do"], hidden=carried(data), route=route.page, **route.more)
    if data["do"] == "duty":
        return _duty(request, route, data, DutyForm(), onward="begin")
    if data["do"] == "begin":
        duty = DutyForm(data)
        if not duty.is_valid():
            return _duty(request, route, data, duty, onward="begin")
        data["perspective"] = Perspective.PROFESSIONAL
    return ask(request, route, route.form(initial=as_typed(data)), carried=sent_choices(data))


def _duty(request: HttpRequest, route: Route, data: QueryDict, form: DutyForm, *, onward: str) -> HttpResponse:
    """A professional meets the duty of secrecy; what was typed so far goes along, unseen."""
    danger = telling.danger_in(*(tidy(data.get(name, "")) for name in TEXTS))
    context = {
        "form": form,
        "route": route.page,
        "onward": onward,
        "hidden": [(name, value) for name, value in carried(data) if name != "secrecy"],
        "danger": danger != Danger.NONE,
        "helplines": _helplines(danger),
        "staffed": staffed.in_words(),
    }
    return TemplateResponse(request, "stories/duty.html", context | route.more, status=422 if form.is_bound else 200)


def as_typed(data: QueryDict) -> dict[str, Any]:
    """What was filled in so far, to go on with in another language: nothing is checked yet, so nothing is wrong yet."""
    fields = AnewForm.base_fields
    return {name: data.getlist(name) if name == "themes" else data.get(name) for name in fields if name in data}


def carried(data: QueryDict) -> list[tuple[str, str]]:
    """All that was filled in and chosen, to go along unseen on a page that asks for something else first."""
    given = [(name, value) for name in AnewForm.base_fields for value in data.getlist(name) if value]
    return [*given, *sent_choices(data).items()]


def look_back(
    request: HttpRequest, route: Route, form: TellForm, data: QueryDict, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    """What others could recognise in it, and help lines at a danger; nothing is kept yet."""
    review = _look(form)
    danger = telling.danger_in(*(form.cleaned_data[name] for name in TEXTS))
    context = {
        "form": form,
        "route": route.page,
        "review": review,
        "texts": [(form[name].label, review.pieces[name]) for name in TEXTS if review.pieces[name]],
        "hidden": [(name, value) for name in form.fields for value in data.getlist(name) if value],
        "notice": notice,
        "chosen": chosen(form),
        "answered": story_to_answer(request, form.cleaned_data["reply"]),
        "hours": settings.OWN_TIME_HOURS,
        "danger": danger != Danger.NONE,
        "helplines": _helplines(danger),
        "staffed": staffed.in_words(),
        "combinations": _pointing(form.answers()),
    }
    return TemplateResponse(request, "stories/tell_review.html", context | route.more, status=status)


def _pointing(told: telling.Answers) -> list[list[str]]:
    """What the answers give away together, to think about once more; the moderator sees the same."""
    region = told.region.name if told.region else ""
    return together(region=region, age_band=told.age_band, form_of_help=told.form_of_help, language=told.language)


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
        "helplines": _helplines(told.story.danger) if danger else (),
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


def count(request: HttpRequest) -> None:
    """Hold back a flood. A whole school behind one address stays well below it."""
    try:
        ratelimit.count(request, "tell", most=40, of_all=BUSY, crowded=8)
    except ratelimit.Unavailable:
        return  # a story that is told comes in, also when the counters are down


def _with_token(sent: QueryDict) -> QueryDict:
    """The data with a token that is good: the one that came, or a new one where that was missing or too old."""
    data = sent.copy()
    try:
        codes.opened(data.get("token", ""))
    except codes.BadToken:
        data["token"] = codes.new_token()
    return data


def to_send(form: TellForm) -> telling.Answers:
    """What was filled in, with every choice for what others could recognise carried out."""
    return form.answers(**_look(form).texts())


def _look(form: TellForm) -> Review:
    return Review({name: form.cleaned_data[name] for name in TEXTS}, sent_choices(form.data))


def _helplines(danger: Danger | str) -> list[HelpLine]:
    """Who to call at this danger. Other languages than Dutch are not checked for it: the urgent ones, always."""
    lines = HelpLine.objects.current().order_by("-urgent", "position")
    if danger == Danger.NONE:
        return [] if get_language() == DUTCH else list(lines.filter(urgent=True))
    return list(lines)


def wait(seconds: int) -> str:
    """How long to wait after too many, in words."""
    minutes = seconds // 60 + 1
    return _(
        "Very many stories came from here just now. Yours is still on this page: send it again in %(minutes)s minutes."
    ) % {"minutes": minutes}

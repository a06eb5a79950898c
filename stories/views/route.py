"""The way of a story from question to question: any step on it, forth, back or aside, and the look back at the end."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core import ratelimit
from movement.models import Perspective
from stories import staffed
from stories.access import story_to_answer
from stories.actions import telling
from stories.forms.chosen import chosen
from stories.forms.marks import Review, sent_choices
from stories.forms.telling import TEXTS, AnewForm, DutyForm, TellForm
from stories.models import Danger
from stories.recognisable import together
from stories.views import aside
from stories.views.doubt import BUSY
from stories.views.heard import heard, helplines_at

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


def ask(request: HttpRequest, route: Route, form: TellForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """All questions, with what was filled in so far."""
    context = {
        "route": route.page,
        "form": form,
        "token": form["token"].value(),
        "answered": story_to_answer(request, form["reply"].value()),
        "carried": sent_choices(form.data) if form.is_bound else {},
        **heard(*(form[name].value() for name in TEXTS), *route.more.get("typed", {}).values()),
    }
    return TemplateResponse(request, "stories/tell.html", context | route.more | more, status=status)


def _on_the_way(request: HttpRequest, route: Route, data: QueryDict) -> HttpResponse:
    """What may be asked for at any moment: another language, what we agree, or what holds for professionals."""
    if data["do"] in aside.BACK:
        more = route.more | _heard(data)
        return aside.in_between(request, asked=data["do"], hidden=carried(data), route=route.page, **more)
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
    context = {
        "form": form,
        "route": route.page,
        "onward": onward,
        "hidden": [(name, value) for name, value in carried(data) if name != "secrecy"],
    }
    context |= route.more | _heard(data)
    return TemplateResponse(request, "stories/duty.html", context, status=422 if form.is_bound else 200)


def _heard(data: QueryDict) -> dict[str, Any]:
    return heard(*(data.get(name) for name in TEXTS))


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
    danger = telling.gravest(_lost_danger(form, review), telling.danger_in(*review.texts().values()))
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
        "helplines": helplines_at(danger),
        "staffed": staffed.in_words(),
        "combinations": _pointing(form.answers()),
    }
    return TemplateResponse(request, "stories/tell_review.html", context | route.more, status=status)


def _pointing(told: telling.Answers) -> list[list[str]]:
    """What the answers give away together, to think about once more; the moderator sees the same."""
    region = told.region.name if told.region else ""
    return together(region=region, age_band=told.age_band, form_of_help=told.form_of_help, language=told.language)


def count(request: HttpRequest) -> None:
    """Hold back a flood. A whole school behind one address stays well below it."""
    try:
        ratelimit.count(request, "tell", most=40, of_all=BUSY, crowded=8)
    except ratelimit.Unavailable:
        return  # a story that is told comes in, also when the counters are down


def to_send(form: TellForm) -> telling.Answers:
    """What was filled in, with every choice for what others could recognise carried out."""
    review = _look(form)
    return replace(form.answers(**review.texts()), danger=_lost_danger(form, review))


def _lost_danger(form: TellForm, review: Review) -> Danger:
    """The danger in what was typed, where a word was replaced: the place of a station may have told it."""
    typed = {name: form.cleaned_data[name] for name in TEXTS}
    return telling.danger_in(*typed.values()) if review.texts() != typed else Danger.NONE


def _look(form: TellForm) -> Review:
    return Review({name: form.cleaned_data[name] for name in TEXTS}, sent_choices(form.data))


def wait(seconds: int) -> str:
    """How long to wait after too many, in words."""
    minutes = seconds // 60 + 1
    return _(
        "Very many stories came from here just now. Yours is still on this page: send it again in %(minutes)s minutes."
    ) % {"minutes": minutes}

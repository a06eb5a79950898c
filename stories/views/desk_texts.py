"""The texts of the house at the desk: edit, check, end. Coordinators with a second factor only."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import TooLate
from movement import texts
from movement.access import coordinators_only
from movement.models import Checked, Member, TextVersion
from stories.access import text_for_desk
from stories.actions import texts as editing
from stories.forms.texts import KINDS, Kind, TextForm
from stories.house_texts import all_texts
from stories.states import NotYet
from stories.views.desk_hand import hand_of

VERBS: dict[str, tuple[Callable[..., None], Any]] = {
    "nagekeken": (editing.check, gettext_lazy("Kept: checked today, nothing changed.")),
    "beeindigen": (editing.end, gettext_lazy("This text is on no page any more.")),
    "terug": (texts.bring_back, gettext_lazy("This text is on the pages again.")),
}


@coordinators_only
@require_safe
def text_list(request: HttpRequest) -> HttpResponse:
    found = all_texts()
    late = [text for text in found if text.is_overdue]
    kinds = [(kind, KINDS[kind], [text for text in found if text.kind == kind and not text.ended_on]) for kind in KINDS]
    ended = [text for text in found if text.ended_on]
    return TemplateResponse(request, "stories/desk_texts.html", {"kinds": kinds, "late": len(late), "ended": ended})


@coordinators_only
@require_http_methods(["GET", "POST"])
def add_text(request: HttpRequest, kind: str) -> HttpResponse:
    what = _kind(kind)
    form = what.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        texts.add(text=form.save(commit=False), actor=cast("Member", request.user))
        messages.success(request, _("The text is on its page."))
        return redirect("stories:texts")
    context, status = {"form": form, "kind": kind, "what": what}, 422 if request.method == "POST" else 200
    return TemplateResponse(request, "stories/desk_text.html", context, status=status)


@coordinators_only
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    what = _kind(kind)
    one = text_for_desk(what.model, pk)
    if request.method != "POST":
        return _page(request, kind, one)
    form = what.form(request.POST, instance=text_for_desk(what.model, pk))
    if form.is_valid():
        try:
            given = {"seen": form.cleaned_data["seen"] or 0, "why": form.cleaned_data.get("why", "")}
            editing.edit(text=one, changes=form.changes, actor=cast("Member", request.user), **given)
        except NotYet as error:
            form.add_error(None, str(error))
        except TooLate as error:  # what was typed stays, beside what it says by now
            late = _("A colleague changed this text just now. Look at hers below, then save yours.")
            form.add_error(None, str(error) or late)
            return _page(request, kind, one, form, status=409)
        else:
            messages.success(request, _("The text is on its page. The old one is kept."))
            return redirect("stories:texts")
    return _page(request, kind, one, form, status=422)


@coordinators_only
@require_POST
def act_on_text(request: HttpRequest, kind: str, pk: int, verb: str) -> HttpResponse:
    one = text_for_desk(_kind(kind).model, pk)
    if verb not in VERBS:
        raise Http404
    action, said = VERBS[verb]
    try:
        action(text=one, actor=cast("Member", request.user))
    except NotYet as error:
        messages.error(request, str(error))
    except TooLate as error:
        messages.error(request, str(error) or _("This was changed in the meantime. Your change was not saved."))
    else:
        messages.success(request, said)
    return redirect("stories:texts")


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _page(
    request: HttpRequest, kind: str, text: Checked, form: TextForm | None = None, *, status: int = 200
) -> HttpResponse:
    kept = texts.versions(text)
    what = KINDS[kind]
    newest = kept[0].number if kept else 0
    seen = form["seen"].value() if form is not None and status != HTTPStatus.CONFLICT else newest
    context = {
        "form": form or what.form(instance=text), "seen": seen, "kind": kind, "what": what, "text": text,
        "hand": None if text.ended_on else hand_of(kind, text, request.user),
        "versions": [(version, _lines(what, version)) for version in kept],
    }  # fmt: skip
    return TemplateResponse(request, "stories/desk_text.html", context, status=status)


def _lines(what: Kind, version: TextVersion) -> list[tuple[str, str]]:
    """What a version said, by the labels of the form."""
    fields = what.form().fields
    words: dict[object, str] = {True: _("yes"), False: _("no")}
    for field in fields.values():
        words |= {value: str(label) for value, label in getattr(field, "choices", ())}
    return [
        (str(fields[name].label), words.get(value, str(value)))
        for name, value in version.content.items()
        if name in fields and value != ""
    ]

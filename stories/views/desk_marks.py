"""The marks of a story at the desk: each with a proposal, and the moderator decides for each what becomes of it."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from movement.access import coordinators_only
from movement.models import Member
from stories.access import story_for_desk
from stories.actions import tending
from stories.forms.desk import ProposeForm
from stories.forms.marks import sent_choices
from stories.models import Story
from stories.views.desk import VERBS, anew
from stories.views.desk_choices import choices_for
from stories.views.desk_page import page_of, reviewed

_TEXTS = ("body", "helped", "feeling")


class Kept(NamedTuple):
    """What was typed in a text before it began anew from the marks, to copy from."""

    name: str
    label: str
    text: str


@coordinators_only
@require_POST
def marks(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the choices into the texts of the edit. Nothing is kept: the same page, with the edit begun anew."""
    found = story_for_desk(public_id)
    if request.POST.get("version") != str(found.version):
        return anew(request, found, ProposeForm(request.POST, story=found, choices=choices_for(found)))
    choices = choices_for(found)
    review = reviewed(found, sent_choices(request.POST))
    typed = ProposeForm(request.POST, story=found, choices=choices)
    kept = [name for name in ("title", "why", "rules", "leave_out", "heavy") if name in typed.fields]
    begun = {name: typed[name].value() for name in kept} | review.texts()
    form = ProposeForm(story=found, choices=choices, initial=begun)
    tending.look_at(story=found, actor=cast("Member", request.user))
    kinds = {verb: VERBS[verb].form for verb in VERBS}
    context = page_of(found, cast("Member", request.user), {"voorstel": form}, kinds, review)
    context |= {"kept": _kept(found, typed, begun), "said": _("The text of your edit is made from these choices.")}
    return TemplateResponse(request, "stories/desk_story.html", context)


def _kept(story: Story, typed: ProposeForm, begun: Mapping[str, Any]) -> list[Kept]:
    """Texts with words of her own: neither what the page proposed, nor what stands there now."""
    proposed = ProposeForm(story=story, choices=typed.choices).initial
    return [
        Kept(name, str(typed.fields[name].label), text)
        for name in _TEXTS
        if (text := str(typed[name].value() or "").replace("\r\n", "\n").strip())
        and text not in (str(proposed[name]).strip(), str(begun.get(name, "")).strip())
    ]

"""What a member looks for: save a view of the list, see what is kept, let go of it."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.http import TooLate, private_page
from movement.models import Member
from stories.actions import saving
from stories.forms.reading import Reading
from stories.models import SavedSearch
from stories.options import Option, options
from stories.queries import wide_enough
from stories.states import NotYet
from stories.understood import Meant, meant
from stories.views.filters import chips

_NOTHING_YET = gettext_lazy(
    "No story fits this yet. Does it stand there as you mean it? You hear of the first that does."
)


class Kept(NamedTuple):
    """A saved search in words, with the query string of its list and of its feed."""

    public_id: str
    words: str
    address: str
    feed: str


@private_page
@require_http_methods(["GET", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """The searches of a member; with a question in the address, whether to keep that one too."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    member, typed = request.user, wide_enough(request.user, Reading.asked(request.GET)).from_the_start()
    found = meant(member, typed)
    asked = found.asked
    if request.method != "POST":
        return _page(request, member, found)
    try:
        if forget := request.POST.get("forget"):
            saving.forget_search(public_id=forget if forget.isascii() and forget.isalnum() else "", actor=member)
        elif asked.is_filtered or asked.heavy:
            saving.save_search(asked=asked.address()[1:], actor=member)
            messages.success(request, _("Kept. New stories that fit come in your post."))
            if not found.fits:
                messages.warning(request, _NOTHING_YET)
    except NotYet as error:
        messages.warning(request, str(error))
    except TooLate:
        messages.info(request, _("You had let go of that one already."))
    return redirect("stories:saved")


def _page(request: HttpRequest, member: Member, found: Meant) -> HttpResponse:
    choices, asked = options(), found.asked
    context = {
        "new": _in_words(asked, choices) if asked.is_filtered or asked.heavy else "",
        "instead": found.instead,
        "nothing_yet": "" if found.fits else _NOTHING_YET,
        "address": asked.address(),
        "searches": searches_of(member, choices),
    }
    return TemplateResponse(request, "stories/saved.html", context)


def searches_of(member: Member, choices: list[Option] | None = None) -> list[Kept]:
    """What this member looks for, in words. One query, and those of `options` where there is something to name."""
    rows = list(SavedSearch.objects.filter(member=member))
    named = (options() if choices is None else choices) if rows else []
    found = [(row.public_id, Reading.asked(QueryDict(row.asked))) for row in rows]
    return [
        Kept(public_id, _in_words(asked, named), asked.address(), asked.without_heavy().address())
        for public_id, asked in found
    ]


def _in_words(asked: Reading, choices: list[Option]) -> str:
    heavy = [option.label for option in choices if option.kind == "heavy" and option.key in asked.heavy]
    also = [_("also %(theme)s") % {"theme": label} for label in heavy]
    return " · ".join([*(chip.label for chip in chips(asked, choices)), *also]) or _("heavy stories")

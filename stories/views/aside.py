"""What can be read beside the questions without losing a word: what we agree with a teller, and whom to call."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from movement.models import HelpLine
from stories import staffed

# The buttons that lead here, and which one leads back: to the questions, or to the look back at them.
BACK = {"terms": "language", "help": "language", "terms-check": "check", "help-check": "check"}


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms, for who has nothing filled in."""
    return TemplateResponse(request, "stories/terms.html", _terms())


def in_between(request: HttpRequest, *, asked: str, hidden: Sequence[tuple[str, str]], **more: Any) -> HttpResponse:
    """On the way: `hidden` is all that was filled in so far, `asked` a key of BACK."""
    kept = {"hidden": hidden, "onward": BACK[asked], **more}
    if asked.startswith("terms"):
        return TemplateResponse(request, "stories/terms.html", _terms() | kept)
    lines = HelpLine.objects.current().order_by("-urgent", "position")
    return TemplateResponse(request, "stories/call.html", kept | {"helplines": lines})


def _terms() -> dict[str, Any]:
    return {"hours": settings.OWN_TIME_HOURS, "staffed": staffed.in_words(), "contact": settings.CONTACT_EMAIL}

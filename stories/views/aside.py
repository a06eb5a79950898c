"""What can be read beside the questions, as a page and in between: what we agree with a teller."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from stories import staffed

# The buttons that lead here, and which one leads back: to the questions, or to the look back at them.
BACK = {"terms": "language", "terms-check": "check"}


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms, for who has nothing filled in."""
    return TemplateResponse(request, "stories/terms.html", _terms())


def in_between(request: HttpRequest, *, asked: str, hidden: Sequence[tuple[str, str]], **more: Any) -> HttpResponse:
    """The same on the way: `hidden` is all that was filled in so far, `asked` a key of BACK."""
    context = {**_terms(), "hidden": hidden, "onward": BACK[asked], **more}
    return TemplateResponse(request, "stories/terms.html", context)


def _terms() -> dict[str, Any]:
    return {"hours": settings.OWN_TIME_HOURS, "staffed": staffed.in_words(), "contact": settings.CONTACT_EMAIL}

"""The log of the desk: which colleague looked at which story, or did what with it, and when. Nobody can change it."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core import sealing
from core.models import JournalEntry
from movement.access import coordinators_only
from movement.models import Member
from stories.actions.watching import READ_MUCH
from stories.views.desk_history import VERBS

_WORDS = {**VERBS, READ_MUCH: gettext_lazy("opened far more stories than is usual on a day")}
_A_PAGE = 50
_LONGEST = 18  # digits of a row number


@coordinators_only
@require_safe
def logbook(request: HttpRequest) -> HttpResponse:
    story, who = (request.GET.get(name, "")[:10] for name in ("verhaal", "wie"))
    on_it = Q(subject_kind="story") | Q(verb=READ_MUCH)
    rows = JournalEntry.objects.filter(on_it).exclude(actor="").order_by("-pk")
    rows = rows.filter(subject_id=story) if story else rows
    rows = rows.filter(actor=who) if who else rows
    before = request.GET.get("voor", "")
    if before.isascii() and before.isdigit() and len(before) <= _LONGEST:
        rows = rows.filter(pk__lt=int(before))
    names = Member.objects.filter(public_id=OuterRef("actor")).values("name")[:1]
    found = list(rows.annotate(name=Subquery(names))[: _A_PAGE + 1])
    shown = found[:_A_PAGE]
    context: dict[str, Any] = {
        "rows": [(row, row.name or _("Somebody who left"), _WORDS.get(row.verb, row.verb)) for row in shown],
        "story": story,
        "who": who,
        "colleagues": Member.objects.filter(is_coordinator=True).order_by("name", "pk").only("public_id", "name"),
        "older": urlencode({"verhaal": story, "wie": who, "voor": str(shown[-1].pk)}) if len(found) > _A_PAGE else "",
        "first_page": not before,
        "sealed": sealing.sealed_at(),
    }
    return TemplateResponse(request, "stories/logbook.html", context)

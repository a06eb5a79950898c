"""What was written about a story that was reported, by readers, by its teller and by coordinators."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce

from stories.models import Objection, Report, Story

SHOWN = 20


def reasons_given(story: Story) -> tuple[list[tuple[str, int]], bool]:
    """How often each reason was given in what is open, the commonest first; and whether it was ever reported."""
    counted = story.reports.order_by().values_list("why").annotate(n=Count("pk", filter=Q(ruling=None)))
    rows = sorted(counted, key=lambda row: -row[1])
    return [(str(Report.Why(why).label) if why else "", n) for why, n in rows if n], bool(rows)


class Voice(NamedTuple):
    """What somebody wrote about a reported story: a reader, whoever does not agree, or a coordinator who decided."""

    kind: str  # report, objection, ruling
    pk: int
    what: str  # the reason that was given, or what was decided
    state: str  # of a ruling
    who: str  # the coordinator, or "teller" and "reader" of an objection
    at: dt.datetime
    danger: bool
    text: str


_VOICE = ("kind", "key", "what", "stands", "who", "moment", "alarm", "words")


def voices(story: Story) -> dict[str, list[Voice]]:
    """All that was written, by kind: open reports with words (the newest SHOWN, danger first), open objections, and
    every ruling from the first on. One query."""
    nothing = Value("")
    reader = Case(When(report=None, then=Value("teller")), default=Value("reader"))
    parts = [
        story.reports.filter(ruling=None, text__isnull=False).order_by("-danger", "-at", "-pk").annotate(
            kind=Value("report"), key=F("pk"), what=F("why"), stands=nothing, who=nothing, moment=F("at"),
            alarm=F("danger"), words=F("text"),
        ),
        Objection.objects.filter(ruling__story=story, ruling__state="objected").order_by("at", "pk").annotate(
            kind=Value("objection"), key=F("pk"), what=nothing, stands=nothing, who=reader, moment=F("at"),
            alarm=Value(False), words=F("text"),
        ),
        story.rulings.order_by("at", "pk").annotate(
            kind=Value("ruling"), key=F("pk"), what=F("outcome"), stands=F("state"),
            who=Coalesce("author__name", nothing), moment=F("at"), alarm=Value(False), words=F("statement"),
        ),
    ]  # fmt: skip
    cut = [rows.values_list(*_VOICE)[:most] for rows, most in zip(parts, (SHOWN, SHOWN, 2 * SHOWN), strict=True)]
    rows = [
        Voice(kind, pk, what, state, who, at, danger, text or "")
        for kind, pk, what, state, who, at, danger, text in cut[0].union(*cut[1:], all=True)
    ]
    rows.sort(key=lambda one: (one.at, one.pk))
    found = {kind: [one for one in rows if one.kind == kind] for kind in ("report", "objection", "ruling")}
    found["report"].sort(key=lambda one: (one.danger, one.at, one.pk), reverse=True)
    return found

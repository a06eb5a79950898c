"""What was written about a story that was reported, by readers, by its teller and by coordinators."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Case, Count, F, Max, Q, Value, When
from django.db.models.functions import Coalesce

from stories.models import Objection, Report, Story

SHOWN, ALL = 20, 1000  # of each kind: at first, and for who asks for more


def reasons_given(story: Story) -> tuple[list[tuple[str, int]], int, bool]:
    """How often each reason was given in what is open, the commonest first; the pk of the newest of those, or 0; and
    whether it was ever reported."""
    is_open = Q(ruling=None)
    counted = {"n": Count("pk", filter=is_open), "newest": Max("pk", filter=is_open)}
    rows = sorted(story.reports.order_by().values_list("why").annotate(**counted), key=lambda row: -row[1])
    given = [(str(Report.Why(why).label) if why else "", n) for why, n, _newest in rows if n]
    return given, max((newest or 0 for _why, _n, newest in rows), default=0), bool(rows)


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


def voices(story: Story, shown: int = SHOWN) -> dict[str, list[Voice]]:
    """All that was written, by kind: open reports with words (the newest, danger first), open objections, and every
    ruling from the first on. One query."""
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
    cut = [rows.values_list(*_VOICE)[:most] for rows, most in zip(parts, (shown, shown, 2 * shown), strict=True)]
    rows = [
        Voice(kind, pk, what, state, who, at, danger, text or "")
        for kind, pk, what, state, who, at, danger, text in cut[0].union(*cut[1:], all=True)
    ]
    rows.sort(key=lambda one: (one.at, one.pk))
    found = {kind: [one for one in rows if one.kind == kind] for kind in ("report", "objection", "ruling")}
    found["report"].sort(key=lambda one: (one.danger, one.at, one.pk), reverse=True)
    return found

"""Vandaag: everything that waits for a coordinator, by risk and then by age, each with one next action and an owner.

Three queries, whatever waits. A hundred rows are put into words here and not in the template: a filter there costs more
than the row.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, cast

from django.db.models import Window
from django.db.models.aggregates import Count
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from monitor.models import Import
from movement.access import coordinators_only
from movement.models import Member
from stories.house_texts import overdue_texts
from stories.load import Load
from stories.models import PublicAnswer
from stories.queries import facts
from stories.reported import open_reports
from stories.waiting import SHOWN, Waiting, piles

AT_ONCE = 12  # of one band; the rest is folded, so that forty new ones do not push the other bands off a phone


class Item(NamedTuple):
    """One thing that waits, in words."""

    title: str
    url: str
    action: str
    meta: str  # how long it waits, for whom, and what to know beforehand
    due: str = ""  # only at a danger
    late: bool = False
    claim: str = ""  # the address that takes it in hand by one press


@dataclass
class Band:
    """What waits for one reason: how much, and the first of it as it is shown."""

    slug: str
    title: str
    total: int = 0
    late: int = 0
    items: list[Item] = field(default_factory=list)

    @property
    def quiet(self) -> bool:
        """Whether it waits for somebody else than who reads this; such bands are folded."""
        return self.slug in ("colleagues", "waits", "held")

    @property
    def at_once(self) -> int:
        return SHOWN if self.quiet or self.slug == "danger" else AT_ONCE

    @property
    def shown(self) -> SafeString:
        return _drawn(tuple(self.items[: self.at_once]), get_language())

    @property
    def folded(self) -> int:
        return len(self.items[self.at_once :])

    @property
    def folded_rows(self) -> SafeString:
        return _drawn(tuple(self.items[self.at_once :]), get_language())

    @property
    def hidden(self) -> int:
        return self.total - len(self.items)


@lru_cache(maxsize=64)
def _drawn(items: tuple[Item, ...], _language: str | None) -> SafeString:
    """Rows as they stand on the page: most are the same as a minute ago, and hold not a word of a story."""
    return render_to_string("parts/desk_items.html", {"items": items})


@coordinators_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    me = cast("Member", request.user)
    bands, load = _bands(me)
    ours = [band for band in bands if not band.quiet]
    context = {
        "bands": [band for band in bands if band.total],
        "to_do": sum(band.total for band in ours),
        "late": sum(band.late for band in bands),
        "load": load,
        "go_on": "verder" in request.GET,
        "next": any(item.claim for band in ours for item in band.items),
    }
    return TemplateResponse(request, "portal/desk.html", context)


def _bands(me: Member) -> tuple[list[Band], Load]:
    """All bands in the order of their risk, and how much that is heavy she read today."""
    now = timezone.now()
    of_stories, load = piles(me.pk, now)
    of_organisations = _answers(me, now)
    bands = []
    for slug, title in (
        ("danger", _("Danger")),
        ("second", _("Ask for a second reader")),
        ("reported", _("Reported")),
        ("late", _("Promises that are late")),
        ("mine", _("In your hands")),
        ("answers", _("Tellers answered")),
        ("new", _("New stories")),
        ("said", _("Answers of organisations")),
        ("colleagues", _("In a colleague's hands")),
        ("imports", _("Figures to confirm")),
        ("texts", _("Texts to check")),
        ("waits", _("Waits for the teller")),
        ("held", _("Off the site for now")),
    ):
        if slug == "imports":
            bands.append(_imports(Band(slug, title), now))
        elif slug in of_organisations:
            bands.append(of_organisations[slug])
            bands[-1].title = title
        elif slug == "reported":
            bands.append(_reported(Band(slug, title), me, now))
        elif slug == "texts":
            bands.append(_texts(Band(slug, title)))
        else:
            pile = of_stories[slug]
            items = [
                _item(story, _waits(story.since, now), bool(story.due and story.due < now), get_language())
                for story in pile.first
            ]
            bands.append(Band(slug, title, pile.total, pile.late, items))
    return bands, load


# Most rows read as they did a minute ago, and looking up a translation costs more than looking up a row.
@lru_cache(maxsize=2048)
def _item(story: Waiting, waits: str, late: bool, _language: str | None) -> Item:
    place = f"/desk/verhalen/{story.public_id}/"
    owner = _("yours") if story.is_mine else (story.reader or _("nobody's yet"))
    return Item(
        title=" · ".join(facts(story.perspective, story.form_of_help, story.region, None)) or _("A story"),
        url=place,
        action=_action(story),
        meta=" · ".join([waits, owner, *_notes(story)]),
        due=_due(story.due, late=late) if story.due else "",
        late=late,
        claim=f"{place}oppakken/" if story.is_free else "",
    )


def _action(story: Waiting) -> str:
    if story.band == "danger":
        return _("Look at the danger")
    if story.band == "waits":
        return _("Look how it stands")
    if story.band == "held":
        return _("Decide about the hold")
    if story.answered:
        return _("Read the answer")
    if story.read_before_by_me:
        return _("Look along")  # a colleague decides
    if story.status == "in_hand":
        return _("Go on") if story.is_mine else _("Look along")
    return _("Read as the second") if story.read_before else _("Read it")


def _notes(story: Waiting) -> list[str]:
    return [
        *([_("urgent")] if story.danger == "urgent" else []),
        *([_("came back by itself: nobody went on with it")] if story.came_back else []),
        *([_("two people read this")] if story.red_flag else []),
        *([_("you read it first; a colleague decides")] if story.read_before_by_me else []),
        *([_("a red reason stands open")] if story.red_reasons else []),
    ]


def _due(due: dt.datetime, *, late: bool) -> str:
    local = timezone.localtime(due)
    when = {"when": f"{WEEKDAYS_ABBR[local.weekday()]} {local:%H:%M}"}
    return _("too late since %(when)s") % when if late else _("before %(when)s") % when


_UNITS: tuple[tuple[int, Callable[[int], str]], ...] = (
    (7 * 24 * 60, lambda n: ngettext("waits %(n)s week", "waits %(n)s weeks", n) % {"n": n}),
    (24 * 60, lambda n: ngettext("waits %(n)s day", "waits %(n)s days", n) % {"n": n}),
    (60, lambda n: ngettext("waits %(n)s hour", "waits %(n)s hours", n) % {"n": n}),
    (1, lambda n: ngettext("waits %(n)s minute", "waits %(n)s minutes", n) % {"n": n}),
)


def _waits(since: dt.datetime, now: dt.datetime) -> str:
    """How long it waits, in its largest unit."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    unit = next((place for place, (size, _of) in enumerate(_UNITS) if minutes >= size), -1)
    return _units_in_words(unit, minutes // _UNITS[unit][0], get_language())


@lru_cache(maxsize=1024)
def _units_in_words(unit: int, number: int, _language: str | None) -> str:
    return _UNITS[unit][1](number)


def _reported(band: Band, me: Member, now: dt.datetime) -> Band:
    """Stories that readers reported: one item each, however often."""
    for one in open_reports(me.pk):
        band.total = one.total
        notes = [
            _waits(one.since, now),
            *([ngettext("%(n)s report", "%(n)s reports", one.reports) % {"n": one.reports}] if one.reports else []),
            *([_("may tell of danger")] if one.danger else []),
            *([_("off the site meanwhile")] if one.held else []),
            *([_("somebody does not agree")] if one.objected else []),
            *([_("you decided it first; a colleague looks")] if one.mine else []),
        ]
        address = reverse("stories:desk_reports", args=[one.public_id])
        band.items.append(Item(one.title or _("A story"), address, _("Look at it"), " · ".join(notes)))
    return band


def _answers(me: Member, now: dt.datetime) -> dict[str, Band]:
    """What organisations answered and nobody read yet, and what they promised for a day that has passed."""
    bands = {"said": Band("said", ""), "late": Band("late", "")}
    rows = PublicAnswer.objects.for_desk(timezone.localdate(now)).annotate(
        total=Window(Count("*"), partition_by="state")
    )
    for one in rows.select_related("organisation")[: 2 * SHOWN]:
        waits = one.state == PublicAnswer.State.WAITING
        since = one.at if waits else dt.datetime.combine(one.due_on or one.at, dt.time(), now.tzinfo)
        notes = [_waits(since, now), *([_("you wrote it; a colleague decides")] if one.author_id == me.pk else [])]
        title = f"{one.organisation.name}: {one.get_kind_display()}"
        action = _("Read it") if waits else _("Ask what came of it")
        band = bands["said" if waits else "late"]
        band.total = one.total
        band.items.append(Item(title, reverse("stories:desk_answer", args=[one.public_id]), action, " · ".join(notes)))
    return bands


def _imports(band: Band, now: dt.datetime) -> Band:
    """Files of figures that wait for their yes or no."""
    waiting = Import.objects.filter(state=Import.State.PREVIEW).order_by("at").annotate(total=Window(Count("*")))
    rows = waiting.values_list("public_id", "file_name", "at", "by__name", "added", "total")[:SHOWN]
    for public_id, file_name, at, by, added, band.total in rows:
        facts_of = [_waits(at, now), by or _("nobody's yet"), _("%(n)s new") % {"n": added}]
        address = reverse("monitor:import", args=[public_id])
        band.items.append(Item(file_name, address, _("Look and confirm"), " · ".join(facts_of)))
    return band


def _texts(band: Band) -> Band:
    """Help lines, rules and explanations at which nobody looked for too long."""
    late = overdue_texts()
    band.total = len(late)
    for text in late[:SHOWN]:
        address = reverse("stories:text", args=[text.kind, text.pk])
        checked = _("last checked on %(day)s") % {"day": date_format(text.checked_on, "j F Y")}
        band.items.append(Item(text.name, address, _("Check it"), checked))
    return band

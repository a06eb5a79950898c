"""Vandaag: everything that waits for a coordinator, by risk and then by age, each with one next action and an owner.

Four queries, whatever waits. The list tells what a story is, never what stands in it: opening one is a look that is
written down, a list of forty is not.
"""

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from monitor.models import Import
from movement.access import coordinators_only
from movement.models import Member
from stories.models import Danger, EditProposal, Message, Status, Story
from stories.queries import facts
from stories.staffed import danger_due

MOST = 500  # a pile higher than this needs people, not a longer page
SHOWN = 25  # in one band
AT_ONCE = 12  # of them; the rest is folded, so that forty new ones do not push the other bands off a phone


@dataclass
class Item:
    """One thing that waits. `since` is when it began to wait; `due` only stands at a danger."""

    title: str
    url: str
    since: dt.datetime
    owner: str
    action: str
    mine: bool = False
    due: dt.datetime | None = None
    late: bool = False
    notes: list[str] = field(default_factory=list)
    claim: str = ""  # public id, when one press takes it in hand

    @property
    def waits(self) -> str:
        """How long it waits, in its largest unit."""
        return timesince(self.since, depth=1)


@dataclass
class Band:
    """What waits for one reason: how much, and the first of it as it is shown."""

    slug: str
    title: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    total: int = 0
    late: int = 0

    @property
    def quiet(self) -> bool:
        """Whether it waits for somebody else than who reads this; such bands are folded."""
        return self.slug in ("colleagues", "waits", "held")

    @property
    def shown(self) -> list[Item]:
        return self.items[: SHOWN if self.quiet or self.slug == "danger" else AT_ONCE]

    @property
    def folded(self) -> list[Item]:
        return [] if self.quiet or self.slug == "danger" else self.items[AT_ONCE:SHOWN]

    @property
    def hidden(self) -> int:
        return self.total - len(self.items)


@coordinators_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    me = cast("Member", request.user)
    bands = bands_for(me)
    ours = [band for band in bands if not band.quiet]
    context = {
        "bands": [band for band in bands if band.total],
        "to_do": sum(band.total for band in ours),
        "late": sum(band.late for band in bands),
        "go_on": "verder" in request.GET,
        "next": any(_is_free(row, me) for band in ours for row in band.rows),
    }
    return TemplateResponse(request, "portal/desk.html", context)


def bands_for(me: Member) -> list[Band]:
    """All bands in the order of their risk, the oldest first in each. Only what is shown is put into words."""
    bands = {
        slug: Band(slug, title)
        for slug, title in (
            ("danger", _("Danger")),
            ("mine", _("In your hands")),
            ("answers", _("Tellers answered")),
            ("new", _("New stories")),
            ("colleagues", _("In a colleague's hands")),
            ("imports", _("Figures to confirm")),
            ("waits", _("Waits for the teller")),
            ("held", _("Off the site for now")),
        )
    }
    now = timezone.now()
    for row in _stories():
        bands[_band(row, me)].rows.append(row)
    danger = bands["danger"]
    danger.rows.sort(key=_due)
    danger.late = bisect_left(danger.rows, now, key=_due)
    for band in bands.values():
        band.items = [_item(row, me, now) for row in band.rows[:SHOWN]]
        band.total = len(band.rows)
    imports = _imports()
    bands["imports"].items, bands["imports"].total = imports[:SHOWN], len(imports)
    return list(bands.values())


def _due(row: dict[str, Any]) -> dt.datetime:
    return danger_due(row["danger"], row["danger_at"] or row["sent_at"])


def _stories() -> list[Any]:
    """Every story that waits for somebody, in one query, without a word of its text."""
    answered = Message.objects.filter(story=OuterRef("pk"), from_teller=True)
    decided = EditProposal.objects.filter(story=OuterRef("pk"), state__in=["agreed", "declined"])
    last_word = Subquery(Message.objects.filter(story=OuterRef("pk")).order_by("-at").values("at")[:1])
    edits = EditProposal.objects.filter(story=OuterRef("pk")).order_by("-at")
    last_edit = Subquery(edits.values(moment=Coalesce("answered_at", "at"))[:1])
    waiting = (Status.WAITING, Status.IN_HAND, Status.QUESTION, Status.PROPOSED, Status.ON_HOLD)
    danger = ~Q(danger=Danger.NONE) & Q(danger_answered_at=None) & Q(status__in=[Status.PUBLISHED, Status.REFUSED])
    return list(
        Story.objects.filter(Q(status__in=waiting) | danger)
        .order_by("-urgency", "sent_at")
        .annotate(answered=Exists(answered), decided=Exists(decided), last_word=last_word, last_edit=last_edit)
        .values(
            "public_id", "status", "perspective", "form_of_help", "region__name", "sent_at", "danger", "danger_at",
            "danger_answered_at", "reader", "reader__name", "red_flag", "first_approver", "answered", "decided",
            "red_reasons", "last_word", "last_edit",
        )[:MOST]
    )  # fmt: skip


def _band(row: dict[str, Any], me: Member) -> str:
    if row["danger"] != Danger.NONE and row["danger_answered_at"] is None:
        return "danger"
    if row["status"] in (Status.QUESTION, Status.PROPOSED):
        return "waits"
    if row["status"] == Status.ON_HOLD:
        return "held"
    if row["answered"] or row["decided"]:
        return "answers" if row["status"] == Status.WAITING or row["reader"] == me.pk else "colleagues"
    if row["status"] == Status.IN_HAND:
        return "mine" if row["reader"] == me.pk else "colleagues"
    return "new"


def _item(row: dict[str, Any], me: Member, now: dt.datetime) -> Item:
    said = facts(row["perspective"], row["form_of_help"], row["region__name"], None)
    mine = row["reader"] == me.pk
    in_danger = _band(row, me) == "danger"
    due = _due(row) if in_danger else None
    return Item(
        title=" · ".join(said) or _("A story"),
        url=reverse("stories:desk_story", args=[row["public_id"]]),
        since=_since(row, in_danger=in_danger),
        owner=_("yours") if mine else (row["reader__name"] or _("nobody's yet")),
        action=_action(row, mine=mine, in_danger=in_danger),
        mine=mine,
        due=due,
        late=bool(due and due < now),
        notes=_notes(row, me),
        claim=row["public_id"] if _is_free(row, me) else "",
    )


def _since(row: dict[str, Any], *, in_danger: bool) -> dt.datetime:
    """When it began to wait as it waits now: the signal of danger, the last word of either side, or the sending."""
    if in_danger and row["danger_at"]:
        return cast("dt.datetime", row["danger_at"])
    moments: list[dt.datetime | None] = [row["sent_at"], row["last_word"], row["last_edit"]]
    return max(moment for moment in moments if moment)


def _is_free(row: dict[str, Any], me: Member) -> bool:
    """Whether one press takes it in hand."""
    return bool(row["status"] == Status.WAITING and row["first_approver"] != me.pk)


def _action(row: dict[str, Any], *, mine: bool, in_danger: bool) -> str:
    if in_danger:
        return _("Look at the danger")
    if row["status"] in (Status.QUESTION, Status.PROPOSED):
        return _("Look how it stands")
    if row["status"] == Status.ON_HOLD:
        return _("Decide about the hold")
    if row["decided"] or row["answered"]:
        return _("Read the answer")
    if row["status"] == Status.IN_HAND:
        return _("Go on") if mine else _("Look along")
    return _("Read as the second") if row["first_approver"] else _("Read it")


def _notes(row: dict[str, Any], me: Member) -> list[str]:
    return [
        *([_("urgent")] if row["danger"] == Danger.URGENT else []),
        *([_("two people read this")] if row["red_flag"] else []),
        *([_("you read it first; a colleague decides")] if row["first_approver"] == me.pk else []),
        *([_("a red reason stands open")] if row["red_reasons"] else []),
    ]


def _imports() -> list[Item]:
    waiting = Import.objects.filter(state=Import.State.PREVIEW).order_by("at")
    return [
        Item(
            title=file_name,
            url=reverse("monitor:import", args=[public_id]),
            since=at,
            owner=by or _("nobody's yet"),
            action=_("Look and confirm"),
            notes=[_("%(n)s new") % {"n": added}],
        )
        for public_id, file_name, at, by, added in waiting.values_list(
            "public_id", "file_name", "at", "by__name", "added"
        )[:MOST]
    ]

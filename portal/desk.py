"""Vandaag: everything that waits for a coordinator, by risk and then by age, each with one next action and an owner.

Two queries, whatever waits. A hundred rows are put into words here and not in the template: a filter there costs more
than the row.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, cast

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

from movement.access import coordinators_only
from movement.models import Member
from portal.beside import beside
from stories.facts import DOT, facts
from stories.load import Load
from stories.models import PublicAnswer
from stories.waiting import ALL, SHOWN, Waiting, piles

AT_ONCE = 12  # of one band; the rest is folded, so that forty new ones do not push the other bands off a phone


class Item(NamedTuple):
    """One thing that waits, in words."""

    title: str
    url: str
    action: str
    meta: str  # how long it waits, for whom, and what to know beforehand
    due: str = ""  # at a danger, and at what a teller wrote
    late: bool = False
    claim: str = ""  # the address that takes it in hand by one press
    held: bool = False  # somebody has it in hand: the bead on the thread is filled


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
        return self.slug in ("colleagues", "waits", "held", "kept")

    @property
    def drawn(self) -> SafeString:
        at_once = ALL if self.quiet or self.slug == "danger" else AT_ONCE
        return _drawn(self.slug, self.title, self.total, self.quiet, at_once, tuple(self.items), get_language())


@lru_cache(maxsize=64)
def _drawn(
    slug: str, title: str, total: int, quiet: bool, at_once: int, items: tuple[Item, ...], _language: str | None
) -> SafeString:
    """A band as it stands on the page: most are the same as a minute ago, and hold not a word of a story."""
    words = {"slug": slug, "title": title, "total": total, "quiet": quiet, "hidden": total - len(items)}
    return render_to_string("parts/desk_band.html", {**words, "at_once": items[:at_once], "folded": items[at_once:]})


@coordinators_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    me = cast("Member", request.user)
    bands, load = _bands(me, ALL if "alles" in request.GET else SHOWN)
    ours = [band for band in bands if not band.quiet]
    context = {
        "bands": [band for band in bands if band.total],
        "to_do": sum(band.total for band in ours),
        "late": sum(band.late for band in bands),
        "load": load,
        "go_on": "verder" in request.GET,
        "next": any(item.claim.startswith("/desk/verhalen/") for band in ours for item in band.items),
        "to_take": any(item.claim for band in ours for item in band.items),
    }
    return TemplateResponse(request, "portal/desk.html", context)


def _bands(me: Member, shown: int) -> tuple[list[Band], Load]:
    """All bands in the order of their risk, and how much that is heavy she read today. Two queries."""
    now, language = timezone.now(), get_language()
    bands = {
        slug: Band(slug, title)
        for slug, title in (
            ("danger", _("Danger")),
            ("second", _("Ask for a second reader")),
            ("reported", _("Reported")),
            ("much", _("Reads far more than usual")),
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
            ("kept", _("Read, and stays with us")),
        )
    }
    of_stories, load = piles(me.pk, now, shown)
    for slug, pile in of_stories.items():
        band = bands[slug]
        band.total, band.late = pile.total, pile.late
        band.items = [
            _item(story, _waits(story.since, now, language), bool(story.due and story.due < now), language)
            for story in pile.first
        ]
    for slug, row, is_mine, reader in beside(me.pk, timezone.localdate(now), shown):
        bands[slug].total = row["total"]
        waits = _waits(dt.datetime.fromisoformat(row["since"]), now, language)
        item = _IN_WORDS[slug](waits, _owner(reader, is_mine=is_mine), row)
        bands[slug].items.append(item if not reader else item._replace(claim="", held=True))
    return list(bands.values()), load


# Most rows read as they did a minute ago, and looking up a translation costs more than looking up a row.
@lru_cache(maxsize=2048)
def _item(story: Waiting, waits: str, late: bool, _language: str | None) -> Item:
    place = f"/desk/verhalen/{story.public_id}/"
    owner = _owner(story.reader, is_mine=story.is_mine)
    return Item(
        title=_title(story),
        url=place,
        action=_action(story),
        meta=DOT.join([waits, owner, *_notes(story)]),
        due=_due(story.due, late=late) if story.due else "",
        late=late,
        claim=f"{place}oppakken/" if story.is_free else "",
        held=bool(story.reader),
    )


def _title(story: Waiting) -> str:
    """What may be known of a story that nobody opened; where that is little, when it was sent tells it apart."""
    said = facts(story.perspective, story.form_of_help, story.region, None)
    if len(said) > 1:
        return DOT.join(said)
    return DOT.join([*(said or [_("A story")]), date_format(timezone.localtime(story.sent_at), "j F, H:i")])


def _owner(reader: str | None, *, is_mine: bool) -> str:
    """Who has it in hand: what the bead on the thread says, in words."""
    if is_mine:
        return _("yours")
    return _("in the hands of %(name)s") % {"name": reader} if reader else _("nobody's yet")


def _action(story: Waiting) -> str:
    if story.band == "danger":
        return _("Look at the danger")
    if story.band in ("waits", "kept"):
        return _("Look how it stands")
    if story.band == "held":
        return _("Decide about the hold")
    if story.answered:
        return _("Read the answer")
    if story.status == "in_hand":
        return _("Go on") if story.is_mine else _("Look along")
    if story.read_before_by_me:
        return _("Look along")  # a colleague decides
    return _("Read as the second") if story.read_before else _("Read it")


def _notes(story: Waiting) -> list[str]:
    return [
        *([_("urgent")] if story.danger == "urgent" else []),
        *([_("came back by itself: nobody went on with it")] if story.came_back else []),
        *([_("told anew")] if story.told_anew else []),
        *([_("two people read this")] if story.red_flag else []),
        *([_("you read it first; a colleague decides")] if story.read_before_by_me else []),
        *([_("a red reason stands open")] if story.red_reasons else []),
    ]


def _due(due: dt.datetime, *, late: bool) -> str:
    local = timezone.localtime(due)
    days = abs((local.date() - timezone.localdate()).days)
    # The name of a day says which one only within a week.
    near = f"{WEEKDAYS_ABBR[local.weekday()]} {local:%H:%M}"
    when = {"when": near if days < 7 else date_format(local, "j F")}
    return _("too late since %(when)s") % when if late else _("before %(when)s") % when


_UNITS: tuple[tuple[int, Callable[[int], str]], ...] = (
    (7 * 24 * 60, lambda n: ngettext("waits %(n)s week", "waits %(n)s weeks", n) % {"n": n}),
    (24 * 60, lambda n: ngettext("waits %(n)s day", "waits %(n)s days", n) % {"n": n}),
    (60, lambda n: ngettext("waits %(n)s hour", "waits %(n)s hours", n) % {"n": n}),
    (1, lambda n: ngettext("waits %(n)s minute", "waits %(n)s minutes", n) % {"n": n}),
)


def _waits(since: dt.datetime, now: dt.datetime, language: str | None) -> str:
    """How long it waits, in its largest unit. The language is asked for once a page: asking takes longer than this."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    unit = next((place for place, (size, _of) in enumerate(_UNITS) if minutes >= size), -1)
    return _units_in_words(unit, minutes // _UNITS[unit][0], language)


@lru_cache(maxsize=1024)
def _units_in_words(unit: int, number: int, _language: str | None) -> str:
    return _UNITS[unit][1](number)


# The rest of what waits: each row of its band in words, from what portal.beside brought home ------------------------


def _reported(waits: str, owner: str, row: dict[str, Any]) -> Item:
    """A story that readers reported: one item, however often."""
    reports = row["reports"]
    notes = [
        waits,
        owner,
        *([ngettext("%(n)s report", "%(n)s reports", reports) % {"n": reports}] if reports else []),
        *([_("may tell of danger")] if row["danger"] else []),
        *([_("off the site meanwhile")] if row["held"] else []),
        *([_("somebody does not agree")] if row["objected"] else []),
        *([_("you decided it first; a colleague looks")] if row["mine"] else []),
    ]
    address = reverse("stories:desk_reports", args=[row["ref"]])
    title = DOT.join(facts(row["perspective"], row["form"], row["region"], None)) or _("A story")
    claim = "" if row["mine"] else _claim("gemeld", row["ref"])
    return Item(title, address, _("Look at it"), DOT.join(notes), claim=claim)


def _claim(kind: str, ref: object) -> str:
    return f"/desk/hand/{kind}/{ref}/pakken/"


def _answer(waits: str, owner: str, row: dict[str, Any]) -> Item:
    """What an organisation answered and nobody read yet, or what it promised for a day that has passed."""
    notes = [waits, owner, *([_("you wrote it; a colleague decides")] if row["mine"] else [])]
    title = f"{row['who']}: {PublicAnswer.Kind(row['kind']).label}"
    action = _("Read it") if row["band"] == "said" else _("Ask what came of it")
    claim = "" if row["mine"] else _claim("antwoord", row["ref"])
    return Item(title, reverse("stories:desk_answer", args=[row["ref"]]), action, DOT.join(notes), claim=claim)


def _much(_waits: str, _owner: str, row: dict[str, Any]) -> Item:
    """A colleague who opened far more stories than is usual."""
    when = {"n": row["opened"], "day": date_format(dt.datetime.fromisoformat(row["since"]), "j F")}
    meta = _("opened %(n)s stories on %(day)s") % when
    return Item(row["who"], f"{reverse('stories:logbook')}?wie={row['ref']}", _("Look in the log"), meta)


def _import(waits: str, owner: str, row: dict[str, Any]) -> Item:
    """A file of figures that waits for its yes or no."""
    by = _("brought by %(name)s") % {"name": row["by"]} if row["by"] else owner
    meta = [waits, by, _("%(n)s new") % {"n": row["added"]}]
    return Item(row["file"], reverse("monitor:import", args=[row["ref"]]), _("Look and confirm"), DOT.join(meta))


def _text(_waits: str, owner: str, row: dict[str, Any]) -> Item:
    """A help line, rule or explanation at which nobody looked for too long."""
    day = date_format(dt.datetime.fromisoformat(row["since"]), "j F Y")
    checked = _("last checked on %(day)s") % {"day": day}
    address = reverse("stories:text", args=[row["kind"], row["id"]])
    return Item(row["name"], address, _("Check it"), f"{checked}{DOT}{owner}", claim=_claim(row["kind"], row["id"]))


_IN_WORDS = {"reported": _reported, "much": _much, "said": _answer, "late": _answer, "imports": _import, "texts": _text}

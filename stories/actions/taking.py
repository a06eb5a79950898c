"""Who takes care of a report, an answer or a text of ours: taken by one, put back by her or by the clock.

Stories have the same in `deciding`; there it is part of where a story stands.
"""

import datetime as dt

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import journal
from core.http import TooLate
from movement.models import Explanation, HelpLine, Member
from stories import staffed
from stories.models import HouseRule, InHand, PublicAnswer, Story

_FIELD: dict[type[models.Model], str] = {
    Story: "reported", PublicAnswer: "answer", HouseRule: "house_rule", HelpLine: "help_line",
    Explanation: "explanation",
}  # fmt: skip


@transaction.atomic
def take(*, thing: models.Model, actor: Member, from_reader: str = "") -> None:
    """Take it in hand; with `from_reader` (a public id), take it over from that colleague. Twice is once.

    `thing` is a story (for what readers reported of it), an answer or a text of ours. Raises TooLate, saying who has
    it.
    """
    if from_reader:
        colleague = Member.objects.filter(public_id=from_reader)  # no join: of two at once the second finds it gone
        new = bool(held(thing).filter(reader__in=colleague).update(reader=actor, at=timezone.now()))
    else:
        _hand, new = InHand.objects.get_or_create(**{_FIELD[type(thing)]: thing}, defaults={"reader": actor})
    only_hers(thing, actor)
    if not held(thing).exists():  # taken over from nobody
        raise TooLate
    if new:
        _record("taken", thing, actor)


@transaction.atomic
def give_back(*, thing: models.Model, actor: Member) -> None:
    """Let whoever comes next take it. Raises TooLate when she does not have it."""
    if not held(thing).filter(reader=actor).delete()[0]:
        raise TooLate
    _record("given_back", thing, actor)


def held(thing: models.Model) -> QuerySet[InHand]:
    """Who has it in hand: one row or none."""
    return InHand.objects.filter(**{_FIELD[type(thing)]: thing.pk})


def only_hers(thing: models.Model, actor: Member) -> None:
    """Raise TooLate, saying who has it, when a colleague has this in hand (part of an action)."""
    hand = held(thing).select_related("reader").first()
    if hand is not None and hand.reader_id != actor.pk:
        raise TooLate(_("%(name)s has this now.") % {"name": hand.reader})


def finish(thing: models.Model) -> None:
    """It was decided, or it is gone (part of an action)."""
    held(thing).delete()


def come_back_idle(*, now: dt.datetime | None = None) -> int:
    """Put back what somebody took longer ago than she may keep it; return how many.

    CLAIM_HOURS staffed hours, as for a story; CLAIM_HOURS_DANGER when what was reported may tell of danger.
    """
    now, back = now or timezone.now(), 0
    alarming = Q(reported__reports__danger=True, reported__reports__ruling=None)
    for hours, which in ((settings.CLAIM_HOURS_DANGER, alarming), (settings.CLAIM_HOURS, ~Q(pk=None))):
        since = staffed.begun(now, hours, staffed.of_the_desk())
        for hand in InHand.objects.filter(which, at__lte=since).distinct().select_related(*InHand.THINGS):
            with transaction.atomic():
                if InHand.objects.filter(pk=hand.pk, reader=hand.reader_id, at=hand.at).delete()[0]:
                    thing = next(one for name in InHand.THINGS if (one := getattr(hand, name)) is not None)
                    _record("came_back", thing, None)
                    back += 1
    return back


def _record(what: str, thing: models.Model, actor: Member | None) -> None:
    """In the journal, where the thing has a name for it: a text of ours has none, only its versions do."""
    if isinstance(thing, Story):
        journal.record(f"story.reports_{what}", thing, actor=actor)
    elif isinstance(thing, PublicAnswer):
        journal.record(f"publicanswer.{what}", thing, actor=actor)

"""Where a story can stand, and every way from one state to another: one table.

The actions take from it what they may move from (`move`), the database refuses whatever is not in it (a trigger on
Story), and the page behind the code says what is in `tells`. What stands here is what can happen; nothing else can.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stories import totals

if TYPE_CHECKING:
    from stories.models import StoryQuerySet


class NotYet(Exception):
    """The rules of the house forbid this for now; the sentence says what has to happen first."""


class Status(models.TextChoices):
    OWN_TIME = "own_time", _("With the teller")
    WAITING = "waiting", _("Waiting for the support centre")
    IN_HAND = "in_hand", _("Being read")
    # One person read it and does not want to decide alone: from here only another one can go on with it.
    ESCALATED = "escalated", _("Waiting for a second reader")
    QUESTION = "question", _("A question to the teller")
    PROPOSED = "proposed", _("An edit for the teller to agree to")
    PUBLISHED = "published", _("Published")
    ON_HOLD = "on_hold", _("On hold")
    REFUSED = "refused", _("Not published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Who(StrEnum):
    TELLER = "teller"
    CENTRE = "support centre"
    CLOCK = "clock"


class Move(NamedTuple):
    """A thing that happens to a story: from any of `old` to any of `new`. `tells` is what the teller reads of it."""

    verb: str  # of the journal
    old: tuple[Status, ...]
    new: tuple[Status, ...]
    who: tuple[Who, ...]
    tells: str | Promise


_S = Status
_TELLER, _CENTRE, _CLOCK = (Who.TELLER,), (Who.CENTRE,), (Who.CLOCK,)
_PILE = (_S.WAITING, _S.ESCALATED)
_TO_DESK = (_S.IN_HAND, _S.WAITING)  # to the reader it had, or else onto the pile
MOVES = (
    Move("story.sent", (_S.OWN_TIME, _S.ON_HOLD), _PILE, _TELLER + _CLOCK,
         _("Your story went to the support centre.")),
    Move("story.claimed", _PILE, (_S.IN_HAND,), _CENTRE, _("Somebody began to read it.")),
    Move("story.handed_back", (_S.IN_HAND,), _PILE, _CENTRE, _("It waits for somebody else to read it.")),
    Move("story.came_back", (_S.IN_HAND,), _PILE, _CLOCK, _("It waits for somebody else to read it.")),
    Move("story.passed_on", (_S.IN_HAND,), (_S.ESCALATED,), _CENTRE,
         _("Somebody read it and asked a second person to read it too. So nobody decides about it alone.")),
    Move("story.asked", (_S.IN_HAND,), (_S.QUESTION,), _CENTRE, _("The support centre asked you something.")),
    Move("story.answered", (_S.QUESTION,), _TO_DESK, _TELLER, _("You answered.")),
    Move("story.edit_proposed", (_S.IN_HAND,), (_S.PROPOSED,), _CENTRE, _("The support centre offered you a text.")),
    Move("story.agreed", (_S.PROPOSED,), _TO_DESK, _TELLER, _("You agreed to the text.")),
    Move("story.declined", (_S.PROPOSED,), _TO_DESK, _TELLER, _("You did not agree to the text.")),
    Move("story.published", (_S.IN_HAND, _S.PROPOSED), (_S.PUBLISHED,), _CENTRE + _TELLER,
         _("Your story came on the site.")),
    Move("story.refused", (_S.IN_HAND,), (_S.REFUSED,), _CENTRE,
         _("The support centre decided not to put it on the site.")),
    Move("story.objected", (_S.REFUSED, _S.PUBLISHED), (_S.WAITING,), _TELLER, _("You asked to look at it again.")),
    Move("story.held", (_S.PUBLISHED,), (_S.ON_HOLD,), _CENTRE + _TELLER, _("It left the site for now.")),
    Move("story.kept", (_S.IN_HAND,), (_S.ON_HOLD,), _CENTRE, _("The support centre read it. It stays with them.")),
    Move("story.released", (_S.ON_HOLD,), (_S.PUBLISHED, *_PILE), _CENTRE,
         _("The support centre looked at it and goes on with it.")),
    Move("story.taken_off", (_S.PUBLISHED, _S.ON_HOLD), (_S.REFUSED,), _CENTRE,
         _("A reader reported it, and the support centre took it off the site.")),
    Move("story.put_back", (_S.ON_HOLD, _S.REFUSED), (_S.PUBLISHED,), _CENTRE,
         _("The support centre looked again and put it back on the site.")),
    Move("story.lapsed", (_S.QUESTION, _S.PROPOSED, _S.ON_HOLD), (_S.REFUSED,), _CLOCK,
         _("The time to keep your text was over, so it ended here.")),
    # In own time a text changes too, but the story stays where it is. Here somebody may have read the old one.
    Move("story.told_anew",
         (_S.WAITING, _S.ESCALATED, _S.IN_HAND, _S.QUESTION, _S.PROPOSED, _S.REFUSED), (_S.WAITING,), _TELLER,
         _("You changed your story and sent it again. It is read anew, from the beginning.")),
    Move("story.withdrawn", tuple(status for status in _S if status != _S.WITHDRAWN), (_S.WITHDRAWN,), _TELLER,
         _("You took your story back.")),
)  # fmt: skip

PAIRS = sorted({(str(old), str(new)) for move in MOVES for old in move.old for new in move.new if old != new})
TELLS: dict[str, str | Promise] = {
    "story.told": _("You told your story."),
    "story.rewritten": _("You changed your story."),
    "story.wrote": _("You wrote to the support centre."),
    "story.written": _("The support centre wrote to you."),
    "story.address_left": _("You left an e-mail address for notices."),
    "story.address_erased": _("Your e-mail address was erased."),
} | {move.verb: move.tells for move in MOVES}
_BY_VERB = {move.verb: move for move in MOVES}


def before(verb: str) -> tuple[Status, ...]:
    """From which states this can happen."""
    return _BY_VERB[verb].old


def move(stories: "StoryQuerySet", verb: str, *, to: Any, **fields: Any) -> int:
    """Compare and set: move those of `stories` for which `verb` can happen, and return how many.

    `to` is a status or an expression that gives one; the database has the last word about it. The caller writes the
    journal entry `verb`. Raises ValueError for a status to which this verb never leads. Where a story may have left the
    site by it, the totals over stories are counted anew.
    """
    if isinstance(to, str) and to not in _BY_VERB[verb].new:
        raise ValueError(f"{verb} never leads to {to}.")
    moved = stories.filter(status__in=before(verb)).update(status=to, **fields)
    if moved and Status.PUBLISHED in before(verb):
        totals.forget()
    return moved

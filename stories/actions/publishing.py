"""The one way by which a story becomes public."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from core import journal
from core.http import TooLate
from core.text import teaser, tidy
from movement.models import Member
from stories.actions.weighing import HEAVY
from stories.dutch.beside import words_beside
from stories.models import Audience, EditProposal, Status, Story
from stories.states import NotYet, before, move


def may_be_published(story: Story) -> bool:
    """Whether nothing stands in the way but somebody's decision; the database holds the same rules."""
    two_people = story.first_approver_id and story.second_approver_id
    read_by_two = bool(two_people) and story.first_approver_id != story.second_approver_id
    return (
        story.status in before("story.published")  # never straight from the pile
        and story.audience != Audience.SUPPORT
        and not story.red_reasons
        and not story.has_open_danger
        and (not story.red_flag or read_by_two)
    )


def refuse_in_danger(story: Story) -> None:
    """Raise NotYet, saying what to do, while a danger is open (part of an action)."""
    if story.has_open_danger:
        raise NotYet(_("Its clock of danger still runs. Do the steps at danger first, then it can go on the site."))


def erase_in(days: int) -> Case:
    """The moment at which the text as told goes, `days` from now; never later than was promised before. Where that is
    erased already, it is when waiting for the teller is over."""
    day = Value(timezone.now() + dt.timedelta(days=days))
    return Case(When(raw_body=None, then=day), default=Least("erase_raw_at", day))


ORIGINALS = ("original_body", "original_helped", "original_feeling")

# What readers had of the words, and what it is searched by, where nothing of it is public (any more).
NOT_PUBLIC: dict[str, Any] = {
    **dict.fromkeys(("title", "body", "helped", "feeling", "teaser", "words_beside", *ORIGINALS), ""),
    "translated": False,
}

# Back in our hands: it is our turn, so no text goes while it waits. What was public keeps the day that it had.
ERASE_WHEN_DECIDED = Case(When(published_on=None, then=None), default=F("erase_raw_at"))

# Where it waits for us then: what one person read and passed on still waits for a second one.
PILE = Case(
    When(red_flag=True, first_approver__isnull=False, second_approver=None, then=Value(Status.ESCALATED)),
    default=Value(Status.WAITING),
)


def searchable(*, title: str, body: str, helped: str = "") -> dict[str, str]:
    """The fields that are searched, of texts as they will be read."""
    texts = {"title": " ".join(tidy(title).split()), "body": tidy(body), "helped": tidy(helped)}
    return {**texts, "words_beside": words_beside(*texts.values())}


def _original(story: Story, edit: EditProposal | None) -> dict[str, Any]:
    """What says that the public text is a translation, with what was told where that is shown too."""
    translated = bool(edit and edit.translates and not story.is_dutch)
    told = (story.raw_body, story.raw_helped, story.raw_feeling)
    shown = translated and edit is not None and edit.original_agreed
    texts = [tidy(str(text or "")) if shown else "" for text in told]
    return {"translated": translated, **dict(zip(ORIGINALS, texts, strict=True))}


_NOT_ANSWERED: dict[str, Any] = {"region": None, "age_band": "", "form_of_help": ""}


def _left_out(edit: EditProposal | None) -> dict[str, Any]:
    """What the teller agreed to leave out goes for good: what is not there cannot be combined by anybody."""
    return {name: _NOT_ANSWERED[name] for name in (edit.leave_out if edit else ())}


@transaction.atomic
def publish(
    *, story: Story, title: str, body: str, helped: str = "", feeling: str = "", actor: Member | None = None,
    edit: EditProposal | None = None,
) -> None:  # fmt: skip
    """Make these texts public; `actor` is the coordinator, or None when the teller agreed to a proposal.

    `edit` is the proposal that the texts come from. When it translates, what was told stands beside it if the teller
    agreed to that. What it leaves out (region, age, kind of help) is taken off the story.

    What the teller wrote is kept, encrypted, for RAW_KEPT_DAYS and then erased by stories.tasks. Raises TooLate when
    the story has moved on, or may not be published any more (a red reason, a danger
    that is open, a narrower consent, one reader too few, another language).
    """
    now = timezone.now()
    if not may_be_published(story):
        raise TooLate
    texts = searchable(title=title, body=body, helped=helped)
    done = move(
        Story.objects.out_of_danger().filter(
            pk=story.pk,
            version=story.version,
            status=story.status,
            audience=story.audience,
            language=story.language,
            red_reasons=0,
            red_flag=story.red_flag,
        ),
        "story.published",
        to=Status.PUBLISHED,
        **texts,
        feeling=tidy(feeling),
        **_original(story, edit),
        **_left_out(edit),
        teaser=teaser(texts["body"]),
        published_on=timezone.localdate(now),
        heavy=HEAVY,
        erase_raw_at=now + dt.timedelta(days=settings.RAW_KEPT_DAYS),
    )
    if not done:
        raise TooLate
    journal.record("story.published", story, actor=actor)
    story.refresh_from_db()

"""What happens because time passes: own time ends, and what tellers wrote is erased."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core import journal
from core.http import TooLate
from core.models import JournalEntry
from stories import staffed
from stories.actions.publishing import NOT_PUBLIC, PILE
from stories.actions.telling import send_now
from stories.models import Danger, DangerNote, EditProposal, Message, Reach, Status, Story, StoryQuerySet
from stories.states import move


def send_due(*, now: dt.datetime | None = None) -> int:
    """Send every story whose own time is over to the support centre; return how many."""
    now = now or timezone.now()
    sent = 0
    for story in Story.objects.due_to_send(now):
        try:
            send_now(story=story, at=now)
        except TooLate:  # the teller was faster
            continue
        sent += 1
    return sent


def take_back_idle(*, now: dt.datetime | None = None) -> int:
    """Put stories back on the pile with which nobody went on; return how many.

    A story stays in somebody's hands for CLAIM_HOURS staffed hours after the last thing that she or its teller did
    with it (a look counts); while a danger is open for CLAIM_HOURS_DANGER.
    """
    now = now or timezone.now()
    open_danger = Q(danger_answered_at=None) & ~Q(danger=Danger.NONE)
    back = 0
    for hours, which in ((settings.CLAIM_HOURS_DANGER, open_danger), (settings.CLAIM_HOURS, ~open_danger)):
        since = staffed.begun(now, hours, staffed.of_the_desk())
        lately = JournalEntry.objects.filter(
            Q(actor=OuterRef("reader__public_id")) | Q(actor=""),
            subject_kind="story", subject_id=OuterRef("public_id"), at__gt=since,
        )  # fmt: skip
        held = Story.objects.filter(which, status=Status.IN_HAND)
        idle = held.exclude(claimed_at__gt=since).exclude(Exists(lately))
        back += sum(_take_back(story) for story in idle.only("pk", "public_id", "reader_id"))
    return back


@transaction.atomic
def _take_back(story: Story) -> bool:
    held = Story.objects.filter(pk=story.pk, reader=story.reader_id)
    if not move(held, "story.came_back", to=PILE, reader=None, claimed_at=None):
        return False  # she was faster
    journal.record("story.came_back", story)
    return True


def erase_due(*, now: dt.datetime | None = None) -> int:
    """Erase what tellers wrote once its day has come; return how many stories.

    The day stands in `erase_raw_at`, set by the decision: RAW_KEPT_DAYS after publishing, RAW_KEPT_DAYS_REFUSED after
    refusing, RAW_KEPT_DAYS_UNANSWERED after a question or an edit that nobody answered, RAW_KEPT_DAYS_HELD for what
    only we may read. The last two end there, as a story that is not published. Talk and proposals go with the text;
    what was said later goes when it is RAW_KEPT_DAYS old.

    What was public may have to go while we wait for its teller: the question or the edit then stays as long as any
    other, beside the published text, and the story ends on that day.
    """
    now = now or timezone.now()
    erased = sum(_erase(story, now) for story in Story.objects.due_to_erase(now).only("pk", "public_id"))
    for story in Story.objects.due_to_end(now).only("pk", "public_id"):
        _end(story, now)
    old = now - dt.timedelta(days=settings.RAW_KEPT_DAYS)
    gone = {"story__erase_raw_at__lte": now, "at__lte": old}
    Message.objects.filter(**gone, text__isnull=False).update(text=None)
    DangerNote.objects.filter(**gone, said__isnull=False).update(said=None)
    # Nothing more happens with a story that ended: whom we could still tell of it is forgotten too.
    Reach.objects.filter(story__status=Status.REFUSED, story__raw_body=None, story__erase_raw_at__lte=old).delete()
    return erased


@transaction.atomic
def _erase(story: Story, now: dt.datetime) -> bool:
    if not Story.objects.due_to_erase(now).filter(pk=story.pk).update(raw_body=None, raw_helped=None, raw_feeling=None):
        return False  # another worker was faster
    waits = Story.objects.due_to_end(now).filter(pk=story.pk)  # what was public, and is still to be decided about
    asked = _asked(story) if waits.exists() else None
    until = asked.at + dt.timedelta(days=settings.RAW_KEPT_DAYS_UNANSWERED) if asked else now
    still_asked = until > now and waits.update(erase_raw_at=until)
    _forget_talk(story, now, but=asked if still_asked else None)
    journal.record("story.raw_erased", story)
    _lapse(Story.objects.filter(pk=story.pk, body=""), story)  # without text nothing more can be decided
    return True


@transaction.atomic
def _end(story: Story, now: dt.datetime) -> None:
    if _lapse(Story.objects.due_to_end(now).filter(pk=story.pk), story, **NOT_PUBLIC):
        _forget_talk(story, now)


def _lapse(stories: StoryQuerySet, story: Story, **fields: Any) -> bool:
    if not move(stories, "story.lapsed", to=Status.REFUSED, reader=None, claimed_at=None, **fields):
        return False
    story.proposals.filter(state=EditProposal.State.OPEN).update(state=EditProposal.State.REPLACED)
    journal.record("story.lapsed", story)
    return True


def _asked(story: Story) -> Message | EditProposal | None:
    """What the teller has not answered yet."""
    edit = story.proposals.filter(state=EditProposal.State.OPEN).first()
    return edit or story.messages.filter(from_teller=False).order_by("-at", "-pk").first()


def _forget_talk(story: Story, now: dt.datetime, but: Message | EditProposal | None = None) -> None:
    kept = (but.pk,) if but else ()
    messages, edits = story.messages.filter(at__lte=now), story.proposals.all()
    messages.exclude(pk__in=kept if isinstance(but, Message) else ()).update(text=None)
    story.danger_notes.filter(at__lte=now).update(said=None)
    edits.exclude(pk__in=kept if isinstance(but, EditProposal) else ()).update(
        title=None, body=None, helped=None, feeling=None, why=None
    )

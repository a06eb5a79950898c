"""What happens because time passes: own time ends, and what tellers wrote is erased."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core import journal
from core.http import TooLate
from core.models import JournalEntry
from stories import staffed
from stories.actions.deciding import PILE
from stories.actions.telling import send_now
from stories.models import Danger, DangerNote, EditProposal, Message, Reach, Status, Story
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
        since = staffed.begun(now, hours, staffed.parse(settings.DESK_STAFFED))
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
    """
    now = now or timezone.now()
    erased = sum(_erase(story, now) for story in Story.objects.due_to_erase(now).only("pk", "public_id"))
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
    story.messages.filter(at__lte=now).update(text=None)
    story.danger_notes.filter(at__lte=now).update(said=None)
    story.proposals.update(title=None, body=None, helped=None, feeling=None, why=None)
    journal.record("story.raw_erased", story)
    never_public = Story.objects.filter(pk=story.pk, published_on=None)  # without text nothing more can be decided
    if move(never_public, "story.lapsed", to=Status.REFUSED, reader=None, claimed_at=None):
        story.proposals.filter(state=EditProposal.State.OPEN).update(state=EditProposal.State.REPLACED)
        journal.record("story.lapsed", story)
    return True

"""What happens because time passes: own time ends, and what tellers wrote is erased."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import journal
from core.http import TooLate
from stories.actions.telling import send_now
from stories.models import EditProposal, Message, Status, Story
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
    Message.objects.filter(story__erase_raw_at__lte=now, at__lte=old, text__isnull=False).update(text=None)
    return erased


@transaction.atomic
def _erase(story: Story, now: dt.datetime) -> bool:
    if not Story.objects.due_to_erase(now).filter(pk=story.pk).update(raw_body=None, raw_helped=None, raw_feeling=None):
        return False  # another worker was faster
    story.messages.filter(at__lte=now).update(text=None)
    story.proposals.update(title=None, body=None, helped=None, feeling=None, why=None)
    journal.record("story.raw_erased", story)
    never_public = Story.objects.filter(pk=story.pk, published_on=None)  # without text nothing more can be decided
    if move(never_public, "story.lapsed", to=Status.REFUSED, reader=None, claimed_at=None):
        story.proposals.filter(state=EditProposal.State.OPEN).update(state=EditProposal.State.REPLACED)
        journal.record("story.lapsed", story)
    return True

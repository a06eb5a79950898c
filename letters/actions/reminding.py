"""Reminders: a look-back date that came. Looking back takes the reminder away."""

import datetime as dt

from django.utils import timezone

from actionteams.models import Step
from letters.actions.making import cancel, write_letters
from letters.hours import by_day
from letters.models import Kind, Letter
from letters.recipients import look_back_members
from stories.models import PublicAnswer


def make_reminders(now: dt.datetime | None = None) -> int:
    """A letter to the hosts of each team whose look-back date has come; returns how many steps and promises are due.

    A moved date makes a new reminder, a second run does not. Outside the day nothing is made.
    """
    local = timezone.localtime(now)
    cancel_closed()
    if not by_day(now):
        return 0
    due = list(Step.objects.due(local.date()).filter(team__ended_on=None))
    for step in due:
        write_letters(
            list(look_back_members(step).values_list("pk", flat=True)),
            kind=Kind.LOOK_BACK,
            verb="step.due",
            subject_kind="step",
            subject_id=step.public_id,
            unique_key=f"step:{step.public_id}:{step.look_back_on:%Y-%m-%d}",
        )
    return len(due) + _promises(local.date())


def _promises(today: dt.date) -> int:
    """A letter to who promised something to a story for a day that has come."""
    due = list(PublicAnswer.objects.late(today + dt.timedelta(days=1)).filter(author__is_active=True))
    for answer in due:
        write_letters(
            [answer.author_id] if answer.author_id else [],
            kind=Kind.ANSWER,
            verb="publicanswer.due",
            subject_kind="publicanswer",
            subject_id=answer.public_id,
            unique_key=f"publicanswer.due:{answer.public_id}",
        )
    return len(due)


def cancel_closed() -> int:
    """Cancel reminders of steps that were looked back on; the journal does so too, sooner."""
    waiting = Letter.objects.not_gone().filter(kind=Kind.LOOK_BACK, subject_kind="step")
    closed = Step.objects.exclude(looked_back_at=None).filter(public_id__in=waiting.values("subject_id"))
    return cancel("step", closed.values_list("public_id", flat=True), kind=Kind.LOOK_BACK)

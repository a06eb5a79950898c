"""Telling a story anew: another text in the place of the one before, and whoever reads it begins anew."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from core import journal
from core.http import TooLate
from stories.actions.publishing import NOT_PUBLIC
from stories.actions.telling import Answers, clean, danger_in, gravest, meaning, send_now
from stories.models import Consent, Danger, EditProposal, Status, Story, StoryQuerySet, StoryTheme
from stories.states import before, move

_MAY = Q(raw_body__isnull=False) & (
    Q(status__in=(Status.OWN_TIME, *set(before("story.told_anew")) - {Status.REFUSED}))
    # What was taken off because it was reported has an objection of its own, which a second person looks at.
    | Q(status=Status.REFUSED, rulings__isnull=True)
)


def may_be_told_anew(story: Story) -> bool:
    """Whether the teller may change what was told now: while the text as told is there, and it is not on the site."""
    return Story.objects.filter(_MAY, pk=story.pk).exists()


@transaction.atomic
def tell_anew(
    *, story: Story, version: int, answers: Answers, at_once: bool = False, at: dt.datetime | None = None
) -> None:
    """Put `answers` in the place of what was told; of the old texts nothing stays, edits made of them neither.

    `version` is that of the text which the teller changed. In own time the story stays there, for OWN_TIME_HOURS from
    now, unless it is sent (`at_once`) or carries a signal of danger. Later it goes back to the pile as nobody's, to be
    read from the beginning: by two people where two were asked for. A danger only ever goes up here; one that was
    answered and is in the new text as well asks for a new answer.

    Raises TooLate when the story was changed or moved on meanwhile, or its text has been erased; ValueError when
    nothing is told.
    """
    now = at or timezone.now()
    texts = [clean(text) for text in (answers.body, answers.helped, answers.feeling)]
    if not texts[0]:
        raise ValueError("A story without text cannot be kept.")
    held = Story.objects.select_for_update().filter(pk=story.pk, version=version).first()
    if held is None or not may_be_told_anew(held):
        raise TooLate
    own = held.status == Status.OWN_TIME
    danger = _danger(held, gravest(danger_in(*texts), answers.danger), now)
    # Who said that readers are warned may be right still; who said that they need not be read another text.
    warned = held.heavy_said or None
    # Copies of the old text: edits of it, and what was public before it came back to the desk.
    held.proposals.filter(state__in=(EditProposal.State.OPEN, EditProposal.State.AGREED)).update(
        state=EditProposal.State.REPLACED
    )
    held.proposals.update(title=None, body=None, helped=None, feeling=None, why=None, original_agreed=False)
    fields: dict[str, Any] = {
        **dict(zip(("raw_body", "raw_helped", "raw_feeling"), texts, strict=True)),
        **NOT_PUBLIC,
        **meaning(answers),
        **danger,
        "version": F("version") + 1,
        "heavy": bool(warned) or any(theme.heavy for theme in answers.themes),
        "heavy_said": warned,
        "erase_raw_at": None,
    }
    _put(Story.objects.filter(pk=held.pk, version=version), held, fields, now)
    StoryTheme.objects.filter(story=held).exclude(theme__in=answers.themes).delete()
    new = [StoryTheme(story=held, theme=theme) for theme in answers.themes]
    StoryTheme.objects.bulk_create(new, ignore_conflicts=True)
    given = ((Consent.Use.READ, held.audience, answers.audience), (Consent.Use.QUOTE, held.quotable, answers.quotable))
    changed = [Consent(story=held, use=use, answer=new, at=now) for use, old, new in given if old != new]
    Consent.objects.bulk_create(changed)
    journal.record("story.rewritten" if own else "story.told_anew", held)
    if changed:
        journal.record("story.consent_changed", held)
    if own and (at_once or danger["danger"] != Danger.NONE):
        send_now(story=held, at=now)
    story.refresh_from_db()


def _put(stories: StoryQuerySet, held: Story, fields: dict[str, Any], now: dt.datetime) -> None:
    """Compare and set. Raises TooLate."""
    if held.status == Status.OWN_TIME:
        until = now + dt.timedelta(hours=settings.OWN_TIME_HOURS)
        done = stories.filter(status=Status.OWN_TIME).update(own_time_until=until, **fields)
    else:
        nobodys = dict.fromkeys(("reader", "claimed_at", "first_approver", "second_approver"))
        done = move(stories, "story.told_anew", to=Status.WAITING, told_anew_at=now, **nobodys, **fields)
    if not done:
        raise TooLate


def _danger(held: Story, found: Danger, now: dt.datetime) -> dict[str, Any]:
    """The signal of the new text beside the one that was there: a person answers it, another text does not."""
    was = Danger(held.danger)
    if found == Danger.NONE or (found.rank <= was.rank and held.danger_answered_at is None):
        return {"danger": was}
    return {"danger": gravest(found, was), "danger_at": now, "danger_answered_at": None}

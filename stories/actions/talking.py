"""Words between a teller and the support centre that change nothing about where the story stands."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import journal
from core.http import SECOND_CLICK, TooLate
from core.text import tidy
from movement.models import Member
from stories.actions.telling import clean, raise_danger
from stories.models import Message, Objection, Status, Story

CHANGED = gettext_lazy("The teller changed this story in the meantime. Read the new text first; nothing was saved.")
NOBODY = (Status.OWN_TIME, Status.WITHDRAWN)  # there is nobody to write with, yet or any more


def may_write(story: Story) -> bool:
    return story.status not in NOBODY


@transaction.atomic
def write_to_desk(*, story: Story, text: str) -> Message:
    """Write to the support centre, wherever the story stands; from now on it waits to be read (`wrote_at`).

    Twice the same is once. Raises TooLate in own time and after a withdrawal, ValueError without words.
    """
    text, now = clean(text), timezone.now()
    if not text:
        raise ValueError("A message without text cannot be kept.")
    held = _held(story)
    newest = held.messages.order_by("-pk").first()
    if newest and newest.from_teller and newest.text == text and now - newest.at < SECOND_CLICK:
        return newest
    message = Message.objects.create(story=held, from_teller=True, text=text, at=now)
    if held.wrote_at is None:
        Story.objects.filter(pk=held.pk).update(wrote_at=now)
    raise_danger(held, text)
    journal.record("story.wrote", held)
    story.refresh_from_db()
    return message


@transaction.atomic
def write_to_teller(*, story: Story, text: str, actor: Member, seen: int | None = None) -> Message:
    """Write to the teller; the story stays where it is, and nobody waits for an answer.

    `seen` is how often the teller had spoken (`spoken`) on the page. Twice the same is once. Raises TooLate when there
    is something newer, which would pass for answered.
    """
    held, text, now = _held_as_read(story), tidy(text), timezone.now()
    all_seen(held, seen)
    newest = held.messages.order_by("-pk").first()
    if newest and newest.author_id == actor.pk and newest.text == text and now - newest.at < SECOND_CLICK:
        return newest
    message = Message.objects.create(story=held, from_teller=False, author=actor, text=text, at=now)
    _answered(held)
    journal.record("story.written", held, actor=actor)
    story.refresh_from_db()
    return message


@transaction.atomic
def note_read(*, story: Story, actor: Member, seen: int | None = None) -> None:
    """What the teller wrote, up to `seen` (as for `write_to_teller`), was read and asks for no answer. Raises TooLate
    when a colleague was faster, or the teller wrote again."""
    held = _held_as_read(story)
    all_seen(held, seen)
    if not _answered(held):
        raise TooLate
    journal.record("story.words_read", story, actor=actor)
    story.refresh_from_db()


def spoken(story: Story) -> int:
    """How often the teller wrote to us since it was told: messages, and what they said of a ruling. It only grows."""
    return story.messages.filter(from_teller=True).count() + (
        Objection.objects.filter(ruling__story=story, report=None).count()
    )


def all_seen(held: Story, seen: int | None) -> None:
    """Raise TooLate when the teller of this story, which is held, wrote since (part of an action)."""
    if seen is not None and spoken(held) > seen:
        raise TooLate(_("The teller wrote again in the meantime. Read that first; nothing was sent or noted."))


def _held(story: Story) -> Story:
    held = Story.objects.select_for_update().filter(pk=story.pk).exclude(status__in=NOBODY).first()
    if held is None:
        raise TooLate
    return held


def _held_as_read(story: Story) -> Story:
    """Held with the text that `story` has: nothing is said about another one."""
    held = _held(story)
    if held.version != story.version:
        raise TooLate(CHANGED)
    return held


def _answered(story: Story) -> int:
    return Story.objects.filter(pk=story.pk, wrote_at__isnull=False).update(wrote_at=None)

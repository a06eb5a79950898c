"""An organisation answers a story in public, and a coordinator reads it first."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import journal
from core.http import TooLate
from movement.models import Member, Organisation
from stories.actions import taking
from stories.actions.telling import clean
from stories.models import HouseRule, PublicAnswer, Story
from stories.states import NotYet

_State = PublicAnswer.State


@transaction.atomic
def write_answer(
    *, story: Story, organisation: Organisation, kind: str, text: str, actor: Member, due_on: dt.date | None = None
) -> PublicAnswer:
    """Keep an answer for the support centre to read; `due_on` belongs to what the organisation will do.

    Raises TooLate when the story has left the site, or when an answer of theirs to it still waits; ValueError for a
    promise without a day.
    """
    promise = kind == PublicAnswer.Kind.WILL_DO
    if promise != (due_on is not None):
        raise ValueError("What we will do has a day, and only that.")
    # Held, so that no answer comes to a story that is being taken back.
    if not Story.objects.published().only("pk").select_for_update(no_key=True).filter(pk=story.pk).first():
        raise TooLate(_("This story is not on the site any more."))
    try:
        with transaction.atomic():
            answer = PublicAnswer.objects.create(
                story=story, organisation=organisation, kind=kind, text=clean(text), due_on=due_on, author=actor
            )
    except IntegrityError as error:
        raise TooLate(_("The support centre is still reading your earlier answer.")) from error
    journal.record("publicanswer.written", answer, actor=actor)
    return answer


@transaction.atomic
def publish_answer(*, answer: PublicAnswer, actor: Member) -> None:
    """Put it beside the story. "What we did" makes what the same organisation promised here done.

    Raises NotYet for who wrote it, TooLate when somebody was faster or the story is gone.
    """
    _yours_to_decide(answer, actor)
    _move(answer, actor, old=[_State.WAITING], state=_State.PUBLISHED)
    journal.record("publicanswer.published", answer, actor=actor)
    if answer.kind == PublicAnswer.Kind.DID:
        promised = PublicAnswer.objects.filter(
            story=answer.story_id, organisation=answer.organisation_id, kind=PublicAnswer.Kind.WILL_DO,
            state=_State.PUBLISHED, done_on=None,
        )  # fmt: skip
        for one in promised:
            _settle(one, actor)


@transaction.atomic
def refuse_answer(*, answer: PublicAnswer, rule: HouseRule, statement: str, actor: Member) -> None:
    """Do not put it on the site, or take it off; who wrote it reads why. Raises NotYet, TooLate."""
    _yours_to_decide(answer, actor)
    old = [_State.WAITING, _State.PUBLISHED]
    _move(answer, actor, old=old, state=_State.REFUSED, rule=rule, statement=statement, done_on=None)
    journal.record("publicanswer.refused", answer, actor=actor)


@transaction.atomic
def settle_promise(*, answer: PublicAnswer, actor: Member) -> None:
    """Write down that what was promised is done; it leaves the desk. Raises TooLate."""
    taking.only_hers(answer, actor)
    _settle(answer, actor)


def _settle(answer: PublicAnswer, actor: Member) -> None:
    open_promise = PublicAnswer.objects.filter(
        pk=answer.pk, kind=PublicAnswer.Kind.WILL_DO, state=_State.PUBLISHED, done_on=None
    )
    if not open_promise.update(done_on=timezone.localdate()):
        raise TooLate
    taking.finish(answer)
    journal.record("publicanswer.done", answer, actor=actor)


def take_answers_along(story: Story) -> None:
    """Part of taking a story back: what was answered to it goes as well, and who wrote it hears that, not of which."""
    for answer in PublicAnswer.objects.filter(story=story).select_for_update():
        taking.finish(answer)
        journal.record("publicanswer.lapsed", answer)
    PublicAnswer.objects.filter(story=story).update(
        state=_State.GONE, story=None, text="", statement="", due_on=None, done_on=None, rule=None
    )


def _yours_to_decide(answer: PublicAnswer, actor: Member) -> None:
    if answer.author_id == actor.pk:
        raise NotYet(_("You wrote this answer yourself. A colleague decides about it."))
    taking.only_hers(answer, actor)


def _move(answer: PublicAnswer, actor: Member, *, old: Sequence[str], **fields: Any) -> None:
    here = (
        Story.objects.published()
        .only("pk")
        .select_for_update(no_key=True, of=("self",))
        .filter(public_answers=answer)
        .first()
    )
    waiting = PublicAnswer.objects.filter(pk=answer.pk, state__in=old)
    if (fields["state"] == _State.PUBLISHED and not here) or not waiting.update(
        decided_by=actor, decided_at=timezone.now(), **fields
    ):
        raise TooLate
    taking.finish(answer)
    answer.refresh_from_db()

"""What the support centre decides about a story. Every step is compare-and-set: two coordinators cannot both do it,
and nothing is decided about another text than the one that `story` holds (Story.version)."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from core import journal
from core.http import TooLate
from core.text import tidy
from movement.models import Member
from stories.actions.publishing import ERASE_WHEN_DECIDED, NOT_PUBLIC, PILE, erase_in, publish, refuse_in_danger
from stories.actions.talking import CHANGED
from stories.actions.tending import has_read, note_reasons, see_red, still_here
from stories.actions.weighing import say_heavy
from stories.load import load_of
from stories.models import Danger, EditProposal, HouseRule, Message, Ruling, Status, Story
from stories.states import NotYet, before, move


def faster(story: Story) -> TooLate:
    """The error for who comes second: it says who has the story, or where it went."""
    now = Story.objects.select_related("reader").get(pk=story.pk)
    if now.version != story.version:
        return TooLate(CHANGED)
    if now.status == Status.IN_HAND and now.reader:
        return TooLate(_("%(name)s has this story now.") % {"name": now.reader})
    return TooLate(_("This story has moved on: %(state)s.") % {"state": Status(now.status).label})


@transaction.atomic
def claim(*, story: Story, actor: Member, from_reader: str = "") -> None:
    """Take a waiting story in hand; with `from_reader` (a public id), take it over from that colleague.

    Twice by the same person is once. Raises TooLate, saying who has it.
    """
    stories = Story.objects.filter(pk=story.pk)
    hers = stories.filter(status=Status.IN_HAND, reader=actor)
    if hers.exists():
        return
    if stories.filter(status=Status.ESCALATED, first_approver=actor).exists() and has_colleague(actor):
        raise NotYet(_("You read this story as the first. A colleague goes on with it."))
    taken = {"reader": actor, "claimed_at": timezone.now(), "wrote_at": None}  # who takes it reads what was written
    if from_reader:  # it stays in hand, only in other hands
        colleague = Member.objects.filter(public_id=from_reader)  # no join: of two at once the second finds it gone
        done = stories.filter(status=Status.IN_HAND, reader__in=colleague).update(**taken)
    else:
        done = move(stories, "story.claimed", to=Status.IN_HAND, **taken)
    if not done:
        if hers.exists():
            return  # the other click was faster by a moment
        raise faster(story)
    journal.record("story.claimed", story, actor=actor)
    story.refresh_from_db()


def has_colleague(actor: Member) -> bool:
    """Whether somebody else can go on with what this coordinator read as the first of two. Where there is nobody she
    goes on herself, with everything but publishing it."""
    return Member.objects.filter(is_coordinator=True, is_active=True).exclude(pk=actor.pk).exists()


@transaction.atomic
def claim_next(*, actor: Member) -> Story | None:
    """Take the first story that waits in hand: danger first, then the oldest. None when nothing waits.

    A story that this person has read as the first of two is left for a colleague. Who has read enough that is heavy
    today gets what is not heavy first; an urgent danger that is open always comes first.
    """
    waiting = Story.objects.for_desk()
    if load_of(actor).is_full:
        heavy = Story.HEAVY_TO_OPEN & ~Q(danger=Danger.URGENT, danger_answered_at=None)
        waiting = waiting.order_by(Case(When(heavy, then=1), default=0), *waiting.query.order_by)
    story = (
        waiting.filter(status__in=before("story.claimed"))
        .exclude(first_approver=actor)
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if story is not None:
        claim(story=story, actor=actor)
    return story


@transaction.atomic
def hand_back(*, story: Story, actor: Member) -> None:
    """Put a story back on the pile, for whoever comes next."""
    _move(story, actor, "story.handed_back", to=PILE, reader=None, claimed_at=None)


@transaction.atomic
def hand_over_heavy(*, actor: Member) -> int:
    """Put every heavy story in these hands back on the pile, for colleagues; return how many."""
    mine = Story.objects.heavy_to_open().filter(status=Status.IN_HAND, reader=actor).order_by("pk").select_for_update()
    found = list(mine)
    for story in found:
        hand_back(story=story, actor=actor)
    return len(found)


@transaction.atomic
def pass_on(*, story: Story, actor: Member) -> None:
    """Have it read by a second person: from now on this story is not published without one.

    Who was the first of two stays the first; where two read it before, two do so again, and this is the first.
    """
    waits_for_second = When(first_approver__isnull=False, second_approver=None, then="first_approver")
    approvers = {"first_approver": Case(waits_for_second, default=Value(actor.pk)), "second_approver": None}
    _move(
        story, actor, "story.passed_on", to=Status.ESCALATED, reader=None, claimed_at=None, red_flag=True, **approvers
    )


@transaction.atomic
def ask(*, story: Story, text: str, actor: Member, rules: Collection[HouseRule] = ()) -> Message:
    """Ask the teller something; they read it behind the code, and the story waits RAW_KEPT_DAYS_UNANSWERED for them."""
    erase_at = erase_in(settings.RAW_KEPT_DAYS_UNANSWERED)
    _move(story, actor, "story.asked", to=Status.QUESTION, erase_raw_at=erase_at)
    note_reasons(story, rules, actor=actor)
    return Message.objects.create(story=story, from_teller=False, author=actor, text=tidy(text))


@transaction.atomic
def propose_edit(
    *, story: Story, title: str, body: str, helped: str, feeling: str, why: str, rules: Collection[HouseRule],
    actor: Member, original: bool = False, leave_out: Collection[str] = (), heavy: bool | None = None,
) -> EditProposal:  # fmt: skip
    """Offer the teller the text as it would be published; it is published only when they agree.

    Of a story that was not told in Dutch it is a translation; `original` then offers to show what was told beside it.

    `leave_out` names what they answered beside the text (EditProposal.Answered) and readers would not see; `heavy` says
    whether readers are warned before they read it.

    It waits RAW_KEPT_DAYS_UNANSWERED for them.

    `rules` are the reasons that the edit takes away. Raises NotYet while another red one stands open. Where two people
    read it, the first may offer an edit too: what the teller agrees to then comes back to the desk.
    """
    _only_hers(story, actor)  # before anything is noted: a red reason beside what is on the site is refused
    say_heavy(story, heavy, actor=actor)
    note_reasons(story, rules, actor=actor, solved=True)
    if not is_first_of_two(story, actor):
        second_reader(story, actor)
    if story.red_reasons:
        raise NotYet(_("A red reason still stands open. Take it away in your edit, or do not publish this story."))
    erase_at = erase_in(settings.RAW_KEPT_DAYS_UNANSWERED)
    _move(story, actor, "story.edit_proposed", to=Status.PROPOSED, erase_raw_at=erase_at)
    story.proposals.filter(state=EditProposal.State.OPEN).update(state=EditProposal.State.REPLACED)
    texts = {"body": body, "helped": helped, "feeling": feeling, "why": why}
    return EditProposal.objects.create(
        story=story,
        author=actor,
        translates=not story.is_dutch,
        original=original and not story.is_dutch,
        leave_out=list(leave_out),
        title=" ".join(tidy(title).split()),
        **{name: tidy(text) for name, text in texts.items()},
    )


@transaction.atomic
def publish_unchanged(*, story: Story, title: str, actor: Member, heavy: bool | None = None) -> None:
    """Publish what the teller wrote, or the edit that the teller agreed to. `heavy` says whether readers are warned
    before they read it. Raises NotYet, TooLate."""
    if story.red_reasons:
        raise NotYet(_("A red reason stands open: this story cannot be published like this."))
    if story.audience == Story.Audience.SUPPORT:
        raise NotYet(_("The teller wants only the support centre to read this."))
    refuse_in_danger(story)
    second_reader(story, actor)
    _only_hers(story, actor)
    agreed = agreed_edit(story)
    if not story.is_dutch and not (agreed and agreed.translates):
        raise NotYet(_("This story is not in Dutch. Translate it first: the teller then looks at the translation."))
    say_heavy(story, heavy, actor=actor)
    source: Any = agreed or story
    prefix = "" if agreed or story.raw_body is None else "raw_"  # erased: then it stays as it was published
    texts = {name: getattr(source, f"{prefix}{name}") or "" for name in ("body", "helped", "feeling")}
    publish(story=story, title=str((agreed.title if agreed else "") or title), actor=actor, edit=agreed, **texts)


def agreed_edit(story: Story) -> EditProposal | None:
    """The newest edit, when the teller agreed to it and it could not be published yet."""
    newest = newest_edit(story)
    return newest if newest is not None and newest.state == EditProposal.State.AGREED and newest.body else None


def newest_edit(story: Story) -> EditProposal | None:
    """The edit that was proposed last; no query when they were fetched along."""
    edits = list(story.proposals.all())
    return max(edits, key=lambda edit: edit.pk, default=None)


def _takes_another(story: Story) -> bool:
    return story.red_flag and not (story.first_approver_id and story.second_approver_id)


def is_first_of_two(story: Story, actor: Member) -> bool:
    """Whether only somebody else can put it on the site: two people read it, and this one is the first or would be."""
    return _takes_another(story) and story.first_approver_id in (None, actor.pk)


def second_reader(story: Story, actor: Member) -> None:
    """Write down that a second person read a red-flagged story (part of an action). Raises NotYet for the first, and
    for who has not opened the text."""
    if not _takes_another(story):
        return
    if is_first_of_two(story, actor):
        raise NotYet(
            _("Two people read this before it is on the site, and you are the first. A colleague decides about that.")
        )
    if not has_read(story, actor):
        raise NotYet(_("Open the text and read it first. Your look is written down by itself."))
    Story.objects.filter(pk=story.pk, second_approver=None).update(second_approver=actor)
    story.second_approver = actor
    journal.record("story.second_read", story, actor=actor)


@transaction.atomic
def refuse(*, story: Story, rules: Collection[HouseRule], statement: str, actor: Member) -> None:
    """Do not publish it, and tell the teller why. The text is erased after the time to ask for it back."""
    if not rules:
        raise ValueError("A refusal has a reason from the house rules.")
    erase_at = timezone.now() + dt.timedelta(days=settings.RAW_KEPT_DAYS_REFUSED)
    _move(story, actor, "story.refused", to=Status.REFUSED, erase_raw_at=erase_at, **NOT_PUBLIC)
    note_reasons(story, rules, actor=actor)
    story.proposals.filter(state=EditProposal.State.OPEN).update(state=EditProposal.State.REPLACED)
    Message.objects.create(story=story, from_teller=False, author=actor, text=tidy(statement))


@transaction.atomic
def put_on_hold(*, story: Story, actor: Member) -> None:
    """Take a published story off the site while it is looked at, or keep one that only we may read.

    The latter is kept for RAW_KEPT_DAYS_HELD. Raises NotYet for one that others may read: its teller waits for a
    decision, and would read that there is none without a word of why.
    """
    if move(Story.objects.filter(pk=story.pk), "story.held", to=Status.ON_HOLD):
        journal.record("story.held", story, actor=actor)
        story.refresh_from_db()
    elif (here := still_here(story)).status not in before("story.kept"):
        raise faster(story)
    elif here.audience != Story.Audience.SUPPORT:
        raise NotYet(_("Others may read this story too, so it does not just stay with us. Decide about it."))
    else:
        _move(story, actor, "story.kept", to=Status.ON_HOLD, erase_raw_at=erase_in(settings.RAW_KEPT_DAYS_HELD))


def held_for_report(story: Story) -> bool:
    """Whether it is off the site until what readers reported of it is decided. One query, and only for a hold."""
    return story.status == Status.ON_HOLD and story.rulings.filter(state=Ruling.State.PENDING).exists()


@transaction.atomic
def release(*, story: Story, actor: Member) -> None:
    """End the hold: what was published is published again, the rest goes back to the pile. Raises NotYet, TooLate.

    What is held because readers reported it comes back by what is decided about that, with a reason that both sides
    read.
    """
    still_here(story)
    see_red(story)
    was_public = bool(story.title and story.published_on)
    if held_for_report(story):
        raise NotYet(_("A reader reported this story. Decide about the report first."))
    if was_public and story.red_reasons:
        raise NotYet(_("A red reason stands open: this story cannot be published like this."))
    if was_public and story.audience == Story.Audience.SUPPORT:
        raise NotYet(_("The teller wants only the support centre to read this."))
    if was_public:
        refuse_in_danger(story)
        second_reader(story, actor)
    held = Story.objects.filter(pk=story.pk, audience=story.audience)
    as_read = held.out_of_danger().filter(red_reasons=0, red_flag=story.red_flag)
    to: Any
    held, to = (as_read, Status.PUBLISHED) if was_public else (held, PILE)
    if not move(held, "story.released", to=to, reader=None, claimed_at=None, erase_raw_at=ERASE_WHEN_DECIDED):
        raise faster(story)
    journal.record("story.released", story, actor=actor)
    story.refresh_from_db()


def _only_hers(story: Story, actor: Member) -> None:
    """Hold the row (part of an action). Raises TooLate when this coordinator has this text in hand no more."""
    hers = Story.objects.select_for_update().filter(pk=story.pk, status=Status.IN_HAND, reader=actor)
    if not hers.filter(version=story.version).only("pk").first():
        raise faster(story)


def _move(story: Story, actor: Member, verb: str, *, to: Any, **fields: Any) -> None:
    """From the hand of this coordinator to where the verb leads, with one journal entry."""
    held = Story.objects.filter(pk=story.pk, reader=actor, version=story.version)
    if not move(held, verb, to=to, wrote_at=None, **fields):
        raise faster(story)
    journal.record(verb, story, actor=actor)
    story.refresh_from_db()

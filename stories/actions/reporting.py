"""A story is reported, decided about, and looked at again by somebody else when one of the two does not agree."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core import journal
from core.http import TooLate
from core.text import tidy
from movement.models import Member
from stories import codes
from stories.actions import taking
from stories.actions.deciding import faster, second_reader
from stories.actions.publishing import NOT_PUBLIC, refuse_in_danger
from stories.actions.telling import SAME_CODE_FOR, clean, danger_in, hold, raise_danger
from stories.actions.tending import note_reasons, see_red
from stories.models import Audience, Danger, HouseRule, Objection, Report, Ruling, Status, Story
from stories.states import NotYet, move

Outcome = Ruling.Outcome
State = Ruling.State
# What was on the site and is not there now, for whichever reason; before that nobody can have read it.
_REPORTABLE = (Status.PUBLISHED, Status.ON_HOLD)


class Reported(NamedTuple):
    """A report and its code. `code` is None when this form was sent earlier and its code is not shown again."""

    report: Report
    code: str | None


def report_story(*, story: Story, token: bytes, why: str, text: str, at: dt.datetime | None = None) -> Reported:
    """Keep what a reader says about a story, and give the code behind which they read what was decided.

    Twice with one token is one report. The first that is open makes an entry in the journal; five hundred more do
    not, so that they hide nothing. Raises TooLate when the story is not on the site any more.
    """
    now = at or timezone.now()
    if earlier := reported_before(token=token, now=now):
        return earlier
    code, said = codes.new_code(token, of="report"), clean(text)
    try:
        with transaction.atomic():
            if not Story.objects.select_for_update().filter(pk=story.pk, status__in=_REPORTABLE).exists():
                raise TooLate
            if not is_open(story):
                journal.record("story.reported", story)
            report = Report.objects.create(
                story=story,
                why=why,
                text=said,
                danger=danger_in(said) != Danger.NONE,
                at=now,
                erase_at=now + dt.timedelta(days=settings.RAW_KEPT_DAYS_HELD),
                code_hash=codes.code_hash(code),
                submission_hash=codes.submission_hash(token),
            )
    except IntegrityError:
        if earlier := reported_before(token=token, now=now):
            return earlier
        raise
    return Reported(report, code)


def reported_before(*, token: bytes, now: dt.datetime | None = None) -> Reported | None:
    """What was reported with this token, if anything; with its code while it may still be a double click."""
    sent, done = (codes.submission_hash(token, done=done) for done in (False, True))
    report = Report.objects.filter(submission_hash__in=(sent, done)).first()
    if report is None:
        return None
    shown = (now or timezone.now()) - report.at < SAME_CODE_FOR and bytes(report.submission_hash) == sent
    return Reported(report, codes.new_code(token, of="report") if shown else None)


def is_open(story: Story) -> bool:
    """Whether something that was reported about this story waits for a decision."""
    return (
        story.reports.filter(ruling=None).exists()
        or story.rulings.filter(state__in=(State.PENDING, State.OBJECTED)).exists()
    )


@transaction.atomic
def look_at_reports(*, story: Story, actor: Member) -> None:
    """Note that this coordinator saw what was reported. Each look is a row."""
    journal.record("story.reports_looked_at", story, actor=actor)


def outcomes(story: Story) -> list[Outcome]:
    """What can be decided now. A story that is at the desk for another reason is decided about there first."""
    if story.status == Status.PUBLISHED:
        return [Outcome.LEFT, Outcome.HELD, Outcome.OFF]
    if story.status == Status.ON_HOLD and story.published_on:
        return [Outcome.LEFT, Outcome.OFF]
    if story.status == Status.REFUSED:
        return [Outcome.LEFT, Outcome.OFF] if story.body else [Outcome.OFF]
    return []


@transaction.atomic
def rule(
    *, story: Story, outcome: str, statement: str, rules: Collection[HouseRule], seen: str, actor: Member,
    read: int | None = None,
) -> Ruling:  # fmt: skip
    """Decide about what was reported of a story and is open, and say why; both sides read the words.

    `seen` is the newest ruling (its pk, or nothing) that stood on the page on which this was decided, `read` the pk of
    the newest report: what came in later stays open, unless the story goes, as it asked. None reads all. A hold is no
    end: the story leaves the site and the decision still waits. Raises TooLate when a colleague was faster or what came
    in later may tell of danger, NotYet when it cannot be decided like this, or not by this person: an objection is
    looked at by somebody else.
    """
    held = Story.objects.select_for_update().get(pk=story.pk)
    taking.only_hers(held, actor)
    newest = held.rulings.order_by("pk").last()
    if not is_open(held) or str(newest.pk if newest else "") != seen:
        raise TooLate(_("A colleague decided about this in the meantime."))
    if outcome not in outcomes(held):
        raise NotYet(_("This story is at the desk for another reason. Decide about it there first."))
    objected = list(held.rulings.filter(state=State.OBJECTED))
    if outcome == Outcome.HELD:
        return _hold(held, statement, actor)
    if any(one.author_id == actor.pk for one in objected):
        raise NotYet(_("You decided this the first time. A colleague looks at the objection."))
    reports, later = held.reports.filter(ruling=None), Q() if read is None else Q(pk__gt=read)
    if outcome == Outcome.LEFT and later:
        reports = reports.exclude(later)
    elif later and reports.filter(later, danger=True).exists():
        raise TooLate(_("What a reader wrote in the meantime may tell of danger. Read that first."))
    _set_state(held, outcome, rules if outcome == Outcome.OFF else (), actor)
    turn = max((one.round + 1 for one in objected), default=1)
    final = turn > 2 or any(one.outcome == outcome for one in objected)
    ruling = _write(held, outcome, State.CLOSED if final else State.STANDS, statement, actor, turn)
    reports.update(ruling=ruling)
    held.rulings.filter(state=State.PENDING).update(state=State.CLOSED)
    held.rulings.filter(state=State.OBJECTED).update(state=State.CLOSED, review=ruling, reviewer=actor)
    taking.finish(held)
    journal.record(f"story.report_{outcome}", held, actor=actor)
    return ruling


def _hold(story: Story, statement: str, actor: Member) -> Ruling:
    if not move(Story.objects.filter(pk=story.pk), "story.held", to=Status.ON_HOLD):
        raise faster(story)
    story.rulings.filter(state=State.PENDING).update(state=State.CLOSED)  # of a hold that ended another way
    journal.record("story.held", story, actor=actor)
    return _write(story, Outcome.HELD, State.PENDING, statement, actor, 1)


def _write(story: Story, outcome: str, state: State, statement: str, actor: Member, turn: int) -> Ruling:
    return Ruling.objects.create(
        story=story,
        outcome=outcome,
        state=state,
        round=turn,
        statement=tidy(statement),
        author=actor,
        erase_at=timezone.now() + dt.timedelta(days=settings.RAW_KEPT_DAYS),
    )


def _set_state(story: Story, outcome: str, rules: Collection[HouseRule], actor: Member) -> None:
    """Bring the story where the ruling says. Off the site it keeps its public text until nobody can object any more."""
    if outcome == Outcome.OFF:
        if not rules:
            raise NotYet(_("A story is taken off with a reason from the house rules. Choose one."))
        _bring(story, "story.taken_off", Status.REFUSED, actor)
        note_reasons(story, rules, actor=actor)  # now that it is off: a red one may not stand beside what is public
        return
    if story.status == Status.REFUSED:
        story.reasons.filter(solved_at=None).update(solved_at=timezone.now())
    see_red(story)
    if story.red_reasons:
        raise NotYet(_("A red reason stands open: this story cannot be published like this."))
    if story.audience == Audience.SUPPORT:
        raise NotYet(_("The teller wants only the support centre to read this."))
    if not story.is_published:
        refuse_in_danger(story)
        second_reader(story, actor)
    _bring(story, "story.put_back", Status.PUBLISHED, actor)


def _bring(story: Story, verb: str, to: Status, actor: Member) -> None:
    if story.status == to:
        return
    if not move(Story.objects.filter(pk=story.pk), verb, to=to, reader=None, claimed_at=None):
        raise faster(story)
    journal.record(verb, story, actor=actor)


def for_objection(story: Story, report: Report | None = None) -> Ruling | None:
    """The ruling that this reader (or, without a report, the teller) may object to, if any.

    Who reported it may when it stays, the teller when it was taken off; once each, while it is not looked at again.
    """
    rulings = story.rulings.filter(state__in=(State.STANDS, State.OBJECTED), statement__isnull=False)
    rulings = rulings.filter(outcome=Outcome.LEFT if report else Outcome.OFF).order_by("pk")
    if report is not None:
        rulings = rulings.filter(pk__in=[one.pk for one in rulings_of(report)])
    return rulings.exclude(objections__in=Objection.objects.filter(report=report)).last()


def rulings_of(report: Report) -> list[Ruling]:
    """What was decided about this report, the first first."""
    found, ruling = [], Ruling.objects.filter(reports=report).first()
    while ruling is not None:
        found.append(ruling)
        ruling = ruling.review
    return found


@transaction.atomic
def object_to_ruling(*, story: Story, text: str, report: Report | None = None) -> None:
    """Say why a ruling is not right; another coordinator then looks. Raises TooLate, ValueError without words."""
    said = clean(text)
    if not said:
        raise ValueError("An objection without text cannot be kept.")
    hold(story)
    ruling = for_objection(story, report)
    if ruling is None:
        raise TooLate
    open_still = Ruling.objects.filter(pk=ruling.pk, state__in=(State.STANDS, State.OBJECTED))
    if not open_still.update(state=State.OBJECTED):
        raise TooLate
    Objection.objects.create(ruling=ruling, report=report, text=said)
    if report is None:
        raise_danger(story, said)
    elif danger_in(said) != Danger.NONE:
        Report.objects.filter(pk=report.pk).update(danger=True)
    journal.record("story.ruling_objected", story)


def forget_reports(story: Story) -> None:
    """Empty all that was written about a story that is taken back (part of an action). The receipts still answer."""
    taking.finish(story)
    story.reports.update(text=None, why="", danger=False)
    Objection.objects.filter(ruling__story=story).update(text=None)
    story.rulings.update(statement=None, state=State.CLOSED)


def erase_reports(*, now: dt.datetime | None = None) -> int:
    """Erase what was written about stories once its day has come; return how many rulings and reports.

    RAW_KEPT_DAYS after a decision, unless somebody objected and it waits for us; and after RAW_KEPT_DAYS_HELD
    whatever else. With the ruling that took a story off the site goes the text that was kept to put it back.
    """
    now = now or timezone.now()
    due = Ruling.objects.filter(erase_at__lte=now, statement__isnull=False).exclude(
        state__in=(State.PENDING, State.OBJECTED)
    )
    erased = 0
    for ruling in due.select_related("story"):
        with transaction.atomic():
            hold(ruling.story)  # before what hangs on it, as who takes it back does
            if not due.filter(pk=ruling.pk).update(statement=None, state=State.CLOSED):
                continue  # somebody objected in the meantime
            erased += 1
            ruling.objections.update(text=None)
            ruling.reports.update(text=None)
            off = Story.objects.filter(pk=ruling.story_id, status=Status.REFUSED)
            waiting = ruling.story.rulings.filter(statement__isnull=False)
            if not waiting.exists() and off.exclude(body="").update(**NOT_PUBLIC):
                journal.record("story.public_text_erased", ruling.story)
    old = Report.objects.filter(erase_at__lte=now, text__isnull=False)
    return erased + old.update(text=None)

"""What a team does with stories: take up, try, look back, tell what changed; and hear whether tellers notice.

Each raises TooLate once the team said goodbye, and a second click changes nothing: tellers are asked once.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionteams.actions.people import held
from actionteams.models import Change, Noticed, Step, Success, TakenUp, Team
from core.http import SECOND_CLICK, TooLate
from core.journal import record
from movement.models import Member
from stories.models import Story


class NotToTakeUp(Exception):
    """This story is not published, or not for this member to read."""


class NotAsked(Exception):
    """This teller was not asked about this change: the team had not taken the story up when it came about."""


@transaction.atomic
def take_up(*, team: Team, story: Story, actor: Member, at: dt.datetime | None = None) -> TakenUp:
    """Take up a story; a second time changes nothing. Raises NotToTakeUp."""
    # The lock makes a withdrawal at the same moment come before or after, never in between.
    if not Story.objects.visible_to(actor).select_for_update().filter(pk=story.pk).exists():
        raise NotToTakeUp
    held(team)
    taken, new = TakenUp.objects.get_or_create(
        team=team, story=story, defaults={"by": actor, "at": at or timezone.now()}
    )
    if new:
        record("takenup.made", taken, actor=actor, area=team.area.code)
    return taken


@transaction.atomic
def set_step(
    *,
    team: Team,
    actor: Member,
    question: str,
    trying: str,
    look_back_on: dt.date,
    with_whom: str = "",
    stops_something: bool = False,
    at: dt.datetime | None = None,
) -> Step:
    """Set the next step. One at a time: raises TooLate when there is one that was not looked back on."""
    held(team)
    at = at or timezone.now()
    said = {
        "question": question,
        "trying": trying,
        "look_back_on": look_back_on,
        "with_whom": with_whom,
        "stops_something": stops_something,
        "set_by": actor,
    }
    open_now = Step.objects.open().filter(team=team)
    if same := open_now.filter(**said, set_at__gt=at - SECOND_CLICK).first():
        return same
    if open_now.exists():
        raise TooLate(_("The team has a step already. Look back on that one first; your text is kept here."))
    step = Step.objects.create(team=team, **said, set_at=at)
    record("step.set", step, actor=actor, area=team.area.code)
    return step


@transaction.atomic
def look_back(
    *,
    step: Step,
    actor: Member,
    saw: str,
    learned: str,
    outcome: str,
    dream_check: str,
    at: dt.datetime | None = None,
) -> Step:
    """Close a step with what was seen and learned. Raises TooLate when somebody did so before."""
    held(step.team)
    at = at or timezone.now()
    said = {"saw": saw, "learned": learned, "outcome": outcome, "dream_check": dream_check}
    this = Step.objects.filter(pk=step.pk)
    if this.open().update(**said, looked_back_at=at):
        record("step.looked_back", step, actor=actor, area=step.team.area.code)
    elif not this.filter(**said, looked_back_at__gt=at - SECOND_CLICK).exists():
        raise TooLate(_("Somebody of your team was faster: this step was looked back on already."))
    step.refresh_from_db()
    return step


@transaction.atomic
def record_success(
    *,
    team: Team,
    actor: Member,
    text: str,
    kind: str = Success.Kind.SUCCESS,
    step: Step | None = None,
    at: dt.datetime | None = None,
) -> Success:
    """Write down a small success, or something that did not work."""
    held(team)
    at = at or timezone.now()
    said = {"team": team, "by": actor, "text": text, "kind": kind, "step": step}
    if same := Success.objects.filter(**said, at__gt=at - SECOND_CLICK).first():
        return same
    success = Success.objects.create(**said, at=at)
    record("success.recorded", success, actor=actor, area=team.area.code)
    return success


@transaction.atomic
def record_change(
    *,
    team: Team,
    actor: Member,
    text: str,
    since: dt.date | None = None,
    step: Step | None = None,
    at: dt.datetime | None = None,
) -> Change:
    """Write down what is different now; from here on the tellers behind the team's stories are asked about it."""
    held(team)
    at = at or timezone.now()
    said = {"team": team, "by": actor, "text": text, "since": since or timezone.localdate(at), "step": step}
    if same := Change.objects.filter(**said, at__gt=at - SECOND_CLICK).first():
        return same
    change = Change.objects.create(**said, at=at)
    record("change.recorded", change, actor=actor, area=team.area.code)
    return change


@transaction.atomic
def notice(*, change: Change, story: Story, answer: str, at: dt.datetime | None = None) -> Noticed:
    """Keep a teller's answer to 'do you notice?', in place of an earlier one. Raises NotAsked.

    `answer` is one of Noticed.Answer. The same answer again changes nothing.
    """
    asked = TakenUp.objects.filter(team_id=change.team_id, story=story, at__lte=change.at).exists()
    here = Story.objects.select_for_update().filter(pk=story.pk).exclude(status=Story.Status.WITHDRAWN).exists()
    if not asked or not here:
        raise NotAsked
    noticed, new = Noticed.objects.get_or_create(
        change=change, story=story, defaults={"answer": answer, "at": at or timezone.now()}
    )
    if not new and noticed.answer == answer:
        return noticed
    if not new:
        noticed.answer, noticed.at = answer, at or timezone.now()
        noticed.save(update_fields=["answer", "at"])
    record("noticed.answered", change, area=change.team.area.code)
    return noticed


@transaction.atomic
def let_go(*, story_id: str) -> list[str]:
    """Delete what teams hold of a story that was withdrawn (by its public id): that they took it up, and what its
    teller noticed. Return the public ids of the rows by which it was taken up, so that letters about them can go too.

    Every page left it out from the moment of the withdrawal; this takes away what the rows themselves would tell.
    """
    gone = {"story__public_id": story_id, "story__status": Story.Status.WITHDRAWN}
    Noticed.objects.filter(**gone).delete()
    taken_up = TakenUp.objects.filter(**gone)
    handles = list(taken_up.values_list("public_id", flat=True))
    taken_up.delete()
    return handles

"""Who acts and what changed: teams, stories taken up, steps, successes, changes, what tellers noticed."""

import datetime as dt

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Public
from movement.models import Area, ChangeTask, DreamSentence, Member, Theme, Value
from stories.models import Story


def _newest(model: type[models.Model], moment: str) -> Subquery:
    rows: models.QuerySet[models.Model] = models.QuerySet(model).filter(team=OuterRef("pk"))
    return Subquery(rows.order_by().values("team").annotate(newest=Max(moment)).values("newest"))


class TeamQuerySet(models.QuerySet["Team"]):
    def active(self) -> "TeamQuerySet":
        return self.filter(ended_on=None)

    def with_signs_of_life(self) -> "TeamQuerySet":
        """With what a card tells, the team that did something last first. Still one query.

        `last_sign` (a moment), `perspectives_now` (one for each of each member), `now_trying` (the question of its
        open step or None) and `open_to_all` (how many of its stories everybody can read).
        """
        in_team = Q(team=OuterRef("pk"))
        now = Membership.objects.filter(in_team, left_at=None, member__is_active=True)
        signs = [
            _newest(Step, "set_at"),
            _newest(Step, "looked_back_at"),
            _newest(Success, "at"),
            _newest(Change, "at"),
            _newest(TakenUp, "at"),
            _newest(Membership, "joined_at"),
        ]
        everybody = Story.objects.visible_to(None).filter(taken_up__team=OuterRef("pk")).order_by()
        return (
            self.select_related("area", "theme", "change_task")
            .annotate(
                last_sign=Greatest(*signs),
                perspectives_now=ArraySubquery(now.values_list(Func("member__perspectives", function="unnest"))),
                now_trying=Subquery(Step.objects.open().filter(in_team).values("question")),
                open_to_all=Coalesce(
                    Subquery(everybody.values("taken_up__team").annotate(n=models.Count("pk")).values("n")), 0
                ),
            )
            .order_by(F("last_sign").desc(nulls_last=True), "name")
        )


class Team(Public):
    """An action team works on one question, and belongs to a sentence of the dream."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    question = models.CharField(_("Question"), max_length=240)
    what = models.TextField(_("What we do"))
    how = models.TextField(_("How we do it"), blank=True)
    why = models.TextField(_("Why"), blank=True)
    learned = models.TextField(_("What we learned"), blank=True)
    sentence = models.ForeignKey(DreamSentence, models.PROTECT, related_name="teams")
    values = models.ManyToManyField(Value, blank=True)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="teams")
    change_task = models.ForeignKey(ChangeTask, models.PROTECT, null=True, blank=True, related_name="teams")
    area = models.ForeignKey(Area, models.PROTECT, related_name="teams")
    begun_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)
    farewell = models.TextField(blank=True, help_text="an ended team says goodbye; it is not deleted")
    members = models.ManyToManyField(Member, through="Membership", related_name="teams")

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("begun_on")), name="team_ends_after_begin"
            ),
            models.CheckConstraint(
                condition=Q(theme__isnull=False) | Q(change_task__isnull=False), name="team_has_theme_or_change_task"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actionteams:team", args=[self.public_id])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current_of(self, member: Member) -> "MembershipQuerySet":
        """The teams of a member now, each with its open step: `open_step` (its address), `step_question` and
        `look_back_on`, all None without one; what comes first to look back on first. One query."""
        step = Step.objects.open().filter(team=OuterRef("team"))
        return (
            self.filter(member=member, left_at=None)
            .select_related("team")
            .annotate(
                open_step=Subquery(step.values("public_id")),
                step_question=Subquery(step.values("question")),
                look_back_on=Subquery(step.values("look_back_on")),
            )
            .order_by(F("look_back_on").asc(nulls_last=True), "team__name")
        )


class Membership(models.Model):
    """Somebody in a team. Leaving is a date: who was there stays part of the story."""

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        MEMBER = "member", _("Member")

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role, default=Role.MEMBER)
    motivation = models.CharField(_("Why do you want to join?"), max_length=300, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "member"], condition=Q(left_at=None), name="membership_once"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")), name="membership_leaves_after_joining"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.team_id}"


class TakenUp(Public):
    """A team takes up a story: the moment at which the thread leaves the page and goes to work."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="taken_up")
    story = models.ForeignKey(Story, models.CASCADE, related_name="taken_up")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "story"], name="taken_up_once")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.story_id}"


class StepQuerySet(models.QuerySet["Step"]):
    def open(self) -> "StepQuerySet":
        return self.filter(looked_back_at=None)

    def due(self, today: dt.date) -> "StepQuerySet":
        return self.open().filter(look_back_on__lte=today)


class Step(Public):
    """One step of action research: try something, look back on the date that was set, learn, choose the next."""

    class Outcome(models.TextChoices):
        GO_ON = "go_on", _("Go on")
        CHANGE = "change", _("Change it")
        STOP = "stop", _("Stop")
        SPREAD = "spread", _("Spread it")

    class DreamCheck(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    team = models.ForeignKey(Team, models.CASCADE, related_name="steps")
    question = models.CharField(_("What do we want to know?"), max_length=200)
    trying = models.TextField(_("What do we try?"))
    with_whom = models.CharField(_("With whom?"), max_length=200, blank=True)
    stops_something = models.BooleanField(_("This step is to stop doing something"), default=False)
    look_back_on = models.DateField(_("When do we look back?"))
    set_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    saw = models.TextField(_("What did we see?"), blank=True)
    learned = models.TextField(_("What did we learn?"), blank=True)
    outcome = models.CharField(_("And now?"), max_length=6, choices=Outcome, blank=True)
    dream_check = models.CharField(_("Does this still serve the dream?"), max_length=6, choices=DreamCheck, blank=True)
    looked_back_at = models.DateTimeField(null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["set_at", "pk"]
        indexes = [models.Index(fields=["look_back_on"], name="step_look_back", condition=Q(looked_back_at=None))]
        constraints = [
            # A next step at a time: no plans.
            models.UniqueConstraint(fields=["team"], condition=Q(looked_back_at=None), name="step_one_open"),
            models.CheckConstraint(
                condition=Q(looked_back_at=None) | (~Q(saw="") & ~Q(learned="") & ~Q(outcome="") & ~Q(dream_check="")),
                name="step_looked_back_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Success(Public):
    """A small success or a failure that a team saw. Both teach."""

    class Kind(models.TextChoices):
        SUCCESS = "success", _("A small success")
        FAILURE = "failure", _("It did not work")

    team = models.ForeignKey(Team, models.CASCADE, related_name="successes")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="successes")
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.SUCCESS)
    text = models.CharField(_("What happened?"), max_length=300)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "successes"
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text


class Change(Public):
    """Something that is really different now. The tellers whose stories the team took up are asked: do you notice?"""

    team = models.ForeignKey(Team, models.CASCADE, related_name="changes")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="changes")
    text = models.CharField(_("What is different now?"), max_length=300)
    since = models.DateField(_("Since when?"), default=timezone.localdate)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.text


class Noticed(models.Model):
    """A teller's answer to 'do you notice?'. Shown from five answers on, never one by one."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        LITTLE = "little", _("A little")
        NO = "no", _("No")

    change = models.ForeignKey(Change, models.CASCADE, related_name="noticed")
    story = models.ForeignKey(Story, models.CASCADE, related_name="noticed")
    answer = models.CharField(max_length=6, choices=Answer)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "story"], name="noticed_once")]

    def __str__(self) -> str:
        return self.answer

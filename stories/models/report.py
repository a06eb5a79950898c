"""When a reader says that a story should not stand there like this: what they said, and what was decided about it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.models import Public
from movement.models import Member
from stories.models.story import Story

ROUNDS = 3  # a decision, and at most one objection of either side


class Ruling(models.Model):
    """One decision about what was reported of a story, with its reason; whoever reported it and the teller read it."""

    class Outcome(models.TextChoices):
        LEFT = "left", _("It stays")
        HELD = "held", _("On hold")
        OFF = "off", _("Taken off")

    class State(models.TextChoices):
        PENDING = "pending", _("Still to be decided")
        STANDS = "stands", _("Stands")
        OBJECTED = "objected", _("Somebody does not agree")
        CLOSED = "closed", _("Closed")

    story = models.ForeignKey(Story, models.CASCADE, related_name="rulings")
    outcome = models.CharField(max_length=4, choices=Outcome)
    state = models.CharField(max_length=8, choices=State)
    round = models.PositiveSmallIntegerField(default=1, help_text="1, and one more after each objection")
    statement = EncryptedTextField(null=True)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    erase_at = models.DateTimeField(help_text="until then somebody may object; then all that was written goes")
    review = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", help_text="what came of objecting")
    reviewer = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["story"], name="ruling_open", condition=Q(state__in=["pending", "objected"])),
            models.Index(fields=["erase_at"], name="ruling_erase", condition=Q(statement__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["story"], condition=Q(state="pending"), name="ruling_one_hold"),
            models.CheckConstraint(
                name="ruling_hold_is_no_end",
                condition=Q(outcome="held", state__in=["pending", "closed"])
                | Q(outcome__in=["left", "off"], state__in=["stands", "objected", "closed"]),
            ),
            models.CheckConstraint(name="ruling_rounds_end", condition=Q(round__range=(1, ROUNDS))),
            models.CheckConstraint(
                name="ruling_second_person",
                condition=Q(reviewer=None) | Q(author=None) | ~Q(reviewer=F("author")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.outcome}"


class Report(Public):
    """One reader's words about a story. Nothing of who it was; the way back is a code, as for a teller."""

    class Why(models.TextChoices):
        RECOGNISED = "recognised", _("Somebody can be recognised")
        UNTRUE = "untrue", _("It is not true")
        HURTS = "hurts", _("It hurts or threatens somebody")
        OTHER = "other", _("Something else")

    story = models.ForeignKey(Story, models.CASCADE, related_name="reports")
    why = models.CharField(max_length=10, choices=Why, blank=True, help_text="empty once the story was taken back")
    text = EncryptedTextField(null=True)
    danger = models.BooleanField(default=False, help_text="its words may tell of danger")
    at = models.DateTimeField(default=timezone.now)
    erase_at = models.DateTimeField()
    code_hash = models.BinaryField(max_length=32, unique=True)
    submission_hash = models.BinaryField(max_length=32, unique=True, help_text="makes a double click one report")
    ruling = models.ForeignKey(Ruling, models.SET_NULL, null=True, related_name="reports")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["story"], name="report_open", condition=Q(ruling=None)),
            models.Index(fields=["erase_at"], name="report_erase", condition=Q(text__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.public_id


class Objection(models.Model):
    """Why somebody does not agree with a ruling: who reported the story, or (`report` empty) its teller."""

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="objections")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="objections")
    text = EncryptedTextField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ruling", "report"], name="objection_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.ruling_id} {self.report_id}"

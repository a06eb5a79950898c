"""Post: one outbox. A row is one event for one person; a digest is all that was not sent yet."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import JournalEntry, Public
from movement.models import Member


class Kind(models.TextChoices):
    """What a letter is about; each can be set or stopped by itself."""

    NEWS = "news", _("What happened in the movement")
    TEAM = "team", _("What happened in my teams")
    LOOK_BACK = "look_back", _("A step to look back on")
    DESK = "desk", _("What waits on the desk")


class Pace(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    NEVER = "never", _("Never")


class Preference(models.Model):
    """How fast a member wants a kind of letter by mail. Without a row the default of the kind holds."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=9, choices=Kind)
    pace = models.CharField(max_length=7, choices=Pace)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pace}"


class Claim(models.Model):
    """A journal entry that was turned into letters. The row is the claim: who inserts it does the work, once."""

    entry = models.OneToOneField(JournalEntry, models.PROTECT, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.entry_id)


class Mail(Public):
    """One message over SMTP, carrying one letter or many."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    member = models.ForeignKey(Member, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=9, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["try_at"], name="mail_to_send", condition=Q(state__in=["waiting", "sending"]))]
        constraints = [
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="mail_sent_when")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Letter(models.Model):
    """One event for one member: in the inbox at once, and by mail at the pace that the member chose."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=9, choices=Kind)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    unique_key = models.CharField(max_length=120, help_text="what this letter is about, so that it is made once")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True, help_text="the thing it reminds of was closed first")
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="letters")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["member", "kind"], name="letter_unsent", condition=Q(mail=None, cancelled_at=None))
        ]
        constraints = [models.UniqueConstraint(fields=["member", "unique_key"], name="letter_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.unique_key}"

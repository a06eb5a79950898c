"""Post: one outbox. A row is one event for one person; a digest is all that was not sent yet."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import JournalEntry, Public
from movement.models import Member
from stories.models import Reach


class Kind(models.TextChoices):
    """What a letter is about; each can be set or stopped by itself."""

    NEWS = "news", _("What happened in the movement")
    SEARCH = "search", _("New stories that I look for")
    TEAM = "team", _("What happened in my teams")
    ANSWER = "answer", _("My answers to stories")
    LOOK_BACK = "look_back", _("A step to look back on")
    DESK = "desk", _("What waits on the desk")


class Pace(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    NEVER = "never", _("Never")


# How fast each kind comes by mail when a member has not chosen.
DEFAULT_PACE = {
    Kind.NEWS: Pace.WEEKLY,
    Kind.SEARCH: Pace.WEEKLY,
    Kind.TEAM: Pace.WEEKLY,
    Kind.ANSWER: Pace.AT_ONCE,
    Kind.LOOK_BACK: Pace.AT_ONCE,
    Kind.DESK: Pace.DAILY,
}


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


class Parcel(Public):
    """One message over SMTP and how far it is. `try_at` is when to send it, or when a lease ends."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        VOID = "void", _("Nothing left to say")

    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def this(self) -> "models.QuerySet[Self]":
        """The row of this one, to compare and set."""
        return self.__class__._default_manager.filter(pk=self.pk)

    @classmethod
    def due(cls, now: dt.datetime) -> "models.QuerySet[Self]":
        """Those to send: those that wait, and those whose sender vanished while sending."""
        states = [cls.State.WAITING, cls.State.SENDING]
        return cls._default_manager.filter(state__in=states, try_at__lte=now).order_by("try_at", "pk")


class Mail(Parcel):
    """To a member, carrying one letter or many."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=9, choices=Kind)
    pace = models.CharField(max_length=7, choices=Pace)

    class Meta:
        indexes = [models.Index(fields=["try_at"], name="mail_to_send", condition=Q(state__in=["waiting", "sending"]))]
        constraints = [
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="mail_sent_when")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Notice(Parcel):
    """To a teller who left an address: something waits behind the code. It goes with the address."""

    kind = "notice"

    reach = models.ForeignKey(Reach, models.CASCADE, related_name="notices")

    class Meta:
        indexes = [
            models.Index(fields=["try_at"], name="notice_to_send", condition=Q(state__in=["waiting", "sending"]))
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="notice_sent_when"),
            # What happens while one is on its way needs no second mail.
            models.UniqueConstraint(
                fields=["reach"], condition=Q(state__in=["waiting", "sending"]), name="notice_one_on_its_way"
            ),
        ]

    def __str__(self) -> str:
        return self.state


class LetterQuerySet(models.QuerySet["Letter"]):
    def unsent(self) -> "LetterQuerySet":
        """What still has to go by mail: a digest is all of this, never a window of time."""
        return self.filter(mail=None, cancelled_at=None, by_mail=True)

    def not_gone(self) -> "LetterQuerySet":
        """Not on its way out yet: it can still be cancelled."""
        return self.filter(models.Q(mail=None) | ~models.Q(mail__state=Mail.State.SENT), cancelled_at=None)

    def of_pace(self, pace: str) -> "LetterQuerySet":
        """Those whose member wants their kind at this pace, by choice or by default."""
        chosen = Preference.objects.filter(member=models.OuterRef("member"), kind=models.OuterRef("kind"))
        default = models.Case(*(models.When(kind=kind, then=models.Value(by)) for kind, by in DEFAULT_PACE.items()))
        return self.alias(wanted=Coalesce(models.Subquery(chosen.values("pace")[:1]), default)).filter(wanted=pace)


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
    by_mail = models.BooleanField(default=True, help_text="false: the member wants this kind in the inbox only")
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="letters")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["member", "kind"],
                name="letter_unsent",
                condition=Q(mail=None, cancelled_at=None, by_mail=True),
            ),
            models.Index(fields=["member", "-at"], name="letter_inbox", condition=Q(cancelled_at=None)),
            models.Index(fields=["subject_kind", "subject_id"], name="letter_subject"),
        ]
        constraints = [models.UniqueConstraint(fields=["member", "unique_key"], name="letter_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.unique_key}"

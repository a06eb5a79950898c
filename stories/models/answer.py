"""What an organisation answers to a story in public: a word of thanks, an explanation, a promise, what was done."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Public
from movement.models import Member, Organisation
from stories.models.story import Story
from stories.models.talk import HouseRule


class PublicAnswerQuerySet(models.QuerySet["PublicAnswer"]):
    def late(self, today: dt.date) -> "PublicAnswerQuerySet":
        """Promises of which the day has passed and nobody said that it was done."""
        return self.filter(state="published", kind="will_do", due_on__lt=today, done_on=None)


class PublicAnswer(Public):
    """Written by a voice of an organisation, read by a coordinator before anybody else, gone with its story."""

    class Kind(models.TextChoices):
        THANKS = "thanks", _("A word of thanks")
        EXPLANATION = "explanation", _("An explanation")
        WILL_DO = "will_do", _("What we will do")
        DID = "did", _("What we did")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for the support centre")
        PUBLISHED = "published", _("On the site")
        REFUSED = "refused", _("Not on the site")
        GONE = "gone", _("Gone with the story")

    story = models.ForeignKey(Story, models.SET_NULL, null=True, related_name="public_answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind)
    text = models.TextField()
    due_on = models.DateField(null=True, help_text="before when, of what we will do")
    done_on = models.DateField(null=True, help_text="when it was said that it is done")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    rule = models.ForeignKey(HouseRule, models.PROTECT, null=True, related_name="+", help_text="why it was refused")
    statement = models.TextField(blank=True, help_text="why it was refused, in words for who wrote it")

    objects = PublicAnswerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="answer_desk", condition=Q(state="waiting")),
            models.Index(fields=["due_on"], name="answer_late", condition=Q(state="published", done_on=None)),
        ]
        constraints = [
            # A double click is one answer, and the desk reads one at a time of each organisation.
            models.UniqueConstraint(
                fields=["story", "organisation"], name="answer_one_waiting", condition=Q(state="waiting")
            ),
            models.CheckConstraint(
                name="answer_gone_is_empty",
                condition=Q(state="gone", story=None, text="", statement="", due_on=None, done_on=None, rule=None)
                | ~Q(state="gone") & Q(story__isnull=False) & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="answer_promise_has_a_day",
                condition=Q(state="gone")
                | Q(kind="will_do", due_on__isnull=False)
                | ~Q(kind="will_do") & Q(due_on=None),
            ),
            models.CheckConstraint(
                name="answer_done_was_promised",
                condition=Q(done_on=None) | Q(kind="will_do", state="published"),
            ),
            models.CheckConstraint(
                name="answer_decided_when",
                condition=Q(state__in=["waiting", "gone"]) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="answer_refused_says_why",
                condition=~Q(state="refused") | Q(rule__isnull=False) & ~Q(statement=""),
            ),
            # Who speaks for an organisation does not decide about its own words.
            models.CheckConstraint(name="answer_two_people", condition=~Q(author=F("decided_by"))),
        ]

    def __str__(self) -> str:
        return self.public_id

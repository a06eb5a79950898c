"""What passes between a teller and the support centre about one story."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.languages import DUTCH
from core.models import Public, append_only
from movement.models import Checked, CheckedQuerySet, Initiative, Member
from stories.models.story import Story


class Consent(models.Model):
    """One answer of the teller about one use. The latest row counts; none is ever changed or removed, and they stay as
    proof when the story is taken back."""

    class Use(models.TextChoices):
        READ = "read", _("Who may read it")
        QUOTE = "quote", _("May a sentence be quoted")
        OWN = "own", _("May the own words stand beside the translation")

    story = models.ForeignKey(Story, models.CASCADE, related_name="consents")
    use = models.CharField(max_length=5, choices=Use)
    answer = models.CharField(max_length=9)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="consent_answer_fits",
                condition=Q(use="read", answer__in=["everybody", "members", "support"])
                | Q(use="quote", answer__in=["yes", "ask", "no"])
                | Q(use="own", answer__in=["yes", "no"]),
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.use}: {self.answer}"

    @property
    def in_words(self) -> str:
        field: Any = Story._meta.get_field("audience" if self.use == self.Use.READ else "quotable")
        return str(dict(field.flatchoices)[self.answer])


class Message(models.Model):
    """A question of the support centre, or the teller's answer. Behind the code only; erased with the raw text."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="messages")
    from_teller = models.BooleanField()
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    text = EncryptedTextField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="message_teller_has_no_member", condition=Q(from_teller=False) | Q(author=None))
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.at:%Y-%m-%d}"


class DangerNote(models.Model):
    """What was done about a danger and what was said to whom, step by step; the words go with the text as told."""

    class Whom(models.TextChoices):
        COLLEAGUE = "colleague", _("A colleague")
        TELLER = "teller", _("The teller")
        VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
        EMERGENCY = "emergency", _("112 or the police")
        OTHER = "other", _("Somebody else")

    story = models.ForeignKey(Story, models.CASCADE, related_name="danger_notes")
    steps = ArrayField(models.CharField(max_length=20), default=list, help_text="of the house protocol")
    to_whom = models.CharField(max_length=12, choices=Whom, blank=True)
    said = EncryptedTextField(null=True)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.story_id} {self.at:%Y-%m-%d}"


class Reach(Public):
    """Where a neutral notice may go, if a teller left an address for it. Only the post reads it, no page shows it, and
    the row itself goes when the teller says so or takes the story back.
    """

    story = models.OneToOneField(Story, models.CASCADE, related_name="reach")
    email = EncryptedTextField()
    language = models.CharField(max_length=2, default=DUTCH, help_text="of the page where it was left")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.story_id}"


class EditProposal(models.Model):
    """The text as the support centre would publish it, for the teller to agree to or not.

    Of a story in another language it is the Dutch translation, and `original` says that what was told may stand
    beside it as far as the support centre sees; `original_agreed`, that the teller wants it too.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        REPLACED = "replaced", _("Replaced")

    class Answered(models.TextChoices):
        """What a teller answered beside the text that readers see too; by the field of the story."""

        REGION = "region", _("The youth region")
        AGE_BAND = "age_band", _("The age")
        FORM_OF_HELP = "form_of_help", _("The kind of help")

    story = models.ForeignKey(Story, models.CASCADE, related_name="proposals")
    title = EncryptedTextField(null=True)
    body = EncryptedTextField(null=True)
    helped = EncryptedTextField(null=True)
    feeling = EncryptedTextField(null=True)
    why = EncryptedTextField(null=True, help_text="why it was changed, in words for the teller")
    leave_out = ArrayField(
        models.CharField(max_length=12, choices=Answered), default=list, help_text="taken off the story when published"
    )
    translates = models.BooleanField(default=False)
    original = models.BooleanField(default=False)
    original_agreed = models.BooleanField(default=False)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["story"], condition=Q(state="open"), name="proposal_one_open"),
            models.CheckConstraint(
                name="proposal_leaves_out_answers",
                condition=Q(leave_out__contained_by=["region", "age_band", "form_of_help"]),
            ),
            models.CheckConstraint(
                name="proposal_original_of_translation",
                condition=Q(original=False) | Q(translates=True),
            ),
            models.CheckConstraint(
                name="proposal_original_was_offered", condition=Q(original_agreed=False) | Q(original=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.state}"


class HouseRule(Checked):
    """A reason for an edit, a question or a refusal, public and editable; red makes publishing impossible."""

    class Severity(models.TextChoices):
        GREEN = "green", _("Green")
        AMBER = "amber", _("Amber")
        RED = "red", _("Red")

    EDITED = ("severity", "text", "explanation", "position")

    slug = models.SlugField(unique=True)
    severity = models.CharField(max_length=5, choices=Severity)
    text = models.CharField(max_length=200)
    explanation = models.TextField(blank=True)

    objects = CheckedQuerySet["HouseRule"].as_manager()

    class Meta:
        ordering = ["position"]
        triggers = [
            pgtrigger.Protect(name="ends_and_never_goes", operation=pgtrigger.Delete),
            # What a rule says of a story is counted at the story (RED_IS_COUNTED), where a red one blocks. So a rule
            # that turns red blocks at once (or is refused, while such a story is on the site), and one that is red
            # stays red as long as it stands open somewhere.
            pgtrigger.Trigger(
                name="red_keeps_blocking",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("severity"),  # type: ignore[no-untyped-call]  # theirs has no types
                condition=pgtrigger.Q(old__severity__df=pgtrigger.F("new__severity")),
                func="""
                    if old.severity = 'red' and exists (
                        select from stories_storyreason where rule_id = new.id and solved_at is null
                    ) then
                        raise exception using errcode = 'check_violation', constraint = 'red_keeps_blocking',
                            message = 'A red rule that stands open somewhere stays red.';
                    end if;
                    update stories_story set red_reasons = red_reasons where id in (
                        select story_id from stories_storyreason where rule_id = new.id and solved_at is null
                    );
                    return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.text


class StoryReason(models.Model):
    """A house rule that applied to a story in a decision."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="reasons")
    rule = models.ForeignKey(HouseRule, models.PROTECT)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    solved_at = models.DateTimeField(null=True, help_text="an edit takes it away; an open red one blocks publishing")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "rule"], name="story_reason_once")]
        triggers = [
            # A rule whose severity changes at this moment waits for this, or this for that: who comes second sees both.
            pgtrigger.Trigger(
                name="red_is_counted",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    perform from stories_houserule where id in (old.rule_id, new.rule_id) for share;
                    update stories_story set red_reasons = red_reasons where id in (old.story_id, new.story_id)
                        and exists (
                            select from stories_houserule where id in (old.rule_id, new.rule_id) and severity = 'red'
                        );
                    return null;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.rule_id}"


class InitiativeLink(Public):
    """A coordinator saw that a story and an existing initiative belong together."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="initiative_links")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="story_links")
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "initiative"], name="initiative_link_once")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.initiative_id}"

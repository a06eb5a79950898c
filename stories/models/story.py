"""A story: what the teller gave (encrypted), what is published (plain), and where it stands."""

import datetime as dt
from collections.abc import Sequence

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.languages import DUTCH, IN_WORDS
from core.models import Public
from movement.models import Area, Member, Perspective, Theme
from stories import states
from stories.models.guards import GUARDS
from stories.states import Status


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody")
    MEMBERS = "members", _("Members of the movement only")
    SUPPORT = "support", _("Only the support centre")


class AgeBand(models.TextChoices):
    """How old the child or youth is whom the story is about, not who tells it: parents tell of younger children."""

    UNDER_12 = "0-11", _("Younger than 12")
    FROM_12 = "12-15", _("12 to 15")
    FROM_16 = "16-17", _("16 or 17")
    FROM_18 = "18-22", _("18 to 22")
    FROM_23 = "23+", _("23 or older")


class FormOfHelp(models.TextChoices):
    HOME = "home", _("Help at home")
    FOSTER = "foster", _("Foster care")
    FAMILY_HOME = "family_home", _("A family home")
    GROUP = "group", _("A living group")
    SECURE = "secure", _("Secure care")
    MENTAL = "mental", _("Mental health care")
    PROTECTION = "protection", _("Youth protection or probation")
    ACCESS = "access", _("The neighbourhood team or municipality")
    SCHOOL = "school", _("Help at school")
    WAITING = "waiting", _("No help yet, waiting")


class ToldFor(models.TextChoices):
    """Whose story it is, seen from who tells it."""

    SELF = "self", _("About myself")
    CHILD = "child", _("For my child")
    FAMILY = "family", _("For a brother, a sister or somebody else in my family")
    YOUTH = "youth", _("For a young person I know")
    CARE = "care", _("For somebody whom I help in my work")


class WithHelp(models.TextChoices):
    """Whether the person could tell it with support. It asks the teller, and never the person."""

    TOGETHER = "together", _("We tell it together now")
    COULD = "could", _("Yes, with help")
    NO = "no", _("No, not now")
    UNKNOWN = "unknown", _("I do not know")


class Danger(models.TextChoices):
    NONE = "none", _("No signal")
    CONCERN = "concern", _("Concern")
    URGENT = "urgent", _("Urgent")

    @property
    def rank(self) -> int:
        return list(Danger).index(self)


# `visible_to` in SQL, where a statement is written by hand; `{0}` is the story in it.
OPEN_TO_MEMBERS = "{0}.status = 'published'"
OPEN_TO_ALL = f"{OPEN_TO_MEMBERS} and {{0}}.audience = 'everybody'"
OPEN_TO_READER = f"{OPEN_TO_MEMBERS} and ({{0}}.audience = 'everybody' or %(member)s)"


class StoryQuerySet(models.QuerySet["Story"]):
    """`visible_to` says what a reader may come to. What says it in SQL does so by the OPEN_TO constants, and
    tests/test_visible.py holds each such statement to it, for every status and audience."""

    def published(self) -> "StoryQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def visible_to(self, reader: object) -> "StoryQuerySet":
        """Stories that this reader (a Member or AnonymousUser) may read."""
        if getattr(reader, "is_authenticated", False):
            return self.published()
        return self.published().filter(audience=Audience.EVERYBODY)

    def for_desk(self) -> "StoryQuerySet":
        """Stories that wait for the support centre, the dangerous first and then the oldest."""
        return self.filter(status__in=Story.ON_DESK).order_by("-urgency", "sent_at")

    def out_of_danger(self) -> "StoryQuerySet":
        """Without a signal of danger, or with all that had to be done about it."""
        return self.exclude(~Q(danger=Danger.NONE), danger_answered_at=None)

    def due_to_send(self, now: dt.datetime) -> "StoryQuerySet":
        return self.filter(status=Status.OWN_TIME, own_time_until__lte=now)

    def heavy_to_open(self) -> "StoryQuerySet":
        """What a coordinator meets behind a preview. `is_heavy_to_open` says it of one, stories.load in SQL."""
        return self.filter(Story.HEAVY_TO_OPEN)

    def due_to_erase(self, now: dt.datetime) -> "StoryQuerySet":
        return self.filter(erase_raw_at__lte=now).exclude(raw_body=None)

    def due_to_end(self, now: dt.datetime) -> "StoryQuerySet":
        """What was public and waits for its teller: the text as told is gone, and the time to answer is over too."""
        waits = (Status.QUESTION, Status.PROPOSED)
        return self.filter(erase_raw_at__lte=now, status__in=waits, raw_body=None).exclude(body="")


class Story(Public):
    """Text fields named `raw_*` are as told and encrypted; the others hold what readers see, empty until published."""

    ON_DESK = (Status.WAITING, Status.ESCALATED, Status.IN_HAND)
    HEAVY_TO_OPEN = Q(heavy=True) | ~Q(danger=Danger.NONE) & (Q(heavy_said=None) | Q(danger_answered_at=None))
    # For templates and forms.
    Status, Audience, AgeBand, FormOfHelp, Danger = Status, Audience, AgeBand, FormOfHelp, Danger

    status = models.CharField(max_length=10, choices=Status, default=Status.OWN_TIME)
    told_at = models.DateTimeField(default=timezone.now)
    own_time_until = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, help_text="when the story came to the support centre")
    wrote_at = models.DateTimeField(null=True, help_text="when the teller wrote what nobody has read yet")
    version = models.PositiveSmallIntegerField(
        default=1, help_text="of what was told; a form made for an older one changes nothing"
    )
    told_anew_at = models.DateTimeField(
        null=True, help_text="when it was sent again with another text, after somebody could have read the one before"
    )

    # The way back to the teller. The code itself is never stored.
    code_hash = models.BinaryField(max_length=32, unique=True)
    submission_hash = models.BinaryField(max_length=32, unique=True, help_text="makes a double click one story")
    visit = models.BinaryField(max_length=8, null=True, help_text="random, anew whenever the code is given")

    raw_body = EncryptedTextField(null=True)
    raw_helped = EncryptedTextField(null=True)
    raw_feeling = EncryptedTextField(null=True)
    erase_raw_at = models.DateTimeField(null=True)

    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    helped = models.TextField(blank=True)
    feeling = models.TextField(blank=True)
    teaser = models.CharField(max_length=200, blank=True)
    translated = models.BooleanField(default=False, help_text="the public text is a Dutch translation of what was told")
    # What was told, beside its translation, where the teller wants that.
    original_body = models.TextField(blank=True)
    original_helped = models.TextField(blank=True)
    original_feeling = models.TextField(blank=True)
    words_beside = models.TextField(
        blank=True,
        editable=False,
        help_text="searched beside the texts: base forms and parts of compounds, see stories.dutch.beside",
    )
    published_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    # What the teller said about it. Only ever bands and regions.
    language = models.CharField(
        max_length=5, choices=settings.LANGUAGES, default="nl", help_text="in which it was told"
    )
    perspective = models.CharField(max_length=12, choices=Perspective, blank=True)
    told_for = models.CharField(max_length=6, choices=ToldFor, blank=True)
    with_help = models.CharField(max_length=8, choices=WithHelp, blank=True)
    age_band = models.CharField(max_length=5, choices=AgeBand, blank=True)
    region = models.ForeignKey(Area, models.PROTECT, null=True, limit_choices_to={"kind": Area.Kind.YOUTH_REGION})
    form_of_help = models.CharField(max_length=12, choices=FormOfHelp, blank=True)
    themes = models.ManyToManyField(Theme, through="StoryTheme", related_name="stories")
    reply_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="replies",
        db_index=False,
        help_text="the story that this one answers; shown while both can be read, gone with either",
    )
    # Derived, see stories.actions.weighing.
    heavy = models.BooleanField(default=False, help_text="behind a preview, and never news or in a feed")
    heavy_said = models.BooleanField(null=True, help_text="a coordinator's own word; empty while nobody said it")

    # Own meaning. Who decided, in percent that add up to 100; heard, seen and known from 1 (not) to 5.
    decided_me = models.PositiveSmallIntegerField(null=True)
    decided_family = models.PositiveSmallIntegerField(null=True)
    decided_professionals = models.PositiveSmallIntegerField(null=True)
    heard = models.PositiveSmallIntegerField(null=True)
    seen = models.PositiveSmallIntegerField(null=True)
    known = models.PositiveSmallIntegerField(null=True)

    # The teller's latest answers; each answer is a row in Consent (stories.actions keeps both together).
    audience = models.CharField(max_length=9, choices=Audience)
    quotable = models.CharField(
        max_length=3, choices={"yes": _("Yes"), "ask": _("Ask me"), "no": _("No")}, default="no"
    )

    # The desk.
    danger = models.CharField(max_length=7, choices=Danger, default=Danger.NONE)
    urgency = models.GeneratedField(
        expression=models.Case(
            models.When(danger=Danger.URGENT, then=models.Value(2)),
            models.When(danger=Danger.CONCERN, then=models.Value(1)),
            default=models.Value(0),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    danger_at = models.DateTimeField(null=True, help_text="when the gravest signal came in; its clock runs from here")
    danger_answered_at = models.DateTimeField(null=True)
    reader = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="stories_in_hand")
    claimed_at = models.DateTimeField(null=True)
    red_flag = models.BooleanField(default=False, help_text="two people must have read it before it is published")
    first_approver = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    second_approver = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    red_reasons = models.PositiveSmallIntegerField(
        default=0, help_text="open red reasons, counted by a trigger; above 0 it cannot be published"
    )

    theme_ids = ArrayField(
        models.BigIntegerField(), default=list, editable=False, help_text="kept by a trigger on StoryTheme"
    )
    search = models.GeneratedField(
        expression=models.Func(
            SearchVector("title", weight="A", config="draad_nl")
            + SearchVector("body", weight="B", config="draad_nl")
            + SearchVector("helped", weight="B", config="draad_nl"),
            # Without places, so never part of a phrase; of the lowest weight.
            models.Func(SearchVector("words_beside", config="draad_nl"), function="strip"),
            template="(%(expressions)s)",
            arg_joiner=" || ",
            output_field=SearchVectorField(),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes = [
            # Words, what a reader can filter on beside them, and the day, in one index. It is read column by column,
            # each next one only at the stories that those before it left: what leaves the fewest comes first.
            GinIndex(
                fields=["published_on", "region", "theme_ids", "form_of_help", "perspective", "search"],
                name="story_search",
                fastupdate=False,
                condition=Q(status="published"),
            ),
            models.Index(
                F("published_on").desc(),
                "public_id",
                include=["id", "audience", "heavy", "region", "perspective", "form_of_help", "theme_ids"],
                name="story_newest",
                condition=Q(status="published"),
            ),
            # With the columns that totals, dashboards and filters read, so that they need not open the stories.
            models.Index(
                "region",
                F("published_on").desc(),
                "public_id",
                include=[
                    "id",
                    "audience",
                    "heavy",
                    "perspective",
                    "form_of_help",
                    "theme_ids",
                    "heard",
                    "seen",
                    "known",
                ],
                name="story_of_region",
                condition=Q(status="published"),
            ),
            models.Index(
                F("urgency").desc(),
                "sent_at",
                name="story_desk",
                condition=Q(status__in=["waiting", "escalated", "in_hand", "question", "proposed", "on_hold"])
                | (~Q(danger="none") & Q(danger_answered_at=None) & Q(status__in=["published", "refused"]))
                | Q(wrote_at__isnull=False),
            ),
            models.Index(fields=["reply_to"], name="story_replies", condition=Q(reply_to__isnull=False)),
            models.Index(fields=["own_time_until"], name="story_own_time", condition=Q(status="own_time")),
            models.Index(fields=["erase_raw_at"], name="story_erase", condition=Q(raw_body__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="story_published_whole",
                condition=~Q(status="published")
                | (~Q(title="") & ~Q(body="") & ~Q(teaser="") & Q(published_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="story_published_with_consent", condition=~Q(status="published", audience="support")
            ),
            models.CheckConstraint(name="story_red_reason_blocks", condition=~Q(status="published", red_reasons__gt=0)),
            models.CheckConstraint(
                name="story_red_flag_two_people",
                condition=~Q(status="published", red_flag=True)
                | (
                    Q(first_approver__isnull=False, second_approver__isnull=False)
                    & ~Q(first_approver=F("second_approver"))
                ),
            ),
            models.CheckConstraint(
                name="story_heavy_as_said", condition=Q(heavy=True) | Q(heavy_said=None) | Q(heavy_said=False)
            ),
            models.CheckConstraint(
                name="story_help_is_for_another", condition=Q(with_help="") | ~Q(told_for__in=["", "self"])
            ),
            models.CheckConstraint(
                name="story_withdrawn_is_empty",
                condition=~Q(status="withdrawn")
                | Q(
                    title="",
                    body="",
                    helped="",
                    feeling="",
                    teaser="",
                    words_beside="",
                    raw_body=None,
                    raw_helped=None,
                    raw_feeling=None,
                )
                & Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="story_withdrawn_answers_nothing", condition=~Q(status="withdrawn") | Q(reply_to=None)
            ),
            models.CheckConstraint(name="story_answers_another", condition=Q(reply_to=None) | ~Q(reply_to=F("id"))),
            models.CheckConstraint(
                name="story_sent_when_on_desk",
                condition=Q(status__in=["own_time", "withdrawn"]) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="story_wrote_to_somebody",
                condition=Q(wrote_at=None) | ~Q(status__in=["own_time", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="story_told_anew_is_another",
                condition=Q(told_anew_at=None) | Q(version__gt=1, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="story_escalated_takes_two", condition=~Q(status="escalated") | Q(red_flag=True)
            ),
            models.CheckConstraint(
                name="story_pile_is_nobodys", condition=~Q(status__in=["waiting", "escalated"]) | Q(reader=None)
            ),
            models.CheckConstraint(
                name="story_in_hand_has_reader", condition=~Q(status="in_hand") | Q(reader__isnull=False)
            ),
            models.CheckConstraint(
                name="story_published_in_dutch",
                condition=~Q(status="published") | Q(language="nl") | Q(translated=True),
            ),
            models.CheckConstraint(
                name="story_original_beside_translation",
                condition=Q(translated=True) | Q(original_body="", original_helped="", original_feeling=""),
            ),
            models.CheckConstraint(
                name="story_withdrawn_untranslated", condition=~Q(status="withdrawn", translated=True)
            ),
            models.CheckConstraint(
                name="story_language_known", condition=Q(language__in=[code for code, _name in settings.LANGUAGES])
            ),
            models.CheckConstraint(
                name="story_decided_adds_up",
                condition=Q(decided_me=None, decided_family=None, decided_professionals=None)
                | Q(decided_me=100 - F("decided_family") - F("decided_professionals")),
            ),
            *(
                models.CheckConstraint(
                    name=f"story_{name}_1_to_5", condition=Q(**{name: None}) | Q(**{f"{name}__range": (1, 5)})
                )
                for name in ("heard", "seen", "known")
            ),
        ]

        triggers = [
            pgtrigger.FSM(
                name="only_ways_of_the_table",
                field="status",
                transitions=states.PAIRS,
                condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
            ),
            *GUARDS,
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        """As the cards of a list have it: looking an address up costs a page more than most of what it shows."""
        return f"/verhalen/{self.public_id}/"

    @classmethod
    def from_row(cls, names: Sequence[str], row: Sequence[object]) -> "Story":
        """A story made of some of its columns, in any order, as a query of our own brings them home."""
        values = dict(zip(names, row, strict=True))
        ordered = [
            field.from_db_value(values[field.attname])
            if isinstance(field, EncryptedTextField)
            else values[field.attname]
            for field in cls._meta.concrete_fields
            if field.attname in values
        ]
        return cls.from_db("default", names, ordered)

    @property
    def language_in_words(self) -> str:
        return str(IN_WORDS[self.language])

    @property
    def is_dutch(self) -> bool:
        return self.language == DUTCH

    @property
    def has_open_danger(self) -> bool:
        """Whether the clock of a danger runs; until it is answered nothing of this story comes on the site."""
        return self.danger != Danger.NONE and self.danger_answered_at is None

    @property
    def is_heavy_to_open(self) -> bool:
        """Whether a coordinator meets it behind a preview: also a danger, until it was handled and somebody said."""
        return self.heavy or (self.danger != Danger.NONE and (self.heavy_said is None or self.has_open_danger))

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

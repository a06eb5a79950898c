"""Did it help? Indicators, observations with their source and version, and the imports that brought them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Public
from monitor.numbers import dutch, period_name
from movement.models import Area, Member


class Indicator(models.Model):
    """A figure with its definition. A number without a definition is not shown."""

    class Direction(models.TextChoices):
        DOWN = "down", _("Lower is better")
        UP = "up", _("Higher is better")
        NONE = "none", _("To read, not to judge")

    class Rule(models.TextChoices):
        """How small numbers are protected; the letters are explained in docs/disclosure.md."""

        AS_DELIVERED = "A", _("Shown as delivered")
        SMALL_SERIES = "B", _("Small national series")
        PANEL = "C", _("Panel")
        INCIDENTS = "D", _("Incidents")
        IN_WORDS = "E", _("Only in words")
        STORIES = "F", _("From stories")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    definition = models.TextField()
    unit = models.CharField(max_length=40)
    whole = models.BooleanField(default=True, help_text="a count of people or events: never a fraction")
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.NONE)
    rule = models.CharField(max_length=1, choices=Rule)
    caveat = models.TextField(help_text="what this does not tell")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("monitor:indicator", args=[self.slug])

    @property
    def is_percentage(self) -> bool:
        return self.unit == "%"

    @property
    def comes_from_stories(self) -> bool:
        return self.rule == self.Rule.STORIES


class Source(models.Model):
    """Who published a figure. Two sources that differ are kept apart, and both are shown."""

    name = models.CharField(max_length=200, unique=True)
    url = models.URLField(blank=True)
    licence = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class Import(Public):
    """A file on its way in: read, shown, then confirmed as a whole or dropped as a whole."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("To confirm")
        REFUSED = "refused", _("Refused")
        CONFIRMED = "confirmed", _("Confirmed")
        DROPPED = "dropped", _("Dropped")

    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(
        default=list, help_text="as read, and what was there; of these the changes stay when confirmed"
    )
    problems = models.JSONField(default=list, help_text="row, column and a sentence each")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list, help_text="sentences on how the file was read")
    areas = ArrayField(models.CharField(max_length=10), default=list, help_text="codes of the areas that it is about")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.PREVIEW)
    at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        indexes = [GinIndex(fields=["areas"], name="import_areas")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="import_confirmed_when"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("monitor:import", args=[self.public_id])

    @property
    def waits(self) -> bool:
        return self.state == self.State.PREVIEW


class Observation(models.Model):
    """One value of one indicator, from one source, for one area and period."""

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", _("Provisional")
        REVISED = "revised", _("Revised provisional")
        FINAL = "final", _("Final")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    source = models.ForeignKey(Source, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT, related_name="observations")
    period = models.DateField(help_text="first day of the period")
    period_months = models.PositiveSmallIntegerField(default=12)
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, help_text="null: hidden by the source")
    status = models.CharField(max_length=11, choices=Status, default=Status.FINAL)
    table = models.CharField(max_length=20, blank=True)
    imported = models.ForeignKey(Import, models.PROTECT, null=True, related_name="observations")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "indicator", "period", "period_months", "source"],
                name="observation_once",
                include=["value", "status"],
            ),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="observation_not_negative"),
            models.CheckConstraint(condition=Q(period_months__in=[1, 3, 6, 12]), name="observation_period_known"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period}"

    @property
    def period_text(self) -> str:
        return period_name(self.period, self.period_months)

    @property
    def value_text(self) -> str:
        return "." if self.value is None else dutch(self.value)

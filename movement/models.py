"""Who we are: areas, organisations, members, the dream, themes, initiatives, change tasks, help lines."""

from typing import Any, ClassVar, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Public, append_only


class Perspective(models.TextChoices):
    """From where somebody looks. Not a permission: shown wherever people decide something together."""

    YOUTH = "youth", _("Youth")
    PARENT = "parent", _("Parent or next of kin")
    PROFESSIONAL = "professional", _("Professional")
    EXPERT = "expert", _("Expert by experience")
    ORGANISATION = "organisation", _("Organisation")
    MUNICIPALITY = "municipality", _("Municipality")
    POLICY = "policy", _("Policy and oversight")
    RESEARCHER = "researcher", _("Researcher")


# What people call them.
_CALLED = {"den haag": "'s-Gravenhage", "den bosch": "'s-Hertogenbosch", "friesland": "Friesland (Fryslân)"}


class AreaQuerySet(models.QuerySet["Area"]):
    def current(self) -> "AreaQuerySet":
        today = timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=today), valid_from__lte=today)

    def youth_regions(self) -> "AreaQuerySet":
        return self.filter(kind=Area.Kind.YOUTH_REGION)

    def named(self, text: str) -> "list[Area]":
        """Municipalities and youth regions with this in their name, twelve at most; only the one that is called so,
        when there is one. One query."""
        text = _CALLED.get(text.lower(), text)
        kinds = (Area.Kind.MUNICIPALITY, Area.Kind.YOUTH_REGION)
        found = list(self.current().filter(kind__in=kinds, name__icontains=text)[:12])
        return [area for area in found if area.name.lower() == text.lower()] or found


class Area(models.Model):
    """A municipality, youth region, province or the country, with the days on which it exists."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        PROVINCE = "province", _("Province")
        YOUTH_REGION = "youth_region", _("Youth region")
        MUNICIPALITY = "municipality", _("Municipality")

    code = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=80)
    province = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="province_members")
    youth_region = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="region_members")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    # Where the tile of a youth region lies on the map of the movement; column and row on a hexagonal grid.
    tile_column = models.SmallIntegerField(null=True, blank=True)
    tile_row = models.SmallIntegerField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["kind", "name"], name="area_kind_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="area_ends_after_begin"
            ),
            models.CheckConstraint(
                condition=Q(kind="municipality") | Q(province=None, youth_region=None),
                name="area_only_municipality_has_parents",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("monitor:area", args=[self.code])


class Organisation(Public):
    """A provider, school, municipality or other body that takes part; leaving is an end date."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", _("Provider")
        SCHOOL = "school", _("School")
        MUNICIPALITY = "municipality", _("Municipality")
        OTHER = "other", _("Other")

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    joined_on = models.DateField(default=timezone.localdate)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="organisation_leaves_after_joining"
            )
        ]

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password) if password else member.set_unusable_password()
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, Public):
    """Somebody of 16 or older who takes part. The e-mail address is the log-in; there is no user name."""

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(
        _("Name"), max_length=60, help_text=_("Shown to members of your teams. A first name is enough.")
    )
    perspectives = ArrayField(models.CharField(max_length=12, choices=Perspective), size=len(Perspective), default=list)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name=_("Youth region"))
    is_active = models.BooleanField(default=True)
    is_coordinator = models.BooleanField(default=False)
    is_listener = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]  # the stubs want a ClassVar

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="member_email_once"),
            models.CheckConstraint(
                condition=Q(perspectives__contained_by=[p.value for p in Perspective]), name="member_perspectives_known"
            ),
            # A listener reads along from outside and never sees raw stories; a coordinator does.
            models.CheckConstraint(
                condition=~Q(is_coordinator=True, is_listener=True), name="member_not_coordinator_and_listener"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.public_id

    @property
    def perspective_labels(self) -> list[str]:
        return [str(Perspective(value).label) for value in self.perspectives]

    def end_sessions(self) -> None:
        """Log out wherever this member is in. Nobody has a password here; what stands in its place is a random word, of
        which every session keeps the print, so that a new one ends them all."""
        self.set_unusable_password()
        self.save(update_fields=["password"])


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self) -> "AppointmentQuerySet":
        today = timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today), begins_on__lte=today)


class Appointment(models.Model):
    """What a coordinator entrusted to a member: analyst for an area, or voice of an organisation."""

    class Kind(models.TextChoices):
        ANALYST = "analyst", _("Analyst")
        VOICE = "voice", _("Voice")

    member = models.ForeignKey(Member, models.CASCADE, related_name="appointments")
    kind = models.CharField(max_length=8, choices=Kind)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    begins_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="analyst", area__isnull=False, organisation=None)
                | Q(kind="voice", organisation__isnull=False, area=None),
                name="appointment_fits_kind",
            ),
            ExclusionConstraint(
                name="appointment_no_overlap",
                expressions=[
                    (DateRange("begins_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("member", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                ],
                condition=Q(kind="analyst"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.member_id}"


class Theme(models.Model):
    """What a story or a team is about. Heavy themes are hidden from lists until the reader opts in."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60, unique=True)
    heavy = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class DreamEdition(models.Model):
    """One numbered edition of the shared dream. Editions are adopted, never edited."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=120)
    introduction = models.TextField()
    reason = models.TextField(help_text="why this edition was adopted, in public")
    adopted_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-number"]
        get_latest_by = "number"

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class DreamSentence(models.Model):
    """A sentence of the dream that has an address, so that a team can say which one it serves."""

    edition = models.ForeignKey(DreamEdition, models.CASCADE, related_name="sentences")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="dream_sentence_once")]

    def __str__(self) -> str:
        return self.text


class Value(models.Model):
    """What we hold to, in an edition of the dream."""

    edition = models.ForeignKey(DreamEdition, models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    meaning = models.CharField(max_length=300)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="value_once")]

    def __str__(self) -> str:
        return self.name


class Endorsement(models.Model):
    """A member stands behind an edition of the dream."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="endorsements")
    edition = models.ForeignKey(DreamEdition, models.PROTECT, related_name="endorsements")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "edition"], name="endorsement_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.edition_id}"


class Initiative(Public):
    """Something that exists already and deserves strengthening."""

    name = models.CharField(max_length=120, unique=True)
    summary = models.CharField(max_length=240)
    what = models.TextField()
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT)
    themes = models.ManyToManyField(Theme, blank=True)
    begun_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('initiatives')}#{self.public_id}"


class ChangeTask(models.Model):
    """A thing that must change. The starting list is our own reconstruction, and says so."""

    class Pace(models.TextChoices):
        FAST = "fast", _("Fast")
        LONG = "long", _("Long")

    name = models.CharField(max_length=120, unique=True)
    pace = models.CharField(max_length=4, choices=Pace)
    position = models.PositiveSmallIntegerField(default=0)
    reconstructed = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


_Text = TypeVar("_Text", bound="Checked")


class CheckedQuerySet(models.QuerySet[_Text]):
    def current(self) -> Self:
        return self.filter(ended_on=None)


class Checked(models.Model):
    """A text of ours that coordinators edit: says when it was last checked, and ends instead of being deleted."""

    EDITED: ClassVar[tuple[str, ...]]  # the fields that a version keeps

    position = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def tel(number: str) -> str:
    """The address that dials this number."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


class HelpLine(Checked):
    """Somebody to call or chat with. Facts go stale: each row says when it was last checked."""

    EDITED = ("name", "purpose", "number", "chat_url", "hours", "free", "urgent", "position")

    name = models.CharField(max_length=60, unique=True)
    purpose = models.CharField(max_length=120)
    number = models.CharField(max_length=20)
    chat_url = models.URLField(blank=True)
    hours = models.CharField(max_length=80)
    free = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False, help_text="shown first at a signal of danger")

    objects = CheckedQuerySet["HelpLine"].as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def tel(self) -> str:
        return tel(self.number)


class Explanation(Checked):
    """A few sentences of ours on a page for everybody, in plain text."""

    class Place(models.TextChoices):
        HELP = "help", _("The page with help lines")
        RULES = "rules", _("The page with house rules")

    EDITED = ("title", "text", "place", "position")

    title = models.CharField(max_length=100)
    text = models.TextField(max_length=3000)
    place = models.CharField(max_length=5, choices=Place)

    objects = CheckedQuerySet["Explanation"].as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class TextVersion(Public):
    """What a text of ours said, and since when. The journal names it: who made it, and that it was checked or ended.

    `kind` is the name of the table and `row` the key in it: three tables, one history.
    """

    kind = models.CharField(max_length=20)
    row = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    content = models.JSONField()
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["kind", "row", "number"], name="text_version_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} {self.row} v{self.number}"

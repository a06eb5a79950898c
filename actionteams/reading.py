"""What the pages of the teams show, read in as few queries as there are kinds of rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import cached_property

from actionteams.models import Membership, Team
from actionteams.timeline import month_of
from movement.models import Perspective
from stories.models import Story, StoryQuerySet

# Who should be at the table of every team; without them, the page of the team says so.
NEEDED = (Perspective.YOUTH, Perspective.PARENT, Perspective.PROFESSIONAL)


def count_perspectives(values: list[str]) -> list[tuple[str, int]]:
    """Return (label, how many) for perspectives, in their own order. Somebody with two of them counts in both."""
    counts = Counter(values)
    return [(str(each.label), counts[each.value]) for each in Perspective if counts[each.value]]


def missing_from(values: list[str]) -> list[Perspective]:
    """Return the needed perspectives that nobody in the team has."""
    return [needed for needed in NEEDED if needed.value not in values]


@dataclass(frozen=True)
class Circle:
    """The people in a team now. Names are for the members of the team alone."""

    memberships: list[Membership]

    @cached_property
    def _values(self) -> list[str]:
        return [value for membership in self.memberships for value in membership.member.perspectives]

    @property
    def perspectives(self) -> list[tuple[str, int]]:
        return count_perspectives(self._values)

    @property
    def missing(self) -> list[Perspective]:
        return missing_from(self._values)

    @property
    def has_host(self) -> bool:
        return any(membership.role == Membership.Role.HOST for membership in self.memberships)

    def role_of(self, reader: object) -> str:
        """The role of a visitor in this team, or ''."""
        for membership in self.memberships:
            if membership.member == reader:
                return membership.role
        return ""


@dataclass(frozen=True)
class Card:
    """A team in the list: the row, and who is at its table."""

    team: Team
    present: list[tuple[str, int]]
    missing: list[Perspective]
    last_sign: str


def cards_of(teams: Iterable[Team]) -> list[Card]:
    """Return cards of teams that were read with `with_signs_of_life()`. No query of its own."""
    cards = []
    for team in teams:
        values: list[str] = getattr(team, "perspectives_now", [])
        sign = timezone.localdate(getattr(team, "last_sign", None) or None)
        cards.append(Card(team, count_perspectives(values), missing_from(values), month_of(sign)))
    return cards


def circle_of(team: Team) -> Circle:
    """Return who is in a team now, hosts first. One query."""
    memberships = Membership.objects.filter(team=team, left_at=None, member__is_active=True).select_related("member")
    return Circle(list(memberships.order_by("role", "joined_at")))


def stories_of(team: Team, reader: object) -> list[Story]:
    """Return the stories that a team took up, as far as this reader may see them, newest first. One query."""
    stories: StoryQuerySet = Story.objects.visible_to(reader).filter(taken_up__team=team)
    return list(
        stories.order_by("-taken_up__at", "public_id").only(
            "public_id", "title", "teaser", "perspective", "heavy", "published_on"
        )
    )


def stories_to_suggest(team: Team, reader: object, most: int = 8) -> list[Story]:
    """Return published stories that the team might take up: of its theme, those of its own region first."""
    stories = Story.objects.visible_to(reader).exclude(taken_up__team=team)
    if team.theme_id:
        stories = stories.filter(themes=team.theme_id)
    near = [*stories.filter(region=team.area_id).order_by("-published_on", "public_id")[:most]]
    if len(near) < most:
        far = stories.exclude(region=team.area_id).order_by("-published_on", "public_id")
        near += far[: most - len(near)]
    return near

"""Where the movement glows: stories, teams and steps a youth region, for the tile map; and the stories that went
furthest. One query each."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Func
from django.db.models.expressions import RawSQL

from core import disclosure
from stories.models import Story, StoryQuerySet

# A count stops here: the map needs to know 'much', not how much, and a page must cost the same with a million stories.
MOST = 50


@dataclass(frozen=True, slots=True)
class Tile:
    """A youth region on the map of the movement.

    `stories` is rounded down to whole groups of five (0 when there are fewer); teams and open steps are public facts.
    """

    code: str
    name: str
    column: int
    row: int
    stories: int
    teams: int
    steps: int

    @property
    def level(self) -> int:
        """How much the tile glows, from 0 (still quiet) to 4."""
        warmth = self.stories // 5 + 2 * self.teams + self.steps
        return sum(warmth >= least for least in (1, 3, 6, 10))


_TILES = """
select region.code, region.name, region.tile_column, region.tile_row, told.n, acting.teams, acting.steps
from movement_area region
cross join lateral (
    select count(*) as n from (
        select 1 from stories_story story
        where story.region_id = region.id and story.status = 'published' and story.audience = 'everybody'
        limit %(most)s
    ) capped
) told
cross join lateral (
    select count(distinct team.id) as teams, count(step.id) as steps
    from actionteams_team team
    join movement_area area on area.id = team.area_id and (area.id = region.id or area.youth_region_id = region.id)
    left join actionteams_step step on step.team_id = team.id and step.looked_back_at is null
    where team.ended_on is null
) acting
where region.kind = 'youth_region' and region.tile_row is not null
    and (region.valid_to is null or region.valid_to > current_date)
order by region.tile_row, region.tile_column
"""


def tiles() -> tuple[Tile, ...]:
    """Return the youth regions that have a place on the map, from north to south."""
    with connection.cursor() as cursor:
        cursor.execute(_TILES, {"most": MOST})
        return tuple(
            Tile(code, name, column, row, disclosure.in_steps(stories), teams, steps)
            for code, name, column, row, stories, teams, steps in cursor.fetchall()
        )


# Each half begins at the newest rows of a small table, so that the cost does not grow with the stories.
_FURTHEST = """
select story_id from (
(select taken.story_id, 1 as place, change.id as recent, story.published_on
from (select id, team_id, at from actionteams_change order by id desc limit 12) change
join actionteams_takenup taken on taken.team_id = change.team_id and taken.at <= change.at
join stories_story story on story.id = taken.story_id and story.status = 'published' and not story.heavy
order by change.id desc, story.published_on desc limit 12)
union all
(select taken.story_id, 2, taken.id, story.published_on
from (select id, story_id from actionteams_takenup order by id desc limit 60) taken
join stories_story story on story.id = taken.story_id and story.status = 'published' and not story.heavy
order by taken.id desc limit 12)
union all
(select story.id, 3, 0, story.published_on from stories_story story
where story.status = 'published' and story.audience = 'everybody' and not story.heavy
order by story.published_on desc, story.public_id limit 12)
order by 2, 3 desc, 4 desc
) furthest
"""


def furthest(stories: StoryQuerySet) -> Story | None:
    """Return the story of which most came, of those that may be shown: with a change after it, taken up, or only new.

    A few of each are looked at, so that one remains when a reader may not see the others. One query.
    """
    most = RawSQL(_FURTHEST, ())  # noqa: S611 - a constant
    place = Func(
        Func(most, function="array", template="%(function)s%(expressions)s"), F("pk"), function="array_position"
    )
    return (
        stories.filter(pk__in=most)
        .order_by(place)
        .only("public_id", "status", "told_at", "published_on", *_CARD)
        .first()
    )


_CARD = ("teaser", "perspective", "age_band", "form_of_help")

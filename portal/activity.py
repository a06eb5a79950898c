"""Where the movement glows: stories, teams and steps a youth region, for the tile map; and the stories that went
furthest. One query each."""

from dataclasses import dataclass

from core import disclosure, prepared
from stories.models import OPEN_TO_ALL, OPEN_TO_READER, Story

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


_TILES = f"""
select region.code, region.name, region.tile_column, region.tile_row, told.n, acting.teams, acting.steps
from movement_area region
cross join lateral (
    select count(*) as n from (
        select 1 from stories_story story
        where story.region_id = region.id and {OPEN_TO_ALL.format("story")}
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
"""  # noqa: S608 - nothing but the constant goes into it


def tiles() -> tuple[Tile, ...]:
    """Return the youth regions that have a place on the map, from north to south."""
    return tuple(
        Tile(code, name, column, row, disclosure.in_steps(stories), teams, steps)
        for code, name, column, row, stories, teams, steps in prepared.fetch(_TILES, {"most": MOST})
    )


_CARD = ("id", "public_id", "status", "told_at", "published_on", "teaser", "perspective", "age_band", "form_of_help")
# Each part begins at the newest rows of a small table, so that the cost does not grow with the stories. A few of each
# are looked at, so that one remains when a reader may not see the others.
_FURTHEST = f"""
select {", ".join(f"story.{field}" for field in _CARD)} from (
(select taken.story_id, 1 as place, change.id as recent
from (select id, team_id, at from actionteams_change order by id desc limit 12) change
join lateral (
    select story_id from actionteams_takenup
    where team_id = change.team_id and at <= change.at order by id desc limit 12
) taken on true)
union all
(select story_id, 2, id from actionteams_takenup order by id desc limit 60)
union all
(select id, 3, 0 from stories_story s
where {OPEN_TO_ALL.format("s")} and not heavy
order by published_on desc, public_id limit 12)
) furthest
join stories_story story on story.id = furthest.story_id
where {OPEN_TO_READER.format("story")} and not story.heavy
order by place, recent desc, story.published_on desc, story.public_id
limit 1
"""  # noqa: S608 - nothing but constants goes into it


def furthest(reader: object) -> Story | None:
    """Return the story of which most came, of those that this reader may see: with a change after it, taken up, or
    only new. Never a heavy one: this stands on the doorstep. One query."""
    rows = prepared.fetch(_FURTHEST, {"member": getattr(reader, "is_authenticated", False)})
    return Story.from_row(_CARD, rows[0]) if rows else None

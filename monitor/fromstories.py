"""What the stories of a youth region say together: heard, seen and known, and the themes. Never of a municipality.

Stories come in by whole groups of five, in the order in which they were published (core.disclosure.in_steps): four
say nothing, five do, and the sixth waits for the tenth, so that nobody reads one teller's answer from the difference
between yesterday and today. They count from the day after: the order within a day is that in which they were told, and
one that came out later would take another's place. A withdrawn story falls out at once. Only stories that
everybody can read count: their answers stand on their pages, and a reader who took them from a sum would be left with
those of who told members only.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.disclosure import LEAST, Portion, facet, mean, portion, share
from monitor.numbers import one_decimal
from movement.models import Area
from stories.models import OPEN_TO_ALL

QUESTIONS = {"heard": gettext_lazy("Heard"), "seen": gettext_lazy("Seen"), "known": gettext_lazy("Known")}
HIGH = 4  # a 4 or 5 on the scale from 1 to 5

_PORTIONS = {
    Portion.FEW: gettext_lazy("less than a third"),
    Portion.HALF: gettext_lazy("about half"),
    Portion.MOST: gettext_lazy("more than two thirds"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What tellers answered to one question: how many we tell of, their mean (1 to 5), and who gave a 4 or 5."""

    name: str
    tellers: int
    mean: float
    high: str

    @property
    def mean_text(self) -> str:
        return one_decimal(self.mean)


@dataclass(frozen=True, slots=True)
class Changed:
    """A team in this area, and one thing that it changed (or nothing yet)."""

    team: str
    ref: str
    text: str
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Life:
    """What stories and teams of one area say; empty where nothing may be shown.

    `themes` are a name and 'at least so many' stories, a multiple of five.
    """

    answers: tuple[Answer, ...]
    themes: tuple[tuple[str, int], ...]
    changes: tuple[Changed, ...]


# Each question has its own tellers, because each may be skipped: `heard_place` says as the how manieth of them this one
# came. `count / least * least` is in_steps, in whole numbers. All of it stands in the index story_of_region.
_ANSWERS = """
select 'answer', '{0}', '', count({0}), coalesce(sum({0}), 0), count(*) filter (where {0} >= %(high)s), null::date
from story where {0}_place <= (select count({0}) / %(least)s * %(least)s from story)
union all
"""
_STORIES = f"""
with story as materialized (
    select heard, seen, known, theme_ids, row_number() over told as place, count(heard) over told as heard_place,
        count(seen) over told as seen_place, count(known) over told as known_place
    from stories_story s
    where region_id = %(area)s and {OPEN_TO_ALL.format("s")} and published_on < %(today)s
    window told as (order by published_on, id rows unbounded preceding)
)
{"".join(_ANSWERS.format(q) for q in QUESTIONS)}
(select 'theme', theme.name, '', n, 0, 0, null
from (
    select unnest(theme_ids) as id, count(*) as n from story
    where place <= (select count(*) / %(least)s * %(least)s from story) group by 1
) about join movement_theme theme on theme.id = about.id
order by n desc, theme.name)
union all
"""  # noqa: S608 - nothing but the names of three columns and a constant goes into it

_TEAMS = """
(select 'team', team.name, team.public_id || ' ' || coalesce(change.text, ''), 0, 0, 0, change.since
from actionteams_team team left join actionteams_change change on change.team_id = team.id
where team.ended_on is null and team.area_id in (
    select %(area)s union all select id from movement_area where youth_region_id = %(area)s
)
order by change.since desc nulls last, team.name limit 12)
"""


def life_of(area: Area) -> Life:
    """Return what the stories (of a youth region only) and the teams of an area say. One query."""
    with_stories = area.kind == Area.Kind.YOUTH_REGION
    values: dict[str, Any] = {"area": area.pk, "today": timezone.localdate(), "least": LEAST, "high": HIGH}
    with connection.cursor() as cursor:
        cursor.execute((_STORIES if with_stories else "") + _TEAMS, values)
        rows = cursor.fetchall()
    answers: dict[str, Answer] = {}
    themes: dict[str, int] = {}
    changes = []
    for kind, name, text, count, total, high, day in rows:
        if kind == "answer" and (average := mean(float(total), count)) is not None:
            answers[name] = Answer(str(QUESTIONS[name]), count, average, _high(high, count))
        elif kind == "theme":
            themes[name] = count
        elif kind == "team":
            ref, _space, what = text.partition(" ")
            changes.append(Changed(name, ref, what, day))
    return Life(
        tuple(answers[question] for question in QUESTIONS if question in answers),
        tuple(facet(themes).items()),
        tuple(changes),
    )


def _high(part: int, whole: int) -> str:
    """A share in words, and as a percentage from thirty tellers on."""
    percentage = share(part, whole)
    if percentage is not None:
        return _("%(percentage)s%%") % {"percentage": percentage}
    words = portion(part, whole)
    return str(_PORTIONS[words]) if words else "."

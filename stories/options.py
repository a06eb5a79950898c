"""What a reader can filter the list on, with the total beside each choice: one statement, kept for everybody."""

from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from core.disclosure import facet
from movement.models import Perspective
from stories import totals
from stories.models import OPEN_TO_ALL, FormOfHelp

KINDS = ("theme", "heavy", "who", "help", "region")


Counted = tuple[str, str, str, int | None]


class Option(NamedTuple):
    """A value of a filter; `total` is None when it may not be told."""

    kind: str
    key: str
    label: str
    total: int | None


def options() -> list[Option]:
    """Every value of every filter with its total over all stories that are open to everybody and not heavy.

    Totals of one filter at a time, so that no two of them can be subtracted to find one small group. Between a story
    that leaves the site and the next count no total is told.
    """
    return [Option(*row) for row in totals.kept_or(_count_options, meanwhile=_untold)]


def count_options() -> None:
    """Count them before a reader comes who would wait for it (the worker does)."""
    totals.refresh(_count_options)


def _untold(rows: list[Counted]) -> list[Counted]:
    return [(kind, key, label, None) for kind, key, label, _total in rows]


# One walk along the index `story_of_region`, which holds these columns.
_TOTALS = f"""
with story as materialized (
    select perspective, form_of_help, region_id, theme_ids from stories_story s
    where {OPEN_TO_ALL.format("s")} and not heavy
)
select 'theme' as kind, theme.slug as key, theme.name as label, theme.position as place, coalesce(told.n, 0)
from movement_theme theme
left join (select unnest(theme_ids) as id, count(*) as n from story group by 1) told on told.id = theme.id
where not theme.heavy
union all
select 'heavy', slug, name, position, 0 from movement_theme where heavy
union all
select 'region', area.code, area.name, 0, coalesce(told.n, 0)
from movement_area area
left join (select region_id, count(*) as n from story group by 1) told on told.region_id = area.id
where area.kind = 'youth_region' and (area.valid_to is null or area.valid_to > %(today)s)
union all
select 'who', perspective, '', 0, count(*) from story group by perspective
union all
select 'help', form_of_help, '', 0, count(*) from story group by form_of_help
order by kind, place, label
"""  # noqa: S608 - nothing but the constant above goes into it


def _count_options() -> list[Counted]:
    """As plain tuples: what is kept by one version of the house is read by the next."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"today": timezone.localdate()})
        rows = cursor.fetchall()
    labels: dict[str, dict[str, str]] = {"who": {}, "help": {}}
    counts: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for kind, key, label, _place, count in rows:
        counts[kind][key] = count
        labels.setdefault(kind, {})[key] = label
    labels["who"] = {value: str(label) for value, label in Perspective.choices}
    labels["help"] = {value: str(label) for value, label in FormOfHelp.choices}
    found: list[Counted] = []
    for kind in KINDS:
        told = facet(counts[kind])
        found += [(kind, key, label, told.get(key)) for key, label in labels.get(kind, {}).items()]
    return found

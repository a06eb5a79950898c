"""How stories are handled here, in figures that stand beside the house rules: how long, how often with a question,
and for which reasons. Of a year, protected like every figure that leaves the house."""

import datetime as dt
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from core.disclosure import facet, share, shown
from stories import totals

DAYS = 365


class Handled(NamedTuple):
    """`median_days` from arriving to the site and `asked` (percent with a question) are None while there are few;
    `reasons` says of each rule, by its key, for at least how many stories it was a reason, in fives."""

    median_days: int | None
    asked: int | None
    reasons: dict[int, int]


_FIGURES = """
with arrived as (
    select subject_id, bool_or(verb = 'story.asked') as asked from core_journalentry
    where verb in ('story.sent', 'story.asked') and at >= %(since)s
    group by subject_id having bool_or(verb = 'story.sent')
), published as (
    select published_on - (sent_at at time zone %(zone)s)::date as days from stories_story
    where status = 'published' and published_on >= %(since)s::date and sent_at is not null
), reasons as (
    select rule_id, count(*) as n from stories_storyreason where at >= %(since)s group by rule_id
)
select (select count(*) from published), (select percentile_disc(0.5) within group (order by days) from published),
    (select count(*) from arrived), (select count(*) from arrived where asked),
    (select coalesce(json_object_agg(rule_id, n), '{}') from reasons)
"""


def handled() -> Handled:
    """The figures of the last year; kept for an hour, or until a story leaves the site."""
    return totals.kept_or(_count, name="stories:handled", seconds=3600)


def _count() -> Handled:
    since = timezone.now() - dt.timedelta(days=DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"since": since, "zone": str(timezone.get_current_timezone())})
        published, median, arrived, asked, reasons = cursor.fetchone()
    many = facet({str(rule): int(n) for rule, n in reasons.items()})
    return Handled(
        median_days=max(0, int(median)) if shown(published) else None,
        asked=share(asked, arrived),
        reasons={int(rule): n for rule, n in many.items()},
    )

"""What was reported and waits for a decision: one line a story, however often it was reported."""

import datetime as dt
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Q

from stories.models import Report, Story

SHOWN = 20


class ReportedStory(NamedTuple):
    public_id: str
    title: str
    status: str
    since: dt.datetime
    reports: int
    danger: bool
    held: bool
    objected: bool
    mine: bool  # this coordinator decided what is objected to, so a colleague looks
    total: int


# Both halves read a partial index of what is open; the rest of a story is only fetched for those.
_OPEN = """
with waiting as (
    select story_id, min(at) as since, count(*) as reports, bool_or(danger) as danger,
        false as held, false as objected, false as mine
    from stories_report where ruling_id is null group by story_id
    union all
    select story_id, min(at), 0, false, bool_or(state = 'pending'), bool_or(state = 'objected'),
        coalesce(bool_or(state = 'objected' and author_id = %s), false)
    from stories_ruling where state in ('pending', 'objected') group by story_id
)
select story.public_id, story.title, story.status, min(since), sum(reports)::int, bool_or(waiting.danger),
    bool_or(held), bool_or(objected), bool_or(mine), count(*) over ()
from waiting join stories_story story on story.id = story_id
where story.status <> 'withdrawn'
group by story.id
order by bool_or(waiting.danger) desc, min(since), story.id
limit %s
"""


def open_reports(me: int) -> list[ReportedStory]:
    """The stories that were reported and wait, danger first and then the oldest; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [me, SHOWN])
        return [ReportedStory(*row) for row in cursor.fetchall()]


def reasons_given(story: Story) -> tuple[list[tuple[str, int]], bool]:
    """How often each reason was given in what is open, the commonest first; and whether it was ever reported."""
    counted = story.reports.order_by().values_list("why").annotate(n=Count("pk", filter=Q(ruling=None)))
    rows = sorted(counted, key=lambda row: -row[1])
    return [(str(Report.Why(why).label) if why else "", n) for why, n in rows if n], bool(rows)

"""What a team did, in order: one query, whatever the length."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from django.utils.dates import MONTHS

from actionteams.models import Step, Team
from actionteams.noticed import Tally, tally_of


def month_of(day: dt.date) -> str:
    """Say a month in words. Days are not shown: they could help somebody to find a teller."""
    return f"{MONTHS[day.month]} {day.year}"


@dataclass(frozen=True, slots=True)
class Happening:
    """One knot in the thread of a team; `kind` decides the words (templates/actionteams/timeline.html)."""

    kind: str
    when: dt.date
    ref: str
    text: str
    more: str = ""
    mark: str = ""
    check: str = ""
    with_whom: str = ""
    look_back_on: dt.date | None = None
    tally: Tally | None = None

    @property
    def month(self) -> str:
        return month_of(self.when)

    @property
    def look_back_month(self) -> str:
        return month_of(self.look_back_on) if self.look_back_on else ""

    @property
    def is_late(self) -> bool:
        return self.look_back_on is not None and self.look_back_on < timezone.localdate()

    @property
    def outcome_label(self) -> str:
        return str(Step.Outcome(self.mark).label)

    @property
    def check_label(self) -> str:
        return str(Step.DreamCheck(self.check).label)

    @property
    def is_open(self) -> bool:
        return self.look_back_on is not None


# The columns of every part: order, kind, moment, public id, text, more, mark, check, with whom, a day, answers.
_WORK = """
select 1, 'step', set_at, public_id, question, trying, case when stops_something then 'stops' else '' end, '',
    with_whom, case when looked_back_at is null then look_back_on end, null::text[]
from actionteams_step where team_id = %(team)s
union all
select 2, 'looked_back', looked_back_at, public_id, saw, learned, outcome, dream_check, '', null, null
from actionteams_step where team_id = %(team)s and looked_back_at is not null
union all
select 3, kind, at, public_id, text, '', '', '', '', null, null
from actionteams_success where team_id = %(team)s
union all
select 4, 'change', change.at, change.public_id, change.text, '', '', '', '', change.since, (
    select array_agg(noticed.answer order by noticed.at, noticed.id)
    from actionteams_noticed noticed join stories_story teller on teller.id = noticed.story_id
    where noticed.change_id = change.id and teller.status <> 'withdrawn'
)
from actionteams_change change where change.team_id = %(team)s
order by 3, 1
"""


def timeline_of(team: Team) -> list[Happening]:
    """Return what the team did, oldest first. Whole months only, as in the thread of a story."""
    with connection.cursor() as cursor:
        cursor.execute(_WORK, {"team": team.pk})
        rows = cursor.fetchall()
    happenings = []
    for _, kind, at, ref, text, more, mark, check, with_whom, day, answers in rows:
        is_change = kind == "change"
        happenings.append(
            Happening(
                kind,
                day if is_change else timezone.localdate(at),
                ref,
                text,
                more,
                mark,
                check,
                with_whom,
                look_back_on=None if is_change else day,
                tally=tally_of(answers or ()),
            )
        )
    return happenings

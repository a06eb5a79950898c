"""The thread: what became of a story, read from the rows that came after it.

Nothing is stored here and `stories` knows nothing of it: taken up, tried, changed and noticed are facts of the later
packages. One query, whatever the number of moments; it is plain SQL because five querysets in a union cost four times
as much to put together as to run.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language

from actionteams.models import Noticed
from actionteams.noticed import Tally, tally_of
from core import prepared
from stories.models import OPEN_TO_ALL, Status, Story


@dataclass(frozen=True, slots=True)
class Moment:
    """One knot in the thread. `kind` decides the words (templates/monitor/journey.html); `when` is never shown finer
    than its month."""

    kind: str
    when: dt.date | None = None
    state: str = "is-done"
    name: str = ""
    ref: str = ""
    text: str = ""
    more: str = ""
    mark: str = ""
    others: int = 0
    look_back_on: dt.date | None = None
    tally: Tally | None = None
    own_answer: str = ""

    @property
    def month(self) -> str:
        return _month(self.when)

    @property
    def look_back_month(self) -> str:
        return _month(self.look_back_on)

    @property
    def own_answer_label(self) -> str:
        return str(Noticed.Answer(self.own_answer).label) if self.own_answer else ""


def journey_of(story: Story) -> list[Moment]:
    """Return the thread of a story, oldest moment first; empty when the story was withdrawn. One query."""
    if story.is_withdrawn:
        return []
    moments = [Moment("told", timezone.localdate(story.told_at))]
    if story.is_published and story.published_on:
        moments.append(Moment("published", story.published_on))
    later = _later_moments(story)
    moments += later
    if not story.is_published:
        end = _off_the_site(story)
        moments += [] if later and end == "not_yet_published" else [Moment(end, state="is-open")]
    elif not any(moment.kind == "taken_up" for moment in later):
        moments.append(Moment("not_yet_taken_up", state="is-open"))
    elif not any(moment.kind == "change" for moment in later):
        moments.append(Moment("not_yet_changed", state="is-open"))
    return moments


def _off_the_site(story: Story) -> str:
    """How the thread of a story ends that is not on the site: only what may still come is promised."""
    if story.status == Status.REFUSED:
        return "not_on_site"
    if story.published_on:
        return "not_for_now"
    return "stays" if story.status == Status.ON_HOLD else "not_yet_published"


# A step or change counts for a story when it lived after its team took the story up: earlier work was not because of
# it. `others` counts only stories that everybody can read, so that the number tells of no hidden one.
_LATER = f"""
with mine as (
    select taken.team_id, taken.at, taken.public_id, team.name, team.public_id as team_ref
    from actionteams_takenup taken join actionteams_team team on team.id = taken.team_id
    where taken.story_id = %(story)s
)
select 1, 'initiative', link.at, initiative.name, initiative.public_id, link.why, '', '', 0,
    null::date, null::text[], null
from stories_initiativelink link join movement_initiative initiative on initiative.id = link.initiative_id
where link.story_id = %(story)s
union all
select 2, 'taken_up', mine.at, mine.name, mine.team_ref, '', '', '', (
    select count(*) from actionteams_takenup taken join stories_story story on story.id = taken.story_id
    where taken.team_id = mine.team_id and story.id <> %(story)s
        and {OPEN_TO_ALL.format("story")}
), null, null, null
from mine
union all
select 3, 'step', greatest(step.set_at, mine.at), mine.name, mine.team_ref, step.question, step.trying,
    case when step.stops_something then 'stops' else '' end, 0,
    case when step.looked_back_at is null then step.look_back_on end, null, null
from mine join actionteams_step step on step.team_id = mine.team_id
where step.looked_back_at is null or step.looked_back_at >= mine.at
union all
select 4, 'looked_back', step.looked_back_at, mine.name, mine.team_ref, step.learned, '', step.outcome, 0,
    null, null, null
from mine join actionteams_step step on step.team_id = mine.team_id
where step.looked_back_at >= mine.at
union all
select 5, success.kind, success.at, mine.name, mine.team_ref, success.text, '', '', 0, null, null, null
from mine join actionteams_success success on success.team_id = mine.team_id
where success.at >= mine.at
union all
select 6, 'change', change.at, mine.name, change.public_id, change.text, '', '', 0, change.since, (
    select array_agg(noticed.answer order by noticed.at, noticed.id)
    from actionteams_noticed noticed join stories_story teller on teller.id = noticed.story_id
    where noticed.change_id = change.id and teller.status <> 'withdrawn'
), (select answer from actionteams_noticed where change_id = change.id and story_id = %(story)s)
from mine join actionteams_change change on change.team_id = mine.team_id
where change.at >= mine.at
union all
select 7, 'answer', answer.decided_at, organisation.name, answer.public_id, '', '', answer.kind, 0,
    answer.due_on, null, null
from stories_publicanswer answer join movement_organisation organisation on organisation.id = answer.organisation_id
where answer.story_id = %(story)s and answer.state = 'published'
union all
select 8, 'kept', greatest(answer.done_on::timestamptz, answer.decided_at), organisation.name, answer.public_id,
    '', '', '', 0, null, null, null
from stories_publicanswer answer join movement_organisation organisation on organisation.id = answer.organisation_id
where answer.story_id = %(story)s and answer.done_on is not null
order by 3, 1
"""  # noqa: S608 - nothing but the constant goes into it


def _later_moments(story: Story) -> list[Moment]:
    moments = []
    rows = prepared.fetch(_LATER, {"story": story.pk})
    here = timezone.get_current_timezone()
    for _, kind, at, name, ref, text, more, mark, others, day, answers, own in rows:
        is_change = kind == "change"
        moments.append(
            Moment(
                kind,
                day if is_change else at.astimezone(here).date(),
                state="is-now" if kind == "step" and day else "is-done",
                name=name,
                ref=ref,
                text=text,
                more=more,
                mark=mark,
                others=others,
                look_back_on=None if is_change else day,
                tally=tally_of(answers or ()),
                own_answer=own or "",
            )
        )
    return moments


def _month(day: dt.date | None) -> str:
    if day is None:
        return ""
    name = str(MONTHS[day.month])
    return f"{name.lower() if get_language() in ('pl', 'uk') else name} {day.year}"

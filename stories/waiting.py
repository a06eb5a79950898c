"""What waits at the desk: which story belongs in which band, how much there is of each, and the first of it.

One query that brings home only the rows that a page shows, whatever the height of the pile. It reads what a story is,
never what stands in it: opening one is a look that is written down, a list of forty is not.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from core import prepared
from stories import staffed
from stories.load import COUNTED, Load, since_midnight

BANDS = ("danger", "second", "mine", "answers", "new", "colleagues", "waits", "held", "kept")
FOR_US = BANDS[:6]  # the others wait for the teller, or for nobody
SHOWN, ALL = 25, 1000  # of one band: at first, and for who asks for more


class Waiting(NamedTuple):
    """One story that waits. `since` is when it began to wait as it waits now; `due` says before when
    somebody must have looked, at a danger and at what a teller wrote."""

    band: str
    public_id: str
    status: str
    perspective: str
    form_of_help: str
    region: str | None
    danger: str
    since: dt.datetime
    sent_at: dt.datetime
    is_mine: bool
    reader: str | None
    red_flag: bool
    read_before: bool  # somebody read it as the first of two
    read_before_by_me: bool
    red_reasons: int
    wrote_at: dt.datetime | None  # its teller wrote what nobody has read yet
    told_anew: bool  # its teller changed the text after somebody could have read it
    answered: bool
    came_back: bool  # by itself, because nobody went on with it
    due: dt.datetime | None = None

    @property
    def is_free(self) -> bool:
        """Whether one press takes it in hand."""
        return self.status in ("waiting", "escalated") and not self.read_before_by_me


@dataclass
class Pile:
    """One band: how many wait in it, how many of them past their time, and the first of them."""

    total: int = 0
    late: int = 0
    first: list[Waiting] = field(default_factory=list)


# A message or an edit of the teller makes a story wait for us again. The conditions on `story` are those of its
# partial index `story_desk`.
_WAITING = """
with waiting as materialized (
    select id, public_id, status, perspective, form_of_help, region_id, danger, urgency, sent_at, reader_id, red_flag,
        first_approver_id, red_reasons, wrote_at, told_anew_at, answered, coalesce(danger_at, sent_at) as danger_since,
        case when danger <> 'none' and danger_answered_at is null then 'danger'
            when wrote_at is not null and status in ('question', 'proposed', 'on_hold', 'published', 'refused')
                then 'answers'
            when status in ('question', 'proposed') then 'waits'
            when status = 'on_hold' then case when audience = 'support' then 'kept' else 'held' end
            when status = 'escalated' then 'second'
            when answered then case when status = 'waiting' or reader_id = %(me)s then 'answers' else 'colleagues' end
            when status = 'in_hand' then case when reader_id = %(me)s then 'mine' else 'colleagues' end
            else 'new' end as band
    from (
        select *, id in (select story_id from stories_message where from_teller)
            or id in (select story_id from stories_editproposal where state in ('agreed', 'declined')) as answered
        from stories_story
        where status in ('waiting', 'escalated', 'in_hand', 'question', 'proposed', 'on_hold')
            or (danger <> 'none' and danger_answered_at is null and status in ('published', 'refused'))
            or wrote_at is not null
    ) story
), placed as (
    select *, row_number() over (
            partition by band, case when band = 'danger' then danger end
            order by urgency desc, case when band = 'danger' then danger_since else sent_at end, id
        ) as place,
        count(*) over (partition by band) as total,
        count(*) filter (where band = 'danger' and danger_since < case danger
            when 'urgent' then %(urgent_before)s::timestamptz else %(concern_before)s::timestamptz end
        ) over (partition by band) as late
    from waiting
)
select band, placed.public_id, status, perspective, form_of_help, region.name, danger,
    case when band = 'danger' then danger_since else greatest(
        sent_at, told_anew_at,
        (select max(at) from stories_message where story_id = placed.id),
        (select coalesce(answered_at, at) from stories_editproposal where story_id = placed.id order by at desc limit 1)
    ) end, sent_at,
    coalesce(reader_id = %(me)s, false), reader.name, red_flag, first_approver_id is not null,
    coalesce(first_approver_id = %(me)s, false), red_reasons, wrote_at, told_anew_at is not null, answered,
    reader_id is null and 'story.came_back' = (
        select verb from core_journalentry
        where subject_kind = 'story' and subject_id = placed.public_id and verb <> 'story.looked_at'
        order by at desc, id desc limit 1
    ), total, late, {load}
from placed
left join movement_area region on region.id = region_id
left join movement_member reader on reader.id = reader_id
where place <= %(shown)s
order by urgency desc, sent_at, placed.id
""".replace("{load}", COUNTED)


def piles(me: int, now: dt.datetime, shown: int = SHOWN) -> tuple[dict[str, Pile], Load]:
    """Return every band of BANDS for the member with this id, the gravest and then the oldest first; and how much
    that is heavy she read today, for as long as anything waits."""
    before = {f"{danger}_before": staffed.danger_since(danger, now) for danger in ("urgent", "concern")}
    rows = prepared.fetch(_WAITING, {"me": me, "shown": shown, "today": since_midnight(), **before})
    found = {band: Pile() for band in BANDS}
    for row in rows:
        story = Waiting(*row[:-4])
        pile = found[story.band]
        pile.total, pile.late = row[-4:-2]
        if story.band == "danger":
            story = story._replace(due=staffed.danger_due(story.danger, story.since))
        elif story.wrote_at:
            story = story._replace(due=staffed.read_due(story.wrote_at))
        pile.first.append(story)
    # Both kinds of danger come with their first; which of them is first of all is for the clock to say.
    found["danger"].first.sort(key=lambda story: story.due or now)
    del found["danger"].first[shown:]
    return found, Load(*(rows[0][-2:] if rows else (0, 0)))

"""What waits at the desk beside stories: reports, answers and promises of organisations, a colleague who reads much,
figures, texts of the house.

One query for all of them, each as a row of JSON: five small queries cost more in Django than in PostgreSQL.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from core import prepared

LATELY = dt.timedelta(days=3)  # that a colleague opened much: who was not there yesterday or on Sunday sees it too

# Every part reads a partial index or a short table. Promises begin to wait on their day, the rest when it came in.
_BESIDE = """
with open as (
    select story_id, min(at) as since, count(*) as reports, bool_or(danger) as danger,
        false as held, false as objected, false as mine
    from stories_report where ruling_id is null group by story_id
    union all
    select story_id, min(at), 0, false, bool_or(state = 'pending'), bool_or(state = 'objected'),
        coalesce(bool_or(state = 'objected' and author_id = %(me)s), false)
    from stories_ruling where state in ('pending', 'objected') group by story_id
), reported as (
    select story.public_id as ref, story.perspective, story.form_of_help as form, region.name as region,
        min(since) as since, sum(reports)::int as reports, bool_or(open.danger) as danger,
        bool_or(held) as held, bool_or(objected) as objected, bool_or(mine) as mine, count(*) over () as total,
        max(hand.reader_id) as reader
    from open join stories_story story on story.id = story_id left join movement_area region on region.id = region_id
    left join stories_inhand hand on hand.reported_id = story.id
    where story.status <> 'withdrawn'
    group by story.id, region.name
    order by bool_or(open.danger) desc, min(since), story.id limit %(shown)s
), answer as (
    select id, public_id as ref, organisation_id, kind, at as since, author_id, 'said' as band
    from stories_publicanswer where state = 'waiting'
    union all
    select id, public_id, organisation_id, kind, due_on::timestamptz, author_id, 'late'
    from stories_publicanswer where state = 'published' and kind = 'will_do' and due_on < %(today)s and done_on is null
), placed as (
    select ref, organisation.name as who, answer.kind, since, coalesce(author_id = %(me)s, false) as mine, band,
        count(*) over (partition by band) as total, row_number() over (partition by band order by since, ref) as place,
        hand.reader_id as reader
    from answer join movement_organisation organisation on organisation.id = organisation_id
    left join stories_inhand hand on hand.answer_id = answer.id
), import as (
    select import.public_id as ref, file_name as file, at as since, member.name as by, added, count(*) over () as total
    from monitor_import import left join movement_member member on member.id = by_id
    where state = 'preview' order by at limit %(shown)s
), much as (
    select member.public_id as ref, member.name as who, entry.at as since, count(*) over () as total, (
        select count(distinct look.subject_id) from core_journalentry look
        where look.verb = 'story.looked_at' and look.actor = entry.actor
            and look.at >= date_trunc('day', entry.at, %(zone)s)
            and look.at < date_trunc('day', entry.at, %(zone)s) + '1 day'
    ) as opened
    from core_journalentry entry join movement_member member on member.public_id = entry.actor
    where entry.verb = 'member.read_much' and entry.at >= %(lately)s and member.id <> %(me)s
    order by entry.at limit %(shown)s
), text as (
    select kind, text.id, name, checked_on::timestamptz as since, count(*) over () as total, hand.reader_id as reader
    from (
        select 'hulplijn' as kind, id, name, checked_on, ended_on, position from movement_helpline
        union all select 'huisregel', id, text, checked_on, ended_on, position from stories_houserule
        union all select 'uitleg', id, title, checked_on, ended_on, position from movement_explanation
    ) text
    left join stories_inhand hand on text.id =
        case kind when 'hulplijn' then help_line_id when 'huisregel' then house_rule_id else explanation_id end
    where ended_on is null and checked_on < %(checked)s order by checked_on, position, text.id limit %(shown)s
), found as (
    select 'reported' as slug, reader, row_to_json(reported) as row from reported
    union all select band, reader, row_to_json(placed) from placed where place <= %(shown)s
    union all select 'much', null, row_to_json(much) from much
    union all select 'imports', null, row_to_json(import) from import
    union all select 'texts', reader, row_to_json(text) from text
)
select slug, row, coalesce(reader = %(me)s, false), (select name from movement_member where id = reader) from found
"""


def beside(me: int, today: dt.date, shown: int) -> list[tuple[str, dict[str, Any], bool, str | None]]:
    """Each row with the slug of its band, the first of each band first, and in `total` how many its band holds; then
    whether it is in these hands, and the name of who has it."""
    checked = today - dt.timedelta(days=settings.TEXTS_CHECK_DAYS)
    zone, lately = str(timezone.get_current_timezone()), timezone.now() - LATELY
    values = {"me": me, "today": today, "checked": checked, "shown": shown, "zone": zone, "lately": lately}
    return prepared.fetch(_BESIDE, values)

"""What the list of stories asks of the database: one page of stories, and one capped count."""

import datetime as dt
from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

from django.utils.translation import get_language

from core import prepared
from core.disclosure import in_steps
from stories import search
from stories.dutch.spelling import is_word
from stories.facts import DOT, facts
from stories.forms.reading import Reading
from stories.understood import Understood, understood
from stories.wanted import Wanted, wanted

PAGE = 20
MOST_COUNTED = 300  # counting on costs more than the page itself, and nobody reads further
FEW = 5  # with fewer hits than this, words that look alike are tried as well
CROWD = 10  # stories among which one is not found by what somebody knows of its teller; see decision 11
LOOKED_AT = 300  # titles, of this many of the newest, so that a typing error costs no more than a page
LATELY = 1500  # stories, in which a common word is looked for; when they hold no page of it all are sorted


class Card(TypedDict):
    """A story as the list shows it, ready to print: the template formats nothing."""

    url: str
    title: str
    teaser: str
    facts: str
    themes: list[str]
    heavy: bool


class Entry(NamedTuple):
    """A story in a feed."""

    public_id: str
    title: str
    teaser: str
    published_on: dt.date


class Page(NamedTuple):
    cards: list[Card]
    alike: list[Card]  # little fitted exactly; these look like what was asked
    following: str  # public id to go on after, or ""
    total: int  # at least so many; 0: not counted, or too few to tell
    capped: bool  # and certainly more than MOST_COUNTED
    instead: dict[str, str]  # words that nobody wrote, each with the nearest that somebody did: that was looked for


Row = tuple[str, str, str, str, dt.date, str, str | None, bool, list[str], int]


def read_list(reader: object, asked: Reading) -> tuple[Reading, Page]:
    """What is shown of what was asked (see `wide_enough`), and one page of it. Three queries at most.

    Where a few are looked for, whether they are enough is asked with the page: words find no more than there are
    without them, so a page with a crowd in it needs no second look.
    """
    few = asked.region and (asked.theme or asked.perspective or asked.form_of_help or asked.reply)
    every = wanted(reader, asked)
    exact = every.and_words(asked.words) if asked.words else every
    if not few or exact is None or search.unknown(asked.words):
        asked = wide_enough(reader, asked)
        return asked, read_page(reader, asked)
    rows, crowd = _few_rows(exact, asked.after)
    if crowd < CROWD:
        asked = replace(asked, region="")
        return asked, read_page(reader, asked)
    if rows and rows[0][-1] > MOST_COUNTED:
        rows = _rows(exact, asked.after)
    return asked, _shown(every, asked, rows, Understood({}))


def read_page(reader: object, asked: Reading) -> Page:
    """One page of stories that this reader may see, newest first. Two queries at most."""
    every = wanted(reader, asked)
    read = understood(reader, asked, every)
    exact = every.and_words(asked.words, instead=read.instead) if asked.words else every
    rows = _rows(exact, asked.after) if exact and read.occurs is not False else []
    return _shown(every, asked, rows, read)


def _shown(every: Wanted, asked: Reading, rows: list[Row], read: Understood) -> Page:
    more = len(rows) > PAGE
    counted, alike = rows[0][-1] if rows else 0, []
    if read.instead:
        counted = 0  # what was looked for is another word: the page says that, and not how many there are
    elif asked.words and not asked.after and counted < FEW and not read.occurs:
        have = {row[0] for row in rows}
        alike = [row for row in _look_alike(every, asked.words) if row[0] not in have][:PAGE]
    language = get_language()
    return Page(
        cards=[_card(row, language) for row in rows[:PAGE]],
        alike=[_card(row, language) for row in alike],
        following=rows[PAGE - 1][0] if more else "",
        total=0 if asked.after else in_steps(min(counted, MOST_COUNTED)),
        capped=counted > MOST_COUNTED and not asked.after,
        instead=read.instead,
    )


def newest(asked: Reading, *, most: int) -> list[Entry]:
    """The newest stories of a view that are open to everybody, for a feed. One query."""
    every = wanted(None, asked)
    exact = every.and_words(asked.words) if asked.words else every
    return [Entry(*row) for row in prepared.fetch(*_page(exact, _ENTRIES, most))] if exact else []


_CROWD = "select count(*) from (select from stories_story s where {newest} limit {most}) crowd"


def wide_enough(reader: object, asked: Reading) -> Reading:
    """What is shown of what was asked: a youth region goes out when, with another filter, it leaves under CROWD.

    Words count for nothing here: which stories a page may hold must not depend on how they are searched. One query,
    and only where a region is combined.
    """
    if not asked.region or not (asked.theme or asked.perspective or asked.form_of_help or asked.heavy or asked.reply):
        return asked
    every = wanted(reader, asked)
    [[told]] = prepared.fetch(_CROWD.format(newest=every.newest, most=CROWD), every.values)
    return asked if told == CROWD else replace(asked, region="")


# The index of words and filters knows no order, and gives its first story only when it has found the last. So there
# are two questions: how many, counted no further than `counted`; and, of what came lately, the newest (for words by the
# same index, which holds the day too). The page is in the first when that is all of them, and else in the second. A
# word in the whole country is looked for in what came lately first: a common word is there so often that the rest need
# not be counted. When all are old (a word of one year) all are sorted: outside an `offset 0`, because PostgreSQL, asked
# for the newest of them, walks from the newest story on and opens every one on its way.
# A page goes on after a story that the reader may see; after any other it begins anew, and tells nothing of it.
_DAY = "coalesce((select s.published_on from stories_story s where s.public_id = %(after)s and {visible}), 'infinity')"
_GOES_ON = f" and s.{{on}} <= {_DAY} and (s.published_on < {_DAY} or s.public_id > %(after)s)"
_FOUND = """found as materialized (
    select s.id, s.published_on, s.public_id from stories_story s where {first} {where} limit {counted}
)"""
_LATELY = """lately as materialized (
    select s.id, s.published_on, s.public_id from stories_story s where {first} {newest}
    order by s.published_on desc, s.public_id limit {most}
)"""
_SAID_LATELY = """lately as materialized (
    select s.id, s.published_on, s.public_id from stories_story s where {first} {where} and s.published_on >= (
        select s.published_on from stories_story s where s.status = 'published'{goes_on}
        order by s.published_on desc, s.public_id offset {lately} limit 1
    )
)"""
_AFTER_LATELY = "(select count(*) from lately) < %(counted)s and"
_AFTER_FOUND = "(select count(*) from found) = %(counted)s and"
_PAGE = """
with {ways}, counted as materialized (
    select (select count(*) from lately) as lately, (select count(*) from found) as found
), told as materialized (
    select lately, greatest(lately, found) as total, greatest(lately, found) < %(counted)s as whole from counted
), page as (
    select * from found where (select whole from told)
    union all select * from lately where (select not whole and lately >= {most} from told)
    union all select * from (
        select s.id, s.published_on, s.public_id from stories_story s
        where (select not whole and lately < {most} from told) and {where}
        offset 0
    ) every
    order by published_on desc, public_id limit {most}
)
"""
_CARDS = """
select s.public_id, s.title, s.teaser, s.perspective, s.published_on, s.form_of_help, region.name, s.heavy,
    array(select name from movement_theme where id = any(s.theme_ids) order by position, id), {}
from {} join stories_story s on s.id = page.id left join movement_area region on region.id = s.region_id
order by s.published_on desc, s.public_id
"""
_ENTRIES = """
select s.public_id, s.title, s.teaser, s.published_on from page join stories_story s on s.id = page.id
order by s.published_on desc, s.public_id
"""


def _page(stories: Wanted, what: str, most: int, after: str = "") -> tuple[str, dict[str, Any]]:
    """The query for `what` of the `most` newest of these stories that come after the one with this public id.

    That is a public id, so that an address never tells on which day a story was published.
    """
    where, newest, goes_on = stories.where, stories.newest, ""
    if after:
        goes_on = _GOES_ON.format(on="published_on", visible=stories.visible)
        newest += goes_on
        # not by the index of words: nearly all are older
        where += _GOES_ON.format(on="published_on + 0", visible=stories.visible)
    counted = MOST_COUNTED + 1
    parts = {"where": where, "newest": newest, "goes_on": goes_on, "most": most, "counted": counted, "lately": LATELY}
    said = "words" in stories.values
    lately = _SAID_LATELY if said else _LATELY
    if said and not stories.values.keys() & {"region", "theme"}:
        ways = [lately.format(first="", **parts), _FOUND.format(first=_AFTER_LATELY, **parts)]
    else:
        ways = [_FOUND.format(first="", **parts), lately.format(first=_AFTER_FOUND, **parts)]
    sql = _PAGE.format(ways=", ".join(ways), **parts) + what
    return sql, {**stories.values, "after": after, "counted": counted}


def _rows(stories: Wanted, after: str = "") -> list[Row]:
    """The fields of a card of the newest stories, one more than a page holds so that we know whether it goes on, and
    how many there are, counted no further than MOST_COUNTED + 1."""
    return prepared.fetch(*_page(stories, _CARDS.format("(select total from told)", "page"), PAGE + 1, after))


# A region with another filter leaves few. All of them are found, so nothing else has to stand in the statement.
_FEW = """
with {found}, told as materialized (select count(*) as total from found), enough as materialized (
    select case when total >= {crowd} then {crowd} else ({counted}) end as crowd from told
), page as (
    select * from found order by published_on desc, public_id limit {most}
)
"""


def _few_rows(stories: Wanted, after: str) -> tuple[list[Row], int]:
    """The same as `_rows` of stories of which there are few, and how many there are without the words, up to CROWD.

    When there are more than MOST_COUNTED these are any of them, and not the newest.
    """
    crowd = _CROWD.format(newest=stories.newest, most=CROWD)
    where = stories.where + (_GOES_ON.format(on="published_on + 0", visible=stories.visible) if after else "")
    found = _FOUND.format(first="", where=where, counted="%(counted)s")
    sql = _FEW.format(found=found, crowd=CROWD, counted=crowd, most=PAGE + 1)
    what = _CARDS.format("(select total from told), crowd", "enough left join page on true left")
    rows = prepared.fetch(sql + what, {**stories.values, "after": after, "counted": MOST_COUNTED + 1})
    return [row[:-1] for row in rows if row[0]], rows[0][-1]


# A union of keys, not an `or` of conditions: with `or` PostgreSQL looks at every story there is.
_BEGINS = "(select s.id from stories_story s where {where} limit {looked_at})"
_SPELLED = """
(select id from (
    select s.id, s.title from stories_story s where {newest}
    order by s.published_on desc, s.public_id limit {looked_at}
) newest where word_similarity(%({word})s, title) >= 0.5 limit {most})
"""
_ALIKE = """
with page as (
    select id from stories_story where id in ({near}) order by published_on desc, public_id limit {most}
)
"""


def _look_alike(stories: Wanted, typed: str) -> list[Row]:
    """Stories with a word that begins the same, or, for a word that no list holds, and among the newest, one with a
    title that is spelled nearly the same."""
    wide = stories.and_words(typed, prefix=True)
    if wide is None:
        return []
    limits, values = {"looked_at": LOOKED_AT, "most": PAGE + 1}, {**wide.values}
    near = [_BEGINS.format(where=wide.where, **limits)]
    strange = [word for word in search.words(typed) if len(word) > 3 and not is_word(word)]
    for number, word in enumerate(strange[:3]):
        values[f"word{number}"] = word
        near.append(_SPELLED.format(newest=stories.newest, word=f"word{number}", **limits))
    return prepared.fetch(_ALIKE.format(near=" union ".join(near), **limits) + _CARDS.format(0, "page"), values)


def _card(row: Row, language: str | None) -> Card:
    public_id, title, teaser, perspective, published_on, form_of_help, region, heavy, themes, _total = row
    return {
        "url": f"/verhalen/{public_id}/",
        "title": title,
        "teaser": teaser,
        "facts": DOT.join(facts(perspective, form_of_help, region, published_on, language)),
        "themes": themes,
        "heavy": heavy,
    }

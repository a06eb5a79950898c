"""What the list of stories asks of the database: one page of stories, and one capped count."""

import datetime as dt
from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

from django.db import connection

from core import prepared
from core.disclosure import in_steps
from stories import search
from stories.dutch.spelling import is_word
from stories.facts import facts
from stories.forms.reading import Reading
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


def read_page(reader: object, asked: Reading) -> Page:
    """One page of stories that this reader may see, newest first. Two queries at most."""
    every = wanted(reader, asked)
    read = _understood(reader, asked, every)
    exact = every.and_words(asked.words, instead=read.instead) if asked.words else every
    rows = _rows(exact, asked.after) if exact and read.occurs is not False else []
    more = len(rows) > PAGE
    counted, alike = rows[0][-1] if rows else 0, []
    if read.instead:
        counted = 0  # what was looked for is another word: the page says that, and not how many there are
    elif asked.words and not asked.after and counted < FEW and not read.occurs:
        have = {row[0] for row in rows}
        alike = [row for row in _look_alike(every, asked.words) if row[0] not in have][:PAGE]
    return Page(
        cards=[_card(row) for row in rows[:PAGE]],
        alike=[_card(row) for row in alike],
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


class Meant(NamedTuple):
    """A search as it is saved: which words were read as others, and whether anything fits it now."""

    asked: Reading
    instead: dict[str, str]
    fits: bool


def meant(reader: object, asked: Reading) -> Meant:
    """What this reader would be shown for `asked`, to save that and not a typing error. Two queries at most."""
    every = wanted(reader, asked)
    read = _understood(reader, asked, every)
    exact = every.and_words(asked.words, instead=read.instead) if asked.words else every
    fits = exact is not None and read.occurs is not False and _any(exact)
    return Meant(asked.to_keep(search.corrected(asked.words, read.instead)), read.instead, fits)


_ANY = "select exists (select from stories_story s where {where})"


def _any(stories: Wanted) -> bool:
    return bool(prepared.fetch(_ANY.format(where=stories.where), stories.values)[0][0])


class _Understood(NamedTuple):
    instead: dict[str, str]
    occurs: bool | None = None  # whether any story has what was typed as it stands; None: not asked


def _understood(reader: object, asked: Reading, every: Wanted) -> _Understood:
    """The words as they are looked for: one that no story holds becomes the nearest that one does. One query at most.

    Only words that may hold a typing error cost a query. Whether a word occurs is asked of the stories that this
    reader may see, whatever the filters are.
    """
    unknown = search.unknown(asked.words)
    if not unknown:
        return _Understood({})
    anywhere = wanted(reader, Reading(heavy=asked.heavy))
    exact = every.and_words(asked.words)
    columns, values = list[str](), {**anywhere.values, **every.values}
    for number, (word, meant) in enumerate(unknown.items()):
        cases = []
        for place, one in enumerate((word, *meant)):
            name = f"try{number}_{place}"
            values[name] = search.wide(one)
            cases.append(
                f"when exists (select from stories_story s where {anywhere.where}"
                f" and s.search @@ to_tsquery('draad_nl', %({name})s)) then {place}"
            )
        columns.append(f"case {' '.join(cases)} else 0 end")
    if exact:
        values.update(exact.values)
        columns.append(f"exists (select from stories_story s where {exact.where})")
    # Planned at every visit: how common a word is decides by which way it is looked up.
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(columns)}", values)
        [found] = cursor.fetchall()
    chosen = zip(unknown.items(), found[: len(unknown)], strict=True)
    instead = {word: meant[place - 1] for (word, meant), place in chosen if place}
    return _Understood(instead) if instead else _Understood({}, bool(exact and found[-1]))


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
from page join stories_story s on s.id = page.id left join movement_area region on region.id = s.region_id
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
        day = "(select published_on from stories_story where public_id = %(after)s)"
        goes_on = f" and s.published_on <= {day} and (s.published_on < {day} or s.public_id > %(after)s)"
        newest += goes_on
        where += goes_on.replace("_on <=", "_on + 0 <=")  # not by the index of words: nearly all are older
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
    return prepared.fetch(*_page(stories, _CARDS.format("(select total from told)"), PAGE + 1, after))


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
    return prepared.fetch(_ALIKE.format(near=" union ".join(near), **limits) + _CARDS.format(0), values)


def _card(row: Row) -> Card:
    public_id, title, teaser, perspective, published_on, form_of_help, region, heavy, themes, _total = row
    return {
        "url": f"/verhalen/{public_id}/",
        "title": title,
        "teaser": teaser,
        "facts": " · ".join(facts(perspective, form_of_help, region, published_on)),
        "themes": themes,
        "heavy": heavy,
    }

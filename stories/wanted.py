"""Which stories a reader asked for, as one SQL condition.

Put together by hand: the list is the busiest page, and building the same in the ORM took longer than everything else
on it. Every condition begins with StoryQuerySet.visible_to in SQL; a test holds the two against each other.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from stories import search
from stories.forms.reading import OTHER_HEAVY, Reading
from stories.models import OPEN_TO_ALL, OPEN_TO_MEMBERS

_ANSWERED = "select o.id from stories_story o where o.public_id = %(reply)s and "
_HEAVY_THEMES = "array(select id from movement_theme where heavy and {})"


_WORDS = "s.search @@ (select to_tsquery('draad_nl', %(words)s))"
_LINES = """s.search @@ (
    select string_agg(distinct '(' || replace(nullif(stems, ''), ' ', '|') || ')', '&')::tsquery
    from string_to_table(%(words)s, ';') line, text(strip(to_tsvector('draad_nl', line))) stems
)"""
_THEME = "(select id from movement_theme where slug = %(theme)s)"


class Wanted(NamedTuple):
    """Conditions about `stories_story s`, without a value in them; the values are in `values`, by name.

    `where` for the index of words and filters, and `newest` (all but the words) in a form that only the indexes in the
    order of the list can use. The query of words stands where the planner cannot read it: it knows how often words
    occur, not that to look for one in a story costs forty times what it costs in the index, and reads all stories for
    a common word.
    """

    where: str
    newest: str
    values: dict[str, Any]
    visible: str  # nothing but what this reader may see

    def and_words(
        self, typed: str, *, prefix: bool = False, instead: Mapping[str, str] = search.NOTHING
    ) -> "Wanted | None":
        """The same with all these words in it; None when nothing can be looked for."""
        found = search.tsquery(typed, prefix=prefix, instead=instead)
        if not found:
            return None
        lines = "" if prefix else search.lines(typed, instead=instead)
        return self._replace(
            where=f"{self.where} and {_LINES if lines else _WORDS}",
            values={**self.values, "words": lines or found},
        )


def wanted(reader: object, asked: Reading) -> Wanted:
    """Everything that was asked but the words."""
    values = dict[str, Any]()
    may_read = OPEN_TO_MEMBERS if getattr(reader, "is_authenticated", False) else OPEN_TO_ALL
    visible = may_read.format("s")
    conditions = [visible, _not_too_heavy(asked.heavy, values)]
    if asked.region:
        conditions.append("s.region_id = (select id from movement_area where code = %(region)s)")
        values["region"] = asked.region
    if asked.reply:
        conditions.append(f"s.reply_to_id = ({_ANSWERED}{may_read.format('o')})")
        values["reply"] = asked.reply
    for column, value in (("perspective", asked.perspective), ("form_of_help", asked.form_of_help)):
        if value:
            conditions.append(f"s.{column} = %({column})s")
            values[column] = value
    where = newest = " and ".join(conditions)
    if asked.theme:
        where, newest = f"{where} and s.theme_ids @> array[{_THEME}]", f"{newest} and {_THEME} = any(s.theme_ids)"
        values["theme"] = asked.theme
    return Wanted(where, newest, values, visible)


def _not_too_heavy(asked: frozenset[str], values: dict[str, Any]) -> str:
    """Stories without anything heavy, and those of which every heavy theme was asked for.

    A story can be heavy without a heavy theme, because a coordinator said so. OTHER_HEAVY asks for those.
    """
    if not asked:
        return "not s.heavy"
    values["heavy"] = list(asked)
    these, others = _HEAVY_THEMES.format("slug = any(%(heavy)s)"), _HEAVY_THEMES.format("slug <> all(%(heavy)s)")
    ways = [f"not s.heavy or s.theme_ids && {these} and not s.theme_ids && {others}"]
    if OTHER_HEAVY in asked:
        ways.append(f"not s.theme_ids && {_HEAVY_THEMES.format('true')}")
    return f"({' or '.join(ways)})"

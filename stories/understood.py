"""What a reader may have meant: words that hold a typing error, and a search that is worth keeping."""

from typing import NamedTuple

from django.db import connection

from core import prepared
from stories import search
from stories.forms.reading import Reading
from stories.wanted import Wanted, wanted


class Understood(NamedTuple):
    instead: dict[str, str]
    occurs: bool | None = None  # whether any story has what was typed as it stands; None: not asked


def understood(reader: object, asked: Reading, every: Wanted) -> Understood:
    """The words as they are looked for: one that no story holds becomes the nearest that one does. One query at most.

    Only words that may hold a typing error cost a query. Whether a word occurs is asked of the stories that this
    reader may see, whatever the filters are.
    """
    unknown = search.unknown(asked.words)
    if not unknown:
        return Understood({})
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
    return Understood(instead) if instead else Understood({}, bool(exact and found[-1]))


class Meant(NamedTuple):
    """A search as it is saved: which words were read as others, and whether anything fits it now."""

    asked: Reading
    instead: dict[str, str]
    fits: bool


def meant(reader: object, asked: Reading) -> Meant:
    """What this reader would be shown for `asked`, to save that and not a typing error. Two queries at most."""
    every = wanted(reader, asked)
    read = understood(reader, asked, every)
    exact = every.and_words(asked.words, instead=read.instead) if asked.words else every
    fits = exact is not None and read.occurs is not False and _any(exact)
    return Meant(asked.to_keep(search.corrected(asked.words, read.instead)), read.instead, fits)


_ANY = "select exists (select from stories_story s where {where})"


def _any(stories: Wanted) -> bool:
    return bool(prepared.fetch(_ANY.format(where=stories.where), stories.values)[0][0])

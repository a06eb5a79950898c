"""Dutch search: from what a reader typed to a query that PostgreSQL understands.

The search column holds stems (text search configuration `draad_nl`: unaccent, then the Dutch stemmer) of the texts and
of the words beside them (stories.dutch.beside: base forms, parts of compounds). Here a query gets base forms too, and
what people say for the same thing; stories.dutch.spelling knows what a typing error may have meant.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from core.fold import fold
from core.text import tidy
from stories.dutch.alike import MARK, told_apart, twins
from stories.dutch.beside import SAID, joined
from stories.dutch.compounds import halves
from stories.dutch.forms import bases, plurals, singulars
from stories.dutch.spelling import nearest, softened, written_apart
from stories.dutch.thesaurus import field, others
from stories.dutch.verbs import LOOSE

MOST_WORDS = 8
LONGEST = 100
NOTHING: Mapping[str, str] = MappingProxyType({})

_TOKEN = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(rf"[a-z]+{MARK}?")
_TYPED = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")  # with accents that stand beside their letter


@lru_cache(maxsize=2048)
def forms(word: str) -> tuple[str, ...]:
    """The word itself, its base forms, and what people say for the same thing, in a fixed order."""
    found = {*bases(word), *singulars(word), *softened(word)} - twins(word)
    same = {other for one in (word, word.removesuffix("s"), *found) for other in others(one)}
    found.update(same, *map(plurals, same))
    found = told_apart({word, *found})
    return (*({word} & found), *sorted(found - {word}))


def tidy_query(typed: str) -> str:
    """What was typed, on one line and not endless, to be shown again in the field."""
    return " ".join(tidy(typed[: 4 * LONGEST]).split())[:LONGEST]


def words(typed: str) -> list[str]:
    """The words that are looked for, without the ones that are excluded; for the fallback."""
    return [word for minus, group in _groups(typed) if not minus for word in group]


def _groups(typed: str) -> list[tuple[bool, list[str]]]:
    """What was typed, in groups of words that stand together: one word, or a phrase between quotes."""
    groups: list[tuple[bool, list[str]]] = []
    for minus_phrase, phrase, minus, token in _TOKEN.findall(fold(typed[:LONGEST]).text):
        found = [word for word in _WORD.findall(phrase or token) if len(word) > 1 or word.isdigit()]
        if not found:
            continue
        if phrase:
            groups.append((bool(minus_phrase), found))
        else:
            groups.extend((bool(minus), [word]) for word in found)
    return _in_several_words(groups[:MOST_WORDS])


def _in_several_words(groups: list[tuple[bool, list[str]]]) -> list[tuple[bool, list[str]]]:
    """The same with uit huis geplaatst, which the field has a word for, as one phrase."""
    for first in range(len(groups) - 1):
        for last in range(len(groups), first + 1, -1):
            these = groups[first:last]
            read = [word for _minus, group in these for word in group]
            if len(read) == len(these) and not any(minus for minus, _group in these) and _said(read):
                return [*groups[:first], (False, read), *groups[last:]]
    return groups


def _said(read: list[str]) -> list[str]:
    """The word for what was said in several: uit huis geplaatst: uithuisplaatsing."""
    return [word for pattern, word in SAID if pattern.fullmatch(" ".join(read))]


def corrected(typed: str, instead: Mapping[str, str]) -> str:
    """What was typed, with the words that were read as another one replaced by that."""
    return _TYPED.sub(lambda word: instead.get(fold(word.group()).text, word.group()), typed)


def unknown(typed: str) -> dict[str, tuple[str, ...]]:
    """The words that may hold a typing error, each with what may have been meant, the likeliest first."""
    read = words(typed)
    halves_of_one = {half for one, two in pairwise(read) if written_apart(one, two) for half in (one, two)}
    found = {word: nearest(word) for word in read if word not in halves_of_one}
    return {word: meant for word, meant in found.items() if meant}


def wide(word: str) -> str:
    """One word in all its forms, for to_tsquery; groepshond: groeps hond too."""
    return " | ".join((*forms(word), *_halves(word)))


def _halves(word: str) -> tuple[str, ...]:
    """groeps <-> hond. Not of what is nearly a word of the field: vertrouwenspersoom is a typing error."""
    apart = halves(word)
    return (" <-> ".join(apart),) if apart and not field() & set(nearest(word)) else ()


def tsquery(typed: str, *, prefix: bool = False, instead: Mapping[str, str] = NOTHING) -> str:
    """What a reader typed, for to_tsquery: all words, "phrases", -not this. Empty when there is nothing to look for.

    With `prefix` every word also stands for the words that begin with it: for when little was found. `instead` says
    which words are read as another one.
    """
    parts: list[str] = []
    before = ""  # the word that was typed before this one, both alone and wanted
    for minus, group in _groups(typed):
        read = [instead.get(word, word) for word in group]
        if len(read) > 1:
            part = " | ".join((" <-> ".join(read), *map(wide, _said(read))))
        else:
            part = wide(read[0])
            if prefix and len(read[0]) > 3:
                part += f" | {read[0]}:*"
        alone = "" if minus or len(read) > 1 else read[0]
        whole = _whole(before, alone)
        if whole and whole == written_apart(before, alone) & field():  # jeugd zorg means jeugdzorg, and not both apart
            parts[-1] = f"({' | '.join(map(wide, sorted(whole)))})"
            alone = ""
        elif whole:  # liep weg: weglopen too; zorg boerderij: zorgboerderij
            parts[-1] = f"({parts[-1]} & ({part}) | {' | '.join(sorted(whole))})"
            alone = ""
        else:
            parts.append(f"!({part})" if minus else f"({part})")
        before = alone
    if all(part.startswith("!") for part in parts):
        return ""
    return " & ".join(parts)


def lines(typed: str, *, instead: Mapping[str, str] = NOTHING) -> str:
    """The same as `tsquery` where plain words are all that was typed: one line of forms for each, with `;` between.

    Forms of one word often have one stem. In a query that stem stands as often as there are forms, and each time the
    index reads its whole list, which may hold half of all stories; PostgreSQL makes a line into a set of stems. Empty
    when anything else was typed, also a word that may become more than one token.
    """
    groups = _groups(typed)
    if any(minus or len(group) > 1 for minus, group in groups):
        return ""
    read = [instead.get(word, word) for _minus, [word] in groups]
    found = [forms(word) for word in read]
    if any(_whole(one, two) for one, two in pairwise(read)) or any(map(_halves, read)):
        return ""
    plain = all(_PLAIN.fullmatch(form) for one in found for form in one)
    return ";".join(" ".join(one) for one in found) if plain else ""


def _whole(one: str, two: str) -> set[str]:
    """The word that two words typed beside each other are: liep weg, weg lopen: weglopen; jeugd zorg: jeugdzorg."""
    if two in LOOSE and one:
        return joined(two, one)
    return (joined(one, two) if one in LOOSE and two else set()) | written_apart(one, two)

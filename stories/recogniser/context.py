"""Fits a find into its sentence: which words around it go along, and what then reads right in its place.

'Mijn mentor Tarik zei' becomes 'Mijn mentor zei', 'op het Lorentz Lyceum' becomes 'op een school'. All in folded text
and folded offsets. Nothing here decides what is found; that is done, and settled, before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stories.recogniser import ages
from stories.recogniser.lists import shops
from stories.recogniser.marks import MarkKind, Span
from stories.recogniser.proposals import FAMILY, TITLES, for_name, is_role, propose

_BEFORE = re.compile(r"(?P<second>[^\W\d_][\w'-]*)?(?P<gap> +)?(?P<first>(?:'|\b)[^\W\d_][\w'-]*) +\Z")
_AFTER = re.compile(r" (?P<whose>[^\W\d_][\w']*) (?P<role>[^\W\d_][\w-]*)")
_OF = re.compile(r"\s+(?P<of>van\s+(?:\w+\s+)?)")
_ARTICLES = {"de", "het", "'t", "t", "den"}
_MINE = {
    "mijn", "me", "mn", "m'n", "onze", "ons", "haar", "zijn", "zn", "z'n", "hun", "d'r", "je", "jouw", "uw", "jullie",
}  # fmt: skip
_SHOWN = {*_ARTICLES, *_MINE, "een", "die", "deze", "dat", "dit", "geen", "elke", "iedere", "welke", "andere"}
_WITH_ARTICLE = {MarkKind.ORGANISATION, MarkKind.ADDRESS, MarkKind.SCHOOL_CLASS}
_MANY = {"kinderen", "dochters", "zonen", "zoons", "zusjes", "broertjes", "zussen", "broers", "meisjes", "jongens"}
_NUMBERED = {"zaaknummer", "dossiernummer", "kenmerk", "nummer", "dossier", "zaak", "clientnummer"}
_HOUSES = {"jji", "school", "groep", "leefgroep", "gezinshuis", "instelling", "kliniek", "zorgboerderij", "locatie"}
# What stands before a date, and what the two become together.
_DAYS = {
    "op": "een tijd geleden", "in": "een tijd geleden", "tijdens": "een tijd geleden", "met": "een tijd geleden",
    "sinds": "sinds een tijd", "vanaf": "vanaf een bepaalde dag", "na": "na een bepaalde dag",
    "tot": "tot een bepaalde dag", "voor": "voor een bepaalde dag", "rond": "een tijd geleden",
}  # fmt: skip
_JOINS = {MarkKind.NAME: {MarkKind.NAME, MarkKind.PLACE}, MarkKind.ORGANISATION: {MarkKind.PLACE}}


class Fit(NamedTuple):
    """A find with its replacement: `text[start:end]` becomes `proposal`."""

    start: int
    end: int
    kind: MarkKind
    proposal: str


def fit(text: str, spans: Sequence[Span]) -> list[Fit]:
    """Every find (sorted, apart) with what fits there; the fits are sorted and apart as well."""
    found: list[Fit] = []
    joined = _joined(text, spans)
    for index, span in enumerate(joined):
        free_from = found[-1].end if found else 0
        fitted = _fit(text, span, free_from)
        if span.kind is MarkKind.AGE and index and joined[index - 1].kind is MarkKind.NAME:
            fitted = _behind_a_name(text, joined[index - 1], span) or fitted
        if index + 1 < len(joined) and fitted.end > joined[index + 1].start:
            fitted = Fit(span.start, span.end, span.kind, for_name(text[span.start : span.end]))
        found.append(fitted)
    return found


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Finds that are one thing to a reader, made one: a first name and a 'place' that is its surname, two addresses."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last is not None and _belong(text, last, span):
            joined[-1] = Span(last.start, span.end, last.kind)
        else:
            joined.append(span)
    return joined


def _belong(text: str, last: Span, span: Span) -> bool:
    between = text[last.end : span.start]
    if last.kind is span.kind is MarkKind.ADDRESS or (last.kind is MarkKind.ADDRESS and span.kind is MarkKind.PLACE):
        return between.strip(" ,") == "" and "\n" not in between
    if last.kind is span.kind is MarkKind.AGE and between.strip() in {"en", "of", ","}:
        return _before(text, last.start, 0)[0] == "van"  # 'kinderen van 6 en 9'
    if last.kind is span.kind is MarkKind.NAME and between.strip() in {"en", ","}:
        return _before(text, last.start, 0)[0] in _MANY
    return (
        span.kind in _JOINS.get(last.kind, ()) and between.strip(" .") == "" and between != "" and "\n" not in between
    )


def _before(text: str, start: int, free_from: int) -> tuple[str, str, int, int]:
    """The word before and the one before that ('' for none), each joined by spaces only, and where they begin."""
    match = _BEFORE.search(text, max(free_from, start - 60), start)
    if match is None:
        return "", "", start, start
    second = match["second"] if match["second"] and match["gap"] else ""
    return match["first"], second, match.start("first"), match.start("second") if second else match.start("first")


def _fit(text: str, span: Span, free_from: int) -> Fit:
    word, word_before, at, at_before = _before(text, span.start, free_from)
    kind = span.kind
    if kind in (MarkKind.NAME, MarkKind.PLACE) and is_role(word):
        return Fit(at, span.end, MarkKind.NAME, _role(word, word_before))
    if kind is MarkKind.PLACE and word in TITLES:  # 'familie Achterberg'
        return Fit(at, span.end, MarkKind.NAME, _bare(TITLES[word], word_before))
    if kind is MarkKind.NAME:
        return _fit_name(text, span, word, at)
    if kind is MarkKind.AGE:
        return Fit(*ages.fit(text, span.start, span.end, word, word_before, at_before))
    named = _NUMBERED if kind is MarkKind.CASE_NUMBER else _HOUSES if kind is MarkKind.ORGANISATION else ()
    if word in named:
        return Fit(at, span.end, kind, word if word_before in _SHOWN or word == "jji" else f"een {word}")
    if kind in (MarkKind.DATE, MarkKind.DATE_OF_BIRTH):
        return _fit_date(span, word, at)
    proposal = propose(text, span.start, span.end, kind, shop=_is_shop(text, span))
    if kind is MarkKind.ADDRESS and word in _ARTICLES and word_before in {"aan", "in", "op"}:
        return Fit(at_before, span.end, kind, f"op {proposal}")
    if kind in _WITH_ARTICLE and word in _ARTICLES:
        return Fit(at, span.end, kind, proposal)
    return Fit(span.start, span.end, kind, _bare(proposal, word))


def _behind_a_name(text: str, name: Span, age: Span) -> Fit | None:
    """'Sven van 12' becomes 'iemand (een tiener)'."""
    between = _OF.fullmatch(text, name.end, age.start)
    if not between:
        return None
    return Fit(between.start("of"), age.end, age.kind, f"({ages.noun(text[age.start : age.end])})")


def _fit_date(span: Span, word: str, at: int) -> Fit:
    if span.kind is MarkKind.DATE_OF_BIRTH:
        return Fit(span.start, span.end, span.kind, "een dag" if word in {"op", "sinds", "van"} else "een datum")
    if word in _DAYS:
        return Fit(at, span.end, span.kind, _DAYS[word])
    return Fit(span.start, span.end, span.kind, "een tijd geleden")


def _fit_name(text: str, span: Span, word: str, at: int) -> Fit:
    if word in {"het", "'t"}:  # nobody is called that: it is the name of a house
        return Fit(at, span.end, span.kind, "een plek")
    after = _AFTER.match(text, span.end)
    if after and after["whose"] in _MINE and is_role(after["role"]):  # 'kevin mn broertje'
        return Fit(span.start, after.end(), span.kind, f"{after['whose']} {after['role']}")
    return Fit(span.start, span.end, span.kind, _bare(for_name(text[span.start : span.end]), word))


def _role(word: str, word_before: str) -> str:
    """The role alone, with a word that shows whose it is when the sentence has none ('me beste vriendin')."""
    if word_before in _SHOWN or word_before.endswith("e") or word_before == "maatschappelijk" or word in _MANY:
        return word
    return f"mijn {word}" if word in FAMILY else f"een {word}"


def _bare(proposal: str, word: str) -> str:
    """'een school' behind 'mijn' or 'een' is 'school'."""
    if word in _MINE or word == "een":
        return proposal.removeprefix("een ").removeprefix("mijn ")
    return proposal


def _is_shop(text: str, span: Span) -> bool:
    words = text[span.start : span.end].split()
    return any(list(phrase) == words[: len(phrase)] for phrase in shops().get(words[0], ())) if words else False

"""Puts the rules together: fold, find, settle overlaps, carry back to the original text."""

from __future__ import annotations

import re

from core.digits import all_chains, chains
from core.fold import Folded, fold
from core.forbidden import apart, find_bsn, find_iban
from core.look_alikes import disguised_chains
from stories.recogniser import addresses, contact, dates, how_old, numbers, organisations, people, places, words
from stories.recogniser.context import fit
from stories.recogniser.marks import Mark, MarkKind, Span

# Where two finds overlap, the kind that harms most or is surest wins; then the longest.
_ORDER = (
    MarkKind.BSN,
    MarkKind.IBAN,
    MarkKind.EMAIL,
    MarkKind.PHONE,
    MarkKind.WEB,
    MarkKind.CASE_NUMBER,
    MarkKind.SOCIAL_HANDLE,
    MarkKind.DATE_OF_BIRTH,
    MarkKind.DATE,
    MarkKind.SCHOOL_CLASS,
    MarkKind.ADDRESS,
    MarkKind.AGE,
    MarkKind.ORGANISATION,
    MarkKind.PLACE,
    MarkKind.NAME,
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}

_SPELLED = re.compile(r"(?<![^\W_])[a-z][\W_][a-z][\W_][a-z](?![^\W_])")


def find_marks(text: str) -> list[Mark]:
    """Everything in `text` that may make somebody recognisable.

    Returns marks sorted by `start` that never overlap; offsets are code points of `text` itself. Takes any string
    (never raises) and some 10 ms for 300 words; the first call also reads the lists.
    """
    folded = fold(text)
    spans = _settle(_patterns(folded))
    spans = _settle(spans + _wordly(folded, spans))
    names = [span for span in spans if span.kind is MarkKind.NAME]
    spans = _settle(spans + how_old.find_ages_of(folded.text, names))
    return _to_marks(folded, spans)


def _patterns(folded: Folded) -> list[Span]:
    """What has a fixed form: numbers, contact, dates, addresses, classes."""
    text = folded.text
    plain_chains, wide_chains, sentences = all_chains(text)
    disguised = disguised_chains(text)
    return [
        *(
            Span(one.start, one.end, MarkKind(one.kind))
            for one in find_bsn(text, (plain_chains, wide_chains, disguised))
        ),
        *(Span(one.start, one.end, MarkKind(one.kind)) for one in find_iban(text)),
        *numbers.find_phone(text, wide_chains),
        *numbers.find_parted_phone(text, sentences),
        *numbers.find_disguised_phone(text, disguised),
        *_spelled(text),
        *numbers.find_case_number(text),
        *contact.find_email(text),
        *contact.find_web(text),
        *contact.find_handle(text),
        *dates.find_dates(text),
        *how_old.find_ages(text),
        *organisations.find_classes(text),
        *addresses.find_addresses(folded),
    ]


def _spelled(text: str) -> list[Span]:
    """Numbers in words, and addresses for mail, with a space or a star between the letters: 'n u l z e s', 'n*u*l'."""
    if not _SPELLED.search(text):
        return []
    kept = [at for at in range(len(text)) if not _parts_letters(text, at)]
    joined = "".join(text[at] for at in kept)
    found = numbers.find_phone(joined, chains(joined, wide=True)) + contact.find_email(joined)
    return [Span(kept[span.start], kept[span.end - 1] + 1, span.kind) for span in found]


def _parts_letters(text: str, at: int) -> bool:
    """Whether this is the space or sign between two letters that each stand alone."""
    if text[at].isalnum() or not 0 < at < len(text) - 1:
        return False
    left = text[at - 1].isalpha() and not text[max(0, at - 2) : at - 1].isalnum()
    return left and text[at + 1].isalpha() and not text[at + 2 : at + 3].isalnum()


def _wordly(folded: Folded, taken: list[Span]) -> list[Span]:
    """What is found by its words: organisations, places, people; in that order, because names are the rest."""
    found_words = words.split(folded)
    position = 0
    for word in found_words.items:
        while position < len(taken) and taken[position].end <= word.start:
            position += 1
        word.taken = position < len(taken) and taken[position].start < word.end
    return [
        *organisations.find_organisations(found_words),
        *places.find_places(found_words),
        *people.find_names(found_words),
        *places.find_unknown_places(found_words),
    ]


def _settle(spans: list[Span]) -> list[Span]:
    """Keep the best of overlapping spans, sorted by start."""
    return apart(sorted(spans, key=lambda s: (_RANK[s.kind], s.start - s.end, s.start)))


def _to_marks(folded: Folded, spans: list[Span]) -> list[Mark]:
    marks: list[Mark] = []
    for found in fit(folded.text, spans):
        start, end = folded.to_original(found.start, found.end)
        if marks and start < marks[-1].end:
            continue  # two folded characters of one original one; cannot be split
        marks.append(Mark(start, end, found.kind, folded.original[start:end], found.proposal))
    return marks

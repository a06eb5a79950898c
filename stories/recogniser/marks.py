"""What the recogniser hands back: a mark, its kind, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """What a marked piece of text could give away."""

    NAME = "name"
    PLACE = "place"
    ORGANISATION = "organisation"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    SOCIAL_HANDLE = "social_handle"
    ADDRESS = "address"
    DATE_OF_BIRTH = "date_of_birth"
    DATE = "date"
    AGE = "age"
    BSN = "bsn"
    IBAN = "iban"
    CASE_NUMBER = "case_number"
    SCHOOL_CLASS = "school_class"


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of the original text that may make somebody recognisable.

    `start` and `end` are offsets in Python characters (code points) of the original text, end exclusive;
    `text` is exactly `original[start:end]`; `proposal` is a short plain Dutch replacement.
    """

    start: int
    end: int
    kind: MarkKind
    text: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Span:
    """A find in the folded text, before it is carried back to the original (folded offsets)."""

    start: int
    end: int
    kind: MarkKind

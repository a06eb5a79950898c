"""Who told a story, about what, where and when, in words."""

import datetime as dt
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language

from movement.models import Perspective
from stories.models import FormOfHelp

# Between facts in a row; where the row breaks, the dot stays with what stands before it.
DOT = "\N{NO-BREAK SPACE}· "


def facts(
    perspective: str, form_of_help: str, region: str | None, published_on: dt.date | None, language: str | None = None
) -> tuple[str, ...]:
    """Who told it, about what, where and when, in words; what the teller did not say is left out.

    Who asks for many stories says in which language, as asking that takes longer than all the rest.
    """
    month_of = published_on and published_on.replace(day=1)
    return _facts(perspective, form_of_help, region, month_of, language or get_language())


@lru_cache(maxsize=4096)
def _facts(
    perspective: str, form_of_help: str, region: str | None, published_on: dt.date | None, _language: str | None
) -> tuple[str, ...]:
    return (
        *([str(Perspective(perspective).label)] if perspective else []),
        *([str(FormOfHelp(form_of_help).label)] if form_of_help else []),
        *([region] if region else []),
        *([month(published_on)] if published_on else []),
    )


def month(day: dt.date) -> str:
    """Month and year: a day would tell a neighbour too much."""
    return _month(day.replace(day=1), get_language())


@lru_cache(maxsize=512)
def _month(first: dt.date, _language: str | None) -> str:
    return formats.date_format(first, "F Y")

"""What stands in the database and is shown on the telling route, in its other languages.

Coordinators write and change these texts in Dutch: themes, help lines, house rules. Their translations stand in
`data/said.json` by the Dutch text itself, so that one which was changed is shown in Dutch again and never in a
translation that says something else. Proper names (help lines, regions) stay as they are.
"""

import json
import pathlib
from functools import cache

from django.utils.translation import get_language

from core.languages import DUTCH

_DATA = pathlib.Path(__file__).parent / "data" / "said.json"


@cache
def translations() -> dict[str, dict[str, str]]:
    """language: {Dutch text: what it is in that language}"""
    found: dict[str, dict[str, str]] = json.loads(_DATA.read_text(encoding="utf-8"))
    return found


def said(dutch: str) -> str | None:
    """The text in the language that is spoken; None when it has no translation."""
    language = get_language() or DUTCH
    return dutch if language == DUTCH else translations()[language].get(dutch)


def in_words(dutch: str) -> str:
    """The text in the language that is spoken, or in Dutch."""
    return said(dutch) or dutch

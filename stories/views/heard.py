"""Whom to call, in the same answer as words of danger: also on a page that keeps nothing of them."""

from typing import Any

from django.utils.translation import get_language

from core.languages import DUTCH
from core.text import tidy
from movement.models import HelpLine
from stories import staffed
from stories.actions.telling import danger_in
from stories.forms.telling import MOST
from stories.models import Danger


def heard(*texts: str | None) -> dict[str, Any]:
    """For a page that answers these texts. What is far too long to keep is heard at its two ends, which takes no
    longer than a story that fits."""
    danger = danger_in(*(tidy(_ends(text)) for text in texts if text))
    lines = helplines_at(danger) if danger != Danger.NONE else []
    return {"danger": danger != Danger.NONE, "helplines": lines, "staffed": staffed.in_words()}


def _ends(text: str) -> str:
    return text if len(text) <= 2 * MOST else f"{text[:MOST]}\n{text[-MOST:]}"


def helplines_at(danger: Danger | str) -> list[HelpLine]:
    """Who to call at this danger. Other languages than Dutch are not checked for it: the urgent ones, always."""
    lines = HelpLine.objects.current().order_by("-urgent", "position")
    if danger == Danger.NONE:
        return [] if get_language() == DUTCH else list(lines.filter(urgent=True))
    return list(lines)

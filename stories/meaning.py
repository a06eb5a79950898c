"""A teller's own meaning, drawn: who decided (a point in a triangle) and how heard, seen and known (three lines)."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stories.models import Story

# Corners of the triangle in the drawing's own units: me on top, my family left, the professionals right.
_ME, _FAMILY, _PROFESSIONALS = (120, 22), (24, 186), (216, 186)
_MOSTLY = 60  # percent


class Decided(NamedTuple):
    """Where the point lies (as text: numbers in a drawing must not be localised), what that says, and the shares."""

    x: str
    y: str
    sentence: str
    shares: str


class Scale(NamedTuple):
    name: str
    value: str
    x: str
    words: str


class Meaning(NamedTuple):
    decided: Decided | None
    scales: list[Scale]


def meaning_of(story: Story) -> Meaning:
    """What the teller said about the own story; what was skipped is left out."""
    me, family, professionals = story.decided_me, story.decided_family, story.decided_professionals
    if me is None or family is None or professionals is None:
        return Meaning(None, _scales(story))
    return Meaning(_decided(me, family, professionals, get_language()), _scales(story))


@lru_cache(maxsize=1024)
def _decided(me: int, family: int, professionals: int, _language: str | None) -> Decided:
    corners = zip((_ME, _FAMILY, _PROFESSIONALS), (me, family, professionals), strict=True)
    x, y = map(sum, zip(*((cx * share, cy * share) for (cx, cy), share in corners), strict=True))
    if me >= _MOSTLY:
        sentence = _("Mostly the teller decided.")
    elif family >= _MOSTLY:
        sentence = _("Mostly the family decided.")
    elif professionals >= _MOSTLY:
        sentence = _("Mostly the professionals decided.")
    else:
        sentence = _("Several people decided.")
    parts = ((_("I"), me), (_("My family"), family), (_("The professionals"), professionals))
    shares = ", ".join(f"{who} {share}%" for who, share in parts)
    return Decided(str(round(x / 100)), str(round(y / 100)), sentence, shares)


def _scales(story: Story) -> list[Scale]:
    language = get_language()
    answers = enumerate((story.heard, story.seen, story.known))
    return [_scale(question, answer, language) for question, answer in answers if answer]


@lru_cache  # three questions with five answers
def _scale(question: int, answer: int, _language: str | None) -> Scale:
    names = (_("Heard"), _("Seen"), _("Known"))
    levels = (_("not at all"), _("hardly"), _("a little"), _("mostly"), _("fully"))
    return Scale(names[question], str(answer), str(10 + (answer - 1) * 55), levels[answer - 1])

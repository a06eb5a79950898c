"""`{% load journey %}{% journey story %}`: the thread of a story, on any page that shows one."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from actionteams.models import Noticed
from monitor.journey import Moment, journey_of
from monitor.knots import knots_of
from stories.models import Story

register = template.Library()


@register.simple_tag
def journey(story: Story) -> SafeString:
    """Show the thread to a reader."""
    return _drawn(tuple(journey_of(story)), get_language())


# Which moments there are is read on every visit; only putting the same ones into words is done once. Nothing of what
# the teller wrote is in them.
@lru_cache(maxsize=256)
def _drawn(moments: tuple[Moment, ...], _language: str | None) -> SafeString:
    return render_to_string("monitor/journey.html", {"knots": knots_of(moments, for_teller=False)})


@register.inclusion_tag("monitor/journey.html")
def journey_for_teller(story: Story) -> dict[str, Any]:
    """Show the thread behind the story code, and ask 'do you notice?'."""
    return {
        "knots": knots_of(journey_of(story), for_teller=True),
        "for_teller": True,
        "answers": Noticed.Answer.choices,
    }

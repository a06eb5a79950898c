"""`{% load journey %}{% journey story %}`: the thread of a story, on any page that shows one."""

from typing import Any

from django import template

from actionteams.models import Noticed
from monitor.journey import journey_of
from monitor.knots import knots_of
from stories.models import Story

register = template.Library()


@register.inclusion_tag("monitor/journey.html")
def journey(story: Story, for_teller: bool = False) -> dict[str, Any]:
    """Show the thread; with `for_teller=True` (behind the story code only) also ask 'do you notice?'."""
    return {
        "knots": knots_of(journey_of(story), for_teller=for_teller),
        "for_teller": for_teller,
        "answers": Noticed.Answer.choices if for_teller else (),
    }

"""`{% load headline %}{% headline %}`: the one figure that stands on the home page."""

from django import template
from django.utils.safestring import SafeString

from monitor import drawn

register = template.Library()

# Youths in closed youth care: the figure that the movement wants to see at zero.
HEADLINE = "jeugdzorgplus_youths_in_care"


@register.simple_tag
def headline() -> SafeString:
    """Show the figure with its sentence and source; nothing where no figures are in. One query."""
    return drawn.headline(HEADLINE)

"""`{% load headline %}{% headline %}`: the one figure that stands on the home page."""

from django import template

from monitor.figures import Series, national_series

register = template.Library()

# Youths in closed youth care: the figure that the movement wants to see at zero.
HEADLINE = "jeugdzorgplus_youths_in_care"


@register.inclusion_tag("parts/headline.html")
def headline() -> dict[str, Series | None]:
    """Show the figure with its sentence and source; nothing where no figures are in. One query."""
    return {"series": national_series(HEADLINE)}

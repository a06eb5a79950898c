"""`{% load charts %}`: `{% line_chart series %}`, `{% bar_chart answers title %}`; give each its table beside it."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from monitor import charts
from monitor.figures import Series
from monitor.fromstories import Answer

register = template.Library()


@register.simple_tag
def line_chart(series: Series) -> SafeString:
    """A line through time; `series` comes from monitor.figures.series_of."""
    return charts.line_chart(series)


@register.simple_tag
def bar_chart(answers: Sequence[Answer], title: str) -> SafeString:
    """Means on a scale from 1 to 5; `answers` come from monitor.fromstories.life_of."""
    return charts.scale_chart(answers, title)

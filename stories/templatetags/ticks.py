"""`{% load ticks %}{% ticks field boxes %}`: boxes of a long list, a tenth of what a loop in a template costs."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stories.forms.desk import Tick

register = template.Library()


@register.simple_tag
def ticks(field: BoundField, boxes: Iterable[Tick]) -> SafeString:
    """Each box in its label, with the words of the story that point at it."""
    wrong = bool(field.errors)
    drawn = ((_label if one.words else _kept)(field.html_name, one, wrong) for one in boxes)
    return format_html_join("", "{}", ((label,) for label in drawn))


def _label(name: str, one: Tick, wrong: bool) -> SafeString:
    return format_html(
        '<label><input type="checkbox" name="{}" value="{}"{}{}><span>{}{}</span></label>',
        name,
        one.value,
        SafeString(' aria-invalid="true"' if wrong else ""),
        SafeString(" checked" if one.ticked else ""),
        one.label,
        _because(one.words) if one.words else "",
    )


# Rules and themes of the house, which stand on a page four times; never one with words of a story.
_kept = lru_cache(maxsize=512)(_label)


def _because(words: str) -> SafeString:
    return format_html(' <span class="meta">{}</span>', _("because it says: %(words)s") % {"words": words})

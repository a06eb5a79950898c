"""`{% load choice %}{% choice option.data %}`: one radio or checkbox, as Django draws it with three templates.

`{% choices field %}`: all of a field, or some of them, each in its label.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def choice(data: dict[str, Any]) -> SafeString:
    """`data` is what a BoundWidget holds: type, name, value and attrs. Its label is around it, so nothing needs its id:
    that is a kilobyte of the telling form.
    """
    attrs = {name: value for name, value in data["attrs"].items() if name != "id"}
    more = flatatt(attrs) if attrs else ""
    return format_html('<input type="{}" name="{}" value="{}"{}>', data["type"], data["name"], data["value"], more)


@register.simple_tag
def choices(options: Iterable[BoundWidget]) -> SafeString:
    """Long lists stand on one page several times, and a loop in a template costs ten times as much."""
    labels = ((choice(option.data), option.choice_label) for option in options)
    return format_html_join("", "<label>{}<span>{}</span></label>", labels)

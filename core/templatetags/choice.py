"""`{% load choice %}{% choice option.data %}`: one radio or checkbox, as Django draws it with three templates."""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def choice(data: dict[str, Any]) -> SafeString:
    """`data` is what a BoundWidget holds: type, name, value and attrs. Its label is around it, so nothing needs its id:
    that is a kilobyte of the telling form.
    """
    attrs = {name: value for name, value in data["attrs"].items() if name != "id"}
    return format_html(
        '<input type="{}" name="{}" value="{}"{}>', data["type"], data["name"], data["value"], flatatt(attrs)
    )

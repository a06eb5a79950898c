"""`{% theme_groups field as groups %}`: the choices of a field of themes by group, open where one is chosen."""

from django import template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.functional import Promise

from stories.themes import grouped

register = template.Library()


@register.simple_tag
def theme_groups(field: BoundField) -> list[tuple[Promise, list[BoundWidget], bool]]:
    groups = grouped(field.subwidgets, lambda option: str(option.data["value"]))
    return [(name, of, len(groups) == 1 or any(option.data["selected"] for option in of)) for name, of in groups]

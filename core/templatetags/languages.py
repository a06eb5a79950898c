"""`{% languages "stories:code" %}`: the same page in every language; `{{ language|direction }}`: rtl or ltr."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from core import languages as spoken

register = template.Library()
register.filter(spoken.direction)


@register.inclusion_tag("core/languages.html")
def languages(page: str) -> dict[str, Any]:
    """Links to a page without anything typed in it."""
    return {"ways": spoken.ways(page, get_language() or spoken.DUTCH)}


@register.simple_tag
def calm_url() -> str:
    """Where "Done" leads to."""
    return reverse(spoken.calm())


@register.inclusion_tag("core/languages.html")
def languages_of_form(page: str, form: str) -> dict[str, Any]:
    """Buttons of the form with this id: what was filled in goes along to the other language."""
    return {"ways": spoken.ways(page, get_language() or spoken.DUTCH), "form": form}

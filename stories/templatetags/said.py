"""`{% load said %}{% said line.purpose %}`: a text of the database in the language of the page."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from stories import said as words

register = template.Library()


@register.simple_tag
def said(dutch: str) -> SafeString:
    """What has no translation stands there in Dutch, and says so to who listens to the page."""
    found = words.said(dutch)
    return format_html('<span lang="nl" dir="ltr">{}</span>', dutch) if found is None else conditional_escape(found)

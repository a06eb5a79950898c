"""What core.controls draws is what Django draws."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from core.controls import DRAWN
from core.forms import Renderer

AWKWARD = [None, "", "een", "</textarea><b>\"'&amp;", "\n regel\n", 7, 0, 1234567, True, False, mark_safe("<i>")]
ATTRS = {"id": "x_y", "rows": 4, "maxlength": 20_000, "required": True, "disabled": False, "placeholder": _("Name"),
         "aria-describedby": 'a "b" <c>', "data-safe": mark_safe("&lt;")}  # fmt: skip
KINDS = [kind for kind in vars(forms).values() if getattr(kind, "template_name", None) in DRAWN]


@pytest.mark.parametrize("kind", KINDS)
def test_a_control_is_drawn_to_the_letter_as_django_draws_it(kind):
    for value in AWKWARD:
        ours, theirs = (kind().render("naam", value, ATTRS, renderer=way()) for way in (Renderer, DjangoTemplates))
        assert ours == theirs, value
        assert type(ours) is type(theirs)

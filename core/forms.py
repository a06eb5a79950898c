"""The one way a form looks (templates/core/field.html), and how what is typed in it is cleaned."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from core.text import tidy


class Renderer(TemplatesSetting):
    form_template_name = "core/form.html"
    field_template_name = "core/field.html"


def offer(form: forms.BaseForm, name: str, pairs: Iterable[tuple[str, Any]]) -> None:
    """Let a field that is on the form choose from these (value, words) pairs, read once for all its options."""
    field = form.fields.get(name)
    if field is not None:
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(pairs)


class Tidy(forms.BaseForm):
    """Takes invisible signs out of every text; a text that held nothing else counts as empty."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(value, str):
                data[name] = tidy(value)
                if not data[name] and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return data

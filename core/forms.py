"""The one way a form looks (templates/core/field.html), and how what is typed in it is cleaned."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from core.forbidden import holds_forbidden
from core.text import tidy

NEVER_STORED = _("There is still a BSN or bank account number in it. Take it out.")


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
    """Takes invisible signs out of every text; a text that held nothing else counts as empty. Refuses what is never
    stored (core.forbidden): unlike a teller's text, which is kept without it, nothing here is changed unseen. Fields in
    `phones` take a phone number and nothing else, and nine digits of one can pass for a BSN."""

    phones: ClassVar[Collection[str]] = ()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(value, str):
                data[name] = tidy(value)
                if not data[name] and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])
                elif self._may_hold_one(name) and holds_forbidden(data[name]):
                    self.add_error(name, NEVER_STORED)
        return data

    def _may_hold_one(self, name: str) -> bool:
        return isinstance(self.fields[name], forms.CharField) and name not in self.phones

"""Inputs and text areas as Django draws them, to the letter; it takes three templates for one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import conditional_escape


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{conditional_escape(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{value}{_attrs(widget)}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    text = conditional_escape(widget["value"] or "")
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attrs(widget)}>\n{text}</textarea>'


def _attrs(widget: Mapping[str, Any]) -> str:
    shown = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{conditional_escape(value)}"' for name, value in shown)


_INPUTS = (
    forms.TextInput, forms.EmailInput, forms.NumberInput, forms.PasswordInput, forms.HiddenInput, forms.DateInput,
    forms.CheckboxInput,
)  # fmt: skip
# By the template that each takes the place of.
DRAWN = {kind.template_name: _input for kind in _INPUTS} | {forms.Textarea.template_name: _textarea}

"""The one way a form looks: label, hint, error and control wired together (templates/core/field.html)."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "core/form.html"
    field_template_name = "core/field.html"

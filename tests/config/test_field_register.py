"""The register of what we hold is whole, and its page says the same."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings

from config.register import HELD, NOBODY, as_markdown
from core.encryption import EncryptedTextField
from movement.models import Member

MODELS = {model._meta.label: model for model in apps.get_models()}


def fields_of(model):
    return sorted(field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many))


def named(label):
    return [name for held in HELD.get(label, ()) for name in held.fields.split()]


@pytest.mark.parametrize("label", MODELS)
def test_every_field_is_in_the_field_register_once(label):
    once = Counter([*named(label), *NOBODY.get(label, "").split()])
    assert sorted(once.elements()) == fields_of(MODELS[label])


def test_the_field_register_names_no_table_that_is_gone():
    assert {*HELD, *NOBODY} == set(MODELS)


@pytest.mark.parametrize("label", HELD)
def test_each_row_of_the_field_register_says_why_until_when_and_for_whom(label):
    assert all(held.purpose and held.ground and held.kept and held.seen_by for held in HELD[label])


@pytest.mark.parametrize("label", MODELS)
def test_what_is_encrypted_or_points_at_a_member_is_about_somebody(label):
    about = {
        field.name
        for field in MODELS[label]._meta.local_fields
        if isinstance(field, EncryptedTextField) or field.related_model is Member
    }
    assert about <= set(named(label))


def test_the_page_is_made_from_the_field_register():
    page = (settings.ROOT / "docs" / "register.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "Run manage.py field_register"


def test_every_period_in_the_field_register_is_a_setting_with_its_reason():
    source = (settings.ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    told = " ".join(held.kept for some in HELD.values() for held in some)
    periods = set(re.findall(r"\b[A-Z]{3,}(?:_[A-Z]+)+\b", told))
    assert {"RAW_KEPT_DAYS", "LETTERS_KEPT_DAYS", "SESSION_HOURS", "TELLER_SESSION_MINUTES"} <= periods
    for name in periods:
        assert re.search(rf'env\.number\("{name}",.*\).*# \w', source), f"{name} is no setting, or gives no reason"

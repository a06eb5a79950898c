"""What people wrote is not kept in the samples by which PostgreSQL plans: they outlive what was erased."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

pytestmark = pytest.mark.django_db
OURS = ("core", "movement", "stories", "actionteams", "monitor", "letters")
# What may be sampled, and why nobody's words are in it.
SAMPLED = {
    "public_id": "random",
    "code_hash": "a hash, and it stays",
    "submission_hash": "a hash, and it stays",
    "slug": "ours",
    "password": "nobody has one",
    "stories_story.theme_ids": "numbers of themes",
    "stories_consent.answer": "a choice",
    "stories_reach.language": "a choice",
    "stories_dangernote.steps": "choices",
    "stories_editproposal.leave_out": "choices",
    "movement_member.perspectives": "choices",
    **dict.fromkeys(("stories_houserule", "movement_area", "movement_organisation", "movement_theme"), "ours"),
    **dict.fromkeys(("movement_dreamedition", "movement_dreamsentence", "movement_value"), "ours"),
    **dict.fromkeys(("movement_initiative", "movement_changetask", "movement_helpline"), "ours, or public"),
    **dict.fromkeys(("movement_explanation", "movement_textversion"), "ours"),
    "core_journalentry": "verbs and handles",
    "letters_letter": "verbs and handles",
    **dict.fromkeys(("monitor_indicator", "monitor_source", "monitor_import", "monitor_observation"), "figures"),
}
TEXTS = (models.CharField, models.TextField, models.BinaryField, models.JSONField, ArrayField)


def columns():
    """Every column that can hold what somebody wrote."""
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.concrete_fields:
                if isinstance(field, TEXTS) and not field.choices:
                    yield model._meta.db_table, field.column


def test_every_column_with_words_of_people_is_left_out_of_the_samples():
    with connection.cursor() as cursor:
        cursor.execute("select attrelid::regclass::text, attname from pg_attribute where attstattarget = 0")
        out = set(cursor.fetchall())
    forgotten = {
        f"{table}.{column}"
        for table, column in set(columns()) - out
        if not {column, table, f"{table}.{column}"} & SAMPLED.keys()
    }
    assert not forgotten, "core.statistics.unsampled takes them out, in a migration"
    assert ("stories_message", "text") in out
    assert {place for place in SAMPLED if "." in place} <= {f"{table}.{column}" for table, column in columns()}

"""What people wrote is not kept in the samples by which PostgreSQL plans: they outlive what was erased."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

pytestmark = pytest.mark.django_db
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
    "core_seal": "digests",
    "letters_letter": "verbs and handles",
    **dict.fromkeys(("django_content_type", "auth_permission", "auth_group"), "names of tables and rights"),
    **dict.fromkeys(("monitor_indicator", "monitor_source", "monitor_import", "monitor_observation"), "figures"),
}
TEXTS = (models.CharField, models.TextField, models.BinaryField, models.JSONField, ArrayField)


def columns():
    """Every column that can hold what somebody wrote, of other packages too: they keep addresses and sessions."""
    for model in apps.get_models():
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


def test_what_an_index_works_out_of_a_text_is_left_out_as_well():
    with connection.cursor() as cursor:
        cursor.execute("""
            select indexrelid::regclass::text, coalesce(attstattarget, -1) from pg_index
            join pg_attribute on attrelid = indexrelid and indkey[attnum - 1] = 0
            join pg_type t on t.oid = atttypid
            where typcategory in ('S', 'U', 'A') and indrelid::regclass::text !~ '^pg_'
        """)
        found = dict(cursor.fetchall())
    assert "member_email_once" in found
    assert set(found.values()) == {0}, "core.statistics.unsampled_index takes them out, in a migration"


def test_no_address_of_a_member_stands_among_the_samples(host, coordinator, parent):
    for member in (host, coordinator, parent):
        EmailAddress.objects.get_or_create(user=member, email=member.email)
    with connection.cursor() as cursor:
        cursor.execute("analyze movement_member; analyze account_emailaddress")
        cursor.execute("select s::text from pg_stats s where schemaname = current_schema()")
        kept = "\n".join(row for (row,) in cursor.fetchall())
    assert "account_emailaddress" in kept, "nothing was sampled, so this shows nothing"
    assert "@" not in kept

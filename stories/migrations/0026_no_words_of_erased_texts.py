from django.db import migrations

# Of a story that was taken off the site the texts were erased in time, and the words that it was searched by were not.
# `search` is made of both, so it is empty from then on too.
EMPTY = "update stories_story set words_beside = '' where body = '' and words_beside <> ''"


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0025_consents_append_only"),
    ]

    operations = [
        migrations.RunSQL(EMPTY, migrations.RunSQL.noop),
    ]

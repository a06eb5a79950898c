"""The extensions and the Dutch search configuration that the tables after it use."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION draad_nl (COPY = dutch);
            ALTER TEXT SEARCH CONFIGURATION draad_nl
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
            """,
            "DROP TEXT SEARCH CONFIGURATION draad_nl",
        ),
    ]

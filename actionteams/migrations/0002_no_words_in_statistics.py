"""What members of a team write is sampled no more; see core.statistics."""

from django.db import migrations

from core.statistics import unsampled


class Migration(migrations.Migration):
    dependencies = [
        ("actionteams", "0001_first_tables"),
    ]

    operations = unsampled(
        {
            "actionteams_team": ("name", "question", "what", "how", "why", "learned", "farewell"),
            "actionteams_membership": ("motivation",),
            "actionteams_step": ("question", "trying", "with_whom", "saw", "learned"),
            "actionteams_success": ("text",),
            "actionteams_change": ("text",),
        }
    )

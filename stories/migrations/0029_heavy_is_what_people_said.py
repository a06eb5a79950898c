"""A signal of danger weighs at the desk alone, and not on the site."""

from django.db import migrations, models


def as_people_said(apps, schema_editor):
    """What stood behind a warning because its teller wrote of danger stands again as people said."""
    stories = apps.get_model("stories", "Story").objects.filter(status="published", danger_answered_at=None)
    heavy = apps.get_model("stories", "StoryTheme").objects.filter(theme__heavy=True).values("story")
    stories.exclude(danger="none").exclude(heavy_said=True).exclude(pk__in=heavy).update(heavy=False)


class Migration(migrations.Migration):
    dependencies = [("stories", "0028_quotes")]

    operations = [
        migrations.RemoveConstraint("story", "story_heavy_as_said"),
        migrations.AddConstraint(
            "story",
            models.CheckConstraint(
                name="story_heavy_as_said",
                condition=models.Q(heavy=True) | models.Q(heavy_said=None) | models.Q(heavy_said=False),
            ),
        ),
        migrations.RunPython(as_people_said, migrations.RunPython.noop, elidable=True),
    ]

"""Which themes a story has, kept beside the story as well, where lists are filtered."""

import pgtrigger
from django.db import models

from movement.models import Theme
from stories.models.story import Story


def _themes_on_story(name: str, operation: pgtrigger.Operation, rows: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**{rows: "changed"}),  # type: ignore[no-untyped-call]  # theirs has no types
        func="""
            update stories_story set theme_ids = array(
                select theme_id from stories_storytheme where story_id = stories_story.id order by theme_id
            ) where id in (select story_id from changed);
            return null;
        """,
    )


class StoryTheme(models.Model):
    """A theme of a story, chosen by the teller or added at the desk."""

    story = models.ForeignKey(Story, models.CASCADE)
    theme = models.ForeignKey(Theme, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "story"], name="story_theme_once")]
        triggers = [
            _themes_on_story("theme_added", pgtrigger.Insert, "new"),
            _themes_on_story("theme_taken_off", pgtrigger.Delete, "old"),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.theme_id}"

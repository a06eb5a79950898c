"""How many readers recognise a story. A number, and nothing about whose."""

from django.db import models
from django.db.models import F, Q

from core.disclosure import STEPS
from stories.models.story import Story


class Recognition(models.Model):
    """One row for each story that somebody recognised, apart from the story: counting touches no text of anybody."""

    story = models.OneToOneField(Story, models.CASCADE, primary_key=True)
    times = models.PositiveIntegerField(default=0)
    shown = models.PositiveSmallIntegerField(
        default=0, help_text="what readers see, a step of `core.disclosure.STEPS`; follows `times` once a day"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recognition_shown_in_steps", condition=Q(shown__in=[0, *STEPS], shown__lte=F("times"))
            )
        ]

    def __str__(self) -> str:
        return str(self.story_id)

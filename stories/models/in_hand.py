"""What a coordinator has in hand beside stories, which know their own reader."""

from django.db import models
from django.db.models import F
from django.db.models.lookups import Exact
from django.utils import timezone

from movement.models import Explanation, HelpLine, Member
from stories.models.answer import PublicAnswer
from stories.models.story import Story
from stories.models.talk import HouseRule


class InHand(models.Model):
    """Somebody takes care of one thing; what nobody has in hand has no row. At most one row for each thing."""

    THINGS = ("reported", "answer", "house_rule", "help_line", "explanation")

    reader = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reported = models.OneToOneField(
        Story, models.CASCADE, null=True, related_name="+", help_text="all that readers reported of this story"
    )
    answer = models.OneToOneField(PublicAnswer, models.CASCADE, null=True, related_name="+")
    house_rule = models.OneToOneField(HouseRule, models.CASCADE, null=True, related_name="+")
    help_line = models.OneToOneField(HelpLine, models.CASCADE, null=True, related_name="+")
    explanation = models.OneToOneField(Explanation, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "in hand"
        constraints = [
            models.CheckConstraint(
                name="in_hand_is_one_thing",
                condition=Exact(
                    models.Func(
                        F("reported"),
                        F("answer"),
                        F("house_rule"),
                        F("help_line"),
                        F("explanation"),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.at:%Y-%m-%d}"

"""What makes a story heavy for readers: what people said of it, a heavy theme or a coordinator's own word.

A signal of danger is a guess of ours, and it weighs at the desk alone (`Story.HEAVY_TO_OPEN`). A story on the site
never changes by what its teller writes to us: who watches it could see that she did (docs/decisions/0023, 0035).
"""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from core import journal
from movement.models import Member
from stories.models import Story, StoryTheme

# For an update: the row as it stands decides, so nothing that happened meanwhile is lost.
HEAVY = Case(
    When(
        Q(heavy_said=True) | Q(Exists(StoryTheme.objects.filter(story=OuterRef("pk"), theme__heavy=True))),
        then=Value(True),
    ),
    default=Value(False),
    output_field=BooleanField(),
)


def weigh(story: Story) -> None:
    """Make `heavy` what it follows from (part of an action that changed that)."""
    Story.objects.filter(pk=story.pk).update(heavy=HEAVY)
    story.refresh_from_db(fields=["heavy"])


def say_heavy(story: Story, heavy: bool | None, *, actor: Member) -> None:
    """Keep a coordinator's word on whether readers are warned first (part of an action); None says nothing.

    A heavy theme warns whatever the word is: readers chose by theme what they want to meet.
    """
    other = Story.objects.filter(pk=story.pk).exclude(heavy_said=heavy)
    if heavy is None or not other.update(heavy_said=heavy, **({"heavy": True} if heavy else {})):
        return
    journal.record("story.said_heavy" if heavy else "story.said_light", story, actor=actor)
    weigh(story)
    story.refresh_from_db(fields=["heavy_said"])

"""A reader says "dit herken ik". Nothing is kept of who, and nothing but the number of how often.

So there is no entry in the journal either: it would keep for ever at which moment the first, the second and the third
reader did. See decision 13.
"""

from django.db import transaction
from django.db.models import F

from core.disclosure import STEPS
from core.http import TooLate
from stories.models import Recognition, Story


@transaction.atomic
def recognise(*, story: Story) -> None:
    """Count one reader more. Raises TooLate when the story is not on the site any more."""
    # Held, so that a number does not come back to a story that is being taken back.
    if not Story.objects.published().only("pk").select_for_update(no_key=True).filter(pk=story.pk).first():
        raise TooLate
    Recognition.objects.get_or_create(story=story)
    Recognition.objects.filter(story=story).update(times=F("times") + 1)


@transaction.atomic
def show_recognitions() -> int:
    """Let readers see what was counted until now, in steps; return how many stories show another number.

    Once a day, so that nobody can tell from a number that changed who did it; and who counts on by saying it herself
    adds one a day.
    """
    return sum(Recognition.objects.filter(times__gte=step, shown__lt=step).update(shown=step) for step in STEPS)

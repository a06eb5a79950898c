"""An e-mail address for neutral notices: left, replaced and erased by the teller, and by nobody else."""

from django.db import transaction

from core import journal
from core.http import TooLate
from core.languages import DUTCH, language_named
from stories.models import Reach, Status, Story


@transaction.atomic
def leave_address(*, story: Story, email: str, language: str = DUTCH) -> Reach:
    """Keep where a notice in this language may go, in place of an earlier address, whose notices are not sent any more.

    The journal knows that it was done and not which address. Raises TooLate for a story that was taken back.
    """
    if not Story.objects.select_for_update().filter(pk=story.pk).exclude(status=Status.WITHDRAWN).exists():
        raise TooLate
    Reach.objects.filter(story=story).delete()
    entry = journal.record("story.address_left", story)
    return Reach.objects.create(story=story, email=email, language=language_named(language), at=entry.at)


@transaction.atomic
def erase_address(*, reach: Reach) -> None:
    """Erase an address and what was on its way to it. Doing it twice is the same as once."""
    deleted, _rows = Reach.objects.filter(pk=reach.pk).delete()
    if deleted:
        journal.record("story.address_erased", reach.story)

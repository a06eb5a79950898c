"""Erasing a member from the whole house, each package its own part."""

from django.db import transaction

from actionteams.actions import forget_member
from movement.actions import erase_member
from movement.models import Member


@transaction.atomic
def erase_everywhere(*, member: Member) -> None:
    """Erase who a member was, everywhere at once. Raises LastCoordinator, and then nothing is erased."""
    for rows in (member.letters, member.mails, member.preferences, member.saved_searches):
        rows.all().delete()
    forget_member(member=member)
    erase_member(member=member)

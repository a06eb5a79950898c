"""A member keeps what she looks for, and lets go of it."""

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from core import journal
from core.forbidden import holds_forbidden
from core.http import TooLate
from movement.models import Member
from stories.models import SavedSearch
from stories.states import NotYet

MOST = 10  # of one member: each new story is held against all of them


@transaction.atomic
def save_search(*, asked: str, actor: Member) -> SavedSearch:
    """Keep a view of the list (a query string); twice is once.

    Raises NotYet when there are MOST of them, and for what is never stored (core.forbidden).
    """
    if any(holds_forbidden(value) for _name, values in QueryDict(asked).lists() for value in values):
        raise NotYet(_("There is a BSN or bank account number in this search. We never keep one: take it out."))
    mine = SavedSearch.objects.filter(member=Member.objects.select_for_update(no_key=True).get(pk=actor.pk))
    if earlier := mine.filter(asked=asked).first():
        return earlier
    if mine.count() >= MOST:
        raise NotYet(_("You keep ten searches. Let one go first."))
    search = SavedSearch.objects.create(member=actor, asked=asked)
    journal.record("search.saved", search, actor=actor)
    return search


@transaction.atomic
def forget_search(*, public_id: str, actor: Member) -> None:
    """Let go of one of her own. Raises TooLate when it is not there any more."""
    search = SavedSearch.objects.select_for_update().filter(member=actor, public_id=public_id).first()
    if search is None:
        raise TooLate
    journal.record("search.forgotten", search, actor=actor)
    search.delete()

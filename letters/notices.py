"""Which entry of the journal means that something waits for which tellers."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from actionteams.models import Change, TakenUp
from core.models import JournalEntry
from stories.models import Reach

Rule = Callable[[JournalEntry], Q]


def _story(entry: JournalEntry) -> Q:
    return Q(story__public_id=entry.subject_id)


def _not_by_the_teller(entry: JournalEntry) -> Q:
    """The same act can be the teller's own, who then knows it."""
    return _story(entry) if entry.actor else Q(pk__in=[])


def _answered(entry: JournalEntry) -> Q:
    """Whose story an organisation answered."""
    return Q(story__public_answers__public_id=entry.subject_id)


def _taken_up(entry: JournalEntry) -> Q:
    return Q(story__in=TakenUp.objects.filter(public_id=entry.subject_id).values("story"))


def _changed(entry: JournalEntry) -> Q:
    """Those who are asked whether they notice the change: the team had taken up their story by then."""
    asked: QuerySet[TakenUp] = TakenUp.objects.none()
    for change in Change.objects.filter(public_id=entry.subject_id):
        asked = TakenUp.objects.filter(team_id=change.team_id, at__lte=change.at)
    return Q(story__in=asked.values("story"))


RULES: dict[str, Rule] = {
    "story.asked": _story,
    "story.written": _story,
    "story.edit_proposed": _story,
    "story.refused": _story,
    "story.kept": _story,
    "story.released": _story,
    "story.taken_off": _story,
    "story.put_back": _story,
    "story.lapsed": _story,
    "story.published": _not_by_the_teller,
    "story.held": _not_by_the_teller,
    "publicanswer.published": _answered,
    "publicanswer.done": _answered,
    "takenup.made": _taken_up,
    "change.recorded": _changed,
}


def reaches(entry: JournalEntry) -> QuerySet[Reach]:
    """The addresses of those for whom this entry is news; who left one later was not waiting for it."""
    rule = RULES.get(entry.verb)
    return Reach.objects.filter(rule(entry), at__lte=entry.at) if rule else Reach.objects.none()

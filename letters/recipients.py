"""Who gets a letter about which entry of the journal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, Q, QuerySet

from actionteams.models import Change, Membership, Step, Success, TakenUp
from core.models import JournalEntry
from letters.models import Kind
from movement.models import Member
from stories.actions.watching import READ_MUCH
from stories.looked_for import looked_for_by
from stories.models import PublicAnswer, Quote, SavedSearch, Story


@dataclass(frozen=True)
class Round:
    """One kind of letter to some members; `key` makes it once for each of them."""

    kind: Kind
    members: QuerySet[Member]
    key: str
    verb: str = ""  # of the letter, where it is another than that of the entry


Rule = Callable[[JournalEntry], Iterable[Round]]


def _news(entry: JournalEntry) -> Iterable[Round]:
    """Who looks for it hears so; the others only of a story that everybody may meet without a warning."""
    published = Story.objects.published().filter(public_id=entry.subject_id)
    story = published.values("heavy", searched=Exists(SavedSearch.objects.all())).first()
    if story is None:
        return
    looking = looked_for_by(entry.subject_id) if story["searched"] else set[int]()
    if looking:
        found = "story.found"
        yield Round(Kind.SEARCH, _active().filter(pk__in=looking), f"{found}:{entry.subject_id}", verb=found)
    if not story["heavy"]:
        yield Round(Kind.NEWS, _active().exclude(pk__in=looking), _key(entry))


def _team_of(model: type[TakenUp] | type[Step] | type[Success] | type[Change]) -> Rule:
    def of(entry: JournalEntry) -> Iterable[Round]:
        for team in model.objects.filter(public_id=entry.subject_id).values_list("team_id", flat=True):
            yield Round(Kind.TEAM, _in_team(Q(team_id=team)), _key(entry))

    return of


def _joined(entry: JournalEntry) -> Iterable[Round]:
    """The subject is the team; who joined is the actor, and belongs to the key."""
    yield Round(Kind.TEAM, _in_team(Q(team__public_id=entry.subject_id)), f"{_key(entry)}:{entry.actor}")


def _ended(entry: JournalEntry) -> Iterable[Round]:
    """Everybody who is in the team when it says goodbye."""
    yield Round(Kind.TEAM, _in_team(Q(team__public_id=entry.subject_id)), _key(entry))


def _desk(entry: JournalEntry) -> Iterable[Round]:
    """The same comes to the desk more than once (sent, answered, reported), so the entry itself is the key."""
    yield Round(Kind.DESK, _active().filter(is_coordinator=True), f"{_key(entry)}:{entry.pk}")


def _author(entry: JournalEntry) -> Iterable[Round]:
    """Who wrote an answer for an organisation hears what became of it."""
    wrote = PublicAnswer.objects.filter(public_id=entry.subject_id).values("author")
    yield Round(Kind.ANSWER, _active().filter(pk__in=wrote), _key(entry))


def _chose(entry: JournalEntry) -> Iterable[Round]:
    """Which coordinator chose the sentence that went."""
    chose = Quote.objects.filter(public_id=entry.subject_id).values("by")
    yield Round(Kind.DESK, _active().filter(pk__in=chose, is_coordinator=True), _key(entry))


RULES: dict[str, Rule] = {
    "story.published": _news,
    "story.sent": _desk,
    "story.answered": _desk,
    "story.told_anew": _desk,
    "story.wrote": _desk,
    "story.objected": _desk,
    "story.agreed": _desk,
    "story.declined": _desk,
    "story.passed_on": _desk,
    "story.reported": _desk,
    "story.ruling_objected": _desk,
    "publicanswer.written": _desk,
    READ_MUCH: _desk,
    "publicanswer.published": _author,
    "publicanswer.refused": _author,
    "publicanswer.lapsed": _author,
    "quote.lapsed": _chose,
    "quote.taken_back": _chose,
    "takenup.made": _team_of(TakenUp),
    "step.set": _team_of(Step),
    "step.looked_back": _team_of(Step),
    "success.recorded": _team_of(Success),
    "change.recorded": _team_of(Change),
    "membership.joined": _joined,
    "team.ended": _ended,
}


def rounds(entry: JournalEntry) -> list[Round]:
    """What an entry of the journal brings about. Nobody gets a letter about what she did herself."""
    rule = RULES.get(entry.verb)
    found = rule(entry) if rule else ()
    return [replace(each, members=each.members.exclude(public_id=entry.actor)) for each in found]


def look_back_members(step: Step) -> QuerySet[Member]:
    """Who is asked to look back: the hosts of the team, or everybody in it when there is none."""
    hosts = _in_team(Q(team_id=step.team_id, role=Membership.Role.HOST))
    return hosts if hosts.exists() else _in_team(Q(team_id=step.team_id))


def _key(entry: JournalEntry) -> str:
    return f"{entry.verb}:{entry.subject_id}"


def _active() -> QuerySet[Member]:
    return Member.objects.filter(is_active=True)


def _in_team(team: Q) -> QuerySet[Member]:
    return _active().filter(pk__in=Membership.objects.filter(team, left_at=None).values("member"))

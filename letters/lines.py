"""What a letter says, read from the rows of this moment: never from a copy.

A story that was withdrawn between the event and the mail has no line any more; a member who left a team is told
nothing of it. A line is a title or a sentence of a team with a link, never the text of a story.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionteams.models import Change, Membership, Step, Success, TakenUp, Team
from letters.models import Letter
from movement.models import Member
from stories.actions.watching import READ_MUCH
from stories.models import Danger, PublicAnswer, Quote, Report, Ruling, SavedSearch, Status, Story
from stories.waiting import ALL, FOR_US
from stories.waiting import piles as piles_of_desk


@dataclass(frozen=True)
class Line:
    """`heading` groups lines in a mail; `url` is a path on this site; `unread` is for the inbox."""

    heading: str
    text: str
    url: str
    at: dt.datetime
    unread: bool = False
    letter: int = 0


Found = dict[str, tuple[str, str, str]]  # a letter's subject -> heading, text, url
Reader = Callable[[Member, list[Letter]], Found]


def lines(member: Member, letters: Iterable[Letter]) -> list[Line]:
    """One line for each letter that still has something to say to this member, in the order of the letters.

    The number of queries depends on how many sorts of event there are, not on how many letters.
    """
    held = list(letters)
    by_verb: dict[str, list[Letter]] = defaultdict(list)
    for letter in held:
        by_verb[letter.verb].append(letter)
    found = {verb: _READERS[verb](member, some) for verb, some in by_verb.items() if verb in _READERS}
    made: list[Line] = []
    for letter in held:
        words = found.get(letter.verb, {}).get(_handle(letter))
        if words:
            made.append(Line(*words, at=letter.at, unread=letter.read_at is None, letter=letter.pk))
    return made


def inbox(member: Member, limit: int = 50) -> list[Line]:
    """The newest letters of a member, whether they also went by mail or not."""
    return _once(lines(member, Letter.objects.filter(member=member, cancelled_at=None)[:limit]))


def grouped(some: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under their headings, each heading once, in the order in which they first come."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in _once(some):
        groups[line.heading].append(line)
    return list(groups.items())


def piles(some: Sequence[Line], most: int = 3) -> list[tuple[str, list[Line], list[Line]]]:
    """Heading, the first `most` lines, and the rest to fold away: a long post stays one screen. What asks for a deed
    or comes from a team stands above what is only new on the site."""
    found = grouped(some)
    found.sort(key=lambda group: group[0] == _("New stories"))
    return [(heading, held[:most], held[most:]) for heading, held in found]


def _once(some: Sequence[Line]) -> list[Line]:
    """The desk says the same thing for every letter about it; say it once."""
    return list({(line.heading, line.text, line.url): line for line in reversed(some)}.values())[::-1]


def _handle(letter: Letter) -> str:
    return letter.unique_key if letter.verb == "membership.joined" else letter.subject_id


def _ids(letters: list[Letter]) -> set[str]:
    return {letter.subject_id for letter in letters}


def _my_teams(member: Member) -> set[int]:
    return set(Membership.objects.filter(member=member, left_at=None).values_list("team_id", flat=True))


def _published(member: Member, letters: list[Letter]) -> Found:
    stories = Story.objects.visible_to(member).filter(public_id__in=_ids(letters), heavy=False)
    return {
        public_id: (_("New stories"), title, reverse("stories:story", args=[public_id]))
        for public_id, title in stories.values_list("public_id", "title")
    }


def _found(member: Member, letters: list[Letter]) -> Found:
    """Only while she keeps a search; of a heavy story, which she asked for, nothing but that it is there."""
    asked = list(SavedSearch.objects.filter(member=member).values_list("asked", flat=True))
    stories = Story.objects.visible_to(member).filter(public_id__in=_ids(letters))
    if not any("zwaar=" in one for one in asked):
        stories = stories.filter(heavy=False)
    return {
        public_id: (
            _("New in what you look for"),
            _("A heavy story that fits what you look for") if heavy else title,
            reverse("stories:story", args=[public_id]),
        )
        for public_id, title, heavy in (stories.values_list("public_id", "title", "heavy") if asked else ())
    }


def _taken_up(member: Member, letters: list[Letter]) -> Found:
    rows = TakenUp.objects.filter(
        public_id__in=_ids(letters), team__in=_my_teams(member), story__in=Story.objects.visible_to(member)
    ).select_related("team", "story")
    found: Found = {}
    for row in rows:
        words = {"team": row.team.name, "title": row.story.title}
        text = _("%(team)s took up a story") % words if row.story.heavy else _("%(team)s took up “%(title)s”") % words
        found[row.public_id] = (_("In your teams"), text, row.team.get_absolute_url())
    return found


def _step_set(member: Member, letters: list[Letter]) -> Found:
    text = _("%(team)s tries something: %(question)s")
    return {step.public_id: _of_step(step, text) for step in _steps(member, letters)}


def _looked_back(member: Member, letters: list[Letter]) -> Found:
    text = _("%(team)s looked back on: %(question)s")
    return {step.public_id: _of_step(step, text) for step in _steps(member, letters) if step.looked_back_at}


def _due(member: Member, letters: list[Letter]) -> Found:
    today = timezone.localdate()
    text = _("%(question)s (%(team)s)")
    return {
        step.public_id: (_("Time to look back"), *_of_step(step, text)[1:])
        for step in _steps(member, letters)
        if step.looked_back_at is None and step.look_back_on <= today
    }


def _steps(member: Member, letters: list[Letter]) -> Iterable[Step]:
    return Step.objects.filter(public_id__in=_ids(letters), team__in=_my_teams(member)).select_related("team")


def _of_step(step: Step, text: str) -> tuple[str, str, str]:
    words = {"team": step.team.name, "question": step.question}
    return (_("In your teams"), text % words, step.team.get_absolute_url())


def _success(member: Member, letters: list[Letter]) -> Found:
    rows = Success.objects.filter(public_id__in=_ids(letters), team__in=_my_teams(member)).select_related("team")
    return {row.public_id: _said(row.team, row.text) for row in rows}


def _change(member: Member, letters: list[Letter]) -> Found:
    rows = Change.objects.filter(public_id__in=_ids(letters), team__in=_my_teams(member)).select_related("team")
    return {row.public_id: (_("What changed"), *_said(row.team, row.text)[1:]) for row in rows}


def _said(team: Team, text: str) -> tuple[str, str, str]:
    words = {"team": team.name, "text": text}
    return (_("In your teams"), _("%(team)s: %(text)s") % words, team.get_absolute_url())


def _ended(member: Member, letters: list[Letter]) -> Found:
    text = _("%(team)s has stopped. On its page you read what it learned.")
    rows = Team.objects.filter(pk__in=_my_teams(member), public_id__in=_ids(letters), ended_on__isnull=False)
    return {team.public_id: (_("In your teams"), text % {"team": team.name}, team.get_absolute_url()) for team in rows}


def _joined(member: Member, letters: list[Letter]) -> Found:
    mine = Team.objects.filter(pk__in=_my_teams(member), public_id__in=_ids(letters))
    teams = {team.public_id: team for team in mine}
    who = {letter.unique_key: letter.unique_key.rpartition(":")[2] for letter in letters}
    there = Membership.objects.filter(team__in=teams.values(), left_at=None, member__public_id__in=who.values())
    names = dict(there.values_list("member__public_id", "member__name"))
    found: Found = {}
    for letter in letters:
        team, name = teams.get(letter.subject_id), names.get(who[letter.unique_key])
        if team and name:
            text = _("%(name)s takes part in %(team)s") % {"name": name, "team": team.name}
            found[letter.unique_key] = (_("In your teams"), text, team.get_absolute_url())
    return found


def _answer(state: str) -> Reader:
    def of(member: Member, letters: list[Letter]) -> Found:
        rows = PublicAnswer.objects.filter(public_id__in=_ids(letters), author=member, state=state)
        words = {
            "published": _("Your answer is on the site."),
            "refused": _("Your answer is not on the site. Read why."),
            "gone": _("A story that you answered was taken back by who told it. Your answer went with it."),
        }
        heading = _("My answers to stories")
        return {
            public_id: (heading, words[state], reverse("stories:answer", args=[story]) if story else reverse("mijn"))
            for public_id, story in rows.values_list("public_id", "story__public_id")
        }

    return of


def _promise_due(member: Member, letters: list[Letter]) -> Found:
    rows = PublicAnswer.objects.filter(
        public_id__in=_ids(letters), author=member, state="published", done_on=None, story__status="published"
    )
    text = _("The day has come of what you would do. Write what you did.")
    return {
        public_id: (_("My answers to stories"), text, reverse("stories:answer", args=[story]))
        for public_id, story in rows.values_list("public_id", "story__public_id")
    }


def _desk(member: Member, letters: list[Letter]) -> Found:
    """How many stories wait now, for all letters about the desk together: as its page counts them."""
    if not member.is_coordinator:
        return {}
    bands, _load = piles_of_desk(member.pk, timezone.now(), ALL)
    count = sum(pile.total for band, pile in bands.items() if band in FOR_US)
    if not count:
        return {}
    urgent = sum(story.danger == Danger.URGENT for story in bands["danger"].first)
    text = ngettext("%(count)d story waits", "%(count)d stories wait", count) % {"count": count}
    if urgent:
        text += ", " + ngettext("%(count)d of them urgent", "%(count)d of them urgent", urgent) % {"count": urgent}
    return _on_desk(letters, text)


def _on_desk(letters: list[Letter], text: str) -> Found:
    return dict.fromkeys(_ids(letters), (_("On the desk"), text, reverse("desk")))


def _reported(member: Member, letters: list[Letter]) -> Found:
    """How many stories have a report, or an objection to what was decided about one, that waits."""
    waits = Q(pk__in=Report.objects.filter(ruling=None).values("story"))
    waits |= Q(pk__in=Ruling.objects.filter(state__in=("pending", "objected")).values("story"))
    count = Story.objects.filter(waits).exclude(status=Status.WITHDRAWN).count() if member.is_coordinator else 0
    text = ngettext("%(count)d story was reported", "%(count)d stories were reported", count) % {"count": count}
    return _on_desk(letters, text) if count else {}


def _said_to_story(member: Member, letters: list[Letter]) -> Found:
    """How many answers of organisations nobody read yet."""
    count = PublicAnswer.objects.filter(state="waiting").count() if member.is_coordinator else 0
    text = ngettext("%(count)d answer of an organisation waits", "%(count)d answers of organisations wait", count)
    return _on_desk(letters, text % {"count": count}) if count else {}


def _read_much(member: Member, letters: list[Letter]) -> Found:
    """Of a colleague; the log says which stories it were."""
    text = _("%(name)s opened far more stories than is usual. The log shows which.")
    them = Member.objects.filter(public_id__in=_ids(letters) if member.is_coordinator else ())
    return {
        public_id: (_("On the desk"), text % {"name": name}, f"{reverse('stories:logbook')}?wie={public_id}")
        for public_id, name in them.values_list("public_id", "name")
    }


def _quote_gone(member: Member, letters: list[Letter]) -> Found:
    """Of which region, and neither the words nor the story: for as long as the worksheet shows that there was one."""
    text = _("A sentence that you chose is not to be quoted any more. The worksheet of %(region)s shows a gap.")
    mine = Quote.objects.filter(public_id__in=_ids(letters) if member.is_coordinator else (), by=member)
    return {
        public_id: (_("On the desk"), text % {"region": region}, reverse("monitor:worksheet", args=[code]))
        for public_id, region, code in mine.exclude(gone_at=None).values_list(
            "public_id", "region__name", "region__code"
        )
    }


_READERS: dict[str, Reader] = {
    "story.published": _published,
    "story.found": _found,
    "story.sent": _desk,
    "story.answered": _desk,
    "story.told_anew": _desk,
    "story.wrote": _desk,
    "story.objected": _desk,
    "story.agreed": _desk,
    "story.declined": _desk,
    "story.passed_on": _desk,
    "story.reported": _reported,
    "story.ruling_objected": _reported,
    "publicanswer.written": _said_to_story,
    READ_MUCH: _read_much,
    "publicanswer.published": _answer("published"),
    "publicanswer.refused": _answer("refused"),
    "publicanswer.lapsed": _answer("gone"),
    "publicanswer.due": _promise_due,
    "quote.lapsed": _quote_gone,
    "quote.taken_back": _quote_gone,
    "takenup.made": _taken_up,
    "step.set": _step_set,
    "step.looked_back": _looked_back,
    "step.due": _due,
    "success.recorded": _success,
    "change.recorded": _change,
    "membership.joined": _joined,
    "team.ended": _ended,
}

"""Which story is this visitor's? Views reach stories through these functions only."""

import datetime as dt
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, cast

from django.conf import settings
from django.db.models import Value
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone

from core import prepared
from core.encryption import decrypt, encrypt, rotated
from core.forbidden import mask_forbidden
from core.http import Gone
from core.models import JournalEntry
from core.text import tidy
from movement.models import Area, Checked, Member, tel
from stories.models import OPEN_TO_READER, Audience, PublicAnswer, Reach, Recognition, Report, Status, Story
from stories.public_answers import SAID, Said, said

Text = TypeVar("Text", bound=Checked)
# All that a story is, but for what it is searched by; and of its region the name.
_FIELDS_OF_ALL = tuple(field.attname for field in Story._meta.concrete_fields if field.attname != "search")
_ALL = f"""
    {", ".join(f"s.{name}" for name in _FIELDS_OF_ALL)},
    (select json_build_array(id, name) from movement_area where id = s.region_id)
"""  # noqa: S608 - nothing but the constants above goes into it
_OF_TELLER = f"select {_ALL} from stories_story s where s.id = %(story)s"  # noqa: S608 - as above


def _whole(*row: Any) -> Story:
    """What `_ALL` brings home."""
    *fields, region = row
    story = Story.from_row(_FIELDS_OF_ALL, fields)
    story.region = region and Area.from_db("default", ("id", "name"), region)
    return story


# --- the teller: whoever typed the code, for as long as a tablet stays in one pair of hands ---------------------
_KEY = "teller"
_REPORT = "report"
_KEPT = "kept"
_MOST_KEPT = 60_000  # characters; a whole form holds half of it
_EVERY = 60  # seconds between two writes of the session, so that reading a page is not a write each time


def open_to_teller(request: HttpRequest, story: Story) -> None:
    """Begin the teller's session after a right code: a new key, and in it the story, this visit and its end.

    Who was logged in is logged out: one row with a member and a story in it would say who told what. A visit that was
    still open elsewhere is over: who forgot "Done" on a tablet ends it from her own phone.
    """
    visit = secrets.token_bytes(8)
    Story.objects.filter(pk=story.pk).update(visit=visit)
    request.session.flush()
    request.session[_KEY] = {"story": story.pk, "visit": visit.hex(), "until": _until()}


def open_to_reporter(request: HttpRequest, report: Report) -> None:
    """The same for whoever reported a story, after the five words of the report."""
    request.session.flush()
    request.session[_REPORT] = {"report": report.pk, "until": _until()}


def open_report(request: HttpRequest) -> Report | None:
    """The report whose five words were given here, with all that was decided; None when its time is over."""
    held = request.session.get(_REPORT)
    if held is None:
        return None
    if held["until"] <= int(time.time()):
        close_to_teller(request)
        return None
    if held["until"] < _until() - _EVERY:
        request.session[_REPORT] = {"report": held["report"], "until": _until()}
    return Report.objects.select_related("story", "ruling__review__review").filter(pk=held["report"]).first()


def keep(request: HttpRequest, typed: Iterable[tuple[str, str]]) -> None:
    """Keep what was typed when the time was over, for one look behind the code; locked, for a session is a row, and
    without what is never stored.

    What is longer than any form takes is cut off: to look all of it through would keep the house busy.
    """
    kept, left = QueryDict(mutable=True), _MOST_KEPT
    for name, value in typed:
        part = value[:left]
        left -= len(part)
        masked, numbers = mask_forbidden(tidy(part))
        kept.appendlist(name, masked if numbers else part)
    request.session[_KEPT] = encrypt(kept.urlencode()).decode()


def kept_here(request: HttpRequest) -> QueryDict | None:
    """What was kept, if anything; from now on it is kept no more."""
    kept = request.session.pop(_KEPT, None)
    return kept and QueryDict(decrypt(kept.encode()))


def rotate_kept(held: dict[str, Any]) -> bool:
    """Lock what was kept in this session with the newest key; whether anything was."""
    if _KEPT in held:
        held[_KEPT] = rotated(held[_KEPT].encode()).decode()
    return _KEPT in held


def behind_code(hashed: bytes) -> Story | Report | None:
    """What these five words open. One query finds out that they open nothing."""
    stories = Story.objects.filter(code_hash=hashed).annotate(kind=Value("story")).values_list("kind", "pk")
    reports = Report.objects.filter(code_hash=hashed).annotate(kind=Value("report")).values_list("kind", "pk")
    for kind, pk in stories.union(reports, all=True):
        return Story.objects.get(pk=pk) if kind == "story" else Report.objects.get(pk=pk)
    return None


def teller_story(request: HttpRequest) -> Story | None:
    """The story whose teller this is (withdrawn ones too), or None when no code was given, its time is over, or the
    code was given again elsewhere."""
    held = request.session.get(_KEY)
    if held is None:
        return None
    now = int(time.time())
    if held["until"] <= now:
        close_to_teller(request)
        return None
    rows = prepared.fetch(_OF_TELLER, {"story": held["story"]})
    story = _whole(*rows[0]) if rows else None
    if story is None or bytes(story.visit or b"").hex() != held.get("visit"):
        close_to_teller(request)
        return None
    if held["until"] < _until() - _EVERY:
        request.session[_KEY] = held | {"until": _until()}
    return story


def forget_teller(request: HttpRequest) -> None:
    """Close the story or report that is open here, and leave the rest of the session as it is."""
    for key in (_KEY, _REPORT, _KEPT):
        request.session.pop(key, None)


def close_to_teller(request: HttpRequest) -> None:
    """End the teller's session; of somebody who is not logged in nothing is left, the cookie neither."""
    if request.user.is_authenticated:
        forget_teller(request)
    else:
        request.session.flush()


def _until() -> int:
    return int(time.time()) + settings.TELLER_SESSION_MINUTES * 60


def history_of(story: Story) -> list[tuple[str, dt.datetime]]:
    """What happened to it and when, oldest first; by whom is not the teller's to know."""
    entries = JournalEntry.objects.about("story", story.public_id).order_by("at", "pk")
    return list(entries.values_list("verb", "at"))


def reach_of(story: Story) -> Reach | None:
    """The address that the teller left for notices, if any."""
    return Reach.objects.filter(story=story).first()


def recognised_by(story: Story) -> int | None:
    """How many readers at least recognise it, as everybody is told; None when nobody ever said so."""
    return Recognition.objects.filter(story=story).values_list("shown", flat=True).first()


def has_lapsed(story: Story, history: Iterable[tuple[str, dt.datetime]]) -> bool:
    """Whether its time ran out before it came to the site: nobody refused it."""
    return story.status == Status.REFUSED and any(verb == "story.lapsed" for verb, _at in history)


# --- readers ---------------------------------------------------------------------------------------------------
class Listener(NamedTuple):
    """A help line beside a heavy story."""

    name: str
    number: str
    hours: str
    chat_url: str

    @property
    def tel(self) -> str:
        return tel(self.number)


@dataclass(frozen=True, slots=True)
class ToRead:
    """A story as its readers see it. The raw texts are never even fetched for them."""

    story: Story
    region: str | None
    themes: list[dict[str, Any]]  # slug, name, heavy
    answers: dict[str, Any] | None  # the story that this one answers: public_id, title (none of a heavy one)
    answered_by: list[dict[str, Any]]  # what answers this one, newest first; one over MOST_ANSWERS: there are more
    recognised: int  # by at least so many readers; 0: not told
    said: list[Said]  # what organisations answered
    listeners: tuple[Listener, ...]  # only beside a heavy one
    may_answer: bool  # this visitor speaks for an organisation


MOST_ANSWERS = 12  # on the page of a story; the list shows them all
_FIELDS = (
    "id", "public_id", "status", "audience", "title", "body", "helped", "feeling", "teaser", "told_at", "published_on",
    "language", "perspective", "form_of_help", "heavy", "decided_me", "decided_family", "decided_professionals",
    "heard", "seen", "known", "translated", "original_body", "original_helped", "original_feeling",
)  # fmt: skip
# A story is heavy for who did not ask for it, so of a heavy one not even the title stands on the page of another.
_LINK = "json_build_object('public_id', o.public_id, 'title', case when o.heavy then '' else o.title end)"
_OPEN = OPEN_TO_READER.format("o")
# A withdrawal empties the row, so only the journal still knows that readers ever had it.
_TO_READ = f"""
select {", ".join(f"s.{field}" for field in _FIELDS)}, region.name,
    array(select json_build_object('slug', slug, 'name', name, 'heavy', heavy)
        from movement_theme where id = any(s.theme_ids) order by position, id),
    (select {_LINK} from stories_story o where o.id = s.reply_to_id and {_OPEN}),
    array(select {_LINK} from stories_story o where o.reply_to_id = s.id and {_OPEN}
        order by o.published_on desc, o.public_id limit {MOST_ANSWERS + 1}),
    coalesce((select shown from stories_recognition where story_id = s.id), 0),
    {SAID},
    case when s.heavy then array(select json_build_object(
            'name', name, 'number', number, 'hours', hours, 'chat_url', chat_url)
        from movement_helpline where ended_on is null order by position, id) end,
    exists (select from movement_appointment where member_id = %(reader)s and kind = 'voice'
        and begins_on <= %(today)s and (ends_on is null or ends_on > %(today)s)),
    s.status = 'withdrawn' and exists (
        select from core_journalentry
        where subject_kind = 'story' and subject_id = s.public_id and verb = 'story.published'
    )
from stories_story s left join movement_area region on region.id = s.region_id
where s.public_id = %(public_id)s
"""  # noqa: S608 - nothing but the constants above goes into it


def _about(request: HttpRequest, public_id: str) -> dict[str, Any]:
    reader = request.user.pk
    return {"public_id": public_id, "member": reader is not None, "reader": reader, "today": timezone.localdate()}


def story_for_reader(request: HttpRequest, public_id: str) -> ToRead:
    """The published story that this visitor may read; one query.

    Raises Http404 for what was never there for this visitor, and Gone for what was and has been taken back.
    """
    rows = prepared.fetch(_TO_READ, _about(request, public_id))
    if not rows:
        raise Http404
    *fields, region, themes, answers, answered_by, recognised, answers_said, lines, voice, was_here = rows[0]
    story = Story.from_row(_FIELDS, fields)
    if was_here:
        raise Gone
    if not story.is_published or not (story.audience == Audience.EVERYBODY or request.user.is_authenticated):
        raise Http404
    listeners = tuple(Listener(**line) for line in lines or ())
    return ToRead(story, region, themes, answers, answered_by, recognised, said(answers_said), listeners, voice)


def story_to_answer(request: HttpRequest, public_id: str | None) -> Story | None:
    """The story that a teller came from, when this visitor may read it: its address, title and heaviness only."""
    if not public_id or not (public_id.isascii() and public_id.isalnum()):
        return None
    found = Story.objects.visible_to(request.user).filter(public_id=public_id)
    return found.only("public_id", "title", "heavy").first()


def story_to_report(request: HttpRequest, public_id: str) -> Story:
    """The story that this visitor may read, or could a moment ago: one on hold takes in what was being written."""
    story = Story.objects.filter(public_id=public_id, published_on__isnull=False).first()
    if story is None or story.status not in (Status.PUBLISHED, Status.ON_HOLD):
        raise Http404
    if story.audience == Audience.SUPPORT or (story.audience == Audience.MEMBERS and not request.user.is_authenticated):
        raise Http404
    return story


# --- the desk: views come here through movement.access.coordinators_only only --------------------------------------
_PERSON = ("id", "public_id", "name")
_FOR_DESK = f"""
select {_ALL}, other.title, other.public_id,
    (select json_build_array({", ".join(_PERSON)}) from movement_member where id = s.reader_id),
    (select json_build_array({", ".join(_PERSON)}) from movement_member where id = s.first_approver_id)
from stories_story s left join stories_story other on other.id = s.reply_to_id
where s.public_id = %(public_id)s and s.status <> 'own_time'
"""  # noqa: S608 - nothing but the constants above goes into it


def story_for_desk(public_id: str) -> Story:
    """The story for a coordinator, with its raw texts. In its own time it is the teller's alone: 404.

    Of its region and of who reads it only the names are fetched; the story that it answers is in `answers_title` and
    `answers_id`. The view that shows it records the look (stories.actions.tending.look_at).
    """
    rows = prepared.fetch(_FOR_DESK, {"public_id": public_id})
    if not rows:
        raise Http404
    *fields, title, answers, reader, first = rows[0]
    story: Any = _whole(*fields)
    story.answers_title, story.answers_id = title, answers
    story.reader = reader and Member.from_db("default", _PERSON, reader)
    story.first_approver = first and Member.from_db("default", _PERSON, first)
    if story.is_withdrawn:
        raise Gone
    return cast("Story", story)


def answer_for_desk(public_id: str) -> PublicAnswer:
    """An answer of an organisation, whatever became of it; 404 for one that went with its story."""
    answers = PublicAnswer.objects.exclude(state=PublicAnswer.State.GONE)
    return get_object_or_404(answers.select_related("story", "organisation", "author", "rule"), public_id=public_id)


def text_for_desk(kind: type[Text], pk: int) -> Text:
    """A help line, house rule or explanation, the ended ones too."""
    return get_object_or_404(kind._default_manager, pk=pk)

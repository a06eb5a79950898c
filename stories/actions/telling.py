"""What a teller does: tell, send, answer, agree, change a consent. Taking it back is in withdrawing.py."""

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from core import journal
from core.forbidden import mask_forbidden
from core.http import TooLate
from core.text import tidy
from movement.models import Area, Theme
from stories import codes, totals
from stories.actions.publishing import ERASE_WHEN_DECIDED, ORIGINALS, PILE, may_be_published, publish
from stories.danger import find_danger
from stories.models import Audience, Consent, Danger, EditProposal, Message, Report, Status, Story, StoryTheme, ToldFor
from stories.states import before, move

SAME_CODE_FOR = dt.timedelta(minutes=10)  # as long as a second click on send may still be a double click


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a teller filled in. `decided` is (me, family, professionals) in percent, 100 together; `danger` what was
    heard in the texts as they were typed, before a name or a place in them was replaced."""

    body: str
    language: str = "nl"
    helped: str = ""
    feeling: str = ""
    audience: str = Audience.SUPPORT
    quotable: str = "no"
    perspective: str = ""
    told_for: str = ""
    with_help: str = ""
    age_band: str = ""
    region: Area | None = None
    form_of_help: str = ""
    themes: tuple[Theme, ...] = ()
    decided: tuple[int, int, int] | None = None
    heard: int | None = None
    seen: int | None = None
    known: int | None = None
    reply_to: Story | None = None
    danger: Danger = Danger.NONE


class Told(NamedTuple):
    """A story and its code. `code` is None when this form was sent earlier and its code is not shown again; `done`
    when its teller said to have the words."""

    story: Story
    code: str | None
    created: bool
    done: bool = False


def tell(*, token: bytes, answers: Answers, send_now: bool = False, at: dt.datetime | None = None) -> Told:
    """Keep a new story, and give its code.

    `token` is the opened token of the form; telling twice with one token gives one story. BSN and IBAN are taken out
    before anything is stored. The story waits for the teller alone for OWN_TIME_HOURS, unless they send it now or it
    carries a signal of danger. Raises ValueError when nothing is told.
    """
    now = at or timezone.now()
    texts = [clean(text) for text in (answers.body, answers.helped, answers.feeling)]
    if not texts[0]:
        raise ValueError("A story without text cannot be kept.")
    danger = gravest(danger_in(*texts), answers.danger)
    sent = send_now or danger != Danger.NONE
    code = codes.new_code(token)
    try:
        with transaction.atomic():
            story = Story.objects.create(
                status=Status.WAITING if sent else Status.OWN_TIME,
                told_at=now,
                own_time_until=now if sent else now + dt.timedelta(hours=settings.OWN_TIME_HOURS),
                sent_at=now if sent else None,
                code_hash=codes.code_hash(code),
                submission_hash=codes.submission_hash(token),
                raw_body=texts[0],
                raw_helped=texts[1],
                raw_feeling=texts[2],
                danger=danger,
                danger_at=now if danger != Danger.NONE else None,
                heavy=any(theme.heavy for theme in answers.themes),
                reply_to=_still_there(answers.reply_to),
                **meaning(answers),
            )
            StoryTheme.objects.bulk_create([StoryTheme(story=story, theme=theme) for theme in answers.themes])
            first = ((Consent.Use.READ, answers.audience), (Consent.Use.QUOTE, answers.quotable))
            Consent.objects.bulk_create(Consent(story=story, use=use, answer=answer, at=now) for use, answer in first)
            journal.record("story.told", story)
            if sent:
                journal.record("story.sent", story)
    except IntegrityError:
        # This form was told before: the database knows, also when the other click was faster by a moment.
        if earlier := told_before(token=token, now=now):
            return earlier
        raise
    return Told(story, code, created=True)


def _still_there(answered: Story | None) -> Story | None:
    """The story that is answered, held so that it is not taken back meanwhile (part of an action)."""
    if answered is None:
        return None
    return Story.objects.published().only("pk").select_for_update(no_key=True).filter(pk=answered.pk).first()


def told_before(*, token: bytes, now: dt.datetime | None = None) -> Told | None:
    """What was told with this token, if anything; with its code while it may still be a double click."""
    sent, done = (codes.submission_hash(token, done=done) for done in (False, True))
    story = Story.objects.filter(submission_hash__in=(sent, done)).first()
    if story is None:
        return None
    fresh = (now or timezone.now()) - story.told_at < SAME_CODE_FOR and not story.is_withdrawn
    put_away = bytes(story.submission_hash) == done
    return Told(story, codes.new_code(token) if fresh and not put_away else None, created=False, done=put_away)


def put_words_away(*, token: bytes) -> None:
    """Whoever told or reported with this form has the words: sending it again does not show them any more."""
    sent, done = (codes.submission_hash(token, done=done) for done in (False, True))
    for model in (Story, Report):
        model._default_manager.filter(submission_hash=sent).update(submission_hash=done)


def clean(text: str) -> str:
    """Text as it may be stored: without invisible signs, without BSN and IBAN."""
    return mask_forbidden(tidy(text))[0]


def danger_in(*texts: str) -> Danger:
    """The gravest signal of danger in these texts."""
    return Danger(find_danger("\n".join(texts)).level)


def gravest(*found: Danger) -> Danger:
    return max(found, key=attrgetter("rank"))


def meaning(answers: Answers) -> dict[str, object]:
    """All columns of a story that hold what was answered beside its texts."""
    me, family, professionals = answers.decided or (None, None, None)
    return {
        "language": answers.language,
        "audience": answers.audience,
        "quotable": answers.quotable,
        "perspective": answers.perspective,
        "told_for": answers.told_for,
        "with_help": answers.with_help if answers.told_for not in ("", ToldFor.SELF) else "",
        "age_band": answers.age_band,
        "region": answers.region,
        "form_of_help": answers.form_of_help,
        "decided_me": me,
        "decided_family": family,
        "decided_professionals": professionals,
        "heard": answers.heard,
        "seen": answers.seen,
        "known": answers.known,
    }


@transaction.atomic
def send_now(*, story: Story, at: dt.datetime | None = None) -> None:
    """End the teller's own time: the story goes to the support centre. Raises TooLate when it is there already."""
    own = Story.objects.filter(pk=story.pk, status=Status.OWN_TIME)
    if not move(own, "story.sent", to=Status.WAITING, sent_at=at or timezone.now()):
        raise TooLate
    journal.record("story.sent", story)


@transaction.atomic
def answer_question(*, story: Story, text: str) -> Message:
    """Answer the support centre's question; the story goes back to whoever reads it. Raises TooLate, ValueError."""
    text = clean(text)
    if not text:
        raise ValueError("An answer without text cannot be kept.")
    _back_to_desk(story, "story.answered")
    message = Message.objects.create(story=story, from_teller=True, text=text)
    raise_danger(story, text)
    journal.record("story.answered", story)
    return message


MAY_OBJECT = before("story.objected")


@transaction.atomic
def object_to_decision(*, story: Story, text: str) -> Message:
    """Say why a refusal, or the title or text on the site, is not right: the story is read again, its text is kept,
    and until then it is not on the site.

    Raises TooLate when the text has been erased or the decision does not stand any more, ValueError without words.
    """
    text = clean(text)
    if not text:
        raise ValueError("An objection without text cannot be kept.")
    hold(story)  # so that a ruling of a moment ago is seen
    kept = Story.objects.filter(pk=story.pk, raw_body__isnull=False)
    # What was taken off because it was reported has an objection of its own, which a second person looks at.
    kept = kept.exclude(status=Status.REFUSED, rulings__isnull=False)
    if not move(kept, "story.objected", to=Status.WAITING, reader=None, claimed_at=None, erase_raw_at=None):
        raise TooLate
    story.refresh_from_db()
    # What was agreed to is what is objected to: it does not count any more.
    story.proposals.filter(state=EditProposal.State.AGREED).update(state=EditProposal.State.REPLACED)
    message = Message.objects.create(story=story, from_teller=True, text=text)
    raise_danger(story, text)
    journal.record("story.objected", story)
    return message


@transaction.atomic
def answer_proposal(
    *, story: Story, proposal: EditProposal, agree: bool, note: str = "", original: bool = False
) -> bool:
    """Agree to an edit, which publishes it, or decline; return whether it was published.

    `original` agrees that what was told stands beside its translation, where that was offered.

    An agreed text that may not be published yet (a second reader is needed, or the teller keeps it with the support
    centre) goes back to the desk. `note` says what should be different. Raises TooLate.
    """
    state = EditProposal.State.AGREED if agree else EditProposal.State.DECLINED
    hold(story)  # before its edits, as whatever else changes both
    answered = EditProposal.objects.filter(pk=proposal.pk, story=story, state=EditProposal.State.OPEN).update(
        state=state, answered_at=timezone.now(), original_agreed=agree and original and proposal.original
    )
    story.refresh_from_db()
    if not answered or story.status != Status.PROPOSED:
        raise TooLate
    if note := clean(note):
        Message.objects.create(story=story, from_teller=True, text=note)
        raise_danger(story, note)
    journal.record("story.agreed" if agree else "story.declined", story)
    proposal.refresh_from_db()
    if proposal.original_agreed:
        Consent.objects.create(story=story, use=Consent.Use.OWN, answer="yes")
    if agree and may_be_published(story):
        publish(
            story=story,
            title=proposal.title or "",
            body=proposal.body or "",
            helped=proposal.helped or "",
            feeling=proposal.feeling or "",
            edit=proposal,
        )
        return True
    _back_to_desk(story, "story.agreed" if agree else "story.declined")
    return False


@transaction.atomic
def change_consent(*, story: Story, use: str, answer: str) -> None:
    """Write a new answer of the teller about one use; it counts at once.

    A published story that only the support centre may read from now on leaves the public and is put on hold. When
    it is opened up again it does not come back by itself: the support centre looks at it first, because it may have
    been on hold for a reason of their own. Raises TooLate for a withdrawn story, ValueError for an unknown answer.
    """
    if (use, answer) not in _CONSENTS:
        raise ValueError("There is no such consent.")
    held = Story.objects.select_for_update().filter(pk=story.pk).exclude(status=Status.WITHDRAWN).first()
    if held is None:
        raise TooLate
    Consent.objects.create(story=held, use=use, answer=answer)
    journal.record("story.consent_changed", held)
    this = Story.objects.filter(pk=held.pk)
    if use == Consent.Use.QUOTE:
        this.update(quotable=answer)
    elif use == Consent.Use.OWN:  # only ever taken away here; what was told is not kept to be shown again
        held.proposals.update(original_agreed=False)
        this.update(**dict.fromkeys(ORIGINALS, ""))
    else:
        if held.is_published and answer == Audience.SUPPORT:
            move(this, "story.held", to=Status.ON_HOLD, audience=answer)
            journal.record("story.held", held)
        elif held.status == Status.ON_HOLD and held.audience == Audience.SUPPORT != answer:
            nobodys: dict[str, Any] = {"reader": None, "claimed_at": None, "erase_raw_at": ERASE_WHEN_DECIDED}
            move(this, "story.sent", to=PILE, audience=answer, **nobodys)
            journal.record("story.sent", held)
        else:
            this.update(audience=answer)
            totals.forget()  # on the site fewer may read it
    story.refresh_from_db()


_CONSENTS = (
    {(Consent.Use.READ.value, answer) for answer in Audience.values}
    | {(Consent.Use.QUOTE.value, answer) for answer in ("yes", "ask", "no")}
    | {(Consent.Use.OWN.value, "no")}
)


def hold(story: Story) -> None:
    """Let nobody else change it until this action is done (part of an action)."""
    Story.objects.select_for_update().only("pk").get(pk=story.pk)


def _back_to_desk(story: Story, verb: str) -> None:
    """From waiting for the teller to the desk: to the reader it had, or else onto the pile."""
    to = Case(When(reader=None, then=Value(Status.WAITING)), default=Value(Status.IN_HAND))
    if not move(Story.objects.filter(pk=story.pk), verb, to=to, erase_raw_at=ERASE_WHEN_DECIDED):
        raise TooLate
    story.refresh_from_db()


def raise_danger(story: Story, text: str) -> None:
    """What a teller adds later may carry a signal too. While a clock runs it only ever goes up; when the signals before
    it were answered, any new one asks for a new answer. Holds the row (part of an action): what `story` says may be
    old."""
    found = danger_in(text)
    if found == Danger.NONE:
        return
    held = Story.objects.select_for_update().get(pk=story.pk)
    waits = Danger(held.danger) if held.danger_answered_at is None else Danger.NONE
    if found.rank > waits.rank:
        this = Story.objects.filter(pk=held.pk)
        this.update(danger=found, danger_at=timezone.now(), danger_answered_at=None)
    story.refresh_from_db()

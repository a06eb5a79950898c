"""After a restore: what tellers took back since the back-up is taken back again.

A back-up is older than the last withdrawals. The list of them is kept outside the database; it holds public ids,
answers and moments, no text, no code and no address.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Max

from core.http import TooLate
from core.models import JournalEntry
from stories.actions.reaching import erase_address
from stories.actions.telling import change_consent
from stories.actions.withdrawing import withdraw
from stories.models import Consent, Reach, Status, Story

_WIDTH = ("support", "members", "everybody"), ("no", "ask", "yes")  # from closed to open


def taken_back() -> Iterator[tuple[str, str, str]]:
    """What tellers took back so far: ("withdrawn", public id, ""), (a consent's use, public id, the answer now), or
    ("address", public id, since when an earlier e-mail address does not hold any more).
    """
    for public_id in Story.objects.filter(status=Status.WITHDRAWN).order_by("pk").values_list("public_id", flat=True):
        yield "withdrawn", public_id, ""
    last: dict[tuple[str, str], list[str]] = {}
    consents = Consent.objects.exclude(story__status=Status.WITHDRAWN).order_by("at", "pk")
    for use, public_id, answer in consents.values_list("use", "story__public_id", "answer"):
        last.setdefault((use, public_id), []).append(answer)
    for (use, public_id), answers in last.items():
        if any(_wider(answer, answers[-1]) for answer in answers):
            yield use, public_id, answers[-1]
    said = JournalEntry.objects.filter(verb__in=("story.address_left", "story.address_erased"))
    for public_id, at in said.order_by("subject_id").values_list("subject_id").annotate(Max("at")):
        yield "address", public_id, at.isoformat()


def take_back_again(what: str, public_id: str, answer: str) -> bool | None:
    """Do one row of the list again. True when it was done now, False when it stood, None when there is no such story
    (it was told after the back-up). A consent is only ever narrowed. Raises ValueError for a row that is no such thing.
    """
    if what not in ("withdrawn", "address", *Consent.Use.values):
        raise ValueError(what)
    story = Story.objects.filter(public_id=public_id).first()
    if story is None:
        return None
    if what == "address":
        return _erase_older(story, dt.datetime.fromisoformat(answer))
    try:
        if what == "withdrawn":
            withdraw(story=story)
            return True
        now = _answer_now(story, what)
        if not _wider(now, answer):
            return False
        change_consent(story=story, use=what, answer=answer)
    except TooLate:
        return False
    return True


def _answer_now(story: Story, use: str) -> str:
    if use == Consent.Use.OWN:
        return "yes" if story.original_body or story.proposals.filter(original_agreed=True).exists() else "no"
    return story.quotable if use == Consent.Use.QUOTE else story.audience


def _erase_older(story: Story, since: dt.datetime) -> bool:
    older = Reach.objects.filter(story=story, at__lt=since).first()
    if older:
        erase_address(reach=older)
    return older is not None


def _wider(one: str, other: str) -> bool:
    """Whether an answer allows more than another. Raises ValueError for what is not an answer to the same question."""
    order = next((order for order in _WIDTH if one in order), ())
    return order.index(one) > order.index(other)

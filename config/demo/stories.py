"""Stories of the demo: told, read and published as real ones are.

The examples whose verdict is `edit`, `refuse` or `escalate` are never published: they wait on the desk.
"""

import datetime as dt
import json
import secrets
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, Value, When
from django.utils import timezone

from config.demo.people import HERE, area, months_ago, themes
from core.languages import DUTCH
from movement.models import Member
from stories.actions.deciding import claim, propose_edit, publish_unchanged
from stories.actions.telling import Answers, answer_proposal, tell
from stories.actions.tending import answer_danger, look_at
from stories.models import Story

PERSPECTIVES = {
    "jongere": "youth",
    "ouder": "parent",
    "pleegouder": "parent",
    "ervaringsdeskundige": "expert",
    "beleidsadviseur_gemeente": "municipality",
    "onbekend": "",
}
BANDS = {"12-15": "12-15", "16-17": "16-17", "18+": "23+", "professional": "23+", "onbekend": ""}


@dataclass
class Demo:
    """A story of the demo with its code, which exists nowhere else."""

    story: Story
    code: str


class Desk(NamedTuple):
    """The coordinator who reads the demo's stories, and the colleague who looks along at a signal of danger."""

    reader: Member
    colleague: Member


def tell_all(desk: Desk) -> list[Demo]:
    """Tell the examples and the demo's own stories; publish those that may be. The first has the longest thread."""
    own = [_own(row, desk) for row in _rows("stories.jsonl")]
    examples = [_example(row, number, desk) for number, row in enumerate(_rows("examples.jsonl"))]
    return own + examples


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _own(row: dict[str, Any], desk: Desk) -> Demo:
    heard, seen, known = row["scale"]
    told = row.get("told", row)  # in another language; then the row itself is the translation
    answers = Answers(
        body=told["body"],
        helped=told["helped"],
        feeling=told["feeling"],
        language=row.get("language", DUTCH),
        audience="everybody",
        quotable=row["quotable"],
        perspective=row["perspective"],
        age_band=row["age_band"],
        region=area(row["region"]),
        form_of_help=row["form"],
        themes=tuple(themes(row["themes"])),
        decided=tuple(row["decided"]),
        heard=heard,
        seen=seen,
        known=known,
        reply_to=Story.objects.published().filter(title=row.get("answers")).first(),
    )
    demo = _tell(answers, months_ago(row["months_ago"]))
    if told is row:
        _publish(demo.story, row["title"], desk)
    else:
        _translate(demo.story, row, desk)
    return demo


def _example(row: dict[str, Any], number: int, desk: Desk) -> Demo:
    published = row["verdict"] == "publish"
    answers = Answers(
        body=row["body"],
        helped=row["what_helped"],
        audience="everybody",
        perspective=PERSPECTIVES.get(row["role"], "professional"),
        age_band=BANDS[row["age_band"]],
        themes=tuple(themes(row["themes"])),
    )
    # What still waits came in during the last days, one after the other.
    demo = _tell(answers, months_ago(2 + number / 2) if published else months_ago((20 - number) / 30))
    if published:
        _publish(demo.story, row["title"], desk)
    elif number == 10:
        _propose(demo.story, row, desk.reader)
    elif row["verdict"] == "edit":
        _calm(demo.story, desk)
    return demo


def _tell(answers: Answers, at: dt.datetime) -> Demo:
    told = tell(token=secrets.token_bytes(16), answers=answers, send_now=True, at=at)
    assert told.code is not None
    return Demo(told.story, told.code)


def _calm(story: Story, desk: Desk) -> None:
    """Where a signal of danger spoke two people look, and none of these stories tells of any."""
    if story.has_open_danger:
        for one in desk:
            look_at(story=story, actor=one)
        answer_danger(story=story, actor=desk.reader, steps=["second_reader", "no_danger"])
        story.refresh_from_db()


def _read(story: Story, desk: Desk) -> None:
    """Take a story in hand."""
    _calm(story, desk)
    claim(story=story, actor=desk.reader)
    story.refresh_from_db()


def _publish(story: Story, title: str, desk: Desk) -> None:
    """Publish as told, and set the day back: the demo's calendar is the one thing that did not happen."""
    told_at = story.told_at
    _read(story, desk)
    publish_unchanged(story=story, title=title, actor=desk.reader, heavy=False)
    _set_back(story, told_at)


def _translate(story: Story, row: dict[str, Any], desk: Desk) -> None:
    """Publish as its teller agrees to: the translation, and what was told beside it."""
    told_at = story.told_at
    _read(story, desk)
    texts = {name: row[name] for name in ("title", "body", "helped", "feeling")}
    proposal = propose_edit(story=story, actor=desk.reader, why="", rules=[], original=True, heavy=False, **texts)
    story.refresh_from_db()
    answer_proposal(story=story, proposal=proposal, agree=True, original=True)
    _set_back(story, told_at)


def _set_back(story: Story, told_at: dt.datetime) -> None:
    day = min(timezone.localdate(told_at + dt.timedelta(days=9)), timezone.localdate())
    answered = Case(When(danger=Story.Danger.NONE, then=None), default=Value(told_at + dt.timedelta(minutes=40)))
    Story.objects.filter(pk=story.pk).update(published_on=day, danger_answered_at=answered)


def _propose(story: Story, row: dict[str, Any], coordinator: Member) -> None:
    """An edit that takes the names away, for the teller to agree to."""
    body = row["body"]
    for found, instead in (
        ("ik ben Fenna Kwartelaar en ik ben zeventien", "ik ben zeventien"),
        ("op groep De Kromme Wilg in Zutphen, op de bovenste verdieping", "op een groep"),
        ("Mijn mentor Ravi", "Mijn mentor"),
        (" Wil je meer weten, stuur me dan een bericht op snap via @fenna.kw_2009 of app me op 06-00123456.", ""),
    ):
        body = body.replace(found, instead)
    claim(story=story, actor=coordinator)
    story.refresh_from_db()
    propose_edit(
        story=story,
        actor=coordinator,
        title=row["title"],
        body=body,
        helped=row["what_helped"],
        feeling="",
        rules=[],
        why="We hebben namen, de plek en je nummer weggehaald. Dan weet niemand dat jij het bent.",
    )

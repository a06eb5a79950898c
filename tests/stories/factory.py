"""Stories for tests, in any state, without the road that leads there."""

import datetime as dt
import secrets
import time

import pgtrigger
from django.utils import timezone

from core.text import teaser
from movement.models import Theme
from stories.dutch.beside import words_beside
from stories.forms.desk import Choices, PublishForm
from stories.models import Status, Story, StoryTheme

_HASH = 32


def a_story(*, themes=(), **fields):
    now = timezone.now()
    values = {
        "own_time_until": now,
        "told_at": now - dt.timedelta(days=3),
        "sent_at": now - dt.timedelta(hours=3),
        "code_hash": secrets.token_bytes(_HASH),
        "submission_hash": secrets.token_bytes(_HASH),
        "status": Status.WAITING,
        "audience": "everybody",
        "raw_body": "Mevrouw De Vries van groep Zonnehoek luisterde niet naar mij.",
        "raw_helped": "Een vaste begeleider.",
    }
    values |= fields
    story = Story.objects.create(**values | fitting(values["status"]))
    StoryTheme.objects.bulk_create([StoryTheme(story=story, theme=theme) for theme in themes])
    return story


def visit_of(story):
    """What the session of a teller holds who has just given the five words; an earlier one is over."""
    visit = secrets.token_bytes(8)
    Story.objects.filter(pk=story.pk).update(visit=visit)
    return {"story": story.pk, "visit": visit.hex(), "until": int(time.time()) + 600}


def fitting(status):
    """What the database asks of a story in this state: on the pile it is nobody's, escalated it takes two."""
    return ({"reader": None} if status in ("waiting", "escalated") else {}) | (
        {"red_flag": True} if status == "escalated" else {}
    )


def put(story, status, **fields):
    """Into a state without the road that leads there, which the database does not let anybody do."""
    roads = ("only_ways_of_the_table", "red_is_counted", "red_flag_stays")
    with pgtrigger.ignore(*(f"stories.Story:{road}" for road in roads)):
        Story.objects.filter(pk=story.pk).update(status=status, **fields | fitting(status))
    story.refresh_from_db()


def published(*, title="Wachten op een plek", body="Ik wachtte een jaar en niemand belde.", **fields):
    values = {
        "status": Status.PUBLISHED,
        "title": title,
        "body": body,
        "teaser": teaser(body),
        "published_on": dt.date(2026, 10, 14),
    }
    values.update(fields)
    beside = words_beside(values["title"], values["body"], values.get("helped", ""))
    return a_story(**{"words_beside": beside, **values})


def looked_at(story):
    """A tick for each mark in the text as told."""
    return [one.key for one in PublishForm(story=story, choices=Choices()).open]


def a_theme(slug="wachten", name=None, **fields):
    return Theme.objects.get_or_create(slug=slug, defaults={"name": name or slug.capitalize(), **fields})[0]

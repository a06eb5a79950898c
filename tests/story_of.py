"""A published story for tests that begin after the desk."""

import datetime as dt
import itertools

from django.utils import timezone

from stories.models import Story

_number = itertools.count(1)


def published_story(region=None, **fields):
    number = next(_number)
    now = timezone.now()
    values = {
        "status": "published",
        "audience": "everybody",
        "title": f"Verhaal {number}",
        "body": f"Dit is verhaal {number}.",
        "teaser": f"Dit is verhaal {number}.",
        "published_on": dt.date(2026, 3, 2),
        "told_at": dt.datetime(2026, 2, 20, 12, tzinfo=dt.UTC),
        "sent_at": now,
        "own_time_until": now,
        "code_hash": number.to_bytes(32, "big"),
        "submission_hash": number.to_bytes(32, "big"),
        "region": region,
        **fields,
    }
    return Story.objects.create(**values)


def withdraw_row(story):
    """What a withdrawal leaves of a story."""
    Story.objects.filter(pk=story.pk).update(
        status="withdrawn",
        title="",
        body="",
        helped="",
        feeling="",
        teaser="",
        words_beside="",
        withdrawn_at=timezone.now(),
    )
    story.refresh_from_db()

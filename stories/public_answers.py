"""The answers of organisations to a story, as its readers and its teller see them."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stories.facts import month
from stories.models import PublicAnswer, Story

# Part of the one query of the story page: answers to `stories_story s`, oldest first.
SAID = """
    array(select json_build_object(
            'ref', a.public_id, 'who', organisation.name, 'kind', a.kind, 'text', a.text, 'at', a.decided_at,
            'due', a.due_on, 'done', a.done_on)
        from stories_publicanswer a join movement_organisation organisation on organisation.id = a.organisation_id
        where a.story_id = s.id and a.state = 'published' order by a.decided_at, a.id)
"""
_OF_ONE = "select {} from stories_story s where s.id = %s"


class Said(NamedTuple):
    """One answer in words. `before` says by which day something was promised; `text` comes from people."""

    ref: str
    who: str
    kind: str
    text: str
    month: str
    before: str
    done: bool
    late: bool


def said(rows: Iterable[dict[str, Any]]) -> list[Said]:
    """What `SAID` brought home, in words."""
    return [_said(**row) for row in rows]


def _said(ref: str, who: str, kind: str, text: str, at: str, due: str | None, done: str | None) -> Said:
    promised = dt.date.fromisoformat(due) if due else None
    late = promised is not None and not done and promised < timezone.localdate()
    label = str(PublicAnswer.Kind(kind).label)
    answered = timezone.localdate(dt.datetime.fromisoformat(at))
    before = _before(promised, get_language()) if promised else ""
    return Said(ref, who, label, text, month(answered), before, bool(done), late)


@lru_cache(maxsize=512)
def _before(day: dt.date, _language: str | None) -> str:
    return _("before %(day)s") % {"day": formats.date_format(day, "j E Y")}


def said_to(story: Story) -> list[Said]:
    """The answers that stand beside a story. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ONE.format(SAID), [story.pk])
        return said(cursor.fetchone()[0])

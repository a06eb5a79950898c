"""On its day what a teller wrote is gone: from the tables, from a back-up that is made then, and from every log."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from core.encryption import EncryptedTextField
from core.models import JournalEntry
from stories import tasks
from stories.actions import deciding, talking, telling
from stories.models import EditProposal, Status, Story
from tests.database import dump
from tests.servers import ROOT

# Each occurs nowhere else in the house; none of them is in the text that readers keep.
TOLD: dict[str, Any] = {"body": "Bij de zwermkastanjes.", "helped": "Een kruimelmuts.", "feeling": "Een gloeidroppel."}
EDIT: dict[str, Any] = {
    "title": "Bellen",
    "body": "Ik belde.",
    "helped": "",
    "feeling": "",
    "why": "Zonder klinkvoerder herkent niemand je.",
}
WORDS = ("zwermkastanjes", "kruimelmuts", "gloeidroppel", "brombeslag", "vlierdoos", "zeefpantoffel", "klinkvoerder")


def locked_texts():
    """What stands in every encrypted column, as it stands there; and what all of it says."""
    found, said = set(), []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, EncryptedTextField):
                continue
            with connection.cursor() as cursor:
                cursor.execute(f'select encode("{field.column}", \'hex\') from "{model._meta.db_table}"')
                found |= {row[0] for row in cursor.fetchall() if row[0]}
            said += [text for text in model._default_manager.values_list(field.attname, flat=True) if text]
    return found, " ".join(said)


def told_in(text):
    return {word for word in WORDS if word in text}


@pytest.mark.django_db(transaction=True)
def test_on_its_day_what_was_told_is_in_no_table_no_back_up_and_no_log(coordinator, caplog):
    caplog.set_level(logging.DEBUG)
    answers = telling.Answers(audience="everybody", **TOLD)
    story = telling.tell(token=b"one form", answers=answers, send_now=True).story
    deciding.claim(story=story, actor=coordinator)
    deciding.ask(story=story, text="Wat is een brombeslag?", actor=coordinator)
    telling.answer_question(story=story, text="Dat is een vlierdoos.")
    talking.write_to_desk(story=story, text="En een zeefpantoffel.")
    deciding.propose_edit(story=story, actor=coordinator, rules=(), **EDIT)
    assert telling.answer_proposal(story=story, proposal=EditProposal.objects.get(), agree=True)
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as PostgreSQL does by itself after a while: it keeps samples of what it finds
    locked, said = locked_texts()
    assert told_in(said) == set(WORDS)
    kept = dump()
    assert all(text in kept for text in locked), "the back-up held nothing of it, so this shows nothing"
    assert not told_in(kept), "it lay there open"

    Story.objects.update(erase_raw_at=timezone.now())
    tasks.erase_what_tellers_wrote()

    story.refresh_from_db()
    assert (story.status, story.body) == (Status.PUBLISHED, "Ik belde.")
    assert JournalEntry.objects.filter(verb="story.raw_erased").exists()
    still, said = locked_texts()
    assert not told_in(said)
    assert not still & locked
    places = {
        "back-up": dump(),
        "log": caplog.text,
        "log of the database": (ROOT / "postgres.log").read_text(errors="replace"),
    }
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select t::text from "{table}" t')
            places[table] = "\n".join(row for (row,) in cursor.fetchall())
    for place, text in places.items():
        assert not told_in(text), place
        assert not [one for one in locked if one in text], place

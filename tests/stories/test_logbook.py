"""The log of the desk: who looked at which story, for every coordinator to see and for nobody to change."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.models import JournalEntry
from stories.actions import deciding, tending
from tests.stories.factory import a_story

pytestmark = pytest.mark.django_db
LOG = "/desk/logboek/"


def rows(page):
    return page.content.decode().count("<tr><td")


def test_every_look_and_act_of_a_colleague_stands_in_the_log_and_no_word_of_the_story(
    coordinator, second_coordinator, as_
):
    one, other = a_story(), a_story()
    tending.look_at(story=one, actor=coordinator)
    deciding.claim(story=other, actor=second_coordinator)
    page = as_(second_coordinator).get(LOG)
    text = page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert "Marijke" in text
    assert "bekeek de tekst" in text
    assert one.public_id in text
    assert "Zonnehoek" not in text
    assert rows(page) == 2
    assert rows(as_(coordinator).get(LOG, {"verhaal": one.public_id})) == 1
    assert rows(as_(coordinator).get(LOG, {"wie": second_coordinator.public_id})) == 1
    assert rows(as_(coordinator).get(LOG, {"wie": second_coordinator.public_id, "verhaal": one.public_id})) == 0


def test_nobody_else_reads_it(client, professional, listener, analyst, as_):
    assert client.get(LOG).status_code == 302
    assert {as_(member).get(LOG).status_code for member in (professional, listener, analyst)} == {403}


def test_it_cannot_be_changed_by_anybody(coordinator, as_):
    tending.look_at(story=a_story(), actor=coordinator)
    assert as_(coordinator).post(LOG).status_code == 405
    for change in (lambda: JournalEntry.objects.update(actor=""), lambda: JournalEntry.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    for table in ("core_journalentry", "movement_textversion"):  # nor all at once
        with pytest.raises(DatabaseError, match="Nobody empties"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


def test_it_goes_on_page_by_page_and_costs_the_same(coordinator, as_):
    desk, story = as_(coordinator), a_story()

    def look():
        tending.look_at(story=story, actor=coordinator)

    look()
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert rows(desk.get(LOG)) == 1
    for _ in range(60):
        look()
    with CaptureQueriesContext(connection) as many:
        page = desk.get(LOG)
    assert rows(page) == 50
    assert len(many) == len(few) <= 8
    last = JournalEntry.objects.order_by("-pk")[49].pk
    assert rows(desk.get(LOG, {"voor": last})) == 11
    assert rows(desk.get(LOG, {"voor": "x" * 400})) == 50

"""The log of the desk: who looked at which story, for every coordinator to see and for nobody to change."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from core import sealing
from core.models import JournalEntry
from letters import actions as letters
from stories.actions import deciding, tending
from stories.actions.watching import notice_much_reading
from tests.smtp import text_of
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
    assert "Verzegeld op" not in text
    sealing.seal_journal()
    assert f"Verzegeld op {date_format(timezone.localtime(), 'j F')} om" in as_(coordinator).get(LOG).content.decode()
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
    assert rows(desk.get(LOG, {"verhaal": "\x00"})) == rows(desk.get(LOG, {"wie": "\x00"})) == 0


def opens(member, how_many, days_ago=0):
    """She opens so many other stories, each twice."""
    at = timezone.now() - dt.timedelta(days=days_ago)
    JournalEntry.objects.bulk_create(
        JournalEntry(
            verb="story.looked_at", subject_kind="story", subject_id=f"{days_ago}-{n}", actor=member.public_id, at=at
        )
        for n in range(how_many)
        for _twice in range(2)
    )


def test_who_opens_far_more_stories_than_usual_is_seen_by_her_colleagues_and_goes_on(
    coordinator, second_coordinator, professional, as_, settings, smtp
):
    settings.READ_MUCH_A_DAY = 5
    story = a_story()
    opens(coordinator, 5)
    assert notice_much_reading() == 0, "a good day of reading says nothing"
    tending.look_at(story=story, actor=coordinator)
    assert [notice_much_reading(), notice_much_reading()] == [1, 0], "once a day"
    letters.make_letters()
    letters.compose_due(timezone.now() + dt.timedelta(days=1))
    letters.send_mails(timezone.now() + dt.timedelta(days=1))
    (mail,) = smtp.messages
    assert mail["To"] == second_coordinator.email
    assert "Marijke" in text_of(mail)
    assert f"/desk/logboek/?wie={coordinator.public_id}" in text_of(mail)
    theirs, hers = (as_(who).get("/desk/").content.decode() for who in (second_coordinator, coordinator))
    assert 'id="much"' in theirs
    assert "opende 6 verhalen op" in theirs
    assert 'id="much"' not in hers
    log = as_(second_coordinator).get(LOG, {"wie": coordinator.public_id}).content.decode()
    assert "opende veel meer verhalen dan op een dag gewoon is" in log
    assert as_(coordinator).get(f"/desk/verhalen/{story.public_id}/").status_code == 200, "nobody is stopped"


def test_what_is_much_is_what_is_more_than_three_deviations_above_the_days_before(
    coordinator, second_coordinator, settings
):
    settings.READ_MUCH_A_DAY = 2
    for days, how_many in enumerate((4, 6, 5, 5, 4, 6), start=1):
        opens(coordinator, how_many, days)
        opens(second_coordinator, 5, days)
    opens(coordinator, 40, 100)  # too long ago to be usual
    opens(coordinator, 6)
    assert notice_much_reading() == 0
    opens(second_coordinator, 8)  # the mean is 5 and a deviation 0.58
    assert notice_much_reading() == 1

"""What a teller may do afterwards: send, answer, agree, change a consent; and what the clock does."""

import datetime as dt
import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from stories import tasks
from stories.actions import clock, telling
from stories.actions.publishing import publish
from stories.actions.telling import Answers, tell
from stories.actions.withdrawing import withdraw
from stories.diff import word_diff
from stories.models import Consent, Danger, EditProposal, HouseRule, Message, Status, Story
from stories.recognisable import combinations
from tests.stories.factory import put
from tests.stories.test_publishing import make_story, text

CODE_PAGE = "/code/verhaal/"


@pytest.fixture
def told(db):
    return tell(token=b"one form", answers=Answers(body="Ik mocht alleen om zes uur bellen.", audience="everybody"))


@pytest.fixture
def teller(told):
    """A browser in which the code of `told` was typed."""
    browser = Client()
    assert browser.post("/code/", {"code": told.code}).status_code == 302
    return browser


def move(story, status, **fields):
    put(story, status, sent_at=timezone.now(), **fields)


def propose(story, coordinator, **fields):
    move(story, Status.PROPOSED, reader=coordinator)
    new = {
        "why": "Zo herkent niemand je.",
        "title": "Bellen om zes uur",
        "body": "Ik mocht alleen op een vast uur bellen.",
        "helped": "",
        "feeling": "",
    }
    return EditProposal.objects.create(story=story, author=coordinator, **new | fields)


def verbs():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_the_page_behind_the_code_says_where_the_story_is(teller, told):
    for status in (Status.OWN_TIME, Status.WAITING, Status.QUESTION, Status.REFUSED, Status.ON_HOLD):
        move(told.story, status)
        page = teller.get(CODE_PAGE)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert "<h1>" in page.content.decode()


def test_sending_now_ends_own_time_once(teller, told):
    teller.post(f"{CODE_PAGE}nu/")
    told.story.refresh_from_db()
    assert told.story.status == Status.WAITING
    with pytest.raises(TooLate):
        telling.send_now(story=told.story)
    assert verbs().count("story.sent") == 1
    assert teller.post(f"{CODE_PAGE}nu/").url == CODE_PAGE


def test_an_answer_goes_back_to_the_reader_or_onto_the_pile(teller, told, coordinator):
    move(told.story, Status.QUESTION, reader=coordinator)
    Message.objects.create(story=told.story, from_teller=False, author=coordinator, text="Wat had geholpen?")
    assert "Wat had geholpen?" in teller.get(CODE_PAGE).content.decode()
    teller.post(f"{CODE_PAGE}antwoord/", {"text": "Langer bellen. Mijn bsn is 111222333."})
    told.story.refresh_from_db()
    assert told.story.status == Status.IN_HAND
    message = Message.objects.get(from_teller=True)
    assert (message.text or "").startswith("Langer bellen.")
    assert "111222333" not in (message.text or "")
    move(told.story, Status.QUESTION, reader=None)
    telling.answer_question(story=told.story, text="Ja")
    assert told.story.status == Status.WAITING


def test_an_empty_answer_and_an_answer_to_nothing_are_refused(teller, told):
    move(told.story, Status.QUESTION)
    page = teller.post(f"{CODE_PAGE}antwoord/", {"text": "  "})
    assert page.status_code == 422
    move(told.story, Status.WAITING)
    with pytest.raises(TooLate):
        telling.answer_question(story=told.story, text="Ja")
    assert not Message.objects.exists()


def test_danger_in_an_answer_raises_the_story_and_asks_for_somebody_again(told):
    for _also_when_one_was_answered_before in range(2):
        move(told.story, Status.QUESTION, danger_answered_at=timezone.now())
        telling.answer_question(story=told.story, text="Ik wil niet meer leven.")
        assert told.story.danger == Danger.URGENT
        assert told.story.danger_answered_at is None
        assert told.story.is_heavy_to_open


def test_agreeing_to_an_edit_publishes_it(teller, told, coordinator):
    proposal = propose(told.story, coordinator)
    html = teller.get(CODE_PAGE).content.decode()
    assert "Zo herkent niemand je." in html
    assert "<del>" in html
    assert "<ins>" in html
    teller.post(f"{CODE_PAGE}voorstel/", {"proposal": proposal.pk, "agree": "yes"})
    told.story.refresh_from_db()
    assert told.story.is_published
    assert told.story.body == "Ik mocht alleen op een vast uur bellen."
    assert verbs()[-2:] == ["story.agreed", "story.published"]
    assert teller.get(CODE_PAGE).status_code == 200


@pytest.mark.parametrize("agree", ["yes", "no"])
def test_an_edit_can_leave_out_what_points_at_somebody_when_the_teller_agrees(
    teller, told, coordinator, as_, region, agree
):
    move(told.story, Status.IN_HAND, reader=coordinator, region=region, age_band="16-17", form_of_help="secure")
    rule = HouseRule.objects.create(slug="herkenbaar", severity="amber", text="Iemand is te herkennen.")
    desk = as_(coordinator)
    page = desk.get(f"/desk/verhalen/{told.story.public_id}/").text
    assert "Laat een van deze gegevens weg" in page
    assert f"De jeugdregio: {region.name}" in page
    edit = {"title": "Bellen", "body": "Ik mocht bellen.", "why": "Zo herkent niemand je.", "rules": [rule.slug],
            "heavy": "no", "version": told.story.version}  # fmt: skip
    address = f"/desk/verhalen/{told.story.public_id}/voorstel/"
    assert desk.post(address, edit | {"leave_out": ["status"]}).status_code == 422
    assert desk.post(address, edit | {"leave_out": ["region"]}).status_code == 302
    page = teller.get(CODE_PAGE).text
    assert re.search(rf"<del><span[^>]*>eruit: </span><bdi>{region.name}</bdi></del> · <bdi>16 of 17</bdi> · ", page)
    proposal = EditProposal.objects.get()
    teller.post(f"{CODE_PAGE}voorstel/", {"proposal": proposal.pk, "agree": agree})
    told.story.refresh_from_db()
    assert told.story.is_published == (agree == "yes")
    assert (told.story.region is None, told.story.age_band) == (agree == "yes", "16-17")
    assert bool(combinations(told.story)) == (agree == "no")
    with pytest.raises(IntegrityError), transaction.atomic():
        EditProposal.objects.update(leave_out=["audience"])


def test_declining_keeps_it_off_the_site_and_says_why(teller, told, coordinator):
    proposal = propose(told.story, coordinator)
    teller.post(f"{CODE_PAGE}voorstel/", {"proposal": proposal.pk, "agree": "no", "note": "Het uur moet blijven."})
    told.story.refresh_from_db()
    proposal.refresh_from_db()
    assert (told.story.status, proposal.state) == (Status.IN_HAND, "declined")
    assert Message.objects.get().text == "Het uur moet blijven."


@pytest.mark.parametrize("fields", [{"red_flag": True}, {"audience": "support"}, {"red_reasons": 1}])
def test_agreeing_does_not_publish_what_may_not_be_published(told, coordinator, fields):
    proposal = propose(told.story, coordinator)
    move(told.story, Status.PROPOSED, **fields)
    assert not telling.answer_proposal(story=told.story, proposal=proposal, agree=True)
    assert told.story.status == Status.IN_HAND


def test_an_old_proposal_and_one_of_another_story_cannot_be_answered(teller, told, coordinator):
    proposal = propose(told.story, coordinator)
    telling.answer_proposal(story=told.story, proposal=proposal, agree=False)
    with pytest.raises(TooLate):
        telling.answer_proposal(story=told.story, proposal=proposal, agree=True)
    other = propose(make_story(), coordinator)
    teller.post(f"{CODE_PAGE}voorstel/", {"proposal": other.pk, "agree": "yes"})
    other.refresh_from_db()
    assert other.state == "open"


def test_each_consent_is_a_row_and_counts_at_once(teller, told):
    teller.post(f"{CODE_PAGE}toestemming/", {"quote-answer": "yes", "use": "quote"})
    teller.post(f"{CODE_PAGE}toestemming/", {"read-answer": "members", "use": "read"})
    teller.post(f"{CODE_PAGE}toestemming/", {"read-answer": "the whole world", "use": "read"})
    told.story.refresh_from_db()
    assert (told.story.quotable, told.story.audience) == ("yes", "members")
    rows = [(row.use, row.answer) for row in Consent.objects.order_by("pk")]
    assert rows == [("read", "everybody"), ("quote", "no"), ("quote", "yes"), ("read", "members")]


def test_no_answer_about_consent_is_ever_changed_or_removed(told):
    consents = told.story.consents.all()
    for change in (lambda: consents.update(answer="members"), consents.delete, told.story.delete, _empty_the_log):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    withdraw(story=told.story)
    assert [(row.use, row.answer) for row in consents.order_by("pk")] == [("read", "everybody"), ("quote", "no")]


def _empty_the_log():
    with connection.cursor() as cursor:
        cursor.execute("truncate stories_consent")


def published(story, coordinator):
    move(story, Status.IN_HAND, reader=coordinator)
    publish(story=story, **text(), actor=coordinator)
    return story


def test_a_narrower_consent_takes_a_published_story_away_from_readers_at_once(told, coordinator):
    story = published(told.story, coordinator)
    telling.change_consent(story=story, use="read", answer="members")
    assert Client().get(story.get_absolute_url()).status_code == 404
    assert story.is_published
    telling.change_consent(story=story, use="read", answer="support")
    assert story.status == Status.ON_HOLD
    assert not Story.objects.published().exists()
    telling.change_consent(story=story, use="read", answer="everybody")
    assert story.status == Status.WAITING
    assert verbs()[-5:] == [
        "story.consent_changed",
        "story.consent_changed",
        "story.held",
        "story.consent_changed",
        "story.sent",
    ]


def test_a_consent_never_brings_back_what_the_support_centre_put_on_hold(told):
    move(told.story, Status.ON_HOLD)
    telling.change_consent(story=told.story, use="read", answer="members")
    assert told.story.status == Status.ON_HOLD


def test_the_difference_reads_as_both_texts():
    old, new = "Juf Marieke was er niet.\nToen wel.", "Een leraar was er niet.\nToen wel, gelukkig."
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


# --- the clock -------------------------------------------------------------------------------------------------
def test_own_time_that_is_over_sends_the_story_once(told, settings):
    assert clock.send_due() == 0
    later = timezone.now() + dt.timedelta(hours=settings.OWN_TIME_HOURS, minutes=1)
    assert [clock.send_due(now=later), clock.send_due(now=later)] == [1, 0]
    told.story.refresh_from_db()
    assert told.story.status == Status.WAITING


def test_what_the_teller_wrote_is_erased_on_its_day_and_not_before(told, coordinator):
    proposal = propose(told.story, coordinator)
    Message.objects.create(story=told.story, from_teller=True, text="Nog iets.")
    telling.answer_proposal(story=told.story, proposal=proposal, agree=True)
    assert clock.erase_due() == 0
    later = told.story.erase_raw_at + dt.timedelta(minutes=1)
    assert [clock.erase_due(now=later), clock.erase_due(now=later)] == [1, 0]
    told.story.refresh_from_db()
    proposal.refresh_from_db()
    assert told.story.raw_body is None
    assert told.story.body
    assert (proposal.body, Message.objects.get().text) == (None, None)
    assert verbs().count("story.raw_erased") == 1


def test_the_jobs_of_the_clock_carry_nothing_and_stand_in_the_timetable(db):
    from config.celery import app

    names = {entry["task"]: entry.get("args") for entry in app.conf.beat_schedule.values()}
    for job in (tasks.send_stories_whose_own_time_is_over, tasks.erase_what_tellers_wrote, tasks.clear_ended_sessions):
        assert names[job.name] is None
        job()

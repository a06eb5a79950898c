"""A reader reports a story; somebody decides and says why; both sides read it, and either may object."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from stories import codes
from stories.actions import deciding, reporting, telling, tending, withdrawing
from stories.models import HouseRule, Objection, Report, Ruling, Story
from stories.states import NotYet
from tests.stories.factory import published
from tests.test_doors import session_of

WORDS = "De jongen met de rode brommer is mijn buurjongen, dat ziet iedereen."
WHY = "We lazen het samen en haalden er niets uit waaraan iemand te herkennen is."


@pytest.fixture
def rule(db):
    return HouseRule.objects.create(slug="naam", severity="red", text="Een naam van iemand.")


@pytest.fixture
def story(db):
    return published()


def send(story, client=None, **fields):
    client = client or Client()
    page = client.get(f"/verhalen/{story.public_id}/melden/").content.decode()
    (token,) = re.findall(r'name="token" value="([^"]+)"', page)
    values = {"token": token, "why": "recognised", "text": WORDS, **fields}
    return client.post(f"/verhalen/{story.public_id}/melden/", values)


def words_on(page):
    return " ".join(re.findall(r"<li>([a-z]+)</li>", page.content.decode().split("codewords", 1)[1])[:5])


def reported(story, number=1, **fields):
    values = {"why": "recognised", "text": WORDS, **fields}
    return reporting.report_story(story=story, token=number.to_bytes(16, "big"), **values)


def decide(story, actor, outcome="left", rules=(), statement=WHY):
    tending.look_at(story=story, actor=actor)  # its page shows the text
    newest = story.rulings.order_by("pk").last()
    seen = str(newest.pk) if newest else ""
    done = reporting.rule(story=story, outcome=outcome, statement=statement, rules=rules, seen=seen, actor=actor)
    story.refresh_from_db()
    return done


def behind(code):
    client = Client()
    answer = client.post("/code/", {"code": code})
    assert answer.headers["Location"] == "/code/gemeld/"
    return client


def test_anybody_reports_a_story_and_gets_five_words_without_a_cookie(story):
    client = Client()
    page = send(story, client)
    assert page.status_code == 200
    assert not client.cookies
    assert len(words_on(page).split()) == 5
    assert Report.objects.get().text == WORDS


def test_the_page_of_a_story_leads_to_the_form_and_the_form_says_whom_it_does_not_reach(story, client):
    assert f"/verhalen/{story.public_id}/melden/" in client.get(story.get_absolute_url()).content.decode()
    page = client.get(f"/verhalen/{story.public_id}/melden/").content.decode()
    assert "niet naar Veilig Thuis" in page
    assert "csrfmiddlewaretoken" not in page


def test_a_second_click_is_one_report_with_the_same_words(story):
    client = Client()
    page = client.get(f"/verhalen/{story.public_id}/melden/").content.decode()
    (token,) = re.findall(r'name="token" value="([^"]+)"', page)
    first, second = (
        words_on(client.post(f"/verhalen/{story.public_id}/melden/", {"token": token, "why": "untrue"}))
        for _ in range(2)
    )
    assert first == second
    assert Report.objects.count() == 1


def test_something_else_asks_for_a_sentence_and_keeps_what_was_chosen(story):
    page = send(story, why="other", text=" ")
    assert page.status_code == 422
    assert "checked" in page.content.decode()
    assert not Report.objects.exists()


def test_the_text_lies_encrypted_and_a_bsn_never_comes_in(story):
    reported(story, text=f"{WORDS} Zijn bsn is 111222333.")
    with connection.cursor() as cursor:
        cursor.execute("select t::text from stories_report t")
        (row,) = cursor.fetchone()
    assert WORDS not in row
    assert WORDS.encode().hex() not in row
    assert "111222333" not in str(Report.objects.get().text)


def test_words_of_danger_bring_the_help_lines_in_the_same_answer(story):
    page = send(story, why="hurts", text="Ik wil niet meer leven en ik heb al bedacht wanneer.")
    assert Report.objects.get().danger
    assert "nu terecht" in page.content.decode()


def test_what_cannot_be_read_cannot_be_reported_and_what_is_held_takes_in_what_was_being_written(story, client):
    hidden = published(audience="members")
    assert client.get(f"/verhalen/{hidden.public_id}/melden/").status_code == 404
    assert client.post(f"/verhalen/{hidden.public_id}/melden/", {"why": "untrue"}).status_code == 404
    Story.objects.filter(pk=story.pk).update(status="on_hold")
    assert client.get(f"/verhalen/{story.public_id}/melden/").status_code == 404
    assert client.post(f"/verhalen/{story.public_id}/melden/", {"why": "untrue"}).status_code == 200


def test_sixty_reports_are_one_item_and_one_line_in_the_history(story, coordinator, as_):
    for number in range(60):
        reported(story, number)
    desk = as_(coordinator)
    with CaptureQueriesContext(connection) as captured:
        page = desk.get("/desk/").content.decode()
    assert len(captured) <= 8
    assert re.findall(rf"/desk/(\w+/?\w*)/{story.public_id}/", page) == ["gemeld", "hand/gemeld"]  # title, one action
    assert "60 keer gemeld" in page
    assert JournalEntry.objects.filter(verb="story.reported").count() == 1
    with CaptureQueriesContext(connection) as captured:
        page = desk.get(f"/desk/gemeld/{story.public_id}/").content.decode()
    assert page.count(WORDS) == 20
    assert len(captured) <= 16
    decide(story, coordinator)
    assert Report.objects.filter(ruling=None).count() == 0


def test_what_was_reported_after_the_page_was_made_is_not_decided_unread(story, coordinator, rule, as_):
    reported(story, 1)
    desk, here = as_(coordinator), f"/desk/gemeld/{story.public_id}/"

    def decided(outcome, page, **more):
        sent = dict(re.findall(r'name="(seen|read)"(?: value="(\d*)")?', page))
        answer = desk.post(here, {**sent, "outcome": outcome, "statement": WHY, **more})
        story.refresh_from_db()
        return answer

    page = desk.get(here).content.decode()
    late = reported(story, 2)
    assert decided("left", page).status_code == 302
    assert Report.objects.filter(ruling=None).get() == late.report
    assert "1 keer gemeld" in desk.get("/desk/").content.decode()
    page = desk.get(here).content.decode()
    reported(story, 3, text="Ik wil niet meer leven.")
    assert decided("off", page, rules=[rule.slug]).status_code == 409  # not gone with the story
    assert story.status == "published"
    assert decided("off", desk.get(here).content.decode(), rules=[rule.slug]).status_code == 302
    assert not Report.objects.filter(ruling=None).exists()


def test_no_number_of_reports_hides_one(story, coordinator, as_):
    reported(story, 1, text="Zijn brommer staat er nog in.")
    for number in range(2, 32):
        reported(story, number)
    desk, here = as_(coordinator), f"/desk/gemeld/{story.public_id}/"
    page = desk.get(here).content.decode()
    assert "brommer staat er nog in" not in page
    assert 'href="?alles"' in page
    with CaptureQueriesContext(connection) as captured:
        page = desk.get(f"{here}?alles").content.decode()
    assert "brommer staat er nog in" in page
    assert 'href="?alles"' not in page
    assert len(captured) <= 16


def test_one_address_is_held_back_and_loses_no_word(story):
    answers = [send(story, text=f"{WORDS} {n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert f"{WORDS} 5" in answers[-1].content.decode()
    assert Report.objects.count() == 5


def test_both_sides_read_the_decision_and_the_teller_never_the_report(coordinator):
    code = codes.new_code(b"9" * 16)
    story = published(code_hash=codes.code_hash(code))
    report = reported(story)
    decide(story, coordinator)
    assert WHY in behind(report.code).get("/code/gemeld/").content.decode()
    teller = Client()
    teller.post("/code/", {"code": code})
    page = teller.get("/code/verhaal/").content.decode()
    assert WHY in page
    assert WORDS not in page


def test_on_hold_meanwhile_and_then_back(story, coordinator, second_coordinator):
    report = reported(story)
    decide(story, coordinator, "held")
    assert story.status == "on_hold"
    page = behind(report.code).get("/code/gemeld/").content.decode()
    assert "Tot we meer weten" in page
    assert reporting.is_open(story)
    decide(story, second_coordinator, "left")
    assert story.status == "published"
    assert not reporting.is_open(story)


def test_what_a_report_holds_comes_back_by_what_is_decided_about_the_report_alone(story, coordinator, as_):
    reported(story)
    decide(story, coordinator, "held")
    desk, here = as_(coordinator), f"/desk/verhalen/{story.public_id}/"
    assert "vrijgeven" not in desk.get(here).content.decode()
    assert f"/desk/gemeld/{story.public_id}/" in desk.get(here).content.decode()
    answer = desk.post(f"{here}vrijgeven/", {"version": 1})
    assert answer.status_code == 422
    assert "Beslis eerst over wat er is gemeld" in answer.content.decode()
    story.refresh_from_db()
    assert story.status == "on_hold"


def test_what_came_back_another_way_can_be_held_again(story, coordinator, second_coordinator):
    reported(story)
    decide(story, coordinator, "held")
    for audience in ("support", "everybody"):  # its teller: to us alone, and open again
        telling.change_consent(story=story, use="read", answer=audience)
    deciding.claim(story=story, actor=coordinator)
    deciding.publish_unchanged(story=story, title="Wachten", actor=coordinator)
    decide(story, second_coordinator, "held")
    assert story.status == "on_hold"
    assert story.rulings.get(state="pending").author == second_coordinator
    assert reporting.is_open(story)


def test_off_asks_for_a_house_rule_and_leaves_nothing_to_read(story, coordinator, rule, client):
    reported(story)
    with pytest.raises(NotYet):
        decide(story, coordinator, "off")
    decide(story, coordinator, "off", [rule])
    assert story.status == "refused"
    assert client.get(story.get_absolute_url()).status_code == 404
    assert story.reasons.get().rule == rule


def test_an_objection_of_the_reporter_is_looked_at_by_somebody_else(story, coordinator, second_coordinator, rule):
    report = reported(story)
    decide(story, coordinator)
    client = behind(report.code)
    assert client.post("/code/gemeld/bezwaar/", {"text": "Zijn brommer staat er nog in."}).status_code == 302
    assert reporting.is_open(story)
    with pytest.raises(NotYet):
        decide(story, coordinator, "off", [rule])
    decide(story, second_coordinator, "off", [rule], statement="Je hebt gelijk.")
    page = client.get("/code/gemeld/").content.decode()
    assert WHY in page
    assert "Je hebt gelijk." in page
    assert client.post("/code/gemeld/bezwaar/", {"text": "Toch niet."}).status_code == 409


def test_the_teller_objects_and_the_story_comes_back_with_its_red_reason_solved(
    story, coordinator, second_coordinator, rule
):
    reported(story)
    decide(story, coordinator, "off", [rule])
    with pytest.raises(TooLate):  # the older road would let the first person decide again
        telling.object_to_decision(story=story, text="Dat klopt niet.")
    reporting.object_to_ruling(story=story, text="Er staat geen naam in. Vroeger werd ik geslagen.")
    with pytest.raises(TooLate):
        reporting.object_to_ruling(story=story, text="Er staat geen naam in. Vroeger werd ik geslagen.")
    story.refresh_from_db()
    assert story.has_open_danger  # what an objection tells is heard too
    with pytest.raises(NotYet):
        decide(story, second_coordinator, "left")
    tending.answer_danger(story=story, actor=coordinator, steps=["no_danger"])
    decide(story, second_coordinator, "left")
    assert story.status == "published"
    assert story.red_reasons == 0


def test_a_teller_who_objected_reads_that_somebody_looks_again_until_it_is_decided(
    story, coordinator, second_coordinator, rule
):
    again = "Het steunpunt kijkt er opnieuw naar."
    reported(story)
    decide(story, coordinator, "off", [rule])
    teller = Client()
    teller.cookies = session_of(None, second_factor=False, story=story)
    page = teller.get("/code/verhaal/").text
    assert again not in page
    assert "Dan kijkt iemand anders van het steunpunt ernaar" in page
    assert "nog niet gewist" not in page, "only a refusal that is looked at again keeps the text as told longer"
    assert teller.post("/code/verhaal/bezwaar/", {"text": "Er staat geen naam in."}).status_code == 302
    page = teller.get("/code/verhaal/").text
    assert again in page
    assert WHY in page
    decide(story, second_coordinator, "off", [rule], statement="We vinden het ook.")
    assert again not in teller.get("/code/verhaal/").text


def test_objecting_ends_after_three_rounds(story, coordinator, second_coordinator, rule):
    report = reported(story).report
    decide(story, coordinator)
    reporting.object_to_ruling(story=story, report=report, text="Nee.")
    decide(story, second_coordinator, "off", [rule])
    reporting.object_to_ruling(story=story, text="Nee.")
    last = decide(story, coordinator, "left")
    assert (last.round, last.state) == (3, "closed")
    report.refresh_from_db()
    assert reporting.for_objection(story, report) is None
    assert reporting.for_objection(story) is None


def test_who_decides_second_is_told_so_and_keeps_the_words(story, coordinator, second_coordinator, as_):
    reported(story)
    desk = as_(second_coordinator)
    desk.get(f"/desk/gemeld/{story.public_id}/")
    decide(story, coordinator)
    answer = desk.post(
        f"/desk/gemeld/{story.public_id}/", {"seen": "", "outcome": "left", "statement": "Dit blijft gewoon staan."}
    )
    assert answer.status_code == 409
    assert "Dit blijft gewoon staan." in answer.content.decode()
    assert Ruling.objects.count() == 1


def test_a_coordinator_decides_on_the_page_and_each_look_is_written_down(story, coordinator, as_, rule):
    reported(story)
    desk = as_(coordinator)
    page = desk.get(f"/desk/gemeld/{story.public_id}/").content.decode()
    assert WORDS in page
    assert JournalEntry.objects.about("story", story.public_id).filter(verb="story.reports_looked_at").count() == 1
    missing = desk.post(f"/desk/gemeld/{story.public_id}/", {"outcome": "off", "statement": WHY})
    assert missing.status_code == 422
    done = desk.post(f"/desk/gemeld/{story.public_id}/", {"outcome": "off", "statement": WHY, "rules": ["naam"]})
    assert done.status_code == 302
    story.refresh_from_db()
    assert story.status == "refused"


def test_the_database_wants_a_second_person(story, coordinator):
    reported(story)
    ruling = decide(story, coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.filter(pk=ruling.pk).update(reviewer=coordinator)


def test_a_story_that_is_taken_back_takes_all_that_was_written_along(story, coordinator):
    report = reported(story)
    decide(story, coordinator)
    reporting.object_to_ruling(story=story, report=report.report, text="Ik ben het er niet mee eens.")
    withdrawing.withdraw(story=story)
    assert set(Report.objects.values_list("text", "why")) == {(None, "")}
    assert set(Objection.objects.values_list("text", flat=True)) == {None}
    assert set(Ruling.objects.values_list("statement", flat=True)) == {None}
    page = behind(report.code).get("/code/gemeld/").content.decode()
    assert "nam het terug" in page
    assert WORDS not in page


def test_a_withdrawn_story_is_no_item_any_more(story, coordinator, as_):
    reported(story)
    withdrawing.withdraw(story=story)
    assert "/desk/gemeld/" not in as_(coordinator).get("/desk/").content.decode()


def test_words_go_in_time_and_with_them_the_text_of_a_story_that_was_taken_off(story, coordinator, rule):
    report = reported(story).report
    decide(story, coordinator, "off", [rule])
    soon = timezone.now() + dt.timedelta(days=settings.RAW_KEPT_DAYS - 1)
    assert reporting.erase_reports(now=soon) == 0
    late = timezone.now() + dt.timedelta(days=settings.RAW_KEPT_DAYS + 1)
    assert reporting.erase_reports(now=late) == 1
    report.refresh_from_db()
    story.refresh_from_db()
    assert (report.text, story.body, story.title) == (None, "", "")
    assert story.rulings.get().statement is None


def test_an_objection_that_waits_for_us_is_not_erased(story, coordinator):
    report = reported(story).report
    decide(story, coordinator)
    reporting.object_to_ruling(story=story, report=report, text="Nee.")
    late = timezone.now() + dt.timedelta(days=settings.RAW_KEPT_DAYS + 1)
    assert reporting.erase_reports(now=late) == 0
    assert Objection.objects.get().text == "Nee."


def test_the_words_of_a_report_do_not_open_a_story_and_another_token_gives_others(story):
    assert codes.new_code(b"a" * 16) != codes.new_code(b"a" * 16, of="report")
    client = behind(reported(story).code)
    assert client.get("/code/verhaal/").status_code == 302
    client.post("/code/klaar/")
    assert client.get("/code/gemeld/").status_code == 302

"""A sign of danger in what comes in: whom to call stands in the same answer, and nothing takes the sign away."""

import re

import pytest
from django.test import Client

from movement.models import HelpLine
from stories import danger
from stories.actions import reporting, telling
from stories.codes import new_code
from stories.models import Danger, Status, Story
from tests.browser import faults, skip_the_rest
from tests.stories.factory import published
from tests.stories.test_telling import URL, fill

SAID = "Ik wil niet meer leven en ik heb pillen klaar liggen."
CALM = "Het was een gewone dag op de groep."
NUMBER = "0800-0113"
TOKEN = b"0123456789abcdef"
CODE, MINE = "/code/", "/code/verhaal/"


@pytest.fixture
def visitor(db):
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _line(db):
    HelpLine.objects.create(name="113", purpose="Praten", number=NUMBER, urgent=True)


def helped(answer):
    (block,) = re.findall(r'<section class="notice notice--help".*?</section>', answer.text, re.DOTALL) or [""]
    return NUMBER in block


def hears(monkeypatch, word):
    """As if a danger was in this word alone."""

    def find(text):
        return danger.Danger(danger.DangerLevel.URGENT if word in text else danger.DangerLevel.NONE, ())

    monkeypatch.setattr(telling, "find_danger", find)


def test_a_danger_in_a_word_that_is_replaced_is_sent_at_once_as_the_look_back_said(visitor, monkeypatch):
    hears(monkeypatch, "Tilburg")
    data = fill(visitor, body="Ik ga springen bij het station in Tilburg.")
    assert helped(visitor.post(URL, data | {"do": "check"}))
    assert helped(visitor.post(URL, data))
    story = Story.objects.get()
    assert "Tilburg" not in (story.raw_body or "")
    assert (story.danger, story.status, story.is_heavy_to_open) == (Danger.URGENT, Status.WAITING, True)


def test_a_danger_in_words_that_take_the_place_of_others_is_seen_at_the_look_back(visitor, monkeypatch):
    hears(monkeypatch, "ophangen")
    data = fill(visitor, body="Mijn mentor heet Jeroen de Vries.", do="check")
    review = visitor.post(URL, data)
    assert not helped(review)
    own = re.search(r'name="own-(\w+)"', review.content.decode())
    assert own
    mine = {f"mark-{own[1]}": "own", f"own-{own[1]}": "die zegt dat hij me gaat ophangen"}
    assert helped(visitor.post(URL, data | mine))


ON_THE_WAY = {
    "one field is too long": {"do": "check", "helped": "a" * 5001},
    "the story is too long": {"do": "check", "feeling": f"{'a ' * 30_000}{SAID}"},
    "a choice does not exist": {"do": "check", "region": "JR99"},
    "back": {"do": "back"},
    "another language": {"do": "language"},
    "agreements": {"do": "terms"},
    "as a professional": {"do": "duty"},
    "and begin as one": {"do": "begin", "secrecy": "on"},
    "a form that was too old": {"do": "send", "token": "x"},
}


@pytest.mark.parametrize("url", ["/vertel/", "/ar/vertel/"])
@pytest.mark.parametrize("sent", ON_THE_WAY.values(), ids=ON_THE_WAY)
def test_whatever_is_asked_for_on_the_way_who_tells_of_danger_sees_whom_to_call(visitor, url, sent):
    answer = visitor.post(url, fill(visitor, body=SAID) | sent)
    assert helped(answer)
    if sent["do"] in ("back", "language", "terms", "duty", "begin"):
        assert not helped(visitor.post(url, fill(visitor, body=CALM) | sent))


@pytest.mark.parametrize(("language", "unasked"), [("", False), ("/en", True), ("/ar", True)])
def test_where_danger_is_not_always_seen_the_look_back_says_unasked_whom_to_call(visitor, language, unasked):
    assert helped(visitor.post(f"{language}{URL}", fill(visitor, body=CALM, do="check"))) == unasked


@pytest.fixture
def behind(visitor):
    visitor.handler.enforce_csrf_checks = False
    telling.tell(token=TOKEN, answers=telling.Answers(body=CALM), send_now=True)
    visitor.post(CODE, {"code": new_code(TOKEN)})
    return visitor


BEHIND = {
    "it is too long": ("schrijf/", {"message": f"{SAID}{'a' * 5000}"}, 422),
    "something else is wrong": ("bericht/", {"message": SAID, "email": "x"}, 422),
    "another language": ("", {"message": SAID}, 200),
    "too late": ("antwoord/", {"text": SAID}, 409),
    "before taking it back": ("terugnemen/", {"message": SAID, "do": "ask"}, 200),
    "before changing the story": ("opnieuw/", {"message": SAID}, 200),
    "a story that is changed": ("opnieuw/", {"version": "1", "body": SAID, "region": "JR99", "do": "check"}, 422),
}


@pytest.mark.parametrize(("door", "sent", "status"), BEHIND.values(), ids=BEHIND)
def test_what_is_written_behind_the_code_is_heard_when_it_cannot_be_kept_too(behind, door, sent, status):
    calm = {name: value.replace(SAID, CALM) for name, value in sent.items()}
    answer = behind.post(MINE + door, calm)
    assert (answer.status_code, helped(answer)) == (status, False)
    answer = behind.post(MINE + door, sent)
    assert (answer.status_code, helped(answer)) == (status, True)
    assert Story.objects.get().danger == Danger.NONE, "nothing of it came in"


def test_it_is_heard_when_too_much_was_written(behind):
    for n in range(20):
        behind.post(f"{MINE}schrijf/", {"message": f"Hoe gaat het nu? {n}"})
    assert helped(behind.post(f"{MINE}schrijf/", {"message": SAID}))


@pytest.mark.parametrize("sent", [{"message": SAID}, {"version": "1", "body": SAID}], ids=["word", "story"])
def test_it_is_heard_when_the_time_was_over_and_at_every_wrong_code_after_that(behind, sent):
    behind.post("/code/klaar/")
    door = "opnieuw/" if "version" in sent else "schrijf/"
    closed = behind.post(MINE + door, sent)
    assert 'name="code"' in closed.text
    assert helped(closed)
    kept = sent if "version" in sent else {"kept": SAID}
    assert helped(behind.post(CODE, kept | {"code": "een twee"}))
    assert not helped(behind.post(CODE, {"code": "een twee", "kept": CALM}))


@pytest.mark.parametrize("sent", [{"kept": SAID}, {"version": "1", "body": SAID}], ids=["word", "story"])
@pytest.mark.parametrize("changed", [False, True], ids=["as it was", "story that cannot be changed any more"])
def test_it_is_heard_when_it_comes_back_behind_the_code(behind, sent, changed):
    behind.post("/code/klaar/")
    if changed:
        Story.objects.update(raw_body=None)
    back = behind.post(CODE, sent | {"code": new_code(TOKEN)}, follow=True)
    assert f"{SAID}</textarea>" in back.text
    assert helped(back)


def test_it_is_heard_when_a_changed_story_comes_too_late(behind):
    Story.objects.update(raw_body=None)
    answer = behind.post(f"{MINE}opnieuw/", {"version": "1", "body": SAID, "do": "send"})
    assert (answer.status_code, helped(answer)) == (409, True)


def test_a_text_that_is_far_too_long_is_heard_at_both_ends_and_costs_no_seconds(visitor, monkeypatch):
    asked: list[int] = []
    find = danger.find_danger

    def counted(text):
        asked.append(len(text))
        return find(text)

    monkeypatch.setattr(telling, "find_danger", counted)
    for body in (SAID + " ja" * 500_000, "ja " * 500_000 + SAID):
        for do in ("duty", "check"):
            assert helped(visitor.post(URL, fill(visitor, body=body, do=do)))
    assert max(asked) < 50_000


REPORT = {"why": "recognised", "text": SAID}


@pytest.mark.parametrize("wrong", [{"why": ""}, {"text": SAID + "a" * 2000}], ids=["no reason", "too long"])
def test_who_reports_a_story_in_words_of_danger_is_heard_when_it_cannot_be_kept_too(visitor, wrong):
    door = f"/verhalen/{published().public_id}/melden/"
    calm = {name: value.replace(SAID, CALM) for name, value in (REPORT | wrong).items()}
    assert not helped(visitor.post(door, calm))
    answer = visitor.post(door, REPORT | wrong)
    assert (answer.status_code, helped(answer)) == (422, True)


def test_it_is_heard_when_too_much_was_reported(visitor):
    door = f"/verhalen/{published().public_id}/melden/"
    for _turn in range(5):
        visitor.post(door, REPORT | {"text": CALM})
    answer = visitor.post(door, REPORT)
    assert (answer.status_code, helped(answer)) == (429, True)


@pytest.fixture
def reporter(visitor, coordinator):
    visitor.handler.enforce_csrf_checks = False
    story = published()
    reporting.report_story(story=story, token=TOKEN, why="recognised", text=CALM)
    reporting.rule(story=story, outcome="left", statement="Het blijft.", rules=(), seen="", actor=coordinator)
    visitor.post(CODE, {"code": new_code(TOKEN, of="report")})
    return visitor


def test_who_objects_in_words_of_danger_is_heard_whatever_becomes_of_it(reporter):
    door, page = "/code/gemeld/bezwaar/", "/code/gemeld/"
    assert not helped(reporter.get(page))
    assert helped(reporter.post(door, {"text": SAID + "a" * 2000}))
    reporter.post("/code/klaar/")
    assert helped(reporter.post(door, {"text": SAID}))
    back = reporter.post(CODE, {"kept": SAID, "code": new_code(TOKEN, of="report")}, follow=True)
    assert (back.status_code, back.request["PATH_INFO"], helped(back)) == (200, page, True)
    assert not helped(reporter.get(page)), "nothing of it came in"
    assert helped(reporter.post(door, {"text": SAID}, follow=True))
    assert helped(reporter.post(door, {"text": SAID})), "too late"


@pytest.mark.browser
def test_whom_to_call_is_above_the_story_again_and_not_above_each_question(phone, transactional_db):
    phone.goto(URL)
    phone.fill("[name=body]", SAID)
    phone.click("[data-actions] button:visible >> nth=0")
    skip_the_rest(phone)
    phone.click("button[value=check]")
    phone.wait_for_selector(".review")
    phone.click("button[value=back]")
    phone.wait_for_selector("[data-heard] .helplines a")
    assert phone.input_value("[name=body]") == SAID
    assert faults(phone) == []
    phone.click("[data-actions] button:visible >> nth=0")
    assert phone.locator(".helplines").count() == 0
    phone.wait_for_selector(".now summary")

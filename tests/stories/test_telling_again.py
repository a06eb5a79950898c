"""What a teller can count on behind the code: nothing typed is lost, a refusal can be answered, the clock is fair."""

import datetime as dt
import re
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from actionteams.actions import record_change, take_up
from stories import staffed
from stories.actions import clock, telling
from stories.actions.deciding import agreed_edit, ask, claim, propose_edit, publish_unchanged, refuse
from stories.codes import code_hash, new_code
from stories.models import EditProposal, HouseRule, Status, Story
from tests.movement_of import a_team
from tests.stories.factory import a_story, published

pytestmark = pytest.mark.django_db
TOKEN = b"0123456789abcdef"


@pytest.fixture
def told():
    return telling.tell(token=TOKEN, answers=telling.Answers(body="Niemand belde terug."), send_now=True).story


@pytest.fixture
def rule():
    return HouseRule.objects.create(slug="herkenbaar", severity="amber", text="Iemand is te herkennen.")


def by_code(client):
    client.post("/code/", {"code": new_code(TOKEN)})
    return client


def time_is_over(client):
    session = client.session
    session["teller"] = session["teller"] | {"until": 1}
    session.save()


def test_what_was_typed_too_long_is_kept_behind_the_code_and_not_sent(client, told, coordinator):
    claim(story=told, actor=coordinator)
    ask(story=told, text="Wie belde er niet?", actor=coordinator)
    by_code(client)
    time_is_over(client)
    locked = client.post("/code/verhaal/antwoord/", {"text": "De voogd belde niet."})
    assert 'type="hidden" name="kept" value="De voogd belde niet."' in locked.content.decode()
    assert not told.messages.filter(from_teller=True).exists()
    wrong = client.post("/code/", {"code": "een twee", "kept": "De voogd belde niet."})
    assert 'value="De voogd belde niet."' in wrong.content.decode()
    back = client.post("/code/", {"code": new_code(TOKEN), "kept": "De voogd belde niet."}, follow=True).text
    assert "De voogd belde niet.</textarea>" in back
    client.post("/code/verhaal/antwoord/", {"text": "De voogd belde niet."})
    assert told.messages.get(from_teller=True).text == "De voogd belde niet."


TYPED = {"text": "Half getypt", "note": "Half bezwaar", "message": "Half gevraagd", "email": "half@example.org",
         "quote-answer": "ask"}  # fmt: skip


@pytest.mark.parametrize("status", ["own_time", "question", "proposed", "refused", "published"])
def test_no_button_behind_the_code_loses_what_was_typed_elsewhere_on_the_page(
    client, coordinator, host, region, status
):
    make = published if status == "published" else partial(a_story, status=status, raw_body="Zo was het")
    reader = None if status == "own_time" else coordinator
    told = make(code_hash=code_hash("aap noot mies wim zus"), reader=reader, quotable="no", region=region)
    EditProposal.objects.create(story=told, title="T", body="Iets", helped="", feeling="", why="W")
    if status == "published":
        team = a_team(host, region)
        take_up(team=team, story=told, actor=host)
        record_change(team=team, actor=host, text="Er wordt gebeld.")
    client.post("/code/", {"code": "aap noot mies wim zus"})
    page = client.get("/code/verhaal/").text
    fields = dict(re.findall(r'name="(text|note|message|email|quote-answer)"[^>]*(form="mine")', page))
    typed = {name: value for name, value in TYPED.items() if name in fields}
    assert "email" in typed
    doors = set(re.findall(r'<button[^>]*formaction="([^"]+)"[^>]*?(?: name="(\w+)" value="(\w*)")?>', page))
    sent = {
        "schrijf": ["message"],
        "antwoord": ["text"],
        "bezwaar": ["text"],
        "voorstel": ["note", "original"],
        "bericht": ["email"],
    }
    for door, name, value in sorted(doors):
        done = ["quote-answer"] if value == "quote" else sent.get(door.split("/")[-2], [])
        with transaction.atomic():
            chosen = typed | {"proposal": told.proposals.get().pk} | ({name: value} if name else {})
            after = client.post(door, chosen, follow=True).text
            if door.endswith(("/terugnemen/", "/opnieuw/")):
                hidden = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', after))
                assert 'formaction="/code/verhaal/"' in after, "and whoever does not do it goes on with it"
                assert hidden.items() >= typed.items()
            else:
                assert_still_there({field: typed[field] for field in typed if field not in done}, after, door)
            transaction.set_rollback(True)
    assert len(doors) > 8, "another language among them"
    # a file, the end, the way out in a hurry, and the page itself
    others = {"/code/verhaal/meenemen/", "/code/klaar/", "/snel-weg/", "/code/verhaal/"}
    assert set(re.findall(r'<form[^>]* action="([^"]+)"', page)) <= others, (
        "every other button sends all that was typed"
    )
    assert 'href="/code/verhaal/terugnemen/"' not in page


def assert_still_there(typed, page, door):
    for name, value in typed.items():
        shown = 'value="ask"[^>]* checked' if name == "quote-answer" else re.escape(value)
        assert re.search(shown, page), (door, name)


def test_a_refusal_can_be_answered_and_the_story_is_read_again_and_kept(client, told, coordinator, rule):
    claim(story=told, actor=coordinator)
    refuse(story=told, rules=[rule], statement="Je juf is te herkennen.", actor=coordinator)
    page = by_code(client).get("/code/verhaal/").content.decode()
    assert "Iemand is te herkennen." in page
    assert "/code/verhaal/bezwaar/" in page
    assert client.post("/code/verhaal/bezwaar/", {"text": " "}).status_code == 422
    client.post("/code/verhaal/bezwaar/", {"text": "Zij vindt het goed."})
    told.refresh_from_db()
    assert (told.status, told.reader, told.erase_raw_at) == (Status.WAITING, None, None)
    assert clock.erase_due(now=timezone.now() + dt.timedelta(days=99)) == 0


def test_after_an_objection_an_earlier_yes_to_an_edit_counts_no_more(told, coordinator, rule):
    Story.objects.update(audience="everybody")
    claim(story=told, actor=coordinator)
    told.refresh_from_db()
    edit = propose_edit(story=told, title="Bellen", body="Iemand belde niet.", helped="", feeling="", why="Een naam.",
                        rules=[rule], actor=coordinator)  # fmt: skip
    assert telling.answer_proposal(story=told, proposal=edit, agree=True)
    telling.object_to_decision(story=told, text="Toch liever anders.")
    claim(story=told, actor=coordinator)
    assert agreed_edit(told) is None
    publish_unchanged(story=told, title="Wachten", actor=coordinator)
    assert (told.title, told.body) == ("Wachten", told.raw_body)


def test_an_erased_story_is_not_asked_to_be_read_again(client, told, coordinator, rule):
    claim(story=told, actor=coordinator)
    refuse(story=told, rules=[rule], statement="Nee.", actor=coordinator)
    Story.objects.update(raw_body=None)
    assert "/code/verhaal/bezwaar/" not in by_code(client).get("/code/verhaal/").content.decode()
    client.post("/code/verhaal/bezwaar/", {"text": "Toch graag."})
    told.refresh_from_db()
    assert told.status == Status.REFUSED


def test_danger_in_a_later_answer_starts_its_own_clock(told, coordinator):
    Story.objects.update(sent_at=timezone.now() - dt.timedelta(days=9))
    told.refresh_from_db()
    claim(story=told, actor=coordinator)
    ask(story=told, text="Hoe gaat het nu?", actor=coordinator)
    told.refresh_from_db()
    telling.answer_question(story=told, text="Ik wil niet meer leven, vanavond doe ik het.")
    told.refresh_from_db()
    assert told.danger == "urgent"
    assert staffed.danger_due(told.danger, told.danger_at) > timezone.now()


def test_no_danger_has_no_clock(told):
    assert told.danger_at is None
    assert a_story().danger_at is None


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("ma-vr 9-17", "maandag tot en met vrijdag, van 9 tot 5"),
        ("za 10-12", "zaterdag, van 10 tot 12"),
        ("ma-zo 9-21", "maandag tot en met zondag, van 9 tot 21"),
    ],
)
def test_the_staffed_hours_are_said_in_words(setting, words):
    assert str(staffed.parse(setting)) == words


@pytest.fixture
def open_to_all(told):
    Story.objects.update(audience="everybody")
    told.refresh_from_db()
    return told


def test_a_teller_sees_the_title_that_was_chosen_and_can_have_it_looked_at_again(client, open_to_all, coordinator):
    told = open_to_all
    claim(story=told, actor=coordinator)
    publish_unchanged(story=told, title="Boos op de voogd", actor=coordinator)
    page = by_code(client).get("/code/verhaal/").content.decode()
    assert "Boos op de voogd" in page
    assert "/code/verhaal/bezwaar/" in page
    client.post("/code/verhaal/bezwaar/", {"text": "Ik was niet boos."})
    told.refresh_from_db()
    assert told.status == Status.WAITING
    assert client.get(told.get_absolute_url()).status_code == 404
    assert [message.text for message in told.messages.all()] == ["Ik was niet boos."]
    claim(story=told, actor=coordinator)
    publish_unchanged(story=told, title="Niemand belde", actor=coordinator)
    assert "Niemand belde" in client.get(told.get_absolute_url()).content.decode()


def test_when_the_own_text_is_erased_the_way_left_is_to_take_it_back(client, open_to_all, coordinator):
    told = open_to_all
    claim(story=told, actor=coordinator)
    publish_unchanged(story=told, title="Niemand belde", actor=coordinator)
    Story.objects.filter(pk=told.pk).update(raw_body=None)
    page = by_code(client).get("/code/verhaal/").content.decode()
    assert "/code/verhaal/bezwaar/" not in page
    assert "Hieronder kun je je verhaal terugnemen" in page

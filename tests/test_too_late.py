"""Who comes second, twice, or too late: a kind page in Dutch, one change, and nothing typed is lost."""

import re
import time
from typing import Any

import pytest
from django.utils import timezone

from core.models import JournalEntry
from monitor.actions import preview_import
from monitor.models import Indicator
from stories.actions import deciding
from stories.actions.withdrawing import withdraw
from stories.models import EditProposal, HouseRule, Status, Story
from stories.setup import load_house_rules
from tests.stories.factory import a_story, looked_at
from tests.test_doors import session_of

pytestmark = pytest.mark.django_db

TYPED = "Een lange brief die niemand twee keer wil schrijven."
EDIT: dict[str, Any] = {"title": "Bellen", "body": TYPED, "helped": "", "feeling": "", "why": "Er stond een naam."}


@pytest.fixture
def in_hand(coordinator, region):
    load_house_rules()
    return a_story(status=Status.IN_HAND, reader=coordinator, claimed_at=timezone.now(), region=region)


def behind(client, story):
    client.cookies = session_of(None, second_factor=False, story=story)
    return client


def test_a_coordinator_who_was_overtaken_keeps_what_she_wrote(in_hand, coordinator, second_coordinator, as_):
    rule = HouseRule.objects.get(slug="naam")
    deciding.claim(story=in_hand, actor=second_coordinator, from_reader=coordinator.public_id)
    late = as_(coordinator).post(
        f"/desk/verhalen/{in_hand.public_id}/voorstel/", {**EDIT, "rules": [rule.slug], "heavy": "no", "version": 1}
    )
    page = late.content.decode()
    assert late.status_code == 409
    assert TYPED in page
    assert "Hanna heeft dit verhaal nu" in page
    assert not EditProposal.objects.exists()
    assert not in_hand.reasons.exists()


def test_a_decision_that_the_rules_forbid_is_said_also_where_its_form_is_not_shown(in_hand, coordinator, as_):
    Story.objects.filter(pk=in_hand.pk).update(audience="support")
    sent = {"title": "Bellen", "stays": looked_at(in_hand), "heavy": "no", "version": 1}
    page = as_(coordinator).post(f"/desk/verhalen/{in_hand.public_id}/plaatsen/", sent)
    assert page.status_code == 422
    assert "alleen het steunpunt" in page.content.decode()


def test_an_edit_is_agreed_to_once_however_often_it_is_sent(client, in_hand, coordinator):
    rule = HouseRule.objects.get(slug="naam")
    edit = deciding.propose_edit(story=in_hand, actor=coordinator, rules=[rule], **EDIT)
    teller, sent = behind(client, in_hand), {"agree": "yes", "proposal": edit.pk}
    assert teller.post("/code/verhaal/voorstel/", sent).url == "/code/verhaal/"
    second = teller.post("/code/verhaal/voorstel/", sent, follow=True)
    assert "Er is intussen iets veranderd" in second.content.decode()
    verbs = JournalEntry.objects.about("story", in_hand.public_id).values_list("verb", flat=True)
    assert sorted(verbs).count("story.agreed") == sorted(verbs).count("story.published") == 1


def test_a_teller_whose_edit_was_replaced_keeps_what_she_wrote_about_it(client, in_hand, coordinator):
    old = EditProposal.objects.create(story=in_hand, title="Oud", body="Oud", state="replaced")
    EditProposal.objects.create(story=in_hand, title="Nieuw", body="Nieuw")
    Story.objects.filter(pk=in_hand.pk).update(status=Status.PROPOSED)
    teller = behind(client, in_hand)
    late = teller.post("/code/verhaal/voorstel/", {"agree": "no", "note": TYPED, "proposal": old.pk})
    assert late.status_code == 409
    assert TYPED in late.content.decode()
    assert "Er is intussen iets veranderd" in late.content.decode()
    assert not in_hand.messages.exists()


def test_two_clicks_on_an_answer_are_one_answer(client, in_hand):
    Story.objects.filter(pk=in_hand.pk).update(status=Status.QUESTION)
    teller = behind(client, in_hand)
    for _click in range(2):
        assert teller.post("/code/verhaal/antwoord/", {"text": TYPED}).status_code == 302
    assert [message.text for message in in_hand.messages.all()] == [TYPED]


@pytest.mark.parametrize("door", ["antwoord", "bezwaar", "voorstel", "nu", "toestemming", "terugnemen"])
def test_a_form_that_was_open_while_the_story_was_taken_back_changes_nothing(client, in_hand, door):
    teller = behind(client, in_hand)
    withdraw(story=in_hand)
    before = Story.objects.values().get(pk=in_hand.pk)
    sent = {"text": TYPED, "note": TYPED, "agree": "yes", "proposal": "1", "use": "read", "sure": "on"}
    sent["read-answer"] = "everybody"
    page = teller.post(f"/code/verhaal/{door}/", sent, follow=True)
    assert page.status_code == 200
    assert "teruggenomen" in page.content.decode() or "Er is intussen iets veranderd" in page.content.decode()
    assert TYPED not in page.content.decode()
    assert Story.objects.values().get(pk=in_hand.pk) == before
    assert not in_hand.messages.exists()


def test_a_log_in_code_is_over_after_its_minutes(client, smtp, professional, settings, monkeypatch):
    page = client.post("/inloggen/", {"email": professional.email})
    code, now = smtp.code_for(professional.email), time.time()
    monkeypatch.setattr(time, "time", lambda: now + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT + 1)
    late = client.post(page.headers["Location"], {"code": code}, follow=True)
    assert "_auth_user_id" not in client.session
    assert late.status_code in (200, 422)
    assert "<h1>Inloggen</h1>" in late.content.decode()


def test_who_comes_too_late_is_led_to_a_page_that_opens(as_, analyst, municipality):
    Indicator.objects.get_or_create(
        slug="plaatsingen",
        defaults={"name": "Plaatsingen", "definition": "x", "unit": "aantal", "rule": "A", "caveat": "x"},
    )
    file = b"reeks;periode;gebied;waarde;bron\nplaatsingen;2023;GM0200;12;Bron\n"
    seen = preview_import(file_name="x.csv", data=file, by=analyst, only_areas={municipality.code})
    visit, address = as_(analyst), f"/monitor/invoer/{seen.public_id}/"
    came_from = {"Referer": f"http://testserver{address}"}
    assert visit.post(f"{address}besluit/", headers=came_from).status_code == 302
    late = visit.post(f"{address}besluit/", {"drop": "1"}, headers=came_from)
    assert late.status_code == 409
    assert "net voor" in late.content.decode()
    links = re.findall(r'class="button button--quiet" href="([^"]+)"', late.content.decode())
    assert links == [address]
    assert visit.get(links[0]).status_code == 200
    foreign = visit.post(f"{address}besluit/", {"drop": "1"}, headers={"Referer": "https://elders.example/weg/"})
    assert 'class="button button--quiet" href="/"' in foreign.content.decode()

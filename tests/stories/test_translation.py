"""A story in another language: a person translates it, the teller agrees, and what was told stands beside it or not."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from movement.models import HelpLine
from stories.actions.deciding import claim
from stories.models import Consent, EditProposal, Story
from stories.setup import load_house_rules
from stories.tongue import language_of
from tests.stories.factory import a_story, published

ARABIC = "كنت أعيش في مجموعة، وقالت المرشدة إنني أستطيع الاتصال بأمي ساعة واحدة فقط."
TURKISH = "Annem hafta sonu gelemedi çünkü grupta kimse bana izin vermedi ve çok üzüldüm."
DUTCH = "Ik woonde op een groep. Ik mocht maar één uur bellen met mijn moeder, vertelde mijn mentor."
EDIT = {"title": "Eén uur bellen", "body": DUTCH, "helped": "", "feeling": "", "why": "", "heavy": "no"}


@pytest.fixture
def told(db):
    """A story as it is told on the Arabic page, with the client that knows its code."""
    load_house_rules()
    client = Client()
    token = re.findall(r'name="token" value="([^"]+)"', client.get("/ar/vertel/").text)[0]
    data = {"token": token, "body": ARABIC, "audience": "everybody", "when": "now", "do": "send"}
    page = client.post("/ar/vertel/", data).text
    words = re.findall(r"<li>([a-z]+)</li>", page)
    client.post("/ar/code/", {"code": " ".join(words)})
    return Story.objects.get(), client


@pytest.fixture
def desk(as_, coordinator, told):
    claim(story=told[0], actor=coordinator)
    return as_(coordinator)


def do(desk, story, verb, **data):
    return desk.post(f"/desk/verhalen/{story.public_id}/{verb}/", {"version": story.version, **data})


def agree(told, **more):
    _story, teller = told
    proposal = EditProposal.objects.get(state="open")
    return teller.post("/ar/code/verhaal/voorstel/", {"proposal": proposal.pk, "agree": "yes", **more})


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [(ARABIC, "ar", "ar"), (ARABIC, "nl", "ar"), (TURKISH, "tr", "tr"), (DUTCH, "tr", "nl"), (DUTCH, "nl", "nl")],
)
def test_the_page_says_the_language_unless_the_text_says_otherwise(text, page, language):
    assert language_of(text, page) == language


def test_the_desk_sees_the_language_and_can_correct_it(told, desk):
    story, _teller = told
    assert story.language == "ar"
    page = desk.get(f"/desk/verhalen/{story.public_id}/").text
    assert "Verteld in het Arabisch" in page
    assert 'lang="ar" dir="auto"' in page
    assert do(desk, story, "taal", language="tr").status_code == 302
    assert do(desk, story, "taal", language="xx").status_code == 422
    story.refresh_from_db()
    assert story.language == "tr"


def test_nothing_but_dutch_comes_on_the_site(told, desk):
    story, _teller = told
    assert do(desk, story, "plaatsen", title="Eén uur bellen").status_code == 422
    with pytest.raises(IntegrityError, match="story_published_in_dutch"), transaction.atomic():
        published(language="ar", body=ARABIC)


def test_a_translation_that_adds_a_name_is_pointed_out_and_not_offered_before_somebody_looked(told, desk):
    story, _teller = told
    named = EDIT | {"body": f"{DUTCH} Zij heet Fatima en woont in Apeldoorn."}
    page = do(desk, story, "voorstel", **named)
    assert page.status_code == 422
    assert "“Fatima”" in page.text
    assert "“Apeldoorn”" in page.text
    assert not story.proposals.exists()
    assert do(desk, story, "voorstel", **named, looked="on").status_code == 302
    assert story.proposals.get().translates


def test_an_edit_that_adds_a_name_is_pointed_out_and_one_that_the_teller_left_is_not(as_, coordinator):
    load_house_rules()
    story = a_story(status="in_hand", reader=coordinator, raw_body="Juf Ingrid luisterde.")
    desk, edit = as_(coordinator), {**EDIT, "why": "Zo.", "rules": ["naam"]}
    assert do(desk, story, "voorstel", **edit | {"body": "Juf Ingrid en Fatima luisterden."}).status_code == 422
    assert do(desk, story, "voorstel", **edit | {"body": "Juf Ingrid luisterde goed."}).status_code == 302


def test_the_teller_sees_both_and_readers_see_the_translation_and_what_was_told(told, desk, client):
    story, teller = told
    do(desk, story, "voorstel", **EDIT, original="on")
    page = teller.get("/ar/code/verhaal/").text
    assert ARABIC in page
    assert DUTCH in page
    assert 'name="original"' in page
    assert agree(told, original="on").headers["Location"] == "/ar/code/verhaal/"
    page = client.get(f"/verhalen/{story.public_id}/").text
    assert DUTCH in page
    assert "Verteld in het Arabisch" in page
    assert 'lang="ar" dir="rtl"' in page
    assert ARABIC in page
    assert story.get_absolute_url() in client.get("/verhalen/?q=moeder+bellen").text
    teller.post("/ar/code/verhaal/toestemming/", {"own-answer": "no", "use": "own"})
    page = client.get(f"/verhalen/{story.public_id}/").text
    assert DUTCH in page
    assert ARABIC not in page
    assert list(Consent.objects.filter(use="own").values_list("answer", flat=True)) == ["yes", "no"]


@pytest.mark.parametrize(("offered", "wanted"), [("", "on"), ("on", "")])
def test_what_was_told_is_only_shown_when_both_want_that(told, desk, client, offered, wanted):
    story, _teller = told
    do(desk, story, "voorstel", **EDIT, **({"original": "on"} if offered else {}))
    agree(told, **({"original": "on"} if wanted else {}))
    page = client.get(f"/verhalen/{story.public_id}/").text
    assert DUTCH in page
    assert ARABIC not in page


def test_taking_the_story_back_takes_the_translation_and_what_was_told(told, desk, client):
    story, teller = told
    do(desk, story, "voorstel", **EDIT, original="on")
    agree(told, original="on")
    teller.post("/ar/code/verhaal/terugnemen/", {"sure": "on"})
    story.refresh_from_db()
    assert (story.original_body, story.body, story.raw_body, story.translated) == ("", "", None, False)
    assert client.get(f"/verhalen/{story.public_id}/").status_code == 410
    assert not EditProposal.objects.exclude(body=None).exists()
    assert ARABIC not in teller.post("/ar/code/verhaal/meenemen/").text


def test_in_another_language_the_lines_for_an_emergency_stand_there_unasked_and_numbers_are_found(client, db):
    HelpLine.objects.create(name="112", purpose="x", number="112", hours="y", urgent=True, checked_on="2026-01-01")
    page = client.post("/ar/vertel/", {"body": f"{ARABIC} رقمي ٠٦١٢٣٤٥٦٧٨ أو NL٩١ABNA٠٤١٧١٦٤٣٠٠", "do": "check"}).text
    assert 'href="tel:112"' in page.split("<footer")[0]
    assert "mark--phone" in page
    assert "mark--iban" in page
    assert "een telefoonnummer" not in page

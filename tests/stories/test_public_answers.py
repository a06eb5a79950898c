"""An organisation answers a story: by its voice, read first by a coordinator, seen by all, gone with the story."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from letters import actions as letters
from letters.lines import inbox
from movement.models import Appointment, Organisation
from stories.actions.answering import publish_answer, refuse_answer, settle_promise, write_answer
from stories.actions.withdrawing import withdraw
from stories.models import HouseRule, PublicAnswer
from stories.setup import load_house_rules
from stories.states import NotYet
from tests.conftest import make_member
from tests.stories.factory import published
from tests.test_doors import session_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
IN_MAY = TODAY() + dt.timedelta(days=40)


@pytest.fixture
def organisation():
    return Organisation.objects.create(name="De Kromme Wilg", kind="provider")


@pytest.fixture
def voice(organisation):
    member = make_member("Stem", "organisation")
    Appointment.objects.create(member=member, kind="voice", organisation=organisation)
    return member


@pytest.fixture
def story():
    return published(title="Zes uur bellen")


@pytest.fixture
def answered(story, voice, organisation):
    def answer(kind="thanks", **fields):
        due = {"due_on": IN_MAY} if kind == "will_do" else {}
        words = {"text": "Dank je dat je dit vertelt.", "actor": voice, "organisation": organisation}
        return write_answer(story=story, kind=kind, **words | due | fields)

    return answer


def page_of(client, story):
    return client.get(story.get_absolute_url()).content.decode()


def desk(answer):
    return f"/desk/antwoorden/{answer.public_id}/"


def test_an_answer_goes_from_the_voice_by_the_desk_to_the_story_its_thread_and_its_teller(
    client, as_, story, voice, coordinator
):
    assert "antwoord/" not in page_of(client, story)
    writer = as_(voice)
    assert f'href="{story.get_absolute_url()}antwoord/"' in page_of(writer, story)
    sent = {"organisation": Organisation.objects.get().public_id, "kind": "will_do", "due_on": IN_MAY.isoformat(),
            "text": "Vanaf mei bel je wanneer je wilt. Vraag het Tarik op 06-12345678."}  # fmt: skip
    assert writer.post(f"{story.get_absolute_url()}antwoord/", sent).status_code == 302
    answer = PublicAnswer.objects.get()
    assert "wanneer je wilt" not in page_of(client, story)
    marijke = as_(coordinator)
    assert desk(answer) in marijke.get("/desk/").content.decode()
    assert '<mark class="mark mark--' in marijke.get(desk(answer)).content.decode()
    assert marijke.post(desk(answer), {"do": "publish"}).status_code == 302
    page = page_of(client, story)
    for said in ("De Kromme Wilg", "Wat we gaan doen", "wanneer je wilt", "De Kromme Wilg antwoordde"):
        assert said in page
    client.cookies = session_of(None, second_factor=False, story=story)
    behind = client.get("/code/verhaal/").content.decode()
    assert "wanneer je wilt" in behind
    assert "De Kromme Wilg antwoordde" in behind
    verbs = [entry.verb for entry in JournalEntry.objects.about("publicanswer", answer.public_id).order_by("pk")]
    assert verbs == ["publicanswer.written", "publicanswer.published"]
    letters.make_letters()
    assert "Je antwoord staat op de site." in [line.text for line in inbox(voice)]


def test_only_who_speaks_for_an_organisation_now_can_answer(as_, story, voice, professional, coordinator):
    address = f"{story.get_absolute_url()}antwoord/"
    assert as_(None).get(address).status_code == 302
    for member in (professional, coordinator):
        assert as_(member).get(address).status_code == 403
    Appointment.objects.filter(member=voice).update(ends_on=TODAY())
    assert as_(voice).post(address, {"kind": "thanks", "text": "Dank je."}).status_code == 403
    assert "antwoord/" not in page_of(as_(voice), story)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "will_do", "due_on": ""}, "erop rekenen"),
        ({"kind": "will_do", "due_on": "2020-01-01"}, "nog moet komen"),
        ({"kind": "", "text": "Dank je."}, "het beste past"),
        ({"text": " \u200b "}, "staat nog niets"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(as_, story, voice, wrong, said):
    sent = {"organisation": Organisation.objects.get().public_id, "kind": "thanks", "text": "Een lange brief."}
    page = as_(voice).post(f"{story.get_absolute_url()}antwoord/", sent | wrong)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert wrong.get("text", "Een lange brief.").strip(" \u200b") in page.content.decode()
    assert not PublicAnswer.objects.exists()


def test_who_writes_while_the_story_is_taken_back_keeps_the_words(as_, story, voice):
    withdraw(story=story)
    page = as_(voice).post(f"{story.get_absolute_url()}antwoord/", {"kind": "thanks", "text": "Een lange brief."})
    assert page.status_code == 409
    assert "Een lange brief." in page.content.decode()
    assert as_(voice).get(f"{story.get_absolute_url()}antwoord/").status_code in (404, 410)


def test_the_page_itself_sends_which_organisation_it_is(as_, story, voice):
    """Who speaks for one has nothing to choose, and for two she chooses."""
    address = f"{story.get_absolute_url()}antwoord/"
    [alone] = re.findall(
        r'<input type="hidden" name="organisation" value="(\w+)"', as_(voice).get(address).content.decode()
    )
    sent = {"organisation": alone, "kind": "thanks", "text": "Dank je dat je dit vertelt."}
    assert as_(voice).post(address, sent).status_code == 302
    Appointment.objects.create(
        member=voice, kind="voice", organisation=Organisation.objects.create(name="De Esdoorn", kind="school")
    )
    page = as_(voice).get(address).content.decode()
    assert page.count('type="radio" name="organisation"') + page.count("<option") >= 2
    assert "checked" not in page


def test_two_clicks_are_one_answer(as_, story, voice, answered):
    answered()
    sent = {"organisation": Organisation.objects.get().public_id, "kind": "thanks", "text": "Nog een keer."}
    page = as_(voice).post(f"{story.get_absolute_url()}antwoord/", sent)
    assert page.status_code == 409
    assert "Nog een keer." in page.content.decode()
    assert PublicAnswer.objects.count() == 1


def test_a_no_has_a_reason_that_reaches_who_wrote_it(client, as_, story, voice, coordinator, answered):
    load_house_rules()
    answer, marijke = answered(), as_(coordinator)
    assert marijke.post(desk(answer), {"do": "refuse", "rule": "", "statement": ""}).status_code == 422
    rule = HouseRule.objects.all()[0]
    said = {"do": "refuse", "rule": rule.slug, "statement": "Noem de groep niet."}
    assert marijke.post(desk(answer), said).status_code == 302
    assert marijke.post(desk(answer), {"do": "publish"}).status_code == 409
    assert "Dank je dat" not in page_of(client, story)
    page = as_(voice).get(f"{story.get_absolute_url()}antwoord/").content.decode()
    assert "Noem de groep niet." in page
    assert rule.text in page
    letters.make_letters()
    assert [line.text for line in inbox(voice)] == ["Je antwoord staat niet op de site. Lees waarom."]


def test_nobody_decides_about_her_own_words(story, organisation, coordinator, answered):
    Appointment.objects.create(member=coordinator, kind="voice", organisation=organisation)
    own = answered(actor=coordinator)
    with pytest.raises(NotYet):
        publish_answer(answer=own, actor=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicAnswer.objects.update(decided_by=coordinator)


def test_a_promise_comes_back_when_its_day_has_passed_and_goes_when_it_is_kept(
    client, as_, story, voice, coordinator, answered
):
    promise = answered("will_do")
    publish_answer(answer=promise, actor=coordinator)
    marijke = as_(coordinator)
    assert desk(promise) not in marijke.get("/desk/").content.decode()
    PublicAnswer.objects.update(due_on=TODAY() - dt.timedelta(days=2))
    page = marijke.get("/desk/").content.decode()
    assert "Beloften die te laat zijn" in page
    assert desk(promise) in page
    assert "deze dag is voorbij" in page_of(client, story)
    noon = timezone.localtime().replace(hour=12)
    assert letters.make_reminders(noon) == letters.make_reminders(noon) == 1
    assert [line.text for line in inbox(voice) if "kwam de dag" in line.text or "is gekomen" in line.text]
    did = answered("did", text="Iedereen belt nu zelf.")
    assert marijke.post(desk(did), {"do": "publish"}).status_code == 302
    promise.refresh_from_db()
    assert promise.done_on == TODAY()
    assert desk(promise) not in marijke.get("/desk/").content.decode()
    assert "De Kromme Wilg deed wat het beloofde" in page_of(client, story)
    with pytest.raises(TooLate):
        settle_promise(answer=promise, actor=coordinator)


def test_an_answer_goes_with_the_story_and_who_wrote_it_hears_that_and_not_of_which(
    client, as_, story, voice, coordinator, answered
):
    load_house_rules()
    promise = answered("will_do")
    publish_answer(answer=promise, actor=coordinator)
    refused = answered()
    refuse_answer(answer=refused, rule=HouseRule.objects.all()[0], statement="Niet zo.", actor=coordinator)
    withdraw(story=story)
    for answer in PublicAnswer.objects.all():
        assert (answer.state, answer.story, answer.text, answer.statement) == ("gone", None, "", "")
    assert as_(coordinator).get(desk(promise)).status_code == 404
    letters.make_letters()
    texts = {line.text for line in inbox(voice)}
    assert len(texts) == 1
    assert "teruggenomen" in texts.pop()
    assert not JournalEntry.objects.filter(subject_kind="publicanswer", subject_id=story.public_id).exists()


def test_no_answer_comes_to_a_story_that_is_not_on_the_site(story, answered, coordinator):
    waiting = answered()
    withdraw(story=story)
    with pytest.raises(TooLate):
        answered("did")
    waiting.refresh_from_db()
    with pytest.raises(TooLate):
        publish_answer(answer=waiting, actor=coordinator)


@pytest.mark.parametrize(
    "broken",
    [{"text": ""}, {"story": None}, {"state": "refused"}, {"due_on": IN_MAY}, {"done_on": IN_MAY},
     {"state": "published"}, {"kind": "will_do"}],
)  # fmt: skip
def test_the_database_keeps_an_answer_whole(answered, broken):
    answered()
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicAnswer.objects.update(**broken)


def test_pages_cost_the_same_with_many_answers(client, as_, story, coordinator, voice):
    marijke, counts = as_(coordinator), []
    for many in (1, 12):
        for number in range(many):
            other = Organisation.objects.create(name=f"Stichting {many} {number}", kind="other")
            publish_answer(actor=coordinator, answer=write_answer(
                story=story, organisation=other, kind="thanks", text="Dank je.", actor=voice))  # fmt: skip
            write_answer(story=story, organisation=other, kind="thanks", text="Nog eens.", actor=voice)
        for browser, address in ((client, story.get_absolute_url()), (marijke, "/desk/")):
            browser.get(address)  # the token of its buttons is made once
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(address).status_code == 200
            counts.append(len(captured))
    assert counts[0] == counts[2] <= 4
    assert counts[1] == counts[3] <= 8


def test_a_promise_is_never_kept_before_it_was_made_also_on_one_day(client, story, answered, coordinator):
    promise = answered("will_do")
    publish_answer(answer=promise, actor=coordinator)
    settle_promise(answer=promise, actor=coordinator)
    page = page_of(client, story)
    assert page.index("De Kromme Wilg antwoordde") < page.index("De Kromme Wilg deed wat het beloofde")

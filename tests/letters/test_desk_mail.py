"""What a coordinator reads by mail of the desk: what stands on its page, and nothing else."""

import re

import pytest
from django.utils import timezone

from letters import actions
from letters.models import Pace
from movement.models import Organisation
from stories.actions import deciding, reporting, talking, telling
from stories.actions.answering import publish_answer, write_answer
from stories.models import Story
from tests.smtp import text_of
from tests.stories.factory import a_story, published, put

pytestmark = pytest.mark.django_db
DANGER = "Ik wil niet meer leven en ik heb al bedacht wanneer."


@pytest.fixture
def mailed(smtp, coordinator):
    """What she reads on the next morning, or nothing."""

    def mail():
        smtp.clear()
        actions.make_letters()
        actions.compose_mails(timezone.now(), Pace.DAILY)
        actions.send_mails()
        return "".join(text_of(message) for message in smtp.to(coordinator.email))

    return mail


def on_desk(as_, coordinator, band):
    page = as_(coordinator).get("/desk/").content.decode()
    return re.search(rf'id="{band}"|href="#{band}"', page) is not None


def test_danger_that_a_teller_writes_when_her_story_is_on_the_site_is_told(mailed, as_, coordinator):
    story = published()
    talking.write_to_desk(story=story, text=DANGER)
    assert on_desk(as_, coordinator, "danger")
    assert "Er wacht 1 verhaal, 1 daarvan met spoed" in mailed()


def test_urgent_is_what_has_a_clock_that_runs(mailed):
    now = timezone.now()
    story = a_story(danger="urgent", danger_at=now, danger_answered_at=now)
    talking.write_to_desk(story=story, text="Dank je.")
    said = mailed()
    assert "Er wacht 1 verhaal" in said
    assert "spoed" not in said


def test_what_only_its_teller_can_go_on_with_does_not_wait_for_us(mailed, coordinator):
    story = a_story()
    talking.write_to_desk(story=story, text="Dank je.")
    deciding.claim(story=story, actor=coordinator)
    story.refresh_from_db()
    deciding.ask(story=story, text="Wat hielp?", actor=coordinator)
    assert mailed() == ""


@pytest.mark.parametrize("how", ["objected", "declined", "passed on"])
def test_a_story_that_comes_back_to_the_desk_is_told(mailed, second_coordinator, how):
    story = a_story(status="in_hand", reader=second_coordinator, audience="everybody")
    if how == "objected":
        put(story, "refused", reader=None)
        telling.object_to_decision(story=story, text="Dit klopt niet.")
    elif how == "passed on":
        deciding.pass_on(story=story, actor=second_coordinator)
    else:
        edit = deciding.propose_edit(
            story=story, actor=second_coordinator, title="Bellen", body="Ik belde.", helped="", feeling="",
            why="Een naam.", rules=[],
        )  # fmt: skip
        telling.answer_proposal(story=story, proposal=edit, agree=False, note="Liever niet.")
    assert Story.objects.get().status in Story.ON_DESK
    assert "Er wacht 1 verhaal" in mailed()


def test_a_report_and_an_answer_of_an_organisation_are_told_while_they_wait(mailed, coordinator, host):
    story = published()
    reporting.report_story(story=story, token=b"0123456789abcdef", why="recognised", text="Dat is mijn buurjongen.")
    organisation = Organisation.objects.create(name="De Kromme Wilg", kind="provider")
    answer = write_answer(story=story, organisation=organisation, kind="thanks", text="Dank.", actor=host)
    said = mailed()
    assert "Er is 1 verhaal gemeld" in said
    assert "Er wacht 1 antwoord van een organisatie" in said
    assert not re.search("buurjongen|Kromme|Dank", said), "not a word of what it is about"
    second = reporting.report_story(story=story, token=b"x" * 16, why="other", text="Nog iets.")
    assert second.code
    publish_answer(answer=answer, actor=coordinator)
    assert mailed() == "", "another of the same story is no news, and the answer was read"

"""Two at the same moment: one comes too late and reads so, and nothing breaks or is done twice."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from stories.actions import clock, deciding, reporting, revising, taking, talking, telling, tending, withdrawing
from stories.models import EditProposal, HouseRule, InHand, Objection, Ruling, Status, Story
from stories.setup import load_house_rules, words_anew
from tests.conftest import make_member
from tests.stories.at_once import overtaken
from tests.stories.factory import a_story, published, put

pytestmark = pytest.mark.django_db(transaction=True)

EDIT: dict[str, Any] = {
    "title": "Gehoord",
    "body": "Iemand luisterde.",
    "helped": "",
    "feeling": "",
    "why": "Er stond een naam.",
}


@pytest.fixture
def in_hand(coordinator):
    return a_story(status=Status.IN_HAND, reader=coordinator, claimed_at=timezone.now())


@pytest.fixture
def edit(in_hand, coordinator):
    return deciding.propose_edit(story=in_hand, rules=(), actor=coordinator, **EDIT)


def hold(story):
    """As every act does that changes it."""
    return Story.objects.select_for_update().get(pk=story.pk)


def fresh(story):
    return Story.objects.get(pk=story.pk)


@pytest.mark.parametrize("agree", [True, False])
@pytest.mark.parametrize("ends", ["taken back", "told anew", "erased"])
def test_who_answers_an_edit_while_the_story_goes_comes_too_late_and_holds_nothing_up(in_hand, edit, agree, ends):
    acts = {
        "taken back": lambda: withdrawing.withdraw(story=fresh(in_hand)),
        "told anew": lambda: revising.tell_anew(
            story=fresh(in_hand), version=1, answers=telling.Answers(body="Een ander verhaal.", audience="everybody")
        ),
        "erased": lambda: clock.erase_due(now=timezone.now() + dt.timedelta(days=91)),
    }
    answer = {"story": fresh(in_hand), "proposal": edit, "agree": agree, "note": "" if agree else "Liever niet."}
    raised = overtaken(lambda: hold(in_hand), lambda: telling.answer_proposal(**answer), acts[ends])
    assert [type(error) for error in raised] == [TooLate]
    assert not in_hand.messages.exclude(text=None).exists()
    assert not EditProposal.objects.filter(state__in=("open", "agreed")).exists()


def test_who_publishes_while_a_colleague_says_that_it_is_not_in_dutch_comes_too_late(
    in_hand, coordinator, second_coordinator
):
    raised = overtaken(
        lambda: tending.set_language(story=fresh(in_hand), language="tr", actor=second_coordinator),
        lambda: deciding.publish_unchanged(story=fresh(in_hand), title="Gehoord", actor=coordinator),
    )
    assert [type(error) for error in raised] == [TooLate]
    assert fresh(in_hand).status == Status.IN_HAND


@pytest.mark.parametrize(
    "says",
    [lambda **given: talking.write_to_teller(text="Wat goed.", **given), talking.note_read],
    ids=["write", "read"],
)
def test_nothing_is_said_about_a_text_that_its_teller_replaces_at_that_moment(in_hand, coordinator, says):
    talking.write_to_desk(story=in_hand, text="Is er al nieuws?")
    answers = telling.Answers(body="Een ander verhaal.", audience="everybody")
    raised = overtaken(
        lambda: revising.tell_anew(story=fresh(in_hand), version=1, answers=answers),
        lambda: says(story=fresh(in_hand), actor=coordinator, seen=1),
    )
    assert [str(error) for error in raised] == [str(talking.CHANGED)]
    assert not in_hand.messages.filter(from_teller=False).exists()


def test_who_takes_a_story_off_the_site_that_a_colleague_took_off_reads_that(coordinator, second_coordinator):
    story = published()
    raised = overtaken(
        lambda: deciding.put_on_hold(story=fresh(story), actor=coordinator),
        lambda: deciding.put_on_hold(story=fresh(story), actor=second_coordinator),
    )
    assert [str(error) for error in raised] == ["Dit verhaal is intussen verder: Even van de site."]


def test_two_clicks_on_the_desk_are_one_message_and_one_claim(in_hand, coordinator):
    waiting, words = a_story(), {"text": "Wat goed.", "actor": coordinator}
    for story, act in (
        (in_hand, lambda: talking.write_to_teller(story=fresh(in_hand), **words)),
        (waiting, lambda: deciding.claim(story=fresh(waiting), actor=coordinator)),
    ):
        assert overtaken(act, act) == []
        assert JournalEntry.objects.filter(subject_id=story.public_id).count() == 1
    assert in_hand.messages.count() == 1


def test_an_upgrade_that_makes_words_anew_holds_nobody_up():
    two = [published(words_beside="oud"), published(words_beside="oud")]
    raised = overtaken(lambda: hold(two[1]), words_anew, lambda: withdrawing.withdraw(story=fresh(two[0])))
    assert raised == []
    assert fresh(two[0]).words_beside == ""
    assert fresh(two[1]).words_beside not in ("", "oud")


def test_who_takes_a_story_back_does_not_wait_for_ever_on_the_clock(coordinator):
    load_house_rules()
    story = published()
    put(story, Status.REFUSED)
    ruling = {"outcome": "off", "state": "stands", "statement": "Daarom.", "author": coordinator}
    Ruling.objects.create(story=story, erase_at=timezone.now(), **ruling)
    erase = {"now": timezone.now() + dt.timedelta(days=1)}
    raised = overtaken(
        lambda: hold(story), lambda: reporting.erase_reports(**erase), lambda: withdrawing.withdraw(story=fresh(story))
    )
    assert raised == []
    assert fresh(story).is_withdrawn


def test_what_somebody_says_against_a_ruling_on_its_last_day_is_not_erased_unread(coordinator):
    load_house_rules()
    story = published()
    report = reporting.report_story(story=story, token=b"0123456789abcdef", why="known", text="Dit ben ik.").report
    ruling = {"outcome": "left", "statement": "Daarom.", "rules": (), "seen": "", "actor": coordinator}
    due = reporting.rule(story=story, **ruling).erase_at
    raised = overtaken(
        lambda: hold(story),
        lambda: reporting.erase_reports(now=due),
        lambda: reporting.object_to_ruling(story=story, report=report, text="Iedereen kent mij."),
    )
    assert raised == []
    objection = Objection.objects.select_related("ruling", "report").get()
    assert (objection.text, objection.ruling.statement) == ("Iedereen kent mij.", "Daarom.")
    assert objection.report is not None
    assert objection.report.text == "Dit ben ik."


@pytest.mark.parametrize("moves", [deciding.hand_back, deciding.pass_on])
def test_who_takes_over_what_was_just_put_back_reads_that(in_hand, coordinator, second_coordinator, moves):
    over = {"story": in_hand, "actor": second_coordinator, "from_reader": coordinator.public_id}
    raised = overtaken(lambda: moves(story=fresh(in_hand), actor=coordinator), lambda: deciding.claim(**over))
    assert [type(error) for error in raised] == [TooLate]


def test_two_who_take_over_from_one_colleague_do_not_both_have_it(in_hand, coordinator, second_coordinator):
    third = make_member("Wil", "organisation", is_coordinator=True)
    over = {"story": in_hand, "from_reader": coordinator.public_id}
    raised = overtaken(
        lambda: deciding.claim(actor=second_coordinator, **over), lambda: deciding.claim(actor=third, **over)
    )
    assert [str(error) for error in raised] == ["Hanna heeft dit verhaal nu."]
    assert fresh(in_hand).reader == second_coordinator


def test_two_who_take_over_a_report_from_one_colleague_do_not_both_have_it(coordinator, second_coordinator):
    story, third = published(), make_member("Wil", "organisation", is_coordinator=True)
    taking.take(thing=story, actor=coordinator)
    over = {"thing": story, "from_reader": coordinator.public_id}
    raised = overtaken(lambda: taking.take(actor=second_coordinator, **over), lambda: taking.take(actor=third, **over))
    assert [type(error) for error in raised] == [TooLate]
    assert InHand.objects.get().reader == second_coordinator


def test_who_objects_while_the_story_is_taken_off_objects_to_that(coordinator):
    """Which another person than the first looks at."""
    load_house_rules()
    story = published()
    Story.objects.filter(pk=story.pk).update(erase_raw_at=timezone.now() + dt.timedelta(days=9))
    reporting.report_story(story=story, token=b"0123456789abcdef", why="known", text="Dit ben ik.")
    rules = list(HouseRule.objects.exclude(severity="red")[:1])
    ruling = {"outcome": "off", "statement": "Daarom.", "rules": rules, "seen": "", "actor": coordinator}
    raised = overtaken(
        lambda: reporting.rule(story=fresh(story), **ruling),
        lambda: telling.object_to_decision(story=story, text="Het klopt niet."),
    )
    assert [type(error) for error in raised] == [TooLate]
    assert fresh(story).status == Status.REFUSED

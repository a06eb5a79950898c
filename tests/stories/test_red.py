"""A red reason blocks, and takes two people from then on: in the form, in the action and in the database."""

from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from movement.models import Member
from stories.actions import deciding, reporting, telling, tending
from stories.models import HouseRule, Status, Story
from stories.setup import load_house_rules
from stories.states import NotYet
from stories.waiting import piles
from tests.conftest import make_member
from tests.stories.factory import a_story, looked_at, published, put, visit_of

pytestmark = pytest.mark.django_db

FIRST_OF_TWO = "jij bent de eerste"
EDIT: dict[str, Any] = {
    "title": "Niet geluisterd",
    "body": "Iemand luisterde niet.",
    "helped": "",
    "feeling": "",
    "why": "Een naam.",
}


@pytest.fixture
def rules(db):
    load_house_rules()
    return {rule.slug: rule for rule in HouseRule.objects.all()}


@pytest.fixture
def red(rules):
    return rules["methode"]


@pytest.fixture
def in_hand(coordinator, region):
    return a_story(status=Status.IN_HAND, reader=coordinator, claimed_at=timezone.now(), region=region)


def do(client, story, verb, **data):
    data = {"version": 1, "heavy": "no", "stays": looked_at(story)} | data
    return client.post(f"/desk/verhalen/{story.public_id}/{verb}/", data)


def page(client, story):
    return unescape(client.get(f"/desk/verhalen/{story.public_id}/").content.decode())


def now(story):
    return Story.objects.select_related("first_approver", "second_approver").get(pk=story.pk)


def opened_by(actor, story):
    """The story as it is now, of which this coordinator opened the text: it counts as read by the log alone."""
    tending.look_at(story=now(story), actor=actor)
    return now(story)


def tick_and_untick(story, rule, actor):
    for rules in ([rule], []):
        tending.set_reasons(story=now(story), rules=rules, actor=actor)


def test_who_ticks_a_red_reason_and_takes_it_away_again_does_not_publish_alone(
    in_hand, red, coordinator, second_coordinator, as_
):
    first, second = as_(coordinator), as_(second_coordinator)
    do(first, in_hand, "redenen", rules=[red.slug])
    do(first, in_hand, "redenen")
    story = now(in_hand)
    assert (story.red_reasons, story.red_flag, story.first_approver) == (0, True, coordinator)
    shown = page(first, in_hand)
    assert FIRST_OF_TWO in shown
    assert "/plaatsen/" not in shown  # what would be refused is not offered
    assert shown.count("/tweede/") == 1
    refused = do(first, in_hand, "plaatsen", title="Toch")
    assert refused.status_code == 422
    assert FIRST_OF_TWO in unescape(refused.content.decode())
    assert do(first, in_hand, "tweede").status_code == 302
    do(second, in_hand, "oppakken")
    shown = page(second, in_hand)
    assert FIRST_OF_TWO not in shown
    assert "/plaatsen/" in shown
    assert do(second, in_hand, "plaatsen", title="Samen").status_code == 302
    story = now(in_hand)
    assert (story.is_published, story.second_approver) == (True, second_coordinator)


def test_a_reason_that_is_not_red_takes_nobody_more(in_hand, rules, coordinator):
    tending.set_reasons(story=in_hand, rules=[rules["naam"], rules["lengte"]], actor=coordinator)
    assert (now(in_hand).red_flag, now(in_hand).first_approver) == (False, None)
    deciding.publish_unchanged(story=now(in_hand), title="Alleen", actor=coordinator)


def test_it_is_the_colleague_who_looked_along_and_ticked_that_was_first(in_hand, red, coordinator, second_coordinator):
    tick_and_untick(in_hand, red, second_coordinator)
    tick_and_untick(in_hand, red, coordinator)
    assert now(in_hand).first_approver == second_coordinator
    deciding.publish_unchanged(story=opened_by(coordinator, in_hand), title="Samen", actor=coordinator)
    assert now(in_hand).second_approver == coordinator


def test_who_was_first_stays_first_when_another_passes_it_on(in_hand, red, coordinator, second_coordinator):
    tick_and_untick(in_hand, red, second_coordinator)  # while it was on the screen of who has it
    deciding.pass_on(story=in_hand, actor=coordinator)
    assert now(in_hand).first_approver == second_coordinator


def test_what_two_people_read_before_is_read_by_two_again_when_it_is_passed_on(
    in_hand, coordinator, second_coordinator
):
    third = make_member("Noor", "organisation", is_coordinator=True)
    put(in_hand, "in_hand", red_flag=True, first_approver=second_coordinator, second_approver=third)
    deciding.pass_on(story=in_hand, actor=coordinator)
    with pytest.raises(NotYet):  # nobody decides about it alone: that is what its teller reads
        deciding.claim(story=in_hand, actor=coordinator)
    deciding.claim(story=now(in_hand), actor=third)
    deciding.publish_unchanged(story=opened_by(third, in_hand), title="Gehoord", actor=third)
    story = now(in_hand)
    assert (story.first_approver, story.second_approver) == (coordinator, third)


@pytest.mark.parametrize("ticked_before", [True, False])
def test_an_edit_that_takes_a_red_reason_away_is_offered_by_one_and_published_by_two(
    in_hand, red, ticked_before, coordinator, second_coordinator
):
    if ticked_before:
        tending.set_reasons(story=in_hand, rules=[red], actor=coordinator)
    edit = deciding.propose_edit(story=now(in_hand), rules=[red], actor=coordinator, **EDIT)
    assert (now(in_hand).red_reasons, now(in_hand).first_approver) == (0, coordinator)
    assert not telling.answer_proposal(story=now(in_hand), proposal=edit, agree=True)
    with pytest.raises(NotYet):
        deciding.publish_unchanged(story=now(in_hand), title="", actor=coordinator)
    deciding.pass_on(story=now(in_hand), actor=coordinator)
    deciding.claim(story=now(in_hand), actor=second_coordinator)
    deciding.publish_unchanged(story=opened_by(second_coordinator, in_hand), title="", actor=second_coordinator)
    assert (now(in_hand).is_published, now(in_hand).body) == (True, EDIT["body"])


def test_the_edit_of_the_second_is_on_the_site_when_the_teller_agrees(in_hand, rules, coordinator, second_coordinator):
    tending.set_reasons(story=in_hand, rules=[rules["methode"]], actor=coordinator)
    deciding.pass_on(story=now(in_hand), actor=coordinator)
    deciding.claim(story=now(in_hand), actor=second_coordinator)
    for _turn in range(2):  # also the one after a teller said no
        both = [rules["methode"], rules["contact"]]
        story = opened_by(second_coordinator, in_hand)
        edit = deciding.propose_edit(story=story, rules=both, actor=second_coordinator, **EDIT)
        telling.answer_proposal(story=now(in_hand), proposal=edit, agree=bool(_turn))
    assert now(in_hand).is_published
    assert (now(in_hand).first_approver, now(in_hand).second_approver) == (coordinator, second_coordinator)


def test_an_edit_for_a_red_reason_that_comes_after_somebody_published_it_is_too_late(
    in_hand, red, coordinator, second_coordinator, as_
):
    desk = as_(second_coordinator)  # it was hers, and a colleague took it over while she wrote
    tending.look_at(story=in_hand, actor=coordinator)
    deciding.publish_unchanged(story=in_hand, title="Gehoord", actor=coordinator)
    edit = {"title": "Gehoord", "body": "Iemand luisterde.", "why": "Een naam.", "rules": [red.slug]}
    answer = do(desk, in_hand, "voorstel", **edit, looked="on")
    assert answer.status_code == 409
    assert "Iemand luisterde." in answer.content.decode()
    assert not in_hand.reasons.exists()


def test_a_teller_reads_beforehand_whether_agreeing_is_all_that_is_needed(in_hand, red, rules, coordinator, client):
    def behind_the_code():
        session = client.session
        session["teller"] = visit_of(in_hand)
        session.save()
        return unescape(client.get("/code/verhaal/").content.decode())

    deciding.propose_edit(story=in_hand, rules=[rules["naam"]], actor=coordinator, **EDIT)
    assert "meteen op de site" in behind_the_code()
    put(in_hand, Status.IN_HAND)
    deciding.propose_edit(story=now(in_hand), rules=[red], actor=coordinator, **EDIT)
    shown = behind_the_code()
    assert "meteen op de site" not in shown
    assert "kijkt er nog iemand van het steunpunt naar" in shown


def test_one_person_refuses_with_a_red_reason_and_after_an_objection_two_decide(
    in_hand, red, coordinator, second_coordinator, as_
):
    sent = {"rules": [red.slug], "statement": "Dit kan een ander in gevaar brengen."}
    assert do(as_(coordinator), in_hand, "weigeren", **sent).status_code == 302
    telling.object_to_decision(story=now(in_hand), text="Het staat er niet.")
    deciding.claim(story=now(in_hand), actor=coordinator)
    tending.set_reasons(story=now(in_hand), rules=[], actor=coordinator)
    with pytest.raises(NotYet):
        deciding.publish_unchanged(story=now(in_hand), title="Toch", actor=coordinator)
    deciding.pass_on(story=now(in_hand), actor=coordinator)
    deciding.claim(story=now(in_hand), actor=second_coordinator)
    deciding.publish_unchanged(story=opened_by(second_coordinator, in_hand), title="Toch", actor=second_coordinator)


def test_a_red_reason_with_a_question_takes_two_people_as_well(in_hand, red, coordinator):
    deciding.ask(story=in_hand, text="Mag dit weg?", rules=[red], actor=coordinator)
    telling.answer_question(story=now(in_hand), text="Ja.")
    tending.set_reasons(story=now(in_hand), rules=[], actor=coordinator)
    with pytest.raises(NotYet):
        deciding.publish_unchanged(story=now(in_hand), title="Toch", actor=coordinator)


def test_what_was_put_back_on_the_pile_waits_for_a_second_person(in_hand, red, coordinator, second_coordinator, as_):
    tending.set_reasons(story=in_hand, rules=[red], actor=coordinator)
    mine = piles(coordinator.pk, timezone.now())[0]["mine"].first[0]
    assert (mine.is_mine, mine.read_before_by_me) == (True, True)
    assert "Doorgaan" in unescape(as_(coordinator).get("/desk/").content.decode())  # it is in her hands, and she acts
    deciding.hand_back(story=now(in_hand), actor=coordinator)
    assert now(in_hand).status == Status.ESCALATED
    with pytest.raises(NotYet):
        deciding.claim(story=now(in_hand), actor=coordinator)
    assert deciding.claim_next(actor=second_coordinator) == in_hand


def test_a_house_of_one_goes_on_with_what_it_read_first_and_does_not_publish_it(
    in_hand, red, coordinator, second_coordinator, as_
):
    tending.set_reasons(story=in_hand, rules=[red], actor=coordinator)
    deciding.hand_back(story=now(in_hand), actor=coordinator)
    desk = as_(coordinator)
    assert "Een collega gaat ermee verder" in page(desk, in_hand)
    Member.objects.filter(pk=second_coordinator.pk).update(is_active=False)
    assert "/oppakken/" in page(desk, in_hand)
    assert do(desk, in_hand, "oppakken").status_code == 302
    tending.set_reasons(story=now(in_hand), rules=[], actor=coordinator)
    assert do(desk, in_hand, "plaatsen", title="Alleen").status_code == 422
    assert do(desk, in_hand, "weigeren", rules=[red.slug], statement="Dit gaat niet.").status_code == 302


def test_what_was_on_the_site_comes_back_there_by_two_people_after_a_red_reason(
    red, coordinator, second_coordinator, as_
):
    story, first, second = published(), as_(coordinator), as_(second_coordinator)
    do(first, story, "vasthouden")
    tick_and_untick(story, red, coordinator)
    shown = page(first, story)
    assert FIRST_OF_TWO in shown
    assert "/vrijgeven/" not in shown
    assert do(first, story, "vrijgeven").status_code == 422
    assert do(second, story, "vrijgeven").status_code == 422, "she did not read it"
    page(second, story)
    assert do(second, story, "vrijgeven").status_code == 302
    assert (now(story).is_published, now(story).second_approver) == (True, second_coordinator)


def test_a_report_is_decided_for_the_site_by_two_people_after_a_red_reason(red, coordinator, second_coordinator):
    story = published()

    def decide(actor, outcome):
        seen = str(story.rulings.order_by("-pk").values_list("pk", flat=True).first() or "")
        return reporting.rule(story=now(story), outcome=outcome, statement="Wij.", rules=[], seen=seen, actor=actor)

    reporting.report_story(story=story, token=b"c" * 16, why="untrue", text="Dat is niet waar.")
    decide(coordinator, "held")
    tick_and_untick(story, red, coordinator)
    with pytest.raises(NotYet):
        decide(coordinator, "left")
    opened_by(second_coordinator, story)
    decide(second_coordinator, "left")
    assert (now(story).is_published, now(story).second_approver) == (True, second_coordinator)

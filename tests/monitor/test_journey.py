import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

from actionteams.actions import NotAsked, look_back, notice, record_change, record_success, set_step, take_up
from actionteams.noticed import Tally, tally_of
from core.disclosure import Portion
from monitor.journey import journey_of
from movement.models import Initiative
from stories.models import InitiativeLink
from tests.movement_of import a_team
from tests.stories.factory import put
from tests.story_of import published_story, withdraw_row


@pytest.fixture
def story(region):
    return published_story(region)


@pytest.fixture
def team(host, region):
    return a_team(host, region)


@pytest.fixture
def whole_thread(story, team, host, region):
    initiative = Initiative.objects.create(name="Belkamer", summary="Een kamer", what="Een kamer.", area=region)
    InitiativeLink.objects.create(story=story, initiative=initiative)
    take_up(team=team, story=story, actor=host)
    step = set_step(
        team=team, actor=host, question="Werkt het?", trying="Bellen wanneer je wilt.", look_back_on=dt.date(2027, 1, 5)
    )
    look_back(
        step=step, actor=host, saw="Rust.", learned="Regels waren niet nodig.", outcome="go_on", dream_check="yes"
    )
    record_success(team=team, actor=host, text="Drie broertjes belden elke dag.")
    record_success(team=team, actor=host, text="Het toestel was vaak stuk.", kind="failure")
    return record_change(team=team, actor=host, text="Er is geen vast uur meer.", since=dt.date(2026, 11, 1))


def kinds(story):
    return [moment.kind for moment in journey_of(story)]


def shown(story, *, for_teller=False):
    template = "{% load journey %}{% " + ("journey_for_teller" if for_teller else "journey") + " story %}"
    return Template(template).render(Context({"story": story, "csrf_token": "token"}))


def test_the_thread_goes_from_telling_to_change(story, whole_thread):
    assert kinds(story) == [
        "told", "published", "initiative", "taken_up", "step", "looked_back", "success", "failure", "change",
    ]  # fmt: skip


def test_the_thread_takes_one_query_however_long_it_is(story, whole_thread, team, host, django_assert_num_queries):
    for number in range(10):
        record_change(team=team, actor=host, text=f"Verandering {number}")
        record_success(team=team, actor=host, text=f"Succes {number}")
    with django_assert_num_queries(1):
        shown(story, for_teller=True)


def test_a_story_that_nobody_took_up_says_so(story):
    assert kinds(story) == ["told", "published", "not_yet_taken_up"]


def test_a_story_that_is_not_on_the_site_yet_says_so_to_its_teller(region):
    story = published_story(region, status="waiting", published_on=None)
    assert kinds(story) == ["told", "not_yet_published"]
    assert shown(story, for_teller=True)


OFF_THE_SITE = [
    ({"status": "on_hold"}, "not_for_now"),
    ({"status": "waiting"}, "not_for_now"),  # its teller asked to look at it again
    ({"status": "refused"}, "not_on_site"),
    ({"status": "refused", "published_on": None}, "not_on_site"),
    ({"status": "on_hold", "published_on": None, "audience": "support"}, "stays"),
    ({"status": "question", "published_on": None}, "not_yet_published"),
]


@pytest.mark.parametrize(("fields", "last"), OFF_THE_SITE)
def test_the_thread_ends_as_the_story_stands_also_when_a_team_works_on_it(fields, last, region, team, host):
    story = published_story(region)
    put(story, **fields)
    assert kinds(story) == ["told", last]
    promise = "komt hier te staan"
    assert (promise in shown(story, for_teller=True)) == (last == "not_yet_published")
    assert ("Nog niet op de site" in shown(story, for_teller=True)) == (last == "not_yet_published")
    put(story, "published", published_on=dt.date(2026, 3, 2), audience="everybody")
    take_up(team=team, story=story, actor=host)
    put(story, **fields)
    assert kinds(story)[-1] == ("taken_up" if last == "not_yet_published" else last)


def test_an_open_step_is_where_the_story_is_now(story, team, host):
    take_up(team=team, story=story, actor=host)
    set_step(team=team, actor=host, question="?", trying="Iets.", look_back_on=dt.date(2027, 3, 5))
    step = next(moment for moment in journey_of(story) if moment.kind == "step")
    assert step.state == "is-now"
    assert "maart 2027" in shown(story)


def test_what_a_team_did_before_it_took_the_story_up_is_not_because_of_it(story, team, host):
    early = timezone.now() - dt.timedelta(days=40)
    step = set_step(team=team, actor=host, question="?", trying="Iets.", look_back_on=dt.date(2026, 1, 1), at=early)
    look_back(step=step, actor=host, saw="a", learned="b", outcome="stop", dream_check="no", at=early)
    record_success(team=team, actor=host, text="Oud.", at=early)
    change = record_change(team=team, actor=host, text="Oud.", at=early)
    take_up(team=team, story=story, actor=host)
    assert kinds(story) == ["told", "published", "taken_up", "not_yet_changed"]
    with pytest.raises(NotAsked):
        notice(change=change, story=story, answer="yes")


def test_a_step_that_was_open_when_the_story_came_belongs_to_it(story, team, host):
    early = timezone.now() - dt.timedelta(days=40)
    set_step(team=team, actor=host, question="?", trying="Iets.", look_back_on=dt.date(2027, 1, 1), at=early)
    take_up(team=team, story=story, actor=host)
    assert kinds(story)[2:] == ["taken_up", "step", "not_yet_changed"]


def test_other_stories_are_counted_as_far_as_everybody_can_read_them(story, team, host, region):
    take_up(team=team, story=story, actor=host)
    others = [published_story(region) for _ in range(3)]
    hidden = published_story(region, audience="members")
    for other in [*others, hidden]:
        take_up(team=team, story=other, actor=host)
    withdraw_row(others[0])
    assert next(moment for moment in journey_of(story) if moment.kind == "taken_up").others == 2


def test_days_are_never_shown(story, whole_thread):
    html = shown(story) + shown(story, for_teller=True)
    assert "maart 2026" in html
    for day in ("20-02", "2026-", "-2026", "2 maart", "20 februari", "1 november"):
        assert day not in html


def answer(team, host, change, answers, region):
    for value in answers:
        teller = published_story(region)
        take_up(team=team, story=teller, actor=host, at=change.at)
        notice(change=change, story=teller, answer=value)


def test_four_answers_show_nothing_and_five_do(story, whole_thread, team, host, region):
    answer(team, host, whole_thread, ["yes"] * 4, region)
    assert journey_of(story)[-1].tally is None
    assert "vijf" in shown(story)
    answer(team, host, whole_thread, ["no"], region)
    assert journey_of(story)[-1].tally == Tally(5, Portion.MOST, Portion.FEW, Portion.FEW)
    assert "5 of meer vertellers" in shown(story)


def test_a_sixth_answer_cannot_be_read_from_the_difference(story, whole_thread, team, host, region):
    answer(team, host, whole_thread, ["yes"] * 5, region)
    before = journey_of(story)[-1].tally
    answer(team, host, whole_thread, ["no"] * 4, region)
    assert journey_of(story)[-1].tally == before
    answer(team, host, whole_thread, ["no"], region)
    assert journey_of(story)[-1].tally == Tally(10, Portion.HALF, Portion.FEW, Portion.HALF)


def test_the_answer_of_a_withdrawn_story_does_not_count(story, whole_thread, team, host, region):
    answer(team, host, whole_thread, ["yes"] * 4, region)
    leaving = published_story(region)
    take_up(team=team, story=leaving, actor=host, at=whole_thread.at)
    notice(change=whole_thread, story=leaving, answer="yes")
    assert journey_of(story)[-1].tally
    withdraw_row(leaving)
    assert journey_of(story)[-1].tally is None


@pytest.mark.parametrize("length", range(17))
def test_answers_are_counted_in_whole_groups(length):
    tally = tally_of(["yes"] * length)
    assert (tally.at_least if tally else 0) == length // 5 * 5


def test_only_the_teller_is_asked_and_sees_the_own_answer(story, whole_thread):
    address = f"/actieteams/verandering/{whole_thread.public_id}/merk/"
    assert address not in shown(story)
    asking = shown(story, for_teller=True)
    assert address in asking
    assert asking.count(f'form="mine" formaction="{address}"') == 3, "with the token of the form of that page"
    notice(change=whole_thread, story=story, answer="little")
    answered = shown(story, for_teller=True)
    assert address not in answered
    assert "Een beetje" in answered
    assert "Een beetje" not in shown(story)


def test_a_withdrawn_story_has_no_thread(story, whole_thread):
    withdraw_row(story)
    assert journey_of(story) == []
    assert shown(story).strip() == ""

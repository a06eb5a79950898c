"""What a team does, with a second click, and after the team said goodbye in the meantime."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from actionteams import access
from actionteams.actions import (
    edit_team,
    end_team,
    join,
    leave,
    look_back,
    record_change,
    record_success,
    set_step,
    take_up,
)
from actionteams.models import Change, Membership, Step, Success, TakenUp, Team
from core.http import TooLate
from core.models import JournalEntry
from tests.actionteams.test_team_pages import LOOKED, STEP, address, open_step
from tests.movement_of import a_team
from tests.stories.at_once import overtaken


def twice(action, **given):
    """Two clicks on one button; what each gave back."""
    first, second = action(**given), action(**given)
    assert second.pk == first.pk
    return first


def test_a_second_click_is_no_second_step_change_or_success(team, host, parent):
    step = twice(
        set_step, team=team, actor=host, question="Werkt het?", trying="Iets.", look_back_on=dt.date(2027, 1, 5)
    )
    twice(look_back, step=step, actor=host, **LOOKED)
    twice(record_success, team=team, actor=host, text="Fijn.", step=step)
    change = twice(record_change, team=team, actor=host, text="Geen vast uur meer.")
    verbs = list(JournalEntry.objects.filter(actor=host.public_id).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["team.founded", "step.set", "step.looked_back", "success.recorded", "change.recorded"]
    others = [
        record_change(team=team, actor=parent, text="Geen vast uur meer."),
        record_change(team=team, actor=host, text="Iets anders."),
        record_change(team=team, actor=host, text="Iets anders.", at=change.at + dt.timedelta(minutes=11)),
    ]
    assert len({change.pk, *(other.pk for other in others)}) == 4, "only the same words of the same person, at once"
    with pytest.raises(TooLate):
        look_back(step=step, actor=host, saw="a", learned="b", outcome="stop", dream_check="no")


def test_a_second_click_on_a_page_of_a_team_leads_back_to_the_team(as_, team, host):
    browser, day = as_(host), timezone.localdate().isoformat()
    for page, sent in (
        ("stap/", STEP),
        ("succes/", {"kind": "success", "text": "Fijn."}),
        ("verandering/", {"text": "Anders.", "since": day}),
    ):  # fmt: skip
        assert [browser.post(address(team, page), sent).url for _click in range(2)] == [address(team)] * 2
    looked = f"/actieteams/stap/{Step.objects.get().public_id}/"
    assert [browser.post(looked, LOOKED).url for _click in range(2)] == [address(team)] * 2
    assert [model.objects.count() for model in (Step, Success, Change)] == [1, 1, 1]


def test_a_second_click_on_leaving_a_team_leads_back_to_it_and_says_so(as_, team, professional, parent):
    join(team=team, actor=professional)
    browser, door = as_(professional), address(team, "afscheid/")
    for ask in (browser.post, browser.post, browser.get):
        answer = ask(door, follow=True)
        assert answer.redirect_chain == [(address(team), 302)]
        assert "Je bent uit dit team." in answer.content.decode()
    assert as_(parent).post(door).status_code == 404, "who never was in it has nothing to leave"
    assert JournalEntry.objects.filter(verb="membership.left").count() == 1


def test_two_clicks_on_leaving_at_the_same_moment_lead_back_to_the_team(as_, team, professional, monkeypatch):
    join(team=team, actor=professional)
    look = access.role_in

    def looked(request, found):
        role = look(request, found)
        Membership.objects.filter(member=professional).update(left_at=timezone.now())
        return role

    monkeypatch.setattr(access, "role_in", looked)
    assert as_(professional).post(address(team, "afscheid/")).url == address(team)


@pytest.mark.parametrize("learned", ["Klein beginnen.", " Klein beginnen.\r\nEn dan verder. "])
def test_a_second_click_on_ending_a_team_leads_back_to_it_and_says_so(as_, team, host, professional, learned):
    join(team=team, actor=professional)
    browser, door, sent = as_(host), address(team, "afronden/"), ADDING["afronden/"] | {"learned": learned}
    for given in (sent, sent, None):
        answer = browser.post(door, given, follow=True) if given else browser.get(door, follow=True)
        assert answer.redirect_chain == [(address(team), 302)]
        assert "Het team nam afscheid." in answer.content.decode()
    assert JournalEntry.objects.filter(verb="team.ended").count() == 1
    other = browser.post(door, sent | {"learned": "Iets heel anders."})
    assert (other.status_code, "Iets heel anders." in other.content.decode()) == (409, True), "what is typed stays"
    assert as_(professional).post(door, sent).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_change(team, host):
    """Each on a connection of its own; the second waits for the first."""

    def click(_number):
        try:
            return record_change(team=team, actor=host, text="Geen vast uur meer.").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    assert Change.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_end_a_team_once_and_whoever_says_something_else_reads_that(team, host):
    def say(learned):
        return lambda: end_team(team=Team.objects.get(pk=team.pk), actor=host, learned=learned)

    assert overtaken(say("Eerst vragen."), say("Eerst vragen.")) == []
    assert JournalEntry.objects.filter(verb="team.ended").count() == 1
    with pytest.raises(TooLate):
        say("Iets heel anders.")()


def test_founding_and_editing_twice_is_once(as_, host, region, team):
    browser = as_(host)
    page = {
        "name": "Samen eten", "question": "Wie kookt er?", "what": "We koken.", "sentence": team.sentence_id,
        "theme": team.theme_id, "area": region.pk, "values": [team.sentence.edition.values.first().pk],
    }  # fmt: skip
    ways = [browser.post("/actieteams/nieuw/", page).url for _click in range(2)]
    founded = Team.objects.get(name="Samen eten")
    assert ways == [address(founded)] * 2
    for _click in range(2):
        assert browser.post(address(founded, "bewerken/"), page | {"learned": "Veel."}).status_code == 302
    verbs = JournalEntry.objects.filter(subject_id=founded.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["team.founded", "team.edited"]


@pytest.mark.parametrize("where", ["nieuw/", "bewerken/"])
def test_a_name_that_another_team_has_is_said_beside_the_name(as_, host, region, where):
    mine, _other = a_team(host, region), a_team(host, region, name="Samen eten")
    page = {
        "name": "Samen eten", "question": "Wie kookt er?", "what": "Iets heel anders.", "sentence": mine.sentence_id,
        "theme": mine.theme_id, "area": region.pk,
    }  # fmt: skip
    answer = as_(host).post(f"/actieteams/{where}" if where == "nieuw/" else address(mine, where), page)
    assert answer.status_code == 422
    assert "Zo heet al een team" in answer.content.decode()
    assert "Iets heel anders." in answer.content.decode()
    assert Team.objects.count() == 2


ADDING = {
    "verhaal/": {"story": ""}, "stap/": STEP, "succes/": {"kind": "success", "text": "Fijn."},
    "verandering/": {"text": "Anders.", "since": "2026-10-17"}, "meedoen/": {"motivation": "Ik wil helpen."},
    "afronden/": {"learned": "Eerst vragen.", "sure": "on"},
}  # fmt: skip


def ends_meanwhile(monkeypatch, name):
    """A colleague says goodbye between the look whether somebody may and the action itself."""
    look = getattr(access, name)

    def looked(request, public_id):
        found = look(request, public_id)
        Team.objects.update(ended_on=timezone.localdate(), learned="Samen.")
        return found

    monkeypatch.setattr(access, name, looked)


@pytest.mark.parametrize("page", [*ADDING, "bewerken/", "terug"])
def test_to_a_team_that_ends_meanwhile_nothing_is_added_and_nothing_typed_is_lost(
    as_, team, host, professional, story, monkeypatch, page
):
    step = None
    if page == "terug":
        step = open_step(team, host)
    ways = {
        "meedoen/": "team_to_join", "terug": "step_to_act_in", "bewerken/": "team_to_edit", "afronden/": "team_to_end",
    }  # fmt: skip
    ends_meanwhile(monkeypatch, ways.get(page, "team_to_act_in"))
    sent = ADDING.get(page, LOOKED) | ({"story": story.public_id} if page == "verhaal/" else {})
    if page == "bewerken/":
        sent = {
            "name": team.name, "question": "Een betere vraag?", "what": "Nieuw.", "sentence": team.sentence_id,
            "theme": team.theme_id, "area": team.area_id,
        }  # fmt: skip
    browser = as_(professional if page == "meedoen/" else host)
    answer = browser.post(f"/actieteams/stap/{step.public_id}/" if step else address(team, page), sent)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "net afscheid genomen" in shown
    typed = next(
        value for name, value in sent.items() if name in ("question", "text", "motivation", "learned", "story")
    )
    assert typed in shown
    assert [model.objects.count() for model in (TakenUp, Success, Change)] == [0, 0, 0]
    assert not Step.objects.exclude(looked_back_at=None).exists()
    assert Membership.objects.get().member == host
    team.refresh_from_db()
    assert (team.question, team.learned) == ("Hoe kan iedereen naar huis bellen?", "Samen.")


def test_a_team_that_ended_takes_nothing_in_whoever_asks(team, host, parent, story):
    step = open_step(team, host)
    end_team(team=team, actor=host, learned="Bellen helpt.")
    for add in (
        lambda: take_up(team=team, story=story, actor=host),
        lambda: open_step(team, host),
        lambda: look_back(step=step, actor=host, saw="a", learned="b", outcome="stop", dream_check="no"),
        lambda: record_success(team=team, actor=host, text="Fijn."),
        lambda: record_change(team=team, actor=host, text="Anders."),
        lambda: join(team=team, actor=parent),
        lambda: edit_team(team=team, actor=host, question="Anders?"),
        lambda: end_team(team=team, actor=host, learned="Nog eens."),
    ):
        with pytest.raises(TooLate):
            add()
    assert JournalEntry.objects.order_by("-pk")[0].verb == "team.ended"
    leave(team=team, actor=host)

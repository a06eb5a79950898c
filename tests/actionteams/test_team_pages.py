import datetime as dt
import re

import pytest
from django.utils import timezone

from actionteams.actions import (
    join,
    leave,
    look_back,
    notice,
    record_change,
    record_success,
    set_step,
    take_up,
)
from actionteams.models import Change, Membership, Step, Success, TakenUp, Team
from core.models import JournalEntry
from movement.models import Theme
from tests.conftest import make_member
from tests.movement_of import a_team
from tests.story_of import published_story, withdraw_row

STEP = {
    "question": "Wordt het rustiger?",
    "trying": "Bellen wanneer je wilt.",
    "with_whom": "Groep 3",
    "look_back_on": (timezone.localdate() + dt.timedelta(days=30)).isoformat(),
}
LOOKED = {"saw": "Het werd rustig.", "learned": "De regel was niet nodig.", "outcome": "spread", "dream_check": "yes"}


def address(team, page=""):
    return f"/actieteams/{team.public_id}/{page}"


def open_step(team, host):
    return set_step(
        team=team, actor=host, question="Werkt het?", trying="Iets kleins.", look_back_on=dt.date(2027, 1, 5)
    )


def filled(team, host, region, rows):
    for number in range(rows):
        take_up(team=team, story=published_story(region), actor=host)
        join(team=team, actor=make_member(f"lid{number}", "parent"))
        step = open_step(team, host)
        look_back(step=step, actor=host, saw="a", learned="b", outcome="go_on", dream_check="yes")
        record_success(team=team, actor=host, text=f"Fijn {number}.")
        record_change(team=team, actor=host, text=f"Anders {number}")


# --- reading ---------------------------------------------------------------------------------------------------------


def test_everybody_reads_the_page_of_a_team(client, team, host, story):
    take_up(team=team, story=story, actor=host)
    open_step(team, host)
    record_success(team=team, actor=host, text="Een broertje belde terug.")
    record_success(team=team, actor=host, text="Het toestel was stuk.", kind="failure")
    record_change(team=team, actor=host, text="Geen vast uur meer.")
    page = client.get(address(team)).content.decode()
    for words in (
        "Hoe kan iedereen naar huis bellen?", "Wij luisteren eerst.", "Bellen mag niet", "Iets kleins.",
        "Een broertje belde terug.", "Het toestel was stuk.", "Geen vast uur meer.", "januari 2027",
    ):  # fmt: skip
        assert words in page
    assert not client.cookies


def test_a_team_without_youth_and_parent_says_so(client, team, parent):
    assert "nog geen jongere" in client.get(address(team)).content.decode()
    assert "nog geen jongere" in client.get("/actieteams/").content.decode()
    join(team=team, actor=parent)
    join(team=team, actor=make_member("Noor", "youth"))
    for path in (address(team), "/actieteams/"):
        page = client.get(path).content.decode()
        assert "nog geen jongere" not in page
        assert "nog geen ouder" not in page


def test_names_and_motivations_are_for_members_of_the_team_alone(client, as_, team, host, parent, professional):
    join(team=team, actor=parent, motivation="Mijn zoon mocht niet bellen.")
    for browser in (client, as_(professional)):
        page = browser.get(address(team)).content.decode()
        assert "Rania" not in page
        assert "Mijn zoon" not in page
    page = as_(host).get(address(team)).content.decode()
    assert "Rania" in page
    assert "Mijn zoon" in page


def test_a_withdrawn_story_is_gone_from_the_page_of_the_team_at_once(client, team, host, story):
    take_up(team=team, story=story, actor=host)
    assert "Bellen mag niet" in client.get(address(team)).content.decode()
    withdraw_row(story)
    page = client.get(address(team)).content.decode()
    assert "Bellen mag niet" not in page
    assert story.public_id not in page
    assert TakenUp.objects.count() == 1


def test_a_story_for_members_is_on_the_page_for_members_only(client, as_, team, host, region, professional):
    take_up(team=team, story=published_story(region, title="Onder ons", audience="members"), actor=host)
    assert "Onder ons" not in client.get(address(team)).content.decode()
    assert "Onder ons" in as_(professional).get(address(team)).content.decode()


def test_the_text_of_a_heavy_story_is_not_on_the_page_of_a_team(client, team, host, region):
    take_up(team=team, story=published_story(region, title="Zwaar verhaal", heavy=True), actor=host)
    assert "Zwaar verhaal" not in client.get(address(team)).content.decode()


def test_pages_show_months_and_no_days(client, team, host, story):
    take_up(team=team, story=story, actor=host)
    record_change(team=team, actor=host, text="Anders.", since=dt.date(2026, 10, 17))
    page = client.get(address(team)).content.decode()
    assert "oktober 2026" in page
    assert not re.search(r"17[ -](okt|10)|2026-10|10-2026", page)


@pytest.mark.parametrize("rows", [1, 10])
def test_the_page_of_a_team_takes_four_queries(client, team, host, region, rows, django_assert_num_queries):
    filled(team, host, region, rows)
    with django_assert_num_queries(4):
        client.get(address(team))


@pytest.mark.parametrize("rows", [1, 24])
def test_the_list_takes_two_queries(client, host, region, rows, django_assert_num_queries):
    for number in range(rows):
        filled(a_team(host, region, name=f"Team {number}"), host, region, 0)
    with django_assert_num_queries(2):
        assert client.get("/actieteams/").content.decode().count('<li class="entry') == rows


def test_an_empty_list_offers_the_first_step(client, db):
    page = client.get("/actieteams/").content.decode()
    assert "/actieteams/nieuw/" in page


def test_the_list_begins_with_the_team_that_did_something_last(client, host, region):
    early = timezone.now() - dt.timedelta(days=90)
    a_team(host, region, name="Vroeg", question="Vroeg?", at=early)
    quiet = a_team(host, region, name="Stil", question="Stil?", at=early - dt.timedelta(days=9))
    page = client.get("/actieteams/").content.decode()
    assert page.index("Vroeg?") < page.index("Stil?")
    record_success(team=quiet, actor=host, text="Weer wakker.")
    page = client.get("/actieteams/").content.decode()
    assert page.index("Stil?") < page.index("Vroeg?")


def test_answers_of_tellers_show_from_five_on(client, team, host, region):
    stories = [published_story(region) for _ in range(5)]
    for teller in stories:
        take_up(team=team, story=teller, actor=host)
    change = record_change(team=team, actor=host, text="Anders.")
    for teller in stories[:4]:
        notice(change=change, story=teller, answer="yes")
    assert "de meesten" not in client.get(address(team)).content.decode()
    notice(change=change, story=stories[4], answer="yes")
    assert "de meesten" in client.get(address(team)).content.decode()


def test_a_team_that_does_not_exist_is_not_found(client, db):
    assert client.get("/actieteams/bestaatnie/").status_code == 404


# --- who may act -----------------------------------------------------------------------------------------------------

ACTING = ["verhaal/", "stap/", "succes/", "verandering/"]


@pytest.mark.parametrize("page", [*ACTING, "bewerken/", "meedoen/", "afscheid/"])
def test_who_is_not_logged_in_is_asked_to_log_in(client, team, page):
    for answer in (client.get(address(team, page)), client.post(address(team, page))):
        assert answer.status_code == 302
        assert answer.url.startswith("/inloggen/")


@pytest.mark.parametrize("page", [*ACTING, "bewerken/"])
def test_members_of_the_movement_outside_the_team_may_not_act(as_, team, professional, page):
    browser = as_(professional)
    assert browser.get(address(team, page)).status_code == 403
    assert browser.post(address(team, page), {**STEP, **LOOKED}).status_code == 403
    assert not Step.objects.exists()


@pytest.mark.parametrize("page", [*ACTING, "bewerken/", "meedoen/"])
def test_a_listener_reads_and_never_acts(as_, team, listener, page):
    browser = as_(listener)
    assert browser.get(address(team)).status_code == 200
    assert browser.get(address(team, page)).status_code == 403
    assert browser.post(address(team, page)).status_code == 403
    assert browser.post("/actieteams/nieuw/").status_code == 403


@pytest.mark.parametrize("page", ACTING)
def test_a_listener_who_is_in_a_team_by_an_earlier_life_does_not_act_either(as_, team, listener, page):
    Membership.objects.create(team=team, member=listener)
    assert as_(listener).get(address(team, page)).status_code == 403


@pytest.mark.parametrize("page", ACTING)
def test_members_of_the_team_act(as_, team, parent, page):
    join(team=team, actor=parent)
    assert as_(parent).get(address(team, page)).status_code == 200


def test_only_hosts_edit_the_page(as_, team, parent, host):
    join(team=team, actor=parent)
    assert as_(parent).get(address(team, "bewerken/")).status_code == 403
    assert as_(host).get(address(team, "bewerken/")).status_code == 200


@pytest.mark.parametrize("page", [*ACTING, "bewerken/"])
def test_a_coordinator_may_but_only_with_the_second_factor(as_, client, team, coordinator, page):
    assert as_(coordinator).get(address(team, page)).status_code == 200
    client.force_login(coordinator)
    assert client.get(address(team, page)).status_code == 403


@pytest.mark.parametrize("page", [*ACTING, "bewerken/", "meedoen/"])
def test_nothing_is_added_to_a_team_that_said_goodbye(as_, team, host, professional, page):
    Team.objects.filter(pk=team.pk).update(ended_on=timezone.localdate())
    assert as_(professional if page == "meedoen/" else host).get(address(team, page)).status_code == 403
    assert "nam afscheid" in as_(host).get(address(team)).content.decode()


def test_nothing_changes_on_get(as_, team, host):
    before = JournalEntry.objects.count()
    for page in (*ACTING, "bewerken/", "afscheid/"):
        as_(host).get(address(team, page))
    assert JournalEntry.objects.count() == before


# --- acting ----------------------------------------------------------------------------------------------------------


def test_a_member_founds_a_team_and_is_its_host(as_, professional, region, team):
    theme = Theme.objects.get(slug="contact")
    answer = as_(professional).post(
        "/actieteams/nieuw/",
        {
            "name": "Samen eten", "question": "Wie kookt er?", "what": "We koken.", "sentence": team.sentence_id,
            "theme": theme.pk, "area": region.pk, "values": [team.sentence.edition.values.first().pk],
        },
    )  # fmt: skip
    founded = Team.objects.get(name="Samen eten")
    assert answer.url == address(founded)
    assert founded.memberships.get().role == "host"
    assert [value.name for value in founded.values.all()] == ["openheid"]
    assert JournalEntry.objects.filter(verb="team.founded", subject_id=founded.public_id, area="JZ17").exists()


def test_a_team_needs_a_theme_or_a_change_task_and_nothing_typed_is_lost(as_, professional, region, team):
    answer = as_(professional).post("/actieteams/nieuw/", {"name": "Samen eten", "question": "Wie kookt er?"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Wie kookt er?" in page
    assert "Kies een thema of een veranderopgave." in page


def test_joining_leaving_and_coming_back(as_, team, parent):
    browser = as_(parent)
    browser.post(address(team, "meedoen/"), {"motivation": "Ik wil helpen."})
    browser.post(address(team, "meedoen/"), {"motivation": "Nog eens."})
    assert Membership.objects.get(member=parent).motivation == "Ik wil helpen."
    browser.post(address(team, "afscheid/"))
    assert Membership.objects.get(member=parent).left_at
    assert browser.post(address(team, "afscheid/")).url == address(team)
    browser.post(address(team, "meedoen/"), {})
    assert Membership.objects.filter(member=parent).count() == 2
    verbs = JournalEntry.objects.filter(actor=parent.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["membership.joined", "membership.left", "membership.joined"]


def test_a_story_is_taken_up_by_its_address_once(as_, team, host, story):
    browser = as_(host)
    for typed in (f"https://voorbeeld.nl/verhalen/{story.public_id}/", story.public_id):
        assert browser.post(address(team, "verhaal/"), {"story": typed}).status_code == 302
    assert TakenUp.objects.count() == 1
    assert JournalEntry.objects.filter(verb="takenup.made").count() == 1


@pytest.mark.parametrize("state", [{"status": "waiting"}, {"status": "on_hold"}, {"status": "refused"}])
def test_a_story_that_is_not_published_cannot_be_taken_up(as_, team, host, region, state):
    hidden = published_story(region, **state)
    answer = as_(host).post(address(team, "verhaal/"), {"story": hidden.public_id})
    assert answer.status_code == 422
    assert not TakenUp.objects.exists()


@pytest.mark.parametrize("typed", ["", "onzin", "/verhalen/", "x" * 5000, "\u200b", "😀", "<script>"])
def test_an_address_that_leads_nowhere_gets_a_sentence_on_what_to_do(as_, team, host, typed):
    answer = as_(host).post(address(team, "verhaal/"), {"story": typed})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode() or "errorlist" in answer.content.decode()


def test_stories_of_the_same_theme_are_suggested_those_nearby_first(as_, team, host, region, other_region):
    far, near = published_story(other_region, title="Ver weg"), published_story(region, title="Dichtbij")
    for suggested in (far, near):
        suggested.themes.add(team.theme)
    published_story(region, title="Ander thema")
    page = as_(host).get(address(team, "verhaal/")).content.decode()
    assert page.index("Dichtbij") < page.index("Ver weg")
    assert "Ander thema" not in page


def test_a_step_is_set_and_looked_back_on(as_, team, host):
    browser = as_(host)
    assert browser.post(address(team, "stap/"), STEP).status_code == 302
    step = Step.objects.get()
    assert (step.set_by, step.with_whom) == (host, "Groep 3")
    assert browser.post(f"/actieteams/stap/{step.public_id}/", LOOKED).status_code == 302
    step.refresh_from_db()
    assert step.looked_back_at
    assert step.outcome == "spread"
    page = browser.get(address(team)).content.decode()
    assert "De regel was niet nodig." in page


def test_two_hosts_who_set_a_step_at_the_same_time_get_one_and_keep_their_text(as_, team, host, parent):
    join(team=team, actor=parent, role="host")
    as_(host).post(address(team, "stap/"), STEP)
    answer = as_(parent).post(address(team, "stap/"), {**STEP, "question": "Mijn eigen vraag?"})
    assert answer.status_code == 409
    assert "Mijn eigen vraag?" in answer.content.decode()
    assert Step.objects.count() == 1


def test_looking_back_twice_keeps_the_first(as_, team, host):
    step = open_step(team, host)
    page = f"/actieteams/stap/{step.public_id}/"
    as_(host).post(page, LOOKED)
    answer = as_(host).post(page, {**LOOKED, "learned": "Iets anders."})
    assert answer.status_code == 409
    assert Step.objects.get().learned == LOOKED["learned"]
    assert JournalEntry.objects.filter(verb="step.looked_back").count() == 1


@pytest.mark.parametrize("missing", LOOKED)
def test_looking_back_needs_every_answer_the_dream_check_too(as_, team, host, missing):
    step = open_step(team, host)
    rest = {key: value for key, value in LOOKED.items() if key != missing}
    assert as_(host).post(f"/actieteams/stap/{step.public_id}/", rest).status_code == 422
    step.refresh_from_db()
    assert step.looked_back_at is None


def test_a_step_of_another_team_is_not_for_me_to_look_back_on(as_, team, host, professional):
    step = open_step(team, host)
    assert as_(professional).post(f"/actieteams/stap/{step.public_id}/", LOOKED).status_code == 403


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_look_back_lies_between_tomorrow_and_a_year(as_, team, host, days):
    day = timezone.localdate() + dt.timedelta(days=days)
    assert as_(host).post(address(team, "stap/"), {**STEP, "look_back_on": day.isoformat()}).status_code == 422


@pytest.mark.parametrize("text", ["", " \u200b ", "x" * 5000, "a\x00b"])
def test_text_that_does_not_fit_is_sent_back(as_, team, host, text):
    assert as_(host).post(address(team, "succes/"), {"kind": "success", "text": text}).status_code == 422
    assert not Success.objects.exists()


def test_scripts_in_a_text_are_shown_as_text(as_, client, team, host):
    as_(host).post(address(team, "succes/"), {"kind": "success", "text": "<script>alert(1)</script>"})
    page = client.get(address(team)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_change_is_written_down_when_it_is_there(as_, team, host):
    browser = as_(host)
    today = timezone.localdate()
    later = (today + dt.timedelta(days=3)).isoformat()
    assert browser.post(address(team, "verandering/"), {"text": "Anders.", "since": later}).status_code == 422
    assert (
        browser.post(address(team, "verandering/"), {"text": "Anders.", "since": today.isoformat()}).status_code == 302
    )
    assert Change.objects.get().since == today


def test_a_host_edits_the_page(as_, team, host, region):
    values = {
        "name": team.name, "question": "Een betere vraag?", "what": "Nieuw.", "learned": "Veel.",
        "sentence": team.sentence_id, "theme": team.theme_id, "area": region.pk,
    }  # fmt: skip
    assert as_(host).post(address(team, "bewerken/"), values).status_code == 302
    team.refresh_from_db()
    assert (team.question, team.learned) == ("Een betere vraag?", "Veel.")
    assert JournalEntry.objects.filter(verb="team.edited").count() == 1


def test_leaving_is_a_date_and_the_page_goes_on(client, team, host):
    leave(team=team, actor=host)
    assert "zoekt een gastheer" in client.get(address(team)).content.decode()


def test_a_team_says_goodbye_with_what_it_learned_and_nothing_is_added_any_more(as_, client, team, host, professional):
    browser, end = as_(host), f"{address(team)}afronden/"
    assert "nog door" in browser.post(end, {"learned": "Eerst vragen."}).content.decode()
    team.refresh_from_db()
    assert team.ended_on is None
    assert browser.post(end, {"learned": "Eerst vragen.", "sure": "on"}).status_code == 302
    page = client.get(address(team)).content.decode()
    assert "Eerst vragen." in page
    assert "Dit team nam afscheid" in page
    assert team.name not in client.get("/actieteams/").content.decode()
    assert as_(professional).post(f"{address(team)}meedoen/", {"motivation": "Ik ook."}).status_code == 403
    assert browser.post(end, {"learned": "Nog eens.", "sure": "on"}).status_code == 409
    assert JournalEntry.objects.filter(verb="team.ended", subject_id=team.public_id).count() == 1

import datetime as dt
import json
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from actionteams.actions import join, set_step
from actionteams.models import Membership, Step
from letters.lines import Line, piles
from letters.models import Letter
from movement.actions import endorse
from movement.models import Endorsement, Member
from tests.conftest import make_member
from tests.movement_of import a_team


def letter(member, step):
    return Letter.objects.create(
        member=member, kind="team", verb="step.set", subject_kind="step", subject_id=step.public_id,
        unique_key=f"step.set:{step.public_id}",
    )  # fmt: skip


def a_step(team, actor, **fields):
    values = {"question": "Werkt het?", "trying": "Iets.", "look_back_on": dt.date(2027, 1, 5), **fields}
    return set_step(team=team, actor=actor, **values)


@pytest.fixture
def team(host, region):
    return a_team(host, region)


def test_my_page_asks_for_a_log_in(client, db):
    for path in ("/mijn/", "/mijn/gegevens/", "/mijn/wissen/"):
        assert client.get(path).url.startswith("/inloggen/")


def test_my_page_shows_my_teams_with_what_is_next(as_, team, host):
    step = a_step(team, host)
    page = as_(host).get("/mijn/").content.decode()
    assert "5 januari 2027" in page
    assert f"/actieteams/stap/{step.public_id}/" in page
    assert "no-store" in as_(host).get("/mijn/").headers["Cache-Control"]


def test_a_look_back_that_is_due_says_that_it_is_time(as_, team, host):
    a_step(team, host, look_back_on=timezone.localdate() - dt.timedelta(days=2))
    assert "tijd om terug te kijken" in as_(host).get("/mijn/").content.decode()


def test_a_team_that_i_left_or_that_is_not_mine_is_not_there(as_, team, professional, host, region):
    join(team=team, actor=professional)
    Membership.objects.filter(member=professional).update(left_at=timezone.now())
    assert "Bellen naar huis" not in as_(professional).get("/mijn/").content.decode()


def test_the_dream_is_offered_until_i_stand_behind_it(as_, team, host):
    assert "Lees de droom" in as_(host).get("/mijn/").content.decode()
    endorse(actor=host, edition=team.sentence.edition)
    assert "Lees de droom" not in as_(host).get("/mijn/").content.decode()


def test_post_is_there_until_it_was_read(as_, team, host, parent):
    join(team=team, actor=parent)
    letter(parent, a_step(team, host))
    browser = as_(parent)
    assert "Bellen naar huis probeert iets" in browser.get("/mijn/").content.decode()
    browser.post("/mijn/post/gelezen/")
    assert "Niets nieuws" in browser.get("/mijn/").content.decode()


def test_who_brings_figures_in_finds_the_way_there(as_, analyst, coordinator, host):
    page = as_(analyst).get("/mijn/").content.decode()
    assert 'href="/monitor/invoer/"' in page
    assert 'href="/monitor/GM0200/werkblad/"' in page
    assert "Werkblad van Apeldoorn" in page
    assert 'href="/monitor/invoer/"' in as_(coordinator).get("/mijn/").content.decode()
    assert "/monitor/invoer/" not in as_(host).get("/mijn/").content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_my_page_takes_eight_queries(as_, host, region, rows, django_assert_num_queries):
    for number in range(rows):
        letter(host, a_step(a_team(host, region, name=f"Team {number}"), host))
    browser = as_(host)
    browser.get("/mijn/")  # the first page with a form writes the token into the session
    with django_assert_num_queries(8):
        browser.get("/mijn/")


def test_my_data_is_mine_and_whole(as_, team, host, parent):
    join(team=team, actor=parent, motivation="Voor mijn zoon.")
    letter(parent, a_step(team, host))
    answer = as_(parent).get("/mijn/gegevens/")
    assert "attachment" in answer.headers["Content-Disposition"]
    data = json.loads(answer.content)
    assert data["e-mailadres"] == "rania@example.org"
    assert data["actieteams"][0]["motivatie"] == "Voor mijn zoon."
    assert "judith" not in answer.content.decode().lower()


def test_erasing_leaves_the_work_and_takes_the_person(as_, client, team, host, parent):
    join(team=team, actor=parent, motivation="Voor mijn zoon.")
    step = a_step(team, parent)
    endorse(actor=parent, edition=team.sentence.edition)
    letter(parent, step)
    browser = as_(parent)
    assert "Rania" not in browser.get("/mijn/wissen/").content.decode()
    assert Member.objects.get(pk=parent.pk).name == "Rania"
    browser.post("/mijn/wissen/")
    gone = Member.objects.get(pk=parent.pk)
    assert (gone.name, gone.perspectives, gone.area, gone.last_login, gone.is_active) == ("", [], None, None, False)
    assert "rania" not in gone.email
    assert not Endorsement.objects.filter(member=gone).exists()
    assert not Letter.objects.filter(member=gone).exists()
    membership = Membership.objects.get(member=gone)
    assert membership.left_at
    assert membership.motivation == ""
    assert Step.objects.get(pk=step.pk).trying == "Iets."
    assert browser.get("/mijn/").status_code == 302
    assert client.get(team.get_absolute_url()).status_code == 200


def test_another_browser_of_an_erased_member_is_logged_out(as_, parent):
    other = as_(parent)
    as_(parent).post("/mijn/wissen/")
    assert other.get("/mijn/").status_code == 302


def test_the_last_coordinator_stays(as_, coordinator):
    as_(coordinator).post("/mijn/wissen/")
    assert Member.objects.get(pk=coordinator.pk).is_active
    make_member("Hanna", "organisation", is_coordinator=True)
    as_(coordinator).post("/mijn/wissen/")
    assert not Member.objects.get(pk=coordinator.pk).is_active


def test_who_reads_the_mailbox_of_a_coordinator_does_not_get_her_off_the_desk(client, coordinator, second_coordinator):
    client.force_login(coordinator)
    for knock, path in ((client.get, "/mijn/gegevens/"), (client.get, "/mijn/wissen/"), (client.post, "/mijn/wissen/")):
        answer = knock(path)
        assert (answer.status_code, answer.url) == (302, f"{reverse('mfa_activate_totp')}?next={quote(path, safe='')}")
        assert answer.headers["Cache-Control"] == "no-store"
    assert Member.objects.get(pk=coordinator.pk).is_active
    # A link that says `download` would keep the page that asks for the second factor as a file.
    assert '<a href="/mijn/gegevens/">' in client.get("/mijn/").content.decode()


def test_a_long_post_is_folded_and_what_is_only_new_on_the_site_stands_last():
    now = timezone.now()
    new = [Line("Nieuwe verhalen", f"Verhaal {number}", f"/{number}", now) for number in range(5)]
    of_team = Line("In je actieteams", "Een stap", "/stap", now)
    assert [(heading, len(shown), len(folded)) for heading, shown, folded in piles([*new, of_team])] == [
        ("In je actieteams", 1, 0), ("Nieuwe verhalen", 3, 2),
    ]  # fmt: skip

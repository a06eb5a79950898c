"""What a team does, in a real browser. What axe finds in its pages is in tests/test_every_screen.py."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client

from actionteams.actions import set_step
from movement.models import Member
from tests.movement_of import a_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(host, region):
    team = a_team(host, region)
    set_step(team=team, actor=host, question="Twee?", trying="Nog iets.", look_back_on=dt.date(2027, 2, 5))
    return team


def cookie(member, live_server):
    client = Client()
    client.force_login(Member.objects.get(pk=member.pk))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


def test_a_host_looks_back_and_sets_the_next_step_by_keyboard(new_page, team, host, live_server):
    page = new_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.context.add_cookies([cookie(host, live_server)])
    page.goto("/mijn/")
    page.get_by_role("link", name="Kijk terug").click()
    page.get_by_role("button", name="Bewaar wat we leerden").press("Enter")
    assert page.locator("#errors").count() == 1
    page.get_by_label("Wat zagen we?").fill("Het bleef rustig.")
    page.get_by_label("Wat leerden we?").fill("Twee telefoons zijn genoeg.")
    page.get_by_label("Doorgeven aan anderen").check()
    page.get_by_label("Voor een deel").check()
    page.get_by_role("button", name="Bewaar wat we leerden").press("Enter")
    assert page.get_by_text("Twee telefoons zijn genoeg.").count() == 1
    page.get_by_role("link", name="Kies de volgende stap").click()
    page.get_by_label("Wat willen we weten?").fill("Kan het overal?")
    page.get_by_label("Wat proberen we?").fill("We vragen drie andere groepen.")
    page.get_by_label("Wanneer kijken we terug?").fill("2027-03-01")
    page.get_by_role("button", name="Zet deze stap").press("Enter")
    assert page.get_by_role("heading", name="Kan het overal?").count() == 2

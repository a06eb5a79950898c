"""The pages of teams, dream and members in a real browser: no fault that axe finds, and nothing runs off a phone."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from actionteams.actions import look_back, notice, record_change, record_success, set_step, take_up
from movement.models import Initiative, Member, Theme
from movement.setup import load_change_tasks, load_dream, load_themes
from tests.movement_of import a_team
from tests.story_of import published_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(host, region):
    load_dream(), load_change_tasks(), load_themes()
    team = a_team(host, region, theme=Theme.objects.get(slug="contact-met-ouders"))
    stories = [published_story(region) for _ in range(7)]
    for story in stories:
        take_up(team=team, story=story, actor=host)
    step = set_step(team=team, actor=host, question="Een?", trying="Iets.", look_back_on=dt.date(2027, 1, 5))
    look_back(step=step, actor=host, saw="Rust.", learned="Het kon.", outcome="spread", dream_check="yes")
    record_success(team=team, actor=host, text="Een moeder sprak haar zoon elke dag.")
    change = record_change(team=team, actor=host, text="Geen vast uur meer.")
    for story in stories:
        notice(change=change, story=story, answer="yes")
    set_step(team=team, actor=host, question="Twee?", trying="Nog iets.", look_back_on=dt.date(2027, 2, 5))
    Initiative.objects.create(name="De belkamer", summary="Een kamer.", what="Lang.", area=region)
    return team


def cookie(member, live_server):
    client = Client()
    client.force_login(Member.objects.get(pk=member.pk))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


def check(page, paths):
    for path in paths:
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} runs off the screen"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_everybody_reads_has_no_fault_that_axe_finds(new_page, team, scheme):
    page = new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    check(page, ["/actieteams/", team.get_absolute_url(), "/droom/", "/initiatieven/"])


@pytest.mark.parametrize(
    ("scheme", "pages"),
    [
        (
            "light",
            ["{team}", "/mijn/", "/mijn/wissen/", "/actieteams/nieuw/", "{step}", "{team}verhaal/", "{team}stap/"],
        ),
        ("dark", ["{team}", "/mijn/", "{step}", "{team}verhaal/"]),
    ],
)
def test_what_members_do_has_no_fault_that_axe_finds(new_page, team, host, live_server, scheme, pages):
    page = new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page.context.add_cookies([cookie(host, live_server)])
    step = f"/actieteams/stap/{team.steps.open().get().public_id}/"
    check(page, [path.format(team=team.get_absolute_url(), step=step) for path in pages])


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

"""The whole of it, as people do it: one story from telling to change, and back to its teller.

A real browser, a real database, a real broker and a real mail server. Each test walks once, on a phone and at a desk.
"""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone

from actionteams import actions as teams
from actionteams.models import Step
from config.demo.people import second_factor
from letters import hours
from letters.models import Letter
from monitor.setup import load_figures, load_indicators
from movement.areas import load_areas
from movement.models import Appointment, Area, Initiative, Member
from movement.setup import load_change_tasks, load_dream, load_help_lines, load_themes, theme_named
from stories.actions.deciding import claim, publish_unchanged
from stories.actions.telling import Answers, tell
from stories.models import Story
from stories.setup import load_house_rules
from tests.accounts.flows import code_from_app
from tests.browser import DESK, PHONE, enter, tab_to
from tests.conftest import make_member
from tests.smtp import text_of

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

STORY = (
    "Mijn mentor Tarik zei dat ik om half acht mocht bellen. Mijn moeder werkt dan in de avonddienst. "
    "Je kunt mij bellen op 06-12345678 en mijn bsn is 111222333. Ik heb weken gewacht op een beter moment."
)
EDITED = (
    "Mijn mentor zei dat ik om half acht mocht bellen. Mijn moeder werkt dan in de avonddienst. "
    "Ik heb weken gewacht op een beter moment."
)
DANGER = "Ik wil niet meer leven en ik heb al bedacht wanneer."


@pytest.fixture
def house(transactional_db, smtp):
    """An empty house on its first day: its data, a coordinator, a team, an initiative and two analysts."""
    load_areas()
    dream = load_dream()
    for load in (load_themes, load_change_tasks, load_help_lines, load_house_rules, load_indicators, load_figures):
        load()
    region = Area.objects.get(code="JZ17")
    host = make_member("Judith", "professional")
    teams.found_team(
        actor=host,
        name="Thuis dichtbij",
        question="Hoe kan een jongere bellen wanneer het thuis uitkomt?",
        what="We zoeken uit waar de regel vandaan komt.",
        sentence=dream.sentences.get(position=3),
        theme=theme_named("contact-met-ouders"),
        area=region,
    )
    Initiative.objects.create(name="De vaste stoel", summary="Eén begeleider blijft.", what="Echt.", area=region)
    for name, code in (("Bas", "GM0200"), ("Sanne", "GM0303")):
        member = make_member(name, "municipality")
        Appointment.objects.create(member=member, kind="analyst", area=Area.objects.get(code=code))
    make_member("Marijke", "organisation", is_coordinator=True)
    return smtp


def press(button):
    """Press a button and wait until the server has answered."""
    with button.page.expect_navigation():
        button.click()


def words_of(page):
    return " ".join(page.locator(".codewords li").all_inner_texts())


def tell_it(page, text, *, region="JZ17"):
    """From the empty form to the look back at it: on one page without JavaScript, a question a screen with it."""
    page.goto("/vertel/")
    page.fill("[name=body]", text)
    for scale in ("heard", "seen", "known"):
        reach(page, f"[name={scale}][value='2']").check()
    reach(page, "[name=perspective][value=youth]").check()
    reach(page, "[name=region]").select_option(region)
    reach(page, "[name=audience][value=everybody]").check()
    reach(page, "[name=when][value=now]").check()
    reach(page, "button[value=check]").click()
    page.wait_for_selector(".review")


def reach(page, selector):
    """Go on to the question that holds this field."""
    field = page.locator(selector).first
    for _ in range(8):
        if field.is_visible():
            return field
        page.locator("button:visible", has_text="Volgende").click()
    return field


def send(page):
    page.locator("button[value=send]").click()
    page.wait_for_selector(".codewords")


def use_code(page, code):
    page.goto("/code/")
    page.fill("[name=code]", code)
    press(page.locator("#code button:not([name]):visible"))
    page.wait_for_url("**/code/verhaal/")


def log_in(page, smtp, member):
    """By e-mail and code, and for a coordinator with the digits of her app."""
    page.goto("/inloggen/")
    page.fill("[name=email]", member.email)
    press(page.locator("button:has-text('Stuur')").first)
    page.wait_for_url("**/inloggen/code/**")
    page.fill("[name=code]", smtp.code_for(member.email))
    press(page.locator("button[value=verify]").first)


def waiting(number, region):
    """Another teller's story, brought in by the same action."""
    told = tell(
        token=bytes([number]) * 16,
        answers=Answers(
            body=f"Verhaal {number} over bellen.", audience="everybody", region=region, heard=4, seen=4, known=4
        ),
        send_now=True,
    )
    return told.story


def published(number, region):
    """The same, published by the same actions."""
    story, coordinator = waiting(number, region), Member.objects.get(name="Marijke")
    claim(story=story, actor=coordinator)
    story.refresh_from_db()
    publish_unchanged(story=story, title=f"Bellen {number}", actor=coordinator)


@pytest.mark.parametrize(
    ("size", "script", "analyst"),
    [(PHONE, False, ("Sanne", 403)), (DESK, True, ("Bas", 200))],
    ids=["phone without script", "desk"],
)
def test_one_story_goes_all_the_way_round(house, new_page, size, script, analyst, monkeypatch):
    monkeypatch.setattr(hours, "WAKE", dt.time.min)  # at night no letter asks to look back
    monkeypatch.setattr(hours, "SLEEP", dt.time.max)
    region = Area.objects.get(code="JZ17")
    teller = new_page(viewport=size, java_script_enabled=script)
    desk = new_page(viewport=size)
    member = new_page(viewport=size)
    reader = new_page(viewport=size)

    code = _told_without_an_account(teller)
    _one_in_danger_tells_too(new_page(viewport=size, java_script_enabled=script))
    story = Story.objects.get(danger="none")
    _the_coordinator_proposes_an_edit(desk, house, story)
    _the_teller_agrees(teller, code)
    _readers_find_it(reader, story)
    _a_professional_joins_and_acts(member, house, story)
    _the_teller_sees_the_thread_and_answers(teller, code)
    _the_story_page_shows_the_thread(reader, story)
    _the_coordinator_publishes_by_keyboard_alone(desk, waiting(1, region))
    _the_monitor_shows_five_and_hides_four(reader, region, story)
    _post_goes_out_once(house)
    _the_coordinator_links_it_to_an_initiative(desk, reader, story)
    _an_analyst_sees_her_own_area(new_page(viewport=size), house, *analyst)
    _the_teller_takes_it_back(teller, reader, code, story)


def _told_without_an_account(page):
    tell_it(page, STORY)
    marked = page.locator(".review mark").all_inner_texts()
    assert marked == ["mentor Tarik", "06-12345678", "111222333"]
    assert page.context.cookies() == []
    page.locator("fieldset:has(legend:has-text('Tarik')) input[value=leave]").check()
    send(page)
    code = words_of(page)
    assert len(code.split()) == 5
    assert page.context.cookies() == []
    kept = Story.objects.get()
    assert kept.raw_body is not None
    assert "Tarik" in kept.raw_body  # the teller decides
    assert "06-12345678" not in kept.raw_body
    assert "111222333" not in kept.raw_body
    assert kept.status == "waiting"
    return code


def _one_in_danger_tells_too(page):
    tell_it(page, DANGER)
    assert page.locator("main a[href='tel:113']").is_visible()
    send(page)
    assert len(words_of(page).split()) == 5


def _the_coordinator_proposes_an_edit(page, smtp, story):
    coordinator = Member.objects.get(name="Marijke")
    log_in(page, smtp, coordinator)
    page.goto("/desk/")
    if "/inloggen/" in page.url:  # her first time: she sets up the app with codes
        _set_up_second_factor(page, coordinator)
        page.goto("/desk/")
    links = page.locator("main a[href^='/desk/verhalen/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    urgent = Story.objects.get(danger="urgent")
    assert links.index(f"/desk/verhalen/{urgent.public_id}/") < links.index(f"/desk/verhalen/{story.public_id}/")
    _by_keyboard_alone(page, story)
    story.refresh_from_db()
    assert story.status == "proposed"


def _by_keyboard_alone(page, story):
    """From the desk to an edit that is sent, and back to the desk, without a pointer."""
    address = f"/desk/verhalen/{story.public_id}/"
    enter(page, f"main a[href='{address}']")
    assert "mentor Tarik" in page.locator("main article mark").all_inner_texts()
    enter(page, "main button", "Ik pak dit verhaal op")
    enter(page, ".desk-marks a[href^='#in-']")  # the first mark, in its place in the text
    assert page.evaluate("location.hash").startswith("#in-")
    tab_to(page, ".desk-marks select")
    page.keyboard.press("ArrowDown")  # leave it
    enter(page, "button[formaction$='/merken/']")
    form = "form[action$='/voorstel/']"
    for name, text in (("title", "Om half acht"), ("body", EDITED), ("why", "We hebben een naam weggehaald.")):
        tab_to(page, f"{form} [name={name}]")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)
    tab_to(page, f"{form} [name=rules][value=naam]")
    page.keyboard.press("Space")
    enter(page, f"{form} button:not([formaction])")
    assert urlsplit(page.url).path == "/desk/"


def _set_up_second_factor(page, coordinator):
    page.wait_for_url("**/bewijs/app/**")
    page.click("main summary")  # who cannot point a phone at the square gets the key to type
    secret = re.sub(r"\s", "", page.locator("code.key").inner_text())
    page.fill("[name=code]", code_from_app(secret))
    press(page.locator("button:has-text('Zet')").first)
    page.wait_for_url(re.compile(r"/(bewijs/reserve|desk|mijn)"))
    assert second_factor(coordinator) is not None


def _the_teller_agrees(page, code):
    use_code(page, code)
    assert page.locator(".diff del").first.is_visible()
    press(page.locator("button[name=agree][value=yes]").first)


def _readers_find_it(page, story):
    story.refresh_from_db()
    assert (story.status, story.body) == ("published", EDITED)
    page.goto("/verhalen/?q=wachten")  # the story says 'gewacht'
    assert page.locator(f"a[href='/verhalen/{story.public_id}/']").count() >= 1
    page.goto(f"/verhalen/{story.public_id}/")
    assert "avonddienst" in page.locator("main").inner_text()
    assert page.context.cookies() == []


def _a_professional_joins_and_acts(page, smtp, story):
    page.goto("/inloggen/aanmelden/")
    page.fill("[name=email]", "anouk@example.org")
    page.fill("[name=name]", "Anouk")
    field = page.locator("[name=perspective]")
    if field.first.evaluate("e => e.tagName") == "SELECT":
        field.select_option("professional")
    else:
        page.check("[name=perspective][value=professional]")
    page.check("[name=sixteen]")
    press(page.locator("main button[type=submit]").first)
    page.wait_for_url("**/aanmelden/code/**")
    page.fill("[name=code]", smtp.code_for("anouk@example.org"))
    press(page.locator("button[value=verify]").first)
    page.wait_for_url("**/mijn/")

    page.goto("/droom/")
    press(page.locator("form[action$='/steun/'] button"))
    page.goto("/actieteams/")
    press(page.locator("main a", has_text="Hoe kan een jongere bellen").first)
    press(page.locator("a:has-text('Doe mee')").first)
    page.fill("[name=motivation]", "Ik werk op een groep.")
    press(page.locator("main form button").first)
    team = page.url
    press(page.locator("a[href$='/verhaal/']").first)
    page.fill("main [name=story]", f"/verhalen/{story.public_id}/")
    press(page.locator("main form:has([name=story]) button").first)

    page.goto(team + "stap/")
    page.fill("[name=question]", "Wat gebeurt er zonder belrooster?")
    page.fill("[name=trying]", "Een maand bellen wanneer het uitkomt.")
    page.fill("[name=look_back_on]", (timezone.localdate() + dt.timedelta(days=30)).isoformat())
    press(page.locator("main form button").first)
    page.goto(team + "succes/")
    page.fill("[name=text]", "Een moeder sprak haar dochter elke dag.")
    press(page.locator("main form button").first)
    page.goto(team + "verandering/")
    page.fill("[name=text]", "Op deze groep is het belrooster weg.")
    page.fill("[name=since]", timezone.localdate().isoformat())
    press(page.locator("main form button").first)
    page.goto(team)
    assert "Op deze groep is het belrooster weg." in page.locator("main").inner_text()


def _the_teller_sees_the_thread_and_answers(page, code):
    use_code(page, code)
    thread = page.locator("ol.thread").inner_text()
    for moment in ("Thuis dichtbij", "Een moeder sprak haar dochter elke dag.", "Op deze groep is het belrooster weg."):
        assert moment in thread
    press(page.locator("ol.thread button", has_text="Een beetje"))
    assert Story.objects.get(danger="none").noticed.get().answer == "little"


def _the_story_page_shows_the_thread(page, story):
    page.goto(f"/verhalen/{story.public_id}/")
    assert "Op deze groep is het belrooster weg." in page.locator("ol.thread").inner_text()


def _the_coordinator_publishes_by_keyboard_alone(page, story):
    page.goto(f"/desk/verhalen/{story.public_id}/")
    enter(page, "main button", "Ik pak dit verhaal op")
    form = "form[action$='/plaatsen/']"
    tab_to(page, f"{form} [name=title]")
    page.keyboard.insert_text("Bellen 1")
    enter(page, f"{form} button:not([formaction])")
    assert urlsplit(page.url).path == "/desk/"
    story.refresh_from_db()
    assert (story.status, story.title) == ("published", "Bellen 1")


def _the_monitor_shows_five_and_hides_four(page, region, story):
    page.goto("/monitor/")
    main = page.locator("main").inner_text()
    assert "2.415" in main
    assert "1.146" in main
    for number in (2, 3):
        published(number, region)
    assert region.code == story.region.code
    page.goto("/monitor/JZ17/")
    assert page.locator("[aria-labelledby=hsk] table").count() == 0
    published(4, region)
    # They count from the day after.
    Story.objects.published().update(published_on=timezone.localdate() - dt.timedelta(days=1))
    page.goto("/monitor/JZ17/")
    assert page.locator("[aria-labelledby=hsk] table").count() >= 1


def _post_goes_out_once(smtp):
    smtp.clear()
    Step.objects.update(look_back_on=timezone.localdate())  # a month goes by
    call_command("send_reminders")
    assert Letter.objects.filter(kind="look_back").exists()
    reminded = {to for _, (to,) in smtp.envelopes}
    assert "judith@example.org" in reminded
    call_command("send_digests")
    digest = text_of(smtp.to("anouk@example.org")[-1])
    assert "Om half acht" in digest
    assert "avonddienst" not in digest
    sent = len(smtp.messages)
    call_command("send_reminders")
    call_command("send_digests")
    assert len(smtp.messages) == sent


def _the_coordinator_links_it_to_an_initiative(desk, reader, story):
    desk.goto(f"/desk/verhalen/{story.public_id}/")
    form = desk.locator("form[action$='/verbinden/']")
    if not form.locator("select").is_visible():
        desk.locator("details", has=form).locator("summary").first.click()
    form.locator("select").select_option(label="De vaste stoel")
    press(form.locator("button").last)
    reader.goto(f"/verhalen/{story.public_id}/")
    assert "De vaste stoel" in reader.locator("main").inner_text()


def _an_analyst_sees_her_own_area(page, smtp, name, status):
    log_in(page, smtp, Member.objects.get(name=name))
    page.wait_for_url("**/mijn/")
    answer = page.goto("/monitor/GM0200/werkblad/")
    assert answer.status == status


def _the_teller_takes_it_back(teller, reader, code, story):
    use_code(teller, code)
    press(teller.locator("button[formaction$='/terugnemen/']"))
    teller.check("main input[type=checkbox]")
    press(teller.locator("main form button").first)
    answer = reader.goto(f"/verhalen/{story.public_id}/")
    assert answer.status == 410
    for place in ("/verhalen/", "/verhalen/?q=avonddienst", "/verhalen/atom.xml", "/", "/actieteams/"):
        page = reader.request.get(place)
        assert page.status == 200
        assert story.public_id not in page.text()
        assert "Om half acht" not in page.text()
    reader.goto("/monitor/JZ17/")
    assert reader.locator("[aria-labelledby=hsk] table").count() == 0
    row = Story.objects.get(pk=story.pk)
    assert (row.status, row.raw_body, row.body, row.title) == ("withdrawn", None, "", "")
    assert row.withdrawn_at is not None
    assert row.withdrawn_at > timezone.now() - dt.timedelta(minutes=5)

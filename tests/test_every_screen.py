"""Every screen of the walk, seen by axe on a phone and at a desk, by day and by night; and none that sticks out."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from actionteams.models import Step, TakenUp
from config.management.commands import seed
from monitor.models import Indicator
from movement.models import Member
from stories.actions.deciding import claim, propose_edit
from stories.actions.quoting import unquote
from stories.actions.reporting import report_story
from stories.actions.telling import Answers, tell
from stories.actions.withdrawing import withdraw
from stories.models import HouseRule, PublicAnswer, Story
from tests.browser import PHONE, faults, skip_the_rest

pytestmark = [pytest.mark.browser, pytest.mark.long]
# Each width and each scheme once: a width changes the order and what is hidden, a scheme the colours.
# The desk is lower than a screen: what stands below is looked at as well, and less has to be painted.
WAYS = [(PHONE, "light"), ({"width": 1280, "height": 560}, "dark")]
# A screen of 1280 at 200 percent is 640 wide, at 400 percent it is the smallest phone (WCAG 1.4.4 and 1.4.10).
ZOOMED, SMALLEST = {"width": 640, "height": 640}, {"width": 320, "height": 640}
TEXT = "Mijn mentor Tarik zei dat ik om half acht mocht bellen op 06-12345678. Mijn bsn is 111222333."
DANGER = "Ik wil niet meer leven en ik heb al bedacht wanneer."

# What is pressed is 44 px high (look.md): [what it says, its height] of what is lower. A link within a sentence is as
# high as its line; one that lies over its whole entry is as high as that; a tick is as high as its label.
LOWER = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, input")].filter(one =>
    one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 2
).map(one => {
    const round = one.closest("p, li, td, th, dd, dt, h1, h2, h3, figcaption, legend, div, body").cloneNode(true);
    round.querySelectorAll("a, button, .visually-hidden").forEach(part => part.remove());
    const alone = getComputedStyle(one).display !== "inline" || !/[\\p{L}\\p{N}]/u.test(round.textContent);
    const over = getComputedStyle(one, "::after").inset === "0px" ? one.offsetParent : one.closest("label") || one;
    return [one.textContent.trim() || one.name, Math.round(over.getBoundingClientRect().height), alone];
}).filter(([_says, high, alone]) => alone && high < 44).map(([says, high]) => `${says}: ${high}`)"""

# Facts in a row: the dot between them stays with what stands before it.
LOOSE = """() => [...document.querySelectorAll("main .meta")].map(one => one.textContent.trim().slice(0, 90))
    .filter(text => /[^\\u00a0]·/.test(text))"""
# What is folded away is pressed and read too, once it is open.
FOLDED = """() => [...document.querySelectorAll("details:not([open])")]"""
# A heading stands further from what is above it than from what it is about, and the page begins at its edge.
CLOSE = """() => [...document.querySelectorAll("main h2:not(.visually-hidden), main h1")].filter(one => {
    const box = one.getBoundingClientRect();
    let first = one;
    while (!first.previousElementSibling && !first.parentElement.matches("main, .section")) first = first.parentElement;
    const above = first.previousElementSibling;
    const edge = document.querySelector(".top__bar").getBoundingClientRect();
    if (!one.checkVisibility() || one.closest(".card, .notice, .empty, .desk__band, li")) return false;
    if (one.matches("h1")) return Math.min(box.left - edge.left, edge.right - box.right) > 1;
    return above && above.checkVisibility() && box.top - above.getBoundingClientRect().bottom < 24;
}).map(one => one.textContent.trim())"""
# How wide the page is, and what is written too small: in a drawing letters shrink with it.
LETTERS = """() => [document.documentElement.scrollWidth, [...document.querySelectorAll("svg text")].map(one =>
    [one.textContent, one.checkVisibility() ? parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a : 99]
).filter(([_says, size]) => size < 12.99)]"""

# A word that is wider than the box it stands in, folded parts too.
BURST = """() => {
    const folded = [...document.querySelectorAll("main details:not([open])")];
    folded.forEach(one => { one.open = true });
    const boxes = [...document.querySelectorAll("main :is(label, summary, .button, .tag):not(.visually-hidden)")];
    const seen = boxes.filter(one => one.checkVisibility() && one.clientWidth);
    const burst = seen.filter(one => one.scrollWidth > one.clientWidth + 1);
    folded.forEach(one => { one.open = false });
    return burst.map(one => one.textContent.trim());
}"""


@dataclass
class House:
    """A seeded house, with the codes and the log-ins that its screens ask for."""

    code: str
    offered: str = ""
    sessions: dict[str, str] = field(default_factory=dict)
    paths: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture
def house(transactional_db):
    """The demo, made once: one walk looks at every screen in every way, because making it takes longer than a look."""
    made = House(code=seed.fill())
    marijke = Member.objects.get(email="marijke@example.org")
    made.offered = _offered_edit(marijke)
    for who, member in (("member", Member.objects.get(email="anouk@example.org")), ("desk", marijke)):
        made.sessions[who] = _session(member)
    made.paths = _paths()
    return made


def _offered_edit(coordinator):
    """The code of a story for which an edit lies ready."""
    told = tell(token=b"1" * 16, answers=Answers(body=TEXT, audience="everybody"), send_now=True)
    claim(story=told.story, actor=coordinator)
    told.story.refresh_from_db()
    propose_edit(story=told.story, title="Bellen", body="Mijn mentor zei dat ik mocht bellen.", helped="", feeling="",
                 why="We hebben een naam weggehaald.", rules=[], actor=coordinator)  # fmt: skip
    return told.code


def _session(member):
    client = Client()
    client.force_login(member)
    if member.is_coordinator:
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, member, "mfa", type="totp")
        request.session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _paths():
    longest = TakenUp.objects.select_related("story", "team").order_by("at")[0]
    team = longest.team.get_absolute_url()
    step = Step.objects.filter(team=longest.team, looked_back_at=None)[0]
    public = Story.objects.filter(status="published")
    gone = public.filter(heavy=False).filter(taken_up=None)[0]
    withdraw(story=gone)
    report_story(story=longest.story, token=b"3" * 16, why="other", text="Ik herken iemand aan de rode brommer.")
    figure = Indicator.objects.get(slug="jeugdzorgplus_youths_in_care").get_absolute_url()
    waiting, marijke = Story.objects.filter(status="waiting"), Member.objects.get(email="marijke@example.org")
    danger = waiting.exclude(danger="none").filter(danger_answered_at=None)[0]
    quoted, unquoted = Story.objects.exclude(quotes=None).order_by("pk")[:2]
    unquote(story=unquoted, quote=unquoted.quotes.get().public_id, actor=marijke)
    hand = next(story for story in waiting if not story.has_open_danger)
    claim(story=hand, actor=marijke)
    return {
        "reader": [
            f"{longest.story.get_absolute_url()}melden/",
            "/", "/vertel/", "/code/", "/verhalen/", "/verhalen/?q=bellen", "/verhalen/?q=xyzzy",
            longest.story.get_absolute_url(), public.filter(heavy=True)[0].get_absolute_url(),
            gone.get_absolute_url(), "/actieteams/", team, "/droom/", "/initiatieven/", "/kaart/", "/monitor/",
            "/monitor/JZ17/", "/monitor/GM0200/", "/monitor/JZ08/", figure, "/inloggen/", "/inloggen/aanmelden/",
            "/hulp/", "/huisregels/", "/privacy/", "/toegankelijkheid/", "/dit-bestaat-niet/",
            "/vertel/afspraken/", "/ar/vertel/", "/ar/hulp/",
        ],
        "member": ["/mijn/", "/mijn/zoeken/?q=bellen",
                   "/mijn/post/", "/mijn/wissen/", team, f"/actieteams/stap/{step.public_id}/",
                   f"{longest.story.get_absolute_url()}antwoord/", f"{team}verhaal/", f"{team}stap/",
                   f"{team}succes/", "/actieteams/nieuw/"],
        "desk": ["/desk/", "/desk/stemmen/",
                 f"/desk/antwoorden/{PublicAnswer.objects.filter(state='waiting')[0].public_id}/",
                 "/desk/logboek/", f"/desk/gemeld/{longest.story.public_id}/",
                 f"/desk/verhalen/{danger.public_id}/",
                 *(f"/desk/verhalen/{story.public_id}/?tekst" for story in (hand, danger)),
                 "/desk/teksten/", f"/desk/teksten/huisregel/{HouseRule.objects.all()[0].pk}/", "/monitor/invoer/",
                 f"/desk/verhalen/{quoted.public_id}/", "/monitor/GM0200/werkblad/"],
    }  # fmt: skip


@pytest.fixture
def look(new_page, house):
    """look(viewport=…, color_scheme=…): go through every screen as a reader, a teller, a member and a coordinator."""

    def walk(**options):
        for who, paths in house.paths.items():
            page = new_page(**options)
            if who != "reader":
                cookie = {"name": settings.SESSION_COOKIE_NAME, "value": house.sessions[who]}
                page.goto("/gezond/")
                page.context.add_cookies([{**cookie, "url": urljoin(page.url, "/")}])
            for path in paths:
                answer = page.goto(path)
                assert page.url == urljoin(page.url, path), f"{path} led to {page.url}"
                assert answer.status in (200, 404, 410), path
                yield path, page
        yield from _telling(new_page(**options, java_script_enabled=True), house)

    return walk


def _telling(page, house):
    """What only a form leads to: the marks, the danger, the words, the thread and the offered edit behind a code."""
    page.goto("/vertel/")
    page.click("button[value=duty]")
    page.wait_for_selector("[name=secrecy][type=checkbox]")
    yield "the duty of secrecy", page
    for text in (TEXT, DANGER):
        page.goto("/vertel/")
        page.fill("[name=body]", text)
        page.locator("[data-actions] .button:visible").first.click()
        if text == TEXT:
            yield "a later question", page
        skip_the_rest(page)
        if text == TEXT:
            yield "the last question", page
        page.click("button[value=check]")
        page.wait_for_selector(".review")
        yield "looking back", page
    page.click("button[value=send]")
    page.wait_for_selector(".codewords")
    yield "the five words", page
    for code in (house.code, house.offered):
        page.goto("/code/")
        page.fill("[name=code]", code)
        page.locator("main .button").first.click()
        page.wait_for_url("**/code/verhaal/")
        yield "behind the code", page
    page.goto("/code/verhaal/opnieuw/")
    yield "changing it", page
    page.goto("/code/verhaal/terugnemen/")
    yield "taking it back", page


def test_every_screen_lets_everybody_in_by_day_and_by_night_and_nothing_sticks_out(look):
    found: list[tuple[object, ...]] = []
    known: set[tuple[str, str]] = set()
    widths: list[tuple] = [(SMALLEST, ""), *WAYS, (ZOOMED, "")]
    for path, page in look(viewport=SMALLEST, reduced_motion="reduce"):
        # What stands around every page is looked at once in each way, for as long as it is the same to the letter.
        around = {part: page.locator(part).evaluate("part => part.outerHTML") for part in ("header.top", "footer.foot")}
        found += [(path, "has no way to leave in a hurry")] if page.locator(".exit:visible").count() != 1 else []
        red = page.locator("main .button:not(.button--quiet, .button--danger):visible").count()
        found += [(path, "has this many first things to do", red)] if red > 1 else []
        folded = page.evaluate_handle(FOLDED)
        folded.evaluate("all => all.forEach(one => { one.open = true })")
        found += [(path, "is lower than 44 px", each) for each in page.evaluate(LOWER)]
        found += [(path, "may begin a line with a dot", each) for each in page.evaluate(LOOSE)]
        folded.evaluate("all => all.forEach(one => { one.open = false })")
        found += [(path, "has a heading in a narrow place", each) for each in page.evaluate(CLOSE)]
        for size, scheme in widths:
            page.set_viewport_size(size)
            wide, small = page.evaluate(LETTERS)
            found += [(path, size["width"], "is as wide as", wide)] if wide > size["width"] else []
            found += [(path, size["width"], "is smaller than 13 px", each) for each in small]
            found += [(path, size["width"], "is wider than its box", each) for each in page.evaluate(BURST)]
            if scheme:
                page.emulate_media(color_scheme=scheme)
                but = [part for part, markup in around.items() if (scheme, markup) in known]
                found += [(path, size["width"], scheme, *each) for each in faults(page, but=but)]
                known |= {(scheme, markup) for markup in around.values()}
        widths.reverse()  # the next one opens at the width where this one ends
    assert found == [], "\n".join(map(str, found))

"""The desk as it is drawn: the thread on what waits, and nothing cut through, stacked or too small for a finger."""

from urllib.parse import urljoin

import pytest
from django.conf import settings

from stories.models import Status
from tests.browser import DESK, PHONE
from tests.stories.factory import a_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOX = "element => element.getBoundingClientRect().toJSON()"
BEADS = """items => items.map(item => {
    const bead = getComputedStyle(item, '::before'), thread = getComputedStyle(item.parentElement, '::before');
    return [item.textContent.includes('nog van niemand'), bead.borderColor === bead.backgroundColor,
        thread.maskImage.includes('thread.') && thread.backgroundColor === bead.borderColor];
})"""
# Where the letters of the last line stand, near enough: both are of one face.
BASELINE = """element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].pop().bottom - 0.3 * parseFloat(getComputedStyle(element).fontSize);
}"""


@pytest.fixture
def at_desk(new_page, as_, coordinator):
    """at_desk(path, viewport=…): a page of the desk, as a coordinator sees it."""
    session = as_(coordinator).cookies[settings.SESSION_COOKIE_NAME].value

    def go(path, **options):
        page = new_page(**options)
        page.goto("/gezond/")
        place = urljoin(page.url, "/")
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": place}])
        assert page.goto(path).status == 200
        return page

    return go


def box(page, selector):
    return page.locator(selector).first.evaluate(BOX)


def test_the_thread_runs_past_what_waits_and_its_bead_says_whether_somebody_has_it(at_desk, coordinator):
    a_story()
    a_story(status=Status.IN_HAND, reader=coordinator)
    page = at_desk("/desk/", viewport=DESK)
    # Nobody's yet, in words; a bead that is filled; and the hand-drawn line, in the colour of the bead.
    assert page.locator(".desk__item").evaluate_all(BEADS) == [[False, True, True], [True, False, True]]


def test_on_a_phone_what_waits_stands_under_a_short_way_to_each_band(at_desk, coordinator, second_coordinator):
    fields = {"reader": coordinator}
    for more in (
        {}, {"danger": "urgent"}, {"status": Status.ESCALATED}, {"status": Status.IN_HAND, **fields},
        {"status": Status.IN_HAND, "reader": second_coordinator}, {"status": Status.QUESTION, **fields},
        {"status": Status.ON_HOLD}, {"status": Status.ON_HOLD, "audience": "support"},
    ):  # fmt: skip
        a_story(**more)
    page = at_desk("/desk/", viewport=PHONE)
    ways = page.locator(".desk > nav a")
    assert ways.count() == 8
    assert box(page, ".desk > nav")["height"] < 200
    assert min(one["height"] for one in ways.evaluate_all(f"all => all.map({BOX})")) >= 44


def test_a_finger_finds_the_title_of_what_waits_and_the_main_button_stands_on_the_sentence_beside_it(at_desk):
    a_story()
    page = at_desk("/desk/", viewport=DESK)
    title = box(page, ".desk__what a")
    assert title["height"] >= 44
    at = "([x, y]) => document.elementFromPoint(x, y).closest('a') !== null"
    assert page.evaluate(at, [title["x"] + 20, title["bottom"] - 2]), "what stands below lies over it"
    words, button = (page.locator(part).evaluate(BASELINE) for part in (".lead", "#take .button"))
    assert abs(words - button) < 3

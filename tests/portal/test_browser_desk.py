"""The desk as it is drawn: the thread on what waits, and nothing cut through, stacked or too small for a finger."""

from urllib.parse import urljoin

import pytest
from django.conf import settings

from stories.models import Status
from tests.browser import DESK
from tests.stories.factory import a_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOX = "element => element.getBoundingClientRect().toJSON()"
BEADS = """items => items.map(item => {
    const bead = getComputedStyle(item, '::before'), thread = getComputedStyle(item.parentElement, '::before');
    return [item.textContent.includes('nog van niemand'), bead.borderColor === bead.backgroundColor,
        thread.maskImage.includes('thread.') && thread.backgroundColor === bead.borderColor];
})"""


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

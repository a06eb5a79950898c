"""The quick exit from behind the five words, in a browser that keeps what it can."""

import pytest

from stories.actions.telling import Answers, tell
from tests.browser import PHONE
from tests.stories.test_shared_tablet import TEXT, everything_on, steps_back

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_the_quick_exit_closes_what_was_open(new_page, browser_with_back_cache, transactional_db, settings, script):
    told = tell(token=b"a token of a form", answers=Answers(body=TEXT))
    page = new_page(within=browser_with_back_cache, viewport=PHONE, java_script_enabled=script)
    page.context.route(f"{settings.QUICK_EXIT_URL}**", lambda route: route.fulfill(status=200, body="Het weer"))
    page.goto("/privacy/")
    page.goto("/code/")
    page.fill("[name=code]", told.code)
    page.click("#code button:not([name])")
    page.wait_for_selector("form[data-done]")
    assert TEXT in everything_on(page), "what is looked for afterwards was not even there"
    page.click(".exit")
    page.wait_for_url(f"{settings.QUICK_EXIT_URL}**")
    assert everything_on(page) == "Het weer"
    for _moment in range(40):  # the beacon is on its way while the page goes
        if page.context.cookies():
            page.wait_for_timeout(100)
    assert page.context.cookies() == []
    if not script:  # with scripts nothing of ours comes back at all: below
        seen = list(steps_back(page))
        assert not [text for text in seen if TEXT in text or told.code in text]
    assert page.context.cookies() == []
    page.goto("/code/verhaal/")
    assert page.url.endswith("/code/")


def test_back_after_the_quick_exit_never_shows_this_site(new_page, browser_with_back_cache, db, settings):
    page = new_page(within=browser_with_back_cache, viewport=PHONE)
    page.context.route(f"{settings.QUICK_EXIT_URL}**", lambda route: route.fulfill(status=200, body="Het weer"))
    for before in ("/privacy/", "/hulp/", "/vertel/", "/code/", "/toegankelijkheid/"):
        page.goto(before)
    page.click(".exit")
    page.wait_for_url(f"{settings.QUICK_EXIT_URL}**")
    for _step in range(4):
        page.evaluate("setTimeout(() => history.back())")
        page.wait_for_timeout(700)
        assert page.url == settings.QUICK_EXIT_URL
        assert everything_on(page) == "Het weer"
    page.goto("/vertel/")
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/vertel/"), "who comes by another way is in"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.goto("/hulp/")
    page.go_back()
    page.wait_for_timeout(300)
    assert page.url.endswith("/vertel/")

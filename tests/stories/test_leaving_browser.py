"""The quick exit from behind the five words, in a browser that keeps what it can."""

import pytest

from stories.actions.telling import Answers, tell
from tests.browser import PHONE
from tests.stories.test_telling_browser import TEXT, everything_on, steps_back

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
    assert page.context.cookies() == []
    seen = list(steps_back(page))
    assert not [text for text in seen if TEXT in text or told.code in text]
    assert page.context.cookies() == []
    page.goto("/code/verhaal/")
    assert page.url.endswith("/code/")

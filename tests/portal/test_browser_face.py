"""The face in a real browser: the quick way out, the keyboard on the map, and nothing that breaks out of a phone."""

import pytest
from django.contrib.sessions.models import Session

from movement.areas import load_areas
from tests.stories.factory import a_story
from tests.test_doors import session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def elsewhere(settings):
    """Where the quick exit leads; answered here, so that no test leaves the machine."""

    def answer(page):
        page.context.route(f"{settings.QUICK_EXIT_URL}**", lambda route: route.fulfill(status=200, body="Het weer"))
        return settings.QUICK_EXIT_URL

    return answer


def test_the_quick_exit_leaves_ends_the_session_and_takes_the_page_out_of_the_way_back(desktop, elsewhere, live_server):
    away = elsewhere(desktop)
    opened = session_of(None, second_factor=False, story=a_story())
    kept = [{"name": name, "value": one.value, "url": live_server.url} for name, one in opened.items()]
    desktop.context.add_cookies(kept)
    desktop.goto("/privacy/")
    desktop.goto("/code/verhaal/")
    assert desktop.url.endswith("/code/verhaal/")
    desktop.click(".exit")
    desktop.wait_for_url(f"{away}**")
    for _ in range(100):  # what ends it is still on its way when the page is gone
        if not Session.objects.exists():
            break
        desktop.wait_for_timeout(20)
    desktop.go_back()
    assert not desktop.url.startswith(live_server.url)
    desktop.context.add_cookies(kept)  # also who kept the cookie opens nothing any more
    desktop.goto("/code/verhaal/")
    assert desktop.url.endswith("/code/")


@pytest.mark.parametrize("key", ["Escape", "Shift"])
def test_a_key_pressed_three_times_leaves_too(desktop, elsewhere, key):
    away = elsewhere(desktop)
    desktop.goto("/hulp/")
    for _ in range(3):
        desktop.keyboard.press(key)
    desktop.wait_for_url(f"{away}**")


def test_the_quick_exit_is_a_plain_link_without_javascript(phone_without_js, elsewhere):
    away = elsewhere(phone_without_js)
    phone_without_js.goto("/hulp/")
    phone_without_js.click(".exit")
    phone_without_js.wait_for_url(f"{away}**")


def test_the_menu_opens_on_a_phone_without_javascript(phone_without_js):
    phone_without_js.goto("/hulp/")
    phone_without_js.click(".menu > summary")
    phone_without_js.click(".menu >> text=Verhalen")
    phone_without_js.wait_for_url("**/verhalen/")


def test_a_tile_tells_its_name_to_the_keyboard(desktop):
    load_areas()
    desktop.goto("/kaart/")
    tile = desktop.locator(".tile").first
    tile.focus()
    assert tile.locator("text").evaluate("mark => getComputedStyle(mark).opacity") == "1"

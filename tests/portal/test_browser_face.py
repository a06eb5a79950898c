"""The face in a real browser: the quick way out, the keyboard on the map, and nothing that breaks out of a phone."""

import base64
from itertools import pairwise

import pytest
from django.contrib.sessions.models import Session

from movement.areas import load_areas
from tests.browser import PHONE
from tests.stories.factory import a_story, published
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


# Of each row of a picture: where the red of the thread begins and ends, and how many pieces of it there are.
RED = """async picture => {
    const blob = await (await fetch(`data:image/png;base64,${picture}`)).blob();
    const image = await createImageBitmap(blob), canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data, width, height } = pen.getImageData(0, 0, image.width, image.height);
    return [...Array(height).keys()].map(y => {
        const red = [...Array(width).keys()].filter(x => data[4 * (y * width + x) + 2] < 150);
        return [red[0], red.at(-1), red.filter((x, n) => x !== red[n - 1] + 1).length];
    });
}"""


def test_the_thread_of_the_home_page_runs_on_where_the_drawing_ends(new_page):
    """At twice the size, so that what is seen is not how a line falls between two dots of the screen."""
    page = new_page(viewport=PHONE, device_scale_factor=2)
    reader = new_page()
    page.goto("/")
    for width in (320, 360, 480, 768, 991, 992, 1100, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        heading = page.locator("#draad").bounding_box()
        joint = {"x": heading["x"] - 8, "y": heading["y"] - 6, "width": 40, "height": 48}
        picture = base64.b64encode(page.screenshot(full_page=True, clip=joint)).decode()
        rows = reader.evaluate(RED, picture)
        assert [pieces for _begin, _end, pieces in rows] == [1] * 96, width
        assert all(4 <= end - begin + 1 <= 11 for begin, end, _pieces in rows), (width, rows)
        steps = [abs(a + b - c - d) / 2 for (a, b, _), (c, d, _) in pairwise(rows)]
        assert max(steps) <= 1.5, (width, rows)


def test_the_story_on_the_home_page_stands_beside_the_first_knot_and_goes_along(desktop):
    published()
    desktop.goto("/")
    knot = desktop.locator(".section--thread .thread > li").first.bounding_box()["y"]
    card = desktop.locator(".section--thread .card")
    assert abs(card.bounding_box()["y"] - knot) < 12
    desktop.evaluate(f"scrollTo(0, {knot + 40})")
    assert card.evaluate("card => getComputedStyle(card).position") == "sticky"


def test_what_a_teller_gave_on_three_scales_can_be_compared(phone):
    told = published(heard=1, seen=3, known=4)
    phone.goto(told.get_absolute_url())
    lines = [line.bounding_box() for line in phone.locator(".meaning--scales svg").all()]
    assert len(lines) == 3
    assert len({(line["x"], line["width"]) for line in lines}) == 1


def test_on_the_smallest_phone_no_word_of_whom_to_call_is_broken(new_page):
    page = new_page(viewport={"width": 320, "height": 640})
    for language in ("pl", "uk", "tr"):
        page.goto(f"/{language}/vertel/")
        broken = page.locator("footer .foot__help").evaluate("""list => {
            const walk = document.createTreeWalker(list, NodeFilter.SHOW_TEXT), broken = [];
            for (let text = walk.nextNode(); text; text = walk.nextNode())
                for (const word of text.data.matchAll(/\\S+/g)) {
                    const range = document.createRange();
                    range.setStart(text, word.index);
                    range.setEnd(text, word.index + word[0].length);
                    if (range.getClientRects().length > 1) broken.push(word[0]);
                }
            return broken;
        }""")
        assert broken == [], language

"""A real Chromium for the tests that are marked `browser`, on a live server with the files of production.

    def test_something(phone, live_server): phone.goto("/vertel/")

`phone` is 360 px wide, `phone_without_js` the same with JavaScript off, `desktop` 1280 px; each a fresh profile.
An error in a script or a breach of the content policy fails the test that saw it.
"""

import os
import shutil
from collections.abc import Iterator, Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
# The same engine without what only a screen needs: half the time a page. It has no back/forward cache.
SHELL = shutil.which("chromium-headless-shell") or CHROMIUM
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
    "--js-flags=--no-opt,--no-maglev",  # a page lives for a second, and its scripts would be optimised for another one
]  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
AXE = Axe().axe_script
# Only what is wrong comes back: all that is right would be megabytes a screen.
VIOLATIONS = """([context, options]) => axe.run(context, options).then(
    result => result.violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.target.join(' '))]))"""


def faults(page: Page, *, but: Sequence[str] = ()) -> list[list]:
    """What keeps somebody out of this page, as axe sees it, `but` for these parts: [rule, [the first places]] each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    context = {"include": ["html"], "exclude": [[part] for part in but]}
    found: list[list] = page.evaluate(VIOLATIONS, [context, {"resultTypes": ["violations"], "preload": False}])
    return found


@pytest.fixture(scope="session")
def live_server(django_db_setup) -> Iterator[LiveServer]:
    """The site on a free port. Its static files come from WhiteNoise with their hashed names, as in production."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.contrib.staticfiles.handlers.StaticFilesHandler", lambda application: application)
        server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _playwright():
    if not CHROMIUM:
        pytest.skip(os.environ.get("NO_CHROMIUM") or "no Chromium here; make test installs it where it may")
    # Playwright's loop runs in this thread, and Django takes that for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(_playwright) -> Iterator[Browser]:
    browser = _playwright.chromium.launch(executable_path=SHELL, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def browser_with_back_cache(_playwright) -> Iterator[Browser]:
    """Playwright switches the back/forward cache off, which hides what a page leaves behind in it."""
    browser = _playwright.chromium.launch(
        executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


@pytest.fixture
def kept_window(_playwright, tmp_path) -> Iterator[BrowserContext]:
    """A window as people have it, with a profile of its own on disk. Only such a one asks for all that goes with a
    page: the shell never for an icon, and a window that keeps nothing not for what an installed site needs."""
    window = _playwright.chromium.launch_persistent_context(
        str(tmp_path), executable_path=CHROMIUM, args=ARGUMENTS, viewport=PHONE
    )
    yield window
    window.close()


@pytest.fixture
def new_page(browser, live_server):
    """Open a page in a fresh profile: new_page(viewport=PHONE, java_script_enabled=False, ...)."""
    contexts: list[BrowserContext] = []
    seen: list[str] = []

    def open_page(*, within: Browser = browser, **options) -> Page:
        context = within.new_context(base_url=live_server.url, locale="nl-NL", **options)
        contexts.append(context)
        context.set_default_timeout(8000)
        context.on("weberror", lambda error: seen.append(str(error.error)))
        context.on("console", lambda line: seen.append(line.text) if "Content Security Policy" in line.text else None)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


@pytest.fixture
def phone(new_page):
    return new_page(viewport=PHONE, has_touch=True)


@pytest.fixture
def phone_without_js(new_page):
    return new_page(viewport=PHONE, has_touch=True, java_script_enabled=False)


@pytest.fixture
def desktop(new_page):
    return new_page(viewport=DESK)


def skip_the_rest(page):
    """From a question of the telling route to the last one: past what may be skipped, and then past who may read it."""
    for _ in range(2):
        page.click("[data-actions] button.link:visible")


_FOCUS = """([selector, text]) => {
    const now = document.activeElement, box = now.getBoundingClientRect();
    const ring = one => one !== null && parseFloat(getComputedStyle(one).outlineWidth) > 0
        && getComputedStyle(one).outlineStyle !== "none";
    return {
        where: [...document.querySelectorAll("*")].indexOf(now),
        there: now.matches(selector) && now.textContent.includes(text),
        seen: (ring(now) || ring(now.closest("label"))) && box.bottom > 0 && box.top < innerHeight,
        page: now === document.body || now === document.documentElement,
    };
}"""


def tab_to(page, selector, text=""):
    """Press Tab until this has the focus, which everybody sees on its way and which is caught nowhere."""
    before = -1
    for _ in range(250):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS, [selector, text])
        assert focus["where"] != before, f"The focus is caught on the way to {selector} {text}"
        assert focus["seen"] or focus["page"], f"Nobody sees where the focus is on the way to {selector} {text}"
        if focus["there"]:
            return
        before = focus["where"]
    raise AssertionError(f"The keyboard does not come to {selector} {text}")


def enter(page, selector, text=""):
    """Go to it by Tab, press Enter, and be where that leads."""
    tab_to(page, selector, text)
    with page.expect_event("framenavigated"):
        page.keyboard.press("Enter")
    page.wait_for_load_state()

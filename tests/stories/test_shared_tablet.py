"""What a browser on a shared tablet still holds when somebody is done: its back-forward cache, its steps, its forms."""

import re

import pytest
from django.contrib.sessions.models import Session

from core.sessions import SessionStore
from movement.models import Theme
from stories.actions.telling import Answers, tell
from tests.browser import PHONE, skip_the_rest

EVERYTHING = (
    "document.body.innerText + ' ' + [...document.querySelectorAll('input,textarea')].map(f => f.value).join(' ')"
)

pytestmark = pytest.mark.browser
TEXT = "Juf Marieke zei dat ik mocht bellen naar 06-12345678."
ASKED = "Mag mijn zus het ook lezen?"


@pytest.fixture(autouse=True)
def _places(transactional_db, region):
    Theme.objects.create(slug="contact", name="Contact met thuis")


def everything_on(page):
    """All that can be read or is filled in on a page, on one line."""
    return " ".join(page.evaluate(EVERYTHING).split())


def written_until(page, stage, words):
    """Begin at an empty form and stop at this stage; what stands on the page by then."""
    page.goto("/code/" if stage == "code" else "/vertel/")
    if stage == "code":
        page.fill("[name=code]", words)
        return words
    page.fill("[name=body]", TEXT)
    if stage == "form":
        return TEXT
    page.locator("[data-actions] button:visible").first.click()
    skip_the_rest(page)
    page.click("button[value=check]")
    page.wait_for_selector(".review")
    if stage == "review":
        return TEXT
    page.click("button[value=send]")
    page.wait_for_selector(".codewords")
    # The five together: by itself a word like 'tijd' may well stand on a page.
    return " ".join(page.locator(".codewords li").all_inner_texts())


def test_the_back_button_on_a_shared_tablet_shows_nothing(new_page, browser_with_back_cache):
    page = new_page(within=browser_with_back_cache, viewport=PHONE)
    page.goto("/privacy/")
    page.evaluate("window.kept = true")
    page.goto("/toegankelijkheid/")
    page.evaluate("history.back()")
    page.wait_for_url("**/privacy/", wait_until="commit")
    assert page.evaluate("window.kept"), "a page comes back anew here, so that nothing can be seen to stay behind"
    words = ""
    for stage in ("form", "review", "words", "code"):
        words = written_until(page, stage, words)
        assert words in everything_on(page), f"what is looked for after the {stage} was not even there"
        page.evaluate(f"sessionStorage.clear(); addEventListener('pageshow', () => sessionStorage.seen = {EVERYTHING})")
        page.click(".brand")
        page.wait_for_url(re.compile(r"://[^/]+/$"))
        page.go_back()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        first = page.evaluate("sessionStorage.seen") or ""  # on the page that came back, until it is loaded anew
        assert first or stage in ("review", "words"), "it never came back: only a page that a script asked for may not"
        seen = f"{' '.join(first.split())} {everything_on(page)}"
        assert not [text for text in (TEXT, words) if text in seen], stage
        assert page.locator(".codewords li").all_inner_texts() == []
        fields = page.locator("[name=body]:visible, [name=code]").all()
        assert [field.input_value() for field in fields] in ([], [""]), stage


def shown_on(page):
    return " ".join(page.inner_text("body").split())


def steps_back(page, read=everything_on):
    """Back, as often as it goes, and each page sent again where the browser asks that: what can be read by then."""
    browser = page.context.new_cdp_session(page)
    history = browser.send("Page.getNavigationHistory")
    for entry in reversed(history["entries"][1 : history["currentIndex"]]):
        with page.expect_event("framenavigated"):
            browser.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
        page.wait_for_timeout(100)  # a page from the cache is not at once one that can be asked anything
        page.reload()
        yield read(page) if page.url.startswith("http") else page.url


def test_after_done_without_javascript_the_way_back_shows_neither_words_nor_text(phone_without_js):
    page = phone_without_js
    page.goto("/privacy/")
    page.goto("/vertel/")
    page.fill("[name=body]", TEXT)
    page.click("button[value=check]")
    page.wait_for_selector(".review")
    page.reload()
    assert TEXT in everything_on(page), "what is not sent yet can be sent again"
    page.click("button[value=send]")
    page.wait_for_selector(".codewords")
    words = page.locator(".codewords li").all_inner_texts()
    page.reload()
    assert page.locator(".codewords li").all_inner_texts() == words, "who did not see them sees them again"
    page.click("main .button >> text=Klaar")
    page.wait_for_url(re.compile(r"://[^/]+/$"))
    seen = list(steps_back(page))
    assert [text for text in seen if "eerder al" in text] == seen[:2], "sent and looked back at"
    assert not [text for text in seen if TEXT in text or " ".join(words) in text]


@pytest.mark.parametrize("script", [True, False])
def test_after_done_behind_the_code_nothing_is_left_for_the_next_person(new_page, browser_with_back_cache, script):
    told = tell(token=b"a token of a form", answers=Answers(body=TEXT), send_now=True)
    page = new_page(within=browser_with_back_cache, viewport=PHONE, java_script_enabled=script)
    page.goto("/privacy/")
    page.goto("/code/")
    for _again in range(2):  # the second time because the time was over while something was written
        page.fill("[name=code]", told.code)
        page.click("#code button:not([name])")
        page.wait_for_selector("form[data-done]")
        assert TEXT in everything_on(page), "what is looked for afterwards was not even there"
        if _again:
            break
        held = Session.objects.get().get_decoded()
        Session.objects.update(session_data=SessionStore().encode(held | {"teller": held["teller"] | {"until": 1}}))
        page.click("summary:text('Schrijf')")
        page.fill("[name=message]", ASKED)
        page.click("[formaction$='/schrijf/']")
        page.wait_for_selector("[name=kept]", state="attached")
    assert page.input_value("[name=message]") == ASKED
    page.click("[formaction$='/schrijf/']")
    page.wait_for_selector(".talk")
    page.click("form[data-done] button")
    page.wait_for_url(re.compile(r"://[^/]+/$"))
    assert page.context.cookies() == []
    # Without scripts what was sent too late can be sent again, and waits for the five words then: never to be read.
    seen = list(steps_back(page, read=everything_on if script else shown_on))
    assert len(seen) > 3
    for text in (TEXT, ASKED, told.code):
        assert not [page for page in seen if text in page], text
    assert page.context.cookies() == []
    page.goto("/code/verhaal/")
    assert page.url.endswith("/code/")


@pytest.mark.parametrize("fails", ["the connection", "the house"])
def test_done_that_does_not_come_in_is_not_taken_for_done(new_page, browser_with_back_cache, fails):
    told = tell(token=b"a token of a form", answers=Answers(body=TEXT), send_now=True)
    page = new_page(within=browser_with_back_cache, viewport=PHONE)
    page.goto("/code/")
    page.fill("[name=code]", told.code)
    page.click("#code button:not([name])")
    page.wait_for_selector("form[data-done]")
    page.route("**/klaar/", lambda route: route.abort() if fails == "the connection" else route.fulfill(status=502))
    page.click("form[data-done] button")
    page.wait_for_selector("[role=alert]")
    assert "nog niet afgesloten" in page.inner_text("[role=alert]")
    assert TEXT not in everything_on(page), "and whoever takes the tablet now reads nothing"
    assert page.context.cookies() != []
    page.unroute("**/klaar/")
    page.click("form[data-done] button")
    page.wait_for_url(re.compile(r"://[^/]+/$"))
    assert page.context.cookies() == []


def test_who_walks_away_from_the_page_behind_the_code_leaves_no_story_on_the_screen(new_page, settings):
    told = tell(token=b"a token of a form", answers=Answers(body=TEXT), send_now=True)
    page = new_page(viewport=PHONE)
    page.clock.install()
    page.goto("/code/")
    page.fill("[name=code]", told.code)
    page.click("#code button:not([name])")
    page.wait_for_selector("form[data-done]")
    page.click("summary:has-text('Schrijf')")
    page.fill("[name=message]", ASKED)
    page.clock.fast_forward("11:00")
    page.wait_for_timeout(300)
    assert page.input_value("[name=message]") == ASKED, "what she is writing is not taken away"
    page.fill("[name=message]", "")
    page.keyboard.press("Tab")
    page.clock.fast_forward("09:00")
    page.wait_for_timeout(300)
    assert TEXT in everything_on(page)
    page.clock.fast_forward("02:00")
    page.wait_for_url(re.compile(r"://[^/]+/$"))
    assert page.context.cookies() == []
    assert not Session.objects.exists()

"""The telling route in a real browser: on a phone, without JavaScript, by keyboard, and on a shared tablet."""

import re

import pytest
from django.core.servers.basehttp import ServerHandler

from core.languages import LANGUAGES
from movement.models import Theme
from movement.setup import load_themes
from stories.actions import deciding
from stories.actions.telling import send_now
from stories.models import Message, Status, Story
from tests.browser import PHONE, skip_the_rest

pytestmark = pytest.mark.browser
TEXT = "Juf Marieke zei dat ik mocht bellen naar 06-12345678."
ASKED = "Mag mijn zus het ook lezen?"


@pytest.fixture(autouse=True)
def _places(transactional_db, region):
    Theme.objects.create(slug="contact", name="Contact met thuis")


def turned_to(page, language, form="vertel/"):
    """From this form to the same one in another language, with the button that has its name."""
    if language != "nl":
        page.click(f"button[lang={language}]")
        page.wait_for_url(f"**/{language}/{form}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == (
        "rtl" if language == "ar" else "ltr"
    )


@pytest.mark.parametrize("language", ["en", "ar"])  # in Dutch by the walk, tests/walk
def test_a_story_is_told_on_a_phone_without_javascript(phone_without_js, language):
    page = phone_without_js
    before = f"/{language}"
    page.goto("/vertel/")
    assert page.locator("[data-step]:visible").count() == 13
    page.click("a[href='#q11']")
    assert page.locator("[name=audience]").first.bounding_box()["y"] < PHONE["height"], "not past all of it"
    page.fill("[name=body]", TEXT)
    page.check("[name=heard][value='2']")
    turned_to(page, language)
    assert page.input_value("[name=body]") == TEXT
    page.check("[name=audience][value=everybody]")
    page.click("button[value=check]")
    page.wait_for_selector(".review")
    assert page.locator("mark").count() >= 2
    own = page.locator("fieldset", has_text="Marieke")
    own.locator("[value=own]").check()
    own.locator("input:not([type=radio])").fill("Mijn juf")
    page.click("button[value=back]")
    page.wait_for_selector("button[value=check]")
    assert page.input_value("[name=body]") == TEXT
    page.click("button[value=check]")
    page.click("button[value=send]")
    page.wait_for_selector(".codewords")
    words = page.locator(".codewords li").all_inner_texts()
    assert len(words) == 5
    story = Story.objects.get()
    assert (story.raw_body or "").startswith("Mijn juf")
    assert (story.heard, story.audience) == (2, "everybody")
    assert page.context.cookies() == []
    with page.expect_download() as kept:
        page.click(f"form[action='{before}/code/kaart/'] button")
    assert kept.value.suggested_filename == "kaart.png"
    assert page.locator(".codewords li").all_inner_texts() == words, "and the words still stand there"
    page.emulate_media(media="print")
    assert page.inner_text("body").split() == words, "a printed card does not say what it is for"
    page.emulate_media(media="screen")

    page.goto(f"{before}/code/")
    page.fill("[name=code]", " - ".join(words).upper())
    page.click(f"form[action='{before}/code/'] button")
    page.wait_for_url(f"**{before}/code/verhaal/")
    assert len(page.context.cookies()) == 1
    page.click("form[data-done] button")
    page.wait_for_url(f"**{before}/hulp/")
    assert "/code/verhaal/" not in page.content(), "whoever picks it up next does not see what was done here"
    page.goto(f"{before}/code/verhaal/")
    assert page.url.endswith(f"{before}/code/")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_another_language_takes_along_what_was_written_and_leaves_no_step_behind(phone, language, coordinator):
    phone.goto("/privacy/")
    phone.goto("/vertel/")
    phone.fill("[name=body]", TEXT)
    turned_to(phone, language)
    assert phone.input_value("[name=body]") == TEXT
    assert phone.locator(".exit").inner_text() != "Snel weg"
    assert phone.locator(".foot").inner_text() != ""
    phone.locator("[data-actions] button:visible").first.click()
    skip_the_rest(phone)
    phone.click("button[value=check]")
    phone.wait_for_selector(".review")
    phone.click("button[value=send]")
    phone.wait_for_selector(".codewords")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.context.cookies() == []
    words = " ".join(phone.locator(".codewords li").all_inner_texts())
    phone.click("form[data-done] button")
    phone.wait_for_url(f"**/{language}/hulp/")
    phone.go_back()
    assert phone.url.endswith("/privacy/")
    send_now(story=Story.objects.get())
    deciding.claim(story=Story.objects.get(), actor=coordinator)
    deciding.ask(story=Story.objects.get(), text="Wie?", actor=coordinator)
    phone.goto("/code/")
    phone.fill("[name=code]", words)
    turned_to(phone, language, "code/")
    phone.click("#code button:not([name])")
    phone.wait_for_url(f"**/{language}/code/verhaal/")
    phone.fill("[name=text]", TEXT)
    steps = phone.evaluate("history.length")
    turned_to(phone, "uk", "code/verhaal/")
    assert phone.input_value("[name=text]") == TEXT
    assert phone.evaluate("history.length") == steps
    phone.click("button[formaction$='/antwoord/']")
    phone.wait_for_url("**/uk/code/verhaal/")
    assert Message.objects.get(from_teller=True).text == TEXT


def test_nothing_is_wider_than_a_small_phone(new_page):
    for script in (True, False):
        page = new_page(viewport={"width": 320, "height": 600}, java_script_enabled=script)
        page.goto("/vertel/")
        wide = "document.documentElement.scrollWidth"
        box = page.locator("main").bounding_box()
        assert box["width"] <= 320
        if script:
            assert page.evaluate(wide) <= 320
    for language in sorted(LANGUAGES):
        page.goto(f"/{language}/vertel/" if language != "nl" else "/vertel/")
        assert page.evaluate(wide) <= 320, language


def test_a_story_is_told_with_the_keyboard_alone(new_page):
    page = new_page(viewport=PHONE)
    page.goto("/vertel/")

    def focused(what):
        return page.evaluate(f"document.activeElement.{what}")

    def tab_to(test, most=40):
        for _ in range(most):
            if page.evaluate(f"document.activeElement.matches({test!r})"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {test}")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused("href") == "tel:112", "two presses from the start"
    assert page.locator("main a[href='tel:112']").is_visible()
    assert page.evaluate("location.hash") == ""
    tab_to("[name=body]")
    page.keyboard.type(TEXT)
    for question in range(2, 14):
        tab_to("[data-actions] .button:not([hidden])")
        page.keyboard.press("Enter")
        assert focused("tagName") == "H2"
        assert f"Korte vraag {question - 1} van 12" in page.locator("[role=status]:visible").first.inner_text()
        assert page.locator("[data-step]:visible").count() == 1
        if question == 4:
            assert page.get_attribute("svg[role=slider]", "aria-valuetext") == "nog niets gekozen"
            tab_to("svg[role=slider]")
            page.keyboard.press("ArrowUp")
            page.keyboard.press("ArrowUp")
        if question == 5:
            assert page.get_attribute("#id_heard [type=range]", "aria-valuetext") == "nog niets gekozen"
            tab_to("#id_heard [type=range]")
            page.keyboard.press("ArrowRight")
            assert page.locator("[name=heard][value='3']").is_checked(), "the first press takes it up in the middle"
            page.keyboard.press("ArrowRight")
            tab_to("#id_seen [type=range]")
            page.keyboard.press("Space")
            tab_to("#id_seen > .link")
            page.keyboard.press("Enter")
            assert focused("type") == "range", "taken away again, and the focus is not lost"
            tab_to("[name=known]")
            page.keyboard.press("Space")
            assert page.input_value("#id_known [type=range]") == "1", "the slider follows the choices"
    tab_to("button[value=check]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".review")
    assert focused("tagName") == "H1"
    assert "ik 40, mijn familie 30, de professionals 30 procent" in page.inner_text(".facts")
    assert "4, van 1 ‘niet gehoord’ tot 5 ‘gehoord’" in page.inner_text(".facts")
    tab_to("[value=replace]")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("mijn juf")
    assert "mijn juf" in page.locator(".review__text").inner_text()
    tab_to("button[value=send]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".codewords")
    story = Story.objects.get()
    assert "mijn juf" in (story.raw_body or "").lower()
    assert (story.decided_me, story.decided_family, story.decided_professionals) == (40, 30, 30)
    assert (story.heard, story.seen, story.known) == (4, None, 1)
    assert page.evaluate("history.length") == 2
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_a_screen_asks_one_thing_and_what_follows_from_the_answer(phone, region):
    phone.goto("/vertel/")
    assert phone.locator(".steps__thread:visible").count() == 0, "nobody begins with how much is still to come"
    phone.fill("[name=body]", TEXT)
    following = phone.locator("[data-actions] .button:visible").first
    step, asked = phone.locator("[data-step]:visible"), []
    heights, ways = set(), []
    for number in range(1, 13):
        following.click()
        assert step.locator("h2").count() == 1
        where = phone.locator(".steps__where [role=status]").inner_text()
        assert where == f"Korte vraag {number} van 12." + (" Je mag ze allemaal overslaan." if number == 1 else "")
        heights.add(step.locator("h2").bounding_box()["y"])
        ways.append(phone.locator(".steps__thread circle").bounding_box()["x"])
        fields = step.locator(".field:visible")
        asked.append(fields.locator("[name]").first.get_attribute("name"))
        label = fields.locator(":is(label, legend) > span").first
        said_by_the_heading = asked[-1] in {"helped", "feeling", "themes"}
        assert (label.bounding_box()["width"] <= 1) == said_by_the_heading, "what is asked is read once"
        if asked[-1] == "perspective":
            assert fields.count() == 1
            phone.check("[name=perspective][value=parent]")
            assert fields.count() == 2, "about whom is asked once it is said who"
            phone.check("[name=told_for][value=child]")
            assert fields.count() == 3
        else:
            assert fields.count() == (3 if asked[-1] == "heard" else 1)
    assert len(heights) == 1, "the question stays where it is"
    assert ways == sorted(set(ways))
    assert asked == ["helped", "feeling", "decided", "heard", "perspective", "age_band", "region", "form_of_help",
                     "themes", "audience", "quotable", "when"]  # fmt: skip
    back = phone.locator("[data-actions] .button--quiet:visible")
    for _ in range(7):
        back.click()
    assert phone.locator("[name=told_for][value=child]").is_checked()
    assert phone.locator("[name=told_for][value=child]").is_visible()
    skip = phone.locator("[data-actions] button.link:visible")
    skip.click()
    assert phone.locator("[name=audience]").first.is_visible(), "nobody skips who may read it without seeing it"
    skip.click()
    assert phone.locator("[name=when]").first.is_visible()
    assert phone.locator("button[value=check]").is_visible()


def scroll_past(page, place):
    """A finger that begins on this and scrolls the page."""
    box = page.locator(place).bounding_box()
    finger = page.context.new_cdp_session(page)
    for kind, up in (("Start", 0), *(("Move", 15 * step) for step in range(1, 7))):
        at = {"x": box["x"] + 40, "y": box["y"] + box["height"] * 0.8 - up}
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [at]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("scrollY > 20")


def test_going_back_a_question_loses_nothing_and_enter_does_not_send(phone):
    phone.goto("/privacy/")
    phone.goto("/vertel/")
    phone.fill("[name=body]", TEXT)
    actions = phone.locator("[data-actions] button:visible")
    actions.first.click()
    phone.fill("[name=helped]", "Een vaste begeleider")
    for _ in range(2):
        actions.first.click()
    scroll_past(phone, "svg[role=slider]")
    assert phone.input_value("[name=decided_point]") == "", "who scrolls past has said nothing"
    phone.locator("[name=decided][value=me]").focus()
    phone.keyboard.press("Enter")
    assert phone.locator("[name=heard]").first.is_visible()
    scroll_past(phone, "#id_heard [type=range]")
    assert phone.locator("[type=range].is-empty").count() == 3
    phone.tap("#id_heard [type=range]", position={"x": 280, "y": 20})
    phone.tap("#id_seen [type=range]")
    for _ in range(4):
        phone.click("[data-actions] .button--quiet:visible")
    assert phone.input_value("[name=body]") == TEXT
    assert phone.input_value("[name=helped]") == "Een vaste begeleider"
    assert not Story.objects.exists()
    asked: list[str] = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    phone.on("dialog", stay)
    phone.tap("main summary:text('iemand nodig')")
    phone.tap("main a[href='tel:113']")
    phone.wait_for_timeout(100)
    assert asked == [], "who calls is not asked whether to leave"
    phone.tap("button[value=help]")
    phone.wait_for_selector(".helplines")
    assert phone.locator(".helplines a[target=_blank]").count() == phone.locator(".helplines .meta a").count()
    phone.click("button[value=language]")
    phone.wait_for_selector("textarea[name=body]")
    assert phone.evaluate("history.length") == 3
    sliders = phone.locator("[type=range]")
    chosen = "all => all.map(one => one.className || one.value)"
    assert sliders.evaluate_all(chosen) == ["5", "3", "is-empty"], "what was chosen comes back"
    with phone.expect_event("dialog"):
        phone.evaluate("history.back()")
    phone.wait_for_timeout(100)
    assert asked == ["beforeunload"], "the phone's own Back asks first"
    assert phone.input_value("[name=body]") == TEXT
    left = "document.documentElement.hidden = true, !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert phone.evaluate(left) is False, "who leaves in a hurry is asked nothing"


def test_an_empty_story_is_said_at_the_first_question(phone):
    phone.goto("/vertel/")
    phone.locator("[data-actions] button:visible").first.click()
    assert phone.locator(".field__error").inner_text()
    assert phone.evaluate("document.activeElement.name") == "body"
    phone.click("button[value=duty]")
    phone.check("[name=secrecy][type=checkbox]")
    phone.click("button[value=begin]")
    phone.wait_for_selector("[name=body]")
    assert phone.locator("[name=perspective][value=professional]").is_checked()
    assert not phone.locator("button[value=duty]").count(), "it was read"
    assert phone.evaluate("history.length") == 2


def test_a_lost_connection_and_an_impatient_hand_make_one_story_and_done_takes_its_words_along(phone):
    phone.goto("/privacy/")
    phone.goto("/vertel/")
    phone.fill("[name=body]", TEXT)
    phone.locator("[data-actions] button:visible").first.click()
    skip_the_rest(phone)
    phone.context.set_offline(True)
    phone.click("button[value=check]")
    assert phone.locator("[role=alert]").inner_text()
    phone.context.set_offline(False)
    # Nor does an answer take it away that has no place for it: of a proxy before us, or of our own failure.
    for status, words in ((502, ""), (503, "<title>Even geduld</title><h1>Straks</h1>"), (500, "<main>Stuk</main>")):
        answer = {"status": status, "body": words}
        phone.route("**/vertel/", lambda route, _request, answer=answer: route.fulfill(**answer), times=1)
        phone.click("button[value=check]")
        phone.wait_for_selector("#tell:not([aria-busy])")
        assert "Marieke" in phone.input_value("[name=body]")
        assert "staat hier nog" in phone.locator("[role=alert]").inner_text()
        assert "Even geduld" not in phone.title()
    phone.click("button[value=check]")
    phone.wait_for_selector(".review")
    assert "Marieke" in phone.locator(".review__text").inner_text()
    phone.dblclick("button[value=send]")
    phone.wait_for_selector(".codewords")
    assert Story.objects.count() == 1
    assert Story.objects.get().status == Status.OWN_TIME
    phone.click("form[data-done] button")
    phone.wait_for_url(re.compile(r"://[^/]+/$"))
    phone.go_back()
    assert phone.url.endswith("/privacy/")


@pytest.mark.parametrize("address", ["/vertel/", "/ar/vertel/"])
def test_the_first_page_is_light(kept_window, live_server, monkeypatch, address):
    """Counted by the server: no list of the page itself says that its icon is asked for."""
    loaded: list[tuple[str, int]] = []
    close = ServerHandler.close

    def counted(answer):
        loaded.append((answer.environ["PATH_INFO"], answer.bytes_sent + len(bytes(answer.headers))))
        close(answer)

    monkeypatch.setattr(ServerHandler, "close", counted)
    page = kept_window.pages[0]
    page.goto(f"{live_server.url}{address}")
    before = -1
    while before < len(loaded):
        before = len(loaded)
        page.wait_for_timeout(1500)
    assert [asked for asked, _size in loaded if "/icon." in asked], "this is not all that a browser asks for"
    assert len(loaded) <= 6, loaded
    assert sum(size for _asked, size in loaded) <= 60_000, loaded


@pytest.mark.parametrize("tablet", ["phone", "phone_without_js"])
def test_the_themes_stand_in_a_few_groups_that_open_and_what_is_chosen_stands_open(request, tablet, region):
    Theme.objects.all().delete()
    load_themes()
    page = request.getfixturevalue(tablet)
    page.goto("/vertel/")
    page.fill("[name=body]", TEXT)
    while not page.locator("#q10").is_visible():
        page.locator("[data-actions] .button:visible").first.click()
    question = page.locator("[data-step]").filter(has=page.locator("#q10"))
    assert question.bounding_box()["height"] < 600, "28 themes are no long walk"
    names = ["Hoe er met je wordt omgegaan", "Thuis en familie", "Waar je woont", "Hulp en school", "Iets zwaars"]
    assert question.locator("summary").all_inner_texts() == names
    assert question.locator("[name=themes]").count() == Theme.objects.count()
    question.locator("summary", has_text="Waar je woont").press("Enter")
    page.check("[name=themes][value=leefklimaat]")
    while not page.locator("button[value=check]").is_visible():
        page.locator("[data-actions] .button:visible").first.click()
    page.click("button[value=check]")
    page.wait_for_selector(".review")
    assert "Leven op een groep" in page.locator("main").inner_text()
    page.click("button[value=back]")
    page.wait_for_selector("#q10", state="attached")
    assert page.locator("details:has([name=themes])[open] summary").all_text_contents() == ["Waar je woont"]
    assert page.locator("[name=themes][value=leefklimaat]").is_checked()


VOICE = """Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "nl-NL", localService: true }], cancel: () => {}, addEventListener: () => {},
    speak: (said) => { window.said = said.text; },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"""


def test_what_is_read_aloud_names_each_group_of_themes_and_what_stands_open(phone, region):
    Theme.objects.all().delete()
    load_themes()
    phone.add_init_script(VOICE)
    phone.goto("/vertel/")
    phone.fill("[name=body]", TEXT)
    while not phone.locator("#q10").is_visible():
        phone.locator("[data-actions] .button:visible").first.click()
    phone.locator("summary", has_text="Waar je woont").click()
    phone.get_by_role("button", name="Lees voor").click()
    said = phone.evaluate("window.said")
    assert said.count("Waar gaat het over?") == 1, "what is asked is said once"
    assert "Thuis en familie" in said
    assert "Leven op een groep" in said
    assert "Gedachten aan zelfdoding" not in said, "what is folded away is not said in a living room"

"""The telling route read aloud: by a voice of the device itself, and never what somebody typed."""

import pytest

from tests.browser import PHONE, skip_the_rest
from tests.stories.test_telling_browser import TEXT, _places

__all__ = ["_places"]  # a fixture
pytestmark = pytest.mark.browser


VOICES = """(local) => {
    window.said = [];
    window.stopped = 0;
    const voices = [{ lang: "nl-NL", localService: local }, { lang: "en-GB", localService: true }];
    const synth = { getVoices: () => voices, speak: (what) => said.push(what), cancel: () => { stopped += 1; } };
    Object.defineProperty(window, "speechSynthesis", { value: synth });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


def test_the_questions_are_read_aloud_by_a_voice_of_the_device_alone(new_page):
    for local in (False, True):
        page = new_page(viewport=PHONE)
        page.add_init_script(f"({VOICES})({str(local).lower()})")
        page.goto("/vertel/")
        page.fill("[name=body]", TEXT)
        aloud = page.get_by_role("button", name="Lees voor", exact=True)
        assert aloud.is_visible() == local, "a voice from elsewhere would hear along"
    aloud.click()
    said = page.evaluate("said[0].text + said[0].lang + said[0].voice.lang")
    assert "Wat is er gebeurd" in said
    assert "Foutjes" in said, "and the help beside it"
    assert said.endswith("nlnl-NL")
    assert "Marieke" not in said, "what was typed is not read out in a living room"
    page.get_by_role("button", name="Stop met voorlezen").click()
    stopped = page.evaluate("stopped")
    aloud.click()
    page.locator("[data-actions] button:visible").first.click()
    assert page.evaluate("stopped") > stopped, "the next question is silent until it is asked for"
    skip_the_rest(page)
    page.click("button[value=check]")
    page.wait_for_selector(".review")
    aloud.click()
    review = page.evaluate("said.at(-1).text")
    assert "lijkt op een naam" in review
    assert "Marieke" not in review
    page.click("button[value=send]")
    page.wait_for_selector(".codewords")
    words = page.locator(".codewords li").all_inner_texts()
    aloud.click()
    told = page.evaluate("said.at(-1).text")
    assert "Schrijf ze op" in told
    assert not [word for word in words if word in told.split("\n")]
    page.goto("/code/")
    aloud.click()
    page.fill("[name=code]", " ".join(words))
    page.click("#code button:not([name])")
    page.wait_for_url("**/code/verhaal/")
    aloud.click()
    behind = page.evaluate("said.at(-1).text")
    assert "nog bij jou" in behind
    assert "Marieke" not in behind

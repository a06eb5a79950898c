"""The look back: what was chosen once more, and nothing of it for a browser to send on."""

import re

from tests.stories.test_telling import URL, fill, visitor, words_of

__all__ = ["visitor"]  # a fixture


def test_the_look_back_says_what_was_chosen_and_who_may_read_it(visitor, region):
    told = {"do": "check", "heard": "2", "region": region.code, "perspective": "youth", "decided": "family"}
    page = visitor.post(URL, fill(visitor, **told)).text
    facts = re.findall(r"<dd>([^<]*)</dd>", page.split('<dl class="facts">')[1])
    assert facts == ["Vooral mijn familie", "2, van 1 ‘niet gehoord’ tot 5 ‘gehoord’", "Jongere", region.name,
                     "Alleen het steunpunt", "Nee"]  # fmt: skip


def test_no_browser_sends_what_is_told_to_its_maker_to_spell_or_translate_it(visitor):
    form = visitor.get(URL).text
    assert form.count("<textarea") == form.count('spellcheck="false"') == 3
    review = visitor.post(URL, fill(visitor, do="check", body="Juf Marieke zei nee.")).text
    assert re.findall(r'<div class="review"[^>]*>|<mark[^>]*>(?=[^<]*</mark> <)', review) == [
        '<div class="review" translate="no">', '<mark class="mark mark--name" translate="no">']  # fmt: skip
    told = visitor.post(URL, fill(visitor)).text
    assert re.search(r'<ol class="codewords"[^>]* translate="no"', told), "words of another language open nothing"


def test_no_browser_fills_a_form_of_a_teller_in_again_for_who_comes_after(visitor):
    """Without scripts this is all there is against a browser that restores what stood in a form."""
    pages = [visitor.get(url) for url in (URL, "/code/")]
    pages += [visitor.post(URL, fill(visitor, do=do, body="Juf Marieke zei nee.")) for do in ("check", "duty", "send")]
    visitor.handler.enforce_csrf_checks = False
    visitor.post("/code/", {"code": " ".join(words_of(pages[-1]))})
    pages += [visitor.get(f"/code/verhaal/{door}") for door in ("", "opnieuw/", "terugnemen/")]
    for page in pages:
        assert page.status_code == 200
        forms = re.findall(r"<form[^>]*>.*?</form>", page.text.split("<main")[1].split("</main")[0], re.DOTALL)
        typed = [form for form in forms if re.search(r"<textarea|<select|<input (?!type=.hidden)", form)]
        open_ones = [form for form in [*typed, *re.findall(r'<form[^>]* id="mine"[^>]*>', page.text)]
                     if 'autocomplete="off"' not in form.split(">")[0]]  # fmt: skip
        assert forms
        assert not open_ones, page.request["PATH_INFO"]

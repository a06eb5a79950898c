from xml.etree import ElementTree

import pytest

from core.text import teaser, tidy


def test_a_teaser_that_is_cut_ends_in_one_ellipsis_also_after_a_whole_sentence():
    assert teaser("Het was laat. Daarna ging het mis.", most=15) == "Het was laat…"
    assert teaser("Het was laat, en koud.", most=15) == "Het was laat…"
    assert teaser("Het was laat.", most=15) == "Het was laat."


@pytest.mark.parametrize(
    "text", ["\u200d\u200d", "\u3164", "\u2800", "\u034f", "\ufe0f", "\uffa0 \u115f", "\U000e0061"]
)
def test_a_text_in_which_nothing_shows_is_empty(text):
    assert tidy(text) == ""


@pytest.mark.parametrize("text", ["?", "7", "\u2764\ufe0f", "\U0001f468\u200d\U0001f467", "\u3164ja", "\u0639"])
def test_one_sign_that_shows_is_a_text(text):
    assert tidy(text) == text


def test_no_text_holds_a_sign_that_a_feed_cannot_carry():
    text = tidy("Toen\ufffe kwam\uffff ik \x0b\x01 thuis.")
    assert ElementTree.fromstring(f"<summary>{text}</summary>").text == "Toen kwam ik  thuis."

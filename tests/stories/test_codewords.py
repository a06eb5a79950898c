"""Code words: enough of them, easy to tell apart, drawn evenly."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.codewords import before, code_from, known, normalise, words
from stories.forms.code import CardForm
from stories.recogniser import lists


def test_there_are_enough_words_all_distinct_sorted_and_plain() -> None:
    assert len(words()) >= 2048
    assert all(left < right for left, right in pairwise(words()))
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words())


def test_no_two_words_are_one_edit_apart() -> None:
    pool = set(words())
    with_a_gap: Counter[str] = Counter()
    for word in words():
        cuts = [(word[:i], word[i], word[i + 1 :]) for i in range(len(word))]
        assert not {head + tail for head, _, tail in cuts} & pool, word
        assert not {head + tail[0] + letter + tail[1:] for head, letter, tail in cuts if tail} & pool - {word}, word
        with_a_gap.update(f"{head}_{tail}" for head, _, tail in cuts)
    assert max(with_a_gap.values()) == 1


def test_no_two_words_are_the_same_parts_turned_round() -> None:
    """'feesttent' and 'tentfeest', with or without an s or an en between the parts."""
    pool = set(words())
    turned = []
    for word in words():
        for cut in range(2, len(word) - 1):
            first, last = word[:cut], word[cut:]
            parts = {first, first.removesuffix("s"), first.removesuffix("en")}
            turned += [word for part in parts for link in ("", "s", "en") if last + link + part in pool - {word}]
    assert not turned


def test_no_two_words_begin_with_the_same_six_letters() -> None:
    begins = Counter(word[:6] for word in words() if len(word) >= 6)
    assert not [begin for begin, times in begins.items() if times > 1]


def test_no_word_is_a_form_of_another() -> None:
    """'jongleur' beside 'jongleren' is the case above; here 'boot' beside 'bootje', and 'mop' beside 'moppen'."""
    pool = set(words())
    ends = ("e", "en", "s", "n", "t", "d", "je", "tje", "pje", "er", "ig", "ing", "ster", "lijk", "aar", "heid", "te")
    doubled = ("e", "en", "er", "etje", "ig", "ing")
    forms = {word: {word + end for end in ends} | {word + word[-1] + end for end in doubled} for word in pool}
    assert not {word: found for word, more in forms.items() if (found := more & pool)}


def test_a_word_that_was_taken_out_still_opens_and_is_drawn() -> None:
    assert not set(words()) & before()
    assert {"jongleur", "zuidoever", "tentfeest"} <= before()
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in before())
    assert CardForm({"words": "Jongleur zuidoever tentfeest netnummer appel"}).is_valid()
    assert not CardForm({"words": "jongleur zuidoever tentfeest netnummer xyz"}).is_valid()


def test_no_code_word_is_a_first_name_or_a_town() -> None:
    assert not set(words()) & lists.first_names()
    assert not set(words()) & lists.place_names()


@given(st.binary(min_size=32, max_size=32))
def test_a_seed_always_gives_the_same_five_words(seed: bytes) -> None:
    code = code_from(seed)
    assert code == code_from(seed) == normalise(code)
    assert len(code.split(" ")) == 5
    assert set(code.split(" ")) <= set(words())


def test_no_code_holds_a_word_twice() -> None:
    codes = [code_from(bytes(range(n, n + 30)) + bytes(2)) for n in range(200)] + [code_from(bytes(32))]
    assert {len(set(code.split(" "))) for code in codes} == {5}


def test_five_words_hold_55_bits() -> None:
    assert math.log2(math.perm(len(words()), 5)) > 55


def test_every_byte_that_is_used_matters_and_the_bias_is_small() -> None:
    assert code_from(bytes(32)) != code_from(b"\x00" * 5 + b"\x01" + bytes(26))
    assert len(words()) / 2**48 < 2**-32


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_seed_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32"):
        code_from(bytes(length))


@pytest.mark.parametrize(
    "typed",
    [
        "appel-boot-fiets",
        "  Appel, BOOT;fiets. ",
        "appel\n\tboot\u00a0fiets",
        "áppel – bóot — fïets",
        "ap\u200bpel boot fiets",
    ],
)
def test_a_code_typed_in_any_way_is_the_same_code(typed: str) -> None:
    assert normalise(typed) == "appel boot fiets"


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


WORDS = "fiets appel straat lamp melk"


@pytest.mark.parametrize(
    "typed",
    [
        "fietsappelstraatlampmelk",
        "Fiets-appel straatlamp MELK",
        "fi- ets appel straat lamp melk",
        " ".join("fietsappelstraatlampmelk"),
    ],
)
def test_spaces_and_hyphens_may_stand_anywhere_or_be_left_out(typed: str) -> None:
    assert normalise(typed) == WORDS


def test_what_can_be_read_in_two_ways_is_not_guessed_at() -> None:
    for one in ("jaarplan acteur diepzee straat bovenhoek", "jaarplan acteur diep zeestraat bovenhoek"):
        assert set(one.split()) <= known()
        assert normalise(one) == one, "with its spaces it is read as it stands"
    assert normalise("jaarplanacteurdiepzeestraatbovenhoek") == "jaarplanacteurdiepzeestraatbovenhoek"


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["", "-", " - ", "\n"]))
def test_a_code_is_itself_or_is_not_read_at_all_with_any_sign_between_its_words(seed: bytes, sign: str) -> None:
    code = code_from(seed)
    assert normalise(code.replace(" ", sign)) in {code, code.replace(" ", "")}

"""Code words: enough of them, easy to tell apart, drawn evenly."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.codewords import code_from, normalise, words
from stories.recogniser import lists


def test_there_are_enough_words_all_distinct_sorted_and_plain() -> None:
    assert len(words()) >= 2304
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


def test_no_code_word_is_a_first_name_or_a_town() -> None:
    assert not set(words()) & lists.first_names()
    assert not set(words()) & lists.place_names()


@given(st.binary(min_size=32, max_size=32))
def test_a_seed_always_gives_the_same_five_words(seed: bytes) -> None:
    code = code_from(seed)
    assert code == code_from(seed) == normalise(code)
    assert len(code.split(" ")) == 5
    assert set(code.split(" ")) <= set(words())


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
        assert set(one.split()) <= set(words())
        assert normalise(one) == one, "with its spaces it is read as it stands"
    assert normalise("jaarplanacteurdiepzeestraatbovenhoek") == "jaarplanacteurdiepzeestraatbovenhoek"


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["", "-", " - ", "\n"]))
def test_a_code_is_itself_or_is_not_read_at_all_with_any_sign_between_its_words(seed: bytes, sign: str) -> None:
    code = code_from(seed)
    assert normalise(code.replace(" ", sign)) in {code, code.replace(" ", "")}

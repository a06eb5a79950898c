"""Folding: however a letter or a digit is dressed up, every rule reads the plain one."""

import sys
import unicodedata

import pytest

from core.fold import fold, fold_char


def test_no_capital_is_left_whatever_the_alphabet() -> None:
    # Marks over and inside letters are gone by then, so only what lowers by itself is looked at.
    left = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if any(part.isupper() and part.lower() != part for part in fold_char(chr(code)))
    ]
    assert left == []


@pytest.mark.parametrize(
    ("first", "what"),
    [
        (0x1D400, "bold"), (0x1D5D4, "sans bold"), (0x1F130, "squared"), (0x1F150, "circled, white on black"),
        (0x1F170, "squared, white on black"), (0x1F1E6, "of flags"), (0x24B6, "circled"), (0xFF21, "full-width"),
    ],
)  # fmt: skip
def test_capitals_in_fancy_dress_are_letters(first: int, what: str) -> None:
    assert fold("".join(chr(first + place) for place in range(26))).text == "abcdefghijklmnopqrstuvwxyz", what


def test_small_capitals_are_letters() -> None:
    assert fold("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ").text == "abcdefghijklmnopqrstuvwyz"


@pytest.mark.parametrize(
    "digits",
    ["⓿❶❷❸❹❺❻❼❽❾", "⓪①②③④⑤⑥⑦⑧⑨", "0➀➁➂➃➄➅➆➇➈", "0➊➋➌➍➎➏➐➑➒", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖",
     "0፩፪፫፬፭፮፯፰፱",
     "0" + "".join(map(chr, range(0x2160, 0x2169))), "0" + "".join(map(chr, range(0x2170, 0x2179)))],  # Roman
)  # fmt: skip
def test_digits_in_fancy_dress_are_digits(digits: str) -> None:
    assert fold(digits).text == "0123456789"


def test_dice_are_digits_and_ten_in_a_circle_is_two_of_them() -> None:
    assert fold("⚀⚁⚂⚃⚄⚅❿").text == "12345610"


@pytest.mark.parametrize("filler", ["\u3164", "\uffa0", "\u115f", "\u1160"])
def test_a_letter_that_nobody_sees_is_none(filler: str) -> None:
    assert unicodedata.category(filler) == "Lo"
    assert fold(f"1{filler}2").text == "12"

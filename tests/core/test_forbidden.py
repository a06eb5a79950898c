"""What is never stored, however it is written; and the other numbers of a story, which stay."""

import random
import re
import time

import pytest
from stdnum import iban, numdb
from stdnum.iso7064 import mod_97_10

from core.forbidden import holds_forbidden, mask_forbidden

COUNTRIES = [
    code
    for code in (chr(first) + chr(second) for first in range(65, 91) for second in range(65, 91))
    if numdb.get("iban").info(code)[0][1].get("bban")
]
BSN, IBAN = "123456782", "NL91ABNA0417164300"


def an_iban(country: str, *, seed: int = 1) -> str:
    """One of this country by the registry, with the right check digits."""
    dice, structure = random.Random(seed), numdb.get("iban").info(country)[0][1]["bban"]
    signs = {"n": "0123456789", "a": "ABCDEFGHKLMNPQRT", "c": "0123456789"}
    rest = "".join(
        dice.choice(signs[kind]) for many, kind in re.findall(r"(\d+)!(\w)", structure) for _ in range(int(many))
    )
    return country + mod_97_10.calc_check_digits(rest + country) + rest


def test_the_registry_knows_the_countries_that_people_come_from() -> None:
    assert {"NL", "FI", "CZ", "HU", "GR", "HR", "XK", "IQ", "IL", "TN", "EG", "SO", "LB"} <= set(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_account_of_any_country_is_masked(country: str) -> None:
    number = next(made for seed in range(60) if iban.is_valid(made := an_iban(country, seed=seed), check_country=False))
    groups = " ".join(re.findall(".{1,4}", number))
    for written in (number, number.lower(), groups, groups.replace(" ", "-"), groups.replace(" ", " | ")):
        masked, count = mask_forbidden(f"stort het op {written} dank je")
        assert (masked, count) == ("stort het op [rekeningnummer weggehaald] dank je", 1), written


@pytest.mark.parametrize(
    "written",
    ["MA64 0115 1900 0001 2050 0053 4921", "DZ580002100001113000000570", "IR062960000000100324200001"],
)
def test_an_account_of_a_country_outside_the_registry_is_masked(written: str) -> None:
    assert holds_forbidden(f"mijn oom heeft {written} daar")


@pytest.mark.parametrize(
    "written",
    [
        "NL91, ABNA, 0417, 1643, 00", "NL91:ABNA:0417:1643:00", "NL91😀ABNA😀0417😀1643😀00", "❤️".join(IBAN),
        "NL91|ABNA|0417|1643|00", "𝐍𝐋𝟗𝟏𝐀𝐁𝐍𝐀𝟎𝟒𝟏𝟕𝟏𝟔𝟒𝟑𝟎𝟎", "NL91 (ABNA) 0417 1643 00", 'NL91 "ABNA" 0417164300',
        "NL91 -- ABNA -- 0417 -- 1643 -- 00", "NL91....ABNA....0417....1643....00", "🇳🇱91ABNA0417164300",
        "NL91 en dan ABNA en dan 0417164300", "ɴʟ91ᴀʙɴᴀ0417164300", "NL <b>91</b> ABNA 0417 1643 00",
        "NL een en negentig ABNA nul vier een zeven een zes vier drie nul nul", "NL91 [ABNA] {0417} 1643-00",
        "ABNA 0417 1643 00", "ABNA0417164300 met NL91 ervoor", "mijn rekeningnummer is 0417164300",
    ],
)  # fmt: skip
def test_an_account_is_found_behind_every_disguise(written: str) -> None:
    assert holds_forbidden(f"stort het op {written} dank je")


@pytest.mark.parametrize(
    "written",
    [
        "😀".join(BSN), "123|456|782", "|".join(BSN), "123x456x782", "x".join(BSN), "k".join(BSN), "\u3164".join(BSN),
        "1234 en dan 56782", "123 en dan 456 en dan 782", "1<b>2</b>3456782", "1<br/>2 3456782", "❶❷❸❹❺❻❼❽❷",
        "一二三四五六七八二", "Ⅰ Ⅱ Ⅲ Ⅳ Ⅴ Ⅵ Ⅶ Ⅷ Ⅱ", "I II III IV V VI VII VIII II", "bsn 123A56782",
        "honderddrieëntwintig vierhonderdzesenvijftig zevenhonderdtweeëntachtig",
        "honderd drieëntwintig, vier honderd zesenvijftig, zevenhonderd en tweeëntachtig",
        "een twe drie fier vijf ses seven acht twe", "un deux trois quatre cinq six sept huit deux",
        "ien twa trije fjouwer fiif seis sân acht twa", "uno dos tres cuatro cinco seis siete ocho dos",
        "1 en 2 en 3 en 4 en 5 en 6 en 7 en 8 en 2", "mijn bsn is 12 en dan 34 en dan 56 en dan 782",
        "123 ❤️ 456 ❤️ 782", "123 → 456 → 782", "123\n\n456\n\n782", "bsn 1234AB56782", "mijn bsn is 1234 AB 56782",
        "bsn lisa12345 jan 6782", "1a2b3c4d5e6f7g8h2", "123en456en782", "123&nbsp;456&nbsp;782", "123%20456%20782",
        "een 1, een 2, een 3, een 4, een 5, een 6, een 7, een 8 en een 2",
        "drie keer een, 3x 2 en drie maal drie", "один два три четыре пять шесть семь восемь два",
    ],
)  # fmt: skip
def test_a_bsn_is_found_behind_every_disguise(written: str) -> None:
    assert holds_forbidden(f"dit is van mij {written} snap je")


@pytest.mark.parametrize(
    "text",
    [
        "ik kreeg 123 euro en dan 456 euro en dan 782 euro", "het duurde 123 en dan 456 en dan 782 dagen",
        "mijn zusjes zijn 12, 34 en dan ook nog 56 en ik 782", "nr. 12 | 34 | 56 | 78 | 2 | 9",
        "om 10 ben ik er 20 keer en 30 of 40", "is 12 jaar en 34 kinderen in 56 huizen met 7 katten en 8 honden",
        "de rabo 06 12345678", "zijn rekening is 12 euro", "van 12 sept 2023 tot 3 okt 2024",
        "een kast van 120x60x80x40", "<b>12</b> van de <b>345</b> kinderen wachten <i>67</i> dagen",
        "bel me op nul zes vierentwintig elf vijftig nul drie", "app 0 6 1 2 3 4 5 6 7 9 maar",
        "Toen om 20:46, 21:15 en 14.27 uur was het klaar", "I en V en X zijn letters",
        "mijn bsn stond in de brief van 12 mei, kamer 345, 67 keer gebeld", "3 keer 4 dagen, 2x 5 en dan 6 keer 7 uur",
        "drie keer een gesprek van twee uur en vier keer zes", "klas 2b3, kamer 4c5 en bus 6d7",
        "mijn cijfers waren een 6 een 7 een 5 een 8 een 6 een 4 een 7 een 6 een 5",
        "ik haalde een 4, een 5, een 6, een 7, een 8 en een 9",
    ],
)  # fmt: skip
def test_what_is_counted_paid_or_called_stays(text: str) -> None:
    assert mask_forbidden(text) == (text, 0)


def _ordinary(dice: random.Random) -> list[str]:
    """Numbers as a story has them, nine digits in all where a wide net could take them for one."""

    def digits(many: int) -> str:
        return "".join(dice.choice("0123456789") for _ in range(many))

    day = f"{dice.randint(1, 28)}-{dice.randint(1, 12)}-20{dice.randint(10, 26)}"
    several = [dice.randint(100, 999) for _ in range(3)]
    words = ["drie", "vier", "twaalf", "twintig", "zes", "honderd", "driehonderd", "eenendertig"]
    return [
        f"06-{digits(8)}", f"06 {digits(4)} {digits(4)}", " ".join(f"06{digits(8)}"), f"+31 6 {digits(8)}",
        f"van {day} tot {day}", "{} euro, {} euro en dan {} euro".format(*several),
        "€ {} en € {} en € {}".format(*several), f"om {dice.randint(10, 23)}:15 en {dice.randint(10, 23)}.45 uur",
        "de {} kinderen, {} groepen en {} wachtenden".format(*several), f"zaak C/{digits(2)}/{digits(6)}",
        "eerst {}, dan {} en daarna {} dagen".format(*(dice.choice(words) for _ in range(3))),
        f"bestelling {digits(8)}",
        f"{dice.randint(1000, 9999)} AB {dice.randint(1, 200)}",
        f"pagina {digits(2)} en dan {digits(2)} van {digits(2)}",
        f"om {dice.randint(10, 23)}:46, {dice.randint(10, 23)}:15 en {dice.randint(10, 23)}.27 uur was het klaar",
    ]  # fmt: skip


def test_the_numbers_of_ordinary_tellings_are_never_taken_for_it() -> None:
    dice = random.Random(7)
    taken = [text for _ in range(150) for text in _ordinary(dice) if holds_forbidden(f"Toen was het {text}.")]
    assert taken == []


def test_a_long_text_of_mere_digits_and_signs_stays_cheap() -> None:
    began = time.process_time()
    plain = ("nl91|", "1x", "een en dan ", "NL 9 1 (", "1 😀 ", "honderd", "i ii ", "<b>1")
    for piece in (*plain, "1E ", "bsn I2Eg ", "g6 ", "06 1E!"):
        mask_forbidden(piece * (6000 // len(piece)))
    assert time.process_time() - began < 20

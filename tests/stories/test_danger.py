"""Signals of danger: rather once too often than once too few, but not at a figure of speech."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.danger import Danger, DangerLevel, find_danger
from stories.evaluation_danger import BadLines, evaluate, read_lines, render

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet meer leven",
        "kwil gwn dood",
        "iK WiL d00d",
        "ik w\u200bil dooooood",
        "soms denk ik dat het voor iedereen makkelijker is als ik er niet meer ben",
        "er niet meer zijn lijkt me fijn",
        "iedereen is beter af zonder mij",
        "ik ga er een eind aan maken",
        "ik heb al pillen gespaard",
        "ik wil zelfmoord plegen",
        "hij slaat me",
        "mn stiefvader slaat mn ma",
        "ik word geslagen thuis",
        "hij zit aan me als mama weg is",
        "me oom raakt me aan",
        "hij komt s nachts in mijn kamer",
        "ik ben hier niet veilig",
        "als jullie dit lezen ben ik er niet meer",
        "zoek me maar niet",
        "vanavond maak ik er een eind aan",
        "ik sta op de brug",
        "hij kneep mn keel dicht",
        "wil er gwn niet meer zijn",
        "ze willen dat ik ga trouwen met een man in het buitenland, ik moet mee",
        "mijn zusje ademt raar",
        "morgen pakt hij me weer met zijn riem, net als altijd",
        "hij heeft een mes",
        "ze gaan me vermoorden",
        "i want to die",
        "my dad hits me",
        "chcę umrzeć",
        "ölmek istiyorum",
        "мій батько б'є мене",
        "أريد أن أموت",
    ],
)
def test_danger_that_may_be_now_is_urgent(text: str) -> None:
    assert find_danger(text).level is DangerLevel.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "ik ben bang voor mezelf",
        "ik heb haar te hard vastgepakt",
        "er zaten blauwe plekken op haar arm",
        "ik snijd in mn armen",
        "vroeger werd ik geslagen",
        "zelfmort zei ze",
        "ik trek het niet meer",
        "ik wou dat ik nooit geboren was",
        "ik durf niet naar huis",
        "we krijgen geen eten",
        "ik zie het niet meer zitten",
        "hij zegt dat hij me gaat slopen",
        "mama drinkt elke avond",
        "er is thuis vaak niemand, de kleuter is dan alleen thuis",
        "ik blow elke dag anders kan ik niet slapen",
        "bij het vastpakken is mijn pols gebroken",
        "mijn oom heeft aan me gezeten",
    ],
)
def test_worries_are_a_concern_at_least(text: str) -> None:
    assert find_danger(text).level in {DangerLevel.CONCERN, DangerLevel.URGENT}


@pytest.mark.parametrize(
    "text",
    [
        "Misschien lukt het morgen",
        "ik voel me geslagen door het systeem",
        "dat slaat nergens op",
        "ik lach me dood",
        "doodmoe van het wachten",
        "mijn opa is vorig jaar overleden",
        "ik wil niet meer verhuizen",
        "ik ben er niet meer welkom",
        "we zaten aan de keukentafel",
        "ze sloeg een arm om me heen",
        "de deur sloeg dicht",
        "zij heeft dingen gezegd die ik niet wilde horen",
        "het gevecht met de gemeente",
        "we keken een film over mishandeling en daarna aten we pizza",
        "mijn hamster is doodgegaan",
        "ik ging tien keer dood tegen die baas",
        "om de tijd te doden gingen we kaarten",
        "de tandarts is doodeng",
    ],
)
def test_figures_of_speech_are_no_danger(text: str) -> None:
    assert find_danger(text) == Danger(DangerLevel.NONE, ())


def test_signals_are_slugs_and_never_text() -> None:
    danger = find_danger("ik wil niet meer leven en hij slaat me")
    assert danger.signals == ("suicide", "violence", "violence-now")


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert find_danger(text).level in DangerLevel


def test_lines_of_many_kinds_stay_above_what_was_measured() -> None:
    outcome = evaluate(read_lines(DATA / "danger_told.jsonl"))
    assert outcome.found >= 0.8 * outcome.danger
    assert outcome.false_alarms <= 0.15 * outcome.none
    assert "recall" in render(outcome)


@pytest.mark.parametrize("line", ["{", '{"text": "x"}', '{"text": "x", "danger": "much"}', "[1]"])
def test_a_bad_line_of_danger_is_named_by_its_number_only(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line, encoding="utf-8")
    with pytest.raises(BadLines, match=r"bad\.jsonl, line 2: needs"):
        read_lines(path)

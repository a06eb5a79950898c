"""Signals of danger: rather once too often than once too few, but not at a figure of speech."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.danger import Danger, DangerLevel, find_danger


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

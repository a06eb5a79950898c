"""Reidentification: what was planted in three hundred stories is found before a person looks; see planted.py."""

import pytest

from stories.recogniser import find_marks
from stories.recogniser.evaluation import Report, _count_gold, _count_mark, parse_line
from tests.stories.planted import PLANTED, STORIES, stories


def test_of_fifteen_hundred_planted_identifiers_nearly_all_are_marked_before_anybody_looks():
    report = Report()
    told = [parse_line(one) for one in stories()]
    for one in told:
        marks = find_marks(one.text)
        for span in one.gold:
            _count_gold(report, span, marks)
        for mark in marks:
            _count_mark(report, mark, one)
    assert len(told) == STORIES
    assert report.total.spans >= STORIES * PLANTED
    assert report.total.recall >= 0.98
    assert report.marks.precision >= 0.98, "marking everything would find everything"
    assert min(count.recall for count in report.by_type.values()) >= 0.93


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Ik heb Jordy van Houten niet meer gezien.", "Jordy van Houten"),
        ("Volgens meneer van Houten was het mijn schuld.", "meneer van Houten"),
        ("mijn vriendin hanneke van der ploeg belde", "vriendin hanneke van der ploeg"),
        ("Samen met Pepijn van 't Hof liep ik weg.", "Pepijn van 't Hof"),
        ("Kim van 't buurthuis was lief.", "Kim"),
        ("Mijn moeder, Linde, zei niets.", "Linde"),
        ("We zaten aan de Singel 37b in die tijd.", "aan de Singel 37b"),
        ("we woonden aan de singel 37 toen", "aan de singel 37"),
        ("ik zat aan de tafel 4", None),
        ("ons adres met postcode 5443mm stond erin", "5443mm"),
        ("Ik zat op de Praktijkschool Veenkade.", "de Praktijkschool Veenkade"),
        ("ik zat op het roc van twente", "het roc van twente"),
        ("Ik zat bij Jeugdzorg Plus De Hazelaar.", "Jeugdzorg Plus De Hazelaar"),
        ("mevrouw van Jeugdzorg kwam", None),
        ("sanne ten slotte zei niets", "sanne"),
        ("kevin gign weg", "kevin"),
    ],
)
def test_a_name_is_seen_by_its_place_in_the_sentence(text, marked):
    assert [mark.text for mark in find_marks(text)] == ([marked] if marked else [])

"""A figure that can hardly be true is warned of in the preview, beside its row; whether it is, is for a person."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.actions import confirm_import
from monitor.models import Indicator
from monitor.setup import load_indicators
from tests.monitor.test_importing import HEADER, SERIES, bring, preview


@pytest.fixture(autouse=True)
def _indicators(country):
    load_indicators()
    fields = {"definition": "d", "unit": "%", "whole": False, "rule": "A", "caveat": "c"}
    Indicator.objects.create(slug="share", name="Aandeel", **fields)


def warned(client, import_):
    """The page of a preview: what it says beside each row, by the value that it brings, and the page itself."""
    page = client.get(import_.get_absolute_url()).content.decode()
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", page)[1:]]
    return {row[4]: re.sub(r"<[^>]+>", "", row[6]) if len(row) > 6 else "" for row in cells}, page


def test_more_in_one_municipality_than_in_the_whole_country_is_warned_of_and_not_refused(
    municipality, as_, coordinator
):
    bring(HEADER + f"{SERIES},2022,989,NJi\n{SERIES},2023,891,NJi\n")
    brought = f"{SERIES},2023,5000000,Gemeente,GM0200\n{SERIES},2022,890,Gemeente,GM0200\nshare,2023,99,Raad,GM0200\n"
    import_ = preview(HEADER + brought)
    beside, page = warned(as_(coordinator), import_)
    assert list(beside) == ["5.000.000", "890", "99"], "what stands out comes first"
    assert "Meer dan het nieuwste cijfer van heel Nederland (891)" in beside["5.000.000"]
    assert "Meer dan tien keer zoveel als de periode ervoor (890)" in beside["5.000.000"]
    assert (beside["890"], beside["99"]) == ("", "")
    assert "Eén cijfer valt op" in page
    assert "Bevestig deze cijfers" in page
    confirm_import(import_=import_, actor=None)
    assert "valt op" not in as_(coordinator).get(import_.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("before", "value", "said"),
    [
        (891, 8910, ""),
        (891, 8911, "Meer dan tien keer zoveel als de periode ervoor (891)"),
        (891, 90, ""),
        (891, 89, "Minder dan een tiende van de periode ervoor (891)"),
        (891, "-", "Minder dan een tiende van de periode ervoor (891)"),
        (891, ".", ""),
        (3, "-", ""),  # of a few, one more or less is many times as much
        ("-", 9, ""),
        ("-", 30, "Meer dan tien keer zoveel als de periode ervoor (0)"),
    ],
)
def test_a_figure_far_from_the_one_before_in_the_same_area_and_source_is_warned_of(
    municipality, as_, coordinator, before, value, said
):
    bring(HEADER + f"{SERIES},2020,200,NJi\n{SERIES},2021,{before},NJi\n{SERIES},2022,5,Raad\n{SERIES},2022-K1,5,NJi\n")
    (beside,) = warned(as_(coordinator), preview(HEADER + f"{SERIES},2023,{value},NJi\n"))[0].values()
    assert beside.startswith(said)
    assert bool(beside) == bool(said)


def test_the_file_itself_brings_the_figure_before_and_the_one_of_the_country(municipality, as_, coordinator):
    text = f"{SERIES},2022,20,G,GM0200\n{SERIES},2023,201,G,GM0200\n{SERIES},2023,200,NJi\n"
    beside, _page = warned(as_(coordinator), preview(HEADER + text))
    assert [value for value, said in beside.items() if said] == ["201"]
    assert "(20)" in beside["201"]
    assert "(200)" in beside["201"]


@pytest.mark.parametrize(("period", "strange"), [("2023-K1", True), ("2023", False)])
def test_a_part_of_a_year_is_held_against_the_year_of_the_country_and_not_the_other_way(
    municipality, as_, coordinator, period, strange
):
    bring(HEADER + (f"{SERIES},2022,100,NJi\n" if strange else f"{SERIES},2022-K1,100,NJi\n"))
    beside, _page = warned(as_(coordinator), preview(HEADER + f"{SERIES},{period},101,G,GM0200\n"))
    assert bool(beside["101"]) == strange


def test_a_preview_with_much_that_is_strange_takes_as_many_queries_as_with_little(municipality, as_, coordinator):
    desk, costs = as_(coordinator), []
    desk.get("/monitor/invoer/")
    for many in (1, 200):
        rows = "".join(f"{SERIES},{1991 + n % 30},{10 ** (n % 8)},bron {n},GM0200\n" for n in range(many))
        import_ = preview(HEADER + f"{SERIES},2023,9,NJi\n{rows}")
        with CaptureQueriesContext(connection) as captured:
            desk.get(import_.get_absolute_url())
        costs.append(len(captured))
    assert import_.added == 201
    assert costs[0] == costs[1] <= 8

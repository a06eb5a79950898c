"""The reader who wants to know: she has read the rules, sees everything on show, and has all the time in the world."""

import itertools
import json
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure import (
    HIDDEN,
    Portion,
    facet,
    in_steps,
    intervals,
    mean,
    portion,
    protect,
    protect_table,
    rounded,
    safe_children,
    share,
    shown,
)

counts = st.integers(0, 40)
rows = st.dictionaries(st.sampled_from("abcdefgh"), counts, min_size=1)


def test_four_are_not_shown_and_five_are():
    assert [shown(n) for n in (0, 1, 4, 5, 6)] == [None, None, None, 5, 6]


def test_a_hidden_value_holds_nothing_and_cannot_be_used_as_a_number():
    sign: Any = HIDDEN
    assert str(sign) == f"{sign}" == "."
    with pytest.raises(TypeError):
        sign + 1
    with pytest.raises(TypeError):
        int(sign)
    with pytest.raises(TypeError):
        sorted([sign, 3])
    with pytest.raises(TypeError):
        json.dumps({"a": sign})


def test_rounding_is_to_the_nearest_five_halves_up():
    assert [rounded(n) for n in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]
    assert rounded(5, 10) == 10


@given(st.integers(0, 10**9), st.sampled_from([5, 10, 100]))
def test_rounding_moves_a_number_by_half_a_step_at_most(n, base):
    assert abs(rounded(n, base) - n) * 2 <= base
    assert rounded(n, base) % base == 0


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_percentage_never_speaks_of_all_or_of_nobody(part, rest):
    value = share(part, part + rest)
    assert (value is None) == (part + rest < 30)
    assert value is None or (5 <= value <= 95 and value % 5 == 0)


@pytest.mark.parametrize("whole", range(5, 60))
def test_a_share_in_words_fits_at_least_two_counts(whole):
    meant = defaultdict(set)
    for part in range(whole + 1):
        meant[portion(part, whole)].add(part)
    assert None not in meant
    assert all(len(parts) >= 2 for parts in meant.values())


def test_a_share_in_words_needs_five_people():
    assert portion(4, 4) is None
    assert portion(5, 5) is Portion.MOST
    assert portion(0, 5) is Portion.FEW


def test_a_mean_needs_five_values():
    assert mean(10, 4) is None
    assert mean(15, 5) == 3.0


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_two_figures_in_steps_never_differ_by_a_small_group(one, other):
    difference = abs(in_steps(one) - in_steps(other))
    assert difference == 0 or difference >= 5


# Rows -----------------------------------------------------------------------------------------------------------


@given(rows)
def test_a_row_without_a_total_hides_one_to_four_and_nothing_else(row):
    cells = protect(row).cells
    assert {key for key, cell in cells.items() if cell is HIDDEN} == {key for key, n in row.items() if 0 < n < 5}
    assert all(cell is HIDDEN or cell == row[key] for key, cell in cells.items())


def test_one_hidden_cell_takes_the_next_smallest_with_it():
    assert protect({"a": 3, "b": 12, "c": 7}, total=22).cells == {"a": HIDDEN, "b": 12, "c": HIDDEN}


def test_a_total_that_is_small_itself_is_hidden():
    assert protect({"a": 2, "b": 0}, total=2).total is HIDDEN


def test_zero_is_shown_while_nothing_is_hidden_beside_it():
    assert protect({"a": 0, "b": 8}, total=8).cells == {"a": 0, "b": 8}
    assert protect({"a": 0, "b": 8, "c": 2}, total=10).cells["a"] is HIDDEN


def _worlds(release, cells, most, least):
    """All rows by what a reader sees of them."""
    seen = defaultdict(list)
    for world in itertools.product(range(most + 1), repeat=cells):
        seen[release(world, least)].append(world)
    return seen


def _row(world, least):
    release = protect({str(i): n for i, n in enumerate(world)}, total=sum(world), least=least)
    return (*release.cells.values(), release.total)


def _whole_and_parts(world, least):
    parts = {str(i): n for i, n in enumerate(world[1:])}
    release = safe_children(sum(world), parts, least=least)
    return (*release.cells.values(), release.total)


@pytest.mark.parametrize(("cells", "most", "least"), [(1, 30, 5), (2, 30, 5), (3, 16, 5), (4, 9, 5), (5, 6, 3)])
def test_a_reader_who_knows_the_rule_cannot_work_out_a_hidden_cell(cells, most, least):
    """Every possible row is released; behind what a reader sees, no hidden cell has only one possible value."""
    for seen, worlds in _worlds(_row, cells, most, least).items():
        # A reader thinks of larger numbers too; at the edge of what we tried all seems more certain than it is.
        if max(max(world) for world in worlds) == most:
            continue
        for place in range(cells):
            if seen[place] is HIDDEN:
                assert len({world[place] for world in worlds}) >= 2, (seen, worlds)


@pytest.mark.parametrize(("cells", "most", "least"), [(3, 16, 5), (4, 9, 5), (5, 6, 3)])
def test_a_whole_beside_its_parts_says_no_more_of_a_hidden_part_than_that_it_is_small(cells, most, least):
    """The first number of a world are the people without a part, of whom a reader knows nothing."""
    for seen, worlds in _worlds(_whole_and_parts, cells, most, least).items():
        for place in range(1, cells):
            if seen[place - 1] is HIDDEN and seen[-1] is not HIDDEN and any(world[place] for world in worlds):
                assert {world[place] for world in worlds} >= set(range(least)), seen


def test_the_whole_goes_when_one_small_part_would_be_known_from_it():
    assert safe_children(25, {"a": 4, "b": 21}).total is HIDDEN
    assert safe_children(25, {"a": 4, "b": 21}).cells == {"a": HIDDEN, "b": 21}
    assert safe_children(25, {"a": 5, "b": 20}).total == 25
    assert safe_children(30, {"a": 3, "b": 2, "c": 1, "d": 24}).total == 30


def test_people_without_a_part_are_protected_too():
    assert safe_children(22, {"a": 20}).total is HIDDEN
    assert safe_children(25, {"a": 20}).total == 25


@pytest.mark.parametrize("wrong", [{"a": -1}, {"a": 3, "b": -5}])
def test_a_negative_count_is_refused(wrong):
    with pytest.raises(ValueError, match="negative"):
        protect(wrong)


def test_a_total_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="sum"):
        protect({"a": 8}, total=9)
    with pytest.raises(ValueError, match="at least"):
        safe_children(7, {"a": 8})


# Filters --------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xyz"), st.sampled_from("123")), max_size=60))
def test_no_pair_of_shown_filter_counts_gives_a_small_group_away(people):
    """Every combination of three filters is asked for; each pair where one contains the other is subtracted."""
    shown_counts = {}
    for wanted in itertools.product(["A", "B", None], ["x", "y", "z", None], ["1", "2", "3", None]):
        group = [p for p in people if all(w is None or w == part for w, part in zip(wanted, p, strict=True))]
        if count := facet({"group": len(group)}):
            shown_counts[wanted] = count["group"]
    for (wide, more), (narrow, fewer) in itertools.permutations(shown_counts.items(), 2):
        if all(w is None or w == n for w, n in zip(wide, narrow, strict=True)):
            # Known are 'from more to more + 4' and 'from fewer to fewer + 4'.
            least, most = max(0, more - fewer - 4), more - fewer + 4
            assert most - least >= 4, (wide, narrow)


# Tables ---------------------------------------------------------------------------------------------------------

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=1, max_size=4)
)


def _as_counts(table):
    return {(f"r{i}", f"c{j}"): n for i, row in enumerate(table) for j, n in enumerate(row)}


def _with_margins(counts):
    rows, columns = {r for r, _ in counts}, {c for _, c in counts}
    whole = dict(counts)
    whole |= {(r, ""): sum(counts[r, c] for c in columns) for r in rows}
    whole |= {("", c): sum(counts[r, c] for r in rows) for c in columns}
    return whole | {("", ""): sum(counts.values())}


def _cells(release):
    return (
        dict(release.cells)
        | {(r, ""): n for r, n in release.row_totals.items()}
        | {("", c): n for c, n in release.column_totals.items()}
        | {("", ""): release.total}
    )


@given(tables)
@settings(max_examples=150, deadline=None)
def test_a_table_shows_only_true_numbers_and_no_small_ones(table):
    counts = _as_counts(table)
    whole = _with_margins(counts)
    for place, cell in _cells(protect_table(counts)).items():
        assert cell is HIDDEN or (cell == whole[place] and not 0 < cell < 5)


@given(tables)
@settings(max_examples=150, deadline=None)
def test_no_small_number_in_a_table_is_known_closer_than_within_five(table):
    counts = _as_counts(table)
    whole = _with_margins(counts)
    hidden = [place for place, cell in _cells(protect_table(counts)).items() if cell is HIDDEN]
    for place, (low, high) in intervals(whole, hidden).items():
        assert low <= whole[place]
        assert high is None or high >= whole[place]
        assert not 0 < whole[place] < 5 or high is None or high - low >= 5


def test_a_cell_that_joins_two_hidden_blocks_is_seen_through():
    """Each line has two hidden cells or more, and still the one between the blocks is known: 7 = 14 + 7 - 14."""
    table = [[3, 4, 9, 9], [4, 3, 7, 9], [9, 9, 3, 4], [9, 9, 4, 3]]
    counts = _as_counts(table)
    hidden = [("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1"), ("r1", "c2")]
    hidden += [("r2", "c2"), ("r2", "c3"), ("r3", "c2"), ("r3", "c3")]
    assert intervals(_with_margins(counts), hidden)["r1", "c2"] == (7, 7)


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=3), st.data())
@settings(max_examples=60, deadline=None)
def test_the_computed_intervals_are_those_of_trying_all_tables(table, data):
    counts = _as_counts(table)
    hidden = data.draw(st.sets(st.sampled_from(sorted(counts)), min_size=1, max_size=4))
    whole = _with_margins(counts)
    possible = defaultdict(set)
    most = whole["", ""]
    for values in itertools.product(range(min(most, 6) + 1), repeat=len(hidden)):
        trial = counts | dict(zip(sorted(hidden), values, strict=True))
        if all(n == whole[place] for place, n in _with_margins(trial).items() if place not in hidden):
            for place in hidden:
                possible[place].add(trial[place])
    assert intervals(whole, hidden) == {place: (min(n), max(n)) for place, n in possible.items()}

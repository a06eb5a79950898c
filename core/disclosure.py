"""Protecting small numbers: every count, share or mean that leaves the house passes through here.

Pure functions over numbers; nothing here knows what is counted. A hidden value is not a number with a flag but the
sign `HIDDEN`, which holds nothing: what was hidden cannot be printed, sorted or written to a file by mistake.

Where the rules come from:

* Statistics Netherlands (CBS) rounds figures on youth care to fives so that neither a person nor a reporting body can
  be known from them, shows a missing or secret value as a dot and nil as nil, and hides a second cell where the
  first could be derived (explanation of signs and of statistical protection, www.cbs.nl).
* Own figures are shown from five people on; shares as a percentage from thirty on, below that in words.
* What a reader can *work out* counts as shown. A reader is assumed to know these rules and everything else on show:
  other filters, the level above, yesterday's page. tests/core/test_disclosure.py plays that reader.

No counts of our own leave the house beside their total today. Who makes such a table lets it pass through
`protect_table`, `protect` or `safe_children`; there is no other way.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

LEAST: Final = 5
LEAST_FOR_PERCENTAGE: Final = 30
# Of a number that only grows: so wide that a step says little, and the last says nothing more.
STEPS: Final = (LEAST, 10, 25, 50, 100)


class Sign(enum.Enum):
    """What stands in the place of a number that is not shown."""

    HIDDEN = "."

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return "HIDDEN"


HIDDEN: Final = Sign.HIDDEN
Cell = int | Literal[Sign.HIDDEN]


class Portion(enum.Enum):
    """A share in steps so wide that they do not tell what one person answered."""

    FEW = "few"  # under a third
    HALF = "half"
    MOST = "most"  # over two thirds; 'all' is never said


@dataclass(frozen=True, slots=True)
class Protected:
    """A row of counts as it may be shown, and its total (None when none was asked for)."""

    cells: Mapping[str, Cell]
    total: Cell | None

    @property
    def shown(self) -> dict[str, int]:
        return {key: cell for key, cell in self.cells.items() if cell is not HIDDEN}


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table of counts with its margins, as it may be shown."""

    cells: Mapping[tuple[str, str], Cell]
    row_totals: Mapping[str, Cell]
    column_totals: Mapping[str, Cell]
    total: Cell


def shown(count: int, *, least: int = LEAST) -> int | None:
    """Return one count when it is large enough to be shown on its own, and None when it is not (0 included)."""
    return count if count >= least else None


def rounded(count: int, base: int = 5) -> int:
    """Round to the nearest multiple of `base`, halves up, as CBS does with figures on youth care."""
    return (2 * count + base) // (2 * base) * base


def in_steps(count: int, *, least: int = LEAST) -> int:
    """Return how many of `count` people a figure may tell of: whole groups of `least`.

    A figure that moved with every single person would give that person's answer away to whoever looked the day
    before. So the next ones come in when they are `least` together, in the order in which they came.
    """
    return count // least * least


def facet(counts: Mapping[str, int], *, least: int = LEAST) -> dict[str, int]:
    """Return the counts beside the choices of a filter that may be shown, as 'at least n' (`n` a multiple of `least`).

    Filters can be combined, and the difference of two exact counts would be the count of a small group. Rounded down
    to steps, a difference of two is never known closer than `least`. Never show an exact total beside these.
    """
    return {key: in_steps(count, least=least) for key, count in counts.items() if count >= least}


def share(part: int, whole: int, *, least_whole: int = LEAST_FOR_PERCENTAGE) -> int | None:
    """Return a percentage in steps of 5, from 5 to 95, or None when `whole` is too small for one.

    0 and 100 are never returned: they would say of each person apart what she answered.
    """
    if whole < least_whole:
        return None
    return min(95, max(5, rounded(100 * part // whole)))


def portion(part: int, whole: int, *, least: int = LEAST) -> Portion | None:
    """Return a share in words for a group of `least` or more, None below that; each word fits two counts or more."""
    if whole < least:
        return None
    if 3 * part < whole:
        return Portion.FEW
    return Portion.MOST if 3 * part > 2 * whole else Portion.HALF


def mean(total: float, count: int, *, least: int = LEAST) -> float | None:
    """Return the mean in one decimal of `count` values, one a person, that add up to `total`; None under `least`."""
    return round(total / count, 1) if count >= least else None


def protect(counts: Mapping[str, int], *, least: int = LEAST, total: int | None = None) -> Protected:
    """Protect one row of counts of people, with or without the total over its cells.

    Without a total each cell from 1 to `least - 1` is hidden, and 0 is shown: it gives nothing away. With a total
    zeros are hidden together with the small ones, so that a hidden cell may be anything below `least`; that is
    enough when the hidden cells together leave each of them that free. When they do not, the smallest cell on show
    is hidden too (the total minus the rest would otherwise be the hidden one), and when there is none, the total.

    Raises ValueError on a negative count, or on a total that is not the sum of the cells.
    """
    _check(counts, least)
    if total is not None and total != sum(counts.values()):
        raise ValueError("The total of a row is the sum of its cells.")
    if not any(0 < count < least for count in counts.values()):
        return Protected(dict(counts), total)
    if total is None:
        return Protected({key: HIDDEN if 0 < count < least else count for key, count in counts.items()}, None)
    hidden = {key for key, count in counts.items() if count < least}
    shown_total: Cell = total
    if not _says_nothing([counts[key] for key in hidden], least):
        open_cells = [key for key in counts if key not in hidden]
        smallest = min((counts[key] for key in open_cells), default=0)
        # All of that size: which of two equal cells went would tell which of the hidden ones are small.
        hidden |= {key for key in open_cells if counts[key] == smallest}
        if not open_cells:
            shown_total = HIDDEN
    return Protected({key: HIDDEN if key in hidden else count for key, count in counts.items()}, shown_total)


def safe_children(parent: int, children: Mapping[str, int], *, least: int = LEAST) -> Protected:
    """Protect a whole and its parts, where the parts matter more: the country and its regions, a year and its months.

    Parts below `least` are hidden, 0 too. The whole is shown only when subtracting the parts on show leaves a group
    of `least` or more that tells of no hidden part more than that it is below `least`.

    `parent` may be larger than the sum of its parts (people without a part); raises ValueError when it is smaller.
    """
    _check(children, least)
    rest = parent - sum(children.values())
    if rest < 0:
        raise ValueError("The whole is at least the sum of its parts.")
    hidden = [count for count in children.values() if count < least]
    cells: dict[str, Cell] = {key: count if count >= least else HIDDEN for key, count in children.items()}
    left = rest + sum(hidden)
    safe = (rest == 0 or left >= least) and (not any(hidden) or _says_nothing(hidden, least))
    return Protected(cells, parent if safe and parent >= least else HIDDEN)


def _says_nothing(hidden: Sequence[int], least: int) -> bool:
    """Whether the sum of these hidden counts leaves each of them anywhere from 0 to `least - 1`."""
    return least <= sum(hidden) <= (len(hidden) - 1) * (least - 1)


def _check(counts: Mapping[str, int], least: int) -> None:
    if least < 3:
        raise ValueError("A least of under three protects nobody.")
    if any(count < 0 for count in counts.values()):
        raise ValueError("A count of people is not negative.")


# Tables ---------------------------------------------------------------------------------------------------------

_MARGIN = "\0total"
Place = tuple[str, str]
_TOTAL: Place = (_MARGIN, _MARGIN)


def protect_table(counts: Mapping[Place, int], *, least: int = LEAST) -> ProtectedTable:
    """Protect a table of counts (row, column) with its row totals, column totals and total.

    Small cells and small totals are hidden; then, as long as a reader could know one of these closer than within
    `least`, the smallest number beside it goes too. How close a reader can come is computed exactly (`intervals`).
    """
    _check({str(place): count for place, count in counts.items()}, least)
    whole = _with_margins(counts)
    small = {place for place, count in whole.items() if 0 < count < least}
    hidden = set(small)
    while True:
        exposed = [place for place in sorted(small) if _width(whole, hidden, place) < least]
        if not exposed:
            break
        row, column = exposed[0]
        # What lies beside it first; then cells before totals, which are what a reader comes for; zeros last.
        chosen = min(
            (p for p in whole if p not in hidden),
            key=lambda p: (p[0] != row and p[1] != column, p == _TOTAL, _MARGIN in p, whole[p] == 0, whole[p], p),
        )
        hidden.add(chosen)
    cells: dict[Place, Cell] = {place: HIDDEN if place in hidden else count for place, count in whole.items()}
    return ProtectedTable(
        cells={place: cell for place, cell in cells.items() if _MARGIN not in place},
        row_totals={p[0]: cell for p, cell in cells.items() if p[1] == _MARGIN and p[0] != _MARGIN},
        column_totals={p[1]: cell for p, cell in cells.items() if p[0] == _MARGIN and p[1] != _MARGIN},
        total=cells[_TOTAL],
    )


def intervals(counts: Mapping[Place, int], hidden: Iterable[Place]) -> dict[Place, tuple[int, int | None]]:
    """Return how closely a reader knows each hidden place: least and most that fit all that is shown (None: no most).

    `counts` is a table with its margins (`""` names the margin). The answer is exact, not an estimate: a two-way
    table is a flow network (each line of the table adds up), so a place can grow or shrink by as much as can flow
    round it through other hidden places.
    """
    whole = {(row or _MARGIN, column or _MARGIN): count for (row, column), count in counts.items()}
    inside = {(row or _MARGIN, column or _MARGIN) for row, column in hidden}
    answer: dict[Place, tuple[int, int | None]] = {}
    for place in inside:
        low = whole[place] - min(whole[place], _freedom(whole, inside, place, -1) or 0)
        up = _freedom(whole, inside, place, +1)
        name = ("" if place[0] == _MARGIN else place[0], "" if place[1] == _MARGIN else place[1])
        answer[name] = (low, None if up is None else whole[place] + up)
    return answer


def _with_margins(counts: Mapping[Place, int]) -> dict[Place, int]:
    rows, columns = {row for row, _ in counts}, {column for _, column in counts}
    whole = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        whole[row, _MARGIN] = sum(whole[row, column] for column in columns)
    for column in columns | {_MARGIN}:
        whole[_MARGIN, column] = sum(whole[row, column] for row in rows)
    return whole


def _width(whole: Mapping[Place, int], hidden: set[Place], place: Place) -> float:
    up = _freedom(whole, hidden, place, +1)
    down = _freedom(whole, hidden, place, -1)
    return float("inf") if up is None else up + min(whole[place], whole[place] if down is None else down)


def _arcs(whole: Mapping[Place, int], hidden: set[Place], most: int) -> dict[str, dict[str, int]]:
    """Room between the lines of the table: rows ('r…') and columns ('c…'), joined by the hidden places.

    A cell flows from its row to its column; a margin flows the other way, because it is the sum of the others.
    """
    room: dict[str, dict[str, int]] = {}
    for row, column in hidden:
        source, target = f"r{row}", f"c{column}"
        if (row == _MARGIN) != (column == _MARGIN):
            source, target = target, source
        room.setdefault(source, {})[target] = most
        room.setdefault(target, {})[source] = whole[row, column]
    return room


def _freedom(whole: Mapping[Place, int], hidden: set[Place], place: Place, way: int) -> int | None:
    """How far a hidden place can grow (`way` +1) or shrink (-1) with all shown numbers as they are; None: no end."""
    most = 4 * (sum(whole.values()) + 1)
    room = _arcs(whole, hidden - {place}, most)
    source, target = f"r{place[0]}", f"c{place[1]}"
    if (place[0] == _MARGIN) != (place[1] == _MARGIN):
        source, target = target, source
    # More through the place itself must come back from its target to its source by another road.
    begin, end = (target, source) if way > 0 else (source, target)
    flow = 0
    while path := _road(room, begin, end):
        size = min(room[a][b] for a, b in path)
        for a, b in path:
            room[a][b] -= size
            room[b][a] = room[b].get(a, 0) + size
        flow += size
        if flow >= most:
            return None
    return flow


def _road(room: Mapping[str, Mapping[str, int]], begin: str, end: str) -> list[tuple[str, str]] | None:
    """Return the shortest road with room on each stretch, or None."""
    came: dict[str, str] = {begin: ""}
    line = [begin]
    for here in line:
        for there, left in room.get(here, {}).items():
            if left > 0 and there not in came:
                came[there] = here
                line.append(there)
    if end not in came:
        return None
    road = []
    while came[end]:
        road.append((came[end], end))
        end = came[end]
    return road[::-1]

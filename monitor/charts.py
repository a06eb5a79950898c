"""Charts as inline SVG, drawn on the server: presentation attributes and classes only, so that the strict content
policy holds, and a title and description for who cannot see them. Text that came from people is always escaped.

A chart is drawn twice, for a wide and for a narrow place, because text in an SVG shrinks with its drawing; the sheet
shows the one that fits, and its letters are never under 13 px. The table beside it holds the same values.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monitor.figures import Point, Series
from monitor.fromstories import Answer
from monitor.numbers import dutch

XY = tuple[float, float]
Placer = Callable[[Point], XY]
_STEPS = [Decimal(step) for step in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")]
NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing area in px: the whole, and the room round the lines for their labels."""

    kind: str
    width: int
    height: int
    left: int = 14
    right: int = 30
    top: int = 40
    bottom: int = 34

    @property
    def floor(self) -> int:
        return self.height - self.bottom


# Each as wide as the narrowest place where it is shown (charts.css): a drawing is stretched there and never shrunk.
WIDE = Frame("wide", 544, 260, left=52, right=52)
NARROW = Frame("narrow", 280, 230, left=8, right=22)


def line_chart(series: Series) -> SafeString:
    """Draw a series from zero up, its first and last value as direct labels, other sources as open rings."""
    return format_html("{}{}", _line(series, WIDE), _line(series, NARROW))


def _line(series: Series, frame: Frame) -> SafeString:
    months = [_month(point) for point in [*series.points, *series.others]]
    most = max((point.value for point in [*series.points, *series.others] if point.value is not None), default=None)
    if most is None or not most:
        return NOTHING
    begin, end, top = min(months), max(months), _round_top(most)
    name = f"c-{series.indicator.slug}-{series.area.code}-{frame.kind}"

    def place(point: Point) -> XY:
        share = (_month(point) - begin) / ((end - begin) or 1)
        height = float(point.value or 0) / float(top)
        return (
            frame.left + share * (frame.width - frame.left - frame.right),
            frame.floor - height * (frame.floor - frame.top),
        )

    return format_html(
        '<svg class="chart chart--{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}{}{}</svg>',
        frame.kind, frame.width, frame.height, name, name, name, f"{series.indicator.name}, {series.area.name}",
        name, series.sentence, _grid(top, frame), _moments(series.points, place, frame),
        _others(series.others, place), _stretches(series.points, place), _labels(series.points, place, frame),
    )  # fmt: skip


def _month(point: Point) -> int:
    return point.begin.year * 12 + point.begin.month


def _round_top(most: Decimal) -> Decimal:
    """The next round number above, so that the lines across carry numbers that one can say."""
    size = Decimal(10) ** (len(str(int(most))) - 1)
    return next(
        step * size for step in (1, Decimal("1.5"), 2, Decimal("2.5"), 3, 4, 5, 6, 8, 10) if step * size >= most
    )


def _grid(top: Decimal, frame: Frame) -> SafeString:
    """Zero and two lines across with their numbers on the left; in a narrow place only zero."""
    rows = []
    for part in (Decimal(0), top / 2, top) if frame.kind == "wide" else (Decimal(0),):
        y = round(frame.floor - float(part / top) * (frame.floor - frame.top), 1)
        x, lift, anchor = (frame.left - 16, 4, "end") if frame.kind == "wide" else (0, -5, "start")
        rows.append((max(0, x + 4), frame.width - 4, y, x, y + lift, anchor, dutch(part)))
    return format_html_join(
        "",
        '<path class="chart__grid" d="M{0} {2}H{1}"/>'
        '<text class="chart__axis" x="{3}" y="{4}" text-anchor="{5}" font-size="13">{6}</text>',
        rows,
    )


def _moments(points: Sequence[Point], place: Placer, frame: Frame) -> SafeString:
    """The periods below, as many as fit without touching; the first and the last always."""
    room = (frame.width - frame.left - frame.right) // 58
    every = max(1, -(-(len(points) - 1) // max(1, room)))
    rows = [
        (round(place(point)[0], 1), frame.height - 10, point.short)
        for index, point in enumerate(points)
        if (len(points) - 1 - index) % every == 0
    ]
    return format_html_join(
        "", '<text class="chart__axis" x="{}" y="{}" text-anchor="middle" font-size="13">{}</text>', rows
    )


def _stretches(points: Sequence[Point], place: Placer) -> SafeString:
    """The thread: one line through the points, broken where a value is hidden, with each hidden value marked."""
    stretches: list[list[XY]] = [[]]
    hidden = []
    for point in points:
        if point.value is None:
            x, y = place(point)
            words = _("hidden") if point.text == "." else point.text
            hidden.append((round(x, 1), round(y - 42, 1), round(x, 1), round(y - 48, 1), words))
            stretches.append([])
        else:
            stretches[-1].append(place(point))
    paths = [(_thread(stretch),) for stretch in stretches if stretch]
    return format_html(
        "{}{}",
        format_html_join("", '<path class="chart__thread" fill="none" d="{}"/>', paths),
        format_html_join(
            "",
            '<path class="chart__hidden" d="M{} {}v42"/>'
            '<text class="chart__axis" x="{}" y="{}" text-anchor="middle" font-size="13">{}</text>',
            hidden,
        ),
    )


def _thread(points: Sequence[XY]) -> str:
    """A path through all points that bends like a thread laid by hand: the bends lean a little, the points do not."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for index, (a, b) in enumerate(pairwise(points)):
        before, after = points[max(0, index - 1)], points[min(len(points) - 1, index + 2)]
        lean = 1.6 if index % 2 else -1.2
        first = (a[0] + (b[0] - before[0]) / 6, a[1] + (b[1] - before[1]) / 6 + lean)
        second = (b[0] - (after[0] - a[0]) / 6, b[1] - (after[1] - a[1]) / 6 + lean)
        path += f"C{first[0]:.1f} {first[1]:.1f} {second[0]:.1f} {second[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    return path


def _others(points: Sequence[Point], place: Placer) -> SafeString:
    rows = [
        (*(round(part, 1) for part in place(point)), f"{point.label}: {point.text} ({point.source})")
        for point in points
        if point.value is not None
    ]
    return format_html_join(
        "", '<circle class="chart__other" cx="{}" cy="{}" r="8" fill="none"><title>{}</title></circle>', rows
    )


def _labels(points: Sequence[Point], place: Placer, frame: Frame) -> SafeString:
    known = [point for point in points if point.value is not None]
    ends = []
    for point, anchor in ((known[0], "start"), (known[-1], "end"))[: len(known)] if known else ():
        x, y = place(point)
        shift = -6 if anchor == "start" else 6 if frame.kind == "wide" else 18
        ends.append((round(x + shift, 1), round(max(18, y - 14), 1), anchor, 17, f"{point.text}{point.sign}"))
    return format_html(
        "{}{}{}",
        _beads(known[1:-1], place, frame),
        _dots("end", 5.5, dict.fromkeys([*known[:1], *known[-1:]]), place),
        format_html_join(
            "",
            '<text class="chart__value" x="{}" y="{}" text-anchor="{}" font-size="{}" font-weight="700">{}</text>',
            ends,
        ),
    )


def _beads(points: Sequence[Point], place: Placer, frame: Frame) -> SafeString:
    """A bead for each value between the ends. Nobody hovers on a phone: there they are one line of dots, in a sixth
    of the bytes."""
    if frame.kind == "wide":
        return _dots("bead", 3.5, points, place)
    dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in map(place, points))
    return format_html('<path class="chart__beads" d="{}"/>', dots) if dots else NOTHING


def _dots(kind: str, radius: float, points: Iterable[Point], place: Placer) -> SafeString:
    rows = [
        (kind, radius, *(round(part, 1) for part in place(point)), f"{point.label}: {point.text}{point.sign}")
        for point in points
    ]
    return format_html_join("", '<circle class="chart__{}" r="{}" cx="{}" cy="{}"><title>{}</title></circle>', rows)


# Scale ----------------------------------------------------------------------------------------------------------


def scale_chart(answers: Sequence[Answer], title: str) -> SafeString:
    """Draw means on a scale from 1 to 5, one line each, the value beside its dot."""
    return format_html("{}{}", _scale(answers, title, WIDE), _scale(answers, title, NARROW))


def _scale(answers: Sequence[Answer], title: str, frame: Frame) -> SafeString:
    if not answers:
        return NOTHING
    left, step = (110, 56) if frame.kind == "wide" else (12, 68)
    right, top = frame.width - 24, 34 if frame.kind == "wide" else 44
    unit = (right - left) / 4
    height = top + step * (len(answers) - 1) + 58
    name = f"c-scale-{frame.kind}"
    rows = []
    for index, answer in enumerate(answers):
        y = top + step * index
        x = round(left + (answer.mean - 1) * unit, 1)
        label_x, label_y = (0, y + 5) if frame.kind == "wide" else (left - 12, y - 18)
        bend = f"M{left} {y}C{left + unit:.0f} {y - 3} {left + 3 * unit:.0f} {y + 3} {right} {y}"
        done = f"M{left} {y}C{left + (x - left) / 3:.0f} {y - 2} {left + 2 * (x - left) / 3:.0f} {y + 2} {x} {y}"
        rows.append((bend, done, x, y, label_x, label_y, answer.name, min(max(x, left + 12), right - 12), y - 14,
                     answer.mean_text))  # fmt: skip
    ticks = [(round(left + unit * 2), height - 8, "middle", "3")]
    ticks += [(left - 4, height - 8, "start", _("1 not at all")), (right + 4, height - 8, "end", _("5 wholly"))]
    return format_html(
        '<svg class="chart chart--{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}</svg>',
        frame.kind, frame.width, height, name, name, name, title, name,
        _("Means on a scale from 1 to 5: %(list)s.")
        % {"list": ", ".join(f"{answer.name} {answer.mean_text}" for answer in answers)},
        format_html_join(
            "",
            '<path class="chart__grid" fill="none" d="{}"/><path class="chart__thread" fill="none" d="{}"/>'
            '<circle class="chart__end" cx="{}" cy="{}" r="8"/>'
            '<text class="chart__name" x="{}" y="{}" font-size="15">{}</text>'
            '<text class="chart__value" x="{}" y="{}" text-anchor="middle" font-size="17" font-weight="700">{}</text>',
            rows,
        ),
        format_html_join(
            "", '<text class="chart__axis" x="{}" y="{}" text-anchor="{}" font-size="13">{}</text>', ticks
        ),
    )  # fmt: skip

"""How good the recogniser is: recall, precision and time, over texts in which people marked what gives away.

Two formats are read: lines with `[[TYPE:text]]` marks (`.txt`), and JSON lines with `body` and `identifying_spans`.

- A gold span is *found* when one mark covers at least half of its characters; the kind is ignored for this.
- A mark is *right* when it overlaps a gold span at all.
- `same_kind` counts the found spans whose mark also has the kind that the annotator gave. A type that nobody here knows
  (`URL`) is found as any other and can be of no kind: the report says which these were.

The JSON format leaves ages unmarked (its stories carry an age band beside the text), so there a mark of kind age can be
neither right nor wrong: such marks are counted as `set_aside` and kept out of precision; beside it stands the precision
with them as wrong marks. Nothing else is set aside; a plain date or web address that the annotator left alone counts as
a wrong mark.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from stories.recogniser import Mark, MarkKind, find_marks

# The names of kinds in both data formats, and the kinds of ours that mean the same.
GOLD_KINDS: dict[str, tuple[MarkKind, ...]] = {
    "NAME": (MarkKind.NAME,),
    "AGE": (MarkKind.AGE,),
    "DATE": (MarkKind.DATE, MarkKind.DATE_OF_BIRTH),
    "PLACE": (MarkKind.PLACE,),
    "INST": (MarkKind.ORGANISATION,),
    "PHONE": (MarkKind.PHONE,),
    "HANDLE": (MarkKind.SOCIAL_HANDLE,),
    "ADDRESS": (MarkKind.ADDRESS,),
    "BSN": (MarkKind.BSN,),
    "IBAN": (MarkKind.IBAN,),
    "EMAIL": (MarkKind.EMAIL,),
    "WEB": (MarkKind.WEB,),
    "CASE": (MarkKind.CASE_NUMBER,),
    "CLASS": (MarkKind.SCHOOL_CLASS,),
    **{kind.value: (kind,) for kind in MarkKind},
}
# Kinds that a format does not annotate.
UNMARKED = {".jsonl": frozenset({MarkKind.AGE}), ".txt": frozenset[MarkKind]()}
_GOLD = re.compile(r"\[\[([A-Za-z_]+):(.+?)\]\]")


class BadGold(ValueError):
    """A file that is in neither format; says the line, never the text."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One span that an annotator marked: offsets in code points, end exclusive."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One text with its gold spans and the kinds that its format leaves unmarked."""

    text: str
    gold: tuple[Gold, ...]
    unmarked: frozenset[MarkKind] = frozenset()


@dataclass(slots=True)
class Count:
    """Counts of one type (or of all): spans, spans found, found with the same kind."""

    spans: int = 0
    found: int = 0
    same_kind: int = 0

    @property
    def recall(self) -> float:
        """Share of the spans that was found, 0..1; 1 when there are none."""
        return self.found / self.spans if self.spans else 1.0


@dataclass(slots=True)
class MarkCount:
    """Counts of marks of one kind (or of all): made, right, and set aside because the format is silent."""

    marks: int = 0
    right: int = 0
    set_aside: int = 0

    @property
    def precision(self) -> float:
        """Share of the judged marks that is right, 0..1; 1 when there are none."""
        return self.right / self.marks if self.marks else 1.0

    @property
    def precision_of_all(self) -> float:
        """The same with those counted as wrong that were set aside: the lower bound."""
        return self.right / (self.marks + self.set_aside) if self.marks + self.set_aside else 1.0


@dataclass(slots=True)
class Report:
    """The outcome over a set of samples.

    `ms_per_300_words` is processor time of the recogniser alone, lists loaded, over the samples joined to passages of
    300 words: the length of a story. A line by itself costs some 0.1 ms more than its share of a passage.
    """

    total: Count = field(default_factory=Count)
    marks: MarkCount = field(default_factory=MarkCount)
    by_type: dict[str, Count] = field(default_factory=dict)
    by_kind: dict[str, MarkCount] = field(default_factory=dict)
    words: int = 0
    ms_per_300_words: float = 0.0

    @property
    def unknown(self) -> list[str]:
        """The types of the annotators that mean no kind of ours: of these only whether they were found is counted."""
        return sorted(self.by_type.keys() - GOLD_KINDS.keys())

    def as_dict(self) -> dict[str, object]:
        """The report with its shares worked out, ready for JSON."""
        return {
            "recall": round(self.total.recall, 4),
            "precision": round(self.marks.precision, 4),
            "precision_with_set_aside": round(self.marks.precision_of_all, 4),
            "ms_per_300_words": round(self.ms_per_300_words, 2),
            "words": self.words,
            "unknown_types": self.unknown,
            "total": asdict(self.total),
            "marks": asdict(self.marks),
            "by_type": {name: {**asdict(c), "recall": round(c.recall, 4)} for name, c in sorted(self.by_type.items())},
            "by_kind": {
                name: {**asdict(c), "precision": round(c.precision, 4)} for name, c in sorted(self.by_kind.items())
            },
        }


def parse_line(line: str) -> Sample:
    """Read one `[[TYPE:text]]` line; whatever the types are called."""
    text, position = "", 0
    gold = []
    for match in _GOLD.finditer(line):
        text += line[position : match.start()]
        gold.append(Gold(len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        position = match.end()
    return Sample(text + line[position:], tuple(gold))


def parse_story(line: str) -> Sample:
    """Read one JSON line with `body` and `identifying_spans`; raises BadGold when it lacks them or they do not fit."""
    try:
        story = json.loads(line)
        gold = tuple(Gold(int(s["start"]), int(s["end"]), str(s["type"])) for s in story["identifying_spans"])
        body = str(story["body"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadGold(f"not a story with spans ({type(error).__name__})") from None
    for span in gold:
        if not 0 <= span.start < span.end <= len(body):
            raise BadGold(f"span {span.start}-{span.end} lies outside the text")
    return Sample(body, gold, UNMARKED[".jsonl"])


def read_samples(path: Path) -> list[Sample]:
    """The samples of a file, by its suffix; skips empty lines and lines that begin with '#'.

    Raises BadGold with the line number, and OSError when the file cannot be read.
    """
    parse = parse_story if path.suffix == ".jsonl" else parse_line
    samples = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            samples.append(parse(line))
        except BadGold as error:
            raise BadGold(f"{path.name}, line {number}: {error}") from None
    return samples


def evaluate(samples: Iterable[Sample], find: Callable[[str], Sequence[Mark]] = find_marks) -> Report:
    """Run the recogniser over samples and count; the first, untimed call loads the lists."""
    report = Report()
    find("Een zin vooraf.")
    texts = []
    for sample in samples:
        marks = find(sample.text)
        report.words += len(sample.text.split())
        texts.append(sample.text)
        for span in sample.gold:
            _count_gold(report, span, marks)
        for mark in marks:
            _count_mark(report, mark, sample)
    passages = list(_passages(texts))
    began = time.process_time()
    for passage in passages:
        find(passage)
    if report.words:
        report.ms_per_300_words = (time.process_time() - began) * 1000 * 300 / report.words
    return report


def _passages(texts: Iterable[str]) -> Iterable[str]:
    """The texts, one below the other, in passages of 300 words or a little more; the last may be shorter."""
    passage: list[str] = []
    words = 0
    for text in texts:
        passage.append(text)
        words += len(text.split())
        if words >= 300:
            yield "\n".join(passage)
            passage, words = [], 0
    if passage:
        yield "\n".join(passage)


def _overlap(start: int, end: int, mark: Mark) -> int:
    return max(0, min(end, mark.end) - max(start, mark.start))


def _count_gold(report: Report, span: Gold, marks: Sequence[Mark]) -> None:
    covering = [mark for mark in marks if 2 * _overlap(span.start, span.end, mark) >= span.end - span.start]
    same = any(mark.kind in GOLD_KINDS.get(span.type, ()) for mark in covering)
    for count in (report.total, report.by_type.setdefault(span.type, Count())):
        count.spans += 1
        count.found += bool(covering)
        count.same_kind += same


def _count_mark(report: Report, mark: Mark, sample: Sample) -> None:
    right = any(_overlap(span.start, span.end, mark) for span in sample.gold)
    aside = mark.kind in sample.unmarked and not right
    for count in (report.marks, report.by_kind.setdefault(mark.kind.value, MarkCount())):
        if aside:
            count.set_aside += 1
        else:
            count.marks += 1
            count.right += right


def render(name: str, report: Report) -> str:
    """The report as lines of plain text: the whole first, then spans by type and marks by kind."""
    total, marks = report.total, report.marks
    precision = f"precision {marks.precision:.1%} ({marks.right}/{marks.marks})"
    if marks.set_aside:
        counted = f"{marks.precision_of_all:.1%} ({marks.right}/{marks.marks + marks.set_aside})"
        precision += f", {counted} with the {marks.set_aside} set aside"
    lines = [
        ", ".join(
            (
                f"{name}: recall {total.recall:.1%} ({total.found}/{total.spans})",
                precision,
                f"{report.ms_per_300_words:.1f} ms per 300 words",
                f"{report.words} words",
            )
        )
    ]
    for label, count in sorted(report.by_type.items()):
        kind = "of a type without a kind here" if label in report.unknown else f"same kind {count.same_kind}"
        lines.append(f"  {label:<14} recall {count.recall:>6.1%} ({count.found}/{count.spans}), {kind}")
    for label, made in sorted(report.by_kind.items()):
        aside = f", {made.set_aside} set aside" if made.set_aside else ""
        lines.append(f"  {label:<14} precision {made.precision:>6.1%} ({made.right}/{made.marks}){aside}")
    return "\n".join(lines)

"""How well the search of the list does on judged queries, in a schema that is thrown away.

The stories go into a table of the same shape as the real one, with the same generated column and index, and are asked
for by the very function that the list uses. Nothing of it is left behind.
"""

import datetime as dt
import json
import secrets
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.text import teaser, tidy
from stories.actions.publishing import searchable
from stories.forms.reading import Reading
from stories.models import Status, Story
from stories.queries import read_page
from stories.search import tidy_query


class BadInput(ValueError):
    """A file that is not in the format; says the line, never the text."""


@dataclass(frozen=True, slots=True)
class Told:
    """One story, as short as a search needs it."""

    id: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One query with the ids of the stories that it should find, and what it tries."""

    q: str
    relevant: frozenset[str]
    kind: str


@dataclass(slots=True)
class Score:
    """Pooled counts over some queries, and the queries that went wrong."""

    queries: int = 0
    relevant: int = 0
    found: int = 0
    right: int = 0
    perfect: int = 0
    recalls: list[float] = field(default_factory=list)
    precisions: list[float] = field(default_factory=list)

    def add(self, relevant: frozenset[str], found: frozenset[str]) -> None:
        """Count one query."""
        right = len(relevant & found)
        self.queries += 1
        self.relevant += len(relevant)
        self.found += len(found)
        self.right += right
        self.perfect += relevant == found
        self.recalls.append(right / len(relevant) if relevant else 1.0)
        self.precisions.append(right / len(found) if found else float(not relevant))

    def as_dict(self) -> dict[str, float]:
        """Shares from 0 to 1: over all judgements together, and as the mean of the queries."""
        return {
            "queries": self.queries,
            "recall": round(self.right / self.relevant, 4) if self.relevant else 1.0,
            "precision": round(self.right / self.found, 4) if self.found else 1.0,
            "mean_recall": round(statistics.fmean(self.recalls), 4) if self.recalls else 1.0,
            "mean_precision": round(statistics.fmean(self.precisions), 4) if self.precisions else 1.0,
            "perfect": self.perfect,
        }


@dataclass(slots=True)
class Report:
    """The outcome; `missed` and `wrong` hold (query, story id), for who wants to know why."""

    stories: int
    unknown: int = 0  # ids that a query calls relevant, and that no story has
    total: Score = field(default_factory=Score)
    by_kind: dict[str, Score] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; `ms` is the wall time of the first page of a query."""
        ordered = sorted(self.ms) or [0.0]
        return {
            "stories": self.stories,
            "unknown_ids": self.unknown,
            **self.total.as_dict(),
            "ms": {
                "p50": round(statistics.median(ordered), 2),
                "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 2),
            },
            "by_kind": {kind: score.as_dict() for kind, score in sorted(self.by_kind.items())},
            "missed": self.missed,
            "wrong": self.wrong,
        }


def read_stories(path: Path) -> list[Told]:
    """JSON lines with id, title and body. Raises BadInput, OSError."""
    return [Told(str(row["id"]), row["title"], row["body"]) for row in _rows(path, ("id",), ("title", "body"))]


def read_queries(path: Path) -> list[Judged]:
    """JSON lines with q and relevant (ids), and, if it likes, kind. Raises BadInput, OSError."""
    return [
        Judged(row["q"], frozenset(map(str, row["relevant"])), str(row.get("kind") or "all"))
        for row in _rows(path, ("relevant",), ("q",))
    ]


def _rows(path: Path, names: tuple[str, ...], texts: tuple[str, ...]) -> Iterable[dict[str, Any]]:
    """The rows of a file, with these names, of which `texts` hold text. A mark at its beginning is no part of it."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        place = f"{path.name}, line {number}"
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            row = json.loads(text) if text.strip() else None
        except UnicodeDecodeError:
            raise BadInput(f"{place}: not UTF-8") from None
        except ValueError:
            raise BadInput(f"{place}: not JSON") from None
        if not text.strip():
            continue
        if not isinstance(row, dict) or any(name not in row for name in (*names, *texts)):
            raise BadInput(f"{place}: needs {', '.join((*names, *texts))}")
        if wrong := [name for name in texts if not isinstance(row[name], str)]:
            raise BadInput(f"{place}: {', '.join(wrong)} must be text")
        ids = row.get("relevant", [row.get("id", "")])
        if not isinstance(ids, list) or any(isinstance(one, bool) or not isinstance(one, str | int) for one in ids):
            raise BadInput(f"{place}: an id must be text or a number, and relevant a list of them")
        yield row


def evaluate(stories: list[Told], queries: list[Judged]) -> Report:
    """Ask every query of these stories. The real stories are not read and nothing is written that stays."""
    known = {told.id for told in stories}
    report = Report(stories=len(stories), unknown=len({one for judged in queries for one in judged.relevant} - known))
    with transaction.atomic():
        ids = _fill(stories)
        _first_page("een woord vooraf")  # reads the word lists
        for judged in queries:
            began = time.perf_counter()
            _first_page(judged.q)
            report.ms.append((time.perf_counter() - began) * 1000)
            found = frozenset(ids[address] for address in _addresses(judged.q))
            report.total.add(judged.relevant, found)
            report.by_kind.setdefault(judged.kind, Score()).add(judged.relevant, found)
            report.missed += [(judged.q, one) for one in sorted(judged.relevant - found)]
            report.wrong += [(judged.q, one) for one in sorted(found - judged.relevant)]
        transaction.set_rollback(True)
    return report


def _fill(stories: list[Told]) -> dict[str, str]:
    """A table of our own in front of the real one, for this transaction only. Returns the story of each address."""
    schema = f"evaluate_{secrets.token_hex(6)}"
    with connection.cursor() as cursor:
        cursor.execute(f"create schema {schema}")
        cursor.execute(
            f"create table {schema}.stories_story (like stories_story including defaults including generated"
            " including identity including indexes)"
        )
        cursor.execute(f"set local search_path to {schema}, public")
    now = timezone.now()
    made = [
        Story(
            status=Status.PUBLISHED,
            audience="everybody",
            own_time_until=now,
            sent_at=now,
            code_hash=secrets.token_bytes(32),
            submission_hash=secrets.token_bytes(32),
            teaser=teaser(tidy(told.body)),
            published_on=timezone.localdate(now) - dt.timedelta(days=number),
            **searchable(title=told.title[:120], body=told.body),
        )
        for number, told in enumerate(stories)
    ]
    Story.objects.bulk_create(made, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("analyze stories_story")
    return {f"/verhalen/{story.public_id}/": told.id for story, told in zip(made, stories, strict=True)}


def _first_page(typed: str) -> None:
    read_page(None, Reading(words=tidy_query(typed)))


def _addresses(typed: str) -> Iterable[str]:
    """Every story that the list gives for these words, page after page; what only looks alike does not count."""
    after = ""
    while True:
        page = read_page(None, Reading(words=tidy_query(typed), after=after))
        yield from (card["url"] for card in page.cards)
        after = page.following
        if not after:
            return


def render(report: Report) -> str:
    """The report as a table in Markdown, the whole first, then by kind."""
    lines = ["| queries | number | recall | precision | without a fault |", "|---|---|---|---|---|"]
    for name, score in [("all", report.total), *sorted(report.by_kind.items())]:
        told = score.as_dict()
        lines.append(f"| {name} | {score.queries} | {told['recall']:.3f} | {told['precision']:.3f} | {score.perfect} |")
    whole = report.as_dict()
    means = f"mean of the queries: recall {whole['mean_recall']:.3f}, precision {whole['mean_precision']:.3f}"
    times = f"{whole['ms']['p50']} ms p50, {whole['ms']['p95']} ms p95"
    lines += ["", f"{report.stories} stories; {means}; {times}."]
    if report.unknown:
        lines.append(f"{report.unknown} ids that are called relevant are of no story, and count as missed.")
    return "\n".join(lines)

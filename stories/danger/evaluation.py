"""How well the signals of danger do: what is missed, and how often they speak up for nothing.

A line is found when any level but `none` comes back: the help lines are shown at both. Whether it is urgent is counted
beside it.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stories.danger import DangerLevel, find_danger


class BadLines(ValueError):
    """A file that is not in the format; says the line, never the text."""


@dataclass(slots=True)
class Outcome:
    """Counts over the lines; shares come from `as_dict`."""

    danger: int = 0
    found: int = 0
    urgent: int = 0
    urgent_as_urgent: int = 0
    none: int = 0
    false_alarms: int = 0
    words: int = 0
    seconds: float = 0.0

    def as_dict(self) -> dict[str, float]:
        """Shares from 0 to 1; `ms_per_300_words` is processor time, rules compiled."""
        return {
            "lines": self.danger + self.none,
            "danger": self.danger,
            "recall": round(self.found / self.danger, 4) if self.danger else 1.0,
            "urgent": self.urgent,
            "urgent_as_urgent": round(self.urgent_as_urgent / self.urgent, 4) if self.urgent else 1.0,
            "none": self.none,
            "false_alarms": round(self.false_alarms / self.none, 4) if self.none else 0.0,
            "ms_per_300_words": round(self.seconds * 300_000 / self.words, 2) if self.words else 0.0,
        }


def read_lines(path: Path) -> list[tuple[str, DangerLevel]]:
    """JSON lines with `text` and `danger` (none, concern or urgent). Raises BadLines, OSError."""
    lines = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            lines.append((str(row["text"]), DangerLevel(row["danger"])))
        except (ValueError, KeyError, TypeError):
            raise BadLines(f"{path.name}, line {number}: needs text, and danger none, concern or urgent") from None
    return lines


def evaluate(lines: list[tuple[str, DangerLevel]]) -> Outcome:
    """Ask every line; the first, untimed call compiles the rules."""
    outcome = Outcome()
    find_danger("een zin vooraf")
    for text, danger in lines:
        began = time.process_time()
        level = find_danger(text).level
        outcome.seconds += time.process_time() - began
        outcome.words += len(text.split())
        alarm = level is not DangerLevel.NONE
        if danger is DangerLevel.NONE:
            outcome.none += 1
            outcome.false_alarms += alarm
            continue
        outcome.danger += 1
        outcome.found += alarm
        outcome.urgent += danger is DangerLevel.URGENT
        outcome.urgent_as_urgent += danger is level is DangerLevel.URGENT
    return outcome


def render(outcome: Outcome) -> str:
    """One line of plain text, figures only."""
    told: dict[str, Any] = outcome.as_dict()
    return (
        f"{told['lines']} lines: recall {told['recall']:.3f} ({outcome.found}/{outcome.danger}), "
        f"urgent told as urgent {told['urgent_as_urgent']:.3f} ({outcome.urgent_as_urgent}/{outcome.urgent}), "
        f"false alarms {told['false_alarms']:.3f} ({outcome.false_alarms}/{outcome.none}), "
        f"{told['ms_per_300_words']} ms per 300 words"
    )

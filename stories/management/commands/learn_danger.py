"""`manage.py learn_danger`: give the words of danger_learnt.txt their weights anew, from danger_lines.jsonl."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from stories.danger import normalise
from stories.danger_learnt import LEARNT, LINES, as_lines
from stories.evaluation_danger import read_lines


class Command(BaseCommand):
    """A minute; the same lines give the same file."""

    help = "Learn from stories/danger_lines.jsonl what danger and calm sound like; run after every change to its lines."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, learn, write."""
        lines = [(normalise(text), level.value) for text, level in read_lines(LINES)]
        LEARNT.write_text("\n".join(as_lines(lines)) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(lines)} lines learnt")

"""`manage.py learn_danger`: give the words of danger/learnt.txt their weights anew, from danger/lines.jsonl."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from stories.danger import normalise
from stories.danger.evaluation import read_lines
from stories.danger.learnt import LEARNT, LINES, as_lines


class Command(BaseCommand):
    """A minute; the same lines give the same file."""

    help = "Learn from stories/danger/lines.jsonl what danger and calm sound like; run after every change to its lines."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, learn, write."""
        lines = [(normalise(text), level.value) for text, level in read_lines(LINES)]
        LEARNT.write_text("\n".join(as_lines(lines)) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(lines)} lines learnt")

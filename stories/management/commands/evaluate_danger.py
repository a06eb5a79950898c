"""`manage.py evaluate_danger FILE.jsonl [--json]`: how much of the danger is seen, and how often there was none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stories.danger.evaluation import BadLines, evaluate, read_lines, render


class Command(BaseCommand):
    """Prints figures only, never a piece of a text."""

    help = "Measure the signals of danger on lines of JSON with text and danger (none, concern, urgent)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One file, and whether to print JSON."""
        parser.add_argument("path", type=Path, metavar="FILE.jsonl")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure; CommandError when the file cannot be read."""
        try:
            outcome = evaluate(read_lines(options["path"]))
        except (BadLines, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(outcome.as_dict(), indent=2) if options["as_json"] else render(outcome))

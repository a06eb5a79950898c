"""`manage.py evaluate_recogniser PATH... [--json]`: how much the recogniser finds, and how often it is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stories.recogniser.evaluation import BadGold, Report, evaluate, read_samples, render


class Command(BaseCommand):
    """Prints figures only, never a piece of a text."""

    help = "Measure the recognisability check on annotated texts (.txt with [[TYPE:text]], or .jsonl with spans)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Paths of annotated files, and whether to print JSON."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object by file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each file; CommandError when one cannot be read."""
        reports = {str(path): self._measure(path) for path in options["paths"]}
        if options["as_json"]:
            self.stdout.write(json.dumps({path: report.as_dict() for path, report in reports.items()}, indent=2))
            return
        for path, report in reports.items():
            self.stdout.write(render(Path(path).name, report))

    def _measure(self, path: Path) -> Report:
        try:
            return evaluate(read_samples(path))
        except (BadGold, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error

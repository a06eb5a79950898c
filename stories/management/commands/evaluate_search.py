"""`manage.py evaluate_search STORIES.jsonl QUERIES.jsonl [--json]`: what the search of the list finds, and how fast."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from stories.evaluation_search import BadInput, evaluate, read_queries, read_stories, render
from stories.models import Story


class Command(BaseCommand):
    """Prints figures; with --json also which stories were missed or wrong, by query."""

    help = "Measure the search on judged queries, in a schema that is thrown away."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Two files of JSON lines, and whether to print JSON."""
        parser.add_argument("stories", type=Path, metavar="STORIES.jsonl", help="id, title, body")
        parser.add_argument("queries", type=Path, metavar="QUERIES.jsonl", help="q, relevant (ids), perhaps kind")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure; CommandError when a file cannot be read, or the database cannot be asked."""
        try:
            stories, queries = read_stories(options["stories"]), read_queries(options["queries"])
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        except BadInput as error:
            raise CommandError(str(error)) from error
        try:
            with transaction.atomic():
                self._make_tables()
                report = evaluate(stories, queries)
                transaction.set_rollback(True)
        except DatabaseError as error:
            raise CommandError(f"The database cannot be asked ({type(error).__name__}). Run migrate first.") from error
        self.stdout.write(
            json.dumps(report.as_dict(), indent=2, ensure_ascii=False) if options["as_json"] else render(report)
        )

    def _make_tables(self) -> None:
        """The schema that is thrown away is shaped like the real table. A database without it gets tables first,
        which are thrown away as well: this measures, and is nobody's way to make a house.
        """
        if Story._meta.db_table not in connection.introspection.table_names():
            call_command("migrate", Story._meta.app_label, verbosity=0, interactive=False, stdout=self.stderr)

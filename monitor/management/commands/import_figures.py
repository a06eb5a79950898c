"""Bring a file of figures in from the command line, by the same road as the page: preview, then confirm."""

import pathlib
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from monitor.actions import confirm_import, drop_import, preview_import


class Command(BaseCommand):
    help = "Import a CSV or XLSX file of figures, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=pathlib.Path)
        parser.add_argument("--preview", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, path: pathlib.Path, preview: bool, **options: object) -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        import_ = preview_import(file_name=path.name, data=data, by=None)
        for problem in import_.problems:
            self.stderr.write(f"row {problem['row']}, {problem['column'] or 'file'}: {problem['sentence']}")
        if not import_.waits:
            raise CommandError("Nothing was imported.")
        self.stdout.write(f"{import_.added} new, {import_.changed} changed, {import_.same} the same.")
        if preview:
            drop_import(import_=import_, actor=None)
        else:
            confirm_import(import_=import_, actor=None)

"""Load the definitions and the national figures that every installation begins with; the second time adds nothing."""

from django.core.management.base import BaseCommand

from monitor.setup import load_figures, load_indicators


class Command(BaseCommand):
    help = "Load the indicators and JeugdzorgPlus 2013-2023."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{load_indicators()} indicators; {load_figures()} new figures.")

from typing import Any

from django.core.management.base import BaseCommand

from movement.areas import load_areas


class Command(BaseCommand):
    help = "Load the country, provinces, youth regions and municipalities. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_areas()} areas")

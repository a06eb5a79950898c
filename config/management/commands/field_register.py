"""Write docs/register.md from config/register.py."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.register import as_markdown


class Command(BaseCommand):
    help = "Write docs/register.md: what we hold about people, why, until when, and who sees it."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.ROOT / "docs" / "register.md").write_text(as_markdown(), encoding="utf-8")
        self.stdout.write("docs/register.md")

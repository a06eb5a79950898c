"""The story code that the demo gives away. Nothing else in the house keeps a code."""

from pathlib import Path

from django.conf import settings


def _file() -> Path:
    return Path(settings.ROOT) / "var" / "demo_code.txt"


def keep(code: str) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(code)
    _file().chmod(0o600)


def kept() -> str | None:
    """The code, or None in a house without a demo."""
    return _file().read_text() if _file().exists() else None

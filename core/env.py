"""Typed readers of environment variables. A value that does not fit stops the start with a sentence."""

import os
from urllib.parse import urlsplit

DATABASES = ("postgresql", "postgres")
QUEUES = ("redis", "rediss", "unix")


class SettingError(Exception):
    """An environment variable is missing or does not fit; the message says which and what to do."""


def text(name: str, default: str | None = None) -> str:
    """Empty is as if it were not there: Compose passes on what nobody filled in."""
    value = os.environ.get(name) or default
    if value is None:
        raise SettingError(f"{name} is not set. Put it in the environment; docs/operations.md says what it holds.")
    return value


def address(name: str, *schemes: str) -> str:
    """Read where a server is, as a URL of one of these kinds. It may hold a password, so the value is not said."""
    value = text(name)
    try:
        found = urlsplit(value)
        fits = found.scheme in schemes and "://" in value and not found.fragment
        fits = fits and (found.port is None or found.port > 0)  # reading it is what fails
    except ValueError:
        fits = False
    if not fits:
        raise SettingError(
            f"{name} is not an address that begins with {schemes[0]}:// and can be read. "
            "A sign such as / @ # or : in its password must be written as %2F, %40, %23 or %3A."
        )
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value == "":
        return default
    raise SettingError(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    value = os.environ.get(name, "").strip()
    if value == "":
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise SettingError(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list; blanks are dropped."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]

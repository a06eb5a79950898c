"""Compile the message files, in Python, so that no machine needs gettext to run the house."""

import pathlib

import polib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ("config", "portal", "letters", "monitor", "actionteams", "stories", "movement", "core")


def compile_messages() -> int:
    """Write a .mo beside every .po that is newer than it; return how many were written."""
    written = 0
    for package in PACKAGES:
        for source in sorted((ROOT / package / "locale").glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(target))
                written += 1
    return written


if __name__ == "__main__":
    compile_messages()

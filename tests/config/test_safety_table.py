"""The table of threats names tests. Each of them exists, so that the table cannot promise what nobody shows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = [line for line in (ROOT / "SECURITY.md").read_text().splitlines() if re.match(r"\| (?!threat|---)", line)]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[2:40])
def test_every_threat_is_shown_by_a_test_that_exists(row):
    named = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", row)
    assert named
    for file, test in named:
        source = (ROOT / file).read_text()
        assert not test or f"def {test}(" in source, f"{file} has no {test}"


def test_every_page_that_the_table_leads_to_exists():
    for page in re.findall(r"\]\((docs/[^)]+)\)", "\n".join(TABLE)):
        assert (ROOT / page).is_file(), page

"""Text is read at dusk on a cheap screen: the pairs of colours that occur, measured from the tokens themselves."""

import pathlib
import re
from itertools import pairwise

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

SHEET = (pathlib.Path(__file__).resolve().parents[2] / "portal/static/portal/house.css").read_text(encoding="utf-8")
LIGHT, DARK = SHEET.split("@media (prefers-color-scheme: dark)", 1)
DARK = DARK.split("@layer base", 1)[0]
SURFACES = ("paper", "mist", "card")
# text, surface, the least ratio
PAIRS = [(text, surface, 7.0) for text in ("ink", "ink-soft", "error", "moss", "amber") for surface in SURFACES] + [
    ("moss", "moss-mist", 7.0),
    ("amber", "amber-mist", 7.0),
    ("error", "error-mist", 6.5),
    ("ink", "moss-mist", 7.0),
    ("ink", "amber-mist", 7.0),
    ("ink", "error-mist", 7.0),
    ("ink", "glow-1", 4.5),
    ("ink", "glow-2", 3.0),  # the sparks in a tile of the map
    ("paper", "glow-3", 3.0),
    ("paper", "glow-4", 3.0),
    ("on-action", "action", 6.0),
    ("on-action", "action-strong", 7.0),
    ("paper", "ink", 7.0),
    ("on-night", "night", 7.0),
    ("on-night-soft", "night", 7.0),
    *[("control", surface, 3.0) for surface in SURFACES],  # edges of controls
    *[("thread", surface, 3.0) for surface in SURFACES],  # the thread means something
    *[("action", surface, 3.0) for surface in SURFACES],
]


def tokens(text: str) -> dict[str, str]:
    return dict(re.findall(r"--draad-color-([\w-]+): (#[0-9a-f]{6});", text))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "surface", "least"), PAIRS, ids=str)
def test_colours_can_be_told_apart_by_day_and_by_night(text, surface, least):
    day = tokens(LIGHT)
    for scheme in (day, {**day, **tokens(DARK)}):
        assert ratio(scheme[text], scheme[surface]) >= least


def test_a_tile_that_glows_more_looks_so_by_day_and_by_night():
    day = tokens(LIGHT)
    for scheme in (day, {**day, **tokens(DARK)}):
        glow = [scheme[f"glow-{level}"] for level in range(5)]
        away = [ratio(colour, scheme["mist"]) for colour in glow]
        assert away == sorted(away), "from what lies around it to the strongest"
        assert all(ratio(one, other) >= 1.3 for one, other in pairwise(glow))


def test_the_measure_itself_knows_black_on_white():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)


def served(page: str) -> dict[str, int]:
    """The sheets that a page asks for, in the form in which they are served, and their bytes."""
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page)
    return {sheet: pathlib.Path(staticfiles_storage.path(sheet)).stat().st_size for sheet in sheets}


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "many"), [("/", 3), ("/vertel/", 1), ("/code/", 2)])
def test_the_sheets_of_a_page_stay_small(client, address, many):
    """A kilobyte is 1,000 bytes, and counted is what goes out: the addresses in a served sheet are longer. The code
    page has the two sheets of the telling route."""
    sheets = served(client.get(address).content.decode())
    assert len(sheets) == many
    assert sum(sheets.values()) < 40_000, sheets


def test_the_fonts_stay_small():
    fonts = {
        path.name: path.stat().st_size
        for path in (pathlib.Path(__file__).resolve().parents[2] / "portal/static/portal/fonts").glob("*.woff2")
    }
    assert sum(fonts.values()) <= 60_000
    assert fonts["atkinson.woff2"] <= 25_000

"""Files made to break the house, through the page that takes them: refused in Dutch, and no figure touched."""

import io
import re
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from monitor.models import Import, Indicator, Observation

pytestmark = pytest.mark.django_db

HEADER = "reeks;periode;gebied;waarde;bron\n"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><workbook>&i;</workbook>"
)


def spreadsheet(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", text)
    return packed.getvalue()


def with_styles(many):
    """A good table of one figure, in which so many styles are described."""
    book, plain, packed = Workbook(write_only=True), io.BytesIO(), io.BytesIO()
    sheet = book.create_sheet()
    for row in ("reeks;periode;gebied;waarde;bron", "plaatsingen;2023;GM0200;1;Bron"):
        sheet.append(row.split(";"))
    book.save(plain)
    with zipfile.ZipFile(plain) as good, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for part in good.infolist():
            text = good.read(part)
            if part.filename == "xl/styles.xml" and many:
                text = re.sub(rb"<cellXfs.*?>", rb"\g<0>" + b'<xf fontId="0"/>' * many, text)
            file.writestr(part, text)
    return packed.getvalue()


# Made where they are needed: packing eighty megabytes takes as long as reading half of the tests.
FILES = {
    "a hundred thousand columns": ("kolom;" * 100_000 + "\n" + "1;" * 100_000).encode,
    "a row of a hundred thousand cells": (HEADER + "1;" * 100_000).encode,
    "one cell of two megabytes": (HEADER + "a" * 2_000_000).encode,
    "an archive of something else": lambda: spreadsheet(brief="Hallo", foto="x" * 1000),
    "an archive that unpacks to a thousand times its size": lambda: spreadsheet(xl__workbook=" " * 61_000_000),
    "words that unpack to more than we hold": lambda: spreadsheet(xl__sharedStrings=" " * 21_000_000),
    "styles that take a gigabyte to read": lambda: with_styles(400_000),
    "a page that grows without end": lambda: spreadsheet(xl__workbook=BOMB, xl___rels__workbook=BOMB),
    "half an archive": lambda: spreadsheet(xl__workbook="x" * 5000)[:60],
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "negative, absurd, unknown and twice": (
        HEADER + "plaatsingen;2023;GM0200;-1;Bron\nplaatsingen;2023;GM0200;99999999999999999999;Bron\n"
        "plaatsingen;2023;GM9999;1;Bron\nplaatsingen;2023;GM0200;1;Bron\nplaatsingen;2023;GM0200;1;Bron\n"
    ).encode,
}


@pytest.fixture(autouse=True)
def _figure():
    Indicator.objects.get_or_create(
        slug="plaatsingen",
        defaults={"name": "Plaatsingen", "definition": "x", "unit": "aantal", "rule": "A", "caveat": "x"},
    )


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_is_refused_with_a_sentence_and_soon(as_, analyst, what):
    began = time.process_time()
    page = as_(analyst).post(
        "/monitor/invoer/", {"file": SimpleUploadedFile("../../cijfers\u202e.csv", FILES[what]())}, follow=True
    )
    text = page.content.decode()
    assert page.status_code in (200, 422)
    assert Import.objects.get().state == "refused"
    assert "../" not in Import.objects.get().file_name
    assert not Observation.objects.exists()
    assert any(word in text for word in ("Kies", "Open het", "Bewaar", "kolom", "Kijk", "Controleer", "Sla"))
    assert time.process_time() - began < 20  # a bomb would take minutes, or all memory


def test_the_same_table_without_them_is_taken(as_, analyst):
    as_(analyst).post("/monitor/invoer/", {"file": SimpleUploadedFile("cijfers.xlsx", with_styles(0))})
    assert Import.objects.get().added == 1

"""Opening a CSV or XLSX file: from bytes to a header and rows of cells.

A file that cannot be read raises `Unreadable` with a Dutch sentence for the person who brought it; never a traceback.
"""

import csv
import datetime as dt
import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 60
# A spreadsheet is a zip file: what it unpacks to counts, not what it weighs. 50,000 rows of what we read stay far
# below it. Only sheets go by in a stream: the list of words is held in memory as a whole, and so is what stands around
# them (styles, names), at a hundred times what it weighs.
MAX_UNPACKED = 60_000_000
MAX_WORDS = 20_000_000
MAX_AROUND = 2_000_000

Cell = str | Decimal | dt.date
_BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OSError,
)  # fmt: skip


class Unreadable(Exception):
    """The file is not a table that we can read; the message is for the person who brought it."""


@dataclass(slots=True)
class Table:
    """Cells as they stand in the file. `rows` are (row number as a spreadsheet shows it, cells); 1 is the header."""

    header: list[str]
    rows: list[tuple[int, list[Cell]]]
    notes: list[str] = field(default_factory=list)


def read(data: bytes) -> Table:
    """Read a whole file; the kind is told by its bytes, not by its name. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_("This file is larger than 5 MB. Split it into smaller files."))
    if not data.strip(b"\xef\xbb\xbf \t\r\n;,"):
        raise Unreadable(_("This file is empty. Add a header and rows, and choose it again."))
    table = _read_xlsx(data) if data.startswith(b"PK\x03\x04") else _read_csv(data)
    if not table.rows:
        raise Unreadable(_("This file has a header but no rows. There is nothing to import."))
    return table


# CSV ------------------------------------------------------------------------------------------------------------


def _read_csv(data: bytes) -> Table:
    text, notes = _decode(data)
    try:
        # Strict: a quote that never ends would swallow the rest of the file.
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise Unreadable(
            _("Somewhere a quotation mark opens that never closes. Remove it or close it, and choose the file again.")
        ) from error
    return _table([(number, list(line)) for number, line in enumerate(lines, 1)], notes)


def _decode(data: bytes) -> tuple[str, list[str]]:
    notes: list[str] = []
    text = _try(data, "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    if text is None and b"\0" not in data:
        text = _try(data, "cp1252")
        notes = [_("This file was written by an older Windows program. Check that letters such as é and ë are right.")]
    if text is None or _looks_binary(text):
        raise Unreadable(
            _("This is not a text file that we can read. Save it in your spreadsheet as 'CSV UTF-8' or as XLSX.")
        )
    return text, notes


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_binary(text: str) -> bool:
    return any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in set(text))


def _delimiter(text: str) -> str:
    """The sign that cuts the first line into most pieces; a semicolon when there is none at all."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(";,\t", key=first.count)


# XLSX -----------------------------------------------------------------------------------------------------------


def _read_xlsx(data: bytes) -> Table:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            # More than it says here is never unpacked of a part: the reader stops there, and the check sum is wrong.
            sizes = [(part.filename.lower(), part.file_size) for part in packed.infolist()]
            words = sum(size for name, size in sizes if "sharedstrings" in name)
            sheets = sum(size for name, size in sizes if name.startswith("xl/worksheets/sheet"))
            around = sum(size for name, size in sizes if name.endswith((".xml", ".rels"))) - words - sheets
            if sum(size for _name, size in sizes) > MAX_UNPACKED or words > MAX_WORDS or around > MAX_AROUND:
                raise Unreadable(_("This spreadsheet is far larger than it looks. Save only the table, as CSV."))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            notes = []
            if len(book.worksheets) > 1:
                notes.append(
                    _("The file has several sheets. Only the first was read: '%(sheet)s'.")
                    % {"sheet": book.worksheets[0].title}
                )
            lines = [
                (number, [_cell(value) for value in line])
                for number, line in enumerate(
                    book.worksheets[0].iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True), 1
                )
            ]
        finally:
            book.close()
    except _BROKEN as error:
        raise Unreadable(
            _("This spreadsheet is damaged, or it is not a spreadsheet. Open it, save it as XLSX, and try again.")
        ) from error
    return _table(lines, notes)


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return str(value)


# Both -----------------------------------------------------------------------------------------------------------


def _table(lines: list[tuple[int, list[Cell]]], notes: list[str]) -> Table:
    lines = [(number, cells) for number, cells in lines if any(str(cell).strip() for cell in cells)]
    if not lines:
        raise Unreadable(_("This file is empty. Add a header and rows, and choose it again."))
    if len(lines) - 1 > MAX_ROWS:
        raise Unreadable(_("This file has more than 50,000 rows. Split it into smaller files."))
    header = [str(cell).strip() for cell in lines[0][1]]
    while header and not header[-1]:
        header.pop()
    if len(header) > MAX_COLUMNS:
        raise Unreadable(_("This file has more than 60 columns. Keep only the ones that are needed."))
    return Table(header, lines[1:], notes)

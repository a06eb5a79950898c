"""Understanding one cell: a number, a period, an area code, a status. Each raises `Refused` with a Dutch sentence."""

import datetime as dt
import re
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from monitor.importing.reading import Cell
from monitor.models import Indicator, Observation

THOUSANDTH: Final = Decimal("0.001")
# Fits the column (14 digits, 3 of them behind the comma) with room to spare.
MOST: Final = Decimal(10) ** 10
INHABITANTS: Final = 20_000_000
FIRST_YEAR: Final = 1990

# Signs of Statistics Netherlands: a dot is secret or unknown, a dash is nil.
_SECRET = (".", "x", "geheim")
_NIL = ("-", "–", "nihil")
_SPACES = re.compile("[\\s\u00a0\u2009\u202f']")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = {",": re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+"), ".": re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")}
_FRACTION = {",": re.compile(r"[0-9]+,[0-9]+"), ".": re.compile(r"[0-9]+\.[0-9]+")}


class Refused(Exception):
    """This cell cannot be taken in; the message says why and what to do."""


def number(cell: Cell, indicator: Indicator) -> Decimal | None:
    """Return a value in the unit of its indicator, in thousandths; None when the source keeps it secret.

    Takes 2415, 2.415 and 2,415 (a count), 12,5 and 12.5 (a share), 1.234,5 and 1,234.5, and '-' for nil.
    """
    value = _parsed(cell, indicator)
    if value is None:
        return None
    if not value.is_finite():
        raise Refused(_("This is not a number. Write digits only, such as 2415 or 12,5."))
    if value < 0:
        raise Refused(_("A negative number is not possible here. Remove the minus sign or correct the number."))
    if indicator.is_percentage and value > 100:
        raise Refused(_("More than 100 percent is not possible. Check whether the comma is in the right place."))
    if indicator.whole and value > INHABITANTS:
        raise Refused(_("This is more than there are people in the Netherlands. Check the number."))
    if value >= MOST:
        raise Refused(_("This number is too large to be true. Check it."))
    if indicator.whole and value != value.to_integral_value():
        raise Refused(_("This is a count and has no decimals. Check whether the comma is in the right place."))
    return value.quantize(THOUSANDTH)


def _parsed(cell: Cell, indicator: Indicator) -> Decimal | None:
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, dt.date):
        raise Refused(_("This is a date. Your spreadsheet made one of it; write the number as text."))
    text = cell.strip()
    if not text:
        raise Refused(_("There is no value here. Write a dot if the number is secret, or a dash if it is nil."))
    if text.lower() in _SECRET:
        return None
    if text in _NIL:
        return Decimal(0)
    text = _SPACES.sub("", text)
    if indicator.is_percentage:
        text = text.removesuffix("%")
    if text[:1] == "(" and text[-1:] == ")":  # how bookkeepers write a minus
        text = "-" + text[1:-1]
    sign = -1 if text[:1] in ("-", "−") else 1
    return sign * _digits(text[1:] if text[:1] in ("-", "−", "+") else text, indicator)


def _digits(text: str, indicator: Indicator) -> Decimal:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    for thousands, comma in ((".", ","), (",", ".")):
        whole, _comma, fraction = text.partition(comma)
        if thousands in whole and _GROUPED[thousands].fullmatch(whole) and (not fraction or _PLAIN.fullmatch(fraction)):
            # One group and no comma can be read in two ways: a count has no decimals, a percentage no thousands.
            if fraction or indicator.whole or text.count(thousands) > 1:
                return Decimal(whole.replace(thousands, "") + "." + (fraction or "0"))
            if not indicator.is_percentage:
                raise Refused(
                    _("This can be read in two ways, as thousands or as a fraction. Write it without the dot or comma.")
                )
    for comma in ",.":
        if _FRACTION[comma].fullmatch(text):
            return Decimal(text.replace(comma, "."))
    raise Refused(_("This is not a number. Write digits only, such as 2415 or 12,5."))


# Periods --------------------------------------------------------------------------------------------------------

# Also the codes of StatLine: 2023JJ00, 2023HJ01, 2023KW02, 2023MM11.
_PERIOD = re.compile(
    r"(?P<year>[0-9]{4})(?:JJ00|-?(?:(?P<half>H|HJ0)(?P<h>[12])|(?P<quarter>Q|K|KW0)(?P<q>[1-4])|(?:MM|-)?(?P<m>0[1-9]|1[0-2])))?",
    re.IGNORECASE,
)


def period(cell: Cell) -> tuple[dt.date, int]:
    """Return the first day of a period and its length in months (12, 6, 3 or 1).

    Takes 2023, 2023-H1, 2023-Q1, 2023-01, and the codes of StatLine.
    """
    if isinstance(cell, dt.date):
        if cell.day != 1:
            raise Refused(_("This is a day, not a period. Write 2023, 2023-H1, 2023-Q1 or 2023-01."))
        cell = f"{cell:%Y-%m}"
    found = _PERIOD.fullmatch(_SPACES.sub("", str(cell)))
    if not found:
        raise Refused(_("This is not a period that we know. Write 2023, 2023-H1, 2023-Q1 or 2023-01."))
    months, month = 12, 1
    if found["half"]:
        months, month = 6, 6 * int(found["h"]) - 5
    elif found["quarter"]:
        months, month = 3, 3 * int(found["q"]) - 2
    elif found["m"]:
        months, month = 1, int(found["m"])
    year = int(found["year"])
    if year < FIRST_YEAR:
        raise Refused(_("This period is before 1990. Check the year."))
    begin = dt.date(year, month, 1)
    if begin > dt.datetime.now(dt.UTC).date():
        raise Refused(_("This period has not begun yet. Check the year."))
    return begin, months


# Words ----------------------------------------------------------------------------------------------------------

_STATUS = {
    "": Observation.Status.FINAL,
    "definitief": Observation.Status.FINAL,
    "final": Observation.Status.FINAL,
    "*": Observation.Status.PROVISIONAL,
    "voorlopig": Observation.Status.PROVISIONAL,
    "provisional": Observation.Status.PROVISIONAL,
    "**": Observation.Status.REVISED,
    "nader voorlopig": Observation.Status.REVISED,
    "revised": Observation.Status.REVISED,
}


def status(cell: Cell) -> str:
    """Return the status of a figure from its sign at CBS (`*`, `**`) or its word."""
    try:
        return _STATUS[str(cell).strip().lower()].value
    except KeyError:
        raise Refused(
            _("This status is not known. Write * for provisional, ** for revised, or leave it empty.")
        ) from None


def area_code(cell: Cell) -> str:
    """Return the code of an area. StatLine pads codes with spaces and calls the country NL01; empty is the country."""
    code = str(cell).strip().upper()
    return "NL" if code in ("", "NL01") else code

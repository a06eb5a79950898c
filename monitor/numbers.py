"""Writing numbers and periods as Dutch readers do, and cells of a file as spreadsheets can bear."""

import datetime as dt
import re
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection; also full-width signs). Cells that
# are cut at a comma, semicolon or quote by another program than ours may begin in the middle of our text.
_FORMULA = re.compile(r"(^|[,;\t])([\s\"']*)([=+\-@＝＋－＠])")
_BREAKS = re.compile(r"[\t\r\n\v\f\x00\x85\u2028\u2029]+")


def dutch(number: Decimal | float) -> str:
    """2415 -> 2.415; 12.500 -> 12,5; at most three digits behind the comma."""
    text = f"{number:,.3f}".rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def one_decimal(number: float) -> str:
    """3.0 -> 3,0: a mean always has its decimal."""
    return f"{number:.1f}".replace(".", ",")


def period_name(begin: dt.date, months: int) -> str:
    """The name of a period: 2023, 'first half of 2023', 'second quarter of 2023', 'March 2023'."""
    if months == 12:
        return str(begin.year)
    if months == 6:
        return _("%(year)s, half %(part)s") % {"year": begin.year, "part": 1 if begin.month < 7 else 2}
    if months == 3:
        return _("%(year)s, quarter %(part)s") % {"year": begin.year, "part": (begin.month + 2) // 3}
    return f"{MONTHS[begin.month]} {begin.year}"


def safe_cell(text: str) -> str:
    """A cell for a CSV file that no spreadsheet takes for a formula, also after a wrong cut at `,` or `;`."""
    return _FORMULA.sub(r"\1\2'\3", _BREAKS.sub(" ", text))

"""QR codes as rows of squares and as the path of an SVG: drawn here, so that nobody else hears what is in them."""

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # the empty border that the standard (ISO/IEC 18004) asks for, in squares
# Any of the eight masks is read by every camera. Of 60 codes of five words this one came out most even; trying all
# eight each time costs five of six milliseconds, of every story that is told.
_MASK = 2


def squares(text: str) -> list[list[bool]]:
    """Rows of squares, True for a dark one, with the quiet border around them."""
    code = qrcode.QRCode(border=QUIET, error_correction=ERROR_CORRECT_M, mask_pattern=_MASK)
    code.add_data(text)
    rows: list[list[bool]] = code.get_matrix()
    return rows


def path(rows: list[list[bool]]) -> str:
    """The dark squares as an SVG path, one unit a square: digits and the letters M, h, v and z, nothing else."""
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark squares begin, and how many lie side by side."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs

"""The figures that every installation begins with: definitions, and JeugdzorgPlus 2013-2023.

The definitions are texts that a coordinator may edit; loading them again only adds what is not there.
"""

import hashlib
import json
import pathlib

from monitor.actions import confirm_import, preview_import
from monitor.models import Import, Indicator

DATA = pathlib.Path(__file__).parent / "data"
FIGURES = DATA / "jeugdzorgplus.csv"


def load_indicators() -> int:
    """Write the indicators that are not there yet; return how many there are."""
    rows = json.loads((DATA / "indicators.json").read_text(encoding="utf-8"))
    Indicator.objects.bulk_create([Indicator(**row) for row in rows], ignore_conflicts=True)
    return Indicator.objects.count()


def load_figures() -> int:
    """Bring JeugdzorgPlus 2013-2023 in by the importer; return how many figures were new (0 the second time).

    Source: NJi and Jeugdzorg Nederland, as named in each row. Needs the areas and the indicators.
    """
    data = FIGURES.read_bytes()
    if Import.objects.filter(sha256=hashlib.sha256(data).hexdigest(), state=Import.State.CONFIRMED).exists():
        return 0
    import_ = preview_import(file_name=FIGURES.name, data=data, by=None)
    if not import_.waits:
        raise ValueError(f"The figures were refused: {import_.problems}")
    confirm_import(import_=import_, actor=None)
    return import_.added

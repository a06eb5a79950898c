"""Loading the areas: the country, its provinces, youth regions and municipalities.

Source: CBS / Kadaster, gebiedsindelingen 2025, CC BY 4.0. The files are in movement/data; a place whose membership
changes gets an end date and a successor by hand, never an overwritten row.
"""

import csv
import datetime as dt
import pathlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from movement.models import Area

DATA = pathlib.Path(__file__).parent / "data"
SINCE = dt.date(2025, 1, 1)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


@transaction.atomic
def load_areas() -> int:
    """Write the areas that are not there yet, and the places of the tiles; return how many areas there are."""
    Kind = Area.Kind  # noqa: N806 - it is a class
    municipalities = list(_rows("areas.csv"))
    provinces = {row["province_code"]: row["province"] for row in municipalities}
    top = [Area(code="NL", kind=Kind.COUNTRY, name="Nederland", valid_from=SINCE)]
    top += [
        Area(code=code, kind=Kind.PROVINCE, name=name, valid_from=SINCE) for code, name in sorted(provinces.items())
    ]
    top += [
        Area(
            code=row["jz_code"],
            kind=Kind.YOUTH_REGION,
            name=row["name"],
            valid_from=SINCE,
            tile_column=_number(row.get("tile_column")),
            tile_row=_number(row.get("tile_row")),
        )
        for row in _rows("youth_regions.csv")
    ]
    upsert: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["code"]}
    Area.objects.bulk_create(top, update_fields=["name", "tile_column", "tile_row"], **upsert)
    known = dict(Area.objects.values_list("code", "pk"))
    Area.objects.bulk_create(
        [
            Area(
                code=row["gm_code"],
                kind=Kind.MUNICIPALITY,
                name=row["name"],
                valid_from=SINCE,
                province_id=known[row["province_code"]],
                youth_region_id=known[row["jz_code"]],
            )
            for row in municipalities
        ],
        update_fields=["name"],
        **upsert,
    )
    return Area.objects.count()

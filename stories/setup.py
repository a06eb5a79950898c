"""What a new house begins with: the house rules by which stories are read."""

import json
import pathlib

from django.db import transaction

from stories.models import HouseRule

_RULES = pathlib.Path(__file__).parent / "data" / "house_rules.json"


@transaction.atomic
def load_house_rules() -> int:
    """Add the starting rules that are not there yet; return how many. What a coordinator has changed stays."""
    known = set(HouseRule.objects.values_list("slug", flat=True))
    rules = [
        HouseRule(position=position, **row)
        for position, row in enumerate(json.loads(_RULES.read_text(encoding="utf-8")), start=1)
        if row["slug"] not in known
    ]
    HouseRule.objects.bulk_create(rules)
    return len(rules)

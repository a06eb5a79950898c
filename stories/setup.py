"""What a new house begins with, the house rules by which stories are read; and what an upgrade does to the stories."""

import json
import pathlib

from django.db import transaction

from stories.dutch.beside import words_beside
from stories.models import HouseRule, Story

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


def words_anew() -> int:
    """Make the words beside every story by the rules of today; return of how many stories they changed.

    One by one and only where the texts are still those that were read: no word comes back of a story that is taken back
    meanwhile, and nobody waits for it.
    """
    stories = Story.objects.exclude(words_beside="")
    texts, changed = ("title", "body", "helped"), 0
    for key in list(stories.values_list("pk", flat=True)):
        for old, *told in stories.filter(pk=key).values_list("words_beside", *texts):
            words = words_beside(*told)
            if words != old:
                here = stories.filter(pk=key, **dict(zip(texts, told, strict=True)))
                changed += here.update(words_beside=words)
    return changed

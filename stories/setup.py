"""What a new house begins with, the house rules by which stories are read; and what an upgrade does to the stories."""

import json
import pathlib

from django.db import transaction

from stories.dutch.beside import words_beside
from stories.models import HouseRule, Story

_MANY = 500
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

    In parts, and locked: of a story that is taken back meanwhile no word may come back.
    """
    stories = Story.objects.exclude(words_beside="").only("title", "body", "helped", "words_beside")
    keys, changed = list(stories.values_list("pk", flat=True)), 0
    for first in range(0, len(keys), _MANY):
        with transaction.atomic():
            for story in stories.filter(pk__in=keys[first : first + _MANY]).select_for_update():
                words = words_beside(story.title, story.body, story.helped)
                if words != story.words_beside:
                    changed += Story.objects.filter(pk=story.pk).update(words_beside=words)
    return changed

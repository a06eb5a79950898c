"""Which members look for a story that came on the site."""

import re
from collections import defaultdict
from typing import Any

from django.db import connection
from django.http import QueryDict

from movement.models import Member
from stories.forms.reading import Reading
from stories.models import SavedSearch
from stories.wanted import wanted

_AT_ONCE = 100  # searches in one query
_FITS = "select {} from stories_story s where s.public_id = %(this)s and {}"
_NAME = re.compile(r"%\((\w+)\)s")


def looked_for_by(public_id: str) -> set[int]:
    """Primary keys of the members of whose saved searches a published story fits one.

    A heavy story fits only where its themes were asked for, as in the list itself. One query for each hundred
    different searches.
    """
    members: dict[str, set[int]] = defaultdict(set)
    for asked, member in SavedSearch.objects.filter(member__is_active=True).values_list("asked", "member_id"):
        members[asked].add(member)
    different, found = list(members), set[int]()
    for start in range(0, len(different), _AT_ONCE):
        for asked in _fitting(public_id, different[start : start + _AT_ONCE]):
            found |= members[asked]
    return found


def _fitting(public_id: str, searches: list[str]) -> list[str]:
    """Those of these searches that this story fits, each as a condition of its own with its own values."""
    parts, values = list[str](), dict[str, Any]({"this": public_id})
    for number, asked in enumerate(searches):
        reading = Reading.asked(QueryDict(asked))
        every = wanted(Member(), reading)
        exact = every.and_words(reading.words) if reading.words else every
        if exact is None:
            continue
        where = _NAME.sub(rf"%(n{number}_\1)s", exact.where)
        parts.append(_FITS.format(number, where))
        values |= {f"n{number}_{name}": value for name, value in exact.values.items()}
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), values)
        return [searches[number] for (number,) in cursor.fetchall()]

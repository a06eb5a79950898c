"""What the pages of the movement show."""

from collections import Counter
from dataclasses import dataclass

from core.disclosure import facet, in_steps
from movement.models import DreamEdition, Endorsement, Perspective


@dataclass(frozen=True, slots=True)
class Endorsements:
    """How many stand behind an edition ('at least'), by perspective, and whether this reader does."""

    at_least: int
    by_perspective: list[tuple[str, int]]
    mine: bool


def endorsements_of(edition: DreamEdition, reader: object) -> Endorsements:
    """Count who stands behind an edition: from five on, in steps of five. One query."""
    rows = Endorsement.objects.filter(edition=edition, member__is_active=True).order_by("at", "pk")
    members = list(rows.values_list("member_id", "member__perspectives"))
    counts = facet(Counter(value for _, perspectives in members for value in perspectives))
    return Endorsements(
        at_least=in_steps(len(members)),
        by_perspective=[(str(each.label), counts[each.value]) for each in Perspective if each.value in counts],
        mine=any(member == getattr(reader, "pk", None) for member, _ in members),
    )

"""How an imported value may be shown: the rules A to E of an indicator, on the numbers of core.disclosure."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.disclosure import rounded
from monitor.models import Indicator
from monitor.numbers import dutch

LEAST_IN_SMALL_SERIES = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """What may leave the house of one value: a number and its text, or no number and the sign or words for it."""

    value: Decimal | None
    text: str


def release(value: Decimal | None, *, rule: str, national: bool) -> Shown:
    """Return what may be shown of a value.

    A: as the source delivered it; Statistics Netherlands protects its own tables, and a secret value stays a dot.
    B: small series of incidents in a life. National figures were made public by their source and stay as they are,
       so that a reader finds the same number there; below the country counts go to fives. 1 to 9 is 'fewer than 10'.
    C, D, E, F: never below the country from an import; panels, stories and incidents have roads of their own.
    Sources: CBS, figures on youth care rounded to fives; docs/disclosure.md.
    """
    if value is None:
        return Shown(None, ".")
    if rule == Indicator.Rule.SMALL_SERIES:
        if 0 < value < LEAST_IN_SMALL_SERIES:
            return Shown(None, _("fewer than 10"))
        shown = value if national else Decimal(rounded(int(value)))
        return Shown(shown, dutch(shown))
    if rule != Indicator.Rule.AS_DELIVERED and not national:
        return Shown(None, ".")
    return Shown(value, dutch(value))

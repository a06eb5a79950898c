"""What every template may know about the house. No query: a page pays only for what it shows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from movement.callers import beside_the_fixed, callers

# The first part of the address of each way in the menu, so that it says where you are.
SECTIONS = frozenset({"verhalen", "actieteams", "droom", "monitor", "desk", "mijn", "inloggen"})


def house(request: HttpRequest) -> dict[str, object]:
    first = request.path.split("/", 2)[1]
    return {
        "site_name": settings.SITE_NAME,
        "quick_exit_url": settings.QUICK_EXIT_URL,
        # Without JavaScript the quick exit must end what is open here; a reader has no session, and asks for none.
        "something_open": hasattr(request, "session") and not request.session.is_empty(),
        "section": first if first in SECTIONS else "",
        "language": get_language(),
        "caller": beside_the_fixed(callers()),
        "from_the_right": get_language_bidi(),
    }

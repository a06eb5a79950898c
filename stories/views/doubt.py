"""Whether a story seems to be sent by a program that fills in every form it meets. Nobody loses a story by it.

The house stores nothing at the first form: a story is sent from the page on which its teller looks back at it. Most
programs stop before that. What is doubted here is shown once more with one button, and not counted against anybody.
"""

from django.http import HttpRequest, QueryDict

from core import ratelimit
from stories import codes

UNSEEN = (
    "onderwerp"  # a field that no eye, keyboard, screen reader or autofill comes to: it is `hidden`, and no contact
)
QUICK = 3  # seconds from opening the form to sending it, two pages on: nobody does that, also not with a text to paste
BUSY = 1000  # stories in ten minutes of everybody together: a flood. Only then it is looked how quick each was


def doubtful(request: HttpRequest, data: QueryDict) -> bool:
    """Whether to ask once more (`data` holds a good token): something was filled in that nobody sees, or, in a flood,
    the form was sent as soon as it was opened."""
    return bool(data.get(UNSEEN)) or (ratelimit.tried("tell") > BUSY and codes.just_made(str(data["token"]), QUICK))

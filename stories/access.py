"""Which story is this visitor's? Views reach stories through these functions only."""

import time

from django.conf import settings
from django.http import HttpRequest

from stories.models import Story

# --- the teller: whoever typed the code, for as long as a tablet stays in one pair of hands ---------------------
_KEY = "teller"
_EVERY = 60  # seconds between two writes of the session, so that reading a page is not a write each time


def open_to_teller(request: HttpRequest, story: Story) -> None:
    """Begin the teller's session after a right code: a new key, and nothing in it but the story and its end."""
    if request.user.is_authenticated:
        request.session.cycle_key()  # a member who also told a story stays logged in
    else:
        request.session.flush()
    request.session[_KEY] = {"story": story.pk, "until": _until()}


def teller_story(request: HttpRequest) -> Story | None:
    """The story whose teller this is (withdrawn ones too), or None when no code was given or its time is over."""
    held = request.session.get(_KEY)
    if held is None:
        return None
    now = int(time.time())
    if held["until"] <= now:
        close_to_teller(request)
        return None
    if held["until"] < _until() - _EVERY:
        request.session[_KEY] = {"story": held["story"], "until": _until()}
    return Story.objects.select_related("region").filter(pk=held["story"]).first()


def close_to_teller(request: HttpRequest) -> None:
    """End the teller's session; of somebody who is not logged in nothing is left, the cookie neither."""
    if request.user.is_authenticated:
        request.session.pop(_KEY, None)
    else:
        request.session.flush()


def _until() -> int:
    return int(time.time()) + settings.TELLER_SESSION_MINUTES * 60

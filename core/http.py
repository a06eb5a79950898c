"""Small tools for views: types, decorators, and the errors that become kind pages."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


View = Callable[..., HttpResponse]
SECOND_CLICK = dt.timedelta(minutes=10)  # as long as the same again, of the same person, is a second click


class TooLate(Exception):
    """Somebody was faster, or the thing is no longer in the state that the form was made for (409)."""


class Gone(Exception):
    """It was here and was taken away for good (410)."""


class TooMany(Exception):
    """Asked too often; `wait` is the number of seconds to wait (429)."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(wait)


def private_page(view: View) -> View:
    """Keep a page out of every store and every search engine: telling, codes, accounts, the desk."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
        return response

    return wrapper


def public_form(view: View) -> View:
    """A form that works without a cookie, for people without a session.

    There is nothing of the sender's that another site could misuse, so no token is needed; a browser that says
    it was sent by another site is refused all the same.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not sent_from_here(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return csrf_exempt(wrapper)


def sent_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of ours, as far as the browser says."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()

"""The headers that every answer carries; those of Django come on top."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

_NOTHING = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _NOTHING)
POLICY = "; ".join(f"{kind} {' '.join(sources)}" for kind, sources in settings.SECURE_CSP.items())


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # While developing, Django's own pages for these two hold their style in the page.
        if not settings.DEBUG or response.status_code not in (404, 500):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        # A page for one person stays out of every store; a public page says otherwise itself.
        if request.user.is_authenticated if hasattr(request, "user") else False:
            response.headers["Cache-Control"] = "no-store"
            response.headers.setdefault("X-Robots-Tag", "noindex, noarchive")
        # Stories stand on more pages than their own, and a story that is taken back must not live on in any store.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def sound(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send an address or a cookie with a NUL in it away (400): no column can hold one, and asking PostgreSQL breaks.

    Fields of forms refuse it by themselves. What an address asks for after its `?` and makes no sense is left out, so
    there it becomes the sign for what cannot be read, which is nowhere.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest
        for nul in ("%00", "\0"):
            request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace(nul, "%EF%BF%BD")
        return get_response(request)

    return middleware

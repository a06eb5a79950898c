"""Pages for when it goes wrong: they say what happened and what to do, and need no database."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.http import Gone, TooLate, TooMany, private_page, sent_from_here
from movement.callers import beside_the_fixed, known
from stories.views.mine_page import ask_again, is_behind_words

_A_WORD = 30  # shorter than this is written again sooner than copied
_CODES = {"code", "words"}


def page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    response = render(request, f"{status}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    match = request.resolver_match
    # There the way back gives a page without what was typed, so that nobody else reads it.
    lost = isinstance(exception, RequestDataTooBig) and match and is_behind_words(match.func)
    return page(request, 400, lost=lost, back=_page_of(request))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without a request context: whatever broke (the database, a session) may not break this page too."""
    words = {
        "caller": beside_the_fixed(known()),
        "typed": _typed(request),
        "quick_exit_url": settings.QUICK_EXIT_URL,
    }
    return HttpResponse(render_to_string("500.html", words), status=500, headers={"Cache-Control": "no-store"})


def _typed(request: HttpRequest) -> list[str]:
    """What somebody wrote, to give it back: texts, and neither a code nor what the page itself sent along."""
    try:
        sent = [(name, text) for name, texts in request.POST.lists() for text in texts]
    except Exception:  # noqa: BLE001 - it was the reading of this form that broke
        return []
    return [text for name, text in sent if len(text) > _A_WORD and " " in text.strip() and name not in _CODES]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of its session. Behind the five words that session ended in another window: what was
    typed is not lost, and the words are asked for once more."""
    match = request.resolver_match
    if match and is_behind_words(match.func) and sent_from_here(request):
        return private_page(ask_again)(request, status=403)
    return page(request, 403)


def _page_of(request: HttpRequest) -> str:
    """The page on which a form stood: many addresses that take a form show nothing by themselves."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if request.method == "GET" or came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return request.path if request.method == "GET" else "/"
    return came_from.path


class KindPages:
    """Middleware: an error of core.http becomes its page. It only ever sees what a view did not handle itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case TooLate():
                # What stands in it was written by an action, for the person who comes too late: never text of a story.
                return page(request, 409, reason=str(exception), back=_page_of(request))
            case Gone():
                response = page(request, 410)
                response.headers["X-Robots-Tag"] = "noindex, noarchive"
                return response
            case TooMany():
                response = page(request, 429, minutes=-(-exception.wait // 60))
                response.headers["Retry-After"] = str(exception.wait)
                return response
        return None

"""The telling route in more languages than Dutch: the address says which, so a page is the same for whoever asks it.

Dutch stands at `/vertel/`, the others at `/ar/vertel/` and so on. Nothing is read from a browser's settings and nothing
is kept on the device. Only the addresses inside `in_every_language` have these forms; the rest of the house is Dutch.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, reverse
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext_lazy as _

DUTCH = settings.LANGUAGE_CODE
LANGUAGES = dict(settings.LANGUAGES)  # code: its name in itself
IN_WORDS = {
    "nl": _("Dutch"),
    "en": _("English"),
    "ar": _("Arabic"),
    "tr": _("Turkish"),
    "pl": _("Polish"),
    "uk": _("Ukrainian"),
}  # code: its name for who works here
_PREFIXED = frozenset(LANGUAGES) - {DUTCH}


class Prefix:
    """Before an address: `ar/` while Arabic is spoken, nothing in Dutch.

    As Django's own LocalePrefixPattern, which Django lets stand in the first file of addresses only.
    """

    converters: dict[str, Any] = {}

    @property
    def _now(self) -> str:
        code = get_language() or DUTCH
        return f"{code}/" if code in _PREFIXED else ""

    @property
    def regex(self) -> re.Pattern[str]:
        return re.compile(re.escape(self._now))

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]] | None:
        now = self._now
        return (path.removeprefix(now), (), {}) if path.startswith(now) else None

    def check(self) -> list[Any]:
        return []

    def describe(self) -> str:
        """For the page that Django shows while developing, where an address is not found."""
        return f"'{self}'"

    def __str__(self) -> str:
        return self._now


def in_every_language(*patterns: URLPattern) -> URLResolver:
    """These addresses, each in every language of the telling route."""
    return URLResolver(cast("LocalePrefixPattern", Prefix()), list(patterns))


def spoken(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: speak the language with which the address begins."""

    def middleware(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path[3:4] != "/" or (code := path[1:3]) not in _PREFIXED:
            return get_response(request)
        with override(code):
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
            return response

    return middleware


class Way(NamedTuple):
    """The same page in another language (or in this one: `here`)."""

    code: str
    name: str
    url: str
    here: bool


@lru_cache(maxsize=64)
def ways(page: str, here: str) -> tuple[Way, ...]:
    """The page of this name (an address without parts) in every language; `here` is the one that is spoken."""
    found = []
    for code, name in LANGUAGES.items():
        with override(code):
            found.append(Way(code, name, reverse(page), code == here))
    return tuple(found)


def calm() -> str:
    """The name of the page to leave for when somebody is done: one that says nothing of what was done before it.

    In Dutch the home page. There is none in the other languages; there it is the page of the help lines.
    """
    return "home" if get_language() in (DUTCH, None) else "help"


def language_named(code: str) -> str:
    """This language, or Dutch where it is none of the telling route."""
    return code if code in LANGUAGES else DUTCH


def direction(code: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"

"""Every address of the house as everybody sees it; for tests of what must be nowhere."""

import html
import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver, reverse

from core.models import Public
from monitor.models import Indicator
from movement.models import Area, DreamEdition
from stories.models import HouseRule
from stories.views.desk import VERBS

HOUSE = ClientHandler(enforce_csrf_checks=False)


class Addresses:
    """Every address that the house answers, filled with everything there is."""

    def __init__(self, knock):
        """`knock` opens an address and gives its status; to learn for each one what can stand in it."""
        self.takes: dict[str, Any] = {}
        kinds: list[Any] = [
            model for model in apps.get_models() if issubclass(model, Public) and model._default_manager.exists()
        ]
        for name, keys in self.doors():
            if "public_id" in keys and knock(self.filled(name, keys, "")[0]) != 405:
                # A door takes one kind of thing, and most often one of its own package.
                own = [model for model in kinds if name.startswith(f"{model._meta.app_label}:")]
                nearest = own + [model for model in kinds if model not in own]
                some = ((model, self.filled(name, keys, model.objects.first().public_id)[0]) for model in nearest)
                self.takes[name] = next((model for model, address in some if knock(address) == 200), None)

    def all(self):
        for name, keys in self.doors():
            takes = self.takes.get(name)
            handles = takes.objects.values_list("public_id", flat=True) if takes else [""]
            for handle in handles:
                yield from ((name, address) for address in self.filled(name, keys, handle))

    @staticmethod
    def doors(resolver=None, space=""):
        for pattern in (resolver or get_resolver()).url_patterns:
            if isinstance(pattern, URLPattern):
                yield space + str(pattern.name), set(pattern.pattern.converters)
            else:
                yield from Addresses.doors(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)

    @staticmethod
    def filled(name, keys, handle):
        found: list[dict[str, Any]] = [{}]
        for key in keys:
            found = [given | {key: value} for given in found for value in VALUES[key](handle)]
        return [reverse(name, kwargs=given) for given in found]


# A parameter that is not here is a new one: say what can stand there.
VALUES: dict[str, Callable[[str], list[Any]]] = {
    "public_id": lambda handle: [handle or "bcdfghjkmn"],
    "code": lambda _handle: list(Area.objects.values_list("code", flat=True)),
    "slug": lambda _handle: list(Indicator.objects.values_list("slug", flat=True)),
    "number": lambda _handle: list(DreamEdition.objects.values_list("number", flat=True)),
    "verb": lambda _handle: list(VERBS)[:1],
    "kind": lambda _handle: ["huisregel"],
    "ref": lambda _handle: ["1"],
    "token": lambda _handle: ["nobody"],
    "pk": lambda _handle: [1, *HouseRule.objects.values_list("pk", flat=True)],
}
# What is new at each look: tokens of forms, and the moment of the look itself in a history.
CHANGING = re.compile(r'(?:csrfmiddlewaretoken|name="token)" value="[^"]*|<time datetime="[^"]*T[^<]*')


def see(cookie, address, **headers):
    """What this visitor gets there; whatever the look itself wrote down is undone."""
    request = RequestFactory(HTTP_COOKIE=cookie).get(address, **headers)
    with transaction.atomic():
        answer: Any = HOUSE(request.environ)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, CHANGING.sub("", body.decode()) + str(answer.headers.get("Location", ""))


def look_everywhere(visitors, addresses, before=None):
    """What everybody sees at every address, and behind every link with a question in it that stands there.

    A door that was shut `before` was shut for another reason than a story, and is not tried again.
    """
    seen = {key: page for key, page in (before or {}).items() if page[0] != 200}
    for who, cookie in visitors.items():
        waiting = [*addresses.all(), ("stories:list", "/verhalen/?q=gewacht")]  # the title says: wachten
        for name, address in waiting:
            if (who, name, address) in seen:
                continue
            status, body = see(cookie, address)
            seen[who, name, address] = (status, body)
            if "?" not in address and status == 200:
                asked = {html.unescape(link) for link in re.findall(r'href="(/?[^":#]*\?[^"#]+)', body)}
                waiting += [(name, link if link[0] == "/" else address + link) for link in sorted(asked)]
    return seen

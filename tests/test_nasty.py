"""What somebody types who wants the house to fall: in every field, in every address, as every kind of visitor.

Nothing is asserted of the answer but that the house still stands: it says no (4xx), or takes the text as it is.
"""

from urllib.parse import unquote_to_bytes, urlencode

import pytest
from django import forms
from django.db import transaction
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from tests.test_doors import HOUSE, TABLE, VISITORS, address, get_resolver_pattern, house, names, session_of

__all__ = ["house"]  # a fixture

# Every text holds several sorts of harm: one round through the house costs as much as all its doors.
TEXTS = {
    "signs that no column holds": "een\x00twee \ud800 \u202etxet\u202c \u200b\ufeff",
    "code of other machines": "<script>alert(1)</script>'\"><img src=x onerror=x()>{{ 7*7 }} %' OR 1=1 -- \\ %s {0}",
    "a header": "Naam\r\nBcc: ander@example.org\r\n\r\n%0d%0a",
    "one more than a column holds": "9223372036854775808",
    "a day that no calendar has": "99999-12-31",
    "the last day": "9999-12-31",
    "long": "a" * 9_000,  # in each of a hundred fields: as much as one form may bring
    "more than a form may bring": "a" * 70_000,
}
PARTS = ["a%00b", "%ED%A0%80", "%E2%80%AE", "9" * 40, "-1", "..%2F..", "%27%22%3Cscript%3E", "a" * 3000]
MORE_FIELDS = ["mark-0123456789", "own-0123456789", "proposal", "read-answer", "quote-answer", "drop", "do", "next",
               "login", "authenticators", "credential", "page", "na", "vorm", "gebied", "q", "thema", "wie", "hulp",
               "regio", "zwaar", "verder", "csrfmiddlewaretoken", "action", "verhaal", "voor", "bij", "plaats", "alles",
               "tekst"]  # fmt: skip
IN_QUERY = ["signs that no column holds", "one more than a column holds"]
WHO = ["s", "t", "h", "a", "C"]


@pytest.mark.parametrize("letter", ["s"])  # what others can send: tests/test_bad_input.py, form by form
def test_no_field_of_any_door_breaks_the_house(house, letter):
    cookies, behind = visitor(letter, house)
    broken, doors = [], list(open_doors(letter))  # to see them, every form is read
    filled = {(name, method): filled_with(text, method) for name, text in TEXTS.items() for method in ("get", "post")}
    for door, method in doors:
        url = address(door, behind)
        for name, text in TEXTS.items():
            if method == "get" and len(text) > 4000:
                continue
            if (answer := knock(cookies, method, url, filled[name, method])) >= 500:
                broken.append(f"{method} {door} with {name}: {answer}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("letter", WHO)
def test_no_address_breaks_the_house(house, letter):
    cookies, behind = visitor(letter, house)
    broken = []
    queries = {name: filled_with(TEXTS[name], "get") for name in IN_QUERY}
    for door, method in own_doors(letter):
        broken += [
            f"get {door}?{name}"
            for name, query in (queries.items() if method == "get" else ())
            if knock(cookies, method, address(door, behind), query) >= 500
        ]
        keys = keys_of(door.split("/")[0])
        broken += [
            f"{method} {door} at {part[:20]}"
            for part in (PARTS if keys and "/" not in door else ())
            if knock(cookies, method, nasty_address(door, keys, part), "") >= 500
        ]
    assert not broken, "\n".join(broken)


def test_no_cookie_breaks_the_house(db):
    for value in (
        '"\\000\\000\\000\\000\\000\\000\\000\\000\\000"',
        "a" * 4000,
        "\u00ff" * 40,
        '"',
        ";;;=",
        "$$$$$$$$$$",
    ):
        for name in ("sessie_8000", "sessie", "__Host-sessie", "messages", "csrftoken"):
            request = RequestFactory().get("/mijn/")
            request.environ["HTTP_COOKIE"] = f"{name}={value}"
            assert HOUSE(request.environ).status_code < 500, (name, value[:20])


def visitor(letter, house):
    people, behind, told = house
    who = VISITORS[letter]
    cookies = session_of(people[who], second_factor=who == "coordinator", story=told if who == "teller" else None)
    return cookies, behind


def open_doors(letter):
    """The doors, with their method, that do more for this visitor than send away."""
    standing, column = set(names(get_resolver())), list(VISITORS).index(letter)
    for door, rows in TABLE.items():
        for method, row in zip(("get", "post"), rows, strict=True):
            if door.split("/")[0] in standing and (row if len(row) == 1 else row[column]) not in "k2x-":
                yield door, method


def own_doors(letter):
    """Of those the doors that nobody before this visitor came through, so that each is tried once."""
    before = {door for other in WHO[: WHO.index(letter)] for door in open_doors(other)}
    return [door for door in open_doors(letter) if door not in before]


def fields():
    """The name of every field of every form that the house knows."""
    found, todo = set(MORE_FIELDS), [forms.BaseForm]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        found |= set(getattr(kind, "base_fields", {}))
    return sorted(found)


def filled_with(text, method):
    data = {name: [text, text] if name in ("zwaar", "themes", "rules", "q") else text for name in fields()}
    if method == "post":
        data["do"] = "send"
    return urlencode({name: raw(value) for name, value in data.items()}, doseq=True)


def raw(value):
    """As the bytes that a browser or a script would send."""
    if isinstance(value, list):
        return [raw(one) for one in value]
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


def knock(cookies, method, url, sent):
    factory = RequestFactory(HTTP_COOKIE=cookies.output(header="", sep=";", attrs=[]))
    if method == "get":
        request = factory.get(f"{url}?{sent}")
    else:
        request = factory.generic("POST", url, sent, content_type="application/x-www-form-urlencoded")
    request.environ["PATH_INFO"] = unquote_to_bytes(url.split("?")[0]).decode("latin-1")
    with transaction.atomic():
        answer = HOUSE(request.environ)
        transaction.set_rollback(True)
    return answer.status_code


def keys_of(door):
    pattern = get_resolver_pattern(door)
    return [
        key
        for key in ("public_id", "verb", "kind", "code", "slug", "token", "pk", "number", "ref")
        if f"%({key})s" in pattern
    ]


def nasty_address(door, keys, part):
    """The address with this part in every place that is open."""
    places = {key: 424242 if key in ("pk", "number") else "zzzzzzzzzz" for key in keys}
    return reverse(door, kwargs=places).replace("424242", part).replace("zzzzzzzzzz", part)

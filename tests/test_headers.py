"""The headers that keep a page safe, on one page of every kind: the rules of internet.nl."""

import re

import pytest
from django.test import Client

from tests.movement_of import a_team
from tests.story_of import published_story

CSP = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'",
    "connect-src": "'self'", "form-action": "'self'", "frame-ancestors": "'none'",
    "frame-src": "'none'", "base-uri": "'none'", "object-src": "'none'",
}  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
PUBLIC = ["/", "/verhalen/", "/verhalen/{story}/", "/verhalen/atom.xml", "/actieteams/", "/actieteams/{team}/",
          "/monitor/", "/hulp/", "/privacy/", "/droom/", "/.well-known/security.txt", "/uk/hulp/"]  # fmt: skip
PRIVATE = ["/vertel/", "/code/", "/ar/vertel/", "/ar/code/", "/gezond/"]
WITH_SESSION = ["/inloggen/", "/inloggen/aanmelden/"]  # whoever logs in gets a cookie, with the form
MEMBERS = ["/mijn/", "/", "/verhalen/", "/actieteams/nieuw/", "/inloggen/bewijs/"]
BROKEN = ["/bestaat-niet/", "/ar/verhalen/", "/verhalen/nietsnietsni/", "/%00", "/ar/%00"]


@pytest.fixture
def things(db, host, region):
    return {"team": a_team(host, region).public_id, "story": published_story(region).public_id}


@pytest.mark.parametrize("page", [*PUBLIC, *PRIVATE, *BROKEN])
def test_every_kind_of_page_carries_the_headers_and_no_cookie(client, things, page):
    answer = client.get(page.format(**things))
    assert_safe(answer)
    assert not answer.cookies, "a reader gets no cookie"


def test_a_page_that_refuses_carries_them_too(client, as_, things, professional):
    assert_safe(as_(professional).get(f"/actieteams/{things['team']}/stap/"), status=403)
    assert_safe(client.put("/gezond/"), status=405)


def test_so_does_a_file(client, db):
    page = client.get("/").text
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert files
    answer = client.get(files[0])
    answer.close()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("page", WITH_SESSION)
def test_the_way_in_carries_them_as_well(client, db, page):
    answer = client.get(page)
    assert_safe(answer)
    assert [cookie["httponly"] and cookie["samesite"] for cookie in answer.cookies.values()] == ["Lax"]


@pytest.mark.parametrize("page", PRIVATE + WITH_SESSION)
def test_a_page_with_something_typed_or_told_is_kept_nowhere(client, things, page):
    assert "no-store" in client.get(page).headers["Cache-Control"]


@pytest.mark.parametrize("page", MEMBERS)
def test_what_a_member_sees_is_kept_nowhere(as_, things, professional, page):
    answer = as_(professional).get(page)
    assert_safe(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_over_https_browsers_are_told_to_stay_there(client, db, settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    answer = Client().get("/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


def assert_safe(answer, status=None):
    assert status is None or answer.status_code == status
    for name, value in FIXED.items():
        assert answer.headers[name] == value
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";") if part)
    assert policy == CSP
    denied = answer.headers["Permissions-Policy"]
    assert all(part.strip().endswith("=()") for part in denied.split(","))
    assert {"camera", "geolocation", "microphone"} <= {part.split("=")[0].strip() for part in denied.split(",")}

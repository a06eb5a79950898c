"""Nobody is sent to another site from here, whatever stands in `next`."""

import re
from urllib.parse import quote, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tests.accounts.flows import log_in, second_step

PAYLOADS = (
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2e%2e",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "HtTpS://evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/\n/evil.example",
    "//evil.example\r\nX: y",
    "/%0d%0aLocation:%20https://evil.example",
    "//evil.example%2f@127.0.0.1",
    "https://testserver@evil.example",
    "https://testserver.evil.example",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "https://evil.example\\@testserver",
    "https://evil.example\\.testserver",
    "//testserver@evil.example/",
    "//evil.example:80",
    "//[::1]@evil.example",
    "javascript:alert(1)//evil.example",
    "javascript://evil.example/%0aalert(1)",
    "JaVaScRiPt:alert('evil.example')",
    "java\tscript:alert('evil.example')",
    "data:text/html,<script>location='//evil.example'</script>",
    "vbscript:evil.example",
    "ftp://evil.example",
    "//evil。example",
    "//ⓔvil.example",
    "https://evil.example/.testserver/",
    "http:evil.example",
    "//%65vil.example",
    "/..//evil.example",
    "/./\\evil.example",
    "./\\evil.example",
    "?next=//evil.example",
    "//evil.example/..;/mijn/",
    "https://evil.example/mijn/",
    "//google.com%2f..",
    "//evil.example;@testserver/",
    "http://0x7f000001/evil.example",
    "mailto:a@evil.example",
    "blob:https://evil.example",
    "filesystem:https://evil.example",
    "//evil.example/%5c..",
    "\u2028//evil.example",
    "https://evil.example\u3002testserver",
)


def stays_here(location):
    """Whether a browser stays on this site: it drops tabs and line ends, and reads a backslash as a slash."""
    read = urlsplit(re.sub(r"[\t\r\n]", "", location).strip(" \0").replace("\\", "/"))
    return not read.scheme and not read.netloc


@pytest.fixture
def wrong():
    """Where somebody was sent to another site."""
    found: list[tuple[str, str, str]] = []
    yield found
    assert not found


def test_the_check_itself_sees_another_site():
    assert all(stays_here(here) for here in ("/", "/mijn/?a=//x", "mijn/", "?a=1"))
    assert not any(stays_here(there) for there in ("//x.nl", "/\\x.nl", "https://x.nl", "/\t/x.nl", "javascript:x"))


def test_who_is_logged_in_already_is_not_sent_to_another_site(as_, parent, wrong):
    browser = as_(parent)
    for payload in PAYLOADS:
        for door, answer in (
            ("log-in", browser.get("/inloggen/", {"next": payload})),
            ("log-in, sent", browser.post("/inloggen/", {"next": payload})),
            ("sign-up", browser.get("/inloggen/aanmelden/", {"next": payload})),
        ):
            assert answer.status_code == 302
            if not stays_here(answer.headers["Location"]):
                wrong.append((door, payload, answer.headers["Location"]))


def test_nobody_is_sent_to_another_site_after_logging_out(parent, wrong):
    browser = Client()
    for payload in PAYLOADS:
        browser.force_login(parent)
        location = browser.post("/inloggen/uit/", {"next": payload}).headers["Location"]
        if not stays_here(location):
            wrong.append(("log-out", payload, location))


def test_nobody_is_sent_to_another_site_after_a_code_or_a_second_factor(coordinator, smtp, settings, wrong):
    settings.ACCOUNT_RATE_LIMITS = {}
    secret = generate_totp_secret()
    TOTP.activate(coordinator, secret)
    for payload in [payload for payload in PAYLOADS if "\0" not in payload][:: len(PAYLOADS) // 12]:
        browser = Client()
        place = log_in(browser, smtp, coordinator.email, next_page=quote(payload))
        location = second_step(browser, secret, page=place)
        again = second_step(browser, secret, page=f"/inloggen/bewijs/opnieuw/?next={quote(payload)}")
        wrong += [("log-in", payload, where) for where in (place, location, again) if not stays_here(where)]

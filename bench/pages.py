"""Which pages are measured, and the counts that need no server: queries, SQL time, bytes of a cold load."""

import os
import pathlib
import shutil
import tempfile
import threading
import time
from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import Any
from urllib.parse import urlencode, urlsplit

import pgtrigger
import psycopg
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from bench import seed
from bench.load import Target
from config.management.commands.seed import fill
from movement.models import Member, Theme
from stories.models import Story

MUNICIPALITY = "GM0200"
PAGES = ("home", "story list, search and two filters", "story with its thread", "desk", "dashboard of a municipality")


def paths() -> dict[str, str]:
    theme = Theme.objects.filter(heavy=False).first()
    story = Story.objects.published().filter(taken_up__isnull=False, audience="everybody").order_by("pk").first()
    assert theme is not None
    assert story is not None
    search = urlencode({"q": "wachten moeder", "thema": theme.slug, "regio": "JZ17"})
    return {
        "home": reverse("home"),
        "story list, search and two filters": f"{reverse('stories:list')}?{search}",
        "story list": reverse("stories:list"),
        "story with its thread": story.get_absolute_url(),
        "desk": reverse("desk"),
        "dashboard of a municipality": reverse("monitor:area", args=[MUNICIPALITY]),
        "dashboard of a youth region": reverse("monitor:area", args=["JZ17"]),
        "telling route": reverse("stories:tell"),
    }


def prepare(*, stories: int, observations: int) -> dict[str, tuple[int, int]]:
    """Fill the database in three stages; return the number of queries per page at 20 and at 2,000 rows."""
    call_command("migrate", verbosity=0)
    with pgtrigger.ignore():  # this is no house of anybody: what is only added to there begins anew here
        call_command("flush", interactive=False, verbosity=0)
    fill()  # and not the command, which keeps the code that the demo of this house gives away
    small = queries()
    seed.stories(2_000, seed=2)
    seed.waiting(2_000)
    large = queries()
    counts = {name: (small[name], large[name]) for name in small}
    seed.stories(max(0, stories - 2_000))
    seed.observations(observations)
    return counts


def coordinator_cookie() -> str:
    """A session as a coordinator has it after the second factor."""
    member = Member.objects.filter(is_coordinator=True).first()
    assert member is not None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request.session[SESSION_KEY] = str(member.pk)
    request.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    request.session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    record_authentication(request, member, "mfa", type="totp")
    request.session.save()
    return f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}"


def targets(ours: int, floor: int) -> list[Target]:
    cookie = coordinator_cookie()
    result = [
        Target("floor: bare view", floor, "/bare/"),
        Target("floor: one query, 20 rows", floor, "/rows/"),
        Target("the same, as usually written", floor, "/as-usual/"),
    ]
    return result + [Target(name, ours, path, cookie if name == "desk" else "") for name, path in paths().items()]


class Statements:
    """Keeps every statement of a request with its parameters, and the kind of cursor that ran it: one keeps plans."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, object, type[psycopg.Cursor]]] = []

    def __call__(self, execute, sql, params, many, context):
        self.seen.append((sql, params, type(context["cursor"].cursor)))
        return execute(sql, params, many, context)


def statements(name: str, path: str) -> list[tuple[str, object, type[psycopg.Cursor]]]:
    client = Client(SERVER_NAME="127.0.0.1")
    if name == "desk":
        key, _, value = coordinator_cookie().partition("=")
        client.cookies[key] = value
    kept = Statements()
    with connection.execute_wrapper(kept):
        answer = client.get(path)
        answer.content  # noqa: B018 - a lazy response is rendered here
    assert answer.status_code == 200, f"{name} answered {answer.status_code}"
    return [one for one in kept.seen if not one[0].startswith(("SAVEPOINT", "RELEASE"))]


def queries() -> dict[str, int]:
    """Of a second visit: the first one after an import draws a dashboard, and what is drawn is kept."""
    for name, path in paths().items():
        statements(name, path)
    return {name: len(statements(name, path)) for name, path in paths().items()}


def sql_times(repeat: int = 20) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile, in ms, of running a page's own statements without Django around them."""
    result = {}
    for name, path in paths().items():
        reads = [
            (sql, params, kind(connection.connection))
            for sql, params, kind in statements(name, path)
            if sql.lstrip("( \n").upper().startswith(("SELECT", "WITH"))
        ]
        times = []
        for _ in range(repeat):
            begin = time.perf_counter()
            for sql, params, cursor in reads:
                cursor.execute(sql, params)
                cursor.fetchall()
            times.append((time.perf_counter() - begin) * 1000)
        times.sort()
        result[name] = (times[repeat // 2], times[int(repeat * 0.95)])
    return result


def cold_loads(site: str) -> dict[str, dict[str, object]]:
    """Bytes over the wire, requests, hosts and cookies of a first visit to each public page, in a real browser."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not pathlib.Path(chromium).exists():
        return {}
    # Django refuses database work in a thread that runs an event loop, and Playwright's runs in this one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    addresses = {name: path for name, path in paths().items() if name != "desk"}
    from playwright.sync_api import sync_playwright

    result: dict[str, dict[str, object]] = {}
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    small = {"width": 360, "height": 780}
    with sync_playwright() as playwright, Relay(site) as relay:
        for name, path in addresses.items():
            relay.asked.clear()
            # A window as people have it: one that keeps nothing leaves out some of what a browser asks for.
            with tempfile.TemporaryDirectory() as profile:
                visitor = playwright.chromium.launch_persistent_context(
                    profile, executable_path=chromium, args=flags, viewport=small
                )
                page = visitor.pages[0]
                foreign: list[str] = []
                page.on("request", lambda request, foreign=foreign: foreign.append(request.url))
                page.goto(relay.address + path, wait_until="networkidle")
                before = -1
                while before < len(relay.asked):
                    before = len(relay.asked)
                    page.wait_for_timeout(1500)
                result[name] = {
                    "bytes": sum(relay.asked),
                    "requests": len(relay.asked),
                    "third": len([url for url in foreign if not url.startswith((relay.address, "data:"))]),
                    "cookies": len(visitor.cookies()),
                }
                visitor.close()
    return result


class Relay:
    """Passes every request on to the site and notes the bytes of each answer: the icon of a page, which a browser asks
    for by itself, stands in no list that the page or the browser's tools give."""

    def __init__(self, site: str) -> None:
        self.asked: list[int] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Passing, relay=self, site=urlsplit(site).netloc))
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "Relay":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()


class _Passing(BaseHTTPRequestHandler):
    def __init__(self, *args: Any, relay: Relay, site: str) -> None:
        self.relay, self.site = relay, site
        super().__init__(*args)

    def do_GET(self) -> None:
        there = HTTPConnection(self.site)
        there.request("GET", self.path, headers=dict(self.headers) | {"Host": self.site, "Connection": "close"})
        answer = there.getresponse()
        body = answer.read()
        head = [
            f"HTTP/1.1 {answer.status} {answer.reason}",
            *(f"{name}: {value}" for name, value in answer.getheaders()),
        ]
        whole = "\r\n".join([*head, "", ""]).encode("latin-1") + body
        self.relay.asked.append(len(whole))
        self.wfile.write(whole)
        self.close_connection = True

    def log_message(self, *_args: object) -> None:
        pass

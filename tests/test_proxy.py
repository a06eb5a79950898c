"""The proxy of production is started as it stands in deploy/, and asked what only a proxy in front can go wrong in."""

import contextlib
import gzip
import http.client
import http.server
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = b"<p>Een verhaal dat iedereen mag lezen.</p>" * 50
CADDY = pathlib.Path(sys.executable).with_name("caddy")


class _House(http.server.ThreadingHTTPServer):
    """Keeps the headers of all that reached it whole."""

    def __init__(self):
        self.seen: list[dict[str, str]] = []
        super().__init__(("127.0.0.1", 0), _Door)


class _Door(http.server.BaseHTTPRequestHandler):
    server: _House

    def do_GET(self):
        self.server.seen.append(dict(self.headers))
        self.send_response(200)
        self.send_header("Cache-Control", "no-store" if self.path == "/code/" else "private, no-cache")
        self.end_headers()
        self.wfile.write(PAGE)

    def do_POST(self):
        if len(self.rfile.read(int(self.headers["Content-Length"]))) == int(self.headers["Content-Length"]):
            self.do_GET()

    def log_message(self, *_):
        pass


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def house():
    with _House() as server:
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


@pytest.fixture
def proxy(house, tmp_path):
    """The port of a proxy of which nothing was changed but where the house is; it answers without a certificate."""
    port = _free_port()
    text = (ROOT / "deploy" / "Caddyfile").read_text()
    assert "web:8000" in text
    (tmp_path / "Caddyfile").write_text(text.replace("web:8000", f"127.0.0.1:{house.server_port}"))
    environment = {**os.environ, "SITE_HOST": f"http://127.0.0.1:{port}", "ACME_EMAIL": "beheer@example.org",
                   "HOME": str(tmp_path), "CADDY_ADMIN": f"127.0.0.1:{_free_port()}"}  # fmt: skip
    environment = {name: value for name, value in environment.items() if not name.startswith("XDG_")}
    command = [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, env=environment, stderr=log) as running:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert running.poll() is None, (tmp_path / "log").read_text()
                time.sleep(0.1)
        yield port
        running.terminate()


def ask(port, method="GET", path="/code/", **asked):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, path, **asked)
        answer = connection.getresponse()
        body = answer.read()
        return answer, (gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body).decode()


def test_the_proxy_tells_the_house_who_asks_stops_what_is_too_big_and_answers_while_it_is_away(proxy, house):
    # What a visitor wrote there is not believed; without an address everybody would be one visitor, and ten wrong
    # codes of one would close the door for all.
    answer, _ = ask(proxy, headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "gopher"})
    assert answer.status == 200
    assert answer.getheader("Server") is None
    assert house.seen[-1]["X-Forwarded-For"] == "127.0.0.1"
    assert house.seen[-1]["X-Forwarded-Proto"] == "http"  # as this one was asked; https where there is a certificate

    # The house itself says what is wrong with a text that is far too long; only beyond that the proxy does.
    assert ask(proxy, "POST", body=b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 2_000_000))[0].status == 200
    answer, page = ask(proxy, "POST", body=b"x" * 7_000_000)
    assert answer.status == 413
    assert "maak het kleiner" in page
    assert len(house.seen) == 2

    # Compressed is what everybody may read, for who has no cookie: nothing on it is a secret to be guessed by its size.
    packed = {"Accept-Encoding": "gzip"}
    answer, page = ask(proxy, path="/verhalen/", headers=packed)
    assert (answer.getheader("Content-Encoding"), page) == ("gzip", PAGE.decode())
    for path, cookie in (("/verhalen/", {"Cookie": "__Host-s=1"}), ("/code/", {}), ("/", {})):
        answer, page = ask(proxy, path=path, headers=packed | cookie)
        assert (answer.getheader("Content-Encoding"), page) == (None, PAGE.decode()), path

    house.socket.close()
    answer, page = ask(proxy)
    assert answer.status == 503
    assert answer.getheader("Retry-After") == "30"
    assert "Wat je getypt hebt is niet verstuurd" in page
    assert "Bel 112" in page

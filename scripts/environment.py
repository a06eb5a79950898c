"""Make .venv and fill it from a lock, by hash, when it is not there yet or the lock changed.

    python3 scripts/environment.py base|dev

Runs on the machine's own Python, before anything is installed, so it uses the standard library alone and is
written so that an old Python can still say which one is needed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

LEAST = (3, 11)
CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".lock"  # a copy of the lock that was installed last
REQUIREMENTS = CHECKOUT / "requirements"


class NotReady(Exception):
    """The environment cannot be made; the message says what to do."""


def main(lock_name: str) -> int:
    try:
        if _needs_newer_python():
            return 0
        lock = REQUIREMENTS / (lock_name + ".lock")
        if not _stands():
            _make()
        if not _holds(lock):
            _install(lock)
    except NotReady as problem:
        print("\n" + str(problem) + "\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run make again to go on.", file=sys.stderr)
        return 130
    except OSError as error:
        print(
            f"\nThe folder {VENV} cannot be written ({error.strerror}). "
            "Make the checkout writable, or copy it to a folder of your own.\n",
            file=sys.stderr,
        )
        return 1
    return 0


def _needs_newer_python() -> bool:
    """Hand over to a newer Python of this machine when this one is too old; True when that one did the work."""
    if sys.version_info >= LEAST:
        return False
    for name in ("python3.11", "python3.12", "python3.13", "python3.14"):
        newer = shutil.which(name)
        if newer:
            if subprocess.call([newer, *sys.argv]):
                raise NotReady(f"{newer} could not make the environment; the lines above say why.")
            return True
    raise NotReady(
        f"Python {LEAST[0]}.{LEAST[1]} or newer is needed; this is Python {sys.version.split()[0]} ({sys.executable}). "
        "On Debian: apt install python3.11 python3.11-venv. "
        "Or name another one: make run PYTHON=/path/to/python3.11"
    )


def _stands() -> bool:
    """Whether .venv is there, works, and was made in this folder (a moved one has scripts that point elsewhere)."""
    try:
        made_by = (VENV / "pyvenv.cfg").read_text()
    except OSError:
        return False
    if not made_by.rstrip().endswith(str(VENV)):
        return False
    test = [str(PYTHON), "-c", f"import sys; sys.exit(sys.version_info < {LEAST})"]
    try:
        return subprocess.call(test, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def _make() -> None:
    if VENV.is_symlink():
        # What it leads to is somebody else's, and making an environment empties the folder it is made in.
        print(f"{VENV} leads to {os.readlink(str(VENV))}, which was not made for this checkout; it stays as it is.")
        VENV.unlink()
    print("Making .venv ...", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        if not os.access(str(CHECKOUT), os.W_OK):
            raise NotReady(
                f"The folder {CHECKOUT} cannot be written. "
                "Make it writable, or copy the checkout to a folder of your own."
            )
        raise NotReady("The environment could not be made:\n" + (done.stdout + done.stderr).strip())


def _holds(lock: Path) -> bool:
    """Whether the lock is installed. The lock for developers contains the other one."""
    try:
        installed = STAMP.read_bytes()
    except OSError:
        return False
    return installed in (lock.read_bytes(), (REQUIREMENTS / "dev.lock").read_bytes())


def _install(lock: Path) -> None:
    if not os.access(str(VENV), os.W_OK):
        raise NotReady(
            f"The folder {VENV} cannot be written. Make it writable, or copy the checkout to a folder of your own."
        )
    print("Installing the parts that the house is built from ...", flush=True)
    pip = [*_pip(), "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    tools = subprocess.run([*pip, str(REQUIREMENTS / "tools.lock")], capture_output=True, text=True, check=False)
    if tools.returncode:
        raise NotReady(_why(tools))
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--require-hashes", "--python", str(PYTHON), "-r"]
    settings = dict(os.environ, UV_PYTHON_DOWNLOADS="never", VIRTUAL_ENV=str(VENV))
    if not os.access(os.path.expanduser("~"), os.W_OK):
        settings.setdefault("UV_CACHE_DIR", str(VENV / "cache"))
    if subprocess.run([*uv, str(lock)], env=settings, capture_output=True, check=False).returncode:
        # uv does not read pip's settings; where packages come from a place that only pip knows, pip does the work.
        done = subprocess.run([*pip, str(lock)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotReady(_why(done))
    shutil.copyfile(str(lock), str(STAMP))


def _pip() -> "list[str]":
    """The machine's own pip, which fills other environments since 22.3; or one in .venv, which takes five seconds."""
    try:
        from importlib.metadata import version  # noqa: PLC0415 - an old Python has no such module

        if tuple(map(int, version("pip").split(".")[:2])) >= (22, 3):
            return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    except (ImportError, ValueError):  # there is none: PackageNotFoundError is an ImportError
        pass
    done = subprocess.run([str(PYTHON), "-m", "ensurepip"], capture_output=True, text=True, check=False)
    if done.returncode:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise NotReady(
            f"This Python cannot install packages: the package {package} is missing. "
            f"On Debian: apt install {package}. Then run make again."
        )
    return [str(PYTHON), "-m", "pip"]


def _why(done: "subprocess.CompletedProcess[str]") -> str:
    last = (done.stderr or done.stdout).strip().splitlines()[-6:]
    return "\n".join(
        [
            "The packages could not be installed. Is there a connection, or a mirror in pip's settings?",
            "The same lock always installs the same files: a wrong hash means that a file was changed on its way.",
            *last,
        ]
    )


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("base", "dev"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))

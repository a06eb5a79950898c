"""Run every test, and say what was skipped and why.

    python scripts/test.py [arguments for pytest]

The browser tests walk through pages in Chromium. Where it is missing it is installed from Debian when that is
possible (root and apt-get), with its headless shell, which needs half the time; where it is not, they are skipped with
the reason.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"


def browser() -> tuple[str, str]:
    """Return the path of a Chromium, or nothing and the reason."""
    named = os.environ.get("CHROMIUM", "")
    found = named if os.access(named, os.X_OK) else next(filter(None, map(shutil.which, NAMES)), "")
    if found:
        return found, ""
    if os.geteuid():
        return "", "no Chromium here, and only root may install it (apt-get install chromium)"
    if not shutil.which("apt-get"):
        return "", "no Chromium here, and no apt-get to install it with; CHROMIUM=/path/to/chromium names one"
    print("Installing chromium ...", flush=True)
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    said = ""
    for what in (["update"], *(["install", "-y", "--no-install-recommends", name] for name in ("chromium", SHELL))):
        command = ["apt-get", "-qq", *what]
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        said = said or (done.stderr.strip() if done.returncode else "")
    found = shutil.which("chromium") or ""
    last = (said.splitlines() or ["no reason given"])[-1]
    return found, "" if found else f"no Chromium here, and apt-get could not install it: {last}"


def main(arguments: list[str]) -> int:
    path, reason = browser()
    if reason:
        print(f"SKIPPED: the browser tests: {reason}", flush=True)
    environment = dict(os.environ, CHROMIUM=path, NO_CHROMIUM=reason)
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Compiled once, beside the code's folders, instead of again in each of thirty processes.
        environment.setdefault("PYTHONPYCACHEPREFIX", str(CHECKOUT / "var" / "pycache"))
    code = subprocess.call(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "--maxschedchunk=1", *arguments],
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    if reason:
        print(f"SKIPPED: the browser tests: {reason}", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

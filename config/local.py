"""Run a command with everything it needs on one machine: embedded servers and secrets of its own.

    python -m config.local manage migrate      any management command
    python -m config.local run                 the whole site (see config/run.py)
    python -m config.local stop                stop what runs from this checkout

All data lives in the folder `var` of the checkout. `DATABASE_URL` and `REDIS_URL`, when set, replace the
embedded servers; secrets that are set are used as they are.
"""

import os
import pathlib
import secrets
import sys

from cryptography.fernet import Fernet

from config import embedded
from core import env

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
VAR = CHECKOUT / "var"


def prepare(root: pathlib.Path = VAR, *, durable: bool = True) -> bool:
    """Fill the environment for the settings; start the embedded servers, and return True, unless both are replaced."""
    own = fill(root)
    if own:
        embedded.start(root, durable=durable)
    return own


def fill(root: pathlib.Path) -> bool:
    """Fill the environment for the settings, and return whether the embedded servers still have to be started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    own = not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
    if own:
        servers = embedded.servers(root)
        os.environ.setdefault("DATABASE_URL", servers.database_url)
        os.environ.setdefault("REDIS_URL", servers.redis_url)
    env.address("DATABASE_URL", *env.DATABASES)
    env.address("REDIS_URL", *env.QUEUES)
    for name, value in _secrets(root).items():
        os.environ.setdefault(name, value)
    return own


def _secrets(root: pathlib.Path) -> dict[str, str]:
    """Secrets for this checkout alone, made once: stories are encrypted with them, so they must last."""
    path = root / "secrets.env"
    if not path.exists():
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = [
            f"SECRET_KEY={secrets.token_urlsafe(50)}",
            f"ENCRYPTION_KEYS={Fernet.generate_key().decode()}",
            f"CODE_PEPPER={secrets.token_urlsafe(32)}",
        ]
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join(lines) + "\n")
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


def manage(arguments: list[str]) -> int:
    from config import run

    os.environ.setdefault("SITE_URL", run.address())
    prepare()
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", *arguments])
        return 0
    finally:
        embedded.release(VAR)


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in ("manage", "run", "stop"):
        print(__doc__)
        return 2
    try:
        if arguments[0] == "manage":
            return manage(arguments[1:])
        from config import run

        return run.stop() if arguments[0] == "stop" else run.main()
    except (embedded.CannotRun, env.SettingError) as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except OSError as error:
        if not error.filename:
            raise
        print(f"\n{error.filename} cannot be used: {error.strerror}.\n", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Make the database and the static files ready for `make run`, and say on standard output how to look around."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from redis.exceptions import RedisError


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cache.get("any")
        except RedisError as error:
            raise CommandError("Valkey does not answer. Is REDIS_URL right?") from error
        try:
            call_command("install", verbosity=0, stdout=self.stderr)
        except OperationalError as error:
            reason = " ".join(str(error).split())
            raise CommandError(f"The database does not answer. Is DATABASE_URL right? ({reason})") from error
        call_command("seed", "--if-empty", stdout=self.stderr)
        collect_when_changed()
        call_command("demo_logins", stdout=self.stdout)


def collect_when_changed() -> bool:
    """Collect the static files unless none changed since the last time; return whether it did."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(root.name + ".stamp")
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            found.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    if root.exists() and stamp.exists() and stamp.read_text() == found.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(found.hexdigest())
    return True

"""Logging by allow-list: what is not named here does not reach a log.

Story text, codes, addresses and query strings travel in request bodies, arguments and exception messages; so a
line holds the template of the message without its arguments unless they are plain numbers, and of an
exception its type and place, never its text.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

_SAFE_EXTRA = ("status_code", "task", "job", "count", "seconds", "entry", "kind")
# Loggers whose messages are about the server itself.
_SERVER = ("gunicorn", "celery", "config", "kombu")


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": self._event(record),
        }
        line |= {name: getattr(record, name) for name in _SAFE_EXTRA if _plain(getattr(record, name, None))}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in traceback.extract_tb(record.exc_info[2])
            ][-6:]
        return json.dumps(line)

    def _event(self, record: logging.LogRecord) -> str:
        if record.name.split(".")[0] in _SERVER and not record.exc_info:
            return record.getMessage()[:300]
        return str(record.msg)[:200] if not record.args or "%" in str(record.msg) else ""


def _plain(value: object) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and len(value) <= 60 and value.replace("_", "").replace(".", "").isalnum()
    )

"""Logging by allow-list: what is not named here does not reach a log.

Story text, codes, addresses and query strings travel in request bodies, arguments and exception messages, and so do
the IP addresses that a web server mentions. A line therefore holds where in the code it was written; the text of
the message with only plain numbers (and the names of jobs) filled in; and of an exception its type and place,
never its words. A message that comes ready-made from a library is left out: nobody can tell what is in it.
"""

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

_SAFE_EXTRA = ("status_code", "task", "job", "count", "seconds", "entry", "kind", "seal")
_SAFE_KEYS = ("name", "id", "runtime")  # in the messages of Celery: which job, its number, how long it took
# A house rule (tests/test_house_rules.py) holds that these log literal text only.
_OURS = ("config", "portal", "letters", "monitor", "actionteams", "stories", "movement", "core")
_FIELD = re.compile(r"%(?:\((\w+)\))?[-#0 +]*[\d.]*([a-zA-Z%])")
HIDDEN = "…"


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "from": f"{record.filename}:{record.lineno}",
            "event": _event(record),
        }
        line |= {name: getattr(record, name) for name in _SAFE_EXTRA if _plain(getattr(record, name, None))}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in traceback.extract_tb(record.exc_info[2])
            ][-6:]
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    template, values = record.msg, record.args
    if not isinstance(template, str):
        return ""
    if not values:
        return template[:200] if record.name.split(".")[0] in _OURS else ""
    rest = iter(values if isinstance(values, tuple) else ())

    def fill(field: re.Match[str]) -> str:
        name, kind = field.groups()
        if kind == "%":
            return "%"
        if name is not None:
            known = values.get(name) if isinstance(values, Mapping) else None
            return str(known) if name in _SAFE_KEYS and _plain(known) else HIDDEN
        value = next(rest, None)
        return str(value) if isinstance(value, int | float) else HIDDEN

    return _FIELD.sub(fill, template)[:200]


def _plain(value: object) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and len(value) <= 60 and re.fullmatch(r"[A-Za-z0-9_.-]+", value) is not None
    )

"""The benchmark: `make bench`. Seeds, starts our site and the floor, and measures both in turn in one run.

Prints a table and writes it to docs/performance.md. Nothing here passes or fails: figures are compared by people, as
ratios within one run. `STORIES`, `OBSERVATIONS`, `ROUNDS` and `REQUESTS` in the environment make it smaller; `SEED=no` measures
what an earlier run left in var/bench (seeding takes minutes).
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
import urllib.request
from types import ModuleType

from config import embedded, local, messages

ROOT = pathlib.Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
OURS, FLOOR = 8931, 8932
MUNICIPALITY = "GM0200"


def number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def main() -> int:
    os.environ["SITE_URL"] = f"http://127.0.0.1:{OURS}"
    os.environ["STATIC_ROOT"] = str(VAR / "static")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    messages.compile_messages()
    started = local.prepare(VAR, durable=False)
    try:
        return measure()
    finally:
        if started:
            embedded.stop(VAR)


def measure() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from bench import pages, report

    call_command("collectstatic", interactive=False, verbosity=0)
    counts = counted(pages)
    servers = {OURS: serve(OURS, "config.wsgi:application"), FLOOR: serve(FLOOR, "bench.floor.wsgi:application")}
    try:
        targets = pages.targets(OURS, FLOOR)
        rounds(targets, servers)
        cold = pages.cold_loads(f"http://127.0.0.1:{OURS}")
    finally:
        for process in servers.values():
            process.terminate()
        for process in servers.values():
            process.wait(20)
    sql = pages.sql_times()
    text = report.markdown(targets, counts, cold, sql, stories=number("STORIES", 100_000))
    print(text)
    if number("STORIES", 100_000) >= 100_000:
        report.write(ROOT / "docs" / "performance.md", text)
    (VAR / "last.json").write_text(json.dumps({t.name: [v.__dict__ for v in t.visits] for t in targets}, indent=1))
    return 0


def counted(pages: ModuleType) -> dict[str, tuple[int, int]]:
    """Seed, and return the number of queries of each page at 20 and at 2,000 rows."""
    kept = VAR / "counts.json"
    if os.environ.get("SEED") != "no" or not kept.exists():
        counts = pages.prepare(stories=number("STORIES", 100_000), observations=number("OBSERVATIONS", 1_000_000))
        kept.write_text(json.dumps(counts))
    return {name: tuple(pair) for name, pair in json.loads(kept.read_text()).items()}


def rounds(targets: list, servers: dict[int, subprocess.Popen[bytes]]) -> None:
    """Visit every page in turn, round after round, so that a slow moment of the machine hits all alike."""
    from bench.load import visit

    requests = number("REQUESTS", 400)
    for target in targets:
        visit(target, servers[target.port].pid, requests=24)
    for turn in range(number("ROUNDS", 5)):
        for target in targets[turn % len(targets) :] + targets[: turn % len(targets)]:
            target.visits.append(visit(target, servers[target.port].pid, requests=requests))
        spread = statistics.median(t.visits[-1].cpu_ms for t in targets)
        print(f"round {turn + 1}: median of the pages {spread:.2f} ms", file=sys.stderr)


def serve(port: int, application: str) -> subprocess.Popen[bytes]:
    """Start gunicorn as `make run` does, without access log, and wait for its first answer."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2",
         "--worker-class", "gthread", "--threads", "4", "--config", "python:bench.gunicorn"],
        cwd=ROOT, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    path = "/hulp/" if port == OURS else "/bare/"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2).close()
            return process
        except OSError:
            if process.poll() is not None:
                raise SystemExit(f"The server on port {port} ended before it answered.") from None
            time.sleep(0.1)
    raise SystemExit(f"The server on port {port} did not answer within 30 s.")


if __name__ == "__main__":
    sys.exit(main())

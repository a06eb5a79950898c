"""Asking a server for a page many times, and reading what that cost the server.

The figure to trust is the server's processor time per request (user + system of its whole process tree); requests
per second and latencies depend on who else uses the machine. Loopback only, and a fixed number of requests.
"""

import http.client
import os
import pathlib
import threading
import time
from dataclasses import dataclass, field

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Visit:
    """What one round of requests to one page showed."""

    cpu_ms: float
    per_second: float
    p50_ms: float
    p99_ms: float
    failed: int


@dataclass
class Target:
    """A page to measure: which server, which path, which cookie, and the rounds so far."""

    name: str
    port: int
    path: str
    cookie: str = ""
    visits: list[Visit] = field(default_factory=list)


def tree(pid: int) -> list[int]:
    """The process and all that came from it."""
    found = [pid]
    for parent in found:
        for task in pathlib.Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found


def cpu_seconds(pid: int) -> float:
    total = 0
    for process in tree(pid):
        try:
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def visit(target: Target, server: int, *, requests: int, clients: int = 4) -> Visit:
    """Ask `requests` times over `clients` kept connections; `server` is the pid of the server's first process."""
    times: list[float] = []
    failed = [0]
    share = requests // clients

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=60)
        headers = {"Cookie": target.cookie} if target.cookie else {}
        for _ in range(share):
            begin = time.perf_counter()
            connection.request("GET", target.path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - begin)
            failed[0] += answer.status != 200
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    before, begin = cpu_seconds(server), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, cost = time.perf_counter() - begin, cpu_seconds(server) - before
    times.sort()
    done = len(times)
    return Visit(
        cpu_ms=cost / done * 1000,
        per_second=done / took,
        p50_ms=times[done // 2] * 1000,
        p99_ms=times[min(done - 1, int(done * 0.99))] * 1000,
        failed=failed[0],
    )

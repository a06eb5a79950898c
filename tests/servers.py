"""A pytest plugin, loaded before the settings: the tests run on embedded servers of their own.

With `-n` each worker has its own database (pytest-django), its own broker number and its own static files. The
databases are copies of one that was migrated once, see tests/database.py.
"""

import gc
import os
import pathlib
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from config import embedded, local, messages
from tests.database import begin_template, wait_for

# A page makes thousands of objects and leaves few circles. Looking for them each seven hundred objects, as Python does
# by itself, takes a sixth of the time of all tests.
gc.set_threshold(100_000, 50, 50)

ROOT = pathlib.Path(__file__).resolve().parent.parent / "var" / "test"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
STARTING: list[Future[str]] = []  # the servers, while the tests are being read


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    static = ROOT / f"static{WORKER}"
    os.environ["STATIC_ROOT"] = str(static)
    static.mkdir(parents=True, exist_ok=True)
    if WORKER:
        # The servers run already, started by who started this worker; clearing a cache must not reach a neighbour's.
        os.environ["REDIS_URL"] += f"?db={int(WORKER.removeprefix('gw')) + 1}"
        return
    messages.compile_messages()
    if local.fill(ROOT):
        STARTING.append(ThreadPoolExecutor().submit(_start))


def _start() -> str:
    embedded.start(ROOT, durable=False)
    return begin_template(os.environ["DATABASE_URL"])


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """Workers begin after this, and find the servers running."""
    for starting in STARTING:
        os.environ["TEST_TEMPLATE"] = starting.result()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Whatever was left open is found here once; pytest looks five times, and each look goes past all objects."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    for starting in STARTING:
        if starting.exception() is None:
            wait_for(os.environ["DATABASE_URL"])  # nothing is cut off halfway
        embedded.release(ROOT)

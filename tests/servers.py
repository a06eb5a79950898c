"""A pytest plugin, loaded before the settings: the tests run on embedded servers of their own."""

import os
import pathlib

import pytest

from config import embedded, local, messages

ROOT = pathlib.Path(__file__).resolve().parent.parent / "var" / "test"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ["STATIC_ROOT"] = str(ROOT / "static")
    (ROOT / "static").mkdir(parents=True, exist_ok=True)
    messages.compile_messages()
    local.prepare(ROOT, durable=False)


def pytest_unconfigure() -> None:
    embedded.release(ROOT)

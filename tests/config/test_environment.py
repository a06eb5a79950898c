"""The environment of a checkout: made in the checkout, and in nobody else's folder."""

import importlib.util
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """The script, in a checkout of its own."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "scripts" / "environment.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name, place in {
        "CHECKOUT": checkout,
        "VENV": checkout / ".venv",
        "PYTHON": checkout / ".venv/bin/python",
    }.items():
        monkeypatch.setattr(script, name, place)
    return script


@pytest.mark.parametrize("there", [True, False])
def test_a_link_to_somebody_elses_environment_is_replaced_and_what_it_leads_to_stays(
    environment, tmp_path, capsys, there
):
    theirs = tmp_path / "theirs"
    if there:
        theirs.mkdir()
        (theirs / "pyvenv.cfg").write_text(f"command = {sys.executable} -m venv {theirs}\n")
    environment.VENV.symlink_to(theirs)
    assert not environment._stands()
    environment._make()
    assert environment._stands()
    assert not environment.VENV.is_symlink()
    assert theirs.exists() is there
    if there:
        assert [path.name for path in theirs.iterdir()] == ["pyvenv.cfg"], "nothing was emptied"
    assert str(theirs) in capsys.readouterr().out


@pytest.mark.parametrize("pip", ["", "20.3.4"])
def test_a_python_without_a_pip_that_will_do_says_which_package_to_install(environment, tmp_path, monkeypatch, pip):
    def version(_name):
        if not pip:
            raise PackageNotFoundError
        return pip

    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\nexit 1\n")  # has no ensurepip either
    bare.chmod(0o755)
    monkeypatch.setattr(environment, "PYTHON", bare)
    monkeypatch.setattr("importlib.metadata.version", version)
    with pytest.raises(environment.NotReady, match=r"apt install python3\.\d+-venv"):
        environment._pip()


def test_who_stops_it_halfway_sees_no_traceback(environment, monkeypatch, capsys):
    def stopped():
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "_stands", stopped)
    assert environment.main("base") == 130
    assert "make again" in capsys.readouterr().err

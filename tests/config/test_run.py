"""`make run`: what it knows of the database that it meets, and what it says when something is not right."""

import contextlib
import os
import shutil
from types import SimpleNamespace
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from config import embedded, local, messages, run
from core import env


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Start the site, without processes and servers; whether the database was made ready before the page was asked."""
    var = tmp_path / "var"
    for name in ("LOCK", "READY", "LOGS", "MAIL"):
        monkeypatch.setattr(run, name, var / getattr(run, name).name)
    monkeypatch.setattr(local, "VAR", var)
    monkeypatch.setattr(run, "_stops_by_signal", contextlib.nullcontext)
    monkeypatch.setattr(run, "_listener", lambda port: SimpleNamespace(fileno=lambda: 0))
    monkeypatch.setattr(messages, "compile_messages", lambda: 0)
    monkeypatch.setattr(embedded, "release", lambda root: None)
    monkeypatch.setattr(run.Children, "start", lambda *args, **kwargs: None)

    def servers():
        """Both are replaced, or not; a cluster that is not there is made anew."""
        own = not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
        if own:
            (var / "postgres").mkdir(exist_ok=True)
            if not (var / "postgres" / "PG_VERSION").exists():
                (var / "postgres" / "PG_VERSION").write_text("18")
        os.environ.setdefault("DATABASE_URL", "postgresql:///ours")
        return own

    def told(*args, **kwargs):
        raise run.Told

    monkeypatch.setattr(local, "prepare", servers)
    monkeypatch.setattr(run.Children, "watch", told)

    def one(**settings):
        done = []

        def prepared():
            done.append("ready")
            return "Welcome."

        with pytest.MonkeyPatch.context() as patch, mock.patch.dict(os.environ):
            for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_HOST", "EMAIL_PORT"):
                os.environ.pop(name, None)
            os.environ.update(settings)
            patch.setattr(run, "_prepare_database", prepared)
            patch.setattr(run, "_wait_for_page", lambda port, children: done.append("page"))
            assert run.main() == 0
        return done[0] == "ready"

    return one


def test_a_database_that_was_made_ready_before_is_looked_over_while_the_site_is_open(start):
    assert start()
    assert not start()


def test_every_other_database_is_made_ready_first(start):
    theirs = {"DATABASE_URL": "postgresql://else/one", "REDIS_URL": "redis://else"}
    assert start(**theirs)
    assert start(), "ours was never made ready"
    assert start(DATABASE_URL="postgresql://else/two"), "what stands on their server is not ours to know"
    assert start(DATABASE_URL="postgresql://else/two"), "it may be another one under the same name by now"
    assert not start(), "ours still is"


def test_a_cluster_or_static_files_that_were_thrown_away_are_made_first(start):
    start()
    shutil.rmtree(local.VAR / "postgres")
    assert start()
    (local.VAR / "static").mkdir()
    (local.VAR / "static" / "staticfiles.json").write_text("{}")
    start()
    assert not start()
    shutil.rmtree(local.VAR / "static")
    assert start()


def test_a_newcomer_hears_where_the_mail_lies(start, capsys):
    start()
    assert f"Mail lies in {local.VAR / 'mail'}" in capsys.readouterr().out
    start(EMAIL_HOST="mail.example.org")
    assert "Mail lies" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "value",
    ["nonsense", "mysql://x", "postgresql://house:a/b@database:5432/house", "postgresql://house:geheim#1@d/house",
     "postgresql://[::1/house"],
)  # fmt: skip
def test_an_address_that_is_none_is_said_in_a_sentence_without_its_password(monkeypatch, tmp_path, capsys, value):
    monkeypatch.setenv("DATABASE_URL", value)
    monkeypatch.setattr(local, "VAR", tmp_path)
    monkeypatch.setattr(local, "prepare", lambda: local.fill(tmp_path))
    with mock.patch.dict(os.environ):
        assert local.main(["manage", "check"]) == 1
    said = capsys.readouterr().err.strip()
    assert said.startswith("DATABASE_URL is not an address")
    assert "\n" not in said
    assert value not in said
    assert "geheim" not in said


@pytest.mark.parametrize("value", ["nonsense", "http://queue", "redis://:a/b@queue:6379/0"])
def test_so_is_that_of_the_queue(monkeypatch, value):
    monkeypatch.setenv("REDIS_URL", value)
    with pytest.raises(env.SettingError, match="REDIS_URL is not an address"):
        env.address("REDIS_URL", *env.QUEUES)


@pytest.mark.parametrize("value", ["redis://none", "unix:///run/valkey.sock?db=3", "rediss://:pw@queue:6379/0"])
def test_an_address_that_is_one_is_taken(monkeypatch, value):
    monkeypatch.setenv("REDIS_URL", value)
    assert env.address("REDIS_URL", *env.QUEUES) == value


def test_a_queue_that_does_not_answer_is_said_in_a_sentence(db, settings):
    settings.CACHES = {"default": {"BACKEND": "core.cache.ValkeyCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    with pytest.raises(CommandError, match=r"Is REDIS_URL right\?"):
        call_command("prepare")


def test_who_stops_it_halfway_sees_no_traceback(monkeypatch, capsys):
    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(local, "manage", stopped)
    assert local.main(["manage", "prepare"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_only_the_run_itself_hears_a_key_that_stops_it(monkeypatch, tmp_path):
    (tmp_path / "manage.py").write_text("import os; print(os.getsid(0) == os.getpid())")
    monkeypatch.setattr(local, "CHECKOUT", tmp_path)
    assert run._prepare_database().strip() == "True"


def test_the_demo_is_told_of_at_the_address_where_the_site_runs(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "LOCK", tmp_path / "run.lock")
    monkeypatch.setattr(local, "VAR", tmp_path)
    monkeypatch.setenv("PORT", "8124")
    assert run.address() == "http://127.0.0.1:8124"
    with run._only_one(8123):
        assert run.address() == "http://127.0.0.1:8123"
    assert run.address() == "http://127.0.0.1:8124"

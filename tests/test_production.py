"""The production files: no container engine is needed to see that they fit the house, and that what they name runs."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from cryptography.fernet import Fernet

from config import beat
from config.celery import app as celery
from tests.database import copied

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
SECRETS = ("SECRET_KEY", "ENCRYPTION_KEYS", "CODE_PEPPER", "POSTGRES_PASSWORD", "VALKEY_PASSWORD")
READ = re.compile(r'env\.(?:text|flag|number|words|address)\(\s*"([A-Z_]+)"')
GUNICORN = re.compile(r'environ\.get\("([A-Z_]+)"\)')
MANUAL = (ROOT / "docs" / "operations.md").read_text()
OF_THE_IMAGE = ("STATIC_ROOT", "BIND", "DEBUG")  # the first two are set by the Dockerfile, the last by nobody
OF_THE_HOST = {
    "SITE_URL", "ALLOWED_HOSTS", "BEHIND_PROXY", "FORWARDED_ALLOW_IPS", "DATABASE_URL", "REDIS_URL",
}  # fmt: skip
# What has no default, as somebody fills it in.
FILLED_IN = {
    "SITE_HOST": "example.org", "SECRET_KEY": "k" * 60, "CODE_PEPPER": "p" * 43,
    "ENCRYPTION_KEYS": Fernet.generate_key().decode(), "POSTGRES_PASSWORD": "a" * 64, "VALKEY_PASSWORD": "b" * 64,
    "EMAIL_HOST": "mail.example.org", "MAIL_FROM": "post@example.org", "SECURITY_CONTACT": "mailto:veilig@example.org",
}  # fmt: skip


def test_the_compose_file_fits_the_schema_of_the_compose_specification():
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_has_no_default_anywhere(name):
    uses = re.findall(r"\$\{" + name + r"\b([^}]*)\}", (ROOT / "docker-compose.yml").read_text())
    assert uses
    assert all(use.startswith(":?") for use in uses)
    assert f"\n{name}=\n" in (ROOT / ".env.example").read_text()


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_runs_with_as_little_as_it_can(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert name == "migrate" or service["healthcheck"]["test"]
    assert ("ports" in service) == (name == "proxy")


def test_the_image_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["10001:10001"]
    assert not any(name in line for line in lines for name in SECRETS if "ENV" in line)


def test_every_setting_is_written_down_and_reaches_every_process_of_ours():
    read = READ.findall((ROOT / "config" / "settings.py").read_text())
    read += GUNICORN.findall((ROOT / "gunicorn.conf.py").read_text())
    table = MANUAL.split("\n## Settings\n")[1].split("\n## ")[0]
    named = {name for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert len(read) > 40
    assert set(read) == named
    for name in OURS:
        assert set(SERVICES[name]["environment"]) == named - set(OF_THE_IMAGE), name


def test_the_manual_says_which_names_cannot_stand_in_the_file():
    settings = MANUAL.split("\n## Settings\n")[1].split("\n## ")[0]
    before, table = settings.split("\n| name |")
    elsewhere = {name for name in re.findall(r"`([A-Z_]+)`", before) if re.search(rf"`{name}`", table)}
    assert elsewhere == OF_THE_HOST | set(OF_THE_IMAGE)
    assert "every name of the table can stand but nine" in before
    assert len(elsewhere) == 9


def test_what_somebody_writes_in_the_file_is_what_the_processes_get():
    given = {name: f"value-of-{name}" for name in SERVICES["web"]["environment"]}
    got = composed("web", {**FILLED_IN, **given})
    assert {name for name in got if f"value-of-{name}" not in got[name]} == OF_THE_HOST


def test_what_nobody_filled_in_is_as_if_it_were_not_there():
    """Compose passes an empty value on; each setting then has the value that the manual promises."""
    everything = (
        "import json; from django.conf import settings as s; s.DEBUG;"
        "print(json.dumps({n: str(getattr(s, n)) for n in dir(s) if n.isupper()}))"
    )
    filled_in = composed("web", FILLED_IN)
    found = []
    for values in (filled_in, {name: value for name, value in filled_in.items() if value}):
        environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **values}
        done = subprocess.run(
            [sys.executable, "-c", everything], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found.append(json.loads(done.stdout))
    assert found[0] == found[1]
    assert found[0]["DESK_STAFFED"] == "ma-vr 9-17"


def test_the_manual_says_how_to_make_every_secret_and_how_to_replace_one():
    for name in SECRETS:
        assert re.search(rf"`{name}`[^\n]*python -c", MANUAL), name
    made = re.search(r"`POSTGRES_PASSWORD`[^\n]*`(python -c [^`]+)`", MANUAL)
    assert made
    password = subprocess.run(
        [sys.executable, *shlex.split(made.group(1))[1:]], capture_output=True, text=True, check=True
    ).stdout.strip()
    address = composed("web", {**FILLED_IN, "POSTGRES_PASSWORD": password})["DATABASE_URL"]
    assert urlsplit(address).password == password
    assert len(password) > 40
    assert "manage.py rotate_keys" in MANUAL.split("\n## Rotate keys\n")[1].split("\n## ")[0]


def composed(service, given):
    """What Compose makes of the environment of a service, with what somebody wrote in `.env`."""

    def put(hit):
        name, sign, rest = hit.groups()
        assert given.get(name) or sign != ":?", f"{name} has no value"
        return given.get(name) or rest or ""

    values = SERVICES[service]["environment"].items()
    return {name: re.sub(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", put, str(value)) for name, value in values}


@pytest.mark.long
def test_every_command_of_the_compose_file_runs_here(tmp_path):
    """Migrate, then web, worker and beat side by side, with the settings of production and two servers of our own."""
    # The command that migrated what is copied here was the same one: see tests/database.py.
    with copied("production") as database:
        run_every_command(tmp_path, database)


def run_every_command(tmp_path, database):
    environment = production(database)
    subprocess.run(command("migrate", tmp_path), cwd=ROOT, env=environment, check=True, capture_output=True)
    running, logs = {}, {}
    try:
        for name in ("web", "worker", "beat"):
            logs[name] = tmp_path / f"{name}.log"
            with logs[name].open("wb") as log:
                running[name] = subprocess.Popen(
                    command(name, tmp_path), cwd=ROOT, env=environment, stdout=log, stderr=log
                )
        health = healthy(environment["BIND"])
        assert b'"database": "ok", "queue": "ok"' in health, logs["web"].read_text()
        until(lambda: "ready" in logs["worker"].read_text() or "tasks" in logs["worker"].read_text(), "the worker")
        until(lambda: "The last beat was" in check_of_beat(tmp_path, environment), "beat")
        assert all(process.poll() is None for process in running.values())
    finally:
        for process in running.values():
            process.terminate()
        codes = {name: process.wait(30) for name, process in running.items()}
    assert codes == {"web": 0, "worker": 0, "beat": 0}


def check_of_beat(folder, environment):
    words = [word.replace("/tmp/", f"{folder}/") for word in SERVICES["beat"]["healthcheck"]["test"][1:]]
    words[0] = sys.executable
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


@pytest.mark.parametrize(("age", "code"), [(20, 0), (140, 0), (200, 1), (None, 1)])
def test_the_check_of_beat_says_how_old_the_last_beat_is(tmp_path, age, code):
    file = tmp_path / "beat-schedule.dat"
    if age is not None:
        file.touch()
        os.utime(file, (time.time() - age,) * 2)
    done = subprocess.run(
        [sys.executable, "-m", "config.beat", str(tmp_path / "beat-schedule")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert re.search(rf"{age} s ago|There was no beat", done.stdout), done.stdout + done.stderr


def test_each_beat_is_written_down():
    assert celery.conf.beat_sync_every == 1
    assert celery.conf.beat_schedule["heartbeat"]["schedule"] < beat.LATE / 4


def production(database):
    """The environment of our services, with the servers of the tests in the place of those beside them."""
    kept = ("PATH", "REDIS_URL", "STATIC_ROOT", "PYTHONPYCACHEPREFIX")
    ours = {name: os.environ[name] for name in kept if name in os.environ}
    address = {"DATABASE_URL": database, "BIND": f"127.0.0.1:{free_port()}"}
    return {**composed("web", FILLED_IN), **ours, **address}


def command(name, folder):
    words = [word.replace("/tmp/", f"{folder}/") for word in SERVICES[name]["command"]]
    return [sys.executable if word == "python" else word for word in words]


def healthy(address):
    request = urllib.request.Request(f"http://{address}/gezond/", headers={"Host": "localhost"})
    for _ in range(300):
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.1)
    return b"no answer"


def until(true, what):
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    pytest.fail(f"{what} did not start")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

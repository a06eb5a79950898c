"""The production files: no container engine is needed to see that they fit the house, and that what they name runs."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet

from tests.database import copied

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
SECRETS = ("SECRET_KEY", "ENCRYPTION_KEYS", "CODE_PEPPER", "POSTGRES_PASSWORD", "VALKEY_PASSWORD")
READ = re.compile(r'env\.(?:text|flag|number|words)\(\s*"([A-Z_]+)"(,)?')


def test_the_compose_file_fits_the_schema_of_the_compose_specification():
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_has_no_default_anywhere(name):
    uses = re.findall(r"\$\{" + name + r"([^}]*)\}", (ROOT / "docker-compose.yml").read_text())
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


def test_every_setting_without_a_default_is_given_and_every_other_one_is_written_down():
    wanted = READ.findall((ROOT / "config" / "settings.py").read_text())
    manual = (ROOT / "docs" / "operations.md").read_text()
    for name, default in wanted:
        assert f"`{name}`" in manual, f"{name} is not in docs/operations.md"
        if not default and name not in ("DEBUG", "EMAIL_USE_TLS", "SECRET_KEY_FALLBACKS"):
            assert name in SERVICES["web"]["environment"], f"{name} is not in docker-compose.yml"


@pytest.mark.long
def test_every_command_of_the_compose_file_runs_here(tmp_path):
    """Migrate, then web, worker and beat side by side, with the settings of production and two servers of our own."""
    # The command that migrated what is copied here was the same one: see tests/database.py.
    with copied("production") as database:
        run_every_command(tmp_path, database)


def run_every_command(tmp_path, database):
    environment = {
        **{name: str(value) for name, value in SERVICES["web"]["environment"].items() if "$" not in str(value)},
        **{name: os.environ[name] for name in ("PATH", "REDIS_URL", "STATIC_ROOT")},
        **{name: value for name, value in os.environ.items() if name == "PYTHONPYCACHEPREFIX"},
        "SITE_URL": "https://example.org", "ALLOWED_HOSTS": "example.org,web,localhost",
        "SECRET_KEY": "k" * 60, "CODE_PEPPER": "p" * 43, "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "EMAIL_HOST": "mail.example.org", "EMAIL_PORT": "587", "EMAIL_USE_TLS": "1", "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "", "MAIL_FROM": "post@example.org", "SECURITY_CONTACT": "mailto:veilig@example.org",
        "BIND": f"127.0.0.1:{free_port()}", "DATABASE_URL": database,
    }  # fmt: skip
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
        until(lambda: list(tmp_path.glob("beat-schedule*")), "beat")
        assert all(process.poll() is None for process in running.values())
    finally:
        for process in running.values():
            process.terminate()
        codes = {name: process.wait(30) for name, process in running.items()}
    assert codes == {"web": 0, "worker": 0, "beat": 0}


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

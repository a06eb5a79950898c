"""Each system check is shown to speak and to be silent."""

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks

KEY = Fernet.generate_key().decode()
GOOD = {
    "SITE_URL": "https://example.org",
    "DEBUG": False,
    "ENCRYPTION_KEYS": [KEY],
    "CODE_PEPPER": "p" * 43,
    "SECRET_KEY": "s" * 60,
    "SECURE_HSTS_SECONDS": 63_072_000,
    "DEFAULT_FROM_EMAIL": "post@example.org",
    "SECURITY_CONTACT": "mailto:veilig@example.org",
}


@pytest.fixture
def ours(settings, monkeypatch):
    monkeypatch.setenv("EMAIL_HOST", "mail.example.org")

    def ask(**wrong):
        for name, value in {**GOOD, **wrong}.items():
            setattr(settings, name, value)
        found = run_checks(include_deployment_checks=True)
        assert all(one.hint for one in found if str(one.id).startswith("draad."))
        return {one.id for one in found if str(one.id).startswith("draad.")}

    return ask


def test_good_settings_raise_no_question(ours):
    assert ours() == set()


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"ENCRYPTION_KEYS": []}, {"draad.E001"}),
        ({"ENCRYPTION_KEYS": [KEY, "not a key"]}, {"draad.E002"}),
        ({"SECRET_KEY": KEY}, {"draad.E003"}),
        ({"CODE_PEPPER": "short"}, {"draad.E004"}),
        ({"DEBUG": True}, {"draad.E005"}),
        ({"SITE_URL": "http://example.org"}, {"draad.E006"}),
        ({"SECURE_HSTS_SECONDS": 3600}, {"draad.E007"}),
        ({"DEFAULT_FROM_EMAIL": "Huis <post@localhost>"}, {"draad.W009"}),
        ({"SECURITY_CONTACT": "https://example.org/hulp/"}, {"draad.W010"}),
        ({"DESK_STAFFED": "altijd"}, {"draad.E011"}),
        ({"DESK_CLOSED": "kerst"}, {"draad.E011"}),
    ],
)
def test_a_wrong_setting_is_named(ours, wrong, expected):
    assert ours(**wrong) == expected


def test_a_missing_mail_server_is_named(ours, monkeypatch):
    monkeypatch.delenv("EMAIL_HOST")
    assert ours() == {"draad.W008"}

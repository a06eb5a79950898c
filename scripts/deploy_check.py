"""Run Django's deployment checks on the settings as they would be in production, with keys made for this run."""

import os
import secrets
import sys
from pathlib import Path

from cryptography.fernet import Fernet

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SITE_URL": "https://example.org",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    "CODE_PEPPER": secrets.token_urlsafe(32),
    "DATABASE_URL": "postgresql:///none",
    "REDIS_URL": "redis://:secret@queue:6379/0",
    "EMAIL_HOST": "mail.example.org",
    "MAIL_FROM": "post@example.org",
    "SECURITY_CONTACT": "mailto:security@example.org",
    "BEHIND_PROXY": "1",
    "DEBUG": "0",
}
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])

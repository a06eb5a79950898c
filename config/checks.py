"""Questions that the house asks about its own settings before it starts. Each has an id and says what to do."""

import os
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Remark
from django.core.exceptions import ImproperlyConfigured

from stories import staffed

YEAR = 31_536_000  # seconds: the least that internet.nl accepts for HSTS
LEAST_PEPPER = 24  # characters; 32 random bytes in base64 are 43
NEW_KEY = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
NEW_VALUE = 'python -c "import secrets; print(secrets.token_urlsafe(50))"'


@register(Tags.security)
def keys(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The keys with which stories are encrypted and story codes are hashed."""
    found: list[CheckMessage] = []
    for number, key in enumerate(settings.ENCRYPTION_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            found.append(
                Error(
                    f"Key {number} in ENCRYPTION_KEYS is not a Fernet key.",
                    hint=f"Make one: {NEW_KEY}",
                    id="draad.E002",
                )
            )
    secrets = [settings.SECRET_KEY, settings.CODE_PEPPER, *settings.ENCRYPTION_KEYS]
    if len(set(secrets)) < len(secrets):
        found.append(
            Error(
                "The same secret is used twice among SECRET_KEY, CODE_PEPPER and ENCRYPTION_KEYS.",
                hint="Give each a value of its own, so that a leak of one opens nothing else.",
                id="draad.E003",
            )
        )
    return found


@register()
def hours(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """When somebody is at the desk stands on the page on which people tell: it has to be readable."""
    try:
        staffed.of_the_desk()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/operations.md shows how they are written.", id="draad.E011")]
    return []


@register(Tags.security, deploy=True)
def in_production(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """What `check --deploy` asks on top of Django's own questions."""
    questions: list[tuple[bool, str, str, str]] = [
        (
            not settings.ENCRYPTION_KEYS,
            "draad.E001",
            "ENCRYPTION_KEYS is empty.",
            f"Make a key, and keep a copy apart from the back-ups: {NEW_KEY}",
        ),
        (
            len(settings.CODE_PEPPER) < LEAST_PEPPER,
            "draad.E004",
            f"CODE_PEPPER has fewer than {LEAST_PEPPER} characters.",
            f"Make one before the first story is told; changing it later makes every story code useless: {NEW_VALUE}",
        ),
        (settings.DEBUG, "draad.E005", "DEBUG is on.", "Take DEBUG out of the environment."),
        (
            not settings.SITE_URL.startswith("https://"),
            "draad.E006",
            "SITE_URL does not begin with https://.",
            "Set SITE_URL to the address that people type; cookies and HSTS follow from it.",
        ),
        (
            settings.SECURE_HSTS_SECONDS < YEAR,
            "draad.E007",
            "HSTS lasts less than a year.",
            "It follows from SITE_URL; leave SECURE_HSTS_SECONDS as it is.",
        ),
        (
            not os.environ.get("EMAIL_HOST"),
            "draad.W008",
            "EMAIL_HOST is not set: log-in codes and letters go to port 25 of this machine.",
            "Set EMAIL_HOST, and EMAIL_USE_TLS=1 when it is another machine.",
        ),
        (
            settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"),
            "draad.W009",
            "MAIL_FROM is not set: mail servers refuse letters from localhost.",
            "Set MAIL_FROM to an address of your own domain.",
        ),
        (
            settings.SECURITY_CONTACT.startswith(settings.SITE_URL),
            "draad.W010",
            "SECURITY_CONTACT is not set: who finds a leak has no address to write to.",
            "Set it to mailto:somebody@your.domain or to the address of a form.",
        ),
    ]
    kinds = {"E": Error, "W": Remark}
    return [kinds[name[6]](text, hint=hint, id=name) for wrong, name, text, hint in questions if wrong]

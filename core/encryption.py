"""Encryption of what only the support centre and the teller may read.

`settings.ENCRYPTION_KEYS` is a list of Fernet keys: the first encrypts, all decrypt. To rotate, put a new
key in front and run `manage.py rotate_keys`; then drop the old one.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Undecryptable(Exception):
    """None of the keys opens this value: a key was dropped too early, or the value was tampered with."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> bytes:
    return _box(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode())


def decrypt(token: bytes) -> str:
    try:
        return _box(tuple(settings.ENCRYPTION_KEYS)).decrypt(bytes(token)).decode()
    except InvalidToken as error:
        raise Undecryptable from error


def rotated(token: bytes) -> bytes:
    """Encrypt the same text again with the first key."""
    return _box(tuple(settings.ENCRYPTION_KEYS)).rotate(bytes(token))


class EncryptedTextField(models.BinaryField):
    """Text in Python, a Fernet token in the database. It cannot be searched, and null means erased."""

    description = "Encrypted text"

    if TYPE_CHECKING:  # what the stubs should read: text goes in, text comes out
        _pyi_private_set_type: str
        _pyi_private_get_type: str  # type: ignore[assignment]  # the bytes of the base class never leave it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypt(str(value))

    def from_db_value(self, value: Any, *_: Any) -> str | None:
        return None if value is None else decrypt(value)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise NotImplementedError("Encrypted text is never written to a fixture.")

"""The story code: five Dutch words, the only key to a story. It is stored nowhere; only a slow hash of it is.

A code is worked out from the token of the form that was sent, so that a second click on send shows the same words.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from stories import codewords

_COST = 2**14  # 16 MB and some 40 ms a guess; the words alone hold about 55 bits
_LONGEST = 200
_SIGNER = TimestampSigner(salt="stories.telling")
_DAY = 24 * 3600


class BadToken(Exception):
    """The form's token is missing, made up, or older than a day."""


def new_code(token: bytes, *, of: str = "story") -> str:
    """The five words that belong to a form's token (from `opened`); `of` is what they open, a story or a report."""
    seed = f"{of} code ".encode() + token
    return codewords.code_from(hmac.digest(settings.CODE_PEPPER.encode(), seed, hashlib.sha256))


def code_hash(code: str) -> bytes:
    """The 32 bytes by which the story of this code is found; every input costs the same work, right or not."""
    typed = codewords.normalise(code[:_LONGEST]).encode("utf-8", "replace")
    return hashlib.scrypt(typed, salt=settings.CODE_PEPPER.encode(), n=_COST, r=8, p=1, dklen=32)


def new_token() -> str:
    """A signed token for one telling form. It says nothing about anybody and is kept nowhere."""
    return _SIGNER.sign(urlsafe_b64encode(token_bytes(16)).decode())


def opened(token: str, *, ever: bool = False) -> bytes:
    """The random bytes in a token; `ever` of one from before today too. Raises BadToken."""
    try:
        return urlsafe_b64decode(_SIGNER.unsign(token, max_age=None if ever else _DAY))
    except (BadSignature, ValueError) as error:
        raise BadToken from error


def just_made(token: str, seconds: int) -> bool:
    """Whether this good token is at most so many seconds old."""
    try:
        _SIGNER.unsign(token, max_age=seconds)
    except SignatureExpired:
        return False
    return True


def submission_hash(token: bytes, *, done: bool = False) -> bytes:
    """By which a form that was sent is known; another one once its teller was `done` with the words."""
    return hashlib.sha256(b"done " * done + token).digest()

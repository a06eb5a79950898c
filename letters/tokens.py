"""The address in every letter that stops it: signed, for this purpose only, and without a word about the reader.

It names the mail in which it stands; the mail knows its reader and its kinds.
"""

import datetime as dt

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from letters.models import Mail
from stories.models import Reach

KEPT = dt.timedelta(days=365)  # a letter is found again after months; RFC 8058 asks for a link that still works
_signer_salt = "letters.unsubscribe"
_notice_salt = "letters.stop_notices"


def stop_url(parcel: Mail) -> str:
    """The absolute address with which the reader of this mail stops its kinds."""
    token = TimestampSigner(salt=_signer_salt).sign(parcel.public_id)
    return settings.SITE_URL + reverse("letters:unsubscribe", args=[token])


def notice_stop_url(reach: Reach) -> str:
    """The absolute address with which a teller has the e-mail address erased that a notice went to."""
    token = TimestampSigner(salt=_notice_salt).sign(reach.public_id)
    return settings.SITE_URL + reverse("letters:stop_notices", args=[token])


def reach_named(token: str) -> str | None:
    """The handle of the address that a token names, which may be erased by now; None for a token that is not ours."""
    return _named(token, _notice_salt)


def mail_named(token: str) -> str | None:
    """The handle of the mail that a token names; None when it is not ours, was changed, or is older than a year."""
    return _named(token, _signer_salt)


def _named(token: str, salt: str) -> str | None:
    try:
        return TimestampSigner(salt=salt).unsign(token, max_age=KEPT)
    except BadSignature:
        return None

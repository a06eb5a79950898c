"""From mails to a mail server.

A mail is claimed by compare-and-set just before it leaves, with a lease. Who dies between claim and sent leaves a
lease that ends, and the mail goes again with the same Message-ID, so that the receiver sees one message.
"""

import datetime as dt
import logging
from collections import Counter

from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from core import mail
from letters.emails import message_for
from letters.models import Mail, Notice

log = logging.getLogger(__name__)

CHUNK = 200
LEASE = dt.timedelta(minutes=10)  # far longer than one conversation (settings.EMAIL_TIMEOUT an exchange)
WAITS = (1, 5, 15, 60, 240, 720, 1440)  # minutes before the next try; after the last the mail has failed


def send_mails(now: dt.datetime | None = None, *, limit: int = CHUNK) -> Counter[str]:
    """Send what waits, over one connection; returns how many ended in which state.

    `now` is the clock for tests. When the server cannot be reached nothing is counted as a try: a server that is
    down all night costs no mail. A second run, or a second worker beside this one, sends nothing twice.
    """
    ended: Counter[str] = Counter()
    at = now or timezone.now()
    parcels: list[Mail | Notice] = [
        *Mail.due(at).select_related("member")[:limit],
        *Notice.due(at).select_related("reach__story")[:limit],
    ]
    if not parcels:
        return ended
    try:
        with mail.open_line() as line:
            for parcel in parcels:
                ended[_send(parcel, line, now or timezone.now())] += 1
    except mail.ServerDown:
        log.warning("mail server does not answer", extra={"count": len(parcels) - sum(ended.values())})
    return ended


def _send(parcel: Mail | Notice, line: BaseEmailBackend, now: dt.datetime) -> str:
    lease = now + LEASE
    waiting = parcel.this().filter(state=parcel.state, try_at=parcel.try_at)
    mine = waiting.update(state=Mail.State.SENDING, try_at=lease, attempts=F("attempts") + 1)
    if not mine:
        return "taken"  # another worker was faster
    tries = parcel.attempts + 1
    try:
        message = message_for(parcel)
        if message is None:
            return _end(parcel, lease, Mail.State.VOID)
        mail.hand_over(message, kind=parcel.kind, line=line)
    except mail.Refused:
        return _end(parcel, lease, Mail.State.FAILED)
    except mail.ServerDown:
        _later(parcel, lease, tries, now)
        raise
    except mail.NotSent:
        return _later(parcel, lease, tries, now)
    except Exception:
        log.exception("mail not made", extra={"kind": parcel.kind})
        return _later(parcel, lease, tries, now)
    return _end(parcel, lease, Mail.State.SENT, sent_at=now)


def _end(parcel: Mail | Notice, lease: dt.datetime, state: Mail.State, **fields: dt.datetime) -> str:
    parcel.this().filter(state=Mail.State.SENDING, try_at=lease).update(state=state, **fields)
    return state.value


def _later(parcel: Mail | Notice, lease: dt.datetime, tries: int, now: dt.datetime) -> str:
    if tries > len(WAITS):
        return _end(parcel, lease, Mail.State.FAILED)
    return _end(parcel, lease, Mail.State.WAITING, try_at=now + dt.timedelta(minutes=WAITS[tries - 1]))

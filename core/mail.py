"""The one way by which mail leaves the house: plain text with HTML beside it, one reader, a neutral subject.

Nothing that a person typed reaches a header except the address it goes to, and that is checked first. An SMTP
server's own words may repeat that address, so errors leave here as one of three types without the server's text.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate, parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import BadHeaderError
from django.core.validators import validate_email
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


class NotSent(Exception):
    """The message did not leave; try it again later."""


class ServerDown(NotSent):
    """The mail server cannot be reached, or hung up: this says nothing about the message."""


class Refused(NotSent):
    """This message will never be taken: the address does not exist, or the message is not allowed."""


def message_id(handle: str) -> str:
    """The Message-ID that belongs to a handle, always the same: whoever gets a resend sees one message."""
    return f"<{handle}@{_domain()}>"


def compose(
    to: str,
    subject: str,
    template: str,
    context: Mapping[str, object],
    *,
    headers: Mapping[str, str] | None = None,
    nameless: bool = False,
) -> EmailMultiAlternatives:
    """Render `template`.txt and `template`.html into a message to one address.

    `subject` is our own text, never a person's. `nameless` leaves our name out beside our address. Raises Refused for
    an address that is not one plain address and for a header with a line break in it.
    """
    try:
        validate_email(to)
    except ValidationError as error:
        raise Refused from error
    if _breaks(to):  # Django lets some signs through that a mail server may read as an end
        raise Refused
    subject = " ".join(subject.split())
    words = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "subject": subject, **context}
    message = EmailMultiAlternatives(
        subject,
        render_to_string(f"{template}.txt", words).strip() + "\n",
        parseaddr(settings.DEFAULT_FROM_EMAIL)[1] if nameless else settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={"Auto-Submitted": "auto-generated", "Date": formatdate(localtime=True)} | dict(headers or {}),
    )
    message.attach_alternative(render_to_string(f"{template}.html", words), "text/html")
    if any(_breaks(f"{name}{value}") for name, value in message.extra_headers.items()):
        raise Refused
    return message


def send(
    to: str,
    subject: str,
    template: str,
    context: Mapping[str, object],
    *,
    headers: Mapping[str, str] | None = None,
    kind: str = "",
    line: BaseEmailBackend | None = None,
) -> None:
    """Compose a message and hand it to the mail server.

    `line` is a connection from `open_line`, for many messages after each other. Raises ServerDown, Refused, or
    NotSent when it is worth another try.
    """
    hand_over(compose(to, subject, template, context, headers=headers), kind=kind, line=line)


def hand_over(message: EmailMultiAlternatives, *, kind: str = "", line: BaseEmailBackend | None = None) -> None:
    """Give a composed message to the mail server; see `send` for the errors."""
    message.connection = line
    try:
        message.send()
    except (SMTPException, OSError, BadHeaderError, UnicodeError) as error:
        outcome = _meaning(error)
        log.warning("mail not sent", extra={"kind": kind, "status_code": _code(error)})
        raise outcome from None


@contextmanager
def open_line() -> Iterator[BaseEmailBackend]:
    """One connection for many messages. Raises ServerDown when there is nobody at the other end."""
    line = get_connection()
    try:
        line.open()
    except (SMTPException, OSError):
        raise ServerDown from None
    try:
        yield line
    finally:
        line.close()


def _meaning(error: Exception) -> NotSent:
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return Refused() if codes and all(500 <= code < 600 for code in codes) else NotSent()
    if isinstance(error, SMTPSenderRefused):  # our own address is not welcome: a setting, not this message
        return NotSent()
    if isinstance(error, SMTPResponseException):
        return Refused() if 500 <= error.smtp_code < 600 else NotSent()
    if isinstance(error, BadHeaderError | UnicodeError):
        return Refused()
    return ServerDown()


def _code(error: Exception) -> int:
    if isinstance(error, SMTPRecipientsRefused):
        return max((code for code, _text in error.recipients.values()), default=0)
    code: Any = getattr(error, "smtp_code", 0)
    return code if isinstance(code, int) else 0


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _breaks(text: str) -> bool:
    return len(text.splitlines()) > 1 or not text.isprintable()

"""A real SMTP server on a loopback port, that keeps what it gets and can misbehave on request."""

import email
import email.policy
import logging
import re
import socket
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """What arrived. `refuse` maps an address, or a moment (RCPT, DATA), to the answer that the server gives."""

    host: str = "127.0.0.1"
    port: int = 0
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd names it
        answer = self.refuse.get(address) or self.refuse.get("RCPT")
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd names it
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [m for m, (_, to) in zip(self.messages, self.envelopes, strict=True) if to == [address]]

    def clear(self) -> None:
        self.messages.clear()
        self.envelopes.clear()

    def code_for(self, address: str) -> str:
        """The code in the newest mail to this address."""
        found = re.search(r"\b\d{4}-\d{4}\b", text_of(self.to(address)[-1]))
        assert found, "no code in the newest mail"
        return found.group()


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def serve(post: Post) -> Controller:
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    with socket.socket() as free:
        free.bind((post.host, 0))
        post.port = free.getsockname()[1]
    controller = Controller(post, hostname=post.host, port=post.port)
    controller.start()
    return controller

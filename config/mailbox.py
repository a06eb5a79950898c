"""A mail server for one machine: what the site sends lands in a folder, one file each. Nothing leaves.

    python -m config.mailbox <file descriptor of a listening socket> <folder>

A newcomer reads the log-in code of a demo member here. It takes letters from this machine only, because the
socket that it is given listens on the loopback address.
"""

import asyncio
import os
import pathlib
import signal
import socket
import sys
import time

from aiosmtpd.smtp import SMTP

KEPT = 200  # letters; the oldest make place


class Folder:
    """An aiosmtpd handler that writes each letter to a file only its owner can read."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's name
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 1_000_000:06}.eml"
        content = getattr(envelope, "content", b"")
        with os.fdopen(os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        for old in sorted(self.folder.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return "250 OK"


async def serve(listener: socket.socket, folder: pathlib.Path) -> None:
    loop = asyncio.get_running_loop()
    handler = Folder(folder)
    server = await loop.create_server(lambda: SMTP(handler, hostname="localhost", enable_SMTPUTF8=True), sock=listener)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    async with server:
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(socket.socket(fileno=int(sys.argv[1])), pathlib.Path(sys.argv[2])))

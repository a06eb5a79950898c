"""Many tellers at once while a digest goes out: `make sending`. How long sending takes beside the hash alone, and that
nothing is lost.

`TELLERS` people (50) each tell `STORIES_EACH` stories (4), and take `PAUSE` seconds (8, far less than anybody types)
before each; `PAUSE=0` sends all at the same moment. Meanwhile another process makes and sends digests for `MEMBERS`
(2,000) without a pause. Loopback only; each teller has an address of 127.0.0.0/8 of its own.

The aim: p99 at most the hash's own time plus 50 ms. With two cores and a hash of 50 ms at most some 40 stories a second
can come in, so at PAUSE=0 the last ones wait for the first; that is printed, not hidden.
"""

import html
import http.client
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.run import OURS, number, serve
from config import embedded, local, messages

ROOT = pathlib.Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "sending"
TEXT = "Ik mocht alleen om zes uur bellen met thuis. Dat was te kort om echt te praten. "
DIGEST = """
import django; django.setup()
from django.conf import settings; settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
from django.utils import timezone
from letters import actions
from letters.models import Letter, Mail
while True:
    Letter.objects.update(mail=None, by_mail=True)
    actions.compose_mails(timezone.now(), "weekly")
    while actions.send_mails(): pass
"""


@dataclass
class Sent:
    """What the tellers saw: seconds of each send, the codes they were shown, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)


def main() -> int:
    os.environ["SITE_URL"] = f"http://127.0.0.1:{OURS}"
    os.environ["STATIC_ROOT"] = str(VAR / "static")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    messages.compile_messages()
    started = local.prepare(VAR, durable=False)
    try:
        return measure()
    finally:
        if started:
            embedded.stop(VAR)


def measure() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    members = seeded(number("MEMBERS", 2000))
    hash_ms = hash_alone()
    server = serve(OURS, "config.wsgi:application")
    digest = subprocess.Popen([sys.executable, "-c", DIGEST], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        time.sleep(3)
        sent = tell_all(number("TELLERS", 50), number("STORIES_EACH", 4), number("PAUSE", 8))
        running = digest.poll() is None
    finally:
        for process in (server, digest):
            process.terminate()
            process.wait(20)
    return report(sent, hash_ms, members, running)


def seeded(members: int) -> int:
    """Members with a letter each that waits for the digest; made once."""
    from django.utils import timezone

    from letters.models import Kind, Letter
    from movement.models import Member

    missing = members - Member.objects.count()
    made = Member.objects.bulk_create(
        Member(email=f"lid{n}.{random.random()}@example.org", name=f"Lid {n}", joined_at=timezone.now())
        for n in range(max(0, missing))
    )
    Letter.objects.bulk_create(
        Letter(
            member=member, kind=Kind.NEWS, verb="story.published", subject_kind="story", subject_id="x", unique_key="x"
        )
        for member in made
    )
    return Member.objects.count()


def hash_alone() -> float:
    """Milliseconds of one hash of a code with nobody else asking anything."""
    from stories.codes import code_hash

    took = []
    for n in range(20):
        begin = time.perf_counter()
        code_hash(f"appel boom vis kat {n}")
        took.append(time.perf_counter() - begin)
    return statistics.median(took) * 1000


def tell_all(tellers: int, each: int, pause: int) -> Sent:
    sent, ready = Sent(), threading.Barrier(tellers)

    def teller(n: int) -> None:
        ready.wait()
        for story in range(each):
            time.sleep(random.uniform(0.5, 1.5) * pause)
            try:
                tell(sent, f"127.0.{1 + n // 200}.{1 + n % 200}", f"{TEXT}{n}.{story}")
            except OSError:
                sent.wrong.append(0)

    threads = [threading.Thread(target=teller, args=(n,)) for n in range(tellers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sent


def tell(sent: Sent, address: str, text: str) -> None:
    """One story as a phone tells it: the form, and after that only the sending counts."""
    line = http.client.HTTPConnection("127.0.0.1", OURS, timeout=60, source_address=(address, 0))
    line.request("GET", "/vertel/")
    token = re.search(r'name="token" value="([^"]+)"', line.getresponse().read().decode())
    form = urlencode({"token": html.unescape(token[1]) if token else "", "body": text, "do": "send"})
    begin = time.perf_counter()
    line.request("POST", "/vertel/", form, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = line.getresponse()
    page = answer.read().decode()
    took = time.perf_counter() - begin
    line.close()
    code = re.search(r'name="words" value="([^"]+)"', page)
    if answer.status != 200 or not code:
        sent.wrong.append(answer.status)
        return
    sent.seconds.append(took)
    sent.codes.append(code[1])


def report(sent: Sent, hash_ms: float, members: int, running: bool) -> int:
    from stories.codes import code_hash
    from stories.models import Story

    found = Story.objects.filter(code_hash__in=[code_hash(code) for code in sent.codes]).count()
    took = sorted(second * 1000 for second in sent.seconds)
    if not took:
        print(f"Nothing came in: {sent.wrong[:5]}")
        return 1
    p50, p99 = took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.99))]
    print(f"sent {len(took)}, refused or broken {len(sent.wrong)} {sorted(set(sent.wrong))}, lost {len(took) - found}")
    print(f"hash alone {hash_ms:.0f} ms; sending p50 {p50:.0f} ms, p99 {p99:.0f} ms; aim {hash_ms + 50:.0f} ms")
    print(f"meanwhile a digest for {members} members {'ran all the time' if running else 'ENDED: this shows nothing'}")
    return 0 if found == len(took) and not sent.wrong and running else 1


if __name__ == "__main__":
    sys.exit(main())

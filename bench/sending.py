"""Many tellers at once while a digest goes out: `make sending`. What sending takes beyond the hash of a code, and
whether anything is lost.

The floor is a bare view that makes one hash (bench/floor), behind the same server with as many processes and threads.
What is compared is the hash *under the same crowd*: fifty hashes of 50 ms on two cores are 1.2 seconds of work whatever
the code does, so whoever comes last waits that long for a bare hash too. Twice, in `ROUNDS` (2) rounds:

- *within half a minute*: `TELLERS` (50) people send a story, each at a moment of their own in `WITHIN` (25) seconds, and
  among them as many ask the floor for a hash, in the same seconds: a slow moment of the machine hits both. This is what
  the aim is about: p99 at most 50 ms above the hash.
- *all in one moment*: fifty who send and fifty hashes in turn, `MOMENTS` (2) times a round. What sending adds there is
  the rest of a request, fifty times over the processors; the last line says how much that is.

Meanwhile another process does the worker's job, with the worker's priority: making and sending digests for `MEMBERS`
(1,000) without a pause, to a mail server that takes all. Loopback only; each teller has an address of its own. It takes
about eighty seconds, the first time half a minute more.
"""

import html
import http.client
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.load import cpu_seconds
from bench.run import FLOOR, OURS, number, serve
from config import embedded, local, messages
from config.run import BACKGROUND

ROOT = pathlib.Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "sending"
AIM_MS = 50
BEGUN = time.monotonic()
TEXT = (
    "Ik woonde toen op een groep in een andere stad. Ik mocht alleen om zes uur bellen met thuis, en dat was te kort "
    "om echt te praten. Mijn begeleider Marieke zei dat het zo in het plan stond. Toen ik vroeg wie dat plan had "
    "gemaakt, wist niemand het. Later kwam er iemand anders en die vroeg gewoon wat ik nodig had. Vanaf toen mocht ik "
    "bellen als ik mijn moeder miste, en ging ik in het weekend naar huis. Dat had veel eerder gekund. "
)
DIGEST = f"""
import os; os.nice({BACKGROUND})
import django; django.setup()
from django.conf import settings; settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
from django.utils import timezone
from letters import actions
from letters.models import Letter
while True:
    Letter.objects.update(mail=None, by_mail=True)
    actions.compose_mails(timezone.now(), "weekly")
    while actions.send_mails(): pass
"""


@dataclass
class Asked:
    """What was seen of one way of asking: milliseconds of each, CPU milliseconds of the server in all."""

    pid: int
    ms: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0
    wrong: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def at(self, part: float) -> float:
        return sorted(self.ms)[math.ceil(len(self.ms) * part) - 1]

    @property
    def cpu_of_each(self) -> float:
        return self.cpu_ms / len(self.ms)


Go = Callable[[], tuple[int, str]]  # asks, and gives the status and the code that was shown
Make = Callable[[str, str], Go]  # what goes before it, for an address and a text: opening the form
HALF, MOMENT = "within half a minute", "all in one moment"


def say(text: str) -> None:
    print(f"{time.monotonic() - BEGUN:4.0f} s  {text}", file=sys.stderr, flush=True)


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

    from config.management.commands.seed import fill
    from stories.models import Story

    say("the database")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Story.objects.exists():
        fill()  # and not the command, which keeps the code that the demo of this house gives away
    load = os.getloadavg()[0]
    members = seeded(number("MEMBERS", 1000))
    say("the servers and the digest")
    servers = {OURS: serve(OURS, "config.wsgi:application"), FLOOR: serve(FLOOR, "bench.floor.wsgi:application")}
    digest = subprocess.Popen([sys.executable, "-c", DIGEST], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while not sent_mails() and digest.poll() is None:
            time.sleep(0.2)
        mails, before = sent_mails(), Story.objects.count()
        seen = rounds({port: server.pid for port, server in servers.items()})
        mails = sent_mails() - mails if digest.poll() is None else 0
    finally:
        for process in (*servers.values(), digest):
            process.terminate()
        for process in (*servers.values(), digest):
            process.wait(20)
    return report(seen, load=load, before=before, members=members, mails=mails)


def seeded(members: int) -> int:
    """Members with a digest of three stories each that waits; made once."""
    from django.utils import timezone

    from letters.models import Kind, Letter, Mail
    from movement.models import Member
    from stories.models import Story

    made = Member.objects.bulk_create(
        Member(email=f"lid{n}.{random.random()}@example.org", name=f"Lid {n}", joined_at=timezone.now())
        for n in range(max(0, members - Member.objects.count()))
    )
    stories = (
        Story.objects.published().filter(heavy=False, audience="everybody").values_list("public_id", flat=True)[:3]
    )
    Letter.objects.bulk_create(
        Letter(member=m, kind=Kind.NEWS, verb="story.published", subject_kind="story", subject_id=s, unique_key=s)
        for m in made
        for s in stories
    )
    Letter.objects.update(mail=None)
    Mail.objects.all().delete()
    return Member.objects.count()


def sent_mails() -> int:
    from letters.models import Mail

    return Mail.objects.filter(state=Mail.State.SENT).count()


def rounds(pids: dict[int, int]) -> dict[tuple[str, int], Asked]:
    """Floor and site in turn, or among each other, in both ways."""
    seen = {(way, port): Asked(pids[port]) for way in (HALF, MOMENT) for port in (FLOOR, OURS)}
    makes: dict[int, Make] = {FLOOR: hash_only, OURS: send}
    tellers, most = number("TELLERS", 50), number("ROUNDS", 2)
    for port, make in makes.items():  # the first visitors of a process read its code
        all_ask([(Asked(pids[port]), make)] * 8, 0)
    for turn in range(most):
        all_ask([(seen[HALF, port], make) for port, make in makes.items()] * tellers, number("WITHIN", 25))
        say(f"round {turn + 1} of {most}, {HALF}: {so_far(seen, HALF)}")
        for moment in range(number("MOMENTS", 2)):
            for port in (FLOOR, OURS) if moment % 2 else (OURS, FLOOR):
                all_ask([(seen[MOMENT, port], makes[port])] * tellers, 0)
        say(f"round {turn + 1} of {most}, {MOMENT}: {so_far(seen, MOMENT)}")
    return seen


def so_far(seen: dict[tuple[str, int], Asked], way: str) -> str:
    slowest = {port: max(seen[way, port].ms, default=0) for port in (FLOOR, OURS)}
    return f"so far the slowest took {slowest[FLOOR]:.0f} ms for a hash and {slowest[OURS]:.0f} ms to send"


def all_ask(crowd: Sequence[tuple[Asked, Make]], within: float) -> None:
    """Have all of them ask, each at a moment of their own in these seconds; what goes before it is not counted."""
    every = list({id(asked): asked for asked, _make in crowd}.values())
    began: list[float] = []
    ready = threading.Barrier(len(crowd), action=lambda: began.extend(cpu_seconds(asked.pid) for asked in every))

    def teller(n: int, asked: Asked, make: Make) -> None:
        go = make(f"127.0.{1 + n // 200}.{1 + n % 200}", f"{TEXT}{n}.{time.time()}")
        ready.wait()
        time.sleep(random.uniform(0, within))
        begin = time.perf_counter()
        try:
            status, code = go()
        except OSError:
            status, code = 0, ""
        if status == 200 and code:
            asked.ms.append((time.perf_counter() - begin) * 1000)
            asked.codes.append(code)
        else:
            asked.wrong.append(status)

    threads = [threading.Thread(target=teller, args=(n, *one)) for n, one in enumerate(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for asked, before in zip(every, began, strict=True):
        asked.cpu_ms += (cpu_seconds(asked.pid) - before) * 1000


def send(address: str, text: str) -> Go:
    """One story as a phone tells it: the form is there, and only the sending counts."""
    page = ask(OURS, address, "GET", "/vertel/")[1]
    token = re.search(r'name="token" value="([^"]+)"', page)
    form = urlencode({"token": html.unescape(token[1]) if token else "", "body": text, "do": "send"})

    def go() -> tuple[int, str]:
        status, told = ask(OURS, address, "POST", "/vertel/", form)
        code = re.search(r'name="words" value="([^"]+)"', told)
        return status, code[1] if code else ""

    return go


def hash_only(address: str, _text: str) -> Go:
    return lambda: ask(FLOOR, address, "GET", f"/hash/?of={random.random()}")


def ask(port: int, address: str, method: str, path: str, form: str | None = None) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
    line.request(method, path, form, {"Content-Type": "application/x-www-form-urlencoded"} if form else {})
    answer = line.getresponse()
    page = answer.read().decode()
    line.close()
    return answer.status, page


def report(seen: dict[tuple[str, int], Asked], *, load: float, before: int, members: int, mails: int) -> int:
    from stories.codes import code_hash
    from stories.models import Story

    told = [asked for (_way, port), asked in seen.items() if port == OURS]
    codes = [code for asked in told for code in asked.codes]
    some = {code_hash(code) for code in random.sample(codes, min(20, len(codes)))}
    lost = max(
        len(codes) - (Story.objects.count() - before), len(some) - Story.objects.filter(code_hash__in=some).count()
    )
    wrong = [status for asked in seen.values() for status in asked.wrong]
    print(f"Load of the machine before: {load:.1f}, on {os.cpu_count()} processors.")
    print(f"Meanwhile {mails} mails of a digest for {members} members went out.")
    print(f"Stories sent {len(codes)}, lost {lost}, refused or broken {len(wrong)} {set(wrong)}")
    for way in (HALF, MOMENT):
        ours, floor = seen[way, OURS], seen[way, FLOOR]
        if not ours.ms or not floor.ms:
            return 1
        print(f"\n{way}, {len(ours.ms)} of each: milliseconds at p50 / p99 (CPU of the server for each)")
        for name, asked in (("the hash alone", floor), ("sending", ours)):
            print(f"  {name:<15}{asked.at(0.5):6.0f} / {asked.at(0.99):5.0f}   ({asked.cpu_of_each:.0f})")
        more = [ours.at(part) - floor.at(part) for part in (0.5, 0.99)]
        rest = (ours.cpu_of_each - floor.cpu_of_each) * number("TELLERS", 50) / (os.cpu_count() or 1)
        note = f"aim at p99: {AIM_MS}" if way == HALF else f"the rest of a request for all of them: {rest:.0f}"
        print(f"  {'more':<15}{more[0]:6.0f} / {more[1]:5.0f}   ({note})")
    return 0 if mails and not lost and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())

"""A house that was installed as docs/operations.md says, by the very commands that stand there: it can work."""

import http.client
import re
import shlex
import subprocess
import sys
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command

from core.models import JournalEntry
from monitor.models import Indicator, Observation
from movement.models import Appointment, Area, ChangeTask, Explanation, HelpLine, Member, Organisation, Theme
from stories.models import HouseRule
from tests.accounts.flows import code_from_app
from tests.database import bare
from tests.smtp import Post, serve
from tests.test_production import MANUAL, ROOT, command, healthy, production

EMAIL = "marijke@example.org"
SAYS = {
    "/vertel/": "jongere",
    "/hulp/": "Kindertelefoon",
    "/huisregels/": "Een naam van iemand",
    "/droom/": "Ieder kind mag eerst kind zijn",
    "/monitor/JZ08/": "Flevoland",
    "/monitor/": "JeugdzorgPlus",
    "/kaart/": "Flevoland",
    "/desk/": "Vandaag",
}


def commands_of(heading):
    """What the manual says to type under a heading, as far as it runs in a container of ours."""
    part = MANUAL.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"^    docker compose (?:exec|run --rm) (?:-T )?web python (.+)$", part, re.MULTILINE)
    return [[sys.executable, *shlex.split(line.split("#")[0])] for line in found]


@pytest.mark.long
def test_a_house_that_was_installed_as_the_manual_says_can_work(tmp_path):
    post = Post()
    mail = serve(post)
    try:
        with bare("new") as database:
            environment = production(database) | {"EMAIL_HOST": post.host, "EMAIL_PORT": str(post.port)}
            environment |= {"EMAIL_USE_TLS": "0", "WEB_PROCESSES": "1"}
            run(command("migrate", tmp_path), environment)
            for words in (*commands_of("What it needs"), *commands_of("Who may what")):
                run(words, environment)
            run(command("migrate", tmp_path), environment)  # as every upgrade does
            with (tmp_path / "web.log").open("wb") as log:
                web = subprocess.Popen(command("web", tmp_path), cwd=ROOT, env=environment, stdout=log, stderr=log)
            try:
                assert b'"database": "ok"' in healthy(environment["BIND"]), (tmp_path / "web.log").read_text()
                the_coordinator_can_work(Browser(environment["BIND"]), post)
            finally:
                web.terminate()
                web.wait(30)
    finally:
        mail.stop()


def the_coordinator_can_work(browser, post):
    status, where, _page = browser.get("/desk/")
    assert (status, where.split("?")[0]) == (302, "/inloggen/")
    browser.get("/inloggen/")
    where = browser.send("/inloggen/", email=EMAIL)
    browser.get(where)
    browser.send(where, code=post.code_for(EMAIL))
    status, where, _page = browser.get("/desk/")
    assert (status, where) == (302, "/inloggen/bewijs/app/?next=%2Fdesk%2F"), "no desk without a second step"
    (key,) = re.findall(r"<code[^>]*>((?:[A-Z2-7]{4} ?){8})</code>", browser.get(where)[2])
    assert browser.send(where, code=code_from_app(key.replace(" ", ""))) == "/inloggen/bewijs/reserve/"
    for page, words in SAYS.items():
        status, where, text = browser.get(page)
        assert (status, words in text) == (200, True), (page, status, where)


def run(words, environment):
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (words, done.stderr)


class Browser:
    """Behind the proxy, over https, with the cookies that it got."""

    def __init__(self, address):
        self.address, self.cookies, self.page = address, SimpleCookie(), ""

    def get(self, path):
        status, where, self.page = self._ask("GET", path, None)
        return status, where, self.page

    def send(self, path, **fields):
        """Send the form of the page that is open; where it leads to."""
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        status, where, text = self._ask("POST", path, urlencode({"csrfmiddlewaretoken": tokens[0], **fields}))
        assert status == 302, text
        return where

    def _ask(self, method, path, body):
        asking = http.client.HTTPConnection(self.address, timeout=20)
        asking.request(method, path, body, {
            "Host": "example.org", "X-Forwarded-Proto": "https", "Origin": "https://example.org",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items()),
        })  # fmt: skip
        answer = asking.getresponse()
        for line in answer.headers.get_all("Set-Cookie", ()):
            self.cookies.load(line)
        text = answer.read().decode()
        asking.close()
        return answer.status, answer.headers.get("Location", ""), text


def test_installing_again_changes_nothing_that_somebody_changed(db):
    counted = (Area, Theme, ChangeTask, HelpLine, Explanation, HouseRule, Indicator, Observation)
    call_command("install", verbosity=0)
    HelpLine.objects.filter(name="Jeugdstem").update(number="0800-1234")
    before = [model.objects.count() for model in counted]
    assert all(before)
    call_command("install", verbosity=0)
    assert [model.objects.count() for model in counted] == before
    assert HelpLine.objects.get(name="Jeugdstem").number == "0800-1234"
    assert not Member.objects.exists()


def test_somebody_is_appointed_from_the_command_line_and_the_journal_keeps_it(db, municipality):
    for again in range(2):
        call_command("appoint", " Marijke@Example.org", "--name", "Marijke", "--coordinator", verbosity=0)
        call_command("appoint", EMAIL, "--analyst", "gm0200", verbosity=0)
        call_command("appoint", EMAIL, "--voice", "De Brug", "--kind", "provider", verbosity=0)
        assert Member.objects.get(email=EMAIL, name="Marijke").is_coordinator, again
    assert {(one.kind, str(one.area or one.organisation)) for one in Appointment.objects.current()} == {
        ("analyst", "Apeldoorn"), ("voice", "De Brug"),
    }  # fmt: skip
    told = ["member.made", "coordinator.appointed", "analyst.appointed", "voice.appointed"]
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == told


def test_an_appointment_is_ended_from_the_command_line(db, coordinator, second_coordinator, analyst, municipality):
    call_command("appoint", coordinator.email, "--voice", "De Brug", "--kind", "provider", verbosity=0)
    call_command("appoint", coordinator.email, "--voice", "de brug", "--end", verbosity=0)
    call_command("appoint", analyst.email, "--analyst", "Apeldoorn", "--end", verbosity=0)
    call_command("appoint", coordinator.email, "--coordinator", "--end", verbosity=0)
    assert not Appointment.objects.current().exists()
    assert list(Member.objects.filter(is_coordinator=True)) == [second_coordinator]
    with pytest.raises(CommandError, match="last coordinator"):
        call_command("appoint", second_coordinator.email, "--coordinator", "--end")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nieuw@example.org", "--coordinator"], "--name"),
        (["nieuw@example.org", "--name", "Noor", "--coordinator", "--end"], "Nobody here"),
        (["geen adres", "--name", "Noor", "--coordinator"], "e-?mail address"),
        (["anouk@example.org"], "one of"),
        (["anouk@example.org", "--analyst", "Atlantis"], "no municipality or youth region"),
        (["anouk@example.org", "--analyst", "Apeldoorn", "--end"], "had ended already"),
        (["anouk@example.org", "--voice", "De Brug"], "--kind"),
        (["anouk@example.org", "--voice", "De Brug", "--end"], "De Brug"),
        (["petra@example.org", "--coordinator"], "reads along from outside"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_changes_nothing(professional, listener, municipality, words, says):
    with pytest.raises(CommandError, match=says):
        call_command("appoint", *words)
    assert not JournalEntry.objects.exists()
    assert not Appointment.objects.exists()
    assert not Organisation.objects.exists()
    assert Member.objects.count() == 2


def test_there_is_no_superuser_and_the_command_says_what_there_is():
    with pytest.raises(CommandError, match="appoint"):
        call_command("createsuperuser")

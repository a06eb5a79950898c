"""A story that went everywhere is taken back, and then it is nowhere.

It is told in words that nobody else uses, goes through questions and an edit to the site, is taken up, linked,
noticed, searched, counted, and waits in a digest. The house is looked at three times: before it was told, when it is
everywhere, and after it was taken back. Every page must then read for everybody as it did before it was told.

The pages come from the address table itself and the tables from the database, so a new page, model or column is
looked at without anybody thinking of it. Everything is committed as it is in the house, so at the end a real back-up
is made by PostgreSQL's own program, which reads in a connection of its own, and nothing of it stands there either;
nor in a job that waits for the worker, nor in the log of the server.
"""

import datetime as dt
import gc
import html
import io
import json
import logging
import re
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import redis
from django.apps import apps
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionteams import actions as teams
from actionteams.models import TakenUp
from config.celery import app as clock
from core.encryption import EncryptedTextField
from core.journal import record
from core.logs import JsonFormatter
from core.models import JournalEntry
from core.templatetags.once import OnceNode
from letters import actions as letters
from letters.models import Mail
from monitor.models import Import, Indicator
from movement.models import Area, Initiative, Member, Organisation, Theme
from portal import desk
from stories.actions import deciding, reporting, telling
from stories.actions.answering import publish_answer, write_answer
from stories.actions.publishing import ORIGINALS
from stories.actions.quoting import quote
from stories.actions.reaching import leave_address
from stories.actions.recognising import recognise, show_recognitions
from stories.actions.tending import link_initiative, set_reasons
from stories.models import Consent, DangerNote, EditProposal, HouseRule, Message, SavedSearch, Story, StoryTheme
from stories.tasks import forget_words_in_statistics
from tests.conftest import give_second_factor, make_member
from tests.database import dump
from tests.everywhere import Addresses, look_everywhere, see
from tests.movement_of import a_team
from tests.servers import ROOT
from tests.smtp import html_of, text_of
from tests.stories.factory import visit_of
from tests.story_of import published_story

# Every text that goes with a story, by who writes it where. The unusual words occur nowhere else in the house.
TEXTS = {
    "raw_body": "Op een dinsdag vlocht ik zwermkastanjes aan de oude tramrail.",
    "raw_helped": "De pluimwachter gaf ons samen een warme kruimelmuts erbij.",
    "raw_feeling": "Ik voelde me toen een beetje gloeidroppel en ook stil.",
    "question": "Mogen wij vragen wat een brombeslag voor jou was?",
    "answer": "Dat was gewoon een vlierdoos met mijn brieven erin.",
    "first_title": "Vlechten met wolkenspijker en veel geduld op dinsdag",
    "note": "Schrijf liever niet over mijn zeefpantoffel in het verhaal.",
    "why": "Zonder het woord klinkvoerder herkent niemand jou hierin nog.",
    "title": "Hoe een mosbellenaar leerde wachten op een goede dag",
    "body": "Op een dag vlocht ik hemelstoppels aan een oude rail. Daarna wachtte iedereen heel stil op mij.",
    "helped": "Iemand gaf ons samen een warme tuimelsjaal bij de deur.",
    "feeling": "Ik voelde me een beetje honingflard en ook wel stil.",
    "report": "Die sprokkelvink is mijn buurjongen en dat ziet iedereen.",
    "said": "Wij spraken met een kwastelbeer over wat er stond.",
    "public": "Wij lazen over de mosterdlantaarn en gaan daar iets aan doen.",
    "link": "Dit verhaal over de dwarrelkan hoort hier echt bij.",
}
ADDRESS = "pluimwachter@example.org"  # one of the unusual words, so that it is looked for with them
RARE = ("zwermkast", "tramrail", "pluimwach", "kruimelmu", "gloeidrop", "brombesla", "vlierdoos", "wolkenspi",
        "zeefpanto", "klinkvoer", "mosbellen", "hemelstop", "tuimelsja", "honingfla", "dwarrelka",
        "kwastelbe", "mosterdla")  # fmt: skip

# What remains of a story that was taken back, and why. Anything else that refers to it fails.
ROWS_THAT_REMAIN = {
    Consent: "proves that what was done with it was done with consent; an answer is one of six words",
    Message: "shows that there was talk and when; its text is gone",
    apps.get_model("stories.Report"): "the receipt of whoever reported it still answers; its text and reason are gone",
    apps.get_model("stories.Ruling"): "shows that it was decided and by whom; its words are gone",
    EditProposal: "shows that an edit was offered and answered; its texts are gone",
}
COLUMNS_THAT_REMAIN = {
    "id": "the row itself: so that nobody can hide that there was a story",
    "public_id": "its address answers 410 instead of 404",
    "status": "withdrawn",
    "told_at": "how many stories were told, in which year",
    **dict.fromkeys(("own_time_until", "sent_at"), "as told_at"),
    "withdrawn_at": "the teller reads behind the code since when it is gone",
    "code_hash": "the code still answers",
    "visit": "random: who reads that it is gone is in at one place too",
    "submission_hash": "sending the form again does not tell it again",
}
TABLES_WITH_ITS_ADDRESS = {
    "stories_story": "the row itself",
    "core_journalentry": "who did what with it and when: an audit trail that nobody changes; no text, no region",
    "letters_letter": "that a letter about it was made or cancelled, so that none is made again; without words",
}
# Pages that differ without having anything to do with it, by the name of their address.
RESTLESS = {
    "my_data": "a member's file lists each letter by kind and date, the cancelled ones too",
    "stories:logbook": "the audit trail itself: this walk's own looks at the desk stand in it",
    "mfa_activate_totp": "a new secret at each look",
    "mfa_add_webauthn": "a new challenge at each look",
}
# What stands there instead of a sentence that could be quoted, for whoever used it: that one went, and when.
GAP = re.compile(r'\n  <li><p class="empty">Hier stond een zin\. Sinds \d+ [a-z]+ \d+ mag je die niet meer aanhalen\. '
                 r'Haal de zin ook uit je tekst\.</p>\s*</li>')  # fmt: skip
NINE_DAYS = dt.timedelta(days=9)


def words(text):
    return re.findall(r"[^\W_]+", html.unescape(text).lower())


SHINGLES = {
    tuple(found[start : start + 5])
    for found in (words(text) for text in TEXTS.values())
    for start in range(len(found) - 4)
}


CODE: list[tuple[str, str]] = []  # each two words of the code that stand beside each other


def told_in(text):
    """What this text holds of the story: unusual words, any five words in a row, and two words of its code together,
    however they are joined."""
    lower = text.lower()
    rare = {word for word in RARE if word in lower or word.encode().hex() in lower}
    found = words(text)
    spaced = " ".join(found)
    rare |= {one + two for one, two in CODE if f"{one} {two}" in spaced or one + two in lower}
    return rare | SHINGLES.intersection(tuple(found[at : at + 5]) for at in range(len(found) - 4))


# --- the house and its people -----------------------------------------------------------------------------------


@pytest.fixture
def written():
    """Every line that the site would have written in its log."""
    lines, handler = io.StringIO(), logging.StreamHandler()
    handler.setStream(lines)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def waiting_jobs():
    """A function that wakes the worker for everything on its timetable; the jobs wait, as nobody takes them."""
    yield lambda: [clock.send_task(job["task"]) for job in clock.conf.beat_schedule.values()]
    redis.Redis.from_url(live.REDIS_URL).delete("celery")


class House:
    """A movement with four stories in one region: the fifth is the one from which everything counts."""

    def __init__(self, region, host, coordinator):
        SavedSearch.objects.create(member=host, asked="thema=contact")
        self.voice = make_member("Stem", "organisation")
        self.of = Organisation.objects.create(name="Wilg", kind="provider")
        self.region, self.host, self.coordinator = region, host, coordinator
        Area.objects.filter(pk=region.pk).update(tile_column=3, tile_row=3)
        self.theme = Theme.objects.create(slug="contact", name="Contact met thuis")
        self.rule = HouseRule.objects.create(slug="naam", severity="amber", text="Er staat een naam in.")
        self.initiative = Initiative.objects.create(name="De vaste stoel", summary="Altijd dezelfde plek.", area=region)
        Indicator.objects.create(
            slug="gehoord-gezien-gekend", name="Gehoord", definition="x", unit="aantal", rule="F", caveat="x"
        )
        Indicator.objects.create(slug="plaatsingen", name="Plaatsingen", definition="x", unit="aantal", rule="A")
        Import.objects.create(file_name="cijfers.csv", sha256="x", by=coordinator, at=timezone.now() - dt.timedelta(3))
        self.team = a_team(host, region, theme=self.theme)
        teams.join(team=self.team, actor=make_member("Iris", "parent"))
        teams.set_step(
            team=self.team,
            actor=host,
            question="Wat?",
            trying="Bellen",
            look_back_on=timezone.localdate() + NINE_DAYS,
        )
        self.other_team = a_team(host, region, name="Koffie op vrijdag", theme=self.theme)
        self.before = timezone.now() - dt.timedelta(days=2)
        self.others = [self.other_story(number) for number in range(4)]
        self.change = teams.record_change(team=self.team, actor=host, text="Er wordt elke dag gebeld.")
        self.colleague = make_member("Hanna", "organisation", is_coordinator=True)
        Story.objects.filter(pk=self.others[0].pk).update(quotable="yes")
        quote(story=self.others[0], sentence=self.others[0].body, actor=self.colleague)
        for other in self.others:
            teams.notice(change=self.change, story=other, answer="yes")
        letters.make_letters()

    def other_story(self, number):
        with transaction.atomic():
            other = published_story(
                self.region, title=f"Een ander verhaal {number}", heard=4, seen=4, known=4, perspective="youth",
                form_of_help="group",
            )  # fmt: skip
            record("story.published", other)
        StoryTheme.objects.create(story=other, theme=self.theme)
        teams.take_up(team=self.team, story=other, actor=self.host, at=self.before)
        link_initiative(story=other, initiative=self.initiative, actor=self.coordinator, why="Het past.")
        return other

    def tell(self):
        """From the form to the site, with everything that can be said about a story on the way; return its code."""
        visitor = Client()
        (token,) = re.findall(r'name="token" value="([^"]+)"', visitor.get("/vertel/").content.decode())
        answers = {
            "token": token, "body": TEXTS["raw_body"], "helped": TEXTS["raw_helped"], "feeling": TEXTS["raw_feeling"],
            "decided": "professionals", "heard": "4", "seen": "4", "known": "4", "perspective": "youth",
            "age_band": "16-17", "region": self.region.code, "form_of_help": "group", "themes": ["contact"],
            "audience": "everybody", "quotable": "yes", "when": "now", "do": "send", "reply": self.others[0].public_id,
        }  # fmt: skip
        page = visitor.post("/vertel/", answers)
        assert page.status_code == 200, page.content.decode()
        story = Story.objects.exclude(raw_body=None).get()
        Story.objects.filter(pk=self.others[1].pk).update(reply_to=story)
        code = " ".join(re.findall(r"<li>([a-z]+)</li>", page.content.decode().split("codewords", 1)[1])[:5])
        leave_address(story=story, email=ADDRESS)
        desk: dict[str, Any] = {"story": story, "actor": self.coordinator}
        deciding.claim(**desk)
        set_reasons(**desk, rules=[self.rule])
        deciding.ask(**desk, text=TEXTS["question"])
        telling.answer_question(story=story, text=TEXTS["answer"])
        DangerNote.objects.create(story=story, to_whom="other", said=TEXTS["said"], author=self.coordinator)
        published: dict[str, Any] = {name: TEXTS[name] for name in ("title", "body", "helped", "feeling")}
        first = deciding.propose_edit(
            **desk, **published | {"title": TEXTS["first_title"]}, why=TEXTS["why"], rules=[self.rule]
        )
        telling.answer_proposal(story=story, proposal=first, agree=False, note=TEXTS["note"])
        second = deciding.propose_edit(**desk, **published, why=TEXTS["why"], rules=[self.rule])
        assert telling.answer_proposal(story=story, proposal=second, agree=True)
        teams.take_up(team=self.team, story=story, actor=self.host, at=self.before)
        link_initiative(**desk, initiative=self.initiative, why=TEXTS["link"])
        teams.notice(change=self.change, story=story, answer="yes")
        quote(story=story, sentence=TEXTS["body"].split(". ")[0] + ".", actor=self.colleague)
        said = write_answer(story=story, organisation=self.of, kind="thanks", text=TEXTS["public"], actor=self.voice)
        publish_answer(answer=said, actor=self.coordinator)
        for _reader in range(5):
            recognise(story=story)
        show_recognitions()
        report = reporting.report_story(story=story, token=b"r" * 16, why="recognised", text=TEXTS["report"]).report
        reporting.rule(**desk, outcome="left", statement=TEXTS["report"], rules=[], seen="")
        reporting.object_to_ruling(story=story, report=report, text=TEXTS["report"])
        letters.make_letters()
        letters.compose_mails(timezone.now(), "weekly")
        return story, code


@pytest.fixture
def house(transactional_db, region, host, coordinator):
    return House(region, host, coordinator)


@pytest.fixture
def visitors(house, analyst, coordinator):
    """The cookie of everybody who may see something that others do not; the analyst listens as well."""
    Member.objects.filter(pk=analyst.pk).update(is_listener=True)
    browsers = {"stranger": Client(), "another teller": Client()}
    for member in (house.host, analyst, coordinator):
        browsers[member.name] = Client()
        browsers[member.name].force_login(member)
    give_second_factor(browsers[coordinator.name], coordinator)
    session = browsers["another teller"].session
    session["teller"] = visit_of(house.others[0])
    session.save()
    return {name: browser.cookies.output(header="", sep=";", attrs=[]) for name, browser in browsers.items()}


# --- the test ---------------------------------------------------------------------------------------------------

EVERYWHERE = {
    "home", "desk", "initiatives", "map", "stories:list", "stories:story", "stories:report", "stories:feed", "mijn",
    "stories:desk_story", "actionteams:list", "actionteams:team", "actionteams:take_up", "monitor:area",
    "monitor:worksheet", "letters:preferences", "stories:rules", "stories:saved",
}  # fmt: skip


def test_a_story_that_was_everywhere_is_nowhere_once_its_teller_takes_it_back(
    house, visitors, smtp, written, capfd, monkeypatch, waiting_jobs
):
    addresses = Addresses(lambda address: min(see(visitors[who], address)[0] for who in ("Marijke", "Judith")))
    before = look_everywhere(visitors, addresses)
    story, code = house.tell()
    monkeypatch.setattr(sys.modules[__name__], "CODE", list(pairwise(code.split())))
    assert told_in("-".join(code.split())) == told_in(code.replace(" ", "")) == {one + two for one, two in CODE}
    cache.clear()  # the totals beside the filters are counted anew, with it
    address = story.get_absolute_url()
    there = look_everywhere({who: visitors[who] for who in ("stranger", "Judith", "Marijke")}, addresses, before)
    assert_it_is_everywhere(before, there, address)
    teller = Client()
    teller.post("/code/", {"code": code})
    assert told_in(teller.get("/code/verhaal/").content.decode())

    sample()
    assert told_in(dump()) >= set(RARE[-6:-2]), "the back-up held nothing of it, so this shows nothing"

    assert teller.post("/code/verhaal/terugnemen/", {"sure": "on"}).status_code == 302

    assert_as_before(before, look_everywhere(visitors, addresses, before), story)
    assert_the_teller_finds_nothing(teller)
    letters.make_letters()
    next_week = timezone.now() + dt.timedelta(days=8)
    letters.compose_due(next_week)
    assert letters.send_mails(next_week)["sent"] >= 3
    assert_as_before(before, look_everywhere({"Judith": visitors["Judith"]}, addresses, before), story)
    assert_no_mail_tells(smtp, address)
    assert_no_table_holds_it(story)
    assert_only_what_must_remains(story)
    forget_words_in_statistics()
    assert_not_in_a_back_up(story)
    waiting_jobs()
    assert_not_in_valkey(story)
    assert not told_in(written.getvalue())
    assert address not in written.getvalue()
    assert not told_in("".join(capfd.readouterr()))
    kept = [made for node in gc.get_objects() if type(node) is OnceNode for made in node.made.values()]
    assert kept
    assert not any(told_in(made) or address in made for made in kept)
    waited = [str(tuple(one)) for one in gc.get_objects() if type(one) is desk.Item]
    assert any("/desk/gemeld/" in one for one in waited), "no row of a reported story was kept: shows nothing"
    assert not any(told_in(one) for one in waited)


def assert_it_is_everywhere(before, there, address):
    """Without this the rest would show nothing: it really was on these pages, or counted there."""
    touched = {name for (who, name, at), page in there.items() if before.get((who, name, at)) != page}
    assert touched >= EVERYWHERE, f"It never came to {EVERYWHERE - touched}"
    assert touched - EVERYWHERE <= set(RESTLESS), f"It also came to {touched - EVERYWHERE}: add these"
    assert there["stranger", "stories:story", address][0] == 200


def assert_as_before(before, after, story):
    own = {story.get_absolute_url(), reverse("stories:desk_story", args=[story.public_id])}
    for (who, name, at), (status, whole) in after.items():
        where, (body, gaps) = f"{who} at {at}", GAP.subn("", whole)
        assert not told_in(body), (where, told_in(body))
        assert f'href="{story.get_absolute_url()}' not in body, where
        assert story.public_id not in body.replace(at, "") or name == "stories:logbook", where
        assert gaps == (name == "monitor:worksheet" and status == 200 and "“" in before[who, name, at][1]), where
        if any(at.startswith(page) for page in own):
            assert status in ((410,) if "desk" not in at or who == "Marijke" else (302, 403)), where
        elif name not in RESTLESS and before.get((who, name, at)) != (status, body):
            was, now = before.get((who, name, at), (0, ""))[1].splitlines(), body.splitlines()
            raise AssertionError((where, [line for line in now if line not in was], [x for x in was if x not in now]))


def assert_the_teller_finds_nothing(teller):
    page = teller.get("/code/verhaal/")
    assert page.status_code == 200
    assert not told_in(page.content.decode())
    assert not told_in(json.dumps(teller.post("/code/verhaal/meenemen/").json(), ensure_ascii=False))


def assert_no_mail_tells(smtp, address):
    assert any("Een ander verhaal" in text_of(message) for message in smtp.messages), "the others are told of"
    for message in smtp.messages:
        said = f"{message['Subject']} {text_of(message)} {html_of(message)} {message.as_string()}"
        assert not told_in(said)
        assert address not in said
    assert not Mail.objects.exclude(state__in=["sent", "void"]).exists()


def assert_no_table_holds_it(story):
    """All tables as text, encrypted columns opened, sessions unpacked."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert len(tables) > 40
        for table in tables:
            cursor.execute(f'select t::text from "{table}" t')
            for (row,) in cursor.fetchall():
                assert not told_in(row), table
                assert story.public_id not in row or table in TABLES_WITH_ITS_ADDRESS, table
    for model in apps.get_models():
        secret = [field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        for values in model._default_manager.values_list(*secret) if secret else ():
            assert not told_in(" ".join(value for value in values if value)), model
    for session in Session.objects.all():
        assert not told_in(json.dumps(session.get_decoded(), ensure_ascii=False))


def sample():
    """PostgreSQL looks what the commonest values of each column are, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def assert_not_in_a_back_up(story):
    kept = dump()
    assert story.public_id in kept, "the row itself is there, so this is the back-up of this house"
    assert "pg_restore_attribute_stats" in kept, "no samples are in it, so this shows nothing of them"
    assert not told_in(kept)
    assert not told_in((ROOT / "postgres.log").read_text(errors="replace"))


def assert_only_what_must_remains(story):
    for link in Story._meta.related_objects:
        rows = link.related_model._default_manager.filter(**{link.field.name: story})
        if rows.exists():
            assert link.related_model in ROWS_THAT_REMAIN, f"{link.related_model} still refers to it: why?"
    story = Story.objects.get(pk=story.pk)
    for field in Story._meta.concrete_fields:
        empty = field.get_default() if field.has_default() else ("" if isinstance(field, models.CharField) else None)
        texts = dict.fromkeys(("search", "words_beside", "body", "helped", "feeling", *ORIGINALS), "")
        expected = {**texts, "audience": "support", "urgency": 0}
        if field.name not in COLUMNS_THAT_REMAIN:
            assert getattr(story, field.attname) == expected.get(field.name, empty), field.name
    entries = JournalEntry.objects.about("story", story.public_id)
    assert {"story.told", "story.published", "story.withdrawn"} <= {entry.verb for entry in entries}
    assert {entry.area for entry in entries} == {""}, "where it was told is taken back too"
    assert not TakenUp.objects.filter(story=story).exists()


def assert_not_in_valkey(story):
    queue: Any = redis.Redis.from_url(live.REDIS_URL)
    read: dict[bytes, Callable[[bytes], Any]] = {
        b"string": queue.get, b"list": lambda key: queue.lrange(key, 0, -1), b"hash": queue.hgetall,
        b"set": queue.smembers, b"zset": lambda key: queue.zrange(key, 0, -1),
    }  # fmt: skip
    kept = {key: read[queue.type(key)](key) for key in queue.scan_iter()}
    assert len(kept[b"celery"]) > 10, "no job waits, so this shows nothing of the queue"
    assert any(b"totals" in key for key in kept), "the totals of the filters were never kept, so this shows nothing"
    for key, value in kept.items():
        assert not told_in(f"{key!r} {value!r}"), key
        assert story.public_id not in f"{key!r} {value!r}", key

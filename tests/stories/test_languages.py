"""The telling route in every language: each text of it translated, each link in the language, no cookie, no guess."""

import ast
import datetime as dt
import html
import json
import re

import polib
import pytest
from django.template import Engine
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dates import WEEKDAYS
from django.utils.translation import trim_whitespace
from django.utils.translation.trans_real import DjangoTranslation

from actionteams import actions as teams
from config.messages import ROOT
from core.journal import record
from core.languages import LANGUAGES, ways
from core.templatetags.once import OnceNode
from monitor.journey import Moment
from movement import setup
from movement.models import HelpLine, Organisation, Theme
from stories import codes, said, staffed
from stories.models import EditProposal, HouseRule, PublicAnswer, Ruling, Status, Story
from stories.setup import load_house_rules
from stories.states import MOVES
from tests.movement_of import a_team
from tests.rows import everything
from tests.stories.factory import a_story, put

OTHERS = [code for code in LANGUAGES if code != "nl"]
WORDS = "aap noot mies wim zus"
NL = sorted(ROOT.glob("*/locale/nl/LC_MESSAGES/django.po"))
CATALOGUES = ["ar", "pl", "tr", "uk"]  # the English texts are the keys
# What the route is made of.
TEMPLATES = [
    "base.html", "parts/nav.html", "parts/errors.html", "core/field.html", "core/languages.html", "400.html",
    "403.html", "404.html", "429.html", "500.html", "portal/help.html", "portal/privacy.html",
    "stories/_helplines.html", "stories/_state.html", "stories/code.html", "stories/mine.html",
    "stories/parts/rulings.html", "stories/parts/said.html", "stories/parts/questions.html",
    "stories/tell.html", "stories/tell_review.html",
    "stories/told.html", "stories/told_before.html", "stories/duty.html", "stories/terms.html",
    "stories/parts/back_to_story.html", "stories/parts/now.html", "stories/call.html", "parts/callers.html",
    "stories/withdraw.html",
    "monitor/journey.html", "monitor/parts/noticed.html", "actionteams/tally.html",
    "letters/notice.html", "letters/notice.txt", "letters/stop_notices.html",
]  # fmt: skip
MODULES = [
    "stories/views/route.py", "stories/views/teller.py", "stories/views/code.py", "stories/views/mine.py",
    "stories/views/mine_page.py", "stories/views/anew.py", "stories/forms/telling.py", "stories/forms/marks.py",
    "stories/forms/code.py", "stories/forms/chosen.py", "stories/staffed.py", "monitor/knots.py",
    "actionteams/noticed.py",
]  # fmt: skip
# In the menu and the foot of Dutch pages.
IN_DUTCH_ONLY = {
    "Accessibility", "Stories", "Action teams", "The dream", "Monitor", "Desk", "My page", "Log in",
}  # fmt: skip
OURS = {entry.msgid: entry.msgstr for path in NL for entry in polib.pofile(str(path))}
DUTCH = {dutch for dutch in OURS.values() if len(dutch.split()) > 3 and "%" not in dutch}
ON_THE_ROUTE = {
    *(name for _slug, name, _heavy in setup.THEMES),
    *(text for place, *texts in setup.EXPLANATIONS if place == "help" for text in texts),
    *(text for _name, purpose, _number, _chat, hours, *_ in setup.HELP_LINES for text in (purpose, hours)),
    *(
        row[field]
        for row in json.loads((ROOT / "stories/data/house_rules.json").read_text())
        for field in ("text", "explanation")
    ),
}


class Route:
    """Every page of the route in one language, with every text that was looked up for it."""

    def __init__(self, language, monkeypatch):
        self.language, self.client = language, Client()
        self.pages: dict[str, str] = {}
        self.asked: set[str] = set()
        monkeypatch.setattr(OnceNode, "render", lambda node, context: node.nodelist.render(context))
        gettext, ngettext = DjangoTranslation.gettext, DjangoTranslation.ngettext

        def one(this, message):
            self.asked.add(message)
            return gettext(this, message)

        def many(this, single, plural, number):
            self.asked.add(single)
            return ngettext(this, single, plural, number)

        monkeypatch.setattr(DjangoTranslation, "gettext", one)
        monkeypatch.setattr(DjangoTranslation, "ngettext", many)

    def at(self, name):
        with translation.override(self.language):
            return reverse(name)

    def get(self, what, name, status=200):
        return self._keep(what, self.client.get(self.at(name)), status)

    def post(self, what, name, data, status=200):
        return self._keep(what, self.client.post(self.at(name), data), status)

    def _keep(self, what, answer, status):
        assert answer.status_code == status, (what, answer.status_code, answer.headers.get("Location"))
        if status == 302:
            assert answer.headers["Location"].startswith(f"/{self.language}/"), what
        else:
            self.pages[what] = answer.text
        return answer


@pytest.fixture
def house(db, region, host):
    setup.load_themes()
    setup.load_help_lines()
    setup.load_explanations()
    load_house_rules()
    return a_team(host, region, theme=Theme.objects.first())


def walk(route, region, team, coordinator):
    _tell(route)
    story = a_story(code_hash=codes.code_hash(WORDS), raw_feeling="Stil", erase_raw_at=timezone.now(), region=region)
    _behind_the_code(route, story, coordinator)
    _thread(route, story, team)
    record("story.lapsed", story)
    put(story, Status.REFUSED)
    route.get("lapsed", "stories:mine")
    route.get("taking back", "stories:mine_withdraw")
    route.post("taking back unsure", "stories:mine_withdraw", {}, 422)
    route.post("taking back done", "stories:mine_withdraw", {"sure": "on"}, 302)
    route.get("taken back", "stories:mine")
    for page in ("help", "privacy"):
        route.get(page, page)
    route.client = Client()
    route.client.raise_request_exception = False
    assert route.client.get(f"/{route.language}/vertel/x").status_code == 404


def _tell(route):
    page = route.get("form", "stories:tell").text
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    story = {"token": token, "body": "06-12345678, NL91ABNA0417164300, a@example.org, 12-03-2011"}
    route.post("nothing told", "stories:tell", {"do": "check"}, 422)
    route.post("too long", "stories:tell", {"body": "a" * 20_001, "perspective": "professional"}, 422)
    route.post("language", "stories:tell", story | {"do": "language"})
    route.post("terms", "stories:tell", story | {"do": "terms"})
    route.post("calling", "stories:tell", story | {"do": "help"})
    route.post("marks", "stories:tell", story | {"do": "check", "heard": "2", "decided_point": "20,35,45"})
    route.post("no marks", "stories:tell", {"body": "…", "do": "check", "when": "now"})
    route.post("old form", "stories:tell", story | {"token": "x", "do": "send"}, 422)
    route.post("danger", "stories:tell", {"token": token, "body": "Ik wil dood.", "do": "check"})
    route.post("words", "stories:tell", story | {"do": "send"})
    route.post("other words", "stories:tell", story | {"do": "send", "body": "Iets anders"}, 422)
    Story.objects.update(told_at=timezone.now() - dt.timedelta(days=1))
    route.post("sent before", "stories:tell", story | {"do": "send"})


def _behind_the_code(route, story, coordinator):
    route.get("code", "stories:code")
    route.post("wrong code", "stories:code", {"code": "x"}, 422)
    route.post("right code", "stories:code", {"code": WORDS}, 302)
    for move in MOVES:
        record(move.verb, story)
    for status in set(Status) - {Status.WITHDRAWN}:
        texts = {"title": "T", "body": "B", "teaser": "B", "published_on": "2026-01-01"}
        reader = coordinator if status == Status.IN_HAND else None
        more = {"reader": reader, "red_flag": False} | (texts if status == Status.PUBLISHED else {})
        put(story, status, danger="concern", danger_answered_at=timezone.now(), **more)
        route.get(status, "stories:mine")
    put(story, Status.ON_HOLD, audience="support", reader=None, red_flag=False)
    route.get("kept", "stories:mine")
    put(story, Status.QUESTION)
    story.messages.create(from_teller=False, text="?")
    story.messages.create(from_teller=True, text="!")
    route.post("empty answer", "stories:mine_answer", {}, 422)
    put(story, Status.PROPOSED, audience="everybody")
    EditProposal.objects.create(story=story, title="T", body="Iets", helped="", feeling="", why="W")
    route.get("proposal", "stories:mine")
    route.post("no answer", "stories:mine_proposal", {}, 422)
    put(story, Status.PROPOSED, red_flag=True)
    route.get("proposal that two read", "stories:mine")
    route.post("consent", "stories:mine_consent", {"read-answer": "members", "use": "read"}, 302)
    put(story, Status.REFUSED)
    for rule in HouseRule.objects.all():
        story.reasons.create(rule=rule, author=coordinator)
    for outcome in Ruling.Outcome:
        Ruling.objects.create(story=story, outcome=outcome, state="closed", statement="S", erase_at=timezone.now())
    route.get("refused", "stories:mine")
    route.post("too late", "stories:mine_answer", {"text": "Te laat"}, 409)
    story.reasons.all().delete()


def _thread(route, story, team):
    put(story, Status.PUBLISHED, red_flag=False)
    organisation = Organisation.objects.create(name="De Wilg", kind="provider")
    for kind in PublicAnswer.Kind:
        day = {"due_on": dt.date(2026, 1, 2)} if kind == "will_do" else {}
        PublicAnswer.objects.create(
            story=story, organisation=organisation, kind=kind, text="Ja.", state="published", decided_at=timezone.now(),
            **day,
        )  # fmt: skip
    route.get("published", "stories:mine")
    host = team.memberships.get(role="host").member
    teams.take_up(team=team, story=story, actor=host)
    change = teams.record_change(team=team, actor=host, text="C", since=timezone.localdate())
    route.get("asked", "stories:mine")
    notice = f"/{route.language}/actieteams/verandering/{change.public_id}/merk/"
    page = route.client.post(notice, {"answer": "yes"})
    assert page.headers["Location"].startswith(f"/{route.language}/code/verhaal/#merk")
    route.get("answered", "stories:mine")


@pytest.mark.parametrize("status", [Status.QUESTION, Status.PROPOSED, Status.REFUSED])
def test_another_language_behind_the_code_loses_nothing_that_was_typed_and_keeps_nothing(client, coordinator, status):
    story = a_story(code_hash=codes.code_hash(WORDS), raw_body="Zo was het", status=status, reader=coordinator)
    EditProposal.objects.create(story=story, title="T", body="Iets", helped="", feeling="", why="W")
    typed = {"text": "Half getypt", "note": "Half getypt", "email": "half@example", "read-answer": "support"}
    page = client.post("/uk/code/", {"do": "language", "code": WORDS, "kept": "Half getypt"}).text
    assert f'value="{WORDS}"' in page
    assert 'value="Half getypt"' in page
    assert not client.session.keys(), "nothing was opened yet"
    client.post("/code/", {"code": WORDS})
    before = everything()
    page = client.post("/ar/code/verhaal/", typed | {"do": "language"}).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "Half getypt</textarea>" in page
    assert 'value="half@example"' in page
    assert re.search(r'value="support"[^>]* checked', page)
    assert everything() == before
    page = client.post("/ar/code/verhaal/toestemming/", typed | {"use": "quote", "quote-answer": "ask"}).text
    assert "Half getypt</textarea>" in page, "and what is saved elsewhere on the page loses nothing either"
    page = client.post("/ar/code/verhaal/bericht/", typed | {"email": "noor@example.net"}).text
    assert "Half getypt</textarea>" in page
    assert "noor@example.net" not in page, "an address that was left is not shown again"
    assert Story.objects.get().audience == "everybody", "only what was sent was done"


def test_every_text_of_the_route_is_there_in_every_language(house, region, coordinator, monkeypatch):
    route = Route("ar", monkeypatch)
    walk(route, region, house, coordinator)
    assert len(route.asked) > 300
    for language in CATALOGUES:
        assert not (route.asked & OURS.keys()) - texts_in(language), language
    for what, page in route.pages.items():
        assert_all_of_it_speaks("ar", page, what)


@pytest.mark.parametrize("language", OTHERS)
def test_the_route_speaks_one_language(language, client, house):
    for page in ("stories:tell", "stories:terms", "stories:code", "help", "privacy"):
        (url,) = (way.url for way in ways(page, "nl") if way.code == language)
        answer = client.get(url)
        assert answer.headers["Content-Language"] == language
        assert not answer.cookies
        assert_all_of_it_speaks(language, answer.text, url)


def assert_all_of_it_speaks(language, page, what):
    right = ' dir="rtl"' if language == "ar" else ""
    assert f'<html lang="{language}"{right}>' in page, what
    plain = re.sub(r"<nav aria-label.*?</nav>", "", page, flags=re.DOTALL)
    assert not re.findall(r'(?:href|action)="(/(?:vertel|code|hulp|privacy)/[^"]*)"', plain), what
    text = words_on(plain)
    assert not {dutch for dutch in DUTCH if dutch in text}, what
    assert not {dutch for dutch in ON_THE_ROUTE if len(dutch) > 12 and dutch in text}, what


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_holds_what_the_route_can_say_and_nothing_that_nobody_says(language):
    """The walk above does not come into every corner, so here the files themselves are read."""
    missing = (on_templates() | in_code()) - texts_in(language) - IN_DUTCH_ONLY
    assert missing == set()
    assert not texts_in(language) - OURS.keys()


def texts_in(language):
    catalogue = polib.pofile(str(ROOT / f"stories/locale/{language}/LC_MESSAGES/django.po"))
    return {entry.msgid for entry in catalogue.translated_entries()}


def on_templates():
    found = set()
    for name in TEMPLATES:
        for node in Engine.get_default().get_template(name).nodelist.get_nodes_by_type(Node):
            if isinstance(node, TranslateNode):
                found.add(node.filter_expression.var.literal)
            elif isinstance(node, BlockTranslateNode):
                found.add(trim_whitespace(node.render_token_list(node.singular)[0]))
    return found


def in_code():
    calls = (node for path in MODULES for node in ast.walk(ast.parse((ROOT / path).read_text())))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "ngettext")
        if isinstance(call.args[0], ast.Constant)
    }


def words_on(page):
    """What somebody reads or hears on a page, without what says of itself that it is Dutch."""
    page = re.sub(r"<(\w+)[^>]* lang=\"nl\".*?</\1>", " ", page, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:aria-label|data-[a-z]+)="([^"]*)"', page))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page) + spoken).split())


def test_what_is_translated_beside_the_database_is_whole():
    missing = {code: sorted(ON_THE_ROUTE - said.translations()[code].keys()) for code in OTHERS}
    assert not {code: texts for code, texts in missing.items() if texts}
    stray = {code: sorted(said.translations()[code].keys() - ON_THE_ROUTE) for code in OTHERS}
    assert not {code: texts for code, texts in stray.items() if texts}


def test_a_text_that_a_coordinator_changed_is_dutch_again(client, house):
    rule = setup.HELP_LINES[2][1]
    assert rule not in client.get("/en/hulp/").text
    HelpLine.objects.filter(purpose=rule).update(purpose="Iets heel anders")
    assert '<span lang="nl" dir="ltr">Iets heel anders</span>' in client.get("/en/hulp/").text


BY_DAY = {
    "nl": "Op donderdag 26 november om 09:30",
    "en": "On Thursday 26 November at 09:30",
    "ar": "في الخميس 26 نوفمبر الساعة 09:30",
    "pl": "26 listopada o 09:30",
    "uk": "26 листопада о 09:30",
    "tr": "26 Kasım günü, saat 09:30",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_written_as_the_language_writes_it(client, db, language):
    until = dt.datetime(2026, 11, 26, 8, 30, tzinfo=dt.UTC)
    a_story(code_hash=codes.code_hash(WORDS), status=Status.OWN_TIME, own_time_until=until, sent_at=None)
    with translation.override(language):
        address = reverse("stories:code")
    assert BY_DAY[language] in client.post(address, {"code": WORDS}, follow=True).text


@pytest.mark.parametrize("language", ["pl", "tr", "uk"])
def test_where_a_day_would_be_declined_its_name_is_left_out(client, db, language):
    """It stands by itself in the hours of the desk only, without a capital, for no sentence begins with it."""
    a_story(code_hash=codes.code_hash(WORDS))
    with translation.override(language):
        names = [str(name) for name in WEEKDAYS.values()]
        address, hours = reverse("stories:code"), str(staffed.parse("ma-vr 9-17"))
    page = words_on(client.post(address, {"code": WORDS}, follow=True).text)
    assert page.count(hours) == 2
    assert names[0].lower() in hours
    assert not [name for name in names if name in page or re.search(rf"{name.lower()} \d+ ", page)]


@pytest.mark.parametrize(
    ("language", "month"), [("pl", "listopad 2026"), ("uk", "листопад 2026"), ("tr", "Kasım 2026")]
)
def test_a_month_has_a_capital_where_it_is_a_name(language, month):
    with translation.override(language):
        assert Moment("told", dt.date(2026, 11, 26)).month == month

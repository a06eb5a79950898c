"""Every form of the house, filled in as it should be by whoever may: where tests of bad input begin.

A door that takes a POST and has no form here fails in tests/test_bad_input.py. Nothing stays: each form is sent in a
savepoint of its own.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from actionteams import actions
from monitor.actions import preview_import
from monitor.models import Indicator
from movement.models import Appointment, ChangeTask, DreamEdition, Initiative, Organisation
from stories import codes
from stories.actions import reporting, tending
from stories.actions.answering import write_answer
from stories.actions.quoting import quote
from stories.models import EditProposal, HouseRule, Status
from stories.setup import load_house_rules
from stories.views.desk import VERBS
from tests.conftest import make_member
from tests.movement_of import a_team
from tests.rows import Rows, everything, writes
from tests.stories.factory import a_story, a_theme, looked_at, published
from tests.test_doors import session_of

HOUSE = ClientHandler(enforce_csrf_checks=False)
FILE = "reeks;periode;gebied;waarde;status;bron\nplaatsingen;2023;GM0200;12;;Bron\n"
BOUNDARY = "grens"

# What a field asks for.
TEXT, LINE, CHOICE, MANY, DAY, YES = "text", "line", "choice", "many", "day", "yes"
CODE, EMAIL = "code", "email"


@dataclass
class Form:
    """One form as this person sends it: `filled` is right, `kinds` says what each field on the page asks for."""

    door: str
    who: str
    cookies: SimpleCookie
    at: Mapping[str, Any] = field(default_factory=dict)
    filled: Mapping[str, Any] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()  # fields that no page can send wrongly: the answer is the page as it stands, or a 400
    multipart: bool = False
    good: tuple[int, ...] = (302,)
    beside: tuple[int, ...] = ()  # what else it answers where something was typed elsewhere on its page

    def __str__(self) -> str:
        return f"{self.who} at {self.door}{'/' + self.at['verb'] if 'verb' in self.at else ''}"

    @property
    def url(self) -> str:
        return reverse(self.door, kwargs=dict(self.at))


@dataclass
class Answer:
    status: int
    page: str
    to: str
    rows: Rows


def knock(form: Form, data: Mapping[str, Any], before: Rows) -> Answer:
    """Send a form, look at what is in the database then, where `before` was all there was, and undo it."""
    factory = RequestFactory(HTTP_COOKIE=form.cookies.output(header="", sep=";", attrs=[]))
    pairs = [(name, one) for name, value in data.items() for one in (value if isinstance(value, list) else [value])]
    if form.multipart:
        body, kind = b"".join(_parts(pairs)), f"multipart/form-data; boundary={BOUNDARY}"
    else:
        body = urlencode([(name, str(one).encode("utf-8", "surrogatepass")) for name, one in pairs]).encode()
        kind = "application/x-www-form-urlencoded"
    request = factory.generic("POST", form.url, body, content_type=kind)
    cache.clear()  # the limits on trying have tests of their own
    with transaction.atomic():
        counted = writes()
        response = HOUSE(request.environ)
        touched = {table for table, count in writes().items() if count != counted[table]}
        rows = {place: row for place, row in before.items() if place[0] not in touched} | everything(touched)
        transaction.set_rollback(True)
    page = b"".join(response).decode(errors="replace")  # a picture is no page
    return Answer(response.status_code, page, response.headers.get("Location", ""), rows)


def _parts(pairs):
    """As a browser sends them; a file is a pair of its name and its bytes."""
    for name, value in pairs:
        file, raw = value if isinstance(value, tuple) else ("", str(value).encode("utf-8", "surrogatepass"))
        named = f'; filename="{file}"\r\nContent-Type: application/octet-stream' if file else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
        yield head.encode("utf-8", "replace") + raw + b"\r\n"
    yield f"--{BOUNDARY}--\r\n".encode()


@pytest.fixture
def forms(db, host, analyst, coordinator, second_coordinator, region, municipality):
    """Every form there is, in the state in which it can be sent."""
    load_house_rules()
    TOTP.activate(coordinator, generate_totp_secret())
    return [
        *_of_strangers(region),
        *_of_tellers(host, coordinator, region),
        *_of_members(host, region),
        *_of_teams(host, region),
        *_of_figures(analyst, municipality),
        *_of_the_desk(coordinator, second_coordinator, region),
    ]


def _of_strangers(region):
    make_member("Bekend", "parent")
    nobody, waits, signs_up = Client(), Client(), Client()
    waits.post("/inloggen/", {"email": "bekend@example.org"})
    signs_up.post("/inloggen/aanmelden/", {"email": "nieuw@example.org", **_SIGN_UP})
    a_theme()
    tell = {"token": codes.new_token(), "do": "send", **_TOLD, "region": region.code,
            "perspective": "professional", "secrecy": "on"}  # fmt: skip
    told = Form(
        "stories:tell", "stranger", nobody.cookies, filled=tell, kinds=_TOLD_KINDS | {"secrecy": YES},
        hidden=("token", "do", "decided_point", "reply"), multipart=True, good=(200,))  # fmt: skip
    sent = a_story(status=Status.OWN_TIME, sent_at=None)
    code = codes.new_code(b"0123456789abcdef")
    sent.code_hash = codes.code_hash(code)
    sent.save(update_fields=["code_hash"])
    door = partial(Form, who="stranger", cookies=nobody.cookies)
    yield told
    yield door("stories:code", filled={"code": code}, kinds={"code": CODE}, hidden=("kept", "version"), good=(302, 200))
    yield door("stories:card", filled={"words": code}, silent=("words",), good=(200,))
    yield door("stories:recognise", at={"public_id": published(region=region).public_id})
    yield door("stories:mine_done")
    yield door(
        "stories:report", at={"public_id": published(region=region).public_id}, hidden=("token",), good=(200,),
        filled={"token": codes.new_token(), "why": "other", "text": "Ik herken iemand."},
        kinds={"why": CHOICE, "text": TEXT})  # fmt: skip
    yield door("leave", good=(204,))
    yield door("account_login", filled={"email": "bekend@example.org"}, kinds={"email": EMAIL}, hidden=("next",))
    yield door("account_request_login_code", filled={"email": "bekend@example.org"}, kinds={"email": EMAIL})
    yield door("account_signup", filled={"email": "ander@example.org", **_SIGN_UP}, hidden=("next",),
        kinds={"email": EMAIL, "name": LINE, "perspective": CHOICE, "sixteen": YES})  # fmt: skip
    yield Form("account_confirm_login_code", "stranger", waits.cookies, filled={"code": "12345678", "action": "verify"},
               kinds={"code": CODE}, silent=("action",), good=(422,))  # fmt: skip
    yield Form("account_email_verification_sent", "stranger", signs_up.cookies,
               filled={"code": "12345678", "action": "verify"}, kinds={"code": CODE}, silent=("action",),
               good=(422,))  # fmt: skip
    yield door("mfa_login_webauthn", hidden=("credential", "next"))


_TOLD = {
    "body": "Ik mocht alleen om zes uur bellen.", "helped": "Een groep", "feeling": "Alleen", "decided": "me",
    "heard": "2", "seen": "3", "known": "4", "told_for": "care", "with_help": "no", "age_band": "16-17",
    "form_of_help": "group", "themes": ["wachten"], "audience": "everybody", "quotable": "no", "when": "later",
}  # fmt: skip
_TOLD_KINDS = dict.fromkeys((*_TOLD, "perspective", "region"), CHOICE) | {
    "body": TEXT, "helped": TEXT, "feeling": TEXT, "themes": MANY,
}  # fmt: skip
_SIGN_UP = {"name": "Nieuw", "perspective": "parent", "sixteen": "on"}


def _of_tellers(host, coordinator, region):
    def behind(story):
        cookies = session_of(None, second_factor=False, story=story)
        return partial(Form, who="teller", cookies=cookies, beside=(200, 307))

    asked = behind(a_story(status=Status.QUESTION, reader=coordinator))
    yield asked("stories:mine_answer", filled={"text": "Ja, dat was zo."}, kinds={"text": TEXT})
    refused = behind(a_story(status=Status.REFUSED, reader=coordinator))
    yield refused("stories:mine_write", filled={"message": "Is er al nieuws?"}, kinds={"message": TEXT})
    yield refused("stories:mine_objection", filled={"text": "Het is wel waar."}, kinds={"text": TEXT})
    story = a_story(status=Status.PROPOSED, reader=coordinator)
    proposal = EditProposal.objects.create(story=story, title="Bellen", body="Iemand luisterde niet.", why="Een naam.")
    yield behind(story)("stories:mine_proposal", filled={"agree": "no", "note": "Te kort.", "proposal": proposal.pk},
        kinds={"agree": CHOICE, "note": TEXT}, hidden=("proposal",),
    )  # fmt: skip
    own = behind(a_story(status=Status.OWN_TIME, sent_at=None))
    yield own("stories:mine_send")
    anew = {"version": "1", "do": "send", **_TOLD, "region": region.code, "perspective": "youth"}
    yield own("stories:mine_anew", filled=anew, kinds=_TOLD_KINDS, multipart=True, good=(200,),
              hidden=("version", "do", "decided_point", "reply", "token", "secrecy"))  # fmt: skip
    yield own("stories:mine_consent", filled={"read-answer": "members", "use": "read"},
               silent=("read-answer", "use"))  # fmt: skip
    yield own("stories:mine_notices", filled={"email": "teller@example.org"}, kinds={"email": EMAIL}, hidden=("do",))
    yield own("stories:mine_withdraw", filled={"sure": "on"}, kinds={"sure": YES})
    yield own("stories:mine_take", good=(200,))
    yield _of_reporters(coordinator, region)
    taken = published(region=region)
    team = a_team(host, region, name="Merken")
    actions.take_up(team=team, story=taken, actor=host)
    change = actions.record_change(team=team, actor=host, text="Er wordt gebeld.")
    yield behind(taken)("actionteams:notice", at={"public_id": change.public_id}, filled={"answer": "yes"},
               silent=("answer",))  # fmt: skip


def _of_reporters(coordinator, region):
    """Whoever reported a story and does not agree that it stays."""
    story, code = published(region=region), codes.new_code(b"f" * 16, of="report")
    reporting.report_story(story=story, token=b"f" * 16, why="untrue", text="Dat is niet waar.")
    reporting.rule(story=story, outcome="left", statement="Het blijft.", rules=[], seen="", actor=coordinator)
    reader = Client()
    reader.post("/code/", {"code": code})
    return Form("stories:reported_objection", "teller", reader.cookies, filled={"text": "Toch is het niet waar."},
                kinds={"text": TEXT})  # fmt: skip


def _of_a_voice(region):
    """A member who speaks for an organisation."""
    voice, organisation = make_member("Stem", "organisation"), Organisation.objects.create(name="Wilg", kind="provider")
    Appointment.objects.create(member=voice, kind="voice", organisation=organisation)
    return Form(
        "stories:answer", "member", session_of(voice, second_factor=False, story=None),
        at={"public_id": published(region=region).public_id}, hidden=("organisation",),
        filled={"organisation": organisation.public_id, "kind": "will_do", "text": "Wij bellen.",
                "due_on": _in_days(9).isoformat()},
        kinds={"kind": CHOICE, "text": TEXT, "due_on": DAY},
    )  # fmt: skip


def _of_the_answers(cookies, author, rule, region):
    answer = write_answer(
        story=published(region=region), organisation=Organisation.objects.get(name="Wilg"), kind="thanks", actor=author,
        text="Dank je.")  # fmt: skip
    return Form("stories:desk_answer", "coordinator", cookies, at={"public_id": answer.public_id}, silent=("do",),
                filled={"do": "refuse", "rule": rule, "statement": "Noem de groep niet."},
                kinds={"rule": CHOICE, "statement": TEXT})  # fmt: skip


def _of_members(host, region):
    yield _of_a_voice(region)
    member = make_member("Mees", "professional")
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    who = partial(Form, who="member", cookies=session_of(member, second_factor=False, story=None))
    totp = Client()
    totp.force_login(member)
    totp.get("/inloggen/bewijs/app/")
    team = a_team(host, region, name="Meedoen")
    number = DreamEdition.objects.get().number
    paces = {"news": "daily", "team": "weekly", "search": "daily", "answer": "daily", "look_back": "never"}
    yield who("endorse", at={"number": number})
    yield who("withdraw_endorsement", at={"number": number})
    yield who("letters:preferences", filled=paces, kinds=dict.fromkeys(paces, CHOICE))
    yield who("letters:read")
    yield who("stories:saved", silent=("forget",))
    yield who("erase_me")
    yield who("account_logout", hidden=("next",))
    yield Form("mfa_activate_totp", "member", totp.cookies, filled={"code": "123456"}, kinds={"code": CODE},
               good=(422,))  # fmt: skip
    yield who("mfa_add_webauthn", filled={"name": "Mijn telefoon", "credential": "{}"}, kinds={"name": LINE},
               hidden=("credential", "passwordless"), good=(422,))  # fmt: skip
    yield who("mfa_generate_recovery_codes", good=(422,))
    yield who("actionteams:join", at={"public_id": team.public_id}, filled={"motivation": "Ik help graag."},
               kinds={"motivation": TEXT})  # fmt: skip
    yield who("actionteams:found", filled=_page_of_team(region, "Nieuw"), kinds=_TEAM)


_TEAM = {
    "name": LINE, "question": LINE, "what": TEXT, "how": TEXT, "why": TEXT, "learned": TEXT, "sentence": CHOICE,
    "values": MANY, "theme": CHOICE, "change_task": CHOICE, "area": CHOICE,
}  # fmt: skip


def _page_of_team(region, name, **more):
    edition = DreamEdition.objects.get()
    task, _ = ChangeTask.objects.get_or_create(name="Wonen", defaults={"pace": "fast"})
    return {
        "name": name, "question": "Hoe dan?", "what": "Bellen", "how": "Samen", "why": "Omdat", "area": region.pk,
        "sentence": edition.sentences.get(position=2).pk, "values": [edition.values.get().pk], "theme": a_theme().pk,
        "change_task": task.pk, **more,
    }  # fmt: skip


def _of_teams(host, region):
    who = partial(Form, who="host", cookies=session_of(host, second_factor=False, story=None))
    team = a_team(host, region, name="Bellen")
    at = {"public_id": team.public_id}
    busy = a_team(host, region, name="Kijken")
    step = actions.set_step(team=busy, actor=host, question="Wat?", trying="Iets", look_back_on=_in_days(9))
    story = published(region=region)
    answered = {"saw": "Niets", "learned": "Veel", "outcome": "go_on", "dream_check": "partly"}
    yield who("actionteams:edit", at=at, filled=_page_of_team(region, "Anders", learned="Veel"), kinds=_TEAM)
    yield who("actionteams:end", at=at, filled={"learned": "Bellen helpt.", "sure": "on"},
               kinds={"learned": TEXT, "sure": YES})  # fmt: skip
    yield who("actionteams:leave", at=at)
    yield who("actionteams:take_up", at=at, filled={"story": f"https://x.nl/verhalen/{story.public_id}/"},
               kinds={"story": LINE})  # fmt: skip
    yield who("actionteams:step", at=at,
        filled={"question": "Helpt het?", "trying": "Bellen", "with_whom": "De groep", "stops_something": "on",
                "look_back_on": _in_days(5).isoformat()},
        kinds={"question": LINE, "trying": TEXT, "with_whom": LINE, "look_back_on": DAY, "stops_something": YES},
    )  # fmt: skip
    yield who("actionteams:look_back", at={"public_id": step.public_id}, filled=answered,
               kinds={"saw": TEXT, "learned": TEXT, "outcome": CHOICE, "dream_check": CHOICE})  # fmt: skip
    yield who("actionteams:success", at=at, filled={"kind": "success", "text": "Er werd gebeld."},
               kinds={"kind": CHOICE, "text": TEXT})  # fmt: skip
    yield who("actionteams:change", at=at, filled={"text": "Bellen mag.", "since": _in_days(-3).isoformat()},
               kinds={"text": TEXT, "since": DAY})  # fmt: skip


def _in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def _of_figures(analyst, municipality):
    who = partial(Form, who="analyst", cookies=session_of(analyst, second_factor=False, story=None))
    Indicator.objects.get_or_create(
        slug="plaatsingen",
        defaults={"name": "Plaatsingen", "definition": "x", "unit": "aantal", "rule": "A", "caveat": "x"},
    )
    seen = preview_import(file_name="eerder.csv", data=FILE.encode(), by=analyst, only_areas={municipality.code})
    file = ("cijfers.csv", FILE.encode())
    yield who("monitor:upload", filled={"file": file}, hidden=("file",), multipart=True)
    yield who("monitor:decide_import", at={"public_id": seen.public_id})


def _of_the_desk(coordinator, second, region):
    cookies = session_of(coordinator, second_factor=True, story=None)
    rules = [rule.slug for rule in HouseRule.objects.exclude(severity="red")[:1]]
    initiative = Initiative.objects.create(name="Vaste gezichten", summary="Een begeleider", what="Wat", area=region)
    other = Initiative.objects.create(name="Nog een", summary="Iets", what="Wat", area=region)
    hand = a_story(status=Status.IN_HAND, reader=coordinator, claimed_at=timezone.now(), region=region)
    danger = a_story(danger="concern", danger_at=timezone.now())
    tending.link_initiative(story=hand, initiative=other, actor=coordinator)
    edit = {"title": "Niet geluisterd", "body": "Iemand luisterde niet.", "helped": "Een groep", "feeling": "Alleen",
            "why": "Er stond een naam.", "rules": rules, "leave_out": ["region"],
            "heavy": "no"}  # fmt: skip
    texts = dict.fromkeys(("body", "helped", "feeling", "why"), TEXT) | {"title": LINE}
    texts |= {"rules": MANY, "leave_out": MANY, "heavy": CHOICE}

    def act(verb, story, **more):
        if not VERBS[verb].unread:  # each says which text was on its page
            more |= {"filled": {"version": 1, **more.get("filled", {})}, "hidden": ("version", *more.get("hidden", ()))}
        return Form("stories:desk_act", "coordinator", cookies, at={"public_id": story.public_id, "verb": verb}, **more)

    yield Form("stories:desk_next", "coordinator", cookies)
    yield _of_the_answers(cookies, second, rules[0], region)
    yield Form("voices", "coordinator", cookies, silent=("organisation",),
               filled={"email": second.email, "name": "Nog een stichting", "kind": "other"},
               kinds={"email": EMAIL, "name": LINE, "kind": CHOICE})  # fmt: skip
    told_of = published(region=region)
    read = reporting.report_story(story=told_of, token=b"d" * 16, why="untrue", text="Dat is niet waar.").report.pk
    yield Form("stories:desk_reports", "coordinator", cookies, at={"public_id": told_of.public_id},
               hidden=("seen", "read"), filled={"seen": "", "read": read, "outcome": "off", "rules": rules,
                                                "statement": "Het is niet waar."},
               kinds={"outcome": CHOICE, "statement": TEXT, "rules": MANY})  # fmt: skip
    taken = {"kind": "gemeld", "ref": told_of.public_id, "verb": "pakken"}
    yield Form("stories:desk_hand", "coordinator", cookies, at=taken, hidden=("from_reader",))
    rule = HouseRule.objects.exclude(severity="red")[0]
    here = {"kind": "huisregel", "pk": rule.pk}
    ruled = {"text": "Een naam", "explanation": "Ook een bijnaam.", "severity": "red"}
    asks = {"text": LINE, "explanation": TEXT, "severity": CHOICE}
    yield Form("stories:text", "coordinator", cookies, at=here, hidden=("seen",),
               filled={**ruled, "why": "Te vaak mis."}, kinds=asks | {"why": LINE})  # fmt: skip
    line = {"name": "Luisterlijn", "purpose": "Praten", "number": "088 076 7000", "hours": "altijd",
            "chat_url": "https://www.deluisterlijn.nl/", "free": "on", "urgent": "on"}  # fmt: skip
    lines = dict.fromkeys(("name", "purpose", "number", "hours", "chat_url"), LINE)
    new = partial(Form, "stories:text_new", "coordinator", cookies, hidden=("seen",))
    yield new(at={"kind": "hulplijn"}, filled=line, kinds=lines | dict.fromkeys(("free", "urgent"), YES))
    yield new(at={"kind": "huisregel"}, filled=ruled, kinds=asks)
    yield new(at={"kind": "uitleg"}, filled={"title": "Lezen", "text": "Met twee.", "place": "help"},
              kinds={"title": LINE, "text": TEXT, "place": CHOICE})  # fmt: skip
    yield Form("stories:text_act", "coordinator", cookies, at={**here, "verb": "nagekeken"})
    yield Form("mfa_reauthenticate", "coordinator", cookies, filled={"code": "123456"}, kinds={"code": CODE},
               hidden=("next",), good=(422,))  # fmt: skip
    yield act("oppakken", a_story(status=Status.IN_HAND, reader=second), filled={"from_reader": second.public_id},
              hidden=("from_reader",))  # fmt: skip
    yield from (act(verb, hand) for verb in ("teruggeven", "tweede"))
    yield act("vraag", hand, filled={"text": "Klopt dit?", "rules": rules}, kinds={"text": TEXT, "rules": MANY})
    yield act("voorstel", hand, filled=edit, kinds=texts)
    yield Form("stories:desk_marks", "coordinator", cookies, at={"public_id": hand.public_id},
               filled={"version": 1, **edit}, good=(200,), silent=tuple(edit), hidden=("version",))  # fmt: skip
    yield act("plaatsen", hand, filled={"title": "Niet geluisterd", "stays": looked_at(hand), "heavy": "no"},
              kinds={"title": LINE, "heavy": CHOICE}, hidden=("stays",))  # fmt: skip
    yield act("weigeren", hand, filled={"rules": rules, "statement": "Dit kan niet."},
              kinds={"rules": MANY, "statement": TEXT})  # fmt: skip
    yield act("vasthouden", published(region=region))
    yield act("vrijgeven", a_story(status=Status.ON_HOLD))
    spoken = {"steps": ["asked_veilig_thuis"], "to_whom": "veilig_thuis", "said": "Zij denken mee.", "tekst": "1"}
    said = {"steps": MANY, "to_whom": CHOICE, "said": TEXT}
    yield from (act(verb, danger, filled=spoken, kinds=said) for verb in ("stap", "gevaar"))
    yield Form("stories:desk_hand_over", "coordinator", cookies)
    wrote = published(region=region, wrote_at=timezone.now())
    yield act("schrijf", wrote, filled={"text": "Nog niet."}, kinds={"text": TEXT}, hidden=("seen",))
    yield act("gelezen", wrote, hidden=("seen",))
    yield act("redenen", hand, filled={"rules": rules}, kinds={"rules": MANY})
    yield act("taal", hand, filled={"language": "tr"}, kinds={"language": CHOICE})
    yield act("themas", hand, filled={"themes": [a_theme().slug], "heavy": "yes"},
              kinds={"themes": MANY, "heavy": CHOICE})  # fmt: skip
    yield act("verbinden", hand, filled={"initiative": initiative.public_id, "why": "Zelfde vraag"},
              kinds={"initiative": CHOICE, "why": LINE})  # fmt: skip
    sentences = published(region=region, quotable="yes", body="Ik wachtte een jaar. Niemand belde.")
    quoted = quote(story=sentences, sentence="Niemand belde.", actor=second)
    yield act("aanhalen", sentences, filled={"sentence": "Ik wachtte een jaar."}, kinds={"sentence": CHOICE})
    yield act("terughalen", sentences, filled={"quote": quoted.public_id}, hidden=("quote",))
    yield act("losmaken", hand, filled={"initiative": other.public_id}, hidden=("initiative",))

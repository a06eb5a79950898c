"""Every door of the house against every visitor: what GET and an empty POST answer.

A door that is not in the table fails, and so does a row without a door. One letter a visitor, in this order:

    s stranger            t teller behind the code     m member               i member of the team
    h host of the team    l listener                   a analyst of this area o analyst of another area
    c coordinator whose session has no second factor   C coordinator

    +  200 the page             >  redirect on the site        k  redirect to the log-in ("who is there?")
    2  redirect to the second factor
    !  422 the form, with what is missing                      0  404     x  403     -  405     g  410
    .  204 done, nothing to show                               ?  400     =  409     w  429

"The same for everybody" is written as one letter. Each door is opened on its own: what a visit changed is undone
before the next one.
"""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from actionteams import actions
from core.journal import record
from monitor.models import Indicator
from movement.models import Member
from stories.models import HouseRule, Story
from tests.conftest import give_second_factor, make_member
from tests.movement_of import a_dream, a_team
from tests.stories.factory import visit_of
from tests.story_of import published_story, withdraw_row

VISITORS = {
    "s": "stranger",
    "t": "teller",
    "m": "member",
    "i": "inside",
    "h": "host",
    "l": "listener",
    "a": "analyst",
    "o": "other_analyst",
    "c": "without_second_factor",
    "C": "coordinator",
}

# --- the table: name of the door (and a variant of what is behind it): (GET, POST) -----------------------------
# fmt: off
PORTAL = {
    #                                            stmihlaocC    stmihlaocC
    "home":                                     ("+",          "-"),
    "mijn":                                     ("kk++++++++", "kk--------"),
    "desk":                                     ("kkxxxxxx2+", "kkxxxxxx2-"),
    "map":                                      ("+",          "-"),
    "leave":                                    ("-",          "."),
    "help":                                     ("+",          "-"),
    "privacy":                                  ("+",          "-"),
    "accessibility":                            ("+",          "-"),
    "health":                                   ("+",          "-"),
    "security_txt":                             ("+",          "-"),
    "erase_me":                                 ("kk++++++2+", "kk>>>>>>2>"),
    "my_data":                                  ("kk++++++2+", "kk--------"),
}
MOVEMENT = {
    #                                            stmihlaocC    stmihlaocC
    "voices":                                   ("kkxxxxxx2+", "kkxxxxxx2!"),
    "dream":                                    ("+",          "-"),
    "initiatives":                              ("+",          "-"),
    "account_login":                            ("++>>>>>>>>", "!!>>>>>>>>"),
    "account_request_login_code":               ("++>>>>>>>>", "!!>>>>>>>>"),
    "account_confirm_login_code":               ("kk>>>>>>>>", "kk>>>>>>>>"),
    "account_signup":                           ("++>>>>>>>>", "!!>>>>>>>>"),
    "account_email_verification_sent":          ("kk>>>>>>>>", "kk>>>>>>>>"),
    "account_logout":                           (">>++++++++", ">"),
    "account_inactive":                         ("+",          "-"),
    "account_email":                            (">",          ">"),
    "mfa_index":                                ("kk++++++++", "kk--------"),
    "mfa_authenticate":                         ("kk>>>>>>>>", "kk>>>>>>>>"),
    "mfa_reauthenticate":                       ("kkxxxxxx++", "kkxxxxxx!!"),
    "mfa_activate_totp":                        ("kk++++++22", "kk!!!!!!22"),
    "mfa_deactivate_totp":                      ("kk00000022", "kk00000022"),
    "mfa_view_recovery_codes":                  ("kk00000000", "kk--------"),
    "mfa_generate_recovery_codes":              ("kk++++++22", "kk!!!!!!22"),
    "mfa_list_webauthn":                        ("kk++++++++", "kk--------"),
    "mfa_add_webauthn":                         ("kk++++++22", "kk!!!!!!22"),
    "mfa_remove_webauthn":                      ("kk00000022", "kk00000022"),
    "mfa_login_webauthn":                       ("kk>>>>>>>>", "kk>>>>>>>>"),
    "mfa_reauthenticate_webauthn":              ("kkxxxxxx22", "kkxxxxxx22"),
    "dream_edition":                            ("+",          "-"),
    "endorse":                                  ("kk--------", "kk>>>x>>>>"),
    "withdraw_endorsement":                     ("kk--------", "kk>>>>>>>>"),
}
STORIES = {
    #                                            stmihlaocC    stmihlaocC
    "stories:tell":                             ("+",          "!"),
    "stories:terms":                            ("+",          "-"),
    "stories:code":                             ("+",          "!"),
    "stories:card":                             ("-",          "?"),
    "stories:list":                             ("+",          "-"),
    "stories:feed":                             ("+",          "-"),
    "stories:story":                            ("+",          "-"),
    "stories:story/for members":                ("00++++++++", "-"),
    "stories:story/waiting":                    ("0",          "-"),
    "stories:story/withdrawn":                  ("g",          "-"),
    "stories:report":                           ("+",          "!"),
    "stories:report/for members":               ("00++++++++", "00!!!!!!!!"),
    "stories:report/waiting":                   ("0",          "0"),
    "stories:report/withdrawn":                 ("g",          "0"),
    "stories:saved":                            ("kk++++++++", "kk>>>>>>>>"),
    "stories:answer":                           ("kkxxxxxxxx", "kkxxxxxxxx"),
    "stories:desk_answer":                      ("kkxxxxxx20", "kkxxxxxx20"),
    "stories:recognise":                        ("-",          ">"),
    "stories:reported":                         (">",          ">"),
    "stories:reported_objection":               (">",          ">"),
    "stories:desk_reports":                     ("kkxxxxxx20", "kkxxxxxx20"),
    "stories:desk_story":                       ("kkxxxxxx2+", "kkxxxxxx2-"),
    "stories:desk_act":                         ("kkxxxxxx2-", "kkxxxxxx2="),
    "stories:logbook":                          ("kkxxxxxx2+", "kkxxxxxx2-"),
    "stories:rules":                            ("+",          "-"),
    "stories:texts":                            ("kkxxxxxx2+", "kkxxxxxx2-"),
    "stories:text":                             ("kkxxxxxx2+", "kkxxxxxx2!"),
    "stories:text_new":                         ("kkxxxxxx2+", "kkxxxxxx2!"),
    "stories:text_act":                         ("kkxxxxxx2-", "kkxxxxxx2>"),
    "stories:desk_hand":                        ("kkxxxxxx2-", "kkxxxxxx20"),
    "stories:desk_hand_over":                   ("kkxxxxxx2-", "kkxxxxxx2>"),
    "stories:desk_marks":                       ("kkxxxxxx2-", "kkxxxxxx2="),
    "stories:desk_next":                        ("kkxxxxxx2-", "kkxxxxxx2>"),
    "stories:mine":                             (">+>>>>>>>>", ">+>>>>>>>>"),
    "stories:mine_anew":                        (">", ">"),
    "stories:mine_write":                       (">->>>>>>>>", ">!>>>>>>>>"),
    "stories:mine_answer":                      (">->>>>>>>>", ">!>>>>>>>>"),
    "stories:mine_consent":                     (">->>>>>>>>", ">"),
    "stories:mine_done":                        ("-",          ">"),
    "stories:mine_notices":                     (">->>>>>>>>", ">!>>>>>>>>"),
    "stories:mine_objection": (">->>>>>>>>", ">!>>>>>>>>"),
    "stories:mine_proposal":                    (">->>>>>>>>", ">!>>>>>>>>"),
    "stories:mine_send":                        (">->>>>>>>>", ">"),
    "stories:mine_take":                        (">->>>>>>>>", ">+>>>>>>>>"),
    "stories:mine_withdraw":                    (">+>>>>>>>>", ">!>>>>>>>>"),
}
LETTERS = {
    #                                            stmihlaocC    stmihlaocC
    "letters:preferences":                      ("kk++++++++", "kk!!!!!!!!"),
    "letters:unsubscribe":                      ("0",          "0"),
    "letters:stop_notices":                     ("0",          "0"),
    "letters:read":                             ("kk--------", "kk>>>>>>>>"),
}
ACTIONTEAMS = {
    #                                            stmihlaocC    stmihlaocC
    "actionteams:list":                         ("+",          "-"),
    "actionteams:found":                        ("kk+++x++++", "kk!!!x!!!!"),
    "actionteams:look_back":                    ("kkx++xxxx+", "kkx!!xxxx!"),
    "actionteams:notice":                       (">->>>>>>>>", ">?>>>>>>>>"),
    "actionteams:team":                         ("+",          "-"),
    "actionteams:edit":                         ("kkxx+xxxx+", "kkxx!xxxx!"),
    "actionteams:end":                          ("kkxx+xxxx+", "kkxx!xxxx!"),
    "actionteams:join":                         ("kk+++x++++", "kk>>>x>>>>"),
    "actionteams:leave":                        ("kk0++00000", "kk0>>00000"),
    "actionteams:take_up":                      ("kkx++xxxx+", "kkx!!xxxx!"),
    "actionteams:step":                         ("kkx++xxxx+", "kkx!!xxxx!"),
    "actionteams:success":                      ("kkx++xxxx+", "kkx!!xxxx!"),
    "actionteams:change":                       ("kkx++xxxx+", "kkx!!xxxx!"),
}
MONITOR = {
    #                                            stmihlaocC    stmihlaocC
    "monitor:home":                             ("+",          "-"),
    "monitor:indicator":                        ("+",          "-"),
    "monitor:area":                             ("+",          "-"),
    "monitor:decide_import":                    ("kkxxxx--2-", "kkxxxx0020"),
    "monitor:import":                           ("kkxxxx0020", "kkxxxx--2-"),
    "monitor:upload":                           ("kkxxxx++2+", "kkxxxx!!2!"),
    "monitor:worksheet":                        ("kkxxxx+xx+", "kk--------"),
}
# fmt: on
TABLE = PORTAL | MOVEMENT | STORIES | LETTERS | ACTIONTEAMS | MONITOR

HOUSE = ClientHandler(enforce_csrf_checks=False)  # one for all: each new one reads all static files anew
SIGNS = {200: "+", 204: ".", 400: "?", 403: "x", 404: "0", 405: "-", 409: "=", 410: "g", 422: "!", 429: "w"}


@pytest.fixture
def house(db, host, listener, analyst, other_analyst, coordinator, region, municipality):
    """The people, and one thing behind every kind of door."""
    a_dream()
    TOTP.activate(coordinator, generate_totp_secret())
    inside, member = make_member("Iris", "parent"), make_member("Mees", "professional")
    team = a_team(host, region)
    actions.join(team=team, actor=inside, motivation="")
    told = published_story(region)
    actions.take_up(team=team, story=told, actor=host)
    step = actions.set_step(
        team=team,
        actor=host,
        question="Wat?",
        trying="Bellen",
        look_back_on=timezone.localdate() + dt.timedelta(days=9),
    )
    change = actions.record_change(team=team, actor=host, text="Er wordt gebeld.", since=timezone.localdate())
    withdrawn = published_story(region)
    record("story.published", withdrawn)
    withdraw_row(withdrawn)
    Indicator.objects.get_or_create(
        slug="plaatsingen",
        defaults={"name": "Plaatsingen", "definition": "x", "unit": "aantal", "rule": "A", "caveat": "x"},
    )
    rule = HouseRule.objects.create(slug="reclame", severity="red", text="Reclame")
    waiting = published_story(region)
    Story.objects.filter(pk=waiting.pk).update(status="waiting", published_on=None)
    people: dict[str, Member | None] = {
        "stranger": None, "teller": None, "member": member, "inside": inside, "host": host, "listener": listener,
        "analyst": analyst, "other_analyst": other_analyst, "without_second_factor": coordinator,
        "coordinator": coordinator,
    }  # fmt: skip
    behind = {
        "actionteams:look_back": {"public_id": step.public_id},
        "actionteams:notice": {"public_id": change.public_id},
        "actionteams:": {"public_id": team.public_id},
        "stories:story/for members": {"public_id": published_story(region, audience="members").public_id},
        "stories:story/waiting": {"public_id": waiting.public_id},
        "stories:story/withdrawn": {"public_id": withdrawn.public_id},
        "stories:report/for members": {"public_id": published_story(region, audience="members").public_id},
        "stories:report/waiting": {"public_id": waiting.public_id},
        "stories:report/withdrawn": {"public_id": withdrawn.public_id},
        "stories:desk_story": {"public_id": waiting.public_id},
        "stories:text": {"kind": "huisregel", "pk": rule.pk},
        "stories:text_act": {"verb": "nagekeken"},
        "stories:desk_hand": {"kind": "gemeld", "ref": told.public_id, "verb": "pakken"},  # not reported
        "stories:": {"public_id": told.public_id},
        "": {
            "public_id": "bcdfghjkmn",
            "verb": "oppakken",
            "code": municipality.code,
            "slug": "plaatsingen",
            "token": "nobody",
            "pk": 0,
            "number": 1,
        },
    }
    return people, behind, told


@pytest.mark.parametrize("letter", VISITORS)
def test_every_door_answers_this_visitor_as_the_table_says(letter, house):
    people, behind, told = house
    who = VISITORS[letter]
    column = list(VISITORS).index(letter)
    cookies = session_of(people[who], second_factor=who == "coordinator", story=told if who == "teller" else None)
    wrong = []
    standing = set(names(get_resolver()))
    for door, rows in TABLE.items():
        if door.split("/")[0] not in standing:
            continue  # the test below tells of it
        for method, row in zip(("get", "post"), rows, strict=True):
            expected = row if len(row) == 1 else row[column]
            seen = knock(cookies, method, address(door, behind))
            if seen != expected:
                wrong.append(f"{method.upper():4} {door}: the table says {expected!r}, the door says {seen!r}")
    assert not wrong, f"\n{who}\n" + "\n".join(wrong)


@pytest.mark.parametrize("letter", "st")
def test_the_doors_of_the_telling_route_answer_the_same_in_another_language(letter, house):
    _people, behind, told = house
    column = list(VISITORS).index(letter)
    cookies = session_of(None, second_factor=False, story=told if letter == "t" else None)
    wrong, opened = [], 0
    with translation.override("ar"):
        for door, rows in TABLE.items():
            url = address(door, behind)
            for method, row in zip(("get", "post"), rows if url.startswith("/ar/") else (), strict=False):
                opened += 1
                if (seen := knock(cookies, method, url)) != row[column if len(row) > 1 else 0]:
                    wrong.append((method, url, seen))
    assert not wrong
    assert opened >= 26


def test_every_door_is_in_the_table(house):
    people, behind, told = house
    known, standing = {door.split("/")[0] for door in TABLE}, set(names(get_resolver()))
    assert known <= standing, f"Rows without a door: {known - standing}"
    missing: dict[str, list[list[str]]] = {door: [] for door in sorted(standing - known)}
    for who in VISITORS.values() if missing else ():
        cookies = session_of(people[who], second_factor=who == "coordinator", story=told if who == "teller" else None)
        for door, seen in missing.items():
            seen.append([knock(cookies, method, address(door, behind)) for method in ("get", "post")])
    rows = [
        f'    "{door}": ("{"".join(get for get, _ in seen)}", "{"".join(post for _, post in seen)}"),'
        for door, seen in missing.items()
    ]
    assert not missing, "These doors have no row. This is what they answer now; is it what they should?\n" + "\n".join(
        rows
    )


def names(resolver: URLResolver, space: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"A door without a name: {pattern.pattern}"
            yield space + pattern.name
        else:
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def session_of(member, *, second_factor, story):
    client = Client()
    if member is not None:
        client.force_login(member)
    if second_factor:
        give_second_factor(client, member)
    if story is not None:
        session = client.session
        session["teller"] = visit_of(story)
        session.save()
    return client.cookies


def address(door, behind):
    name = door.split("/")[0]
    given: dict[str, object] = {}
    for key in sorted(behind, key=len):
        if door.startswith(key):
            given |= behind[key]
    pattern = get_resolver_pattern(name)
    return reverse(name, kwargs={key: value for key, value in given.items() if f"%({key})s" in pattern})


def get_resolver_pattern(name):
    resolver = get_resolver()
    prefix = ""
    if ":" in name:
        space, name = name.split(":")
        prefix, resolver = resolver.namespace_dict[space]
    return resolver.reverse_dict.getlist(name)[0][0][0][0] + prefix


def knock(cookies, method, url):
    """One request straight into the house, with everything that it changed undone."""
    request = getattr(RequestFactory(HTTP_COOKIE=cookies.output(header="", sep=";", attrs=[])), method)(url)
    with transaction.atomic():
        answer = HOUSE(request.environ)
        transaction.set_rollback(True)
    if answer.status_code in (301, 302, 303):
        to = answer.headers["Location"].split("?")[0]
        if to == reverse(settings.LOGIN_URL):
            return "k"
        return "2" if to.startswith(reverse("mfa_index")) else ">"
    return SIGNS.get(answer.status_code, str(answer.status_code))

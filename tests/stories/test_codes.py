"""Five words: the same for a double click, found by a slow hash, and counted without an address."""

import datetime as dt
import hashlib

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import ratelimit
from core.http import TooMany
from letters.adapter import AccountAdapter
from stories import codes
from stories.actions.telling import Answers, tell
from tests.conftest import FULL_COST

URL = "/code/"


@pytest.fixture
def told(db):
    return tell(token=b"a token of a form", answers=Answers(body="Ik mocht alleen om zes uur bellen."))


def give(code, client=None):
    return (client or Client()).post(URL, {"code": code})


def test_one_token_gives_one_code_and_another_token_another():
    assert codes.new_code(b"one") == codes.new_code(b"one")
    assert codes.new_code(b"one") != codes.new_code(b"two")
    assert len(codes.new_code(b"one").split()) == 5


def test_the_pepper_goes_into_code_and_hash(settings):
    code, found = codes.new_code(b"one"), codes.code_hash("een twee drie vier vijf")
    settings.CODE_PEPPER = "another"
    assert codes.new_code(b"one") != code
    assert codes.code_hash("een twee drie vier vijf") != found


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.title,
        lambda c: c.replace(" ", "-"),
        lambda c: f"  {c.replace(' ', '   ')}\n",
        lambda c: c.replace(" ", ""),
    ],
)
def test_a_code_may_be_typed_in_capitals_with_hyphens_or_spaces(told, change):
    assert give(change(told.code)).status_code == 302


def test_a_right_code_opens_the_story_in_a_new_session_of_its_own(told):
    client = Client()
    page = give(told.code, client)
    assert page.url == "/code/verhaal/"
    assert told.code not in str(page.headers)
    assert list(client.session.keys()) == ["teller"]
    assert client.get("/code/verhaal/").status_code == 200


WRONG = ["", " ", "een twee drie vier vijf", "x" * 100_000, "\x00\ufffd\ud7ff", "<script>alert(1)</script>", "😢 " * 5]


@pytest.mark.parametrize("code", WRONG)
def test_wrong_malformed_and_missing_codes_get_the_same_answer_by_the_same_work(told, code):
    def shape(text):
        with CaptureQueriesContext(connection) as seen:
            page = give(text)
        assert not page.cookies
        return page.status_code, len(seen), "errors" in page.content.decode()

    assert shape(code) == shape("water lamp fiets boom straat") == (422, 1, True)


@pytest.mark.parametrize("code", ["", "  "])
def test_who_typed_nothing_is_asked_for_the_five_words(db, code):
    page = give(code).content.decode()
    assert "Typ je vijf woorden." in page
    assert "Deze code kennen we niet" not in page
    assert "Deze code kennen we niet" in give("een twee").content.decode()


def test_a_malformed_code_runs_the_same_slow_hash(monkeypatch):
    monkeypatch.setattr(codes, "_COST", FULL_COST)
    costs = []
    slow = hashlib.scrypt

    def watched(*arguments, **options):
        costs.append(options["n"])
        return slow(*arguments, **options)

    monkeypatch.setattr(hashlib, "scrypt", watched)
    for code in ("", "x", "een twee drie vier vijf", "x" * 10_000):
        codes.code_hash(code)
    assert costs == [2**14] * 4


def test_guessing_ends_after_ten_tries(told, client):
    answers = [give(f"fout {n}", client).status_code for n in range(11)]
    assert answers[:10] == [422] * 10
    assert answers[10] == 429
    assert give(told.code, client).status_code == 429


def test_a_right_code_does_not_count_as_a_try(told):
    assert [give(told.code).status_code for _ in range(15)] == [302] * 15


def test_one_address_does_not_lock_another_one_out(told):
    for n in range(11):
        give(f"fout {n}")
    assert Client(REMOTE_ADDR="192.0.2.7").post(URL, {"code": told.code}).status_code == 302


def test_a_flood_from_many_addresses_makes_it_narrow_for_all_and_closes_it_for_nobody(rf):
    bounds = {"most": 10, "of_all": 11, "crowded": 3}
    for n in range(11):
        ratelimit.count(rf.post(URL, REMOTE_ADDR=f"192.0.2.{n}"), "x", **bounds)
    for _ in range(3):
        ratelimit.count(rf.post(URL, REMOTE_ADDR="192.0.2.99"), "x", **bounds)
    with pytest.raises(TooMany) as stopped:
        ratelimit.count(rf.post(URL, REMOTE_ADDR="192.0.2.99"), "x", **bounds)
    assert 0 < stopped.value.wait <= 600


def test_500_guesses_from_many_addresses_find_nothing_and_close_the_page_for_nobody(told, rf):
    seen = set()
    for n in range(500):
        address = f"198.51.{n // 200}.{n % 200}"
        if n % 25:  # most are only counted, as the page does: rendering it each time would show nothing more
            ratelimit.count(rf.post(URL, REMOTE_ADDR=address), "code", most=10, of_all=300, crowded=3)
        else:
            page = Client(REMOTE_ADDR=address).post(URL, {"code": f"appel boom vis kat {n % 7}"})
            seen.add((page.status_code, len(page.content), bool(page.cookies)))
    assert {(status, cookie) for status, _length, cookie in seen} == {(422, False)}
    assert len(seen) == 1, "every guess gets the same answer"
    guesser = Client(REMOTE_ADDR="198.51.0.1")
    assert [guesser.post(URL, {"code": "x"}).status_code for _ in range(3)] == [422, 422, 429], "it is narrow now"
    assert Client(REMOTE_ADDR="192.0.2.7").post(URL, {"code": told.code}).status_code == 302
    with connection.cursor() as cursor:
        for table in ("stories_story", "core_journalentry", "django_session"):
            cursor.execute(f"select coalesce(string_agg(t::text, ''), '') from {table} t")
            (kept,) = cursor.fetchone()
            assert "198.51." not in kept, table
            assert "192.0.2.7" not in kept, table


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("nonsense", "", True),
    ],
)
def test_of_ipv6_a_whole_network_counts_as_one(rf, one, other, same):
    first, second = (ratelimit.network(rf.post(URL, REMOTE_ADDR=address)) for address in (one, other))
    assert (first == second) is same


def test_a_network_of_ipv6_has_ten_tries_together_at_the_code_and_at_the_log_in(told, rf):
    answers = [Client(REMOTE_ADDR=f"2001:db8::{n:x}").post(URL, {"code": f"fout {n}"}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    seen = {AccountAdapter().get_client_ip(rf.get("/", REMOTE_ADDR=f"2001:db8::{n:x}")) for n in range(3)}
    assert seen == {"2001:db8::"}


def test_no_address_is_kept_and_the_key_changes_every_day(rf, monkeypatch):
    seen = []

    def counted(key):
        seen.append(key)
        return 1

    monkeypatch.setattr(cache, "incr", counted)
    request = rf.post(URL, REMOTE_ADDR="192.0.2.77")
    ratelimit.count(request, "code", most=10, of_all=10, crowded=3)
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)

    class Later(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return tomorrow

    monkeypatch.setattr("core.ratelimit.dt.datetime", Later)
    ratelimit.count(request, "code", most=10, of_all=10, crowded=3)
    assert not any("192.0.2.77" in key for key in seen)
    assert seen[0].split(":")[2] != seen[2].split(":")[2]


def test_a_header_that_a_visitor_wrote_is_not_believed(rf, settings):
    request = rf.post(URL, REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.5"})
    assert ratelimit.address(request) == "192.0.2.1"
    settings.BEHIND_PROXY = True
    assert ratelimit.address(request) == "203.0.113.5"


def test_without_counters_nobody_may_try(told, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock"}}
    page = give(told.code)
    assert page.status_code == 503
    assert 'name="code"' in page.content.decode()


def test_behind_the_code_there_is_nothing_without_the_code(client, db):
    for address in ("", "nu/", "antwoord/", "voorstel/", "toestemming/", "terugnemen/", "meenemen/"):
        for ask in (client.get, client.post):
            page = ask(f"/code/verhaal/{address}")
            assert page.status_code in (302, 405)
            if page.status_code == 302:
                assert page.url == URL

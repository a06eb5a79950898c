"""The door: who gets in, who does not, and what nobody can tell from outside."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import JournalEntry
from movement.models import Member
from tests.accounts.flows import code_from_app, log_in, second_step, set_second_factor, sign_up
from tests.smtp import html_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings):
    """A desk behind the real door."""
    settings.ROOT_URLCONF = "tests.accounts.desk_urls"


def masked(page):
    """What somebody sees, without what is different on every visit."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def test_somebody_signs_up_with_a_code_and_is_in(client, smtp):
    member = sign_up(client, smtp, "noor@example.org", name="Noor", perspective="youth")
    assert (member.name, member.perspectives) == ("Noor", ["youth"])
    assert not member.has_usable_password()
    assert client.session["_auth_user_id"] == str(member.pk)
    assert JournalEntry.objects.filter(verb="member.signed_up", subject_id=member.public_id).count() == 1


def test_somebody_logs_in_with_a_code_and_comes_where_she_was_going(client, smtp, professional):
    assert log_in(client, smtp, professional.email, next_page="/actieteams/") == "/actieteams/"
    assert client.session["_auth_user_id"] == str(professional.pk)


def test_the_mail_with_a_code_tells_nothing_to_who_looks_over_a_shoulder(client, smtp, professional):
    client.post("/inloggen/", {"email": professional.email})
    (mail,) = smtp.messages
    assert mail["Subject"] == "Je code"
    assert mail["To"] == professional.email
    assert smtp.code_for(professional.email) in html_of(mail)
    assert "src=" not in html_of(mail)


@pytest.mark.parametrize("next_page", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, smtp, professional, next_page):
    assert log_in(client, smtp, professional.email, next_page=next_page) == "/mijn/"


def test_a_wrong_code_three_times_and_it_is_over(client, smtp, professional):
    client.post("/inloggen/", {"email": professional.email})
    right = smtp.code_for(professional.email)
    for _ in range(2):
        page = client.post("/inloggen/code/", {"code": "0000-0000"})
        assert page.status_code == 422
        assert "klopt niet" in page.content.decode()
    assert client.post("/inloggen/code/", {"code": "0000-0000"}).status_code == 302
    client.post("/inloggen/code/", {"code": right})
    assert "_auth_user_id" not in client.session


def test_a_code_works_in_its_own_browser_and_once(client, smtp, professional):
    client.post("/inloggen/", {"email": professional.email})
    code = smtp.code_for(professional.email)
    other = Client()
    other.post("/inloggen/code/", {"code": code})
    assert "_auth_user_id" not in other.session
    client.post("/inloggen/code/", {"code": code})
    assert "_auth_user_id" in client.session
    client.post("/inloggen/uit/")
    client.post("/inloggen/code/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_the_session_of_before_is_not_the_session_of_after(client, smtp, professional, settings):
    client.post("/inloggen/", {"email": professional.email})
    before = client.session.session_key
    client.post("/inloggen/code/", {"code": smtp.code_for(professional.email)})
    assert client.session.session_key != before
    intruder = Client()
    intruder.cookies[settings.SESSION_COOKIE_NAME] = before
    assert intruder.get("/mijn/").status_code == 302


def ask(email, path="/inloggen/", **fields):
    """A visitor asks for a code; what she sees, and how many questions the database got."""
    visitor = Client()
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = visitor.post(path, {"email": email, **fields})
    page = visitor.get(answer.headers["Location"])
    return answer.status_code, answer.headers["Location"], masked(page).replace(email, "X"), len(queries)


def test_nobody_can_tell_at_the_log_in_who_has_an_account(smtp, professional):
    known = ask(professional.email)
    unknown = ask("nobody@example.org")
    assert known == unknown
    assert len(smtp.to(professional.email)) == len(smtp.to("nobody@example.org")) == 1
    assert "aanmelden" in text_of(smtp.to("nobody@example.org")[0])


def test_nobody_can_tell_at_the_sign_up_who_has_an_account(smtp, professional):
    fields = {"name": "Iemand", "perspective": "parent", "sixteen": "on"}
    known = ask(professional.email, "/inloggen/aanmelden/", **fields)
    unknown = ask("nobody@example.org", "/inloggen/aanmelden/", **fields)
    assert known[:3] == unknown[:3]
    assert len(smtp.to(professional.email)) == len(smtp.to("nobody@example.org")) == 1
    assert not re.search(r"\d{4}-\d{4}", text_of(smtp.to(professional.email)[0]))


def test_a_fake_sign_up_never_becomes_a_real_one(client, smtp, professional):
    client.post(
        "/inloggen/aanmelden/",
        {"email": professional.email, "name": "Dief", "perspective": "parent", "sixteen": "on"},
    )
    page = client.post("/inloggen/aanmelden/code/", {"code": ""})
    assert page.status_code == 422
    client.post("/inloggen/aanmelden/code/", {"code": "1234-5678"})
    assert "_auth_user_id" not in client.session
    professional.refresh_from_db()
    assert professional.name == "Anouk"


def test_under_sixteen_no_account_and_a_kind_word(client, smtp):
    page = client.post("/inloggen/aanmelden/", {"email": "kind@example.org", "name": "Kind", "perspective": "youth"})
    assert page.status_code == 422
    assert "verhaal vertellen" in page.content.decode()
    assert 'value="Kind"' in page.content.decode()
    assert not Member.objects.filter(email="kind@example.org").exists()
    assert smtp.messages == []


def test_a_fourth_code_in_a_minute_is_not_sent(client, smtp, professional):
    for _ in range(3):
        Client().post("/inloggen/", {"email": professional.email})
    page = Client().post("/inloggen/", {"email": professional.email})
    assert page.status_code == 422
    assert "te vaak" in page.content.decode()
    assert len(smtp.messages) == 3


def test_when_no_mail_can_leave_nothing_is_kept_and_the_page_says_so(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = client.post(
        "/inloggen/aanmelden/", {"email": "noor@example.org", "name": "Noor", "perspective": "youth", "sixteen": "on"}
    )
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert not Member.objects.filter(email="noor@example.org").exists()


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_confirm_login_code", "account_email_verification_sent"]
)
def test_pages_at_the_door_are_kept_nowhere(client, name):
    page = client.get(reverse(name))
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_logging_out_asks_first_and_ends_the_session(client, professional):
    client.force_login(professional)
    assert "Uitloggen" in client.get("/inloggen/uit/").content.decode()
    assert "_auth_user_id" in client.session
    client.post("/inloggen/uit/")
    assert "_auth_user_id" not in client.session


def test_who_mistyped_an_address_can_start_again(client, smtp, professional):
    client.post("/inloggen/", {"email": "typo@example.org"})
    assert client.get("/inloggen/").status_code == 302
    assert client.post("/inloggen/uit/", {"next": "/inloggen/"}).headers["Location"] == "/inloggen/"
    assert client.get("/inloggen/").status_code == 200


def test_a_coordinator_without_a_second_factor_never_reaches_the_desk(client, smtp, coordinator, desk):
    log_in(client, smtp, coordinator.email)
    page = client.get("/desk/")
    assert page.status_code == 302
    assert page.headers["Location"] == "/inloggen/bewijs/app/?next=%2Fdesk%2F"
    set_second_factor(client)
    assert client.get("/desk/").status_code == 200
    codes = client.get("/inloggen/bewijs/reserve/")
    assert codes.status_code == 200
    assert len(re.findall(r"<code>\d{8}</code>", codes.content.decode())) == 10


def test_a_coordinator_with_a_second_factor_is_asked_for_it(smtp, coordinator, desk):
    first = Client()
    log_in(first, smtp, coordinator.email)
    secret = set_second_factor(first)
    second = Client()
    assert log_in(second, smtp, coordinator.email) == "/inloggen/bewijs/code/"
    assert second.get("/desk/").status_code == 302
    assert second.post("/inloggen/bewijs/code/", {"code": "000000"}).status_code == 422
    second_step(second, secret)
    assert second.get("/desk/").status_code == 200


def test_after_a_working_day_the_desk_asks_for_the_second_factor_again(client, smtp, coordinator, desk):
    log_in(client, smtp, coordinator.email)
    secret = set_second_factor(client)
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 8 * 3600 - 1} for record in session["account_authentication_methods"]
    ]
    session.save()
    page = client.get("/desk/")
    assert page.headers["Location"] == "/inloggen/bewijs/opnieuw/?next=%2Fdesk%2F"
    assert second_step(client, secret, page=page.headers["Location"]) == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_a_code_from_the_app_works_once(smtp, coordinator):
    first, second = Client(), Client()
    log_in(first, smtp, coordinator.email)
    secret = set_second_factor(first)
    for browser, expected in ((first, 302), (second, 422)):
        browser.post("/inloggen/uit/")
        log_in(browser, smtp, coordinator.email)
        assert browser.post("/inloggen/bewijs/code/", {"code": code_from_app(secret)}).status_code == expected


def test_a_coordinator_cannot_take_her_last_second_factor_away(client, smtp, coordinator):
    log_in(client, smtp, coordinator.email)
    set_second_factor(client)
    client.post("/inloggen/bewijs/app/weg/")
    assert Authenticator.objects.filter(user=coordinator, type="totp").exists()


def test_the_secret_of_the_app_is_not_readable_in_the_database(client, smtp, coordinator):
    log_in(client, smtp, coordinator.email)
    secret = set_second_factor(client)
    assert secret not in str(Authenticator.objects.get(user=coordinator, type="totp").data)


def test_the_square_is_drawn_in_the_page_and_the_key_stands_below(client, smtp, coordinator):
    log_in(client, smtp, coordinator.email)
    page = client.get("/inloggen/bewijs/app/").content.decode()
    assert "<svg" in page
    assert "data:" not in page
    secret = client.session["mfa.totp.secret"]
    assert " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) in page

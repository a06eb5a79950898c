"""The link that stops a mail, the page with one's post, and what may not get into a header."""

import re
import string
from unittest.mock import patch

import hypothesis
import pytest
from django.conf import settings as house
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core import mail
from letters import actions
from letters.emails import message_for
from letters.lines import Line
from letters.models import Letter, Mail, Pace, Preference
from letters.tokens import notice_stop_url
from stories import codes
from stories.models import Reach, Story
from tests.letters.conftest import publish_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(smtp, parent):
    """A weekly digest that arrived."""
    publish_story(title="Bellen naar huis")
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)
    actions.send_mails()
    (message,) = smtp.to(parent.email)
    return message


def stop_path(message):
    return message["List-Unsubscribe"].strip(" <>").removeprefix(house.SITE_URL)


def test_every_letter_can_be_stopped_by_the_mail_programme_itself(sent, parent):
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(
        stop_path(sent),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"origin": "https://mail.example.com", "sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 200
    assert not answer.cookies
    assert Preference.objects.get(member=parent).pace == Pace.NEVER


def test_looking_at_the_link_changes_nothing(client, sent):
    page = client.get(stop_path(sent))
    assert page.status_code == 200
    assert client.head(stop_path(sent)).status_code == 200
    assert "Wat er in de beweging gebeurt" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.cookies
    assert not Preference.objects.exists()


def test_stopping_twice_is_stopping_once(client, sent, smtp, parent):
    for _ in range(2):
        assert client.post(stop_path(sent)).status_code == 200
    assert Preference.objects.count() == 1
    smtp.clear()
    publish_story()
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)
    actions.send_mails()
    assert smtp.to(parent.email) == []


def test_stopping_holds_for_a_mail_that_is_about_to_leave(client, sent, smtp):
    publish_story()
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)
    client.post(stop_path(sent))
    assert actions.send_mails() == {"void": 1}


def test_a_token_with_any_sign_changed_is_unknown(client, sent):
    path = stop_path(sent)
    token = path.removeprefix("/post/stop/").rstrip("/")
    for place, sign in enumerate(token):
        for other in {"A" if sign != "A" else "B", chr(ord(sign) ^ 1)} - {"/", "?", "#", "%"}:
            changed = token[:place] + other + token[place + 1 :]
            assert client.post(f"/post/stop/{changed}/").status_code == 404, place
    assert not Preference.objects.exists()


def test_a_token_made_for_another_purpose_or_a_year_old_is_unknown(client, sent, monkeypatch):
    handle = Mail.objects.get().public_id
    ours = {
        "/post/stop/": stop_path(sent).split("/")[-2],
        "/post/genoeg/": notice_stop_url(Reach(public_id=handle)).split("/")[-2],  # of the very same handle
        "/vertel/": codes.new_token(),
        "": TimestampSigner(salt="something.else").sign(handle),
    }
    for door in ("/post/stop/", "/post/genoeg/"):
        for purpose, token in ours.items():
            for how in (client.get, client.post):
                assert how(f"{door}{token}/").status_code == (200 if purpose == door else 404), (door, purpose)
    import time

    year_later = time.time() + 366 * 24 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: year_later)
    assert client.get(stop_path(sent)).status_code == 404


def test_the_link_names_neither_the_member_nor_the_address(sent, parent):
    path = stop_path(sent)
    assert parent.public_id not in path
    assert "rania" not in path


def test_the_page_with_post_shows_what_came_and_marks_it_read_on_request(as_, sent, parent):
    browser = as_(parent)
    page = browser.get("/mijn/post/").content.decode()
    assert "Bellen naar huis" in page
    assert "nieuw</span>" in page
    assert Letter.objects.filter(read_at=None).exists(), "looking changes nothing"
    assert browser.post("/mijn/post/gelezen/").status_code == 302
    assert "nieuw</span>" not in browser.get("/mijn/post/").content.decode()


def test_a_member_chooses_how_often(as_, parent):
    browser = as_(parent)
    paces = {"news": "daily", "search": "weekly", "team": "at_once", "answer": "daily", "look_back": "never"}
    answer = browser.post("/mijn/post/", paces)
    assert answer.status_code == 302
    assert dict(Preference.objects.values_list("kind", "pace")) == paces
    page = browser.post("/mijn/post/", paces | {"news": "sometimes"})
    assert page.status_code == 422
    assert Preference.objects.get(kind="news").pace == "daily"


def test_only_a_coordinator_is_asked_about_the_desk(as_, parent, coordinator):
    assert "Wat er op het bureau wacht" not in as_(parent).get("/mijn/post/").content.decode()
    assert "Wat er op het bureau wacht" in as_(coordinator).get("/mijn/post/").content.decode()


def test_somebody_elses_post_is_not_in_mine(as_, sent, professional):
    Letter.objects.filter(member=professional).delete()
    assert "Bellen naar huis" not in as_(professional).get("/mijn/post/").content.decode()


def test_the_inbox_asks_as_much_for_fifty_letters_as_for_one(as_, parent, django_assert_max_num_queries):
    for _ in range(50):
        publish_story()
    actions.make_letters()
    browser = as_(parent)
    with django_assert_max_num_queries(8):
        page = browser.get("/mijn/post/")
    assert len(re.findall(r'class="when"', page.content.decode())) == 50


NASTY = st.text(alphabet=string.ascii_letters + "\r\n\x00\x0b\x0c\x1c\u0085\u2028\u2029 :;,<>@=?%\"'")


@given(subject=NASTY, name=NASTY)
def test_no_text_becomes_a_header_of_its_own(subject, name):
    message = mail.compose("noor@example.org", f"x{subject}", "letters/mail/code", {"code": name, "minutes": 10})
    parsed = message.message()
    assert [value for key, value in parsed.items() if key == "To"] == ["noor@example.org"]
    assert len(parsed.items()) == 8
    assert message.recipients() == ["noor@example.org"]


@given(tail=NASTY.filter(lambda text: bool(text.strip())))
def test_an_address_is_one_address_or_is_refused(tail):
    try:
        message = mail.compose(f"noor@example.org{tail}", "Je code", "letters/mail/code", {"code": "1"})
    except mail.Refused:
        return
    (recipient,) = message.recipients()
    assert not set(recipient) & set("\r\n\x00,;<> \u2028")


@given(value=NASTY)
def test_a_header_with_a_break_in_it_is_refused(value):
    try:
        message = mail.compose("noor@example.org", "Je code", "letters/mail/code", {}, headers={"X-Test": value})
    except mail.Refused:
        return
    assert message.message()["X-Test"].splitlines() in ([value], [])


TYPED = NASTY.map(lambda text: text.replace("\x00", ""))  # no column takes it


@hypothesis.settings(max_examples=25, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@given(title=TYPED, team=TYPED, question=TYPED, name=TYPED)
def test_nothing_that_anybody_typed_reaches_a_header_of_the_post(sent, parent, title, team, question, name):
    """Every field of a letter's line: the title of a story, the name of a team and of a member, a step, a success."""
    parcel = Mail.objects.get()
    plain = message_for(parcel)
    Story.objects.update(title=f"T{title}"[:120], teaser="x")
    parcel.member.name = f"N{name}"[:60]
    typed = [Line(f"K{team}", f"R{question}", "/x", timezone.now())]
    with patch("letters.emails.lines", lambda member, letters: typed):
        forged = message_for(parcel)
    forged_by_title = message_for(parcel)
    assert plain is not None
    for message in (forged, forged_by_title):
        assert message is not None
        assert [key for key, _value in message.message().items()] == [key for key, _ in plain.message().items()]
        assert message.message()["Subject"] == plain.message()["Subject"]
        assert message.recipients() == [parent.email]

"""A session is read by statements of our own (core.sessions, movement.backend): what Django refuses, they refuse."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from movement.models import Member
from tests.accounts.flows import log_in

ENDS = {
    "its time is over": lambda: Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1)),
    "it was ended": lambda: Session.objects.all().delete(),
    "it was changed": lambda: Session.objects.update(session_data="x"),
    "its member was put out": lambda: Member.objects.update(is_active=False),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_session_opens_nothing_any_more_when(as_, professional, end):
    client = as_(professional)
    assert client.get("/mijn/").status_code == 200
    ENDS[end]()
    answer = client.get("/mijn/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")


def test_a_log_in_elsewhere_ends_the_session_that_was_left_open(client, smtp, professional):
    phone = Client()
    for browser in (client, phone):
        log_in(browser, smtp, professional.email)
    assert phone.get("/mijn/").status_code == 200
    assert client.get("/mijn/")["Location"].startswith("/inloggen/")

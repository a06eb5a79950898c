"""A session is read by statements of our own (core.sessions, movement.backend): what Django refuses, they refuse."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from movement.models import Member

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

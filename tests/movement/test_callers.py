"""The numbers at the foot of every page are those that coordinators edit, without a query, whatever is down."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from movement import callers, setup, texts
from movement.models import HelpLine
from portal.errors import broken


@pytest.fixture
def heard_nothing(monkeypatch):
    monkeypatch.setattr(callers._Heard, "lines", ())
    monkeypatch.setattr(callers._Heard, "until", 0.0)


@pytest.fixture
def edited(db, coordinator, heard_nothing, django_capture_on_commit_callbacks):
    """The third line has another name and number."""
    setup.load_help_lines()
    with django_capture_on_commit_callbacks(execute=True):
        line = HelpLine.objects.get(name="De Kindertelefoon")
        texts.edit(text=line, changes={"name": "Praatlijn", "number": "0800-1234"}, seen=0, actor=coordinator)
    yield
    cache.delete(callers._NAME)


def foot(client, address, status=200):
    page = client.get(address)
    assert page.status_code == status
    return page.content.decode().partition("<footer")[2]


@pytest.mark.parametrize("address", ["/privacy/", "/ar/privacy/"])
def test_what_a_coordinator_changes_stands_on_every_page_without_a_query(client, rf, edited, address):
    with CaptureQueriesContext(connection) as captured:
        shown = foot(client, address)
    assert len(captured) == 0
    assert '<a href="tel:08001234"><b>0800-1234</b> <span lang="nl">Praatlijn</span>' in shown
    assert "0800-0432" not in shown
    assert "tel:112" in shown
    assert "tel:113" in shown
    assert "0800-1234 Praatlijn" in broken(rf.get("/")).content.decode()
    assert callers.number_of("Veilig Thuis", "") == "0800-2000"


@pytest.mark.parametrize("down", [True, False])
def test_while_nobody_told_the_fixed_numbers_stand_there(client, rf, heard_nothing, settings, down, db):
    if down:
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock"}}
    for page in (foot(client, "/privacy/"), foot(client, "/bestaat-niet/", 404), broken(rf.get("/")).content.decode()):
        assert "112" in page
        assert "113" in page
        assert "0800-0432" in page


def test_a_line_that_ended_leaves_the_pages_and_112_never_does(client, edited, coordinator, monkeypatch,
                                                               django_capture_on_commit_callbacks):  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        for line in HelpLine.objects.filter(number__in=("112", "0800-1234")):
            texts.end(text=line, actor=coordinator)
    monkeypatch.setattr(callers._Heard, "until", 0.0)
    shown = foot(client, "/privacy/")
    assert "Veilig Thuis" in shown
    assert "Praatlijn" not in shown
    assert "tel:112" in shown

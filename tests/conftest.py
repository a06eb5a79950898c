"""The cast: people by whom every test tells its story."""

import datetime as dt
import os
import time
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.http import HttpRequest
from django.test import Client, TransactionTestCase
from whitenoise import WhiteNoise

from core import ratelimit
from movement.models import Appointment, Area, Member, Perspective
from stories import codes
from tests.browser import (  # noqa: F401 - fixtures for every test
    _playwright,
    browser,
    browser_with_back_cache,
    desktop,
    kept_window,
    live_server,
    new_page,
    phone,
    phone_without_js,
)
from tests.database import empty, wait_for
from tests.smtp import Post, serve

# A deadline in milliseconds says more about the other programs on a machine than about ours.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
LONG = ("long", "worker", "browser")
FULL_COST = codes._COST


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The long tests first, in the random order that they have: workers that take one at a time then end together."""
    items.sort(key=lambda item: next((n for n, mark in enumerate(LONG) if item.get_closest_marker(mark)), len(LONG)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """On our own server: see tests/database.py."""
    template = os.environ.get("TEST_TEMPLATE")
    with pytest.MonkeyPatch.context() as patch:
        if template:
            wait_for(os.environ["DATABASE_URL"])
            patch.setitem(connection.settings_dict["TEST"], "TEMPLATE", template)
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty())
        yield


@pytest.fixture(scope="session", autouse=True)
def _cheap_codes():
    """The hash of a code is slow on purpose, 50 ms a story that a test tells; tests/stories/test_codes.py pays it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "_COST", 2)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files():
    """The tests meet the same hashed files as the visitors; looked up once, not for each of two thousand clients."""
    call_command("collectstatic", interactive=False, verbosity=0)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    look = WhiteNoise.update_files_dictionary

    def once(served, root, prefix):
        if (root, prefix) not in found:
            look(served, root, prefix)
            found[root, prefix] = dict(served.files)
        served.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_left(django_db_setup, django_db_blocker):
    """At the end the database is dropped, and a thread of the live server may still have it open.

    Where no test needed a database, the connection leads to one that others may be using.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            " and starts_with(datname, %s) and pid <> pg_backend_pid()",
            [TEST_DATABASE_PREFIX],
        )


@pytest.fixture(autouse=True)
def _fresh_cache(monkeypatch):
    """Nothing is counted yet, and no test runs on from one window of the limits into the next."""
    cache.clear()
    now = time.time()
    monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: now))


@pytest.fixture
def country(db):
    return Area.objects.get_or_create(
        code="NL", defaults={"kind": "country", "name": "Nederland", "valid_from": dt.date(2015, 1, 1)}
    )[0]


@pytest.fixture
def region(db, country):
    return make_area("JZ17", "youth_region", "Midden IJssel / Oost Veluwe")


@pytest.fixture
def other_region(db, country):
    return make_area("JZ08", "youth_region", "Flevoland")


@pytest.fixture
def municipality(region):
    return make_area(
        "GM0200", "municipality", "Apeldoorn", youth_region=region, province=make_area("PV25", "province", "Gelderland")
    )


@pytest.fixture
def other_municipality(other_region):
    return make_area(
        "GM0303",
        "municipality",
        "Dronten",
        youth_region=other_region,
        province=make_area("PV24", "province", "Flevoland"),
    )


def make_area(code, kind, name, **fields):
    return Area.objects.get_or_create(
        code=code, defaults={"kind": kind, "name": name, "valid_from": dt.date(2015, 1, 1), **fields}
    )[0]


def make_member(name, perspective, **fields):
    return Member.objects.create_user(f"{name.lower()}@example.org", name=name, perspectives=[perspective], **fields)


@pytest.fixture
def professional(db):
    return make_member("Anouk", Perspective.PROFESSIONAL)


@pytest.fixture
def parent(db):
    return make_member("Rania", Perspective.PARENT)


@pytest.fixture
def host(db):
    return make_member("Judith", Perspective.PROFESSIONAL)


@pytest.fixture
def coordinator(db):
    return make_member("Marijke", Perspective.ORGANISATION, is_coordinator=True)


@pytest.fixture
def second_coordinator(db):
    return make_member("Hanna", Perspective.ORGANISATION, is_coordinator=True)


@pytest.fixture
def listener(db):
    return make_member("Petra", Perspective.POLICY, is_listener=True)


@pytest.fixture
def analyst(municipality):
    member = make_member("Bas", Perspective.MUNICIPALITY)
    Appointment.objects.create(member=member, kind="analyst", area=municipality)
    return member


@pytest.fixture
def other_analyst(other_municipality):
    member = make_member("Sanne", Perspective.MUNICIPALITY)
    Appointment.objects.create(member=member, kind="analyst", area=other_municipality)
    return member


@pytest.fixture
def as_(db):
    """A browser in which this person is logged in; coordinators with their second factor."""

    def log_in(member: Member | None) -> Client:
        client = Client()
        if member is not None:
            client.force_login(member)
            if member.is_coordinator:
                give_second_factor(client, member)
        return client

    return log_in


def give_second_factor(client: Client, member: Member) -> None:
    """What allauth writes in the session when somebody has typed a right second code."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, member, "mfa", type="totp")
    request.session.save()


@pytest.fixture
def smtp(settings):
    """A mail server that the site really talks to; see tests/smtp.py."""
    post = Post()
    controller = serve(post)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = post.host, post.port
    yield post
    controller.stop()

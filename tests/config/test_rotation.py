"""A drill: SECRET_KEY is replaced. What people hold in their hands works on while the old one is known."""

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from letters import actions
from letters.models import Pace, Preference
from stories import codes
from stories.actions.telling import Answers, tell
from stories.models import Story
from tests.letters.conftest import publish_story


@pytest.fixture
def rotate(settings, monkeypatch):
    """Restart with another key; `known` says whether the old one stands in SECRET_KEY_FALLBACKS."""
    old = settings.SECRET_KEY

    def restart(*, known):
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret " * 4, [old] if known else []
        monkeypatch.setattr(codes, "_SIGNER", TimestampSigner(salt="stories.telling"))  # a start makes it anew

    return restart


@pytest.fixture
def link(smtp, parent):
    """The address in a letter that stops it."""
    publish_story()
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)
    actions.send_mails()
    return "/post/stop/" + smtp.to(parent.email)[0]["List-Unsubscribe"].strip(" <>").split("/post/stop/")[1]


def test_a_letter_of_before_can_be_stopped_until_the_old_key_is_dropped(link, rotate, parent):
    rotate(known=True)
    assert Client().get(link).status_code == 200
    assert Client().post(link).status_code == 200
    assert Preference.objects.get(member=parent).pace == Pace.NEVER
    rotate(known=False)
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("known", [True, False])
def test_a_story_code_opens_its_story_whatever_becomes_of_the_key(db, rotate, known):
    told = tell(token=b"a form", answers=Answers(body="Ik mocht alleen om zes uur bellen."))
    rotate(known=known)
    teller = Client()
    assert teller.post("/code/", {"code": told.code}).status_code == 302
    assert "alleen om zes uur" in teller.get("/code/verhaal/").content.decode()


def test_a_form_that_was_open_meanwhile_is_kept_and_its_story_is_told_once(db, rotate):
    token = codes.new_token()
    rotate(known=True)
    for _ in range(2):
        page = Client().post("/vertel/", {"token": token, "body": "Er was niemand.", "do": "send"})
        assert page.status_code == 200
    assert Story.objects.count() == 1


def test_with_a_form_of_an_unknown_key_nothing_typed_is_lost(db, rotate):
    token = codes.new_token()
    rotate(known=False)
    page = Client().post("/vertel/", {"token": token, "body": "Er was niemand.", "do": "send"})
    assert page.status_code == 422
    assert "Er was niemand." in page.content.decode()
    assert not Story.objects.exists()


def test_members_stay_logged_in_while_the_old_key_is_known(as_, parent, rotate):
    browser = as_(parent)
    rotate(known=True)
    assert browser.get("/mijn/").status_code == 200


def test_members_log_in_again_once_the_old_key_is_dropped(as_, parent, rotate):
    browser = as_(parent)
    rotate(known=False)
    assert browser.get("/mijn/").status_code == 302

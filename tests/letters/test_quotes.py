"""Who chose a sentence hears that it went, and reads nothing of it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from letters import actions
from letters.lines import inbox
from letters.models import Letter, Pace
from movement.models import Member
from stories.actions.quoting import forget_gaps, quote, unquote
from stories.actions.telling import change_consent
from stories.actions.withdrawing import withdraw
from stories.models import Quote
from tests.smtp import html_of, text_of
from tests.stories.factory import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def quoted(coordinator, region):
    story = published(title="Wachten", body="Ik wachtte een jaar.", quotable="yes", region=region)
    return quote(story=story, sentence="Ik wachtte een jaar.", actor=coordinator)


def no_longer(story):
    change_consent(story=story, use="quote", answer="no")


@pytest.mark.parametrize("end", [withdraw, no_longer])
def test_who_chose_a_sentence_hears_once_that_it_went(
    smtp, quoted, coordinator, second_coordinator, analyst, region, end
):
    story, told = quoted.story, []
    actions.make_letters()
    assert not Letter.objects.exists(), "that it was chosen is news for nobody"
    end(story=story)
    for _job in range(2):
        actions.make_letters(thorough=True)
        actions.compose_mails(timezone.now(), Pace.DAILY)
        told.append(actions.send_mails())
    assert told == [{"sent": 1}, {}]
    (message,) = smtp.to(coordinator.email)
    for body in (text_of(message), html_of(message)):
        assert "Een zin die jij koos mag niet meer aangehaald worden." in body
        assert reverse("monitor:worksheet", args=[region.code]) in body
    for said in (message.as_string(), text_of(message), html_of(message)):
        assert not [word for word in ("wachtte", "Wachten", story.public_id) if word in said]
    assert [line.url for line in inbox(coordinator)] == [f"/monitor/{region.code}/werkblad/"]
    assert inbox(second_coordinator) == inbox(analyst) == []


def test_who_takes_it_back_herself_knows_it_and_a_colleague_who_chose_it_hears_it(
    quoted, coordinator, second_coordinator
):
    unquote(story=quoted.story, quote=quoted.public_id, actor=coordinator)
    actions.make_letters()
    assert inbox(coordinator) == []
    story = published(body="Nu wel.", quotable="yes", region=quoted.region)
    other = quote(story=story, sentence="Nu wel.", actor=coordinator)
    unquote(story=story, quote=other.public_id, actor=second_coordinator)
    actions.make_letters()
    assert len(inbox(coordinator)) == 1


def test_a_gap_that_is_over_and_a_desk_that_she_left_say_nothing_more(quoted, coordinator):
    no_longer(quoted.story)
    actions.make_letters()
    assert len(inbox(coordinator)) == 1
    Member.objects.filter(pk=coordinator.pk).update(is_coordinator=False)
    coordinator.refresh_from_db()
    assert inbox(coordinator) == []
    Member.objects.filter(pk=coordinator.pk).update(is_coordinator=True)
    coordinator.refresh_from_db()
    Quote.objects.update(gone_at=timezone.now() - dt.timedelta(days=400))
    forget_gaps()
    assert inbox(coordinator) == []

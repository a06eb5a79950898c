"""A story that answers another: told from its page, shown on both, and gone with either."""

import re
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from stories.actions import telling
from stories.actions.telling import Answers
from stories.actions.withdrawing import withdraw
from stories.codes import code_hash
from stories.models import Story
from tests.stories.factory import a_story, published

pytestmark = pytest.mark.django_db


def tell_from(client, address, **more):
    """As a browser does: open the form, look back at it, and send what that page holds."""
    page = client.get(address).content.decode()
    data = {"body": "Bij mij ging het ook zo.", "audience": "everybody", "when": "now", "do": "check", **more}
    for name in ("token", "reply"):
        found = re.findall(rf'name="{name}" value="([^"]+)"', page)
        data |= {name: found[0]} if found and name not in more else {}
    review = client.post("/vertel/", data).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', review))
    sent = client.post("/vertel/", hidden | {"do": "send"})
    assert sent.status_code == 200
    return Story.objects.order_by("-pk").first(), page, review


def page_of(client, story):
    return client.get(story.get_absolute_url()).content.decode()


def test_a_story_told_from_the_page_of_another_stands_beside_it_once_both_are_there(client, coordinator, as_):
    first = published(title="Zes uur bellen")
    (link,) = re.findall(r'href="(/vertel/\?bij=\w+)"', page_of(client, first))
    answer, form, review = tell_from(client, link)
    assert answer.reply_to == first
    assert "Zes uur bellen" in form
    assert "Zes uur bellen" in review
    assert not client.cookies
    desk = as_(coordinator).get(f"/desk/verhalen/{answer.public_id}/").content.decode()
    assert "Zes uur bellen" in desk
    assert answer.public_id not in page_of(client, first), "it is not on the site yet"

    beside = published(title="Bij mij ook", reply_to=first)
    assert "Bij mij ook" in page_of(client, first)
    assert "Zes uur bellen" in page_of(client, beside)


def test_who_unticks_it_tells_a_story_of_its_own(client):
    first = published()
    answer, _form, review = tell_from(client, f"/vertel/?bij={first.public_id}", reply="")
    assert answer.reply_to is None
    assert first.title not in review


@pytest.mark.parametrize("bij", ["bestaatniet", "%00", "' or 1=1", "x" * 300])
def test_what_cannot_be_answered_is_left_out(client, bij):
    hidden = a_story(title="Geheim")
    for address in (f"/vertel/?bij={bij}", f"/vertel/?bij={hidden.public_id}"):
        page = client.get(address)
        assert page.status_code == 200
        assert 'name="reply"' not in page.content.decode()


def test_an_answer_is_shown_to_whom_it_was_told_and_a_heavy_one_without_its_title(client, professional, as_):
    first = published(title="Zes uur bellen")
    published(title="Alleen voor leden", reply_to=first, audience="members")
    published(title="Iets heel zwaars", reply_to=first, heavy=True)
    page = page_of(client, first)
    assert "Alleen voor leden" not in page
    assert "Iets heel zwaars" not in page
    assert "een zwaar verhaal" in page
    assert "Alleen voor leden" in page_of(as_(professional), first)


@pytest.mark.parametrize("which", ["first", "answer"])
def test_a_link_goes_with_either_story(client, which):
    first = published(title="Zes uur bellen")
    answer = published(title="Bij mij ook", reply_to=first)
    withdraw(story=first if which == "first" else answer)
    assert not Story.objects.exclude(reply_to=None).exists()
    left = answer if which == "first" else first
    page = page_of(client, left)
    assert "Zes uur bellen" not in page or left == first
    assert "antwoord op:" not in page
    assert "die hierop antwoorden" not in page


def test_a_story_that_was_taken_back_meanwhile_is_not_answered():
    first = published()
    withdraw(story=first)
    told = telling.tell(token=b"1" * 16, answers=Answers(body="Bij mij ook.", reply_to=first))
    told.story.refresh_from_db()
    assert told.story.reply_to is None


@pytest.mark.django_db(transaction=True)
def test_an_answer_waits_for_a_withdrawal_that_goes_on_at_the_same_moment():
    first, made = published(), []

    def tell():
        try:
            told = telling.tell(token=b"2" * 16, answers=Answers(body="Bij mij ook.", reply_to=first))
            made.append(Story.objects.get(pk=told.story.pk).reply_to_id)
        finally:
            connection.close()

    with transaction.atomic():
        withdraw(story=first)
        other = threading.Thread(target=tell)
        other.start()
        other.join(timeout=0.3)
        assert not made, "it waits"
    other.join(timeout=10)
    assert made == [None]


def test_the_database_keeps_a_link_from_a_withdrawn_story_and_to_itself(client):
    first = published()
    for broken in (
        lambda: Story.objects.filter(pk=first.pk).update(reply_to=first),
        lambda: a_story(status="withdrawn", withdrawn_at=first.told_at, raw_body=None, raw_helped=None, reply_to=first),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


def test_more_answers_than_a_page_of_a_story_holds_are_in_the_list(client, region):
    first, other = published(title="Zes uur bellen"), published(title="Over de bus")
    for number in range(12):
        published(title=f"Bij mij ook {number}", reply_to=first, region=region if number < 9 else None)
    address = f"/verhalen/?bij={first.public_id}"
    assert address not in page_of(client, first)
    oldest = published(title="Van lang geleden", reply_to=first, published_on="2020-01-01")
    published(title="Iets zwaars", reply_to=first, heavy=True)
    page = page_of(client, first)
    assert f'href="{address}"' in page
    assert "Van lang geleden" not in page
    with CaptureQueriesContext(connection) as captured:
        found = client.get(address).content.decode()
    assert len(captured) <= 4
    assert oldest.title in found
    assert found.count("Bij mij ook") == 12
    assert "Over de bus" not in found
    assert "Iets zwaars" not in found
    assert f'href="{first.get_absolute_url()}"' in found
    assert client.get("/verhalen/?bij=bestaatniet").content.decode().count("Bij mij ook") == 0
    narrow = client.get(f"{address}&regio={region.code}").content.decode()
    assert "Van lang geleden" in narrow, "with nine of a region among them, the region is left out"
    Story.objects.filter(pk=first.pk).update(audience="members")
    assert "Bij mij ook" not in client.get(address).content.decode(), "who may not read it learns of no answers"
    assert other.public_id not in found


def test_the_page_costs_the_same_with_many_answers(client):
    first = published()
    with CaptureQueriesContext(connection) as before:
        page_of(client, first)
    for _ in range(9):
        published(reply_to=first)
    with CaptureQueriesContext(connection) as after:
        page_of(client, first)
    assert len(after) == len(before) <= 4


def test_the_page_behind_the_code_shows_so_many_answers_and_leads_to_the_others(client):
    first = published(audience="members", code_hash=code_hash("aap noot mies wim zus"))
    client.post("/code/", {"code": "aap noot mies wim zus"})
    published(title="Bij mij ook 0", reply_to=first, published_on="2020-01-01")

    def asked(**sent):
        with CaptureQueriesContext(connection) as captured:
            page = client.post("/code/verhaal/", {"email": "half@example", **sent}).text
        assert 'value="half@example"' in page, "what was typed stays"
        return page, len(captured)

    asked()  # the first visit writes the session
    few, before = asked()
    assert 'name="after"' not in few
    for number in range(1, 25):
        published(title=f"Bij mij ook {number}", reply_to=first)
    newest, after = asked()
    assert (newest.count("Bij mij ook"), after) == (12, before)
    next_ones, _ = asked(after=more(newest))
    assert next_ones.count("Bij mij ook") == 12
    oldest, _ = asked(after=more(next_ones))
    assert re.findall("Bij mij ook [0-9]+", oldest) == ["Bij mij ook 0"]
    assert 'value="12">Terug<' in oldest
    assert "Meer antwoorden" not in oldest
    for wrong in ("-1", "9" * 15, "²", "x"):
        assert client.post("/code/verhaal/", {"after": wrong}).status_code == 200


def more(page):
    (after,) = re.findall(r'name="after" value="([0-9]+)">Meer antwoorden', page)
    return after

"""A teller changes what she told and sends it again: the same story, read from the beginning, and the old text gone."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.encryption import decrypt
from core.http import TooLate
from core.models import JournalEntry
from movement.models import HelpLine
from stories import states
from stories.actions import deciding, revising, telling, tending
from stories.forms.telling import as_told
from stories.models import EditProposal, HouseRule, Status, Story
from stories.setup import load_house_rules
from stories.views.desk import VERBS
from tests.stories.factory import a_story, a_theme, published, put
from tests.test_doors import session_of

pytestmark = pytest.mark.django_db
URL, MINE = "/code/verhaal/opnieuw/", "/code/verhaal/"
OLD, NEW = "Juf Marieke van de Zonnehoek luisterde niet.", "Mijn nieuwe juf luisterde toen wel."
MAY = ["own_time", "waiting", "escalated", "in_hand", "question", "proposed", "refused"]


@pytest.fixture
def told(coordinator, region):
    return a_story(
        raw_body=OLD, raw_helped="Een groep", raw_feeling="Alleen", region=region, themes=[a_theme()], heard=2,
        decided_me=20, decided_family=30, decided_professionals=50, quotable="ask", age_band="12-15",
        perspective="youth", told_for="self", form_of_help="group", first_approver=coordinator,
    )  # fmt: skip


@pytest.fixture
def behind(client, told):
    client.cookies = session_of(None, second_factor=False, story=told)
    return client


def filled(page):
    """What a browser would send of this form."""
    (form,) = re.findall(r'<form class="form" id="tell".*?</form>', html.unescape(page.content.decode()), re.DOTALL)
    sent = {
        name: text.lstrip("\n")
        for name, text in re.findall(r'<textarea name="(\w+)".*?>(.*?)</textarea>', form, re.DOTALL)
    }
    for tag in re.findall(r"<input[^>]*>", form):
        (name,), value = re.findall(r' name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if "hidden" in tag or "checked" in tag:
            sent[name] = value[1] if value else ""
    for name, inside in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    return sent


def in_the_tables():
    """Every text of every story and edit, opened."""
    with connection.cursor() as cursor:
        cursor.execute("select raw_body, raw_helped, raw_feeling from stories_story")
        kept = [text for row in cursor.fetchall() for text in row]
        cursor.execute("select title, body, helped, feeling, why from stories_editproposal")
        kept += [text for row in cursor.fetchall() for text in row]
        cursor.execute("select to_jsonb(s)::text from stories_story s")
        plain = [row[0] for row in cursor.fetchall()]
    return " ".join([*(decrypt(bytes(text)) for text in kept if text), *plain])


@pytest.mark.parametrize("status", MAY)
def test_the_form_comes_back_filled_in_and_what_is_sent_takes_the_place_of_the_old(behind, told, coordinator, status):
    if status == "own_time":
        Story.objects.filter(pk=told.pk).update(first_approver=None)
    put(told, status, **({"reader": coordinator} if status == "in_hand" else {}))
    edit = EditProposal.objects.create(
        story=told, title="Marieke", body=OLD, why="Er stond Marieke.", author=coordinator,
        state="open" if status == "proposed" else "declined",
    )  # fmt: skip
    assert URL in behind.get(MINE).content.decode()
    sent = filled(behind.get(URL))
    assert (sent["body"], sent["helped"], sent["feeling"], sent["decided_point"]) == (
        OLD,
        "Een groep",
        "Alleen",
        "20,30,50",
    )
    assert (sent["themes"], sent["heard"], sent["quotable"], sent["audience"]) == ("wachten", "2", "ask", "everybody")
    assert ("when" in sent or 'name="when"' in behind.get(URL).content.decode()) == (status == "own_time")
    review = behind.post(URL, sent | {"body": OLD + " " + NEW, "do": "check"})
    assert re.search("<mark[^>]*>[^<]*Marieke", review.content.decode())
    answer = behind.post(URL, filled(review) | {"body": NEW, "do": "send"})
    assert answer.status_code == 200
    after = Story.objects.get(pk=told.pk)
    assert after.status == ("own_time" if status == "own_time" else "waiting")
    assert (after.raw_body, after.raw_helped, after.version) == (NEW, "Een groep", 2)
    assert (after.code_hash, after.reader, after.first_approver, after.erase_raw_at) == (
        bytes(told.code_hash),
        None,
        None,
        None,
    )
    assert as_told(after) == as_told(told) | {"body": NEW, "version": 2}, "what was not changed stays as it was"
    assert "Marieke" not in in_the_tables()
    edit.refresh_from_db()
    assert edit.state != "open"
    verb = "story.rewritten" if status == "own_time" else "story.told_anew"
    assert [entry.verb for entry in JournalEntry.objects.about("story", told.public_id)] == [verb]
    assert str(states.TELLS[verb]) in html.unescape(answer.content.decode())
    assert (after.told_anew_at is None) == (status == "own_time")


def test_whoever_reads_it_sees_that_it_was_told_anew(told, behind, coordinator, second_coordinator, as_):
    put(told, "in_hand", reader=coordinator)
    behind.post(URL, filled(behind.get(URL)) | {"body": NEW, "do": "send"})
    desk = as_(second_coordinator)
    assert "opnieuw verteld" in desk.get("/desk/").content.decode()
    page = desk.get(f"/desk/verhalen/{told.public_id}/").content.decode()
    assert "Opnieuw verteld op" in page
    late = as_(coordinator).post(
        f"/desk/verhalen/{told.public_id}/plaatsen/", {"title": "Juf", "heavy": "no", "version": 2}
    )
    assert late.status_code == 409
    assert Story.objects.get(pk=told.pk).status == Status.WAITING


def test_a_page_of_the_desk_with_the_old_text_decides_nothing_and_keeps_what_was_typed(told, behind, coordinator, as_):
    load_house_rules()
    desk, address = as_(coordinator), f"/desk/verhalen/{told.public_id}/"
    put(told, "in_hand", reader=coordinator)
    page = desk.get(f"{address}?tekst").content.decode()
    assert page.count('name="version" value="1"') == page.count(' action="/desk/verhalen/')
    old = Story.objects.get(pk=told.pk)
    behind.post(URL, filled(behind.get(URL)) | {"body": NEW, "do": "send"})
    deciding.claim(story=Story.objects.get(pk=told.pk), actor=coordinator)  # by herself, in another window
    before = Story.objects.values().get(pk=told.pk)
    typed: dict[str, Any] = {"title": "Getypt", "body": "Getypt in de wijziging.", "text": "Getypt aan de verteller.",
             "rules": ["naam"], "why": "Getypt waarom.", "statement": "Getypt besluit.", "said": "Getypt gesprek.",
             "to_whom": "colleague", "steps": ["called_112"], "heavy": "no", "language": "tr"}  # fmt: skip
    assert {verb for verb, doing in VERBS.items() if doing.unread} == {"oppakken", "teruggeven"}
    for verb, version in (("merken", 1), ("voorstel", 1), ("weigeren", ""), ("gevaar", 1), ("vraag", 1)):
        Story.objects.filter(pk=told.pk).update(heavy=verb == "vraag")  # then its text is opened by no accident
        late = desk.post(f"{address}{verb}/", typed | {"version": version, "tekst": "1"})
        shown = html.unescape(late.content.decode())
        assert late.status_code == 409, verb
        assert "heeft dit verhaal intussen veranderd" in shown, verb
        asked = VERBS["voorstel" if verb == "merken" else verb].form.base_fields
        assert all(typed[name] in shown for name in asked if str(typed.get(name)).startswith("Getypt")), verb
        assert (NEW in shown) == (verb != "vraag"), verb
    Story.objects.filter(pk=told.pk).update(heavy=before["heavy"])
    rule = HouseRule.objects.get(slug="naam")
    texts: dict[str, Any] = {"title": "Juf", "body": OLD, "helped": "", "feeling": "", "why": "Een naam"}
    for late in (
        lambda: deciding.propose_edit(story=old, rules=[rule], actor=coordinator, **texts),
        lambda: deciding.refuse(story=old, rules=[rule], statement="Nee.", actor=coordinator),
        lambda: deciding.ask(story=old, text="Hoe?", actor=coordinator),
        lambda: deciding.pass_on(story=old, actor=coordinator),
        lambda: tending.answer_danger(story=old, steps=["no_danger"], actor=coordinator),
        lambda: tending.set_themes(story=old, themes=[], actor=coordinator),
    ):
        with pytest.raises(TooLate, match="intussen veranderd"):
            late()
    assert Story.objects.values().get(pk=told.pk) == before
    assert not any(rows.exists() for rows in (told.proposals, told.messages, told.danger_notes))
    assert desk.post(f"{address}vraag/", typed | {"version": "2"}).status_code == 302


def test_danger_in_the_new_text_shows_help_at_once_and_sends_it_and_never_goes_away_by_another_text(told, behind):
    HelpLine.objects.create(name="113", purpose="Praten", number="0800-0113", urgent=True)
    Story.objects.filter(pk=told.pk).update(first_approver=None, danger="concern", danger_answered_at=timezone.now(),
                                            danger_at=timezone.now() - dt.timedelta(days=9))  # fmt: skip
    put(told, "own_time", sent_at=None)
    sent = filled(behind.get(URL)) | {"body": "Ik wil niet meer leven, vanavond doe ik het."}
    assert "0800-0113" in behind.post(URL, sent | {"do": "check"}).content.decode()
    assert "0800-0113" in behind.post(URL, sent | {"do": "send"}).content.decode()
    after = Story.objects.get(pk=told.pk)
    assert (after.status, after.danger, after.danger_answered_at) == ("waiting", "urgent", None)
    assert after.is_heavy_to_open
    assert after.danger_at
    assert after.danger_at > timezone.now() - dt.timedelta(minutes=1)
    revising.tell_anew(story=after, version=2, answers=telling.Answers(body=NEW, audience="everybody"))
    assert (after.danger, after.raw_body) == ("urgent", NEW)
    bank = telling.Answers(body="Mijn bsn is 111222333.", audience="members", quotable="yes")
    revising.tell_anew(story=after, version=3, answers=bank)
    assert "111222333" not in str(after.raw_body)
    assert [(one.use, one.answer) for one in after.consents.all()][-2:] == [("read", "members"), ("quote", "yes")]


@pytest.mark.parametrize("heavy", [True, False])
def test_a_warning_stays_with_another_text_and_a_word_that_there_need_be_none_goes(told, behind, coordinator, heavy):
    tending.set_themes(story=told, themes=(), heavy=heavy, actor=coordinator)
    sent = filled(behind.get(URL)) | {"body": "Ik had een juf die luisterde.", "do": "send"}
    behind.post(URL, sent)
    after = Story.objects.get(pk=told.pk)
    assert (after.version, after.heavy, after.heavy_said) == (2, heavy, heavy or None)


def test_two_windows_change_one_story_and_neither_text_is_lost_in_silence(told, behind):
    first, second = filled(behind.get(URL)) | {"do": "send"}, filled(behind.get(URL)) | {"do": "send"}
    behind.post(URL, first | {"body": NEW})
    assert behind.post(URL, first | {"body": NEW}).status_code == 200, "a double click is once"
    late = behind.post(URL, second | {"body": "Een ander verhaal."})
    assert late.status_code == 409
    assert "in een ander venster" in late.content.decode()
    assert Story.objects.get(pk=told.pk).raw_body == NEW
    behind.post(URL, filled(late) | {"do": "send"})
    assert Story.objects.get(pk=told.pk).raw_body == "Een ander verhaal."
    assert Story.objects.get(pk=told.pk).version == 3
    put(told, "published", title="Juf", body="Tekst.", teaser="Tekst.", published_on=timezone.localdate())
    over = behind.post(URL, filled(late) | {"body": "Nog een.", "version": "3", "do": "send"})
    assert over.status_code == 409
    assert "readonly>Nog een." in over.content.decode()
    assert behind.get(URL).status_code == 302


def test_what_is_wrong_or_too_late_keeps_all_that_was_typed(told, behind, monkeypatch):
    sent = filled(behind.get(URL)) | {"helped": "Een nieuwe groep", "do": "send"}
    empty = behind.post(URL, sent | {"body": " "})
    assert empty.status_code == 422
    assert filled(empty)["helped"] == "Een nieuwe groep"
    assert "Een nieuwe groep" in behind.post("/en" + URL, sent | {"do": "language"}).content.decode()
    session = behind.session
    session["teller"] = session["teller"] | {"until": 1}
    session.save()
    locked = behind.post(URL, sent | {"body": NEW})
    assert 'name="body" value="Mijn nieuwe juf luisterde toen wel."' in locked.content.decode()
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', locked.content.decode()))
    monkeypatch.setattr("stories.views.code.behind_code", lambda _hash: None)
    assert 'value="Een nieuwe groep"' in behind.post("/code/", carried | {"code": "een"}).content.decode()
    monkeypatch.setattr("stories.views.code.behind_code", lambda _hash: told)
    back = behind.post("/code/", carried | {"code": "een"}, follow=True)
    assert (filled(back)["body"], filled(back)["helped"]) == (NEW, "Een nieuwe groep")
    assert Story.objects.get(pk=told.pk).version == 1


def test_what_was_erased_or_is_on_the_site_is_said_and_not_changed(told, behind, coordinator):
    Story.objects.filter(pk=told.pk).update(raw_body=None)
    assert URL not in behind.get(MINE).content.decode()
    assert "kun je het hier niet meer veranderen" in behind.get(URL, follow=True).content.decode()
    on_site = published()
    assert not revising.may_be_told_anew(on_site)
    for text in (OLD, None):
        Story.objects.filter(pk=told.pk).update(raw_body=text)
        with pytest.raises(DatabaseError, match="read anew"), transaction.atomic():
            Story.objects.filter(pk=told.pk).update(version=2)  # it still has its first reader, or no text
    with pytest.raises(DatabaseError, match="read anew"), transaction.atomic():
        Story.objects.filter(pk=on_site.pk).update(version=2)


def test_an_edit_that_was_agreed_to_says_nothing_of_another_text(told, coordinator):
    Story.objects.filter(pk=told.pk).update(red_flag=True)
    EditProposal.objects.create(story=told, title="Bellen", body=OLD, state="agreed")
    told.refresh_from_db()
    revising.tell_anew(story=told, version=1, answers=telling.Answers(body=NEW, audience="everybody"))
    deciding.claim(story=told, actor=coordinator)
    assert deciding.agreed_edit(told) is None
    with pytest.raises(states.NotYet):
        deciding.publish_unchanged(story=told, title="Juf", actor=coordinator)

"""The clock of a danger while a teller and the desk are busy at the same moment: a signal only ever goes up."""

import html
import re
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from stories.actions import reporting, talking, telling, tending
from stories.models import Danger, DangerNote, EditProposal, Ruling, Story
from stories.states import NotYet
from tests.stories.factory import a_story, published, put

pytestmark = pytest.mark.django_db
CONCERN, URGENT = "Vroeger werd ik geslagen.", "Ik wil niet meer leven."


def danger_of(story):
    return Story.objects.values_list("danger", flat=True).get(pk=story.pk)


def test_the_ranks_of_danger_are_those_of_the_desk():
    assert sorted(Danger, key=lambda one: one.rank) == [Danger.NONE, Danger.CONCERN, Danger.URGENT]
    for danger in Danger:
        assert a_story(danger=danger).urgency == danger.rank


def taken_off(coordinator, **fields):
    """A story that was reported, of which its teller may object to the ruling."""
    story = published()
    put(story, "refused", **fields)
    Ruling.objects.create(
        story=story, outcome="off", state="stands", statement="Weg.", author=coordinator, erase_at=story.told_at
    )
    return story


def test_what_is_urgent_by_now_does_not_become_a_concern_by_an_objection(coordinator):
    story = taken_off(coordinator)
    telling.raise_danger(Story.objects.get(pk=story.pk), URGENT)
    reporting.object_to_ruling(story=story, text=CONCERN)
    assert danger_of(story) == Danger.URGENT
    assert story.danger == Danger.URGENT


def test_nor_by_the_note_beside_an_answer_to_an_edit(coordinator, monkeypatch):
    story = a_story(status="proposed")
    edit = EditProposal.objects.create(story=story, title="T", body="B", author=coordinator)
    clean = telling.clean

    def meanwhile(text):
        telling.raise_danger(Story.objects.get(pk=story.pk), URGENT)
        return clean(text)

    monkeypatch.setattr(telling, "clean", meanwhile)
    assert not telling.answer_proposal(story=story, proposal=edit, agree=True, note=CONCERN)
    assert danger_of(story) == Danger.URGENT


@pytest.mark.django_db(transaction=True)
def test_two_signals_at_the_same_moment_wait_for_each_other():
    story, done = a_story(), []

    def less():
        try:
            with transaction.atomic():
                telling.raise_danger(story, CONCERN)
            done.append(danger_of(story))
        finally:
            connection.close()

    telling.danger_in(CONCERN)  # what it was learnt from is read once
    with transaction.atomic():
        telling.raise_danger(Story.objects.get(pk=story.pk), URGENT)
        other = threading.Thread(target=less)
        other.start()
        other.join(timeout=0.5)
        assert not done, "it waits"
    other.join(timeout=10)
    assert done == [Danger.URGENT]


OPEN = {"danger": "concern", "danger_at": timezone.now(), "heavy": True}


def test_one_person_alone_does_not_close_what_became_urgent_a_moment_ago(coordinator, second_coordinator):
    story = a_story(**OPEN)
    tending.note_danger(story=story, actor=coordinator, steps=["asked_veilig_thuis"])
    tending.look_at(story=story, actor=second_coordinator)
    old = Story.objects.get(pk=story.pk)
    talking.write_to_desk(story=story, text=URGENT)
    with pytest.raises(NotYet, match="Vink minstens"):  # what was done before it is not done about it
        tending.answer_danger(story=old, actor=coordinator)
    for steps in (["asked_veilig_thuis"], ["second_reader"]):
        with pytest.raises(NotYet, match="collega"), transaction.atomic():
            tending.answer_danger(story=old, actor=coordinator, steps=steps)
    assert Story.objects.get(pk=story.pk).has_open_danger
    tending.look_at(story=story, actor=second_coordinator)
    tending.answer_danger(story=old, actor=coordinator, steps=["asked_veilig_thuis"])
    assert not Story.objects.get(pk=story.pk).has_open_danger
    assert not old.has_open_danger


def writes(story):
    talking.write_to_desk(story=story, text=CONCERN)


def objects(story):
    reporting.object_to_ruling(story=story, text=CONCERN)


@pytest.mark.parametrize("again", [writes, objects])
def test_what_its_teller_said_after_the_page_was_made_is_read_before_the_clock_is_stopped(again, coordinator, as_):
    story, desk = taken_off(coordinator, **OPEN), as_(coordinator)
    talking.write_to_desk(story=story, text="Soms ben ik bang thuis.")
    address = f"/desk/verhalen/{story.public_id}/"
    page = desk.get(f"{address}?tekst").content.decode()
    again(story)
    late = desk.post(f"{address}gevaar/", sent(page))
    shown = html.unescape(late.content.decode())
    assert late.status_code == 409
    assert "De verteller schreef intussen nog iets" in shown
    assert CONCERN in shown
    assert "Zij denken mee." in shown, "what was typed stays"
    assert Story.objects.get(pk=story.pk).has_open_danger
    assert not DangerNote.objects.exists()
    assert not JournalEntry.objects.filter(verb__startswith="danger.").exists()
    assert desk.post(f"{address}stap/", sent(page)).status_code == 302, "what was done is kept, the clock runs on"
    assert desk.post(f"{address}gevaar/", sent(shown)).status_code == 302
    assert not Story.objects.get(pk=story.pk).has_open_danger


def sent(page):
    """What a browser sends of the form beside the steps at danger."""
    (form,) = re.findall(r'<form [^>]*/gevaar/".*?</form>', page, re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\d*)"', form))
    return hidden | {"steps": ["asked_veilig_thuis"], "to_whom": "veilig_thuis", "said": "Zij denken mee."}


def test_a_form_that_does_not_say_what_was_read_closes_nothing_that_somebody_wrote(coordinator):
    story = a_story(**OPEN)
    writes(story)
    with pytest.raises(TooLate):
        tending.answer_danger(story=story, actor=coordinator, steps=["no_danger"], seen=0)


def test_a_language_is_set_as_it_stands_and_not_as_somebody_read_it(coordinator):
    story = a_story()
    old = Story.objects.get(pk=story.pk)
    tending.set_language(story=story, language="tr", actor=coordinator)
    tending.set_language(story=old, language="nl", actor=coordinator)
    assert Story.objects.get(pk=story.pk).language == old.language == "nl"

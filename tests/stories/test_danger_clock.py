"""The clock of a danger while a teller and the desk are busy at the same moment: a signal only ever goes up."""

import threading

import pytest
from django.db import connection, transaction

from stories.actions import reporting, telling
from stories.models import Danger, EditProposal, Ruling, Story
from tests.stories.factory import a_story, published, put

pytestmark = pytest.mark.django_db
CONCERN, URGENT = "Vroeger werd ik geslagen.", "Ik wil niet meer leven."


def danger_of(story):
    return Story.objects.values_list("danger", flat=True).get(pk=story.pk)


def test_the_ranks_of_danger_are_those_of_the_desk():
    assert sorted(Danger, key=lambda one: one.rank) == [Danger.NONE, Danger.CONCERN, Danger.URGENT]
    for danger in Danger:
        assert a_story(danger=danger).urgency == danger.rank


def test_what_is_urgent_by_now_does_not_become_a_concern_by_an_objection(coordinator):
    story = published()
    put(story, "refused")
    Ruling.objects.create(
        story=story, outcome="off", state="stands", statement="Weg.", author=coordinator, erase_at=story.told_at
    )
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

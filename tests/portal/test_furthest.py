"""Which story stands on the doorstep: the one of which most came."""

import datetime as dt

import pytest
from django.utils import timezone

from actionteams.models import Change, TakenUp, Team
from movement.setup import load_dream
from portal import activity
from stories.models import Story
from tests.stories.factory import a_theme, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_team(municipality):
    sentence = load_dream().sentences.get(position=1)
    return lambda name: Team.objects.create(
        name=name, question="Hoe?", area=municipality, sentence=sentence, theme=a_theme()
    )


def ago(days):
    return timezone.now() - dt.timedelta(days=days)


def test_a_story_after_which_a_team_changed_something_goes_before_one_that_was_taken_up_and_that_before_a_new_one(
    a_team,
):
    new, taken, changed, before = (published(title=title) for title in ("Nieuw", "Opgepakt", "Veranderd", "Ervoor"))
    one, two = a_team("Een"), a_team("Twee")
    TakenUp.objects.create(team=one, story=changed, at=ago(9))
    Change.objects.create(team=one, text="De deur blijft open.", at=ago(5))
    TakenUp.objects.create(team=one, story=before, at=ago(3))  # the change came first, so it is not this story's
    TakenUp.objects.create(team=two, story=taken, at=ago(2))
    for story in (changed, taken, before, new):
        assert activity.furthest(None) == story
        Story.objects.filter(pk=story.pk).update(status="on_hold")


def test_home_never_shows_a_heavy_story_or_one_that_was_taken_back_or_is_for_members(client, a_team):
    light = published(title="Licht", teaser="Een gewone dag.")
    for number, (heavy, audience) in enumerate(((True, "everybody"), (False, "members"), (False, "everybody"))):
        story = published(title=f"Niet dit {number}", teaser=f"Niet dit {number}.", heavy=heavy, audience=audience)
        team = a_team(f"Team {number}")
        TakenUp.objects.create(team=team, story=story, at=ago(9))
        Change.objects.create(team=team, text="Anders.", at=ago(1))
    assert "Niet dit 2." in client.get("/").content.decode()
    Story.objects.filter(pk=story.pk).update(status="on_hold")
    page = client.get("/").content.decode()
    assert light.teaser in page
    assert "Niet dit" not in page

"""A team with a host and a member, as post finds them."""

import pytest
from django.db import transaction
from django.utils import timezone

from actionteams import actions as teams
from core.journal import record
from letters import actions
from letters.models import Letter
from tests.movement_of import a_team
from tests.story_of import published_story


@pytest.fixture
def team(host, parent, country):
    team = a_team(host, country)
    teams.join(team=team, actor=parent)
    actions.make_letters()
    Letter.objects.all().delete()  # the tests begin with a team that nobody has to be told of
    return team


@pytest.fixture
def due_step(team, host):
    """A step whose look-back date has come."""
    return teams.set_step(
        team=team,
        actor=host,
        question="Helpt een vast belmoment?",
        trying="Elke dag om zeven uur bellen.",
        look_back_on=timezone.localdate(),
    )


def publish_story(**fields):
    """A story that is published now, with its entry in the journal."""
    with transaction.atomic():
        story = published_story(**fields)
        record("story.published", story)
    return story

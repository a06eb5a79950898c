"""A team, and a story that it may take up."""

import pytest

from tests.movement_of import a_team
from tests.story_of import published_story


@pytest.fixture
def team(host, region):
    return a_team(host, region)


@pytest.fixture
def story(region):
    return published_story(region, title="Bellen mag niet")

"""What the desk proposes beside a story, always with the words or the facts that say why."""

from html import unescape

import pytest
from django.utils import timezone

from movement.models import Initiative
from stories.actions import tending
from stories.models import Status, Story, StoryTheme
from tests.stories.factory import a_story, a_theme, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative(region):
    return Initiative.objects.create(name="Vaste gezichten", summary="Een vaste begeleider", what="Wat", area=region)


@pytest.fixture
def in_hand(coordinator, region):
    return a_story(status=Status.IN_HAND, reader=coordinator, claimed_at=timezone.now(), region=region)


def test_themes_are_proposed_with_the_words_that_point_at_them(in_hand, coordinator, as_):
    waits, heavy = a_theme("wachttijd", "Wachten op hulp"), a_theme("geweld", "Geweld", heavy=True)
    Story.objects.filter(pk=in_hand.pk).update(raw_body="Op de wachtlijst wachtte ik lang. Hij sloeg een deur.")
    page = as_(coordinator).get(f"/desk/verhalen/{in_hand.public_id}/").content.decode()
    assert "omdat er staat: wachtlijst, wachtte" in page
    assert "omdat er staat: sloeg" in page
    tending.set_themes(story=in_hand, themes=[waits, heavy], actor=coordinator)
    assert "omdat er staat" not in as_(coordinator).get(f"/desk/verhalen/{in_hand.public_id}/?tekst").content.decode()


def test_stories_like_it_are_found_by_what_its_words_point_at_where_its_teller_skipped_the_themes(
    in_hand, coordinator, as_
):
    waits, other = a_theme("wachttijd", "Wachten op hulp"), a_theme("wonen", "Wonen")
    alike, unlike = published(title="Elf maanden"), published(title="Een eigen kamer")
    StoryTheme.objects.create(story=alike, theme=waits)
    StoryTheme.objects.create(story=unlike, theme=other)
    Story.objects.filter(pk=in_hand.pk).update(raw_body="Op de wachtlijst wachtte ik lang.")
    desk, address = as_(coordinator), f"/desk/verhalen/{in_hand.public_id}/?tekst"
    page = desk.get(address).content.decode()
    assert "Elf maanden" in page
    assert "Een eigen kamer" not in page
    tending.set_themes(story=in_hand, themes=[other], actor=coordinator)
    page = desk.get(address).content.decode()
    assert "Elf maanden" not in page, "what was chosen goes before what was guessed"
    assert "Een eigen kamer" in page


def test_initiatives_that_fit_are_proposed_with_the_reason_and_linked_by_one_press(
    in_hand, coordinator, initiative, region, other_region, as_
):
    theme, desk, address = a_theme(), as_(coordinator), f"/desk/verhalen/{in_hand.public_id}/"
    initiative.themes.add(theme)
    tending.set_themes(story=in_hand, themes=[theme], actor=coordinator)
    Story.objects.filter(pk=in_hand.pk).update(raw_body="De tolken kwamen nooit. Ook het formulier was te moeilijk.")
    words = {"summary": "Eén tolk schrapt formulieren", "what": "Wat"}
    Initiative.objects.create(name="Dezelfde tolk", area=other_region, **words)
    Initiative.objects.create(name="Alleen dichtbij", summary="Een middag in de wijk", what="Wat", area=region)
    page = unescape(desk.get(address).content.decode())
    assert f"hetzelfde thema: Wachten\N{NO-BREAK SPACE}· ook in {region}" in page
    assert "allebei: tolken, formulier" in page
    assert page.count('name="initiative" value="') == 2, "a region alone is no reason"
    one_press = {"initiative": initiative.public_id, "version": 1}
    assert desk.post(f"{address}verbinden/", one_press).status_code == 302
    assert "hetzelfde thema" not in desk.get(address).content.decode()

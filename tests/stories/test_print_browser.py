"""A story on paper: all that was told and what came of it, and nothing to press."""

import pytest

from movement.models import Organisation
from stories.actions.answering import publish_answer, write_answer
from tests.browser import DESK, PHONE
from tests.stories.factory import published

pytestmark = pytest.mark.browser

TOLD = ("Ik wachtte een jaar", "Iemand die belde", "Boos", "We bellen elke week")
PRESSED = (".top", ".foot", ".exit", ".skip", "button", "form")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_story_is_printed_whole_and_says_that_it_can_be_taken_back(
    new_page, transactional_db, coordinator, professional, width
):
    story = published(helped="Iemand die belde.", feeling="Boos.", heard=2, decided_me=10, decided_family=10,
                      decided_professionals=80)  # fmt: skip
    who = Organisation.objects.create(name="Onder de Linde", kind="provider")
    said = write_answer(story=story, organisation=who, kind="thanks", text="We bellen elke week.", actor=professional)
    publish_answer(answer=said, actor=coordinator)
    page = new_page(viewport=width)
    page.goto(story.get_absolute_url())
    warning = page.get_by_text("Dit is een afdruk")
    assert not warning.is_visible()
    page.emulate_media(media="print")
    assert warning.is_visible()
    for words in TOLD:
        assert page.get_by_text(words).first.is_visible(), words
    assert [what for what in PRESSED for one in page.locator(what).all() if one.is_visible()] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

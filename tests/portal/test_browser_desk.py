"""The desk as it is drawn: the thread on what waits, and nothing cut through, stacked or too small for a finger."""

import itertools
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from movement.models import HelpLine
from stories.actions.tending import look_at
from stories.models import Status, Story
from tests.browser import DESK, PHONE
from tests.stories.factory import a_story, a_theme, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOX = "element => element.getBoundingClientRect().toJSON()"
BOXES = f"all => all.map({BOX})"
BEADS = """items => items.map(item => {
    const bead = getComputedStyle(item, '::before'), thread = getComputedStyle(item.parentElement, '::before');
    return [item.textContent.includes('nog van niemand'), bead.borderColor === bead.backgroundColor,
        thread.maskImage.includes('thread.') && thread.backgroundColor === bead.borderColor];
})"""
# Where the letters of the last line stand, near enough: both are of one face.
BASELINE = """element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].pop().bottom - 0.3 * parseFloat(getComputedStyle(element).fontSize);
}"""
# The lines of what stands in it, once that is more than one line.
LINES = """element => {
    element.append(' en nog wat meer'.repeat(4));
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].filter(line => line.width > 30).map(line => line.toJSON());
}"""


@pytest.fixture
def at_desk(new_page, as_, coordinator):
    """at_desk(path, viewport=…): a page of the desk, as a coordinator sees it."""
    session = as_(coordinator).cookies[settings.SESSION_COOKIE_NAME].value

    def go(path, **options):
        page = new_page(**options)
        page.goto("/gezond/")
        place = urljoin(page.url, "/")
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": place}])
        assert page.goto(path).status == 200
        return page

    return go


def box(page, selector):
    return page.locator(selector).first.evaluate(BOX)


def test_the_thread_runs_past_what_waits_and_its_bead_says_whether_somebody_has_it(at_desk, coordinator):
    a_story()
    a_story(status=Status.IN_HAND, reader=coordinator)
    page = at_desk("/desk/", viewport=DESK)
    # Nobody's yet, in words; a bead that is filled; and the hand-drawn line, in the colour of the bead.
    assert page.locator(".desk__item").evaluate_all(BEADS) == [[False, True, True], [True, False, True]]


def test_on_a_phone_what_waits_stands_under_a_short_way_to_each_band(at_desk, coordinator, second_coordinator):
    fields = {"reader": coordinator}
    for more in (
        {}, {"danger": "urgent"}, {"status": Status.ESCALATED}, {"status": Status.IN_HAND, **fields},
        {"status": Status.IN_HAND, "reader": second_coordinator}, {"status": Status.QUESTION, **fields},
        {"status": Status.ON_HOLD}, {"status": Status.ON_HOLD, "audience": "support"},
    ):  # fmt: skip
        a_story(**more)
    page = at_desk("/desk/", viewport=PHONE)
    ways = page.locator(".desk > nav a")
    assert ways.count() == 8
    assert box(page, ".desk > nav")["height"] < 200
    assert min(one["height"] for one in ways.evaluate_all(BOXES)) >= 44


def test_a_finger_finds_the_title_of_what_waits_and_the_main_button_stands_on_the_sentence_beside_it(at_desk):
    a_story()
    page = at_desk("/desk/", viewport=DESK)
    title = box(page, ".desk__what a")
    assert title["height"] >= 44
    at = "([x, y]) => document.elementFromPoint(x, y).closest('a') !== null"
    assert page.evaluate(at, [title["x"] + 20, title["bottom"] - 2]), "what stands below lies over it"
    words, button = (page.locator(part).evaluate(BASELINE) for part in (".lead", "#take .button"))
    assert abs(words - button) < 3


@pytest.fixture
def story(coordinator, region):
    """In hand, with another like it on the site; long enough to scroll."""
    alike, region.name = [a_theme()], "Amsterdam-Amstelland"
    region.save()
    published(themes=alike)
    return a_story(
        status=Status.IN_HAND, reader=coordinator, themes=alike, perspective="youth", form_of_help="secure",
        region=region, raw_body="Ik woonde op een groep. " * 200,
    )  # fmt: skip


def opened(story):
    return f"/desk/verhalen/{story.public_id}/?tekst"


def test_the_story_stays_whole_under_the_top_of_the_page_and_begins_as_high_as_what_is_done_with_it(at_desk, story):
    page = at_desk(opened(story), viewport=DESK)
    told, beside = box(page, ".desk-story > article > .card"), box(page, ".desk-story__side > *")
    assert told["top"] == pytest.approx(beside["top"], abs=1)
    page.evaluate("scrollTo({top: 600, behavior: 'instant'})")
    assert box(page, ".top")["bottom"] <= box(page, ".desk-story > article")["top"]
    assert box(page, ".desk-story > article")["bottom"] <= DESK["height"]


def test_the_head_of_a_story_at_the_desk_is_one_line_and_its_danger_fills_its_panel(at_desk, story):
    Story.objects.filter(pk=story.pk).update(danger="urgent", heavy=True, danger_at=story.sent_at)
    page = at_desk(opened(story), viewport=DESK)
    assert page.locator("h1").text_content() == "Jongere\u00a0· Gesloten jeugdzorg\u00a0· Amsterdam-Amstelland"
    assert box(page, "h1")["height"] < 50
    panel, (first, second) = box(page, ".notice--error"), page.locator(".notice--error p").evaluate_all(BOXES)
    assert first["top"] == second["top"]
    assert second["right"] > panel["right"] - 0.2 * panel["width"]


def test_what_can_be_done_with_a_story_stands_there_once_and_nothing_touches_its_edge(at_desk, story):
    page = at_desk(opened(story), viewport=PHONE)
    names = page.locator("#decide").get_by_text("Vraag de verteller iets", exact=True)
    assert names.count() == 1
    page.locator("#do-plaatsen").evaluate("details => details.open = true")
    for label in page.locator("#do-plaatsen .choices label").all():
        lines, edge = label.evaluate(LINES), label.evaluate(BOX)
        assert min(lines[0]["top"] - edge["top"], edge["bottom"] - lines[-1]["bottom"]) >= 6
    lines = page.locator("#do-taal > summary").evaluate(LINES)
    assert lines[-1]["top"] > lines[0]["bottom"]
    assert min(line["left"] for line in lines) == lines[0]["left"], "a second line stands under the triangle"


def test_boxes_below_each_other_stand_as_far_apart_everywhere(at_desk, story):
    page = at_desk(opened(story), viewport=DESK)
    boxes = page.locator("#decide > h2:last-of-type ~ details").evaluate_all(BOXES)
    assert [round(below["top"] - above["bottom"]) for above, below in itertools.pairwise(boxes)] == [8]


def test_the_button_of_a_text_stands_in_the_middle_of_its_row(at_desk):
    HelpLine.objects.create(name="L", purpose="P", number="113", hours="H")
    page = at_desk("/desk/teksten/", viewport=DESK)
    row, button = box(page, ".desk__item"), box(page, ".desk__item .button")
    assert button["top"] - row["top"] == pytest.approx(row["bottom"] - button["bottom"], abs=1)


def test_the_log_writes_the_day_in_full_and_all_that_stands_in_it_at_one_edge_on_a_phone(at_desk, story, coordinator):
    look_at(story=story, actor=coordinator)
    page = at_desk("/desk/logboek/", viewport=PHONE)
    assert page.locator("td time").inner_text() == date_format(timezone.localtime(), "j F Y, H:i")
    lines = page.locator("[data-label=Wat]").first.evaluate(LINES)
    ends = {line["top"]: round(line["right"]) for line in lines}  # of each line the last piece
    assert len(ends) > 1
    assert set(ends.values()) == {round(box(page, "td time")["right"])}
    page.goto(opened(story))
    page.get_by_text("Wat ermee is gedaan").click()
    assert page.locator(".history time").first.inner_text() == date_format(timezone.localtime(), "j F, H:i")

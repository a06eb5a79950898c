"""No number on a page of the monitor tells what one teller answered: not alone, not beside another, not over time."""

import csv
import datetime as dt
import io
import itertools
import re

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from core.disclosure import LEAST
from monitor.fromstories import life_of
from monitor.numbers import safe_cell
from monitor.setup import load_indicators
from movement.models import Theme
from stories.models import Status, Story, StoryTheme
from tests.stories.factory import put
from tests.story_of import published_story, withdraw_row


def page_of(client, code="JZ17"):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(f"/monitor/{code}/").content.decode()))


def test_four_tellers_show_nothing_five_do_and_a_withdrawal_hides_it_again(client, region):
    load_indicators()
    theme = Theme.objects.create(slug="wonen", name="Wonen")
    stories = []
    for number in range(5):
        assert "Nog te weinig verhalen" in page_of(client)
        assert "Wonen" not in page_of(client)
        stories.append(published_story(region, heard=number % 5 + 1, seen=4, known=5))
        StoryTheme.objects.create(story=stories[-1], theme=theme)
    page = page_of(client)
    assert "Gehoord: 3,0" in page
    assert "Gezien: 4,0" in page
    assert "Wonen 5 of meer" in page
    withdraw_row(stories[4])
    page = page_of(client)
    assert "Nog te weinig verhalen" in page
    assert "3,0" not in page
    assert "Wonen" not in page


@pytest.mark.parametrize("status", set(Status.values) - {Status.PUBLISHED, Status.WITHDRAWN})
def test_only_published_stories_count(region, coordinator, status):
    stories = [published_story(region, heard=3) for _ in range(5)]
    assert life_of(region).answers
    put(stories[0], status, reader=coordinator)
    assert life_of(region).answers == ()


def test_who_told_members_only_is_in_no_sum_that_everybody_reads(region):
    """The answers of the four others stand on their pages: what is left of the sum would be hers."""
    for number in range(5):
        story = published_story(region, heard=number % 5 + 1)
    assert life_of(region).answers
    Story.objects.filter(pk=story.pk).update(audience="members")
    assert life_of(region).answers == ()


def test_five_stories_of_which_four_answered_show_nothing_of_that_question(region):
    for number in range(5):
        published_story(region, heard=4, seen=None if number else 2, known=3 if number else None)
    assert [answer.name for answer in life_of(region).answers] == ["Gehoord"]


def test_no_teller_can_be_read_from_the_difference_between_two_days(region):
    """A reader keeps every page that she ever saw; between any two that differ stand five tellers or more."""
    seen = []
    for number in range(17):
        published_story(region, heard=number % 5 + 1)
        seen.append([(answer.tellers, answer.mean) for answer in life_of(region).answers])
    days = [answers[0] for answers in seen if answers]
    for (before, mean_before), (after, mean_after) in itertools.combinations(days, 2):
        assert after == before or after - before >= LEAST
        assert after != before or mean_after == mean_before


def test_who_told_earlier_and_came_out_later_on_a_day_takes_nobodys_place(region):
    """Else the group of five would be another one in the evening, and the difference two tellers' answers."""
    today = timezone.localdate()
    for _ in range(5):
        published_story(region, heard=1, published_on=today)
    in_the_morning = life_of(region)
    published_story(region, pk=-1, heard=5, published_on=today)
    assert life_of(region) == in_the_morning
    Story.objects.update(published_on=today - dt.timedelta(days=1))
    assert [(answer.tellers, answer.mean) for answer in life_of(region).answers] == [(5, 1.8)]


def test_regions_do_not_give_each_other_away(region, other_region):
    """There is no total over regions, of stories or of answers, from which a hidden region could be subtracted."""
    for _ in range(5):
        published_story(region, heard=4)
    for _ in range(4):
        published_story(other_region, heard=1)
    assert life_of(region).answers[0].mean == 4
    assert life_of(other_region).answers == ()


def test_no_pair_of_theme_counts_and_tellers_gives_a_small_group_away(region):
    """Themes are 'at least so many': with any number of tellers beside it, who is not about a theme stays unknown."""
    themes = [Theme.objects.create(slug=f"t{n}", name=f"Thema {n}") for n in range(6)]
    for number in range(23):
        story = published_story(region, heard=3)
        for place, theme in enumerate(themes):
            if number % (place + 1) == 0:
                StoryTheme.objects.create(story=story, theme=theme)
    life = life_of(region)
    tellers = life.answers[0].tellers
    counts = [count for _name, count in life.themes]
    assert counts
    assert all(count % LEAST == 0 and 0 < count <= tellers for count in counts)
    for more, fewer in itertools.permutations([tellers, *counts], 2):
        # Each count may be up to four higher, so a difference is never known closer than within five.
        assert (more - fewer) % LEAST == 0


def test_a_share_is_in_words_until_thirty_tellers(region):
    for number in range(30):
        published_story(region, heard=5)
        answers = life_of(region).answers
        if answers and number < 29:
            assert answers[0].high == "meer dan twee derde"
    assert life_of(region).answers[0].high == "95%"


# Files ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.text("=+-@\t\r\n ,;\"'1A|!＝＋"), min_size=1, max_size=4), st.sampled_from(",;"))
@example([";="], ";")
@example([',"=1'], ",")
@example(["a\r\n=1"], ";")
def test_no_cell_of_a_file_becomes_a_formula_even_when_cut_in_the_wrong_place(cells, delimiter):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerow([safe_cell(cell) for cell in cells])
    for piece in re.split(r"[,;\t\r\n]", file.getvalue()):
        assert piece.strip(' "')[:1] not in tuple("=+-@＝＋"), piece


@given(st.text("abc 123.()éë", max_size=20))
def test_an_ordinary_cell_stays_as_it_is(text):
    assert safe_cell(text) == text

"""What a reader who knows somebody could do with filters, and with the order of the list."""

import dataclasses
import itertools
import random
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from core import prepared
from movement.models import Perspective
from stories.forms.reading import Reading
from stories.models import FormOfHelp, Story
from stories.queries import _CROWD, CROWD, wide_enough
from stories.wanted import wanted
from tests.stories.factory import a_theme, published

pytestmark = pytest.mark.django_db

SENTENCE = "hele land"


def found(client, query):
    page = client.get(f"/verhalen/?{query}").content.decode()
    return set(re.findall(r'<h3><a href="/verhalen/(\w+)/">', page)), page


def test_a_region_with_another_filter_never_leads_to_a_few_stories(client, region, other_region):
    """A young site: forty stories, and a reader who tries every pair with a region."""
    themes = [a_theme(), a_theme("contact", "Contact")]
    ways = itertools.product(
        [region, region, other_region], Perspective.values[:3], FormOfHelp.values[:2], themes, range(2)
    )
    for where, who, help_, theme, _again in ways:
        published(region=where, perspective=who, form_of_help=help_, themes=[theme])
    others = [f"wie={who}" for who in Perspective.values[:3]]
    others += [f"hulp={one}" for one in FormOfHelp.values[:2]] + [f"thema={theme.slug}" for theme in themes]
    widened = 0
    for place, other in itertools.product((region, other_region), others):
        ids, page = found(client, f"regio={place.code}&{other}")
        here = Story.objects.filter(public_id__in=ids, region=place).count()
        assert len(ids) >= CROWD, (place, other)
        assert here == len(ids) or SENTENCE in page, (place, other)
        widened += SENTENCE in page
    assert 0 < widened < 2 * len(others)


def test_five_facts_about_somebody_lead_to_no_few_of_her_region(region, other_region):
    """Who knows where somebody lives, who she is, what help she had, what it was about and how old she is, tries them
    all, together and in pairs: with a region there are ten or more, or none, or it is the whole country."""
    themes = [a_theme(), a_theme("contact", "Contact")]
    dice = random.Random(11)
    facts = [
        (dice.choice([region, region, region, other_region]), dice.choice(Perspective.values[:3]),
         dice.choice(FormOfHelp.values[:3]), dice.choice(themes))
        for _ in range(60)
    ]  # fmt: skip
    for where, who, help_, theme in facts:
        published(region=where, perspective=who, form_of_help=help_, themes=[theme], age_band="12-15")
    asked = {
        (f"regio={where.code}", *some)
        for where, who, help_, theme in facts
        for some in itertools.product((f"wie={who}", ""), (f"hulp={help_}", ""), (f"thema={theme.slug}", ""))
    }
    narrow = wide = 0
    for query in asked:
        reading = Reading.asked(QueryDict("&".join([*filter(None, query), "leeftijd=12-15"])))
        shown = wide_enough(AnonymousUser(), reading)
        if shown.region and any(query[1:]):
            every = wanted(AnonymousUser(), shown)
            [[told]] = prepared.fetch(_CROWD.format(newest=every.newest, most=1000), every.values)
            assert told == 0 or told >= CROWD, query
            narrow += 1
        else:
            wide += bool(any(query[1:]))
    assert narrow
    assert wide
    assert not {"age_band", "month", "published_on"} & {field.name for field in dataclasses.fields(Reading)}


@pytest.mark.parametrize("many", [0, 1, CROWD - 1, CROWD])
def test_under_ten_the_region_is_left_out_and_the_page_says_so(client, region, other_region, many):
    for _ in range(many):
        published(region=region, perspective="parent")
    elsewhere = published(region=other_region, perspective="parent")
    for words in ("", "&q=wachtte"):
        ids, page = found(client, f"regio={region.code}&wie=parent{words}")
        assert (elsewhere.public_id in ids) == (SENTENCE in page) == (many < CROWD)
        assert (f'value="{region.code}" selected' in page) == (many == CROWD)
    with CaptureQueriesContext(connection) as asked:
        found(client, f"regio={region.code}&wie=parent")
    assert len(asked) == (1 if many == CROWD else 2), "whether they are enough comes with the page"


@pytest.mark.parametrize("many", [CROWD - 1, CROWD])
def test_a_feed_leads_to_no_few_of_a_region_either(client, region, other_region, many):
    for _ in range(many):
        published(region=region, perspective="parent")
    elsewhere = published(region=other_region, perspective="parent")
    for words in ("", "&q=wachtte"):
        feed = client.get(f"/verhalen/atom.xml?regio={region.code}&wie=parent{words}").content.decode()
        assert (elsewhere.public_id in feed) == (many < CROWD)
        assert (f"regio={region.code}" in feed) == (many == CROWD), "nor does its address say that these are of there"


def test_one_filter_alone_is_used_as_it_is(client, region):
    published(region=region, perspective="parent")
    for query in (f"regio={region.code}", "wie=parent", f"regio={region.code}&q=wachtte"):
        ids, page = found(client, query)
        assert len(ids) == 1
        assert SENTENCE not in page


def test_a_combination_costs_at_most_four_queries(client, region):
    theme = a_theme()
    for _ in range(CROWD * 3):
        published(region=region, perspective="youth", themes=[theme])
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/verhalen/?regio={region.code}&wie=youth&thema=wachten&q=wachtte")
    assert len(captured) <= 4


def test_the_order_of_a_day_says_nothing_of_the_order_of_telling(client):
    """All published on one day, one after the other as they were told."""
    told = [published(title=f"Verhaal {n}", body="Ik wachtte.").public_id for n in range(60)]
    shown, address = [], "/verhalen/"
    while address:
        page = client.get(address).content.decode()
        shown += re.findall(r'<h3><a href="/verhalen/(\w+)/">', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    feed = re.findall(r"/verhalen/(\w{10})/</id>", client.get("/verhalen/atom.xml").content.decode())
    searched = re.findall(r'<h3><a href="/verhalen/(\w+)/">', client.get("/verhalen/?q=wachtte").content.decode())
    assert len(shown) == len(told)
    for order in (shown, feed, searched):
        assert len(order) > 15
        assert order == sorted(order), "by their random ids, and nothing else"
        # Random ids: further from 0 than this once in some ten thousand runs.
        assert abs(rank_correlation([told.index(one) for one in order])) < 4 / (len(order) - 1) ** 0.5


def rank_correlation(places):
    """Spearman's, of the places with 0, 1, 2 …"""
    ranks = {place: rank for rank, place in enumerate(sorted(places))}
    n = len(places)
    return 1 - 6 * sum((ranks[place] - i) ** 2 for i, place in enumerate(places)) / (n * (n * n - 1))

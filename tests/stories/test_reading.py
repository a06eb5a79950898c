"""Readers: what they find, what they never see, and what a page costs."""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from html import unescape
from unittest.mock import Mock

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from actionteams.actions import take_up
from core import journal
from letters.actions import make_letters
from movement.models import HelpLine
from stories import options
from stories.actions.withdrawing import withdraw
from stories.models import Status, Story
from stories.tasks import count_what_readers_filter_on
from tests.movement_of import a_team
from tests.stories.factory import a_story, a_theme, published

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=javascript:alert(1)>"


def page_of(client, address):
    return client.get(address).content.decode()


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def take_back(story):
    if story.is_published:
        with transaction.atomic():
            journal.record("story.published", story)
    Story.objects.filter(pk=story.pk).update(
        status=Status.WITHDRAWN, title="", body="", helped="", feeling="", teaser="", words_beside="", raw_body=None,
        raw_helped=None, raw_feeling=None, audience="support", published_on=None, withdrawn_at=timezone.now(),
    )  # fmt: skip


def test_a_reader_sees_the_story_its_month_and_the_thread(client, region):
    story = published(region=region, perspective="youth", form_of_help="group", helped="Een vaste begeleider.", heard=2,
                      decided_me=10, decided_family=20, decided_professionals=70)  # fmt: skip
    assert story.get_absolute_url() == reverse("stories:story", args=[story.public_id])
    page = page_of(client, story.get_absolute_url())
    assert "Ik wachtte een jaar" in page
    assert "oktober 2026" in page
    assert "Midden IJssel" in page
    assert 'class="thread"' in page
    assert "meaning__point" in page


def test_no_day_and_no_time_is_told_anywhere(client, region):
    story = published(region=region)
    published(title="Nog een")
    for address in ("/verhalen/", f"/verhalen/{story.public_id}/", "/verhalen/atom.xml", "/verhalen/?q=wachten"):
        response = client.get(address)
        text = response.content.decode() + str(response.headers)
        assert not re.search(r"2026-10-1[0-9]|14 okt|14-10|14/10", text)
        assert "ETag" not in response.headers
        told = timezone.localtime(story.told_at)
        assert told.strftime("%H:%M:%S") not in text


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.PUBLISHED, Status.WITHDRAWN)])
def test_a_story_in_any_other_state_does_not_exist_for_readers(client, coordinator, professional, as_, status):
    story = a_story(status=status, reader=coordinator, title="Geheim", body="Geheim")
    for visitor in (client, as_(professional), as_(coordinator)):
        assert visitor.get(f"/verhalen/{story.public_id}/").status_code == 404
    assert "Geheim" not in page_of(client, "/verhalen/") + page_of(client, "/verhalen/atom.xml")


def test_a_story_for_members_is_there_for_members_alone(client, professional, as_):
    story = published(title="Voor leden", audience="members")
    member = as_(professional)
    assert client.get(f"/verhalen/{story.public_id}/").status_code == 404
    assert "Voor leden" not in page_of(client, "/verhalen/?q=wachten") + page_of(client, "/verhalen/atom.xml")
    assert member.get(f"/verhalen/{story.public_id}/").status_code == 200
    assert "Voor leden" in page_of(member, "/verhalen/?q=wachten")


def test_a_withdrawn_story_is_gone_at_once_from_page_list_search_and_feed(client):
    story = published(title="Wachten op niets", body="Een zin die nergens anders staat.")
    places = ("/verhalen/", "/verhalen/?q=wachten", "/verhalen/?q=wachtn", "/verhalen/atom.xml")
    for address in places[:2]:
        assert "nergens anders" in page_of(client, address)
    take_back(story)
    assert client.get(f"/verhalen/{story.public_id}/").status_code == 410
    for address in places:
        assert "nergens anders" not in page_of(client, address)
        assert story.public_id not in page_of(client, address)


def test_what_was_withdrawn_before_it_was_public_never_existed(client, professional, as_):
    never = a_story()
    take_back(never)
    assert client.get(f"/verhalen/{never.public_id}/").status_code == 404
    assert as_(professional).get(f"/verhalen/{never.public_id}/").status_code == 404


def test_heavy_stories_wait_until_the_reader_asks_for_their_theme(client):
    heavy = a_theme("niet-meer-willen-leven", "Niet meer willen leven", heavy=True)
    other = a_theme("geweld", "Geweld", heavy=True)
    light = a_theme()
    published(title="Licht", themes=[light])
    published(title="Zwaar", heavy=True, themes=[light, heavy])
    published(title="Dubbel", heavy=True, themes=[heavy, other])
    published(title="Gevaar", heavy=True)

    def titles(address):
        return set(re.findall(r'<h3><a href="/verhalen/\w+/">(\w+)</a>', page_of(client, address)))

    assert titles("/verhalen/") == {"Licht"}
    assert titles("/verhalen/?thema=wachten") == {"Licht"}
    assert titles("/verhalen/?thema=niet-meer-willen-leven") == set()
    assert titles("/verhalen/?zwaar=niet-meer-willen-leven") == {"Licht", "Zwaar"}
    assert titles("/verhalen/?zwaar=niet-meer-willen-leven&zwaar=geweld") == {"Licht", "Zwaar", "Dubbel"}
    assert titles("/verhalen/?zwaar=anders") == {"Licht", "Gevaar"}
    assert not client.cookies
    feed = page_of(client, "/verhalen/atom.xml")
    assert "Licht" in feed
    assert "Zwaar" not in feed


def test_the_title_of_a_heavy_story_stands_nowhere_unasked(client, as_, host, region, coordinator):
    violence, light = a_theme("geweld", "Geweld", heavy=True), a_theme()
    heavy = published(title="Klappen", body="Ik kreeg klappen.", heavy=True, themes=[violence, light], region=region)
    beside = published(title="Licht", themes=[light], region=region, reply_to=heavy)
    published(title="Klapstoel", body="Een klapje.", themes=[light])
    team = a_team(host, region)
    take_up(team=team, story=heavy, actor=host)
    with transaction.atomic():
        journal.record("story.published", heavy)
    make_letters()
    pages = ["/", "/kaart/", "/initiatieven/", "/actieteams/", team.get_absolute_url(), beside.get_absolute_url(),
             "/monitor/JZ17/", "/verhalen/atom.xml?zwaar=geweld", "/mijn/", "/mijn/post/"]  # fmt: skip
    pages += [
        f"/verhalen/{query}" for query in ("", "?q=klappen", "?q=klapen", "?q=klap", "?thema=geweld", "?zwaar=anders")
    ]
    for browser in (client, as_(host)):
        for page in pages:
            assert "Klappen" not in browser.get(page).content.decode(), page
    assert "Klappen" in page_of(client, "/verhalen/?q=klappen&zwaar=geweld")


def test_a_heavy_story_comes_with_somebody_to_call(client):
    HelpLine.objects.get_or_create(name="113", defaults={"purpose": "als je niet meer wilt leven", "number": "113",
                                   "hours": "altijd", "checked_on": dt.date(2026, 11, 1)})  # fmt: skip
    story = published(heavy=True)
    page = page_of(client, f"/verhalen/{story.public_id}/")
    assert page.index("tel:113") < page.index("Ik wachtte een jaar")


def test_filters_leave_only_what_fits(client, region, other_region):
    theme = a_theme()
    published(title="Past", perspective="youth", form_of_help="group", region=region, themes=[theme])
    published(title="Anders", perspective="parent", form_of_help="home", region=other_region)
    for query in ("thema=wachten", "wie=youth", "hulp=group", f"regio={region.code}", "q=wachten&wie=youth"):
        page = page_of(client, f"/verhalen/?{query}")
        assert "Past" in page, query
        assert "Anders" not in page, query


def test_a_filter_that_does_not_exist_is_left_out(client):
    published(title="Er")
    for query in ("wie=koning", "hulp=%00", "na=%27%22", "zwaar=" + "x" * 300, "thema=%F0%9F%99%82;--"):
        assert client.get(f"/verhalen/?{query}").status_code == 200
    assert "Er</a>" in page_of(client, "/verhalen/?wie=koning")


def test_to_go_on_after_a_story_that_is_not_there_tells_nothing_of_it(client, as_, professional, coordinator):
    """Who kept the link of a story that left the site would read from it where it stood, and that it is still held."""
    for number in range(3):
        published(title=f"Verhaal {number}", published_on=dt.date(2026, 5, 10 + number))
    middle = Story.objects.get(title="Verhaal 1")
    known = page_of(client, f"/verhalen/?na={middle.public_id}")
    assert "Verhaal 0" in known
    assert "Verhaal 2" not in known
    from_the_start = page_of(client, "/verhalen/?na=bcdfghjkmn")
    Story.objects.filter(pk=middle.pk).update(audience="members")
    assert "Verhaal 2" not in page_of(as_(professional), f"/verhalen/?na={middle.public_id}")
    for change in ({}, {"status": Status.ON_HOLD, "reader": coordinator}):
        Story.objects.filter(pk=middle.pk).update(**change)
        page = page_of(client, f"/verhalen/?na={middle.public_id}")
        assert "Verhaal 2" in page
        assert "Verhaal 0" in page
        assert page.replace(middle.public_id, "bcdfghjkmn") == page_of(client, "/verhalen/?na=bcdfghjkmn")
    assert "Verhaal 1" in from_the_start


@pytest.mark.parametrize(("many", "shown"), [(1, None), (4, None), (5, "5+"), (9, "5+"), (12, "10+")])
def test_a_count_is_told_from_five_on_and_never_one_by_one(client, region, many, shown):
    for _ in range(many):
        published(perspective="parent", region=region)
    page = page_of(client, "/verhalen/")
    options = dict(re.findall(r'<option value="(\w+)"[^>]*>([^<]*)</option>', page))
    for key in ("parent", region.code):
        assert ("(" in options[key]) == bool(shown)
        if shown:
            assert options[key].endswith(f"({shown})")
    assert ("hoeveel verhalen er in totaal zijn" in page) == bool(shown), "and what it counts"


def test_the_worker_counts_and_from_the_moment_that_a_story_leaves_nothing_is_told(
    client, region, django_capture_on_commit_callbacks, monkeypatch
):
    told = [published(perspective="parent", region=region) for _ in range(11)]
    count_what_readers_filter_on()
    count = Mock(wraps=options._count_options)
    monkeypatch.setattr(options, "_count_options", count)
    assert "(10+)" in page_of(client, "/verhalen/")
    for gone, left in zip(told[:2], ("(10+)", "(5+)"), strict=True):
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(story=gone)
        page = page_of(client, "/verhalen/")
        assert f">{region.name}</option>" in page
        assert "+)" not in page
        assert "hoeveel verhalen er in totaal zijn" not in page
        count_what_readers_filter_on()
        count_what_readers_filter_on()
        assert left in page_of(client, "/verhalen/")
    assert count.call_count == 2, "once for each story that left, and never by a reader"


def test_the_list_goes_on_where_it_ended_without_telling_a_day(client):
    for number in range(45):
        published(title=f"Nummer{number}x", published_on=dt.date(2026, 10, 1) + dt.timedelta(days=number % 3))
    seen, address = [], "/verhalen/"
    while address:
        page = page_of(client, address)
        seen += re.findall(r"Nummer(\d+)x", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 45
    assert len(set(seen)) == 45


def test_the_newest_story_comes_first(client):
    published(title="Het oudste", published_on=dt.date(2026, 1, 5))
    published(title="Het nieuwste", published_on=dt.date(2026, 11, 5))
    page = page_of(client, "/verhalen/")
    assert page.index("Het nieuwste") < page.index("Het oudste")


def test_only_the_results_come_when_htmx_asks(client):
    published()
    part = client.get("/verhalen/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'id="results"' in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_what_people_wrote_is_shown_and_never_run(client, coordinator, as_):
    story = published(title=f"T{SCRIPT}"[:120], body=SCRIPT, helped=SCRIPT, feeling=SCRIPT, teaser=SCRIPT)
    for address in ("/verhalen/", f"/verhalen/{story.public_id}/", "/verhalen/?q=" + SCRIPT):
        page = page_of(client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "href=javascript" not in page.replace("&gt;&lt;a href=javascript", "")
    feed = ET.fromstring(client.get("/verhalen/atom.xml").content)
    assert escape(SCRIPT) in [node.text for node in feed.iter("{http://www.w3.org/2005/Atom}summary")]


def test_the_feed_holds_the_beginning_and_the_month(client):
    story = published(body="Een begin. " + "Nog een zin. " * 60)
    text = page_of(client, "/verhalen/atom.xml")
    assert "2026-10-01T00:00:00" in text
    assert story.teaser in text
    assert story.body not in text


def test_what_a_teller_wrote_is_text_in_a_reader_of_feeds_too(client):
    published(title="Ik <3 mijn mentor", teaser="Ze zei <img src=//elders.nl/x> & ik <3 haar.")
    (entry,) = re.findall(r"<entry>.*</entry>", page_of(client, "/verhalen/atom.xml"), re.DOTALL)
    (kind,), (html,) = re.findall(r'<summary type="(\w+)"', entry), re.findall(r"<summary[^>]*>(.*)</summary>", entry)
    assert kind == "html"  # so what is in it is read as HTML, once XML has been read
    assert unescape(html) == "Ze zei &lt;img src=//elders.nl/x&gt; &amp; ik &lt;3 haar."
    assert "<title>Ik &lt;3 mijn mentor</title>" in entry  # plain text by itself


def test_a_reader_gets_no_cookie_and_the_right_headers(client):
    story = published()
    response = client.get(f"/verhalen/{story.public_id}/")
    assert not response.cookies
    assert response.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert '<meta name="robots" content="noindex, noarchive">' in response.content.decode()
    for other in ("/verhalen/", "/verhalen/?q=wachten", "/verhalen/atom.xml"):  # the beginning of a story
        assert client.get(other).headers["X-Robots-Tag"] == "noindex, noarchive"
    assert "no-cache" in response.headers["Cache-Control"]


@pytest.mark.parametrize("query", ["", "?q=wachten&wie=youth&thema=wachten", "?q=wachtn"])
def test_the_list_costs_the_same_with_one_and_with_fifty_stories(client, region, query):
    address, theme = f"/verhalen/{query}", a_theme()
    published(perspective="youth", region=region, themes=[theme])
    first = queries(client, address)
    for _ in range(49):
        published(perspective="youth", region=region, themes=[theme])
    assert max(first, queries(client, address)) <= 4


def test_a_story_page_costs_at_most_four_queries(client, region):
    theme = a_theme("geweld", "Geweld", heavy=True)
    story = published(region=region, themes=[theme, a_theme()], heavy=True)
    assert queries(client, f"/verhalen/{story.public_id}/") <= 4

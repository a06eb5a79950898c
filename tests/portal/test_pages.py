"""The pages that show it all together: home, map, help, privacy, accessibility, and those for when it goes wrong."""

import datetime as dt
import pathlib
import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from core.http import Gone, TooLate, TooMany
from movement.areas import load_areas
from movement.models import Area, HelpLine
from portal import errors
from portal.activity import Tile, tiles
from portal.templatetags.tilemap import tilemap
from stories.models import Story

ROOT = pathlib.Path(__file__).resolve().parents[2]
PUBLIC = ("/", "/kaart/", "/hulp/", "/privacy/", "/vertel/afspraken/", "/toegankelijkheid/")


def published(region, number):
    now = timezone.now()
    return Story.objects.create(
        status="published",
        audience="everybody",
        own_time_until=now,
        sent_at=now,
        published_on=now.date(),
        title=f"Verhaal {number}",
        body="Er is iemand die thee zet.",
        teaser="Er is iemand die thee zet.",
        region=region,
        code_hash=number.to_bytes(32, "big"),
        submission_hash=number.to_bytes(32, "big"),
    )


@pytest.mark.parametrize("path", PUBLIC)
def test_a_reader_gets_the_page_and_no_cookie(client, db, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


def test_home_asks_the_database_the_same_with_one_story_and_with_fifty(client, region, django_assert_max_num_queries):
    published(region, 1)
    with django_assert_max_num_queries(4) as few:
        client.get("/")
    for number in range(2, 51):
        published(region, number)
    with django_assert_max_num_queries(4) as many:
        client.get("/")
    assert len(few) == len(many)


def test_home_shows_no_heavy_story_on_the_doorstep(client, region):
    story = published(region, 1)
    Story.objects.filter(pk=story.pk).update(heavy=True)
    assert "thee zet" not in client.get("/").content.decode()


def test_home_shows_strangers_no_story_for_members_only(client, region):
    story = published(region, 1)
    Story.objects.filter(pk=story.pk).update(audience="members")
    assert "thee zet" not in client.get("/").content.decode()


def test_the_map_leads_to_all_42_regions_twice_once_as_a_tile_and_once_in_the_list(client, db):
    load_areas()
    page = client.get("/kaart/").content.decode()
    links = re.findall(r'href="/monitor/(JZ\d\d)/"', page)
    assert len(links) == 84
    assert len(set(links)) == 42


def test_no_two_regions_share_a_place_on_the_map(db):
    load_areas()
    places = dict(Area.objects.youth_regions().values_list("name", "tile_row"))
    columns = dict(Area.objects.youth_regions().values_list("name", "tile_column"))
    assert len({(columns[name], row) for name, row in places.items()}) == 42
    assert places["Zuid-Limburg"] == max(row or 0 for row in places.values())
    assert places["Groningen"] == min(row or 0 for row in places.values())
    assert (columns["Zeeland"] or 0) < (columns["Zuidoost-Brabant"] or 0)


def test_four_stories_do_not_warm_a_tile_and_five_do(db):
    load_areas()
    region = Area.objects.get(code="JZ08")
    for number in range(4):
        published(region, number)
    assert {tile.code: tile.level for tile in tiles()}["JZ08"] == 0
    published(region, 4)
    warm = {tile.code: tile for tile in tiles()}["JZ08"]
    assert (warm.level, warm.stories) == (1, 5)


def test_help_shows_numbers_to_tap_and_when_they_were_checked(client, db):
    HelpLine.objects.create(
        name="Luisterlijn", purpose="Praten", number="088-1234567", hours="altijd", checked_on=dt.date(2026, 3, 1)
    )
    page = client.get("/hulp/").content.decode()
    assert 'href="tel:0881234567"' in page
    assert "1 maart 2026" in page


def test_help_has_numbers_even_when_the_table_is_empty(client, db):
    assert 'href="tel:113"' in client.get("/hulp/").content.decode()


@pytest.mark.parametrize(
    ("error", "status"), [(TooLate("Het team is al gestopt."), 409), (Gone(), 410), (TooMany(wait=90), 429)]
)
def test_what_an_action_refuses_becomes_a_page_that_says_what_to_do(db, error, status):
    request = RequestFactory().get("/")
    response = errors.KindPages(lambda _: HttpResponse()).process_exception(request, error)
    assert response is not None
    assert response.status_code == status
    assert "<h1>" in response.content.decode()
    if status == 429:
        assert response.headers["Retry-After"] == "90"
        assert "2 minuten" in response.content.decode()


def test_an_unknown_address_gets_a_page_that_leads_on(client, db):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert 'href="/verhalen/"' in response.content.decode()


def test_who_builds_sees_which_addresses_there_are(client, db, settings):
    settings.DEBUG = True
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "actieteams/" in response.content.decode()


def test_the_page_for_our_own_failure_needs_no_database_and_no_request(settings):
    response = errors.broken(RequestFactory().get("/"))
    assert response.status_code == 500
    page = response.content.decode()
    assert "113" in page
    assert re.search(rf'class="exit" href="{settings.QUICK_EXIT_URL}"[^>]+data-leave="/snel-weg/"', page)
    assert re.search(r'<script src="/static/portal/exit\.\w+\.js" defer>', page)


def test_what_was_typed_comes_back_with_our_own_failure_and_no_code_does():
    sent = {"body": "Ik mocht alleen om zes uur <bellen>. Dat was te vroeg.", "do": "send", "code": "vijf woorden " * 5}
    page = errors.broken(RequestFactory().post("/vertel/", sent))
    assert "Ik mocht alleen om zes uur &lt;bellen&gt;. Dat was te vroeg.</textarea>" in page.content.decode()
    assert "vijf woorden" not in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    broken = RequestFactory().post("/vertel/", b"x" * 99, content_type="multipart/form-data; boundary=")
    assert errors.broken(broken).status_code == 500


def test_leaving_ends_the_session(client, db, professional):
    client.force_login(professional)
    assert client.post("/snel-weg/").status_code == 204
    assert "_auth_user_id" not in client.session


def test_without_scripts_leaving_ends_the_session_and_leads_on(client, db, professional, settings):
    client.force_login(professional)
    page = client.get("/").text
    assert re.search(r'<form method="post" action="/snel-weg/"><button class="exit" name="do" value="go"', page)
    assert '<a class="exit"' not in page
    left = client.post("/snel-weg/", {"do": "go"})
    assert left.headers["Refresh"] == f"0; url={settings.QUICK_EXIT_URL}"
    assert settings.SITE_NAME not in left.text
    assert "_auth_user_id" not in client.session
    assert '<a class="exit"' in client.get("/").text


def test_leaving_is_not_done_by_a_link(client, db):
    assert client.get("/snel-weg/").status_code == 405


def test_another_site_cannot_end_a_session(client, db, professional):
    client.force_login(professional)
    assert client.post("/snel-weg/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert "_auth_user_id" in client.session


def test_the_gallery_is_for_building_only():
    with pytest.raises(NoReverseMatch):
        reverse("components")


def test_no_template_carries_a_style_or_a_script_inside():
    templates = [path for path in ROOT.glob("*/templates/**/*.html") if ".venv" not in path.parts]
    assert len(templates) > 20
    for path in templates:
        if "mail" in str(path.relative_to(ROOT)):
            continue  # a mail has no style sheet to load and no policy to break
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=\"", text), path


def test_every_page_offers_a_quick_way_out_that_works_without_javascript(client, db):
    page = client.get("/").content.decode()
    assert re.search(r'<a class="exit" href="https://[^"]+" rel="noreferrer nofollow"', page)


def test_a_tile_has_as_many_sparks_as_it_glows():
    drawn = tilemap([Tile(f"JZ{n}", "", n, 0, 0, 0, steps) for n, steps in enumerate((0, 1, 3, 6, 10))])
    tiles = re.findall(r'tile--(\d)"(.*?)</a>', drawn, re.DOTALL)
    assert [(int(level), tile.count("h0")) for level, tile in tiles] == [(n, n) for n in range(5)]


@pytest.mark.parametrize("address", ["/verhalen/", "/monitor/"])
def test_to_search_is_never_the_first_thing_to_do(client, db, address):
    assert '<button class="button button--quiet">Zoek</button>' in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/vertel/", "/code/", "/hulp/", "/privacy/", "/vertel/afspraken/"])
def test_the_other_languages_stand_above_the_heading(client, db, address):
    page = client.get(address).content.decode()
    assert page.index('class="languages"') < page.index("<h1")


def test_the_municipalities_of_a_region_are_a_part_of_its_page(client, db):
    load_areas()
    page = client.get(Area.objects.get(code="JZ17").get_absolute_url()).content.decode()
    assert '<section class="section section--tint" aria-labelledby="members">' in page


def test_the_accessibility_statement_says_what_the_house_does_and_since_when_in_words(client):
    page = client.get("/toegankelijkheid/").content.decode()
    assert "zes talen" in page
    assert "achter je code worden voorgelezen" in page
    assert "23 november 2026" in page
    assert not re.search(r"\d{4}-\d\d-\d\d", page)

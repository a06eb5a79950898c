"""Pages of figures: for everybody, each number with its definition and source, and no small one."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actionteams.models import Change, Team
from core.models import JournalEntry
from monitor.actions import preview_import
from monitor.models import Import, Indicator, Observation, Source
from monitor.setup import load_figures, load_indicators
from movement.models import ChangeTask, DreamEdition, DreamSentence
from tests.conftest import make_area
from tests.story_of import published_story

CSV = b"reeks;jaar;gebied;waarde;bron\njeugdzorgplus_placements;2023;GM0200;40;Gemeente\n"
BAD = b"reeks;jaar;gebied;waarde;bron\njeugdzorgplus_placements;2023;GM0200;-40;Gemeente\n"


@pytest.fixture
def figures(country):
    load_indicators()
    load_figures()


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def observe(area, value, *, indicator="jeugdzorgplus_placements", year=2023, source="Gemeente"):
    return Observation.objects.create(
        indicator=Indicator.objects.get(slug=indicator),
        area=area,
        period=dt.date(year, 1, 1),
        value=value,
        source=Source.objects.get_or_create(name=source)[0],
    )


def test_the_country_shows_eleven_years_with_definition_source_and_what_it_does_not_tell(client, figures):
    page = text_of(client.get("/monitor/"))
    assert "Van 2.415 in 2013 naar 1.146 in 2023: 53 procent minder." in page
    assert "Alle jongeren die in een jaar" in page
    assert "NJi, cijfers JeugdzorgPlus (van Jeugdzorg Nederland), nagekeken mei 2024" in page
    assert "Dit cijfer zegt niet hoe lang" in page


def test_every_year_is_a_dot_in_both_drawings(client, figures):
    page = client.get("/monitor/cijfers/jeugdzorgplus_youths_in_care/").content.decode()
    wide, narrow = re.findall(r'<svg class="chart .*?</svg>', page, re.DOTALL)
    assert len(re.findall(r'<circle class="chart__bead" [^>]*><title>20\d\d: ', wide)) == 9
    assert narrow.count("h0") == 9
    assert all(drawing.count('class="chart__end"') == 2 for drawing in (wide, narrow))


def test_a_second_source_that_differs_is_shown_beside_the_first(client, figures):
    response = client.get("/monitor/cijfers/jeugdzorgplus_placements/")
    page = text_of(response)
    assert all(number in page for number in ("1.707", "1.706", "989", "983"))
    assert "Jeugdzorg Nederland, cijfers 2022" in page
    assert response.content.count(b'class="chart__other"') == 4  # two points, in the wide and the narrow drawing


def test_the_monitor_gives_a_reader_no_cookie_and_stands_without_figures(client, country):
    response = client.get("/monitor/")
    assert response.status_code == 200
    assert not response.cookies


def test_a_municipality_stands_beside_its_region_and_the_country(client, figures, municipality, region):
    observe(municipality, 40)
    observe(region, 123)
    page = text_of(client.get("/monitor/GM0200/"))
    assert "Midden IJssel / Oost Veluwe" in page
    # To fives below the country, as delivered for the country.
    assert re.search(r"40 2023 .*125 2023 .*891 2023", page)


@pytest.mark.parametrize(("value", "shown"), [(4, "minder dan 10"), (9, "minder dan 10"), (12, "10"), (0, "0")])
def test_a_small_series_hides_one_to_nine_and_rounds_to_fives(client, figures, municipality, value, shown):
    observe(municipality, value)
    page = text_of(client.get("/monitor/cijfers/jeugdzorgplus_placements/?gebied=GM0200"))
    assert f"2023 {shown} Gemeente" in page


def test_a_value_that_the_source_hides_stays_hidden_everywhere(client, figures, country):
    observe(country, None, year=2024, source="NJi, cijfers JeugdzorgPlus (van Jeugdzorg Nederland), nagekeken mei 2024")
    response = client.get("/monitor/cijfers/jeugdzorgplus_placements/")
    assert "2024 . NJi" in text_of(response)
    assert response.content.count(b'class="chart__hidden"') == 2
    file = client.get("/monitor/cijfers/jeugdzorgplus_placements/?vorm=csv").content.decode("utf-8-sig")
    assert '"2024";"NL";"."' in file


def test_a_municipality_reads_what_its_whole_region_says_and_nothing_of_its_own(client, figures, municipality, region):
    for _ in range(6):
        published_story(region, heard=4, seen=4, known=4)
    page, of_region = (text_of(client.get(f"/monitor/{code}/")) for code in ("GM0200", "JZ17"))
    assert "Gehoord: 4,0" in page
    assert "Gehoord: 4,0" in of_region
    assert "Dit gaat over de hele jeugdregio Midden IJssel / Oost Veluwe" in page


def test_an_area_without_figures_says_so_and_shows_those_of_the_country(client, figures, municipality):
    page = text_of(client.get("/monitor/GM0200/"))
    assert "Van Apeldoorn zelf zijn er nog geen cijfers. Deze zijn van Nederland." in page
    assert "891" in page
    assert "hier niet bekend" not in page


@pytest.mark.parametrize(("typed", "leads"), [("apeldoorn", "/monitor/GM0200/"), ("Midden IJssel", "/monitor/JZ17/")])
def test_a_name_leads_to_its_municipality_or_region(client, municipality, other_municipality, typed, leads):
    assert client.get("/monitor/", {"plaats": typed}).headers["Location"] == leads


def test_a_name_that_nobody_has_says_what_to_type(client, country, municipality):
    answer = client.get("/monitor/", {"plaats": "<Ugchelen>"})
    assert "kennen we niet. Typ de naam van een gemeente" in text_of(answer)
    assert b"<Ugchelen>" not in answer.content
    assert b"&lt;Ugchelen&gt;" in answer.content


def test_the_file_says_what_the_page_says_and_our_importer_reads_it_back(client, figures):
    response = client.get("/monitor/cijfers/jeugdzorgplus_placements/?vorm=csv")
    assert response.headers["Content-Type"].startswith("text/csv")
    assert "jeugdzorgplus_placements-NL.csv" in response.headers["Content-Disposition"]
    import_ = preview_import(file_name="terug.csv", data=response.content, by=None)
    assert import_.problems == []
    assert (import_.added, import_.changed, import_.same) == (0, 0, 13)


def test_a_figure_or_area_that_does_not_exist_is_not_found(client, figures):
    for address in (
        "/monitor/cijfers/niets/",
        "/monitor/GM9999/",
        "/monitor/cijfers/jeugdzorgplus_placements/?gebied=X",
    ):
        assert client.get(address).status_code == 404
    assert client.get("/monitor/NL/").status_code == 301


def test_what_teams_changed_stands_with_the_numbers(client, figures, region, other_region):
    sentence = DreamSentence.objects.create(
        edition=DreamEdition.objects.create(number=1, title="t", introduction="i", reason="r"), position=1, text="t"
    )
    task = ChangeTask.objects.create(name="taak", pace="fast")
    team = Team.objects.create(name="Bellen", question="q", what="w", sentence=sentence, change_task=task, area=region)
    Change.objects.create(team=team, text="Bellen mag de hele avond", since=dt.date(2026, 3, 1))
    assert "Bellen mag de hele avond" in text_of(client.get("/monitor/JZ17/"))
    assert "Bellen mag de hele avond" not in text_of(client.get("/monitor/JZ08/"))


@pytest.mark.parametrize(("address", "most"), [("/monitor/", 4), ("/monitor/JZ17/", 4), ("/monitor/GM0200/", 4),
                                               ("/monitor/cijfers/jeugdzorgplus_placements/", 4)])  # fmt: skip
def test_pages_take_as_many_queries_with_many_figures_as_with_few(
    client, figures, municipality, region, django_assert_max_num_queries, address, most
):
    with django_assert_max_num_queries(most):
        client.get(address)
    for number in range(50):
        indicator = Indicator.objects.create(
            slug=f"cijfer-{number}", name=f"Cijfer {number}", definition="d", unit="n", rule="A", caveat="c"
        )
        for area in (municipality, region):
            observe(area, Decimal(100 + number), indicator=indicator.slug)
    with django_assert_max_num_queries(most):
        client.get(address)


# Figures come in ------------------------------------------------------------------------------------------------


def send(client, data, name="cijfers.csv"):
    return client.post("/monitor/invoer/", {"file": SimpleUploadedFile(name, data)})


def test_an_analyst_looks_confirms_and_sees_the_figure(as_, analyst, figures):
    browser = as_(analyst)
    answer = send(browser, CSV)
    assert answer.status_code == 302
    page = browser.get(answer.url)
    assert "Als je bevestigt, komen er cijfers bij: 1." in text_of(page)
    assert not Observation.objects.filter(area__code="GM0200").exists()
    done = browser.post(f"{answer.url}besluit/", {"confirm": "1"}, follow=True)
    assert done.status_code == 200
    assert Observation.objects.get(area__code="GM0200").value == 40
    # A second click, or a colleague who was faster: the figures are in, and nothing is written twice.
    again = browser.post(f"{answer.url}besluit/", {"confirm": "1"})
    assert (again.status_code, again.url) == (302, answer.url)
    assert JournalEntry.objects.filter(verb="import.confirmed", actor=analyst.public_id).count() == 1
    # What is in cannot be put away any more.
    assert browser.post(f"{answer.url}besluit/", {"drop": "1"}).status_code == 409


def test_a_refused_file_tells_row_column_and_what_to_do(as_, analyst, figures):
    browser = as_(analyst)
    page = text_of(browser.get(send(browser, BAD).url))
    assert "Er is niets weggeschreven" in page
    assert "Rij 2 waarde Een negatief getal kan hier niet." in page


def test_a_file_can_be_put_away(as_, analyst, figures):
    browser = as_(analyst)
    address = send(browser, CSV).url
    browser.post(f"{address}besluit/", {"drop": "1"})
    assert Import.objects.get(by=analyst).state == "dropped"
    assert not Observation.objects.filter(area__code="GM0200").exists()


@pytest.mark.parametrize(
    ("data", "words"), [(None, "Kies eerst een bestand"), (b"", "leeg"), (b"x" * 5_000_001, "5 MB")]
)
def test_a_file_that_does_not_fit_gets_its_error_beside_the_field(as_, analyst, figures, data, words):
    browser = as_(analyst)
    answer = browser.post("/monitor/invoer/") if data is None else send(browser, data)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Import.objects.filter(by=analyst).exists()


def test_an_analyst_brings_no_figures_of_another_area(as_, other_analyst, figures, municipality):
    browser = as_(other_analyst)
    page = text_of(browser.get(send(browser, CSV).url))
    assert "Dit is niet jouw gebied" in page


def test_an_import_of_another_analyst_is_not_there(as_, analyst, other_analyst, figures, coordinator):
    address = send(as_(analyst), CSV).url
    assert as_(other_analyst).get(address).status_code == 404
    assert as_(other_analyst).post(f"{address}besluit/", {"confirm": "1"}).status_code == 404
    assert as_(coordinator).get(address).status_code == 200


def test_an_analyst_whose_appointment_ended_confirms_nothing_any_more(as_, analyst, figures, other_municipality):
    browser = as_(analyst)
    address = send(browser, CSV).url
    analyst.appointments.update(area=other_municipality)
    assert browser.post(f"{address}besluit/", {"confirm": "1"}).status_code == 403
    assert not Observation.objects.filter(area__code="GM0200").exists()


def test_the_pages_of_bringing_in_are_for_analysts_and_coordinators(as_, client, professional, coordinator, figures):
    assert client.get("/monitor/invoer/").status_code == 302
    assert as_(professional).get("/monitor/invoer/").status_code == 403
    response = as_(coordinator).get("/monitor/invoer/")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


def test_a_worksheet_is_for_the_analyst_of_that_area(as_, analyst, other_analyst, coordinator, professional, figures):
    observe(make_area("GM0200", "municipality", "Apeldoorn"), 4)
    page = text_of(as_(analyst).get("/monitor/GM0200/werkblad/"))
    assert re.search(r"\s4\s", page)
    assert "4,000" not in page, "four thousand, to who reads Dutch"
    assert as_(coordinator).get("/monitor/GM0200/werkblad/").status_code == 200
    assert as_(other_analyst).get("/monitor/GM0200/werkblad/").status_code == 403
    assert as_(professional).get("/monitor/GM0200/werkblad/").status_code == 403
    assert as_(analyst).get("/monitor/GM9999/werkblad/").status_code == 404

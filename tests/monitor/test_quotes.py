"""The worksheet of an area: which sentences may be quoted, and where one went."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from stories.actions.quoting import quote
from stories.actions.withdrawing import withdraw
from stories.models import Quote
from tests.stories.factory import published

pytestmark = pytest.mark.django_db


def test_a_worksheet_shows_what_may_be_quoted_of_its_region_and_a_gap_for_what_went(
    as_, analyst, coordinator, municipality, other_region, region
):
    body = "Ik wachtte een jaar. Niemand belde. Toen wel."
    here, elsewhere = (published(body=body, quotable="yes", region=one) for one in (region, other_region))
    heavy = published(title="Zwaar", body="Het was donker.", quotable="yes", region=region, heavy=True)
    for story, sentence in ((here, "Ik wachtte een jaar."), (heavy, "Het was donker."), (elsewhere, "Toen wel.")):
        quote(story=story, sentence=sentence, actor=coordinator)
    for who, code in ((analyst, municipality.code), (coordinator, municipality.code), (coordinator, region.code)):
        page = as_(who).get(f"/monitor/{code}/werkblad/").content.decode()
        assert "“Ik wachtte een jaar.”" in page
        assert f'href="{here.get_absolute_url()}"' in page
        assert "Een zin uit een zwaar verhaal</summary><blockquote>“Het was donker.”" in page
        assert "Zwaar" not in page
        assert "Toen wel" not in page
        assert "Hier stond een zin" not in page
    withdraw(story=here)
    page = as_(analyst).get(f"/monitor/{municipality.code}/werkblad/").content.decode()
    assert "wachtte" not in page
    assert here.public_id not in page
    assert f"Hier stond een zin. Sinds {date_format(timezone.localdate(), 'j F Y')}" in page
    Quote.objects.exclude(gone_at=None).update(gone_at=timezone.now() - dt.timedelta(days=settings.QUOTE_GAP_DAYS))
    assert "Hier stond" not in as_(analyst).get(f"/monitor/{municipality.code}/werkblad/").content.decode()


def test_a_worksheet_of_the_whole_country_has_no_quotes_and_a_quiet_region_says_who_chooses(as_, coordinator, region):
    assert "aanhalen" not in as_(coordinator).get("/monitor/NL/werkblad/").content.decode()
    page = as_(coordinator).get(f"/monitor/{region.code}/werkblad/").content.decode()
    assert "Het steunpunt kiest ze" in page


def test_a_worksheet_costs_the_same_with_one_quote_and_with_fifty(as_, analyst, municipality, region):
    text = " ".join(f"Zin {n}." for n in range(60))
    story, visit = published(body=text, quotable="yes", region=region), as_(analyst)
    costs = []
    for numbers in (range(1), range(1, 50)):
        Quote.objects.bulk_create(Quote(story=story, region=region, text=f"Zin {n}.") for n in numbers)
        with CaptureQueriesContext(connection) as captured:
            assert visit.get(f"/monitor/{municipality.code}/werkblad/").content.decode().count("“Zin ") == numbers.stop
        costs.append(len(captured))
    assert costs[0] == costs[1]

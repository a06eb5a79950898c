"""The clock of the desk, both ways round."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from stories.staffed import begun, danger_due, danger_since, deadline, in_words, parse

BEGIN = dt.datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGIN + dt.timedelta(minutes=minutes))


@given(
    since=MOMENTS,
    now=MOMENTS,
    hours=st.integers(1, 10),
    hours_of=st.sampled_from(["ma-vr 9-17", "za 10-12", "ma-zo 0-24"]),
    closed=st.sampled_from(["", "2026-04-27", "2026-12-24 2026-12-25 2026-12-26"]),
)
def test_a_signal_from_before_the_moment_that_we_look_back_to_is_one_past_its_time(since, now, hours, hours_of, closed):
    staffed = parse(hours_of, closed)
    due = deadline(since, hours, staffed)
    if due != now:
        assert (since < begun(now, hours, staffed)) == (due < now)


def test_urgent_has_one_staffed_hour_and_a_concern_one_working_day(settings):
    settings.DESK_STAFFED = "ma-vr 9-17"
    friday = dt.datetime(2026, 11, 20, 16, 30, tzinfo=BEGIN.tzinfo)
    for danger, due in (("urgent", (23, 9, 30)), ("concern", (23, 16, 30))):
        day, hour, minute = due
        assert danger_due(danger, friday) == friday.replace(day=day, hour=hour, minute=minute)
        assert danger_since(danger, danger_due(danger, friday)) == friday


def test_the_clock_stands_still_on_a_day_on_which_nobody_is_there(settings):
    settings.DESK_CLOSED = "2026-12-25, 2026-12-28"
    eve = dt.datetime(2026, 12, 24, 16, 30, tzinfo=BEGIN.tzinfo)
    assert danger_due("urgent", eve) == eve.replace(day=29, hour=9)
    assert danger_since("urgent", eve.replace(day=29, hour=9)) == eve


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "van 9 tot 5, behalve op vrijdag 25 december"),
        ("en", "from 9 to 5, except on Friday 25 December"),
        ("ar", "إلى 17، ما عدا الجمعة 25 ديسمبر"),
        ("tr", "arasında (25 Aralık hariç)"),
        ("pl", "do 17, oprócz 25 grudnia"),
        ("uk", "до 17, крім 25 грудня"),
    ],
)
def test_who_tells_hears_of_a_day_on_which_nobody_is_there_when_it_is_near(settings, monkeypatch, language, words):
    settings.DESK_CLOSED = "2026-12-25 2026-12-26 2027-01-01"  # the second is a Saturday, of which nobody expects it
    today = dt.date(2026, 12, 18)
    monkeypatch.setattr(timezone, "localdate", lambda: today)
    with translation.override(language):
        assert in_words().endswith(words)
        today = dt.date(2026, 12, 17)
        assert in_words() == str(parse(settings.DESK_STAFFED))


@pytest.mark.parametrize("text", ["kerst", "25-12-2026", "2026-13-01", "2026-12-25/2026-12-26"])
def test_days_that_make_no_sense_are_refused_at_once(text):
    with pytest.raises(ImproperlyConfigured, match="DESK_CLOSED"):
        parse("ma-vr 9-17", text)

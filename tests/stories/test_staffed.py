"""The clock of the desk, both ways round."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from stories.staffed import begun, danger_due, danger_since, deadline, parse

BEGIN = dt.datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGIN + dt.timedelta(minutes=minutes))


@given(
    since=MOMENTS,
    now=MOMENTS,
    hours=st.integers(1, 10),
    hours_of=st.sampled_from(["ma-vr 9-17", "za 10-12", "ma-zo 0-24"]),
)
def test_a_signal_from_before_the_moment_that_we_look_back_to_is_one_past_its_time(since, now, hours, hours_of):
    staffed = parse(hours_of)
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

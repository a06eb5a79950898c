"""The clock of the desk, both ways round."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from stories.staffed import begun, deadline, parse

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

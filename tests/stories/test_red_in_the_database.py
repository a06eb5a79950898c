"""Red blocks in the database itself, whatever the Python says: everything here is plain SQL."""

import threading
import time
from importlib import import_module
from typing import Any

import pgtrigger
import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.models import JournalEntry
from stories.actions.withdrawing import withdraw
from stories.models import HouseRule, Status, Story, StoryReason
from stories.setup import load_house_rules
from tests.stories.factory import a_story, published

pytestmark = pytest.mark.django_db

PUBLISH = """
update stories_story set status = 'published', title = 'T', body = 'B', teaser = 'B', published_on = current_date
where id = %(story)s
"""
TWO = "update stories_story set first_approver_id = %(first)s, second_approver_id = %(second)s where id = %(story)s"
NOTE = """
insert into stories_storyreason (story_id, rule_id, author_id, at, solved_at)
values (%(story)s, %(rule)s, %(first)s, now(), null)
"""
SOLVE = "update stories_storyreason set solved_at = now() where rule_id = %(rule)s"
TO_RED = "update stories_houserule set severity = 'red' where id = %(rule)s"


class Sql:
    """Plain SQL about one story, two coordinators and two house rules."""

    def __init__(self, story, coordinator, second_coordinator):
        load_house_rules()
        rules = dict(HouseRule.objects.values_list("slug", "pk"))
        self.red, self.amber, self.other = rules["methode"], rules["naam"], rules["reclame"]
        self.known = {"story": story.pk, "first": coordinator.pk, "second": second_coordinator.pk, "rule": self.red}

    def __call__(self, *statements, **values):
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, self.known | values)

    def refused(self, *statements, **values):
        with pytest.raises(IntegrityError):
            self(*statements, **values)

    @property
    def story(self):
        return Story.objects.get(pk=self.known["story"])


@pytest.fixture
def sql(coordinator, second_coordinator, region):
    return Sql(a_story(status=Status.IN_HAND, reader=coordinator, region=region), coordinator, second_coordinator)


@pytest.fixture
def on_site(sql):
    return sql.known | {"story": published(title="Op de site").pk}


def test_a_red_reason_that_stands_open_blocks_also_for_two_people(sql):
    sql(NOTE, TWO)
    assert sql.story.red_reasons == 1
    sql.refused(PUBLISH)
    sql(SOLVE, PUBLISH)
    assert sql.story.is_published


def test_nobody_writes_another_number_of_open_red_reasons(sql):
    sql(NOTE, TWO, "update stories_story set red_reasons = 0 where id = %(story)s")
    assert sql.story.red_reasons == 1
    sql.refused(PUBLISH)
    sql.refused(PUBLISH.replace("set ", "set red_reasons = 0, "))


def test_a_reason_that_turns_into_a_red_one_blocks(sql):
    sql(NOTE, rule=sql.amber)
    sql("update stories_storyreason set rule_id = %(rule)s", TWO)
    assert sql.story.red_reasons == 1
    sql.refused(PUBLISH)


def test_a_rule_that_turns_red_blocks_and_asks_for_two_people(sql):
    sql(NOTE, TO_RED, rule=sql.amber)
    assert (sql.story.red_reasons, sql.story.red_flag) == (1, True)
    assert sql.story.first_approver_id == sql.known["first"]
    sql(TWO)
    sql.refused(PUBLISH)


def test_no_red_reason_comes_to_a_story_that_is_on_the_site(sql, on_site):
    sql.refused(NOTE, **on_site)
    sql(NOTE, **on_site | {"rule": sql.amber})
    sql.refused(TO_RED, rule=sql.amber)
    sql.refused("update stories_storyreason set rule_id = %(rule)s", **on_site)
    sql(NOTE)
    sql.refused("update stories_storyreason set story_id = %(story)s where rule_id = %(rule)s", **on_site)
    assert list(StoryReason.objects.filter(rule=sql.red).values_list("story", flat=True)) == [sql.story.pk]


def test_a_reason_that_moved_or_went_is_counted_no_more_and_two_people_stay_two(sql):
    other = a_story()
    sql(NOTE)
    sql("update stories_storyreason set story_id = %(other)s", other=other.pk)
    assert (sql.story.red_reasons, Story.objects.get(pk=other.pk).red_reasons) == (0, 1)
    sql("delete from stories_storyreason")
    assert Story.objects.get(pk=other.pk).red_reasons == 0
    sql.refused(PUBLISH)
    sql(TWO, PUBLISH)


def test_nobody_takes_a_red_flag_off(sql):
    sql(NOTE, SOLVE)
    assert (sql.story.red_flag, sql.story.first_approver_id) == (True, sql.known["first"])
    sql.refused("update stories_story set red_flag = false where id = %(story)s")
    sql.refused(PUBLISH.replace("set ", "set red_flag = false, "))
    sql.refused(PUBLISH)
    withdraw(story=sql.story)
    assert (sql.story.red_flag, sql.story.red_reasons) == (False, 0)


def test_what_two_people_put_on_the_site_takes_two_anew_after_a_red_reason(sql):
    sql(NOTE, SOLVE, TWO, PUBLISH)
    hold = "update stories_story set status = 'on_hold' where id = %(story)s"
    sql(hold, NOTE, SOLVE, rule=sql.other, first=sql.known["second"])
    assert (sql.story.first_approver_id, sql.story.second_approver_id) == (sql.known["second"], None)
    sql.refused(PUBLISH)


def test_what_an_older_house_counted_wrong_is_put_right(sql, on_site, coordinator):
    calm = a_story(red_reasons=2)
    noted = [(sql.story.pk, None), (on_site["story"], None), (calm.pk, timezone.now())]
    with pgtrigger.ignore("stories.StoryReason:red_is_counted"):
        StoryReason.objects.bulk_create(
            StoryReason(story_id=story, rule_id=sql.red, author=coordinator, solved_at=solved)
            for story, solved in noted
        )
    journal = JournalEntry.objects.filter(verb="story.held")
    assert (sql.story.red_reasons, sql.story.red_flag, journal.count()) == (0, False, 0)
    put_right = import_module("stories.migrations.0024_red_is_counted").PUT_RIGHT
    sql(put_right)
    sql(put_right)
    stories = [Story.objects.get(pk=pk) for pk, _solved in noted]
    assert [(one.status, one.red_reasons) for one in stories] == [("in_hand", 1), ("on_hold", 1), ("waiting", 0)]
    assert [one.first_approver for one in stories] == [coordinator] * 3
    assert all(one.red_flag for one in stories)
    assert [entry.subject_id for entry in journal] == [stories[1].public_id]


def a_connection():
    address = ("dbname", "user", "password", "host", "port")
    given: dict[str, Any] = {
        name: str(value) for name, value in connection.get_connection_params().items() if name in address
    }
    return psycopg.connect(**given, options="-c lock_timeout=9s")


def at_once(sql, first, second):
    """`first` is done but not yet committed when `second` begins, and the second waits for it. Each is a statement
    with its values. Returns whether the second was refused."""
    refused = []

    def go_on(other):
        try:
            other.execute(second[0], sql.known | second[1])
            other.commit()
        except psycopg.errors.IntegrityError:
            refused.append(True)
            other.rollback()

    with a_connection() as one, a_connection() as other:
        one.execute(first[0], sql.known | first[1])
        thread = threading.Thread(target=go_on, args=[other])
        thread.start()
        waits = "select wait_event_type = 'Lock' from pg_stat_activity where pid = %s"
        until = time.monotonic() + 5
        while thread.is_alive() and time.monotonic() < until:
            if connection.cursor().execute(waits, [other.info.backend_pid]).fetchone() == (True,):
                break
            time.sleep(0.01)
        else:
            pytest.fail("It did not wait.")
        one.commit()
        thread.join()
    return bool(refused)


@pytest.mark.django_db(transaction=True)
def test_two_transactions_at_once_put_nothing_red_on_the_site(sql):
    red, other, amber = ((NOTE, {"rule": rule}) for rule in (sql.red, sql.other, sql.amber))
    sql(TWO)
    assert at_once(sql, red, (PUBLISH, {}))
    # One is solved while another one comes: the number is that of both.
    assert not at_once(sql, (SOLVE, {}), other)
    assert sql.story.red_reasons == 1
    assert not at_once(sql, (SOLVE.replace("now()", "null"), {}), (SOLVE, {"rule": sql.other}))
    assert sql.story.red_reasons == 1
    # A rule turns red while it is noted, in either order.
    turns = (TO_RED, {"rule": sql.amber})
    for pair in ((amber, turns), (turns, amber)):
        StoryReason.objects.all().delete()
        HouseRule.objects.filter(pk=sql.amber).update(severity="amber")
        assert not at_once(sql, *pair)
        assert sql.story.red_reasons == 1
    StoryReason.objects.all().delete()
    assert at_once(sql, (PUBLISH, {}), red)
    assert sql.story.is_published
    assert not StoryReason.objects.exists()

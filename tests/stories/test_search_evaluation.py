"""The search on two hundred judged queries, and the command that measures it.

`seen` in the queries says whether the first rules were looked at with that query in mind: of the first judgement half
was looked into and the other half not, until the thesaurus was made. docs/search.md says what others measured.
"""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from stories.evaluation_search import evaluate, read_queries, read_stories
from stories.models import Story
from tests.stories.factory import published

DATA = Path(__file__).parent / "data"
STORIES, QUERIES = DATA / "search_stories.jsonl", DATA / "queries.jsonl"


def test_judged_queries_find_what_they_should_and_little_else(db):
    rows = [json.loads(line) for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    looked_into = {row["q"] for row in rows if row["seen"]}
    kinds = {True: "looked into", False: "never looked into"}
    judged = [replace(one, kind=kinds[one.q in looked_into]) for one in read_queries(QUERIES)]
    assert len(judged) >= 200
    assert sum(one.kind == "never looked into" for one in judged) >= 100
    report = evaluate(read_stories(STORIES), judged).as_dict()
    never = report["by_kind"]["never looked into"]
    assert report["recall"] >= 0.95
    assert report["precision"] >= 0.9
    assert never["recall"] >= 0.94
    assert never["precision"] >= 0.9


def test_the_command_reads_no_story_of_the_house_and_leaves_nothing(db, tmp_path):
    published(title="Wachten", body="Een wachtlijst.")
    told, asked = tmp_path / "s.jsonl", tmp_path / "q.jsonl"
    told.write_text(json.dumps({"id": 7, "title": "Lang", "body": "Op de wachtlijst."}) + "\n", encoding="utf-8")
    asked.write_text(json.dumps({"q": "wachten", "relevant": [7]}) + "\n", encoding="utf-8")
    out = StringIO()
    call_command("evaluate_search", told, asked, as_json=True, stdout=out)
    report = json.loads(out.getvalue())
    assert (report["recall"], report["precision"], report["perfect"]) == (1, 1, 1)
    assert Story.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_namespace where nspname like 'evaluate%'")
        assert cursor.fetchone() == (0,)
        cursor.execute("show search_path")
        assert "evaluate" not in cursor.fetchone()[0]


def test_the_command_needs_no_tables_and_leaves_none(db, tmp_path):
    told, asked = tmp_path / "s.jsonl", tmp_path / "q.jsonl"
    told.write_text(json.dumps({"id": 7, "title": "Lang", "body": "Op de wachtlijst."}) + "\n", encoding="utf-8")
    asked.write_text(json.dumps({"q": "wachten", "relevant": [7]}) + "\n", encoding="utf-8")
    out = StringIO()
    with connection.cursor() as cursor:
        cursor.execute("drop schema public cascade; create schema public")  # comes back with the end of this test
        call_command("evaluate_search", told, asked, as_json=True, stdout=out)
        assert json.loads(out.getvalue())["recall"] == 1
        cursor.execute("select count(*) from pg_class where relnamespace = 'public'::regnamespace")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "line 2: not JSON"),
        (b'{"q": "a"}', "line 2: needs relevant, q"),
        (b"[]", "line 2: needs"),
        (b'{"q": "a", "relevant": 3}', "line 2: .* relevant a list"),
        (b'{"q": "a", "relevant": [null]}', "line 2: an id must be"),
        (b'{"q": null, "relevant": []}', "line 2: q must be text"),
        (b'{"q": "pati\xebnt", "relevant": []}', "line 2: not UTF-8"),
    ],
)
def test_a_file_in_another_format_is_refused_with_its_name_and_line(db, tmp_path, line, why):
    bad = tmp_path / "q.jsonl"
    bad.write_bytes(b'{"q": "goed", "relevant": []}\n' + line)
    with pytest.raises(CommandError, match=f"q.jsonl, {why}"):
        call_command("evaluate_search", STORIES, bad)


def test_a_story_without_text_is_refused(db, tmp_path):
    bad = tmp_path / "s.jsonl"
    bad.write_text('{"id": 1, "title": null, "body": "Lang"}', encoding="utf-8")
    with pytest.raises(CommandError, match=r"s\.jsonl, line 1: title must be text"):
        call_command("evaluate_search", bad, QUERIES)


def test_a_mark_at_the_beginning_of_a_file_is_no_part_of_it_and_unknown_ids_are_counted(db, tmp_path):
    told, asked = tmp_path / "s.jsonl", tmp_path / "q.jsonl"
    told.write_text(json.dumps({"id": 7, "title": "Lang", "body": "Op de wachtlijst."}), encoding="utf-8-sig")
    asked.write_text(json.dumps({"q": "wachtlijst", "relevant": [7, 8, "x"]}) + "\n\n", encoding="utf-8-sig")
    out = StringIO()
    call_command("evaluate_search", told, asked, stdout=out)
    assert "2 ids that are called relevant are of no story" in out.getvalue()
    call_command("evaluate_search", told, asked, as_json=True, stdout=(out := StringIO()))
    assert json.loads(out.getvalue())["unknown_ids"] == 2

"""The measuring itself: both formats, and what counts as found and right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stories.recogniser import Mark, MarkKind
from stories.recogniser.evaluation import BadGold, Gold, Sample, evaluate, parse_line, parse_story, read_samples, render


def mark(start: int, end: int, kind: MarkKind = MarkKind.NAME) -> Mark:
    return Mark(start, end, kind, "x" * (end - start), "iemand")


def test_a_marked_line_gives_the_plain_text_with_offsets() -> None:
    sample = parse_line("ik ben [[NAME:sanne]] uit [[PLACE:Zwolle]].")
    assert sample.text == "ik ben sanne uit Zwolle."
    assert sample.gold == (Gold(7, 12, "NAME"), Gold(17, 23, "PLACE"))


def test_a_story_line_gives_its_body_and_leaves_ages_unjudged() -> None:
    line = json.dumps({"body": "Ik ben Fenna.", "identifying_spans": [{"start": 7, "end": 12, "type": "name"}]})
    sample = parse_story(line)
    assert sample.gold == (Gold(7, 12, "name"),)
    assert sample.unmarked == {MarkKind.AGE}


def test_a_file_from_windows_is_read_as_any_other(tmp_path: Path) -> None:
    story = json.dumps({"body": "Ik ben Fenna.", "identifying_spans": [{"start": 7, "end": 12, "type": "name"}]})
    for name, line in (("a.jsonl", story), ("a.txt", "Ik ben [[NAME:Fenna]].")):
        path = tmp_path / name
        path.write_bytes(b"\xef\xbb\xbf" + line.encode() + b"\r\n")
        (sample,) = read_samples(path)
        assert (sample.text.strip(), len(sample.gold)) == ("Ik ben Fenna.", 1)


def test_a_mark_around_nothing_is_no_span() -> None:
    assert parse_line("ik ben [[NAME:]] hier").gold == ()


def test_half_a_span_is_found_and_less_is_not() -> None:
    samples = [Sample("x" * 20, (Gold(0, 10, "NAME"),))]
    assert evaluate(samples, lambda _: [mark(5, 12)]).total.found == 1
    report = evaluate(samples, lambda _: [mark(6, 12)])
    assert report.total.found == 0
    assert report.marks.right == 1


def test_another_kind_still_counts_as_found_but_not_as_the_same_kind() -> None:
    report = evaluate([Sample("x" * 20, (Gold(0, 10, "PLACE"),))], lambda _: [mark(0, 10)])
    assert (report.by_type["PLACE"].found, report.by_type["PLACE"].same_kind) == (1, 0)


def test_ages_are_set_aside_where_the_format_does_not_mark_them() -> None:
    sample = Sample("x" * 20, (), frozenset({MarkKind.AGE}))
    report = evaluate([sample], lambda _: [mark(0, 2, MarkKind.AGE), mark(4, 6)])
    assert (report.marks.set_aside, report.marks.marks, report.marks.right) == (1, 1, 0)


def test_the_precision_with_what_was_set_aside_stands_beside_the_other() -> None:
    sample = Sample("x" * 20, (Gold(4, 6, "NAME"),), frozenset({MarkKind.AGE}))
    report = evaluate([sample], lambda _: [mark(0, 2, MarkKind.AGE), mark(4, 6)])
    assert (report.marks.precision, report.marks.precision_of_all) == (1.0, 0.5)
    assert "precision 100.0% (1/1), 50.0% (1/2) with the 1 set aside" in render("a.jsonl", report)
    shown = report.as_dict()
    assert (shown["precision"], shown["precision_with_set_aside"]) == (1.0, 0.5)
    plain = evaluate([parse_line("ik ben [[NAME:sanne]]")])
    assert "set aside" not in render("a.txt", plain)


def test_the_printed_report_and_the_json_hold_figures_and_no_text() -> None:
    report = evaluate([parse_line("ik ben [[NAME:sanne]]")])
    shown = render("a.txt", report) + json.dumps(report.as_dict())
    assert "sanne" not in shown
    assert "recall 100.0% (1/1)" in shown


def test_a_type_that_nobody_here_knows_is_found_without_a_kind_and_named() -> None:
    samples = [parse_line("kijk op [[URL:voorbeeld.nl]] van [[NAME:sanne]]")]
    report = evaluate(samples, lambda _text: [mark(8, 20, MarkKind.WEB), mark(25, 30)])
    assert (report.total.spans, report.total.found, report.total.same_kind) == (2, 2, 1)
    assert report.unknown == ["URL"] == report.as_dict()["unknown_types"]
    assert "URL            recall 100.0% (1/1), of a type without a kind here" in render("x", report)


@pytest.mark.parametrize(
    "line",
    ["{}", "not json", '{"body": "x", "identifying_spans": [{"start": 0, "end": 9, "type": "name"}]}',
     '{"body": "x", "identifying_spans": [{"start": 0, "end": 1}]}'],
)  # fmt: skip
def test_a_bad_story_line_is_named_by_file_and_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line, encoding="utf-8")
    with pytest.raises(BadGold, match=r"bad\.jsonl, line 2"):
        read_samples(path)

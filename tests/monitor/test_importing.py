"""Figures come in by a file: seen first, then all or nothing, and every mistake gets a sentence."""

import io
import re
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.utils import translation
from openpyxl import Workbook

from core.http import TooLate
from core.models import JournalEntry
from monitor.actions import confirm_import, drop_import, preview_import
from monitor.models import Import, Indicator, Observation, Source
from monitor.setup import load_figures, load_indicators

HEADER = "series,year,value,source,area,status,table\n"
SERIES = "jeugdzorgplus_placements"


@pytest.fixture
def indicators(country):
    load_indicators()
    Indicator.objects.create(
        slug="share", name="Aandeel", definition="d", unit="%", whole=False, rule="A", caveat="c", position=9
    )
    Indicator.objects.create(
        slug="days", name="Dagen", definition="d", unit="dagen", whole=False, rule="A", caveat="c", position=9
    )


def preview(text, **options):
    data = text if isinstance(text, bytes) else text.encode()
    with translation.override("nl"):
        return preview_import(file_name="cijfers.csv", data=data, by=None, **options)


def bring(text):
    import_ = preview(text)
    assert import_.problems == []
    confirm_import(import_=import_, actor=None)
    return import_


def sentences(import_):
    return [(problem["row"], problem["column"], problem["sentence"]) for problem in import_.problems]


def test_a_preview_touches_no_figure(indicators):
    import_ = preview(HEADER + f"{SERIES},2023,891,NJi\n")
    assert (import_.state, import_.added, import_.changed, import_.same) == ("preview", 1, 0, 0)
    assert not Observation.objects.exists()
    assert not Source.objects.exists()
    assert JournalEntry.objects.filter(verb="import.previewed", subject_id=import_.public_id).exists()


def test_confirming_writes_all_and_says_so_in_the_journal(indicators, coordinator):
    import_ = preview(HEADER + f"{SERIES},2023,891,NJi,NL,*,tabel 1\n{SERIES},2022,989,NJi\n")
    confirm_import(import_=import_, actor=coordinator)
    assert Observation.objects.count() == 2
    observation = Observation.objects.get(period__year=2023)
    assert observation.value == 891
    assert (observation.status, observation.table) == ("provisional", "tabel 1")
    assert (observation.source.name, observation.area.code, observation.imported) == ("NJi", "NL", import_)
    entry = JournalEntry.objects.get(verb="import.confirmed")
    assert (entry.subject_id, entry.actor) == (import_.public_id, coordinator.public_id)


def test_the_same_file_a_second_time_changes_nothing(indicators):
    bring(HEADER + f"{SERIES},2023,891,NJi\n")
    before = list(Observation.objects.values())
    again = bring(HEADER + f"{SERIES},2023,891.0,NJi\n")
    assert (again.added, again.changed, again.same) == (0, 0, 1)
    assert list(Observation.objects.values()) == before


def test_a_new_value_is_shown_beside_the_old_one_before_it_is_written(indicators):
    bring(HEADER + f"{SERIES},2023,891,NJi\n")
    again = preview(HEADER + f"{SERIES},2023,900,NJi\n{SERIES},2022,989,NJi\n")
    assert (again.added, again.changed, again.same) == (1, 1, 0)
    assert [row["was"][0] for row in again.rows if row["effect"] == "changed"] == ["891.000"]
    confirm_import(import_=again, actor=None)
    assert Observation.objects.get(period__year=2023).value == 900
    # What was there before stays known.
    assert [row["was"][0] for row in again.rows] == ["891.000"]


def test_the_page_says_it_as_people_write_it(indicators, as_, coordinator):
    """7.000 is seven thousand to who reads Dutch, on the very page that is there to catch a mistake."""
    bring(HEADER + f"{SERIES},2023,7,NJi\n")
    again = preview(HEADER + f"{SERIES},2023,1234,NJi\n{SERIES},2022-K2,891,NJi\n")
    page = as_(coordinator).get(again.get_absolute_url()).content.decode()
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", page)][6:]
    figure = Indicator.objects.get(slug=SERIES).name
    assert cells == [figure, "Nederland", "2023", "7", "1.234", "NJi",
                     figure, "Nederland", "2022, kwartaal 2", "nieuw", "891", "NJi"]  # fmt: skip


def test_two_sources_that_differ_are_kept_apart(indicators):
    bring(HEADER + f"{SERIES},2022,989,NJi\n{SERIES},2022,983,Jeugdzorg Nederland\n")
    assert dict(Observation.objects.values_list("source__name", "value")) == {"NJi": 989, "Jeugdzorg Nederland": 983}


def test_the_figures_of_the_house_come_in_by_the_importer_once(country):
    load_indicators()
    assert load_figures() == 36
    assert load_figures() == 0
    assert Observation.objects.count() == 36
    # The sum of the column in the file, added up by hand outside this code.
    assert Observation.objects.aggregate(Sum("value"))["value__sum"] == 56_723
    assert load_indicators() == 5


@pytest.mark.parametrize("decoy", ["confirm", "drop"])
def test_a_second_click_comes_too_late(indicators, decoy):
    import_ = preview(HEADER + f"{SERIES},2023,891,NJi\n")
    stale = Import.objects.get(pk=import_.pk)
    (confirm_import if decoy == "confirm" else drop_import)(import_=import_, actor=None)
    for action in (confirm_import, drop_import):
        with pytest.raises(TooLate):
            action(import_=stale, actor=None)
    assert Observation.objects.count() == (1 if decoy == "confirm" else 0)


def test_what_is_written_is_what_was_seen(indicators):
    first, second = preview(HEADER + f"{SERIES},2023,891,NJi\n"), preview(HEADER + f"{SERIES},2023,892,NJi\n")
    confirm_import(import_=first, actor=None)
    # The second person saw 'new'; by now it would overwrite.
    with pytest.raises(TooLate):
        confirm_import(import_=second, actor=None)
    assert Observation.objects.get().value == 891


@pytest.mark.django_db(transaction=True)
def test_two_people_confirm_at_the_same_moment_and_one_is_too_late(indicators):
    previews = [preview(HEADER + f"{SERIES},2023,{value},NJi\n") for value in (891, 892)]
    outcomes = []

    def confirm(import_):
        try:
            confirm_import(import_=import_, actor=None)
            outcomes.append("done")
        except TooLate:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=[import_]) for import_ in previews]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "late"]
    assert Observation.objects.count() == 1


# Reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "series", "meant"),
    [
        ("2415", SERIES, "2415"),
        ("2.415", SERIES, "2415"),
        ('"2,415"', SERIES, "2415"),
        ('"1.002.415"', SERIES, "1002415"),
        ("2 415", SERIES, "2415"),
        ("2\u00a0415", SERIES, "2415"),
        ("12.5", "share", "12.5"),
        ('"12,5"', "share", "12.5"),
        ("12.345", "share", "12.345"),
        ("10.6%", "share", "10.6"),
        ('"1.234,5"', "days", "1234.5"),
        ('"1,234.5"', "days", "1234.5"),
        ("0.415", "days", "0.415"),
        ("-", SERIES, "0"),
        (".", SERIES, None),
    ],
)
def test_a_number_may_be_written_as_people_do(indicators, written, series, meant):
    bring(HEADER + f"{series},2023,{written},NJi\n")
    assert Observation.objects.get().value == (None if meant is None else Decimal(meant))


@pytest.mark.parametrize(
    ("written", "series", "hint"),
    [
        ("-5", SERIES, "negatief"),
        ("−5", SERIES, "negatief"),
        ("(5)", SERIES, "negatief"),
        ("NaN", SERIES, "geen getal"),
        ("inf", SERIES, "geen getal"),
        ("1e300", SERIES, "geen getal"),
        ("٣٤", SERIES, "geen getal"),
        ("12-5", SERIES, "geen getal"),
        ("5-", SERIES, "geen getal"),
        ("=1+1", SERIES, "geen getal"),
        ("9" * 300, SERIES, "meer dan er mensen"),
        ("99999999", SERIES, "meer dan er mensen"),
        ("9" * 40, "days", "te groot"),
        ("12.5", SERIES, "telling"),
        ("0.415", SERIES, "telling"),
        ("100.1", "share", "100 procent"),
        ("1.234", "days", "twee manieren"),
        ("", SERIES, "geen waarde"),
    ],
)
def test_an_absurd_number_is_refused_in_its_own_cell(indicators, written, series, hint):
    import_ = preview(HEADER + f"{SERIES},2022,989,NJi\n{series},2023,{written},NJi\n")
    assert import_.state == "refused"
    [(row, column, sentence)] = sentences(import_)
    assert (row, column) == (3, "value")
    assert hint in sentence
    with pytest.raises(TooLate):
        confirm_import(import_=import_, actor=None)
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("written", "begin", "months"),
    [
        ("2023", "2023-01-01", 12),
        ("2023-H1", "2023-01-01", 6),
        ("2023-H2", "2023-07-01", 6),
        ("2023-Q4", "2023-10-01", 3),
        ("2023-01", "2023-01-01", 1),
        ("2023JJ00", "2023-01-01", 12),
        ("2023HJ02", "2023-07-01", 6),
        ("2023KW03", "2023-07-01", 3),
        ("2023MM11", "2023-11-01", 1),
    ],
)
def test_a_period_is_a_year_or_a_part_of_one(indicators, written, begin, months):
    bring(HEADER + f"{SERIES},{written},5,NJi\n")
    observation = Observation.objects.get()
    assert (observation.period.isoformat(), observation.period_months) == (begin, months)


@pytest.mark.parametrize("written", ["23", "2023-13", "2023-Q5", "1066", "9999", "vorig jaar", "2023-00", ""])
def test_a_period_that_is_none_is_refused(indicators, written):
    import_ = preview(HEADER + f"{SERIES},{written},5,NJi\n")
    assert [(row, column) for row, column, _ in sentences(import_)] == [(2, "year")]


def test_semicolons_and_decimal_commas_are_read_as_dutch_spreadsheets_write_them(indicators):
    bring("reeks;jaar;waarde;bron;gebied\nshare;2023;12,5;NJi;NL01  \n" + f"{SERIES};2023;1.818;NJi;\n")
    assert set(Observation.objects.values_list("value", "area__code")) == {(Decimal("12.5"), "NL"), (1818, "NL")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_usual_encodings_are_read(indicators, encoding):
    import_ = preview((HEADER + f"{SERIES},2023,5,Cijfers België\n").encode(encoding))
    assert import_.problems == []
    assert [row["source"] for row in import_.rows] == ["Cijfers België"]
    assert bool(import_.notes) == (encoding == "cp1252")


def workbook(rows, *, sheets=1):
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    for _ in range(sheets - 1):
        book.create_sheet()
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_spreadsheet_is_read_with_its_own_numbers(indicators):
    rows = [["series", "year", "value", "source"], [SERIES, 2023, 891, "NJi"], ["share", 2023, 12.5, "NJi"]]
    import_ = preview(workbook(rows, sheets=2))
    assert [row["value"] for row in import_.rows] == ["891.000", "12.500"]
    assert len(import_.notes) == 1


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([["series", "year", "value", "source"], [SERIES, 2023, -3, "NJi"]], (2, "value")),
        ([["series", "year", "value", "source"], [SERIES, 2023, 1e300, "NJi"]], (2, "value")),
        ([["series", "year", "value", "source"], [SERIES, 2023, "#DIV/0!", "NJi"]], (2, "value")),
        ([["series", "year", "source"], [SERIES, 2023, "NJi"]], (1, "waarde")),
        ([["series", "year", "value", "source"]], (0, "")),
        ([], (0, "")),
    ],
)
def test_a_spreadsheet_with_a_mistake_is_refused_where_it_is(indicators, rows, where):
    import_ = preview(workbook(rows))
    assert [(row, column) for row, column, _ in sentences(import_)] == [where]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\n\n;;;\n",
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b"PK\x03\x04" + b"\0" * 200,
        bytes(range(256)) * 20,
        "series,year,value,source\nplaatsingen,2023,5,Belgi\x81".encode("latin-1"),
        b'series,year,value,source\n"x,2023,5,NJi\n',
        b"series,year,value,source\n" + b"x,2023,5,NJi\n" * 50_001,
        b"x" * 5_000_001,
        b"a," * 100 + b"\nx\n",
    ],
    ids=["empty", "mark", "blank", "png", "zip", "bytes", "encoding", "quote", "rows", "large", "columns"],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(indicators, data):
    import_ = preview(data)
    assert import_.state == "refused"
    assert [problem["row"] for problem in import_.problems] in ([0], [1, 1, 1, 1])
    assert all(problem["sentence"].endswith(".") for problem in import_.problems)


def test_a_broken_header_says_which_columns_are_missing(indicators):
    import_ = preview("serie|jaar|waarde\nx|2023|5\n")
    assert [(row, column) for row, column, _ in sentences(import_)] == [
        (1, "reeks"), (1, "periode"), (1, "waarde"), (1, "bron")
    ]  # fmt: skip
    twice = preview("series,year,jaar,value,source\nx,2023,2023,5,NJi\n")
    assert [(row, column) for row, column, _ in sentences(twice)] == [(1, "jaar")]


def test_duplicate_rows_are_refused_and_the_first_is_named(indicators):
    import_ = preview(HEADER + f"{SERIES},2023,5,NJi\n{SERIES},2022,5,NJi\n{SERIES},2023JJ00,5,NJi \n")
    [(row, _column, sentence)] = sentences(import_)
    assert row == 4
    assert "rij 2" in sentence


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"{SERIES},2023,5,NJi,GM9999", "area"),
        ("onbekend,2023,5,NJi", "series"),
        ("gehoord-gezien-gekend,2023,4,NJi", "series"),
        (f"{SERIES},2023,5, ", "source"),
        (f"{SERIES},2023,5,{'x' * 201}", "source"),
        (f"{SERIES},2023,5,NJi,NL,misschien", "status"),
        (f"{SERIES},2023,5,NJi,NL,,{'t' * 21}", "table"),
        (f"{SERIES},2023,5,NJi,NL,,t,extra", ""),
    ],
)
def test_each_mistake_is_named_in_its_column(indicators, line, column):
    import_ = preview(HEADER + line + "\n")
    assert [(row, found) for row, found, _ in sentences(import_)] == [(2, column)]


def test_all_mistakes_are_told_at_once(indicators):
    import_ = preview(HEADER + f"onbekend,2023,5,NJi\n{SERIES},vroeger,-5,\n")
    assert [(row, column) for row, column, _ in sentences(import_)] == [
        (2, "series"), (3, "year"), (3, "source"), (3, "value")
    ]  # fmt: skip


def test_the_sentences_are_dutch(indicators):
    import_ = preview(HEADER + f"{SERIES},2023,-5,NJi\n")
    assert sentences(import_)[0][2].startswith("Een negatief getal kan hier niet.")


def test_an_analyst_brings_only_figures_of_her_own_areas(indicators, municipality, other_municipality):
    text = HEADER + f"{SERIES},2023,50,Gemeente,GM0200\n{SERIES},2023,50,Gemeente,GM0303\n"
    import_ = preview(text, only_areas={"GM0200"})
    assert [(row, column) for row, column, _ in sentences(import_)] == [(3, "area")]


def test_a_preview_takes_as_many_queries_for_two_hundred_rows_as_for_one(indicators, django_assert_num_queries):
    text = HEADER + "".join(f"{SERIES},{year},5,NJi {n}\n" for year in range(2000, 2025) for n in range(8))
    with django_assert_num_queries(7):  # areas, indicators, comparing, the import, the journal, and a savepoint
        assert preview(text).added == 200


def test_the_command_takes_the_same_road(indicators, tmp_path, capsys):
    path = tmp_path / "cijfers.csv"
    path.write_text(HEADER + f"{SERIES},2023,891,NJi\n")
    call_command("import_figures", path, "--preview")
    assert not Observation.objects.exists()
    call_command("import_figures", path)
    assert Observation.objects.get().value == 891
    path.write_text(HEADER + f"{SERIES},2023,-1,NJi\n")
    with pytest.raises(CommandError, match="Nothing"):
        call_command("import_figures", path)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_figures", tmp_path / "elsewhere.csv")

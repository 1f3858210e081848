"""`coso import`: what a person brings is archived as it is, read once, and kept when it cannot be read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from command_line import coso, started
from openpyxl import Workbook
from test_cli import assert_one_line

from coso.errors import BadInputError, ExitCode
from coso.lake import Lake, read_table
from coso.records import Capture, Document, Fact, UndecidedCell, from_table
from coso.settings import load_settings
from expectations.checks import ALL_CHECKS
from expectations.gates import check_landed
from expectations.incidents import update_incidents
from flows.importing import bring
from scrapers.archive import open_capture

TEXT = (
    "Hà Nam sơ kết công tác dân chủ ở cơ sở\n"
    "Trong 6 tháng đầu năm 2024, toàn tỉnh tổ chức 31 cuộc đối thoại với Nhân dân, có 1.240 người tham dự.\n"
)


def test_a_text_file_is_archived_and_read(tmp_path: Path) -> None:
    file = tmp_path / "so-ket.txt"
    file.write_text(TEXT, encoding="utf-8")
    home = tmp_path / "lake"
    done = started("import", str(file), "--province", "Hà Nam", "--published-on", "2024-07-09", home=home)
    assert done.returncode == 0, done.stderr
    lake = Lake(home)
    (capture,) = from_table(Capture, read_table(lake.captures, Capture))
    assert open_capture(lake, capture).payload == file.read_bytes()
    (document,) = from_table(Document, read_table(lake.landed / "documents", Document))
    assert (document.province_code, document.frame) == ("35", "63")
    assert str(document.published_on) == "2024-07-09"
    facts = from_table(Fact, read_table(lake.landed / "facts", Fact))
    assert sorted((f.metric, f.value, f.period, f.province_code) for f in facts) == [
        ("dialogue_participants", 1240, "2024-H1", "35"),
        ("dialogue_sessions", 31, "2024-H1", "35"),
    ]
    again = coso("import", str(file), "--province", "ha nam", "--published-on", "2024-07-09", home=home)
    assert "0 files archived, 1 known before" in again.stdout
    listed = json.loads(coso("sources", "--format", "json", home=home).stdout)
    assert any(row["key"] == "import-35-63" for row in listed)
    assert "0 changed, 0 added, 0 removed" in coso("replay", home=home).stdout


def test_the_command_told_next_is_one_that_publishes_this_lake(tmp_path: Path) -> None:
    file = tmp_path / "so-ket.txt"
    file.write_text(TEXT, encoding="utf-8")
    home = tmp_path / "lake"
    told = coso("import", str(file), "--province", "Hà Nam", home=home).stdout
    assert told.endswith("Next: coso run --no-fetch\n")
    (home / "DEMO").touch()
    told = coso("import", str(file), "--province", "Hà Nam", home=home).stdout
    assert told.endswith("Next: coso demo\n")
    refused = coso("run", "--no-fetch", home=home)
    assert_one_line(refused, ExitCode.BAD_INPUT, "invented figures", "`coso demo` publishes")


def test_an_address_that_is_none_of_the_web_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "so-ket.txt"
    file.write_text(TEXT, encoding="utf-8")
    home = tmp_path / "lake"
    for address in ("nonsense", "ftp://bao.example.vn/x", "https://bao example.vn/x"):
        refused = coso("import", str(file), "--province", "Hà Nam", "--url", address, home=home)
        assert_one_line(refused, ExitCode.BAD_INPUT, "is no web address; give it as in the address bar")
    assert not list(home.rglob("*.warc.gz"))
    told = coso("import", str(file), "--province", "Hà Nam", "--url", "https://bao.example.vn/x#y", home=home)
    assert "1 files archived" in told.stdout
    (capture,) = from_table(Capture, read_table(Lake(home).captures, Capture))
    assert capture.url == "https://bao.example.vn/x"


def test_a_day_that_has_not_come_is_refused_by_the_clock_of_vietnam(tmp_path: Path) -> None:
    file = tmp_path / "so-ket.txt"
    file.write_text(TEXT, encoding="utf-8")
    settings = load_settings({"COSO_HOME": str(tmp_path / "lake"), "COSO_TODAY": "2030-01-01"})
    evening = datetime(2024, 7, 8, 16, 59, tzinfo=UTC)  # 23:59 of the 8th in Vietnam
    with pytest.raises(
        BadInputError, match="--published-on 2024-07-09 has not come: today is 2024-07-08 in Vietnam"
    ):
        bring(settings, [file], "Hà Nam", date(2024, 7, 9), None, now=evening)
    assert not (tmp_path / "lake").exists()
    brought = bring(settings, [file], "Hà Nam", date(2024, 7, 9), None, now=evening + timedelta(minutes=1))
    assert (brought.stored, brought.facts) == (1, 2)


def test_the_command_refuses_a_day_that_has_not_come(tmp_path: Path) -> None:
    file = tmp_path / "so-ket.txt"
    file.write_text(TEXT, encoding="utf-8")
    home = tmp_path / "lake"
    refused = coso("import", str(file), "--province", "Hà Nam", "--published-on", "2999-01-01", home=home)
    assert_one_line(refused, ExitCode.BAD_INPUT, "--published-on 2999-01-01 has not come: today is ")
    assert not list(home.rglob("*.warc.gz"))


def test_nothing_is_archived_when_one_of_the_files_cannot_be_opened(tmp_path: Path) -> None:
    file = tmp_path / "so-ket.txt"
    file.write_text(TEXT, encoding="utf-8")
    home = tmp_path / "lake"
    refused = coso("import", str(file), str(tmp_path / "nope.txt"), "--province", "Hà Nam", home=home)
    assert_one_line(refused, ExitCode.BAD_INPUT, "nope.txt cannot be read")
    assert not list(home.rglob("*.warc.gz"))


def test_a_page_keeps_the_day_it_states(tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines()[1:] * 2)
    file.write_text(
        "<html><head><meta property='article:published_time' content='2024-07-10T08:00:00+07:00'></head>"
        f"<body><h1>Hà Nam sơ kết</h1><article>{paragraphs}</article></body></html>",
        encoding="utf-8",
    )
    coso("import", str(file), "--province", "Hà Nam", home=tmp_path / "lake")
    (document,) = from_table(Document, read_table(tmp_path / "lake" / "landed" / "documents", Document))
    assert (str(document.published_on), document.published_rule) == ("2024-07-10", "meta")


def report_form(tmp_path: Path) -> Path:
    """Make a quarterly form with merged headings, in-period and year-to-date columns, and a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    for row in (
        ["BÁO CÁO KẾT QUẢ THỰC HIỆN DÂN CHỦ Ở CƠ SỞ QUÝ II NĂM 2024"],
        ["TT", "Nội dung", "Đơn vị tính", "Kết quả", None],
        [None, None, None, "Trong kỳ", "Lũy kế từ đầu năm"],
        [1, "Số lượt tiếp công dân", "lượt", 620, "1.204"],
        [2, "Việc chưa ai đặt tên", "cái", 5, "-"],
        [3, "Số cuộc đối thoại với Nhân dân", "cuộc", "=D4-600", 64],
        [None, None, None, "Hà Nam, ngày 28 tháng 6 năm 2024"],
    ):
        sheet.append(row)
    for merged in ("A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "report.xlsx")
    return tmp_path / "report.xlsx"


def test_a_report_form_becomes_figures_that_name_their_cells(tmp_path: Path) -> None:
    file, home = report_form(tmp_path), tmp_path / "lake"
    done = coso("import", str(file), "--province", "Hà Nam", home=home)
    assert done.returncode == 0, done.stderr
    assert "report.xlsx: formula_without_value: Biểu 1!D6" in done.stdout
    assert "3 facts in 1 documents, 2 cells undecided" in done.stdout
    lake = Lake(home)
    (capture,) = from_table(Capture, read_table(lake.captures, Capture))
    assert capture.kind == "attachment"
    assert open_capture(lake, capture).payload == file.read_bytes()
    facts = from_table(Fact, read_table(lake.landed / "facts", Fact))
    # The province as it was named: it reported for itself, though it has gone into a larger one since.
    assert sorted((f.locator, f.metric, f.value, f.period, f.province_code, f.frame) for f in facts) == [
        ("Biểu 1!D4", "reception_visits", 620, "2024-Q2", "35", "63"),
        ("Biểu 1!E4", "reception_visits", 1204, "2024-H1", "35", "63"),
        ("Biểu 1!E6", "dialogue_sessions", 64, "2024-H1", "35", "63"),
    ]
    cells = from_table(UndecidedCell, read_table(lake.landed / "undecided_cells", UndecidedCell))
    assert sorted((c.locator, c.quote, c.reason) for c in cells) == [
        ("Biểu 1!D5", "5", "no_metric"),
        ("Biểu 1!D6", "=D4-600", "formula_without_value"),
    ]
    assert "0 changed, 0 added, 0 removed" in coso("replay", home=home).stdout


@pytest.mark.slow
def test_a_published_figure_of_a_form_leads_back_to_its_cell(tmp_path: Path) -> None:
    file, home = report_form(tmp_path), tmp_path / "lake"
    coso("import", str(file), "--province", "Hà Nam", home=home)
    run = started("run", "--no-fetch", home=home, timeout=900)
    assert run.returncode == 0, run.stderr
    listed = coso("facts", "--province", "Hà Nam", "--format", "jsonl", home=home).stdout.splitlines()
    rows = {(row["metric"], row["period"]): row for row in map(json.loads, listed)}
    row = rows["reception_visits", "2024-H1"]
    assert (row["value"], row["cell"]) == (1204, "Biểu 1!E4")
    traced = coso("trace", row["fact_id"], home=home)
    assert traced.returncode == 0, traced.stderr
    assert "cell      Biểu 1!E4" in traced.stdout
    assert "the archived bytes match" in traced.stdout
    told = coso("sql", "select locator, reason from fct_undecided_cell order by 1", home=home).stdout
    assert "Biểu 1!D5" in told
    assert "formula_without_value" in told


def test_a_form_under_a_password_is_kept_and_told(tmp_path: Path) -> None:
    file = tmp_path / "kin.xlsx"
    file.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"))
    done = coso("import", str(file), "--province", "Hà Nam", home=tmp_path / "lake")
    assert done.returncode == ExitCode.FAILED
    assert "kin.xlsx: could not be read (encrypted" in done.stdout
    assert any((tmp_path / "lake" / "raw" / "warc").rglob("*.warc.gz"))


def test_an_import_tells_of_the_files_it_was_given_and_of_no_others(tmp_path: Path) -> None:
    home, whole, cut = tmp_path / "lake", report_form(tmp_path), tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:500])
    both = coso("import", str(cut), str(whole), "--province", "Hà Nam", home=home)
    assert both.returncode == ExitCode.FAILED
    assert "cut.xlsx: could not be read (broken_file: not a whole Office file" in both.stdout
    assert "3 facts in 1 documents" in both.stdout
    note = tmp_path / "so-ket.txt"
    note.write_text(TEXT, encoding="utf-8")
    alone = coso("import", str(note), "--province", "Hà Nam", "--published-on", "2024-07-09", home=home)
    assert (alone.returncode, "cut.xlsx" in alone.stdout) == (0, False)
    assert "2 facts in 1 documents, 0 cells undecided" in alone.stdout


def test_what_cannot_be_read_is_kept_and_told(tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text("quá ngắn", encoding="utf-8")
    done = coso("import", str(file), "--province", "Hà Nam", home=tmp_path / "lake")
    assert done.returncode == ExitCode.FAILED
    assert "short.txt: could not be read (empty_page" in done.stdout
    assert any((tmp_path / "lake" / "raw" / "warc").rglob("*.warc.gz"))


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [("a.bin", b"x", ".html, .htm, .txt"), ("b.txt", b" \n", "is empty"), ("c.txt", None, "cannot be read")],
)
def test_a_file_that_cannot_be_brought_leaves_the_lake_as_it_was(
    tmp_path: Path, name: str, data: bytes | None, part: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = coso("import", str(tmp_path / name), "--province", "Hà Nam", home=tmp_path / "lake")
    assert_one_line(done, ExitCode.BAD_INPUT, name, part)
    assert not any((tmp_path / "lake" / "raw").rglob("*.warc.gz*"))


def test_a_file_that_names_another_province_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "so-ket.txt"
    file.write_text(TEXT, encoding="utf-8")
    told = coso(
        "import", str(file), "--province", "Hà Tĩnh", "--published-on", "2024-07-09", home=tmp_path / "one"
    )
    assert "its head names Hà Nam, and it was brought as Hà Tĩnh" in told.stdout
    # Ninh Bình is what Hà Nam went into.
    kept = coso(
        "import", str(file), "--province", "Ninh Bình", "--published-on", "2025-08-09", home=tmp_path / "two"
    )
    assert "its head names" not in kept.stdout


def test_an_unknown_province_is_named_with_its_nearest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = coso("import", str(tmp_path / "a.txt"), "--province", "Hà Nan", home=tmp_path / "lake")
    assert_one_line(done, ExitCode.BAD_INPUT, "Hà Nan", "Hà Nam")


def test_a_figure_in_quarantine_is_shown_with_its_incident_and_traced_to_its_page(tmp_path: Path) -> None:
    file, home = tmp_path / "so-ket.txt", tmp_path / "lake"
    file.write_text(TEXT.replace("31 cuộc", "910.000 cuộc"), encoding="utf-8")
    coso("import", str(file), "--province", "Hà Nam", "--published-on", "2024-07-09", home=home)
    result = check_landed(Lake(home), "run-1", date(2024, 8, 1), [ALL_CHECKS["landed.hard_bound"]])
    (incident,) = update_incidents(Lake(home), [result], datetime.now(UTC)).open
    shown = coso("alerts", "show", incident.incident_id, home=home).stdout
    fact_id = incident.evidence_fact_id or ""
    for said in (
        "từ 0 đến 25.000 cuộc",
        "910.000 cuộc",
        "đang cách ly: Số liệu vượt xa",
        f"coso trace {fact_id}",
    ):
        assert said in shown
    traced = coso("trace", fact_id, home=home)
    assert traced.returncode == 0, traced.stderr
    for said in ("dialogue_sessions = 910.000", "the archived bytes match", "quarantine", "Số liệu vượt xa"):
        assert said in traced.stdout
    assert_one_line(coso("trace", "fact-x", home=home), ExitCode.BAD_INPUT, "holds no release")

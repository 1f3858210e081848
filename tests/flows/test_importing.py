"""`coso import`: what a person brings is archived as it is, read once, and kept when it cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import assert_one_line, coso

from coso.errors import ExitCode
from coso.lake import Lake, read_table
from coso.records import Capture, Document, Fact, from_table
from scrapers.archive import open_capture

TEXT = (
    "Hà Nam sơ kết công tác dân chủ ở cơ sở\n"
    "Trong 6 tháng đầu năm 2024, toàn tỉnh tổ chức 31 cuộc đối thoại với Nhân dân, có 1.240 người tham dự.\n"
)


def test_a_text_file_is_archived_and_read(tmp_path: Path) -> None:
    file = tmp_path / "so-ket.txt"
    file.write_text(TEXT, encoding="utf-8")
    home = tmp_path / "lake"
    done = coso("import", str(file), "--province", "Hà Nam", "--published-on", "2024-07-09", home=home)
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


def test_what_cannot_be_read_is_kept_and_told(tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text("quá ngắn", encoding="utf-8")
    done = coso("import", str(file), "--province", "Hà Nam", home=tmp_path / "lake")
    assert done.returncode == 0
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


def test_an_unknown_province_is_named_with_its_nearest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = coso("import", str(tmp_path / "a.txt"), "--province", "Hà Nan", home=tmp_path / "lake")
    assert_one_line(done, ExitCode.BAD_INPUT, "Hà Nan", "Hà Nam")

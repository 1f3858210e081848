"""Input files, good and bad: each trouble is one line that names file, place and mend."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from coso.encodings import TCVN3
from coso.errors import BadInputError
from extraction.__main__ import main
from extraction.command import run
from extraction.files import Input, read_inputs

TEXT = (
    "Năm 2024, cả tỉnh mở 319 cuộc đối thoại giữa người đứng đầu cấp ủy, chính quyền với nhân dân các huyện."
)


def _write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def test_text_files_are_named_by_their_base_name(tmp_path: Path) -> None:
    path = _write(tmp_path / "bài.txt", "\ufeff" + TEXT)
    assert list(read_inputs([path], published="2024-12", province="Hà Nam")) == [
        Input("bài.txt", TEXT, None, "2024-12", "Hà Nam")
    ]


def test_json_lines_carry_their_own_dates_and_sources(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": TEXT, "title": "T", "published": "2024", "source_province": "Huế"},
        {"id": 7, "text": ""},
    ]
    path = _write(
        tmp_path / "x.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n"
    )
    assert list(read_inputs([path], published="2023")) == [
        Input("a", TEXT, "T", "2024", "Huế"),
        Input("7", "", None, "2023", None),
    ]


def test_saved_pages_go_through_the_reader_given(tmp_path: Path) -> None:
    path = _write(tmp_path / "page.html", "<p>x</p>")
    (item,) = read_inputs([path], html_reader=lambda data: ("T", TEXT, "2024-01-02"))
    assert item == Input("page.html", TEXT, "T", "2024-01-02", None)
    with pytest.raises(BadInputError, match=r"page\.html: no article text"):
        list(read_inputs([path], html_reader=lambda data: (None, " ", None)))

    def refuse(data: bytes) -> tuple[str | None, str, str | None]:
        raise BadInputError("no readable HTML page", "give another")

    with pytest.raises(BadInputError, match=r"page\.html: no readable HTML page; give another"):
        list(read_inputs([path], html_reader=refuse))
    with pytest.raises(BadInputError, match=r"page\.html: saved pages"):
        list(read_inputs([path]))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"  \n", "is empty"),
        ("a.txt", b"PK\x03\x04\x00\x00\x00binary", "is a Word, Excel or other packed file"),
        ("a.txt", bytes(range(128, 256)) * 20, "is not text"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b'{"id": "1", "text": "x"}\n{broken\n', r"a\.jsonl:2: is not JSON"),
        ("a.jsonl", b'{"id": "1"}\n', r"a\.jsonl:1: has no text"),
        ("a.jsonl", b'{"text": "x"}\n', r"a\.jsonl:1: has no id"),
        ("a.jsonl", b'["x"]\n', r"a\.jsonl:1: has no text"),
        ("a.jsonl", b'{"id": "1", "text": "x", "published": "19/12/2024"}\n', r"a\.jsonl:1: .*is no date"),
        ("a.jsonl", b'{"id": "1", "text": "x", "title": 5}\n', r"a\.jsonl:1: title is not a string"),
        ("a.jsonl", "{\"id\": \"1\", \"text\": \"é\"}\n".encode("latin-1"), r"a\.jsonl:1: is not JSON in UTF-8"),
    ],
)  # fmt: skip
def test_bad_files_are_named_with_line_and_mend(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    with pytest.raises(BadInputError, match=told) as caught:
        list(read_inputs([_write(tmp_path / name, data)]))
    assert caught.value.mend


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for name in ("gone.txt", "gone.jsonl"):
        with pytest.raises(BadInputError, match=f"{name}: cannot be opened"):
            list(read_inputs([tmp_path / name]))


def test_a_file_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    to_tcvn3 = {letter: byte for byte, letter in TCVN3.items()}
    path = _write(tmp_path / "cũ.txt", "".join(to_tcvn3.get(c, c) for c in TEXT).encode("latin-1"))
    assert [item.text for item in read_inputs([path])] == [TEXT]


def test_a_folder_is_told_from_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").mkdir()
    for path in (tmp_path, tmp_path / "x.jsonl"):
        with pytest.raises(BadInputError, match=r"is a folder; name its files"):
            list(read_inputs([path]))


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (TEXT, [Input("stdin", TEXT, None, "2024", None)]),
        ('\n{"id": 1, "text": "a"}\n\n{"id": 2, "text": "b"}', [
            Input("1", "a", None, "2024", None), Input("2", "b", None, "2024", None),
        ]),
    ],
)  # fmt: skip
def test_a_dash_is_standard_input(data: str, read: list[Input], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert list(read_inputs(["-"], published="2024")) == read


@pytest.mark.parametrize(
    ("data", "told"), [("", "standard input: is empty"), ('{"id": 1}', "standard input:1: has no text")]
)
def test_bad_standard_input_is_told_too(data: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    with pytest.raises(BadInputError, match=told):
        list(read_inputs(["-"]))


@pytest.mark.parametrize("day", ["2024-02-31", "2024-13", "24", "2024-2-1"])
def test_a_day_that_the_calendar_does_not_have_is_refused(day: str) -> None:
    with pytest.raises(BadInputError, match="is no date"):
        list(read_inputs([], published=day))


def test_the_command_writes_facts_or_explanations(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", TEXT)
    out = io.StringIO()
    assert run([path], None, "Hà Nam", False, out) == 1
    assert json.loads(out.getvalue())["metric"] == "dialogue_sessions"
    out = io.StringIO()
    run([path], None, None, True, out)
    assert out.getvalue().startswith(f"# a.txt\n[1] {TEXT}\n  tokens   Năm 2024 · ")
    with pytest.raises(BadInputError, match="province 'Atlantis' is unknown"):
        run([path], None, "Atlantis", False, io.StringIO())


def test_the_module_runs_from_the_shell_and_tells_bad_input_in_one_line(tmp_path: Path) -> None:
    good = _write(tmp_path / "a.txt", TEXT)
    done = subprocess.run(
        [sys.executable, "-m", "extraction", str(good)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["value"] == 319
    bad = _write(tmp_path / "b.jsonl", "{")
    done = subprocess.run(
        [sys.executable, "-m", "extraction", str(bad)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "b.jsonl:1" in done.stderr


def test_main_returns_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main([str(_write(tmp_path / "a.txt", TEXT)), "--province", "Hà Nam", "--published", "2024-12-01"])
        == 0
    )
    assert '"period": "2024"' in capsys.readouterr().out
    assert main([str(tmp_path / "gone.txt")]) == 3

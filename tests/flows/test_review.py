"""``coso review`` as a person uses it: in a terminal, over a lake that the platform filled, across a replay."""

from __future__ import annotations

import csv
import os
import pty
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from command_line import COSO, coso, started, surroundings

from coso.errors import ExitCode
from coso.lake import Lake, read_table
from coso.records import Fact, ReviewDecision, from_table
from coso.settings import load_settings
from flows import steps
from flows.cli import main
from flows.dbt import Dbt
from flows.run import new_run

Inside = Callable[..., tuple[int, str, str]]
ARTICLE = """\
Hà Nam sơ kết 6 tháng đầu năm thực hiện quy chế dân chủ ở cơ sở

Trong 6 tháng đầu năm 2024, toàn tỉnh tổ chức 31 cuộc đối thoại với Nhân dân.

Mặt trận Tổ quốc các cấp chủ trì 12 cuộc giám sát; các tổ hòa giải hòa giải thành 205 vụ việc.
"""


#: Everything waits for a review, on a day soon after the article.
WAITING = {"COSO_TODAY": "2024-07-20", "COSO_REVIEW_BELOW": "1"}


def in_a_terminal(home: Path, typed: str, *arguments: str) -> str:
    """Run a command in a terminal of its own, type something, and return all that it showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COSO, *arguments],
        env=surroundings(home, **WAITING, TERM="dumb"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:  # the terminal is closed: the command has ended
            break
    os.close(ours)
    assert process.wait(timeout=60) == 0, shown.decode()
    return shown.decode().replace("\r\n", "\n")


@pytest.fixture
def inside(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    """Run a command in this process, which is faster; return its exit code, output and errors."""
    for name, value in surroundings(home, **WAITING).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments])
        said = capsys.readouterr()
        return int(str(ended.value.code or 0)), said.out, said.err

    return run


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with one article, archived, read and landed by the platform."""
    tmp_path = tmp_path_factory.mktemp("review")
    page = tmp_path / "so-ket.txt"
    page.write_text(ARTICLE, encoding="utf-8")
    given = ("--province", "Hà Nam", "--published-on", "2024-07-09")
    done = coso("import", str(page), *given, home=tmp_path / "lake", **WAITING)
    assert done.returncode == 0, done.stderr
    assert [round(fact.value) for fact in facts(tmp_path / "lake")] == [12, 31, 205]
    return tmp_path / "lake"


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "lake"))


def facts(home: Path) -> list[Fact]:
    return sorted(from_table(Fact, read_table(Lake(home).landed / "facts", Fact)), key=lambda one: one.value)


def decisions(home: Path) -> list[ReviewDecision]:
    table = read_table(Lake(home).quality / "review_decisions", ReviewDecision)
    return sorted(from_table(ReviewDecision, table), key=lambda one: one.decided_at)


def test_a_reviewer_accepts_corrects_and_rejects(home: Path, inside: Inside) -> None:
    by_number = {round(fact.value): fact for fact in facts(home)}
    listed = inside("review", "list")[1]
    shown_order = sorted(by_number, key=lambda number: listed.index(by_number[number].fact_id))
    answers = {
        31: "a\n",
        # A wrong metric, then a right one; a value; period, place and part stay.
        12: "c\nfront_supervision\nfront_recommendations\n1.200\n\n\n\nđọc nhầm\n",
        205: "x\nr\nkhông phải số liệu của tỉnh\n",
    }
    shown = in_a_terminal(home, "An\n" + "".join(answers[number] for number in shown_order), "review")
    assert "dialogue_sessions: Số cuộc đối thoại" in shown
    assert "31 cuộc đối thoại" in shown
    assert "2024-H1 (2024-01-01 to 2024-06-30)" in shown
    assert "did you mean" in shown
    assert "3 decided, 0 left" in shown
    made = {round(one.read_value): one for one in decisions(home)}
    assert {n: one.verdict for n, one in made.items()} == {31: "accepted", 12: "corrected", 205: "rejected"}
    assert (made[12].new_metric, made[12].new_value, made[12].new_period) == (
        "front_recommendations",
        1200,
        None,
    )
    assert (made[205].reason, made[205].reviewer) == ("không phải số liệu của tỉnh", "An")
    assert made[31].fact_id == by_number[31].fact_id
    assert "No fact waits" in inside("review")[1]


def test_quitting_and_a_closed_input_keep_what_was_decided(home: Path) -> None:
    assert "1 decided, 2 left" in in_a_terminal(home, "a\nq\n", "review", "--by", "An")
    assert "0 decided, 2 left" in started("review", "--by", "An", home=home, **WAITING).stdout
    assert len(decisions(home)) == 1


def test_nobody_decides_without_a_name(home: Path) -> None:
    done = subprocess.run(
        [COSO, "review"],
        env=surroundings(home, **WAITING),
        input="\na\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ExitCode.BAD_INPUT
    assert "--by" in done.stderr
    assert decisions(home) == []


def test_decisions_survive_a_replay(home: Path, inside: Inside) -> None:
    fact = facts(home)[1]
    assert inside("review", "decide", fact.fact_id, "--reject", "--by", "An", "--reason", "sai")[0] == 0
    before = decisions(home)
    assert inside("replay")[0] == 0
    assert decisions(home) == before
    assert "2 facts wait" in inside("review", "list")[1]
    assert "applied" in inside("review", "list", "--decided")[1]


def test_several_reviewers_fill_in_sheets(inside: Inside, tmp_path: Path) -> None:
    sheet, filled_in = tmp_path / "sheet.csv", tmp_path / "filled.csv"
    assert "3 facts in" in inside("review", "--export", str(sheet))[1]
    for reviewer, decision in (("An", "reject"), ("Bình", "accept")):
        with sheet.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        with filled_in.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]))
            writer.writeheader()
            writer.writerows(row | {"decision": decision, "reason": "đã đọc bài"} for row in rows)
        assert "3 decisions taken" in inside("review", "--import", str(filled_in), "--by", reviewer)[1]
    reported = inside("review", "report")[1]
    assert "100%" in reported
    shown = inside("review", "list", "--decided")[1]
    assert shown.count("overruled (reviewers differ)") == 3
    assert shown.count("applied (reviewers differ)") == 3


def test_a_sheet_is_a_new_file_in_a_folder_that_is_there(inside: Inside, tmp_path: Path) -> None:
    filled_in = tmp_path / "filled.csv"
    filled_in.write_text("answers of an hour", encoding="utf-8")
    for path, part in (
        (filled_in, "is there already"),
        (tmp_path, "is a folder"),
        (tmp_path / "new" / "sheet.csv", f"there is no folder {tmp_path / 'new'}"),
    ):
        code, said, told = inside("review", "--export", str(path))
        assert (code, said) == (ExitCode.BAD_INPUT, "")
        (line,) = told.strip().splitlines()
        assert part in line
    assert filled_in.read_text(encoding="utf-8") == "answers of an hour"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("decide", "fct-0", "--accept", "--by", "An"), ("no fact", "coso review list")),
        (("decide", "fct-", "--accept", "--by", "An"), ("3 facts", "more of the id")),
        (("decide", "{}", "--accept"), ("reviewer", "--by")),
        (("decide", "{}", "--reject", "--by", "An"), ("no reason", "--reason")),
        (("decide", "{}", "--by", "An"), ("one decision", "--accept")),
        (("decide", "{}", "--correct", "value", "--by", "An", "--reason", "x"), ("field=value",)),
        (("decide", "{}", "--correct", "period=2024-H3", "--by", "An", "--reason", "x"), ("2024-H3",)),
        (("--import", "no.csv", "--by", "An"), ("no.csv", "cannot be read")),
    ],
)
def test_what_cannot_be_decided_is_told_in_one_line(
    inside: Inside, home: Path, arguments: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    code, said, told = inside("review", *(word.format(facts(home)[0].fact_id) for word in arguments))
    assert (code, said) == (ExitCode.BAD_INPUT, "")
    (line,) = told.strip().splitlines()
    assert all(part in line for part in parts), line
    assert decisions(home) == []


def test_a_threshold_that_is_none(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSO_REVIEW_BELOW", "90%")
    code, _, told = inside("review", "list")
    assert code == ExitCode.BAD_INPUT
    assert "COSO_REVIEW_BELOW" in told


@pytest.mark.slow
def test_the_next_build_applies_what_was_decided(home: Path, inside: Inside) -> None:
    ids = {round(fact.value): fact.fact_id for fact in facts(home)}
    by = ("--by", "An", "--reason", "đọc lại bài")
    for number, decision in ((31, "--reject"), (12, "--correct=value=120"), (205, "--accept")):
        assert inside("review", "decide", ids[number], decision, *by)[0] == 0
    run = new_run(load_settings(), fetch=False)
    steps.prepare(run)
    steps.land_registry(run)
    with Dbt(run) as dbt:
        steps.build_tables(run, dbt)
    with duckdb.connect(str(run.warehouse), read_only=True) as built:
        values = dict(built.execute("select metric, value from marts.fct_metric_value").fetchall())
        told = built.execute(
            "select action, status, reviewer, reason from marts.fct_correction order by 1"
        ).fetchall()
    assert "dialogue_sessions" not in values
    assert sorted(values.values()) == [120, 205]
    assert told == [
        (action, "applied", "An", "đọc lại bài") for action in ("confirm", "drop_reading", "replace_value")
    ]

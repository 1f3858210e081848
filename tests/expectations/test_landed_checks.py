"""Every check of the landed gate, with rows that fail and rows that pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest
from expectation_rows import AS_OF, TEXT, WARC, capture, document, fact, land, parse_issue, submission

from coso.lake import Lake, read_table, write_table
from coso.records import Document, Fact, QuarantinedRow, Record, from_table
from expectations.checks import ALL_CHECKS, LANDED_CHECKS
from expectations.gates import GateResult, check_landed
from expectations.scratch import landed_scratch


def judge(lake: Lake, check_id: str, *rows: Record) -> GateResult:
    land(lake, *rows)
    return check_landed(lake, "run-1", AS_OF, [ALL_CHECKS[check_id]])


def _archive(lake: Lake) -> None:
    (lake.home / WARC).parent.mkdir(parents=True)
    (lake.home / WARC).write_bytes(b"x" * 1000)


def failing(result: GateResult) -> list[tuple[str | None, str | None, str | None]]:
    return [(cause.province_code, cause.metric, cause.told.observed.vi) for cause in result.causes]


PARTS = (
    fact("mediation_cases", "45"),
    fact("mediation_cases_successful", "120"),
)

#: check -> (rows that fail, what the incident has to say, rows that pass)
CASES: dict[str, tuple[tuple[Record, ...], str, tuple[Record, ...]]] = {
    "landed.key": (
        (document(), fact(fact_id="f-1"), fact(fact_id="f-1", value=121.0)),
        "f-1",
        (document(), document(capture_id="cap-2", url="https://bao-a.example/a?x"), fact()),
    ),
    "landed.known_values": (
        (document(), fact(metric="made_up")),
        "made_up",
        (document(), fact(), fact(metric="other", level=None), submission()),
    ),
    "landed.province": (
        (document(), fact(period="2025-Q3", frame="63", province_code="35")),
        "mã 35 trong danh mục 63",
        (
            document(),
            fact(province_code="35"),
            fact(period="2025", frame="34", province_code="37"),
            # Hà Tĩnh kept code and territory: 42 means the same in both frames.
            fact(period="2025-Q3", frame="63"),
            fact(province_code=None, frame=None),
        ),
    ),
    "landed.span": (
        (document(), fact(char_start=3, char_end=6)),
        "«",
        (document(), fact(), fact("petitions_received", "45")),
    ),
    "landed.publication_day": (
        (document(published_on=date(2025, 1, 12)),),
        "2025-01-12",
        # 23:00 UTC on the 10th is the 11th in Vietnam already.
        (document(published_on=date(2025, 1, 11), fetched_at=datetime(2025, 1, 10, 23, tzinfo=UTC)),),
    ),
    "landed.period": (
        (document(), fact(period="2025-H2", frame="34")),
        "2025-H2",
        (document(), fact(period="2024"), fact(period="2025-Q1")),
    ),
    "landed.percent": (
        (document(), fact("petition_resolution_rate", value=120.0)),
        "120%",
        (document(), fact("petition_resolution_rate", value=100.0), fact(value=120.0)),
    ),
    "landed.hard_bound": (
        (document(), fact("dialogue_sessions", value=25001.0)),
        "25.001",
        (
            document(),
            fact("dialogue_sessions", value=24999.0),
            fact("dialogue_sessions", value=90000.0, level="national", province_code=None, frame=None),
            fact("dialogue_sessions", value=60000.0, period="2021..2024"),
            # 200 km written in metres.
            fact("road_length_built", value=200_000.0, unit="m"),
        ),
    ),
    "landed.part_whole": (
        (document(), *PARTS),
        "120",
        (
            document(),
            fact("mediation_cases", "120"),
            fact("mediation_cases_successful", "45"),
            fact("petitions_eligible", "120", subset=True),
            fact("petitions_received", "45"),
            fact("dossiers_received", "45", period="2023"),
            fact("dossiers_resolved", "120"),
        ),
    ),
    "landed.submission_dates": (
        (submission(answered_on=date(2025, 2, 27)),),
        "2025-02-27",
        (submission(), submission("s2", answered_on=None, deadline_on=None)),
    ),
    "landed.submission_status": (
        (submission(status="unknown", status_raw="Đang xác minh"),),
        "Đang xác minh",
        (submission(),),
    ),
    "landed.unread_pages": ((parse_issue(),), "empty_page", (parse_issue(reason="damaged_archive"),)),
    "landed.lost_pages": (
        (parse_issue(reason="damaged_archive", detail="the record ends early"),),
        "the record ends early",
        (parse_issue(),),
    ),
}


#: Checks of a source's documents over time, in test_source_checks.py.
SOURCE_CHECKS = {"landed.fill_rate", "landed.selector_drift", "landed.fact_share"}

TELEX = "Cong tac dan van va thuc hien dan chu o co so duoc cac cap uy quan tam chi dao thuong xuyen. " * 5
CASES |= {
    "landed.encoding": (
        (document(text="Công tác dân vận".encode().decode("latin-1") * 3), document("b", text=TELEX)),
        "hỏng",
        (document(), document("b", text="Một lỗi \ufffd nhỏ."), document("c", text="Short notice.")),
    ),
    "landed.archive": (
        (document(), capture("cap-a", warc_length=901)),
        "cụt",
        (document(), submission(), capture("cap-a"), capture("cap-s1")),
    ),
}


@pytest.mark.parametrize("check_id", CASES)
def test_a_failing_row_opens_a_cause(lake: Lake, check_id: str) -> None:
    rows, says, _ = CASES[check_id]
    _archive(lake)
    result = judge(lake, check_id, *rows)
    assert [cause.check_id for cause in result.causes] == [check_id]
    assert says in result.causes[0].told.observed.vi
    assert {v.status for v in result.verdicts if v.failing_rows} == {"failed"}
    assert bool(result.quarantine) is ALL_CHECKS[check_id].quarantines


@pytest.mark.parametrize("check_id", [check_id for check_id in CASES if CASES[check_id][2]])
def test_sound_rows_pass(lake: Lake, check_id: str) -> None:
    _archive(lake)
    result = judge(lake, check_id, *CASES[check_id][2])
    assert failing(result) == []
    assert {verdict.status for verdict in result.verdicts} == {"passed"}
    assert result.quarantine == ()


def test_what_a_killed_replacement_left_is_not_judged(lake: Lake) -> None:
    land(lake, document(), fact())
    left = lake.landed / "facts" / ".source=ha-nam.0a1b.old" / "date=2026-01-19" / "part.parquet"
    write_table(left, read_table(lake.landed / "facts", Fact))
    with landed_scratch(lake, AS_OF) as scratch, duckdb.connect(str(scratch.path)) as connection:
        assert connection.execute("select count(*) from facts").fetchall() == [(1,)]


def test_a_missing_column_fails_and_blocks_what_needs_it(lake: Lake) -> None:
    land(lake, document(), fact())
    for path in (lake.landed / "facts").rglob("*.parquet"):
        path.unlink()
    table = read_table(lake.landed / "facts", Fact).drop_columns(["quote"])
    write_table(lake.landed / "facts" / "part.parquet", table)
    checks = [ALL_CHECKS["landed.columns"], ALL_CHECKS["landed.span"], ALL_CHECKS["landed.publication_day"]]
    result = check_landed(lake, "run-1", AS_OF, checks)
    status = {verdict.check_id: verdict.status for verdict in result.verdicts}
    assert status == {
        "landed.columns": "failed", "landed.span": "broken", "landed.publication_day": "passed",
    }  # fmt: skip
    assert "quote" in next(c for c in result.causes if c.check_id == "landed.columns").told.observed.vi
    assert any(c.check_id == "platform.broken/landed.span" for c in result.causes)
    assert result.blocked


def test_an_empty_required_field_is_refused(lake: Lake) -> None:
    land(lake, document(), fact())
    path = next((lake.landed / "facts").rglob("part.parquet"))
    with duckdb.connect() as connection:
        rows = connection.execute(f"select * replace (null::double as value) from '{path}'").to_arrow_table()
    write_table(path, rows)
    result = check_landed(lake, "run-1", AS_OF, [ALL_CHECKS["landed.required"]])
    assert [(row.table_name, row.check_id) for row in result.quarantine] == [("facts", "landed.required")]
    assert "value" in result.quarantine[0].reason
    assert judge(lake, "landed.required", document(), fact()).causes == ()


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        (capture("cap-other"), "không có bản lưu cap-a"),
        (capture("cap-a", payload_sha256="?"), "không có mã băm"),
        (capture("cap-a", warc_file="raw/warc/gone.warc.gz"), "không còn tệp raw/warc/gone.warc.gz"),
        (capture("cap-a", warc_offset=500), "bị cụt"),
    ],
)
def test_a_row_without_its_stored_page_is_refused(lake: Lake, stored: Record, says: str) -> None:
    _archive(lake)
    result = judge(lake, "landed.archive", document(), stored)
    (cause,) = result.causes
    assert says in cause.told.observed.vi
    assert [(row.table_name, row.row_id) for row in result.quarantine] == [("documents", "doc-a")]


def test_every_check_of_the_gate_has_its_cases() -> None:
    elsewhere = {"landed.columns", "landed.required", *SOURCE_CHECKS}
    elsewhere |= {"landed.layout_lost", "landed.layout_varied"}  # test_sight_checks
    assert set(CASES) | elsewhere == {check.id for check in LANDED_CHECKS}


def test_both_figures_of_a_contradiction_are_refused_as_one_cause(lake: Lake) -> None:
    result = judge(lake, "landed.part_whole", document(), *PARTS)
    assert {row.row_id for row in result.quarantine} == {one.fact_id for one in PARTS}
    (cause,) = result.causes
    assert (cause.metric, cause.rows, cause.held) == ("mediation_cases_successful", 2, False)
    assert "dòng khác" not in cause.told.observed.vi
    assert cause.evidence.quote == PARTS[0].sentence
    assert cause.evidence.url == document().url
    assert not result.blocked


def test_spans_count_code_points(lake: Lake) -> None:
    # A letter outside the basic plane, and one written as letter and combining mark: two code points each by UTF-16
    # or by sight, but not here.
    before = "\U00020000e\u0301 – "
    moved = fact()
    shifted = replace(
        moved,
        char_start=moved.char_start + len(before),
        char_end=moved.char_end + len(before),
        sentence_start=moved.sentence_start + len(before),
    )
    assert judge(lake, "landed.span", document(text=before + TEXT), shifted).causes == ()


def test_what_is_in_quarantine_blocks_nothing(lake: Lake) -> None:
    central = document(parser_kind="guess", province_code=None, frame=None)
    result = judge(lake, "landed.known_values", central)
    assert [(cause.severity, cause.province_code) for cause in result.causes] == [("critical", None)]
    assert not result.blocked


def test_words_of_approximation_leave_room(lake: Lake) -> None:
    parts = (fact("petitions_received", "120", approx="hơn"), fact("petitions_eligible", "120", value=124.0))
    assert judge(lake, "landed.part_whole", document(), *parts).causes == ()


def test_the_quarantine_is_rewritten_whole_and_keeps_the_row(lake: Lake) -> None:
    bad = fact("petition_resolution_rate", value=120.0)
    judge(lake, "landed.percent", document(), bad)
    (row,) = from_table(QuarantinedRow, read_table(lake.quality / "quarantine", QuarantinedRow))
    assert row.row_id == bad.fact_id
    assert '"value":120.0' in row.row_json
    assert bad.sentence in row.row_json
    judge(lake, "landed.percent", document(), fact())
    assert read_table(lake.quality / "quarantine", QuarantinedRow).num_rows == 0


def test_the_quarantine_is_a_function_of_the_landed_rows(lake: Lake) -> None:
    path = lake.quality / "quarantine" / "part.parquet"
    judge(lake, "landed.part_whole", document(), *PARTS)
    first = path.read_bytes()
    check_landed(lake, "run-2", AS_OF, [ALL_CHECKS["landed.part_whole"]])
    assert path.read_bytes() == first


def test_more_than_two_hundred_failing_rows_are_all_refused(lake: Lake) -> None:
    rows = [fact("petition_resolution_rate", value=101.0 + number) for number in range(450)]
    result = judge(lake, "landed.percent", document(), *rows)
    assert len(result.quarantine) == 450
    assert [cause.told.observed.vi[-18:] for cause in result.causes] == ["(và 449 dòng khác)"]
    judged = {verdict.province_code: verdict.failing_rows for verdict in result.verdicts}
    assert judged == {"42": 450}


def test_verdicts_tell_provinces_apart(lake: Lake) -> None:
    good = fact("petition_resolution_rate", value=90.0, province_code="35")
    bad = fact("petition_resolution_rate", value=120.0, province_code="42")
    result = judge(lake, "landed.percent", document(), good, bad)
    assert {v.province_code: v.status for v in result.verdicts} == {"35": "passed", "42": "failed"}


def test_a_gone_table_breaks_its_checks_and_an_empty_one_is_not_judged(lake: Lake) -> None:
    for path in (lake.landed / "submissions").rglob("*.parquet"):
        path.unlink()
    land(lake, document())
    checks = [
        ALL_CHECKS[name] for name in ("landed.submission_dates", "landed.percent", "landed.publication_day")
    ]
    result = check_landed(lake, "run-1", AS_OF, checks)
    status = {verdict.check_id: verdict.status for verdict in result.verdicts}
    assert status == {
        "landed.submission_dates": "broken", "landed.percent": "not_applicable",
        "landed.publication_day": "passed",
    }  # fmt: skip
    (broken,) = (verdict for verdict in result.verdicts if verdict.status == "broken")
    assert "submissions" in (broken.detail or "")
    assert result.judged == {"landed.publication_day"}


def test_an_unreadable_file_is_named(lake: Lake) -> None:
    (lake.landed / "documents" / "torn.parquet").write_bytes(b"PAR1 torn")
    result = check_landed(lake, "run-1", AS_OF, [ALL_CHECKS["landed.publication_day"]])
    (verdict,) = result.verdicts
    assert verdict.status == "broken"
    assert "torn.parquet" in (verdict.detail or "")


def test_the_whole_suite_passes_sound_rows_and_leaves_nothing_behind(lake: Lake) -> None:
    land(lake, document(), fact(), submission())
    result = check_landed(lake, "run-1", AS_OF)
    assert {verdict.status for verdict in result.verdicts} <= {"passed", "not_applicable"}
    assert not result.blocked
    assert list(lake.warehouse.glob(".gate-*")) == []
    assert read_table(lake.landed / "documents", Document).num_rows == 1

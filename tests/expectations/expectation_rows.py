"""A small lake and a small warehouse, built from rows that tests change one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from coso.ids import content_id
from coso.lake import Lake, write_records
from coso.periods import parse_period
from coso.records import Capture, Document, Fact, Outcome, ParseIssue, Record, SourceRow, Submission

AS_OF = date(2025, 3, 15)
NOON = datetime(2025, 3, 15, 5, 0, tzinfo=UTC)

SENTENCE = "Trong năm, toàn tỉnh ghi nhận 120 lượt và 45 vụ việc qua các kênh tiếp nhận."
TEXT = f"Báo cáo tổng kết công tác.\n{SENTENCE}"


def document(key: str = "a", **changes: Any) -> Document:
    base = Document(
        document_id=f"doc-{key}", capture_id=f"cap-{key}", source_key="bao-a", url=f"https://bao-a.example/{key}",
        title="Tổng kết năm", sapo=None, text=TEXT, captions=None, published_on=date(2025, 1, 10),
        published_rule="meta", author=None, tags=None, parser="f1@1", parser_kind="selectors", province_code="42",
        frame="63", fetched_at=datetime(2025, 1, 11, 2, 0, tzinfo=UTC),
    )  # fmt: skip
    return replace(base, **changes)


def fact(
    metric: str = "reception_visits", quote: str = "120", document_key: str = "a", **changes: Any
) -> Fact:
    start = TEXT.index(quote)
    period = changes.get("period", "2024")
    days = parse_period(period)
    base = Fact(
        fact_id=content_id("fact", [document_key, metric, quote, period, sorted(changes.items())]),
        document_id=f"doc-{document_key}", source_key="bao-a", char_start=start, char_end=start + len(quote),
        quote=quote, sentence_start=TEXT.index(SENTENCE), sentence=SENTENCE, locator=None,
        value=float(quote), unit="lượt",
        metric=metric, metric_note=None, place="Hà Tĩnh", place_code="42", province_code="42", frame="63",
        level="province", tier=None, period=period, period_start=days.first_day, period_end=days.last_day,
        stock=False, subset=False, approx=None, denominator=None, comparison_direction=None,
        comparison_amount=None, comparison_unit=None, comparison_baseline=None, rule="test", confidence=0.9,
    )  # fmt: skip
    return replace(base, **changes)


def submission(key: str = "s1", **changes: Any) -> Submission:
    base = Submission(
        submission_id=f"sub-{key}", version_id=f"subv-{key}", capture_id=f"cap-{key}", source_key="cong-a",
        external_id=key, url=f"https://cong-a.example/{key}", channel="web", category_raw=None,
        title_masked="Đường hỏng", content_masked=None, answer_masked=None, agency=None,
        received_on=date(2025, 3, 1), deadline_on=date(2025, 3, 12), deadline_basis="stated",
        answered_on=date(2025, 3, 5), status_raw="Đã trả lời", status="answered", on_time="yes", attachments=0,
        province_code="46", frame="63", seen_at=datetime(2025, 3, 10, 2, 0, tzinfo=UTC),
    )  # fmt: skip
    return replace(base, **changes)


def source(key: str, **changes: Any) -> SourceRow:
    base = SourceRow(
        source_key=key, name=f"Báo {key}", kind="party_newspaper", family="f1", status="verified",
        home_url=f"https://{key}.example/", province_code="42", frame="63", expected_weekly_items=None,
        freshness_days=90, is_demo=False, licence="test", caveats=None,
    )  # fmt: skip
    return replace(base, **changes)


def outcome(key: str, source_key: str) -> Outcome:
    return Outcome(
        outcome_id=key, run_id="r", source_key=source_key, kind="listing", url=f"https://{source_key}.example/",
        attempted_at=NOON, outcome="stored", http_status=200, capture_id="c", tries=1, elapsed_ms=5, detail=None,
    )  # fmt: skip


def parse_issue(**changes: Any) -> ParseIssue:
    base = ParseIssue(
        "iss-1", "cap-9", "bao-a", "https://bao-a.example/9", "empty_page", "no text in the page"
    )
    return replace(base, **changes)


WARC = "raw/warc/source=bao-a/date=2025-01-11/a.warc.gz"

FOLDERS: dict[type[Record], str] = {
    Document: "landed/documents", Fact: "landed/facts", Submission: "landed/submissions",
    SourceRow: "landed/sources", Capture: "raw/captures", Outcome: "raw/outcomes", ParseIssue: "landed/parse_issues",
}  # fmt: skip


def land(lake: Lake, *rows: Record) -> None:
    """Write rows into their tables, in the place of what tests wrote there before."""
    by_kind: dict[type[Record], list[Record]] = {}
    for row in (*rows, *_captures(lake, rows)):
        by_kind.setdefault(type(row), []).append(row)
    for kind, listed in by_kind.items():
        write_records(
            lake.home / FOLDERS[kind] / "source=x" / "date=2025-03-15" / "part.parquet", kind, listed
        )


def _captures(lake: Lake, rows: Iterable[Record]) -> list[Record]:
    """Return the stored responses that rows were read from, and put a file where they say it is."""
    read = {row.capture_id: row for row in rows if isinstance(row, Document | Submission)}
    if any(isinstance(row, Capture) for row in rows):
        return []
    if read:
        (lake.home / WARC).parent.mkdir(parents=True, exist_ok=True)
        (lake.home / WARC).write_bytes(b"x" * 1000)
    return [capture(key, row.url) for key, row in read.items()]


def capture(key: str, url: str = "https://bao-a.example/a", **changes: Any) -> Capture:
    base = Capture(
        capture_id=key, source_key="bao-a", kind="article", url=url, final_url=url, fetched_at=NOON, http_status=200,
        content_type="text/html", content_encoding=None, etag=None, last_modified=None, payload_sha256="a" * 64,
        payload_bytes=900, warc_file=WARC, warc_offset=100, warc_length=900,
    )  # fmt: skip
    return replace(base, **changes)


MART_TABLES = """
create schema marts;
create table marts.fct_metric_value (
    province_code varchar, frame varchar, metric varchar, period varchar, period_start date, period_end date,
    value double, is_approximate boolean, agreement varchar, n_observations bigint, n_sources bigint,
    n_distinct_values bigint, chosen_fact_id varchar, runner_up_value double);
create table marts.fct_metric_observation (
    fact_id varchar, document_id varchar, source_key varchar, url varchar, province_code varchar, frame varchar,
    metric varchar, period varchar, value double, value_standard double, quote varchar, sentence varchar,
    published_on date, subset boolean, tier varchar, level varchar, is_reconcilable boolean);
create table marts.fct_metric_comparison (
    fact_id varchar, province_code varchar, frame varchar, metric varchar, period varchar, value double,
    direction varchar, stated_amount double, stated_unit varchar, baseline_period varchar, implied_value double,
    earlier_value double, status varchar);
"""


class Warehouse:
    """A warehouse build with the columns of the marts, filled by tests."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[tuple[str, list[Any]]] = [(MART_TABLES, [])]

    @property
    def path(self) -> Path:
        """The file, with all that was asked for so far."""
        with duckdb.connect(str(self._path)) as connection:
            for sql, parameters in self._waiting:
                connection.execute(sql, parameters or None)
        self._waiting.clear()
        return self._path

    def run(self, sql: str, parameters: Iterable[Any] = ()) -> None:
        """Run SQL before the next look at the file."""
        self._waiting.append((sql, list(parameters)))

    def value(
        self,
        province: str,
        metric: str,
        period: str,
        value: float,
        *others: float,
        frame: str = "63",
        approx: bool = False,
    ) -> str:
        """Add a value; ``others`` are what further sources say of it. Returns the chosen fact's id."""
        days, said = parse_period(period), (value, *others)
        ids = [f"f/{province}/{frame}/{metric}/{period}/{number}" for number in range(len(said))]
        distinct = len(set(said))
        agreement = "conflict" if distinct > 1 else "agree" if others else "single"
        self.run(
            "insert into marts.fct_metric_value values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [province, frame, metric, period, days.first_day, days.last_day, value, approx, agreement, len(said),
             len(said), distinct, ids[0], next((one for one in others if one != value), None)],
        )  # fmt: skip
        for number, (fact_id, one) in enumerate(zip(ids, said, strict=True)):
            self.run(
                "insert into marts.fct_metric_observation values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [fact_id, f"doc-{number}", f"bao-{'abc'[number]}", f"https://bao-{'abc'[number]}.example/{metric}",
                 province, frame, metric, period, one, one, str(one), f"Câu có số {one:g}.", days.last_day, False,
                 None, "province", True],
            )  # fmt: skip
        return ids[0]

    def series(self, province: str, metric: str, values: dict[str, float], frame: str = "63") -> None:
        for period, value in values.items():
            self.value(province, metric, period, value, frame=frame)

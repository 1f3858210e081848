"""A small lake for the warehouse tests: invented articles whose spans are found in their own text."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from coso.errors import BadInputError
from coso.ids import content_id
from coso.lake import Lake, ensure_tables, write_records
from coso.periods import parse_period
from coso.records import (
    LANDED,
    QUALITY,
    RAW,
    Capture,
    Crawl,
    Document,
    Event,
    Fact,
    Hold,
    Incident,
    Mention,
    Outcome,
    QuarantinedRow,
    Record,
    SourceRow,
    Statement,
    Submission,
)

NOON = datetime(2026, 1, 19, 5, 0, tzinfo=UTC)


@dataclass
class SmallLake:
    """Rows by table and partition, written at once by ``write``."""

    lake: Lake
    _rows: dict[Path, list[Record]] = field(default_factory=lambda: defaultdict(list))
    _counter: Any = field(default_factory=itertools.count)

    def add(self, table: str, row: Any, day: str = "2026-01-19") -> None:
        """Put a row of a landed, raw or quality table into its partition."""
        zone = next(z for z, tables in self._zones().items() if table in tables)
        source = f"source={row.source_key}/" if zone == self.lake.landed else ""
        self._rows[zone / table / f"{source}date={day}" / "part.parquet"].append(row)

    def write(self) -> None:
        """Write all rows as the pipeline would, each partition sorted and whole."""
        ensure_tables(self.lake)
        for path, rows in self._rows.items():
            write_records(path, type(rows[0]), rows)

    def source(self, key: str, kind: str, province: str | None, frame: str | None) -> None:
        """Register an outlet."""
        caveats = "Chưa đối chiếu với trang thật. | Không rõ lịch đăng."
        self.add("sources", replace(outlet(key, province, frame), kind=kind, caveats=caveats))

    def article(self, source: SourceRow, text: str, on: str, **changes: Any) -> Document:
        """Land an article; ``changes`` override fields of the document."""
        number = next(self._counter)
        document = Document(
            document_id=content_id("doc", [source.source_key, text, on]),
            capture_id=content_id("cap", [source.source_key, number]),
            source_key=source.source_key,
            url=f"{source.home_url}/bai-{number}.html",
            title=f"Bài số {number}",
            sapo=None,
            text=text,
            captions=None,
            published_on=date.fromisoformat(on),
            published_rule="meta",
            author=None,
            tags=None,
            parser="f1@1",
            parser_kind="selectors",
            province_code=source.province_code,
            frame=source.frame,
            fetched_at=NOON,
        )
        document = replace(document, **changes)
        self.add("documents", document, document.fetched_at.date().isoformat())
        return document

    def fact(self, document: Document, quote: str, metric: str, period: str | None, **changes: Any) -> Fact:
        """Land a figure of ``document``; its value is read off the quote unless given."""
        start = document.text.index(quote)
        sentence_start = document.text.rfind(". ", 0, start) + 2 if ". " in document.text[:start] else 0
        sentence = document.text[sentence_start:].split(". ")[0].split("\n")[0]
        first, last = _days(period)
        made = Fact(
            fact_id=content_id("fact", [document.document_id, start, metric]),
            document_id=document.document_id,
            source_key=document.source_key,
            char_start=start,
            char_end=start + len(quote),
            quote=quote,
            sentence_start=sentence_start,
            locator=None,
            sentence=sentence,
            value=changes.pop("value", None) or float(quote.replace(".", "").replace(",", ".")),
            unit=None,
            metric=metric,
            metric_note=None,
            place=None,
            place_code=None,
            province_code=document.province_code,
            frame=document.frame,
            level="province",
            tier=None,
            period=period,
            period_start=first,
            period_end=last,
            stock=False,
            subset=False,
            approx=None,
            denominator=None,
            comparison_direction=None,
            comparison_amount=None,
            comparison_unit=None,
            comparison_baseline=None,
            rule="test",
            confidence=0.95,
        )
        made = replace(made, **changes)
        self.add("facts", made, document.fetched_at.date().isoformat())
        return made

    def refuse(self, table: str, row_id: str) -> None:
        """Put a landed row into quarantine."""
        entry = QuarantinedRow(
            content_id("q", [table, row_id]), table, row_id, "form.span", "Sai vị trí", None, "35", "63", "{}"
        )
        self.add("quarantine", entry)

    def _zones(self) -> dict[Path, dict[str, type[Record]]]:
        return {self.lake.landed: LANDED, self.lake.quality: QUALITY, self.lake.home / "raw": RAW}


def outlet(key: str, province: str | None = None, frame: str | None = None) -> SourceRow:
    """Return a source with only what an article needs."""
    return SourceRow(
        key,
        f"Báo {key}",
        "central",
        "f1",
        "verified",
        f"https://{key}.example",
        province,
        frame,
        5.0,
        14,
        True,
        "Trích có ghi nguồn.",
        None,
    )


def submission(external_id: str, status: str, seen_at: datetime, **changes: Any) -> Submission:
    """Return one state of a citizen's submission."""
    row = Submission(
        submission_id=content_id("sub", ["hue", external_id]),
        version_id=content_id("ver", ["hue", external_id, status]),
        capture_id=content_id("cap", ["hue", external_id, seen_at]),
        source_key="hue",
        external_id=external_id,
        url=f"https://hue.example/{external_id}",
        channel="web",
        category_raw=None,
        title_masked="Đèn đường hỏng",
        content_masked=None,
        answer_masked=None,
        agency=None,
        received_on=date(2026, 1, 5),
        deadline_on=None,
        deadline_basis="unknown",
        answered_on=None,
        status_raw=status,
        status=status,
        on_time="unknown",
        attachments=0,
        province_code="46",
        frame="34",
        seen_at=seen_at,
    )
    return replace(row, **changes)


def attempt(number: int, outcome: str, capture: Capture | None, **changes: Any) -> Outcome:
    """Return one attempt to fetch."""
    row = Outcome(
        outcome_id=f"out-{number}",
        run_id="run-1",
        source_key="ha-nam",
        kind="article",
        url=f"https://ha-nam.example/{number}",
        attempted_at=NOON + timedelta(minutes=number),
        outcome=outcome,
        http_status=capture.http_status if capture else 404,
        capture_id=capture.capture_id if capture else None,
        tries=1,
        elapsed_ms=20,
        detail=None,
    )
    return replace(row, **changes)


def crawl(number: int, sight: str, source_key: str) -> Crawl:
    """Return a crawl that came to its end so many minutes after noon, and what it could see."""
    at = NOON + timedelta(minutes=number)
    seen = int(sight in {"news", "quiet"})
    return Crawl(
        crawl_id=f"crawl-{number}",
        run_id="run-1",
        source_key=source_key,
        started_at=at,
        ended_at=at,
        sight=sight,
        ways=1,
        ways_seen=seen,
        found=seen,
        wanted=seen,
        fresh=0,
        spam=0,
        stored=1,
        detail=None,
    )


def response(capture_id: str, payload_bytes: int) -> Capture:
    """Return one stored response."""
    url = f"https://ha-nam.example/{capture_id}"
    return Capture(
        capture_id, "ha-nam", "article", url, url, NOON, 200, "text/html", None, None, None, "0" * 64,
        payload_bytes, "raw/warc/a.warc.gz", 0, 10,
    )  # fmt: skip


def conference(document: Document, quote: str, period: str) -> Event:
    """Return a conference read from ``document``."""
    start = document.text.index(quote)
    return Event(
        content_id("evt", [document.document_id, start]), document.document_id, document.source_key, start,
        start + len(quote), quote, "annual_review", date(2025, 1, 3), None, None, period,
        document.province_code, document.frame,
    )  # fmt: skip


def mention(document: Document, quote: str, kind: str, role: str | None = None) -> Mention:
    """Return something named in ``document``: an official, a citation or an initiative."""
    start = document.text.index(quote)
    return Mention(
        content_id("men", [document.document_id, kind, start]), document.document_id, document.source_key, start,
        start + len(quote), quote, kind, quote, role, None,
    )  # fmt: skip


def statement(document: Document, quote: str, kind: str, period: str) -> Statement:
    """Return a shortcoming or a commitment stated in ``document``."""
    start = document.text.index(quote)
    return Statement(
        content_id("stm", [document.document_id, kind, start]), document.document_id, document.source_key, start,
        start + len(quote), quote, kind, period,
    )  # fmt: skip


def incident(fact: Fact) -> Incident:
    """Return an open incident with ``fact`` as its evidence."""
    return Incident(
        "inc-1", "consistency.outlets", "critical", "open", "35", "63", None, fact.metric, "2024-YTD12",
        "Hai báo nêu số khác nhau", "Two outlets differ", "một giá trị", "hai giá trị", fact.fact_id,
        fact.sentence, None, True, "Đọc lại hai bài", NOON, NOON, None,
    )  # fmt: skip


def hold() -> Hold:
    """Return the hold that goes with the incident."""
    return Hold("35", "63", "dialogue_sessions", "inc-1", "Mâu thuẫn")


def _days(period: str | None) -> tuple[date | None, date | None]:
    try:
        days = parse_period(period) if period else None
    except BadInputError:
        return None, None
    return (days.first_day, days.last_day) if days else (None, None)

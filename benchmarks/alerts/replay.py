"""The country as tables in the lake's and the warehouse's own schemas, released day by day."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from benchmarks.alerts.country import (
    CODES_63,
    FIRST_DAY,
    PORTALS,
    START,
    Country,
    Feedback,
    Figure,
    Item,
    paper,
    portal,
)
from benchmarks.alerts.faults import Planting
from coso.dictionary import load_metrics
from coso.lake import Lake, ensure_tables, write_records
from coso.periods import earlier, parse_period
from coso.places import provinces, successor
from coso.records import Capture, Document, Fact, Outcome, Record, SourceRow, Submission
from coso.settings import DBT_PROJECT

CENTRAL = "trung-uong"

#: Where a table of landed or raw rows lies.
_FOLDERS: dict[type[Record], str] = {
    Document: "landed/documents",
    Fact: "landed/facts",
    Submission: "landed/submissions",
    SourceRow: "landed/sources",
    Outcome: "raw/outcomes",
    Capture: "raw/captures",
}

#: Marts that are generated, and the column that names the fact of a row.
_MARTS = {
    "fct_metric_value": "chosen_fact_id",
    "fct_metric_observation": "fact_id",
    "fct_metric_comparison": "fact_id",
}

_LEAD = (
    "Công tác dân vận và thực hiện dân chủ ở cơ sở được các cấp ủy, chính quyền trong tỉnh quan tâm chỉ đạo. "
)
_ORDINARY = (_LEAD * 4).strip()
_LOCAL = "Huyện Đông Sơn tổ chức 12 cuộc đối thoại trong tháng."
#: Rows of these folders are dropped when they are so many days old; the marts keep all figures.
_PASSING = ("landed/documents", "landed/facts", "raw/captures", "raw/outcomes", "landed/submissions")
KEPT_DAYS = 160

_WARC = "raw/warc/source=all/date=2025-01-01/all.warc.gz"
_LOST_WARC = "raw/warc/source=all/date=2025-01-01/lost.warc.gz"


class Replay:
    """Writes everything once, then lets each run see what has arrived by its day."""

    def __init__(self, planting: Planting, home: Path, days: Sequence[date]) -> None:
        self.lake = Lake(home)
        self.lake.prepare()
        ensure_tables(self.lake)
        self.warehouse = self.lake.warehouse / "build.duckdb"
        self.lake.warehouse.mkdir(parents=True, exist_ok=True)
        self._future = home / "future"
        self._days = list(days)
        self._write_archive()
        self._write_lake(planting)
        self._write_warehouse(planting)

    def advance(self, day: date) -> None:
        """Show what has arrived by a day of the replay."""
        for folder in _FOLDERS.values():
            if folder in _PASSING:
                _forget(self.lake.home / folder, day - timedelta(days=KEPT_DAYS))
            waiting = self._future / folder / f"{day}.parquet"
            if waiting.exists():
                target = self.lake.home / folder / "source=all" / f"date={day}" / "part.parquet"
                target.parent.mkdir(parents=True)
                shutil.move(waiting, target)

    def build(self, day: date, refused: Iterable[str]) -> None:
        """Build the marts of a day without the values of quarantined facts, as dbt does."""
        with duckdb.connect(str(self.warehouse)) as connection:
            ids = pa.table({"fact_id": pa.array(sorted(refused), pa.string())})
            connection.register("refused", ids)
            for table, fact in _MARTS.items():
                connection.execute(
                    f"""
                    create or replace table marts.{table} as select * exclude (arrives_on) from all_time.{table}
                    where arrives_on < ? and {fact} not in (select fact_id from refused)""",
                    [day],
                )

    def _write_archive(self) -> None:
        path = self.lake.home / _WARC
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as handle:
            handle.truncate(2**31)

    def _write_lake(self, planting: Planting) -> None:
        waiting: dict[tuple[str, date], list[Record]] = defaultdict(list)
        kinds: dict[str, type[Record]] = {folder: kind for kind, folder in _FOLDERS.items()}
        for arrives, row in _rows(planting):
            day = next((one for one in self._days if one > arrives), None)
            if day is not None:
                waiting[_FOLDERS[type(row)], day].append(row)
        for (folder, day), rows in waiting.items():
            write_records(self._future / folder / f"{day}.parquet", kinds[folder], rows)

    def _write_warehouse(self, planting: Planting) -> None:
        with duckdb.connect(str(self.warehouse)) as connection:
            connection.execute("create schema marts; create schema all_time")
            rows = list(_mart_rows(planting))
            for table in _MARTS:
                _fill(connection, table, _mart_columns(table), [row for name, row in rows if name == table])


def _forget(folder: Path, before: date) -> None:
    """Drop partitions that no check looks back at, to keep the replay quick."""
    for partition in folder.glob("source=all/date=*"):
        if date.fromisoformat(partition.name.removeprefix("date=")) < before:
            shutil.rmtree(partition)


def _mart_columns(table: str) -> dict[str, str]:
    """Read the columns of a mart from the contract beside its model."""
    for path in sorted((DBT_PROJECT / "models" / "marts").rglob("_*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            if model["name"] == table:
                return {column["name"]: column["data_type"] for column in model["columns"]}
    raise KeyError(table)


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: list[dict[str, Any]]
) -> None:
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"create table all_time.{table} ({listed}, arrives_on date)")
    given = list(rows[0])
    connection.register("arriving", pa.Table.from_pylist(rows))
    connection.execute(f"insert into all_time.{table} ({', '.join(given)}) from arriving")
    connection.unregister("arriving")


def _rows(planting: Planting) -> Iterator[tuple[date, Record]]:
    yield from _sources()
    yield from _outcomes(planting.country)
    for number, item in enumerate(planting.country.items):
        yield from _item_rows(planting, item, number)
    for review in planting.country.published:
        yield from _review_rows(planting, *review)
    for feedback in planting.country.feedback:
        yield from _feedback_rows(feedback)


def _sources() -> Iterator[tuple[date, Record]]:
    papers = [(paper(code), "party_newspaper", code) for code in CODES_63]
    portals = [(portal(code), "feedback_portal", code) for code in PORTALS]
    for key, kind, code in [*papers, *portals, (CENTRAL, "central", None)]:
        name = f"Nguồn {provinces()[code, '63'].name}" if code else "Nguồn trung ương"
        yield FIRST_DAY, SourceRow(
            source_key=key, name=name, kind=kind, family="f1", status="verified", home_url=f"https://{key}.example/",
            province_code=code, frame="63" if code else None, expected_weekly_items=None,
            freshness_days=14 if kind != "central" else None, is_demo=False, licence="none", caveats=None,
        )  # fmt: skip


def _outcomes(country: Country) -> Iterator[tuple[date, Record]]:
    """Attempts of the last months before the replay and of all its days."""
    for code in CODES_63:
        for source in (paper(code), *([portal(code)] if code in PORTALS else [])):
            day = START - timedelta(days=90)
            while day < date(2026, 3, 16):
                good = (source, day) not in country.down
                yield day, Outcome(
                    outcome_id=f"{source}/{day}", run_id=f"{day}", source_key=source, kind="listing",
                    url=f"https://{source}.example/", attempted_at=_noon(day),
                    outcome="stored" if good else "connection_failed", http_status=200 if good else None,
                    capture_id=None, tries=1, elapsed_ms=50, detail=None,
                )  # fmt: skip
                day += timedelta(days=1)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def _capture(key: str, source: str, arrives: date, lost: bool = False) -> tuple[date, Record]:
    return arrives, Capture(
        capture_id=f"cap-{key}", source_key=source, kind="article", url=f"https://{source}.example/{key}",
        final_url=f"https://{source}.example/{key}", fetched_at=_noon(arrives), http_status=200,
        content_type="text/html", content_encoding=None, etag=None, last_modified=None,
        payload_sha256="0" * 64, payload_bytes=1000, warc_file=_LOST_WARC if lost else _WARC,
        warc_offset=0, warc_length=500,
    )  # fmt: skip


def _document(
    key: str,
    source: str,
    code: str | None,
    published: date,
    arrives: date,
    text: str,
    frame: str = "63",
    **changes: Any,
) -> Document:
    values: dict[str, Any] = {
        "title": f"Tin số {key}", "sapo": "Tóm tắt tin.", "published_on": published, "parser_kind": "selectors",
    }  # fmt: skip
    return Document(
        document_id=f"doc-{key}", capture_id=f"cap-{key}", source_key=source, url=f"https://{source}.example/{key}",
        text=text, captions=None, published_rule="meta", author="Phóng viên", tags="dân vận", parser="f1@1",
        province_code=code, frame=frame if code else None, fetched_at=_noon(arrives), **(values | changes),
    )  # fmt: skip


def _item_rows(planting: Planting, item: Item, number: int) -> Iterator[tuple[date, Record]]:
    key, code = f"{item.source}-{number}", item.source.removeprefix("bao-")
    text = f"{_ORDINARY}\n{_LOCAL}" if item.figures else _ORDINARY
    changes: dict[str, Any] = {"parser_kind": item.parser_kind}
    if not item.filled:
        changes |= {"sapo": None}
    if item.damage:
        text, changes["title"] = _damaged(text, item.damage), f"Tin {number}"
    lost = (item.source, item.arrives) in planting.lost_pages
    yield _capture(key, item.source, item.arrives, lost)
    yield item.arrives, _document(key, item.source, code, item.published, item.arrives, text, **changes)
    if item.figures and not item.damage:
        start = text.index(_LOCAL)
        yield item.arrives, _fact(
            f"local-{key}", f"doc-{key}", item.source, start + _LOCAL.index("12"), "12", start, _LOCAL,
            ("dialogue_sessions", code, "63", f"{item.published:%Y-%m}"), 12.0, "district",
        )  # fmt: skip


def _damaged(text: str, how: str) -> str:
    if how == "mojibake":
        return text.encode().decode("cp1252", errors="replace").replace("\ufffd", "")
    if how == "replacement":
        return "".join("\ufffd" if ord(letter) > 0x300 else letter for letter in text)
    folded = duckdb.execute("select strip_accents(?)", [text]).fetchone()
    return str(folded[0] if folded else "").replace("đ", "d").replace("Đ", "D")


def _fact(
    key: str, document: str, source: str, start: int, quote: str, sentence_start: int, sentence: str,
    figure: tuple[str, str, str, str], value: float, level: str, approx: str | None = None, shift: int = 0,
) -> Fact:  # fmt: skip
    metric, code, frame, period = figure
    days = parse_period(period)
    known = load_metrics()[metric]
    frame = (
        frame
        if level == "province"
        else ("63" if days.last_day and days.last_day < date(2025, 7, 1) else "34")
    )
    code = code if level == "province" or frame == "63" else successor(code).code
    return Fact(
        fact_id=f"fact-{key}", document_id=document, source_key=source, char_start=start + shift,
        char_end=start + len(quote) + shift, quote=quote, sentence_start=sentence_start, sentence=sentence,
        locator=None, value=value, unit=known.unit_vi, metric=metric, metric_note=None,
        place=provinces()[code, frame].name,
        place_code=code, province_code=code, frame=frame, level=level, tier=None, period=period,
        period_start=days.first_day, period_end=days.last_day, stock=known.kind == "stock", subset=False,
        approx=approx, denominator=None, comparison_direction=None, comparison_amount=None, comparison_unit=None,
        comparison_baseline=None, rule="generated", confidence=0.9,
    )  # fmt: skip


def _shown(value: float) -> str:
    return f"{value:.1f}" if value != int(value) else f"{int(value)}"


def _line(figure: Figure) -> str:
    return figure.sentence or f"Toàn tỉnh có {_shown(figure.value)}, tính theo chỉ tiêu {figure.metric}."


def _article(figure: Figure) -> str:
    """Reviews are told in two articles, so that a part and its whole stand in one only half of the time."""
    half = sum(map(ord, figure.metric + figure.code)) % 2
    return f"{figure.code}-{figure.frame}-{figure.period}-{'ab'[half]}"


def _review_rows(planting: Planting, code: str, frame: str, period: str) -> Iterator[tuple[date, Record]]:
    published = planting.country.published[code, frame, period]
    arrives = published + timedelta(days=len(code + period) % 2)
    by_article: dict[str, list[Figure]] = defaultdict(list)
    for figure in planting.country.of(code, frame, period):
        by_article[_article(figure)].append(figure)
    source = paper(code)
    for key, figures in by_article.items():
        text, places = _LEAD, {}
        for figure in figures:
            places[figure.key] = len(text) + 1
            text = f"{text}\n{_line(figure)}"
        yield _capture(key, source, arrives)
        yield arrives, _document(key, source, code, published, arrives, text, frame)
        for figure in figures:
            line, start = _line(figure), places[figure.key]
            at, number = figure.key, _shown(figure.value)
            yield arrives, _fact(
                "-".join(at), f"doc-{key}", source, start + line.index(number), number, start, line,
                (figure.metric, code, frame, period), figure.value,
                "tinh" if at in planting.bad_levels else "province",
                "hơn" if figure.approximate else None, 1 if at in planting.bad_quotes else 0,
            )  # fmt: skip


def _feedback_rows(one: Feedback) -> Iterator[tuple[date, Record]]:
    key, code = f"{one.source}-{one.number}", one.source.removeprefix("cong-")
    states = [("in_progress", one.received, None), ("answered", one.answered, one.answered)]
    if one.reopened:
        states.append(("in_progress", one.reopened, None))
    for number, (status, day, answered) in enumerate(states):
        arrives = day + timedelta(days=1)
        yield _capture(f"{key}-{number}", one.source, arrives)
        yield arrives, Submission(
            submission_id=f"sub-{key}", version_id=f"subv-{key}-{number}", capture_id=f"cap-{key}-{number}",
            source_key=one.source, external_id=str(one.number), url=f"https://{one.source}.example/{one.number}",
            channel="web", category_raw=None, title_masked="Phản ánh", content_masked=None, answer_masked=None,
            agency=None, received_on=one.received, deadline_on=one.received + timedelta(days=15),
            deadline_basis="stated", answered_on=answered, status_raw=status, status=status, on_time="unknown",
            attachments=0, province_code=code, frame="63", seen_at=_noon(arrives),
        )  # fmt: skip


def _mart_rows(planting: Planting) -> Iterator[tuple[str, dict[str, Any]]]:
    country = planting.country
    for figure in country.figures.values():
        if figure.key in planting.bad_levels:
            continue
        published = country.published[figure.code, figure.frame, figure.period]
        arrives = published + timedelta(days=len(figure.code + figure.period) % 2)
        yield "fct_metric_value", _value_row(figure, arrives)
        yield "fct_metric_observation", _observation_row(figure, published, arrives, figure.value, 0)
        for number, value in enumerate(figure.others, start=1):
            yield "fct_metric_observation", _observation_row(figure, published, arrives, value, number)
        if figure.as_district:
            yield "fct_metric_observation", _observation_row(figure, published, arrives, figure.value, 9)
        if figure.change_status:
            yield "fct_metric_comparison", _comparison_row(figure, arrives)


def _value_row(figure: Figure, arrives: date) -> dict[str, Any]:
    days, said = parse_period(figure.period), {figure.value, *figure.others}
    agreement = "conflict" if len(said) > 1 else "agree" if figure.others else "single"
    return {
        "value_key": "/".join(figure.key), "province_key": f"{figure.frame}-{figure.code}",
        "province_code": figure.code, "frame": figure.frame, "metric": figure.metric, "period": figure.period,
        "period_start": days.first_day, "period_end": days.last_day, "value": figure.value,
        "unit": load_metrics()[figure.metric].unit, "is_approximate": figure.approximate, "agreement": agreement,
        "n_observations": 1 + len(figure.others), "n_sources": 1 + len(figure.others),
        "n_distinct_values": len(said), "chosen_fact_id": f"fact-{'-'.join(figure.key)}",
        "runner_up_value": next((one for one in figure.others if one != figure.value), None), "arrives_on": arrives,
    }  # fmt: skip


def _observation_row(
    figure: Figure, published: date, arrives: date, value: float, number: int
) -> dict[str, Any]:
    source = paper(figure.code) if number == 0 else CENTRAL
    key = "-".join(figure.key) + (f"-{number}" if number else "")
    return {
        "fact_id": f"fact-{key}", "document_id": f"doc-{_article(figure)}" if number == 0 else f"doc-{key}",
        "source_key": source, "url": f"https://{source}.example/{key}", "province_code": figure.code,
        "frame": figure.frame, "metric": figure.metric, "period": figure.period, "value": value,
        "value_standard": value, "quote": _shown(value), "sentence": _line(figure), "published_on": published,
        "subset": False, "level": "district" if number == 9 else "province", "is_reconcilable": number != 9,
        "arrives_on": arrives,
    }  # fmt: skip


def _comparison_row(figure: Figure, arrives: date) -> dict[str, Any]:
    implied = figure.value * 0.9
    return {
        "fact_id": f"fact-{'-'.join(figure.key)}", "province_code": figure.code, "frame": figure.frame,
        "metric": figure.metric, "period": figure.period, "value": figure.value, "direction": "increase",
        "stated_amount": 11.1, "stated_unit": "%", "baseline_period": earlier(figure.period),
        "implied_value": implied, "earlier_value": implied * (1.3 if figure.change_status == "inconsistent" else 1),
        "status": figure.change_status, "arrives_on": arrives,
    }  # fmt: skip

"""All that an incident rests on: every reading of the figure it is about, and the rows in quarantine behind it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.compute as pc

from coso.lake import Lake, read_rows, read_table
from coso.records import Document, Hold, Incident, QuarantinedRow, from_table
from coso.sql import identifier, literal
from expectations.model import Words
from expectations.wording import metric_words, period_words, quantity

#: The check whose other article is that of an earlier period.
_CHANGE = "marts.stated_change"

_READINGS = """
    select o.metric, o.period, o.fact_id, o.value_standard, o.sentence, o.url, o.published_on, o.source_key
    from {schema}.fct_metric_observation o
    where o.province_code = $province and o.frame = $frame and o.is_reconcilable
      and (o.period = $period and list_contains($metrics, o.metric) or o.metric = $metric and o.period = {earlier})
    order by o.fact_id <> $fact, o.metric <> $metric, o.period <> $period, o.value_standard, o.source_key, o.fact_id"""

_EARLIER = "(select max(c.baseline_period) from {schema}.fct_metric_comparison c where c.fact_id = $fact)"


@dataclass(frozen=True)
class Ground:
    """One thing an incident rests on.

    Attributes:
        fact_id: the fact, for ``coso trace``; None where the row is no fact.
        figure: its value with its unit; None where the row is no figure.
        sentence: the sentence that shows it.
        url: its page.
        published_on: when the page was published.
        source_key: who says so.
        quarantined: why it is kept out of the warehouse; None for what is in it.
    """

    fact_id: str | None
    figure: Words | None
    sentence: str | None
    url: str | None
    published_on: date | None
    source_key: str | None
    quarantined: Words | None = None


def grounds(lake: Lake, incident: Incident) -> list[Ground]:
    """Return what an incident rests on, the reading it names as its evidence first.

    Of a figure all readings of the latest build that may stand for it, so where outlets contradict each other the
    sentence and page of each; so of the other metrics that take part, and of the earlier report that a stated change
    contradicts; of a check that quarantines the rows it refused. What a build under way keeps to itself
    is read from the current release.
    """
    return [*_readings(lake, incident), *_quarantined(lake, incident)]


def _readings(lake: Lake, incident: Incident) -> list[Ground]:
    if not (incident.province_code and incident.frame and incident.metric and incident.period):
        return []
    asked = {
        "province": incident.province_code,
        "frame": incident.frame,
        "metric": incident.metric,
        "period": incident.period,
        "metrics": _metrics(lake, incident),
        "fact": incident.evidence_fact_id or "",
    }
    for database in (lake.warehouse / "build.duckdb", lake.published / "current" / "coso.duckdb"):
        rows = _ask(database, asked, _EARLIER if incident.check_id == _CHANGE else "null")
        if rows is not None:
            return [_reading(incident, *row) for row in rows]
    return []


def _metrics(lake: Lake, incident: Incident) -> list[str]:
    """Return the metrics that take part in an incident: its own, and those it holds, such as a part and its whole."""
    holds = from_table(Hold, read_table(lake.quality / "holds", Hold))
    held = {one.metric for one in holds if one.incident_id == incident.incident_id and one.metric}
    return sorted(held | {incident.metric or ""})


def _reading(incident: Incident, metric: str, period: str, fact_id: str, value: float, *rest: Any) -> Ground:
    figure = quantity(value, metric)
    if (metric, period) != (incident.metric, incident.period):
        name, when = metric_words(metric), period_words(period)
        figure = Words(f"{figure.vi} ({name.vi}, {when.vi})", f"{figure.en} ({name.en}, {when.en})")
    return Ground(fact_id, figure, *rest)


def _ask(database: Path, asked: Mapping[str, object], earlier: str) -> list[tuple[Any, ...]] | None:
    """Ask a build or a release for readings; None where there is none, or a run is writing it."""
    if not database.exists():
        return None
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach {literal(database)} as build (read_only)")
            found = connection.execute(
                "select schema_name from duckdb_tables() "
                "where database_name = 'build' and table_name = 'fct_metric_observation'"
            ).fetchone()
            if found is None:
                return None
            schema = f"build.{identifier(found[0])}"
            sql = _READINGS.format(schema=schema, earlier=earlier.format(schema=schema))
            return connection.execute(sql, dict(asked)).fetchall()
    except duckdb.Error:
        return None


def _quarantined(lake: Lake, incident: Incident) -> list[Ground]:
    rows = [(row, json.loads(row.row_json)) for row in _refused(lake, incident)]
    own = {row.reason for row, values in rows if values.get("metric") == incident.metric}
    # A part and its whole are refused together, for one reason, and the incident bears the name of the part.
    behind = [(row, values) for row, values in rows if row.reason in own]
    pages = _pages(lake, [values.get("document_id") for _, values in behind])
    return [
        _of_quarantine(row, values, pages.get(values.get("document_id") or "", {})) for row, values in behind
    ]


def _refused(lake: Lake, incident: Incident) -> Iterator[QuarantinedRow]:
    """Yield the rows that the incident's check refused of its province, source and period."""
    about = (incident.check_id, incident.source_key, incident.province_code, incident.frame)
    for row in from_table(QuarantinedRow, read_table(lake.quality / "quarantine", QuarantinedRow)):
        if (row.check_id, row.source_key, row.province_code, row.frame) == about and (
            incident.period is None or json.loads(row.row_json).get("period") == incident.period
        ):
            yield row


def _of_quarantine(row: QuarantinedRow, values: Mapping[str, Any], page: Mapping[str, Any]) -> Ground:
    is_fact = row.table_name == "facts"
    return Ground(
        fact_id=row.row_id if is_fact else None,
        figure=quantity(values.get("value"), values.get("metric")) if is_fact else None,
        sentence=values.get("sentence") or values.get("title") or values.get("title_masked"),
        url=values.get("url") or page.get("url"),
        published_on=page.get("published_on"),
        source_key=row.source_key,
        quarantined=Words.read(row.reason),
    )


def _pages(lake: Lake, document_ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    """Return address and day of publication of landed articles."""
    wanted = sorted({one for one in document_ids if one})
    if not wanted:
        return {}
    found = read_rows(
        lake.landed / "documents",
        Document,
        ["document_id", "url", "published_on"],
        pc.field("document_id").isin(wanted),
    )
    return {row["document_id"]: row for row in found}

"""The last good value or state before a trouble: what an alert shows beside what came.

For a figure it is the figure of the same kind of period before it that no check doubts; for anything else the day on
which the same check last passed for the same province or source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import duckdb
from sqlalchemy.exc import DBAPIError

from coso.lake import Lake
from coso.settings import VIETNAM_TIME
from coso.sql import literals
from expectations.causes import Cause
from expectations.evidence import Queryable
from expectations.model import Finding, Row, Words
from expectations.wording import period_words, quantity

_BEFORE = """
    select province_code, frame, metric, period, value
    from fct_metric_value
    where agreement <> 'conflict' and (province_code, frame, metric) in ({series})
    order by period_end desc, period desc"""


def healthy_figures(database: Queryable, findings: Sequence[Finding]) -> dict[str, Words]:
    """Return the latest figure before each failing one that no finding is about, by incident.

    Compared are periods of the same kind (years with years, first halves with first halves).
    """
    doubted = {(f.province_code, f.frame, metric, period) for f in findings for metric, period in f.figures}
    wanted = [f for f in findings if f.province_code and f.frame and f.metric and f.period]
    series: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
    for row in _values(database, wanted):
        key = (row["province_code"], row["frame"], row["metric"])
        if (*key, row["period"]) not in doubted:
            series.setdefault(key, []).append((row["period"], row["value"]))
    found: dict[str, Words] = {}
    for one in wanted:
        own = series.get((one.province_code or "", one.frame or "", one.metric or ""), [])
        before = [at for at in own if at[0][4:] == (one.period or "")[4:] and at[0] < (one.period or "")]
        if before:
            found.setdefault(one.incident_id, _figure_words(before[0], one.metric))
    return found


def _values(database: Queryable, findings: Iterable[Finding]) -> Sequence[Row]:
    """Read the series that failing figures belong to; without the table its check is broken, which is told."""
    keys = sorted({(f.province_code or "", f.frame or "", f.metric or "") for f in findings})
    if not keys:
        return []
    listed = ", ".join(f"({literals(key)})" for key in keys)
    try:
        return database.query(_BEFORE.format(series=listed))
    except DBAPIError:
        return []


def _figure_words(figure: tuple[str, float], metric: str | None) -> Words:
    period, value = period_words(figure[0]), quantity(figure[1], metric)
    return Words(f"{value.vi} ({period.vi})", f"{value.en} ({period.en})")


def last_passed(lake: Lake, causes: Iterable[Cause]) -> dict[str, Words]:
    """Return when the check of each cause last passed for its province or source, by incident."""
    listed = list(causes)
    files = sorted(str(path) for path in (lake.quality / "verdicts").glob("*.parquet"))
    if not listed or not files:
        return {}
    rows = [(c.incident_id, c.check_id, c.province_code, c.frame, c.source_key) for c in listed]
    with duckdb.connect() as connection:
        connection.execute(
            "create table asked (incident_id varchar, check_id varchar, province_code varchar, frame varchar, "
            "source_key varchar)"
        )
        connection.executemany("insert into asked values (?, ?, ?, ?, ?)", rows)
        found = connection.execute(_PASSED, [files]).fetchall()
    return {incident_id: _moment_words(moment) for incident_id, moment in found}


#: A source's own verdict where the check judges sources, else its province's.
_PASSED = """
    select a.incident_id, epoch(max(v.checked_at))
    from asked a
    join read_parquet(?, union_by_name = true) v
        on v.check_id = a.check_id and v.status = 'passed'
        and (v.source_key = a.source_key
             or v.source_key is null and v.province_code is not distinct from a.province_code
                and v.frame is not distinct from a.frame)
    group by a.incident_id"""


def _moment_words(seconds: float) -> Words:
    shown = f"{datetime.fromtimestamp(seconds, VIETNAM_TIME):%d/%m/%Y %H:%M} (GMT+7)"
    return Words(f"đạt lần cuối {shown}", f"last passed {shown}")

"""The page of a release: figures to compare and chart in a browser, without a server or anything from elsewhere."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

from publishing.tables import Table

_TEMPLATE = Path(__file__).with_name("dashboard.html")

#: Figures that the page carries, newest periods first; a browser holds no more with ease. All are in the other files.
MOST_FIGURES = 20_000

_NEEDED = frozenset({"metric_trend", "province_metric_table", "dim_province", "dim_metric", "dim_period"})

_COLUMNS = (
    "province_code", "frame", "metric", "period", "period_kind", "value", "per_100k", "agreement", "is_approximate",
    "basis", "change_percent", "n_sources", "url", "sentence", "is_stale",
)  # fmt: skip

_FIGURES = f"""
select
    trend.province_code, trend.frame, trend.metric, trend.period, trend.period_kind, trend.value, trend.per_100k,
    trend.agreement, trend.is_approximate, trend.basis, trend.change_percent, told.n_sources, told.url, told.sentence,
    trend.is_stale
from metric_trend as trend
left join province_metric_table as told
    on trend.province_code = told.province_code and trend.frame = told.frame
    and trend.metric = told.metric and trend.period = told.period
order by trend.period_end desc, trend.period, trend.frame, trend.metric, trend.province_code
limit {MOST_FIGURES}
"""


def write_dashboard(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], path: Path, name: str
) -> None:
    """Write the page of a release as one HTML file; nothing where the release lacks the tables for people.

    Args:
        connection: the release's open database.
        tables: tables of the release.
        path: file to write.
        name: release name, told on the page.
    """
    known = {table.name for table in tables}
    if not known >= _NEEDED:
        return
    # "</script>" in a sentence must not end the element that holds the data.
    data = json.dumps(_data(connection, known, name), ensure_ascii=False, separators=(",", ":")).replace(
        "<", "\\u003c"
    )
    path.write_text(_TEMPLATE.read_text(encoding="utf-8").replace("__DATA__", data), encoding="utf-8")


def _data(connection: duckdb.DuckDBPyConnection, known: set[str], name: str) -> dict[str, Any]:
    figures = connection.execute(_FIGURES).fetchall()
    provinces: dict[str, dict[str, str]] = {}
    for frame, code, label in connection.execute(
        "select frame, province_code, name_vi from dim_province order by name_vi"
    ).fetchall():
        provinces.setdefault(frame, {})[code] = label
    told = {row[_COLUMNS.index("metric")] for row in figures}
    metrics = connection.execute(
        "select metric, name_vi, name_en, coalesce(unit_vi, '') from dim_metric order by theme, name_vi"
    ).fetchall()
    return {
        "release": name,
        "facts": _counts(connection, known),
        "most": MOST_FIGURES if len(figures) == MOST_FIGURES else None,
        "start": _start(figures),
        "provinces": provinces,
        "metrics": {
            code: {"vi": vi, "en": en, "unit": unit} for code, vi, en, unit in metrics if code in told
        },
        "periods": dict(connection.execute("select period, label_vi from dim_period order by 1").fetchall()),
        "columns": _COLUMNS,
        "figures": figures,
    }


def _start(figures: list[tuple[Any, ...]]) -> dict[str, str]:
    """Return what the page opens with: the metric, map and period of most figures, the newest among equals."""
    names = ("metric", "frame", "period")
    places = [_COLUMNS.index(name) for name in names]
    # Figures come newest first, and of equals a counter names the one that it met first.
    most = Counter(tuple(row[place] for place in places) for row in figures).most_common(1)
    return dict(zip(names, most[0][0] if most else ("", "63", ""), strict=True)) | {"measure": "value"}


def _counts(connection: duckdb.DuckDBPyConnection, known: set[str]) -> list[tuple[int, str]]:
    asked = [
        ("metric_trend", "count(*)", "số liệu / figures"),
        (
            "metric_trend",
            "count(distinct frame || province_code)",
            "tỉnh có số liệu / provinces with figures",
        ),
        (
            "fct_quality_incident",
            "count(*) filter (where status = 'open')",
            "cảnh báo đang mở / open incidents",
        ),
        ("fct_publication_hold", "count(*)", "giá trị bị giữ lại / held back"),
    ]
    return [
        (int((connection.execute(f"select {what} from {table}").fetchone() or (0,))[0]), label)
        for table, what, label in asked
        if table in known
    ]

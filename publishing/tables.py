"""Which tables a release holds, what identifies their rows, and what of them is content."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from coso.errors import CosoError

#: Schema of the warehouse build whose tables are published.
MARTS_SCHEMA = "marts"

#: What identifies a row, for diffs; tables not named here are compared row by row as a whole.
KEYS: dict[str, tuple[str, ...]] = {
    "bridge_province_frame": ("old_province_key",),
    "dim_metric": ("metric",),
    "dim_period": ("period",),
    "dim_province": ("province_code", "frame"),
    "dim_source": ("source_key",),
    "fct_citation": ("citation_id",),
    "fct_commitment": ("commitment_id",),
    "fct_correction": ("correction_key",),
    "fct_cumulative_check": ("value_key",),
    "fct_derived_value": ("value_key",),
    "fct_event": ("event_id",),
    "fct_initiative": ("initiative_mention_id",),
    "fct_metric_comparison": ("fact_id",),
    "fct_metric_observation": ("fact_id",),
    "fct_metric_value": ("province_code", "frame", "metric", "period"),
    "fct_official": ("official_mention_id",),
    "fct_province_rollup": ("rollup_key",),
    "fct_publication_hold": ("province_code", "frame", "metric", "incident_id"),
    "fct_quality_incident": ("incident_id",),
    "fct_quarantine": ("quarantine_id",),
    "fct_rate_check": ("rate_check_key",),
    "fct_rejected_file": ("file_id",),
    "fct_reporting_compliance": ("report_key",),
    "fct_shortcoming": ("shortcoming_id",),
    "fct_source_health": ("source_key",),
    "fct_submission": ("submission_id",),
    "fct_submission_version": ("version_id",),
    "fct_tombstone": ("tombstone_id",),
    "fct_undecided_cell": ("cell_id",),
    "metric_trend": ("value_key",),
    "national_summary": ("summary_key",),
    "province_metric_table": ("province_code", "frame", "metric", "period"),
    "province_scorecard": ("report_key",),
}

#: Tables of figures that grow with history, whose Parquet files are cut by the year in which the period begins: a
#: question about one year reads one file. All others are one file each.
CUT_BY_YEAR = frozenset(
    {
        "fct_metric_observation",
        "fct_metric_value",
        "fct_province_rollup",
        "metric_trend",
        "province_metric_table",
    }
)

#: Tables about the runs rather than about the provinces: they change with every run and make no new release.
OPERATIONAL = frozenset({"fct_capture_outcome", "fct_source_health"})


#: Tables of values, whose rows a hold keeps back; each has province_code, frame and metric.
HELD = frozenset(
    {
        "fct_cumulative_check",
        "fct_derived_value",
        "fct_metric_comparison",
        "fct_metric_value",
        "fct_rate_check",
        "metric_trend",
        "province_metric_table",
    }
)


#: Column of those tables that says whether a hold kept the row from an earlier release.
STALE = "is_stale"


@dataclass(frozen=True)
class Column:
    """One column of a published table."""

    name: str
    type: str
    description: str

    @property
    def is_clock(self) -> bool:
        """Whether the column tells of the processing, which is not content: a time, the run, the stored page."""
        return self.name.endswith("_at") or self.name in {"run_id", "capture_id"}


@dataclass(frozen=True)
class Table:
    """One published table."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def is_content(self) -> bool:
        """Whether a change of this table makes a new release."""
        return self.name not in OPERATIONAL

    @property
    def is_held(self) -> bool:
        """Whether a hold keeps rows of this table back.

        Values are held. Readings are not: what a page says stays readable beside the incident that doubts it.
        """
        return self.name in HELD

    @property
    def content_columns(self) -> tuple[str, ...]:
        """Columns that are content."""
        return tuple(column.name for column in self.columns if not column.is_clock)

    @property
    def column_names(self) -> tuple[str, ...]:
        """All columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def order(self) -> tuple[str, ...]:
        """Columns that give the rows a stable order."""
        return KEYS.get(self.name, self.content_columns)


def read_tables(connection: duckdb.DuckDBPyConnection, catalog: str, schema: str) -> list[Table]:
    """Return the tables of one schema with their columns and comments.

    Raises:
        CosoError: the schema holds no table.
    """
    rows = connection.execute(
        """
        select t.table_name, coalesce(t.comment, ''), c.column_name, c.data_type, coalesce(c.comment, '')
        from duckdb_tables() as t
        join duckdb_columns() as c using (database_name, schema_name, table_name)
        where t.database_name = ? and t.schema_name = ?
        order by t.table_name, c.column_index
        """,
        [catalog, schema],
    ).fetchall()
    if not rows:
        raise CosoError(f"schema {schema} of the warehouse build is empty", "run the transform step again")
    columns: dict[tuple[str, str], list[Column]] = {}
    for table, comment, column, kind, description in rows:
        columns.setdefault((table, comment), []).append(Column(column, kind, description))
    return [Table(name, comment, tuple(parts)) for (name, comment), parts in columns.items()]

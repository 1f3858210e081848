"""What changed between two releases: counted per table, province and metric, and row by row where rows have a key."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from coso.sql import identifier, identifiers
from publishing.parquet import parquet_source
from publishing.tables import KEYS, Table

#: How many changed rows, and how many provinces and metrics, the readable summary shows a table.
SHOWN = 20

#: Columns whose rows are counted together, where a table has them.
_SERIES = ("province_code", "frame", "metric")


@dataclass(frozen=True)
class SeriesDiff:
    """Rows of one table that changed for one province and metric; a province or metric that is unknown is None."""

    province_code: str | None
    frame: str | None
    metric: str | None
    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class TableDiff:
    """Changes of one table against the release before; by province and metric where the table has both."""

    table: str
    added: int
    removed: int
    changed: int
    examples: list[str] = field(default_factory=list)
    series: list[SeriesDiff] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.added or self.removed or self.changed)


def diff_tables(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], previous: Path | None
) -> list[TableDiff]:
    """Compare each content table with the Parquet files of the release before."""
    return [_diff_table(connection, table, previous) for table in tables if table.is_content]


def _diff_table(connection: duckdb.DuckDBPyConnection, table: Table, previous: Path | None) -> TableDiff:
    old = parquet_source(previous, table.name) if previous else None
    if old is None:
        return TableDiff(table.name, _count(connection, f"from {identifier(table.name)}"), 0, 0)
    shared = _shared_columns(connection, table, old)
    key = tuple(k for k in KEYS.get(table.name, ()) if k in shared)
    name, columns = identifier(table.name), identifiers(shared)
    connection.execute(
        f"""
        create or replace temp table gone as
            select {columns} from {old} except all select {columns} from {name};
        create or replace temp table new as
            select {columns} from {name} except all select {columns} from {old};
        """
    )
    added, removed = _count(connection, "from new"), _count(connection, "from gone")
    series = _series(connection, key) if set(_SERIES) <= set(shared) else []
    if not key:
        return TableDiff(table.name, added, removed, 0, series=series)
    changed = _count(connection, f"from ({_changes(key)}) where what = 'changed'")
    return TableDiff(
        table.name, added - changed, removed - changed, changed, _examples(connection, key), series
    )


def _shared_columns(connection: duckdb.DuckDBPyConnection, table: Table, old: str) -> tuple[str, ...]:
    described = connection.execute(f"describe select * from {old}").fetchall()
    before = {row[0] for row in described}
    return tuple(name for name in table.content_columns if name in before)


def _series(connection: duckdb.DuckDBPyConnection, key: tuple[str, ...]) -> list[SeriesDiff]:
    """Count the changed rows by province and metric; a changed row counts where it stands now."""
    rows = connection.execute(
        f"""
        select {identifiers(_SERIES)}, count_if(what = 'added'), count_if(what = 'removed'), count_if(what = 'changed')
        from ({_changes(key)}) group by all order by all
        """
    ).fetchall()
    return [SeriesDiff(*row) for row in rows]


def _examples(connection: duckdb.DuckDBPyConnection, key: tuple[str, ...]) -> list[str]:
    rows = connection.execute(
        f"""
        select what || ': ' || concat_ws(' · ', {identifiers(key)}) from ({_changes(key)})
        order by {identifiers(key)}, what limit {SHOWN}
        """
    ).fetchall()
    return [text for (text,) in rows]


def _changes(key: tuple[str, ...]) -> str:
    """Return SQL for the rows that were added, removed or changed, and which; without a key none is changed."""
    # Parts of a key may be null, such as the metric where a whole province is held.
    parts = [f"new.{part} is not distinct from gone.{part}" for part in map(identifier, key)]
    same = " and ".join(parts) or "false"
    return f"""
        select new.*, 'added' as what from new anti join gone on {same}
        union all select gone.*, 'removed' from gone anti join new on {same}
        union all select new.*, 'changed' from new semi join gone on {same}"""


def _count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    (count,) = connection.execute(f"select count(*) {source}").fetchone() or (0,)
    return int(count)


def summarise(diffs: list[TableDiff], previous: str | None) -> str:
    """Return the diff as Markdown for people."""
    against = f"release {previous}" if previous else "nothing: this is the first release"
    lines = [
        f"# Changes against {against}",
        "",
        "| table | added | removed | changed |",
        "| --- | ---: | ---: | ---: |",
    ]
    lines += [f"| {d.table} | {d.added} | {d.removed} | {d.changed} |" for d in diffs if not d.is_empty]
    for diff in diffs:
        if previous and not diff.is_empty:
            lines += _told(diff)
    return "\n".join(lines) + "\n"


def _told(diff: TableDiff) -> list[str]:
    """Return a table's changes: the provinces and metrics with most of them, then single rows."""
    lines = ["", f"## {diff.table}"] if diff.series or diff.examples else []
    if diff.series:
        most = sorted(diff.series, key=lambda one: -(one.added + one.removed + one.changed))
        lines += [
            "",
            "| province | map | metric | added | removed | changed |",
            "| --- | --- | --- | ---: | ---: | ---: |",
        ]
        lines += [
            f"| {one.province_code or ''} | {one.frame or ''} | {one.metric or ''} "
            f"| {one.added} | {one.removed} | {one.changed} |"
            for one in most[:SHOWN]
        ]
    if len(diff.series) > SHOWN:
        lines += ["", f"{len(diff.series) - SHOWN} more provinces and metrics: see diff.json."]
    return lines + ([""] + [f"* {text}" for text in diff.examples] if diff.examples else [])


def as_json(diffs: list[TableDiff]) -> list[dict[str, object]]:
    """Return the diff as plain data."""
    return [asdict(diff) for diff in diffs]

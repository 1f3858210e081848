"""What changed between two releases, counted per table and told row by row where rows have a key."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from publishing.build import sql_text
from publishing.tables import KEYS, Table, quoted

#: How many changed rows the readable summary shows a table.
SHOWN = 20


@dataclass(frozen=True)
class TableDiff:
    """Changes of one table against the release before."""

    table: str
    added: int
    removed: int
    changed: int
    examples: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.added or self.removed or self.changed)


def diff_tables(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], previous: Path | None
) -> list[TableDiff]:
    """Compare each content table with the Parquet file of the release before."""
    return [_diff_table(connection, table, previous) for table in tables if table.is_content]


def _diff_table(connection: duckdb.DuckDBPyConnection, table: Table, previous: Path | None) -> TableDiff:
    old = previous / "parquet" / f"{table.name}.parquet" if previous else None
    if old is None or not old.exists():
        return TableDiff(table.name, _count(connection, f'from "{table.name}"'), 0, 0)
    shared = _shared_columns(connection, table, old)
    key = tuple(k for k in KEYS.get(table.name, ()) if k in shared)
    columns = quoted(shared)
    connection.execute(
        f"""
        create or replace temp view gone as
            select {columns} from read_parquet('{sql_text(old)}') except all select {columns} from "{table.name}";
        create or replace temp view new as
            select {columns} from "{table.name}" except all select {columns} from read_parquet('{sql_text(old)}');
        """
    )
    added, removed = _count(connection, "from new"), _count(connection, "from gone")
    if not key:
        return TableDiff(table.name, added, removed, 0)
    changed = _count(connection, f"from new semi join gone using ({quoted(key)})")
    return TableDiff(table.name, added - changed, removed - changed, changed, _examples(connection, key))


def _shared_columns(connection: duckdb.DuckDBPyConnection, table: Table, old: Path) -> tuple[str, ...]:
    described = connection.execute(f"describe select * from read_parquet('{sql_text(old)}')").fetchall()
    before = {row[0] for row in described}
    return tuple(name for name in table.content_columns if name in before)


def _examples(connection: duckdb.DuckDBPyConnection, key: tuple[str, ...]) -> list[str]:
    rows = connection.execute(
        f"""
        select coalesce(n.mark, g.mark), n.row_text, g.row_text from
            (select concat_ws(' · ', {quoted(key)}) as mark, to_json(new)::varchar as row_text from new) as n
            full join (select concat_ws(' · ', {quoted(key)}) as mark, to_json(gone)::varchar as row_text from gone)
            as g using (mark) order by 1 limit {SHOWN}
        """
    ).fetchall()
    verbs = {(True, True): "changed", (True, False): "added", (False, True): "removed"}
    return [f"{verbs[new is not None, old is not None]}: {mark}" for mark, new, old in rows]


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
        if previous and diff.examples:
            lines += ["", f"## {diff.table}", ""] + [f"* {text}" for text in diff.examples]
    return "\n".join(lines) + "\n"


def as_json(diffs: list[TableDiff]) -> list[dict[str, object]]:
    """Return the diff as plain data."""
    return [asdict(diff) for diff in diffs]

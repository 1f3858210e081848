"""Landed rows that are kept out of the warehouse, whole and with their reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from coso.ids import content_id
from coso.records import QuarantinedRow
from coso.sql import literals
from expectations.batches import ROW_KEYS
from expectations.evidence import Queryable, landed_table
from expectations.model import Check, Finding, Outcome

_BATCH_SIZE = 1000


def quarantined_rows(database: Queryable, outcomes: Sequence[Outcome]) -> list[QuarantinedRow]:
    """Return the rows refused by checks that quarantine, one a row and check, sorted by id.

    Rows without an id cannot be named and are not listed; dbt drops them with their empty key.
    """
    refused: dict[tuple[str, str, str], tuple[Check, Finding]] = {}
    for outcome in outcomes:
        for finding in outcome.findings:
            if not (outcome.check.quarantines and finding.row_id):
                continue
            key = (landed_table(finding.batch), finding.row_id, outcome.check.id)
            refused.setdefault(key, (outcome.check, finding))
    rows = _rows_as_json(database, {(table, row_id) for table, row_id, _ in refused})
    made = [
        _quarantined(table, check, finding, rows.get((table, row_id), "{}"))
        for (table, row_id, _), (check, finding) in refused.items()
    ]
    return sorted(made, key=lambda row: row.quarantine_id)


def _quarantined(table: str, check: Check, finding: Finding, row_json: str) -> QuarantinedRow:
    observed = finding.told.observed
    return QuarantinedRow(
        quarantine_id=content_id("qua", [table, finding.row_id, check.id]),
        table_name=table,
        row_id=finding.row_id,
        check_id=check.id,
        reason=f"{check.title.vi}: {observed.vi}\n{check.title.en}: {observed.en}",
        source_key=finding.source_key,
        province_code=finding.province_code,
        frame=finding.frame,
        row_json=row_json,
    )


def _rows_as_json(database: Queryable, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    by_table: dict[str, list[str]] = defaultdict(list)
    for table, row_id in sorted(wanted):
        by_table[table].append(row_id)
    found: dict[tuple[str, str], str] = {}
    for table, ids in by_table.items():
        for start in range(0, len(ids), _BATCH_SIZE):
            key, asked = ROW_KEYS[table], literals(ids[start : start + _BATCH_SIZE])
            for row in database.query(
                f"select {key} as row_id, min(cast(to_json(t) as varchar)) as row_json "
                f"from {table} t where {key} in ({asked}) group by 1"
            ):
                found[table, row["row_id"]] = row["row_json"]
    return found

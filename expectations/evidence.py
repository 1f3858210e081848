"""The sentence and the page that show a failing row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.exc import DBAPIError

from coso.records import LANDED, arrow_schema
from coso.sql import literals
from expectations.batches import ROW_KEYS
from expectations.model import Finding, Row

_BATCH_SIZE = 1000

#: Of a layout that changed, what stands on a page now where a selector used to match.
_DRIFT_SQL = (
    "select drift_id as row_id, new_markup as quote, new_url as url from drifts where drift_id in ({ids})"
)


@dataclass(frozen=True)
class Evidence:
    """A fact, the sentence it stands in, and the address of its page; each None where there is none."""

    fact_id: str | None
    quote: str | None
    url: str | None


class Queryable(Protocol):
    """Something that answers queries over a scratch database."""

    def query(self, sql: str) -> list[Row]:
        """Return the rows of a query."""


def landed_table(batch: str) -> str:
    """Return the landed table behind a batch of the landed gate."""
    return "facts" if batch == "figures" else batch.partition(".")[0]


def landed_evidence(database: Queryable, findings: Iterable[Finding]) -> dict[Finding, Evidence]:
    """Find the evidence of failing landed rows; a row that is gone or has no page gets none."""
    listed = list(findings)
    found: dict[tuple[str, str], Evidence] = {}
    for table in sorted({landed_table(finding.batch) for finding in listed} & ROW_KEYS.keys()):
        ids = [f.fact_id or f.row_id for f in listed if landed_table(f.batch) == table]
        for row in _lookup(database, _landed_sql(table), ids):
            found[table, row["row_id"]] = Evidence(row["fact_id"], row["quote"], row["url"])
    for row in _lookup(database, _DRIFT_SQL, [f.row_id for f in listed if f.batch == "readings"]):
        found["readings", row["row_id"]] = Evidence(None, row["quote"], row["url"])
    none = Evidence(None, None, None)
    return {f: found.get((landed_table(f.batch), f.fact_id or f.row_id), none) for f in listed}


def marts_evidence(database: Queryable, findings: Iterable[Finding]) -> dict[Finding, Evidence]:
    """Find the evidence of failing mart rows through the facts they name."""
    listed = list(findings)
    sql = "select fact_id as row_id, sentence, url from fct_metric_observation where fact_id in ({ids})"
    rows = _lookup(database, sql, [f.fact_id for f in listed if f.fact_id])
    found = {row["row_id"]: Evidence(row["row_id"], row["sentence"], row["url"]) for row in rows}
    return {f: found.get(f.fact_id or "", Evidence(f.fact_id, None, None)) for f in listed}


def _landed_sql(table: str) -> str:
    columns = arrow_schema(LANDED[table]).names
    quote = next((name for name in ("sentence", "quote", "title", "title_masked") if name in columns), None)
    fact = "t.fact_id" if table == "facts" else "null::varchar"
    page, join = "t.url" if "url" in columns else "null::varchar", ""
    if "url" not in columns and "document_id" in columns:
        page = "d.url"
        join = (
            "left join (select document_id, min(url) as url from documents group by 1) d using (document_id)"
        )
    text = f"t.{quote}" if quote else "null::varchar"
    return (
        f"select t.{ROW_KEYS[table]} as row_id, {fact} as fact_id, {text} as quote, {page} as url "
        f"from {table} t {join} where t.{ROW_KEYS[table]} in ({{ids}})"
    )


def _lookup(database: Queryable, sql: str, ids: Sequence[str]) -> list[Row]:
    """Answer a query over many ids; where a table or column it needs is gone, there is no evidence.

    What is gone has broken a check by then, so it is not hidden.
    """
    rows: list[Row] = []
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _BATCH_SIZE):
        try:
            rows += database.query(sql.format(ids=literals(wanted[start : start + _BATCH_SIZE])))
        except DBAPIError:
            return []
    return rows

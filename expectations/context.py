"""Running checks through Great Expectations.

An ephemeral context, built anew for each gate: suites live in code and nothing is written. Importing Great
Expectations takes seconds, so it happens inside the functions.
"""

from __future__ import annotations

import importlib
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from coso.errors import first_line
from expectations.batches import SUBJECT, batches_of
from expectations.model import Check, Finding, Outcome, Row, RowsTest, Subject, Test
from expectations.scratch import MEMORY_LIMIT, Scratch

#: More failing rows of a built-in expectation than this are counted but not listed.
_MOST_ROWS = 1_000_000

#: Name of the asset that all queries for failing rows share: each names its relation itself, and Great Expectations
#: takes some 80 ms an asset.
_SNAPSHOT = "snapshot"

_RESULT_FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["row_id", *SUBJECT],
    "return_unexpected_index_query": False,
    "partial_unexpected_count": _MOST_ROWS,
}


@dataclass
class Session:
    """A Great Expectations context over one scratch database."""

    context: Any
    source: Any
    scratch: Scratch
    counts: dict[str, dict[Subject, int]] = field(default_factory=dict)

    def query(self, sql: str) -> list[Row]:
        """Return the rows of a query."""
        with self.source.get_engine().connect() as connection:
            return [dict(row) for row in connection.exec_driver_sql(sql).mappings()]

    def count(self, gate: str, batch: str) -> dict[Subject, int]:
        """Return the rows of a batch by (province code, frame, source key); each batch is counted once."""
        if batch not in self.counts:
            self.counts[batch] = self._count(batches_of(gate)[batch], whole=batch.endswith(".columns"))
        return self.counts[batch]

    def _count(self, query: str, whole: bool) -> dict[Subject, int]:
        if whole:
            (row,) = self.query(f"select count(*) as n from ({query})")
            return {(None, None, None): row["n"]}
        rows = self.query(
            f"select province_code, frame, source_key, count(*) as n from ({query}) group by all"
        )
        return {(row["province_code"], row["frame"], row["source_key"]): row["n"] for row in rows}


def _great_expectations() -> Any:
    """Import Great Expectations, without its telemetry. Its type hints leave out what is used here."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read once, when the package is imported
    importlib.import_module("great_expectations.expectations")
    return importlib.import_module("great_expectations")


@contextmanager
def session(scratch: Scratch) -> Iterator[Session]:
    """Open a Great Expectations context over a scratch database; it is closed with the context."""
    from expectations.duckdb_dialect import URL_SCHEME, register  # noqa: PLC0415 - brings SQLAlchemy

    register()
    gx = _great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = gx.data_context.types.base.ProgressBarsConfig(globally=False)
    # The path goes here and not into the address, where marks such as $ and % have a meaning.
    options = {
        "database": str(scratch.path),
        "read_only": True,
        "config": {"memory_limit": MEMORY_LIMIT},
    }
    source = context.data_sources.add_sql(
        "gate",
        connection_string=f"{URL_SCHEME}:///{scratch.path.name}",
        create_temp_table=False,
        kwargs={"connect_args": options},
    )
    try:
        yield Session(context, source, scratch)
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()


def run_checks(open_session: Session, checks: Sequence[Check]) -> list[Outcome]:
    """Run checks of one gate, each a part of one suite of expectations.

    A check whose query, table or column fails has its ``error`` set; it never passes silently and never stops
    the others.
    """
    results = _validate(open_session, checks)
    return [_outcome(open_session, check, results[check.id]) for check in checks]


def _validate(open_session: Session, checks: Sequence[Check]) -> dict[str, dict[int, Any]]:
    """Run all checks and return Great Expectations' results, or errors, by check and ordinal of the test.

    Batches are validated directly: a checkpoint would store every result in a context that is thrown away, which takes
    longer than the checks.
    """
    by_batch: dict[str, list[tuple[Check, int, Test]]] = defaultdict(list)
    queries = {_SNAPSHOT: "select 1 as whole"}
    for check in checks:
        for index, test in enumerate(check.tests):
            name = _SNAPSHOT if isinstance(test, RowsTest) else test.batch
            queries.setdefault(name, batches_of(check.gate)[test.batch])
            by_batch[name].append((check, index, test))
    results: dict[str, dict[int, Any]] = defaultdict(dict)
    for name, tests in by_batch.items():
        try:
            validated = _validate_batch(open_session, name, queries[name], tests)
        except Exception as error:  # noqa: BLE001 - a batch that cannot be read breaks its own checks only
            validated = {(check.id, index): error for check, index, _ in tests}
        for (check_id, index), result in validated.items():
            results[check_id][index] = result
    return results


def _validate_batch(
    open_session: Session, name: str, query: str, tests: Sequence[tuple[Check, int, Test]]
) -> dict[tuple[str, int], Any]:
    gx = _great_expectations()
    suite = gx.ExpectationSuite(name=name, expectations=[_expectation(*one) for one in tests])
    asset = open_session.source.add_query_asset(name, query=query)
    batch = asset.add_batch_definition_whole_table(name).get_batch()
    found = {}
    for result in batch.validate(suite, result_format=_RESULT_FORMAT).results:  # in no particular order
        meta = result.expectation_config.meta
        found[meta["check"], meta["test"]] = result
    return found


def _expectation(check: Check, index: int, test: Test) -> Any:
    # Defaults on an expectation's class are not kept in its suite: everything is passed here.
    common = {
        "severity": check.severity,
        "description": check.title.stored,
        "meta": {"check": check.id, "test": index},
    }
    if isinstance(test, RowsTest):
        own = importlib.import_module("expectations.failing_rows").ExpectNoFailingRows
        query = _rows_query(test, batches_of(check.gate)[test.batch])
        return own(rows_query=query, rule_vi=check.meaning.vi, rule_en=check.meaning.en, **common)
    gxe = _great_expectations().expectations
    return getattr(gxe, test.expectation)(**test.arguments, **common)


def _rows_query(test: RowsTest, batch: str) -> str:
    return f"with judged as ({batch}), failing as ({test.sql}) select * from failing"


def _outcome(open_session: Session, check: Check, results: Mapping[int, Any]) -> Outcome:
    outcome = Outcome(check)
    errors: list[str] = []
    for index, test in enumerate(check.tests):
        try:
            outcome.findings += _findings(check, test, results.get(index))
        except Exception as error:  # noqa: BLE001 - whatever a check raises makes it broken, with its reason
            errors.append(first_line(error))
    for batch in check.batches:
        try:
            for subject, count in open_session.count(check.gate, batch).items():
                outcome.judged[subject] = outcome.judged.get(subject, 0) + count
        except Exception as error:  # noqa: BLE001 - the same for what it counts
            errors.append(first_line(error))
    if errors:
        problems = open_session.scratch.problems.items()
        causes = [text for table, text in problems if any(table in error for error in errors)]
        outcome.error = " | ".join(dict.fromkeys([*causes, *errors]))
    return outcome


def _findings(check: Check, test: Test, result: Any) -> list[Finding]:
    if isinstance(result, Exception):
        raise result
    if result is None:
        raise RuntimeError(f"Great Expectations gave no result for {check.id}")
    if error := _exception(result.exception_info):
        raise RuntimeError(error)
    if result.success:
        return []
    return [_finding(check, test, row) for row in _failing_rows(test, result.result)]


def _failing_rows(test: Test, result: Mapping[str, Any]) -> Sequence[Row]:
    if isinstance(test, RowsTest):
        rows: list[Row] = result["details"]["unexpected_rows"]
        return rows
    if "unexpected_index_list" in result:
        return [dict(row) for row in result["unexpected_index_list"]]
    table = test.batch.partition(".")[0]
    return [{"row_id": table, **result, **dict(result.get("details") or {})}]


def _finding(check: Check, test: Test, row: Row) -> Finding:
    return Finding(
        check_id=check.id,
        severity=check.severity,
        batch=test.batch,
        row_id=str(row["row_id"] or ""),
        province_code=row.get("province_code"),
        frame=row.get("frame"),
        source_key=row.get("source_key"),
        metric=row.get("metric"),
        period=row.get("period"),
        fact_id=row.get("fact_id"),
        told=test.tell(row),
        figures=_figures(row),
        basis=_basis(row),
    )


#: Columns of a failing row that hold the figures it rests on, as opposed to what they are compared with.
_BASIS = ("row_id", "fact_id", "value", "standard_value", "runner_up_value", "part_value", "whole_value")


def _basis(row: Row) -> str:
    return "|".join("" if row.get(name) is None else str(row[name]) for name in _BASIS)


def _figures(row: Row) -> frozenset[tuple[str | None, str | None]]:
    metric, period = row.get("metric"), row.get("period")
    others = [row.get(name) for name in ("related", "related_whole")]
    taking_part = {(metric, period), *((other, period) for other in others if other)}
    if row.get("baseline_period"):
        taking_part |= {(name, row["baseline_period"]) for name, _ in tuple(taking_part)}
    return frozenset(taking_part)


def _exception(info: Any) -> str | None:
    """Return what an expectation raised; Great Expectations nests it by metric, or not."""
    entries = [info] if "raised_exception" in info else list(info.values())
    for entry in entries:
        if entry.get("raised_exception"):
            return str(entry.get("exception_message") or "raised without a message")
    return None

"""The gates' own expectation: a query gives no row; each row it gives is a failure.

Great Expectations' ``UnexpectedRowsExpectation`` asks every query twice and keeps 200 rows of the answer. This one asks
once and keeps all, since every failing row becomes part of an incident or goes into quarantine. Importing this module
imports Great Expectations, which takes seconds.
"""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.compatibility import pydantic
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.query_metric_provider import QueryMetricProvider
from sqlalchemy import text


class FailingRows(QueryMetricProvider):
    """All rows of a query over the gate's snapshot, as dictionaries."""

    metric_name = "coso.failing_rows"
    value_keys = ("rows_query",)

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(
        cls,  # noqa: N805 - Great Expectations calls it as a class method
        execution_engine: Any,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> list[dict[str, Any]]:
        answer = execution_engine.execute_query(text(metric_value_kwargs["rows_query"]))
        return [dict(row) for row in answer.mappings()]


class ExpectNoFailingRows(BatchExpectation):
    """The query gives no row.

    Args:
        rows_query: query over the gate's snapshot whose every row is a failure.
        rule_vi: the rule in plain Vietnamese.
        rule_en: the rule in plain English.
    """

    rows_query: str = pydantic.Field(description="Query whose every row is a failure.")
    rule_vi: str = pydantic.Field("", description="The rule in plain Vietnamese.")
    rule_en: str = pydantic.Field("", description="The rule in plain English.")

    metric_dependencies: ClassVar[tuple[str, ...]] = ("coso.failing_rows",)
    success_keys: ClassVar[tuple[str, ...]] = ("rows_query",)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        rows = metrics["coso.failing_rows"]
        return {
            "success": not rows,
            "result": {"observed_value": len(rows), "details": {"unexpected_rows": rows}},
        }

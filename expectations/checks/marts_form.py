"""Form of the marts the other checks rely on."""

from __future__ import annotations

from expectations.model import BuiltInTest, Check, Row, Told, Words

_RUNBOOK = "marts-form.md"

#: Columns the checks and the alerts read.
VALUE_COLUMNS = (
    "province_code", "frame", "metric", "period", "period_start", "period_end", "value", "is_approximate",
    "agreement", "chosen_fact_id", "runner_up_value",
)  # fmt: skip
OBSERVATION_COLUMNS = (
    "fact_id", "province_code", "frame", "metric", "period", "value_standard", "source_key", "url", "sentence",
    "is_reconcilable",
)  # fmt: skip
_FILLED = ("province_code", "frame", "metric", "period", "value", "agreement", "chosen_fact_id")


def _tell_columns(row: Row) -> Told:
    missing = ", ".join(sorted((row.get("mismatched") or {}).get("missing") or [])) or "?"
    return Told(
        Words(f"bảng {row['row_id']} có đủ các cột", f"table {row['row_id']} has its columns"),
        Words(f"thiếu cột: {missing}", f"missing columns: {missing}"),
    )


def _columns_test(table: str, columns: tuple[str, ...]) -> BuiltInTest:
    arguments = {"column_set": list(columns), "exact_match": False}
    return BuiltInTest(f"{table}.columns", "ExpectTableColumnsToMatchSet", arguments, _tell_columns)


def _filled_test(column: str) -> BuiltInTest:
    def tell(row: Row) -> Told:
        return Told(
            Words(f"cột {column} có giá trị", f"column {column} is filled"),
            Words(f"để trống ở {row['row_id']}", f"empty in {row['row_id']}"),
        )

    return BuiltInTest("values", "ExpectColumnValuesToNotBeNull", {"column": column}, tell)


def _tell_key(row: Row) -> Told:
    return Told(
        Words("mỗi tỉnh, chỉ tiêu, kỳ có một giá trị", "one value for each province, metric and period"),
        Words(f"nhiều giá trị cho {row['row_id']}", f"several values for {row['row_id']}"),
    )


def _tell_agreement(row: Row) -> Told:
    return Told(
        Words("single, agree hoặc conflict", "single, agree or conflict"),
        Words(f"giá trị lạ: {row.get('agreement')}", f"unknown value: {row.get('agreement')}"),
    )


CHECKS = (
    Check(
        id="marts.form",
        severity="critical",
        title=Words("Bảng tổng hợp sai dạng", "A mart does not have its form"),
        meaning=Words(
            "Bảng giá trị có đủ cột, không trống ở các cột khóa và mỗi tỉnh, chỉ tiêu, kỳ chỉ có một giá trị.",
            "The value table has its columns, its keys are filled, and a province, metric and period have one value.",
        ),
        mend=Words("sửa mô hình dbt rồi chạy lại bước tổng hợp", "mend the dbt model, then transform again"),
        runbook=_RUNBOOK,
        tests=(
            _columns_test("fct_metric_value", VALUE_COLUMNS),
            _columns_test("fct_metric_observation", OBSERVATION_COLUMNS),
            *(_filled_test(column) for column in _FILLED),
            BuiltInTest("values", "ExpectColumnValuesToBeUnique", {"column": "row_id"}, _tell_key),
            BuiltInTest(
                "values",
                "ExpectColumnValuesToBeInSet",
                {"column": "agreement", "value_set": ["single", "agree", "conflict"]},
                _tell_agreement,
            ),
        ),
    ),
)  # fmt: skip

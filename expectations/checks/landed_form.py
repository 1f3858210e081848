"""Form of landed tables: columns, keys, empty fields, value sets, provinces."""

from __future__ import annotations

from coso.dictionary import load_metrics
from coso.records import LANDED, arrow_schema
from expectations.batches import ROW_KEYS, SUBJECT, contents
from expectations.model import BuiltInTest, Check, Row, RowsTest, Told, Words

_RUNBOOK = "landed-form.md"

#: Metric code of figures that matter but fit no entry of the dictionary.
OTHER_METRIC = "other"

#: Columns that hold one of a few values.
VALUE_SETS: dict[tuple[str, str], tuple[str, ...]] = {
    ("facts", "metric"): (*load_metrics(), OTHER_METRIC),
    ("facts", "level"): (
        "province", "district", "commune", "village", "region", "national", "organisation",
    ),
    ("facts", "comparison_direction"): ("increase", "decrease"),
    ("documents", "parser_kind"): ("selectors", "general", "plain", "form"),
    ("undecided_cells", "reason"): (
        "no_metric", "ambiguous_metric", "no_period", "target", "change", "not_a_number", "doubtful_number",
        "formula_without_value", "no_header",
    ),
    ("submissions", "status"): (
        "received", "assigned", "in_progress", "answered", "closed", "rejected", "transferred", "overdue",
        "unknown",
    ),
    ("submissions", "on_time"): ("yes", "no", "unknown"),
    ("submissions", "deadline_basis"): ("stated", "assumed", "unknown"),
    ("events", "kind"): (
        "half_year_review", "annual_review", "quarter_review", "term_review", "other_conference",
    ),
    ("shortcomings", "kind"): ("shortcoming",),
    ("commitments", "kind"): ("commitment",),
}  # fmt: skip


def _tell_columns(row: Row) -> Told:
    return Told(
        Words(f"bảng {row['row_id']} có đủ các cột đã khai báo", f"table {row['row_id']} has its columns"),
        Words(f"thiếu cột: {row['missing']}", f"missing columns: {row['missing']}"),
    )


def _columns_sql() -> str:
    names = [(table, name) for table, kind in LANDED.items() for name in arrow_schema(kind).names]
    return f"""
        select d.table_name as row_id, null::varchar as province_code, null::varchar as frame,
               string_agg(d.column_name, ', ' order by d.column_name) as missing
        from (values {", ".join(map(str, names))}) d(table_name, column_name)
        left join judged j on j.row_id = d.table_name and j.column_name = d.column_name
        where j.column_name is null group by d.table_name"""


def _required_test(table: str) -> RowsTest:
    required = [field.name for field in arrow_schema(LANDED[table]) if not field.nullable]
    empty = ", ".join(f"case when {name} is null then '{name}' end" for name in required)
    any_empty = " or ".join(f"{name} is null" for name in required)

    def tell(row: Row) -> Told:
        columns = row["empty_columns"]
        return Told(
            Words(
                f"các trường bắt buộc của bảng {table} có giá trị",
                f"the required fields of {table} are filled",
            ),
            Words(f"để trống: {columns}", f"empty: {columns}"),
        )

    sql = f"""
        select row_id, {", ".join(SUBJECT)}, concat_ws(', ', {empty}) as empty_columns
        from judged where {any_empty}"""
    return RowsTest(table, sql, tell)


def _key_test(table: str) -> RowsTest:
    key = ROW_KEYS[table]

    def tell(row: Row) -> Told:
        return Told(
            Words(f"mỗi {key} chỉ có một nội dung", f"one content for each {key}"),
            Words(f"{row['row_id']} có nhiều nội dung khác nhau", f"{row['row_id']} has several contents"),
        )

    sql = f"""
        select row_id, {", ".join(f"min({name}) as {name}" for name in SUBJECT)}
        from ({contents(table)}) group by row_id having count(*) > 1 and row_id is not null"""
    return RowsTest(table, sql, tell)


def _value_set_test(table: str, column: str, values: tuple[str, ...]) -> BuiltInTest:
    shown = ", ".join(values[:9]) + (" …" if len(values) > 9 else "")

    def tell(row: Row) -> Told:
        value = row.get(column)
        return Told(
            Words(f"{table}.{column} là một trong: {shown}", f"{table}.{column} is one of: {shown}"),
            Words(f"giá trị lạ: {value}", f"unknown value: {value}"),
        )

    arguments = {"column": column, "value_set": list(values)}
    return BuiltInTest(table, "ExpectColumnValuesToBeInSet", arguments, tell)


def _tell_province(row: Row) -> Told:
    return Told(
        Words(
            "mã tỉnh có trong danh mục và danh mục còn hiệu lực trong kỳ (63 tỉnh đến 30/6/2025, 34 tỉnh từ 1/7/2025)",
            "a code of the frame in force during the period (63 provinces until 2025-06-30, 34 since)",
        ),
        Words(
            f"mã {row['found_code']} trong danh mục {row['found_frame']}, kỳ {row['period'] or '–'}",
            f"code {row['found_code']} in frame {row['found_frame']}, period {row['period'] or '–'}",
        ),
    )


_PROVINCE_SQL = """
    select f.row_id, f.source_key, f.metric, f.period, f.row_id as fact_id,
           f.province_code as found_code, f.frame as found_frame
    from judged f left join known_provinces k on k.province_code = f.province_code and k.frame = f.frame
    where (f.province_code is null) <> (f.frame is null)
       or (f.province_code is not null and k.province_code is null)
       or (f.frame = '34' and f.period_end < date '2025-07-01' and not k.unchanged)
       or (f.frame = '63' and f.period_start > date '2025-06-30' and not k.unchanged)"""

CHECKS = (
    Check(
        id="landed.columns",
        severity="critical",
        title=Words("Bảng dữ liệu thiếu cột", "A landed table lacks a column"),
        meaning=Words(
            "Mỗi bảng phải có đủ các cột đã khai báo; thiếu cột nghĩa là dữ liệu và chương trình lệch phiên bản.",
            "Every landed table has the columns of its record; one missing means that code and data differ.",
        ),
        mend=Words(
            "chạy lại bước trích xuất (coso replay) để dựng lại bảng",
            "rebuild the table (coso replay)",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("columns", _columns_sql(), _tell_columns),),
    ),
    Check(
        id="landed.required",
        severity="critical",
        title=Words("Dòng dữ liệu thiếu trường bắt buộc", "A row lacks a required field"),
        meaning=Words(
            "Các trường không được để trống thì phải có giá trị.",
            "Fields that the record does not allow to be empty are filled.",
        ),
        mend=Words(
            "xem dòng bị cách ly, sửa bộ đọc của nguồn rồi chạy lại (coso replay)",
            "look at the quarantined row, mend the source's parser, then run coso replay",
        ),
        runbook=_RUNBOOK,
        tests=tuple(_required_test(table) for table in LANDED),
        quarantines=True,
    ),
    Check(
        id="landed.key",
        severity="critical",
        title=Words("Một mã có nhiều nội dung khác nhau", "One id stands for different contents"),
        meaning=Words(
            "Mã được tính từ nội dung, nên một mã chỉ có một nội dung.",
            "Ids are made of content, so one id never stands for two contents.",
        ),
        mend=Words("dựng lại bảng từ bản lưu (coso replay)", "rebuild the table from the archive (coso replay)"),
        runbook=_RUNBOOK,
        tests=tuple(_key_test(table) for table in LANDED),
        quarantines=True,
    ),
    Check(
        id="landed.known_values",
        severity="critical",
        title=Words("Giá trị nằm ngoài danh mục", "A value is not in its list"),
        meaning=Words(
            "Chỉ tiêu, cấp, trạng thái và các trường phân loại khác chỉ nhận giá trị trong danh mục.",
            "Metric, level, status and other classes take values of their lists only.",
        ),
        mend=Words(
            "bổ sung danh mục hoặc sửa quy tắc đã sinh ra giá trị lạ",
            "add the value to the list, or mend the rule that made it",
        ),
        runbook=_RUNBOOK,
        tests=tuple(_value_set_test(table, column, values) for (table, column), values in VALUE_SETS.items()),
        quarantines=True,
    ),
    Check(
        id="landed.province",
        severity="warning",
        title=Words("Mã tỉnh không đúng với kỳ báo cáo", "A province code does not fit its period"),
        meaning=Words(
            "Mã tỉnh chỉ có nghĩa cùng với danh mục: 63 tỉnh đến hết 30/6/2025, 34 tỉnh từ 1/7/2025 "
            "(Nghị quyết 202/2025/QH15); bảy mã đã đổi chủ.",
            "A code means a province only together with its frame: 63 provinces until 2025-06-30, 34 since "
            "(Resolution 202/2025/QH15); seven codes changed their owner.",
        ),
        mend=Words("kiểm tra địa danh và kỳ của số liệu", "check the place and the period of the figure"),
        runbook=_RUNBOOK,
        tests=(RowsTest("facts", _PROVINCE_SQL, _tell_province),),
        quarantines=True,
    ),
)  # fmt: skip

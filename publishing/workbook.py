"""The workbook of a release: what a person opens in a spreadsheet, with the dictionary beside the figures."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from coso.sql import identifier, identifiers
from publishing.tables import Table

#: Sheets in their order: table, title of the sheet, name in Vietnamese.
SHEETS = (
    ("province_metric_table", "So lieu", "Số liệu theo tỉnh, chỉ tiêu và kỳ"),
    ("fct_quality_incident", "Canh bao", "Cảnh báo chất lượng"),
    ("fct_publication_hold", "Giu lai", "Giá trị đang bị giữ lại"),
    ("dim_metric", "Chi tieu", "Từ điển chỉ tiêu"),
    ("dim_province", "Tinh", "Tỉnh, thành phố theo hai hệ"),
)

#: Rows of a sheet: more than that no person reads in a spreadsheet, and writing a million takes minutes. Of a longer
#: table the newest periods stand here; all of it is in its Parquet and CSV files.
MOST_ROWS = 50_000

#: Characters that XML 1.0 has no way to write; one of them in a cell and there is no workbook.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_workbook(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], path: Path, name: str, now: datetime
) -> None:
    """Write the tables for people as one XLSX file.

    Args:
        connection: the release's open database.
        tables: tables of the release.
        path: file to write.
        name: release name, told on the first sheet.
        now: time of the release.
    """
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = now.replace(tzinfo=None)
    known = {table.name: table for table in tables}
    present = [(known[table], sheet, title) for table, sheet, title in SHEETS if table in known]
    cover = book.create_sheet("Doc truoc")
    for line in _cover(name, now, [(sheet, title) for _, sheet, title in present]):
        cover.append(line)
    for table, sheet, _ in present:
        _write_sheet(connection, table, book.create_sheet(sheet))
    book.save(path)


def _cover(name: str, now: datetime, sheets: list[tuple[str, str]]) -> list[list[str]]:
    return [
        ["Cơ Sở: số liệu thực hiện dân chủ ở cơ sở do các tỉnh, thành phố báo cáo"],
        ["Bản công bố / release", name],
        ["Thời điểm / made", now.strftime("%Y-%m-%d %H:%M UTC")],
        ["Giấy phép / licence", "CC BY 4.0"],
        [
            "Mỗi số liệu có câu gốc và trang nguồn ở cuối dòng.",
            "Each figure has its sentence and page in its row.",
        ],
        [
            f"Bảng dài hơn {MOST_ROWS:,} dòng: chỉ có các kỳ mới nhất; đủ tất cả ở csv/ và parquet/.",
            f"Tables of more than {MOST_ROWS:,} rows: the newest periods only; all are in csv/ and parquet/.",
        ],
        [],
        *[[sheet, title] for sheet, title in sheets],
    ]


def _write_sheet(connection: duckdb.DuckDBPyConnection, table: Table, sheet: Any) -> None:
    sheet.freeze_panes = "A2"
    header = []
    for column in table.columns:
        cell = WriteOnlyCell(sheet, value=column.name)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    cursor = connection.execute(_rows_for_people(table))
    while rows := cursor.fetchmany(10_000):
        for row in rows:
            sheet.append([_cell(value) for value in row])


def _rows_for_people(table: Table) -> str:
    """Return the query for a sheet's rows: in the order of the table, of a long one those of the newest periods."""
    name, order = identifier(table.name), identifiers(table.order)
    if "period_end" not in table.column_names:
        return f"select * from {name} limit {MOST_ROWS}"
    return f"""
        select * from (select * from {name} order by period_end desc, {order} limit {MOST_ROWS}) order by {order}
    """


def _cell(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo:
        return value.replace(tzinfo=None)
    if isinstance(value, str):
        return _text_cell(value)
    return (
        value
        if isinstance(value, (int, float, bool, type(None))) or hasattr(value, "isoformat")
        else str(value)
    )


def _text_cell(text: str) -> str:
    # Texts landed before control codes were dropped, and reasons that people wrote, may hold what XML cannot carry.
    text = _NOT_XML.sub("", text)
    # A leading sign would be run as a formula by the program that opens the sheet.
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text

"""Workbooks (XLSX): values as they are shown, merged ranges as one cell, formulas by the value saved with them."""

from __future__ import annotations

import posixpath
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from itertools import zip_longest
from typing import Any
from zipfile import ZipFile

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from coso.forms import SHEET, Cell, column_letters
from scrapers.forms.model import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, FormFile
from scrapers.parse.article import UnreadableError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Most cells that merged ranges may cover in one sheet; ranges beyond are read as single cells.
_MAX_MERGED = 200_000
#: Text in quotes, colours and conditions of a number format say nothing about a percent sign outside them.
_FORMAT_ASIDES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass
class _Sheet:
    """What the markup of a sheet says beside its values: merged ranges, and the last row that holds a value."""

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    merged_cells: int = 0
    filled: int = 0
    last_row: int = 0
    last_column: int = 0


def read_workbook(data: bytes, package: ZipFile, form: FormFile) -> None:
    """Read every visible sheet into ``form``.

    Raises:
        UnreadableError: broken_file or too_large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions openpyxl does not know: they hold no values
            _read_sheets(data, package, form)
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken part ends in XML, value and key errors of all kinds
        raise UnreadableError(
            "broken_file",
            f"a workbook with a broken part ({type(error).__name__}: {str(error)[:200]}); save it anew in Excel",
        ) from None


def _read_sheets(data: bytes, package: ZipFile, form: FormFile) -> None:
    parts = _sheet_parts(package)
    shown = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    typed = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        if len(shown.sheetnames) > MAX_SHEETS:
            raise UnreadableError("too_large", f"{len(shown.sheetnames)} sheets; {MAX_SHEETS} are read")
        for sheet, formulas in zip(shown.worksheets, typed.worksheets, strict=True):
            if sheet.sheet_state != "visible":
                form.note("hidden_sheet", f"sheet {sheet.title!r} is hidden and was not read")
                continue
            markup = _survey(package, parts[sheet.title]) if sheet.title in parts else _Sheet()
            if markup.filled > MAX_CELLS:
                raise UnreadableError(
                    "too_large",
                    f"sheet {sheet.title!r} has {markup.filled} filled cells; {MAX_CELLS} are read",
                )
            _note_bounds(sheet.title, markup, form)
            cells = list(_cells(sheet, formulas, markup, form))
            form.take(sheet.title, SHEET, cells)
    finally:
        shown.close()
        typed.close()


def _note_bounds(title: str, markup: _Sheet, form: FormFile) -> None:
    if markup.last_row > MAX_ROWS or markup.last_column > MAX_COLUMNS:
        last = f"{column_letters(markup.last_column)}{markup.last_row}"
        form.note(
            "cells_beyond",
            f"sheet {title!r} goes to {last}; rows to {MAX_ROWS}, columns to {MAX_COLUMNS} are read",
        )


def _cells(sheet: Any, formulas: Any, markup: _Sheet, form: FormFile) -> Iterator[Cell]:
    """Yield the cells of a sheet that say something; of a merged range the one that holds its value."""
    anchors = {(top, left): (bottom, right) for left, top, right, bottom in markup.merges}
    covered = {
        (row, column)
        for left, top, right, bottom in markup.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - anchors.keys()
    last = max(1, min(markup.last_row or MAX_ROWS, MAX_ROWS))
    wide = max(1, min(markup.last_column or MAX_COLUMNS, MAX_COLUMNS))
    bounds = {"min_row": 1, "max_row": last, "min_col": 1, "max_col": wide}
    number = 0
    for shown, typed in zip_longest(sheet.iter_rows(**bounds), formulas.iter_rows(**bounds), fillvalue=()):
        number += 1
        for column, (value, formula) in enumerate(zip_longest(shown, typed), start=1):
            text = _text(value, formula)
            if not text or (number, column) in covered:
                continue
            cell = Cell(number, column, text)
            if text.startswith("=") and getattr(formula, "data_type", "") == "f":
                form.note("formula_without_value", f"{sheet.title}!{cell.address}")
            bottom, right = anchors.get((number, column), (number, column))
            yield Cell(number, column, text, bottom - number + 1, right - column + 1)


def _text(shown: Any, typed: Any) -> str:
    """Return what a cell shows; of a formula that was never calculated the formula itself."""
    value = getattr(shown, "value", None)
    if value is None:
        formula = getattr(typed, "value", None)
        return str(formula) if getattr(typed, "data_type", "") == "f" and formula is not None else ""
    return show(value, getattr(shown, "number_format", "") or "")


def show(value: object, number_format: str = "") -> str:
    """Return a value as Vietnamese readers see it: decimals after a comma, no grouping, days first."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        percent = "%" in _FORMAT_ASIDES.sub("", number_format)
        return _number(value * 100 if percent else value) + ("%" if percent else "")
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def _number(value: float) -> str:
    # Six decimals are more than any form states, and fewer than the dust of binary fractions.
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text.replace(".", ",")


def _sheet_parts(package: ZipFile) -> dict[str, str]:
    """Return the part of each sheet by its title."""
    targets = {
        node.get("Id"): posixpath.normpath(posixpath.join("/xl", node.get("Target", ""))).lstrip("/")
        for node in _parse(package, "xl/_rels/workbook.xml.rels")
    }
    sheets = _parse(package, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    return {node.get("name", ""): targets[node.get(_REL)] for node in sheets if node.get(_REL) in targets}


def _parse(package: ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(name), parser)


def _survey(package: ZipFile, part: str) -> _Sheet:
    """Read a sheet's markup in pieces for its merged ranges and its extent."""
    found = _Sheet()
    with package.open(part) as handle:
        tags = (f"{_MAIN}row", f"{_MAIN}mergeCell")
        for _, element in etree.iterparse(handle, tag=tags, resolve_entities=False, no_network=True):
            if element.tag == tags[1]:
                _take_merge(found, element.get("ref", ""))
            else:
                _take_extent(found, element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return found


def _take_merge(found: _Sheet, reference: str) -> None:
    left, top, right, bottom = range_boundaries(reference)
    area = (right - left + 1) * (bottom - top + 1)
    if right <= MAX_COLUMNS and bottom <= MAX_ROWS and found.merged_cells + area <= _MAX_MERGED:
        found.merges.append((left, top, right, bottom))
        found.merged_cells += area


def _take_extent(found: _Sheet, row: Any) -> None:
    filled = [cell.get("r", "") for cell in row if len(cell)]
    found.filled += len(filled)
    if filled:
        found.last_row = max(found.last_row, int(row.get("r", found.last_row + 1)))
        letters = re.match(r"[A-Z]+", filled[-1])
        if letters:
            _, _, column, _ = range_boundaries(f"{letters.group()}1")
            found.last_column = max(found.last_column, column)

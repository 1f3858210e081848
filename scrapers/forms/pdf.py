"""PDF files with text: ruled tables page by page, merged cells as one, and the lines around them."""

from __future__ import annotations

import logging
import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.text import extract_text

from coso.forms import TABLE, Cell
from scrapers.forms.model import MAX_PAGES, FormFile
from scrapers.parse.article import UnreadableError

#: Most characters, and most ruling lines, of one page.
_MAX_CHARS = 40_000
_MAX_RULES = 20_000
#: Lines nearer than this are one line of the table, in points.
_NEAR = 3.0
#: How far before a stream its own description may begin, in bytes.
_HEAD_BYTES = 600
_FILTER = re.compile(rb"/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)(?![A-Za-z])")
_DEFLATED = frozenset({b"FlateDecode", b"Fl"})
#: Run lengths unpack to 64 times their size at most; LZW of real pages to far less than 200 times.
_REACH = {b"RunLengthDecode": 64, b"RL": 64, b"LZWDecode": 200, b"LZW": 200}
#: So many lines in a row with several numbers and no end of a sentence are a table.
_LEAST_ROWS = 3
_FIGURE = re.compile(r"(?<!\S)\(?[-+]?\d[\d.,]*%?\)?(?!\S)")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_END = re.compile(rb"endstream")
#: Most streams of one file.
_MAX_STREAMS = 50_000
_BLOCK = 1 << 20
_SLICE = 1 << 14
# It tells of every font without a box, which harms nothing here.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes, limit: int, form: FormFile) -> None:
    """Read the tables and lines of every page into ``form``.

    Args:
        data: the file.
        limit: most bytes its streams may unpack to.
        form: takes what is read.

    Raises:
        UnreadableError: broken_file, encrypted, scanned_pdf or too_large.
    """
    size = unpacked_size(data, limit)
    if size > limit:
        raise UnreadableError("too_large", f"its streams unpack to more than {limit} bytes, of {len(data)}")
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            _read_pages(pdf, form)
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file ends in errors of many kinds
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise UnreadableError("encrypted", "the file is under a password; save it without") from None
        told = f"{type(cause).__name__}: {cause}"[:200]
        raise UnreadableError("broken_file", f"not a whole PDF ({told}); fetch it again") from None


def unpacked_size(data: bytes, limit: int) -> int:
    """Return about how many bytes the packed streams of a PDF unpack to, stopping soon after ``limit``.

    Deflated streams are unpacked piece by piece, also those that are packed twice; the two older packings are
    counted by how far they reach at most.
    """
    total = 0
    ends = [match.start() for match in _END.finditer(data)]
    whole = memoryview(data)
    for count, match in enumerate(_STREAM.finditer(data)):
        if count > _MAX_STREAMS:
            return limit + 1
        head = data[max(0, match.start() - _HEAD_BYTES) : match.start()]
        filters = _FILTER.findall(head[head.rfind(b"obj") + 3 :])
        reach = max((_REACH.get(name, 1) for name in filters), default=1)
        following = bisect_left(ends, match.end())
        stream = whole[match.end() : ends[following] if following < len(ends) else len(data)]
        total += reach * len(stream) if reach > 1 else 0
        pieces: Iterator[bytes | memoryview] = _slices(stream)
        for _ in range(max(1, sum(name in _DEFLATED for name in filters))):
            pieces = _inflated(pieces)
        for piece in pieces:
            total += len(piece)
            if total > limit:
                return total
        if total > limit:
            return total
    return total


def _slices(stream: memoryview) -> Iterator[memoryview]:
    """Yield a stream in small pieces: what cannot be unpacked is copied once for each complaint."""
    for start in range(0, len(stream), _SLICE):
        yield stream[start : start + _SLICE]


def _inflated(pieces: Iterator[bytes | memoryview]) -> Iterator[bytes | memoryview]:
    """Yield what a deflated stream unpacks to in pieces, nothing more from its first broken byte on."""
    unpacker = zlib.decompressobj()
    try:
        for piece in pieces:
            rest: bytes | memoryview = piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _BLOCK)
                rest = unpacker.unconsumed_tail
    except zlib.error:
        return  # another packing, or none


def _read_pages(pdf: Any, form: FormFile) -> None:
    if len(pdf.pages) > MAX_PAGES:
        raise UnreadableError("too_large", f"{len(pdf.pages)} pages; {MAX_PAGES} are read")
    if not pdf.pages:
        raise UnreadableError("broken_file", "a PDF without a page")
    empty = []
    for number, page in enumerate(pdf.pages, start=1):
        if not page.chars:
            empty.append(number)
        else:
            _read_page(page, number, form)
        page.close()
    if len(empty) == len(pdf.pages):
        raise UnreadableError(
            "scanned_pdf", f"{len(empty)} pages of pictures without text; ask for the file itself"
        )
    if empty:
        form.note("scanned_page", f"pages without text: {', '.join(map(str, empty[:40]))}")


def _read_page(page: Any, number: int, form: FormFile) -> None:
    if len(page.chars) > _MAX_CHARS or len(page.edges) > _MAX_RULES:
        raise UnreadableError(
            "too_large", f"page {number}: {len(page.chars)} characters, {len(page.edges)} ruling lines"
        )
    tables = sorted(page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0]))
    loose = [char for char in page.chars if not any(_inside(char, table.bbox) for table in tables)]
    above = 0.0
    for ordinal, table in enumerate(tables, start=1):
        _add_lines([char for char in loose if above <= _middle(char)[1] < table.bbox[1]], number, form)
        _add_table(page, table, f"page {number}, table {ordinal}", form)
        above = max(above, table.bbox[1])
    _add_lines([char for char in loose if _middle(char)[1] >= above], number, form)


def _add_lines(chars: Sequence[Any], number: int, form: FormFile) -> None:
    """Take in lines of text; those of a table without rulings are kept, but not read as sentences."""
    for tabular, group in groupby(_text(chars).splitlines(), key=_is_tabular):
        lines = list(group)
        if tabular and len(lines) >= _LEAST_ROWS:
            name = f"page {number}, unruled table"
            form.note("unruled_table", f"{name}: {len(lines)} lines, from “{lines[0][:80]}”")
            form.take(name, TABLE, [Cell(row, 1, line) for row, line in enumerate(lines, start=1)])
        elif any(lines):
            form.blocks.append("\n".join(lines))


def _is_tabular(line: str) -> bool:
    return len(_FIGURE.findall(line)) >= 2 and not line.rstrip().endswith((".", ";", ":", ","))


def _add_table(page: Any, table: Any, name: str, form: FormFile) -> None:
    boxes = [tuple(map(float, box)) for box in table.cells]
    columns = _edges([box[0] for box in boxes] + [box[2] for box in boxes])
    rows = _edges([box[1] for box in boxes] + [box[3] for box in boxes])
    inside = [char for char in page.chars if _inside(char, table.bbox)]
    held: dict[int, list[Any]] = {}
    for char in inside:
        index = next((i for i, box in enumerate(boxes) if _inside(char, box)), None)
        if index is not None:
            held.setdefault(index, []).append(char)
    cells = []
    for index, (left, top, right, bottom) in enumerate(boxes):
        column, row = _ordinal(columns, left), _ordinal(rows, top)
        spans = max(1, _ordinal(rows, bottom) - row), max(1, _ordinal(columns, right) - column)
        cells.append(Cell(row + 1, column + 1, _text(held.get(index, [])), *spans))
    form.take(name, TABLE, cells)


def _text(chars: Sequence[Any]) -> str:
    return str(extract_text(list(chars), x_tolerance=2, y_tolerance=3)).strip() if chars else ""


def _middle(char: Any) -> tuple[float, float]:
    return (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2


def _inside(char: Any, box: Sequence[float]) -> bool:
    x, y = _middle(char)
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _edges(values: Sequence[float]) -> list[float]:
    """Return the lines of a table in order, those that nearly touch as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _ordinal(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))

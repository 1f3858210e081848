"""Input files: plain text, saved pages and JSON lines become documents to read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from coso.encodings import decode, unscramble, what_is_wrong
from coso.errors import BadInputError
from coso.late_patterns import late

#: Reads a saved page: its bytes to title, text and publication day.
HtmlReader = Callable[[bytes], tuple[str | None, str, str | None]]

_PUBLISHED = late(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
#: Stands for standard input among the paths.
STDIN = Path("-")


class Input(NamedTuple):
    """One document to read.

    Attributes:
        doc: its id, or the name of its file.
        text: its text; spans count its code points.
        title: its title.
        published: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        source_province: province of the outlet.
    """

    doc: str
    text: str
    title: str | None
    published: str | None
    source_province: str | None


def read_inputs(
    paths: Iterable[Path | str],
    *,
    html_reader: HtmlReader | None = None,
    published: str | None = None,
    province: str | None = None,
) -> Iterator[Input]:
    """Yield the documents of ``paths`` in order; ``published`` and ``province`` fill in what a file does not say.

    ``-`` is standard input: JSON lines where it begins with a brace, else one text.

    Raises:
        BadInputError: a file cannot be read; names file, line and mend.
    """
    check_published(published, "the publication day given")
    for given in paths:
        path = Path(given)
        if path == STDIN:
            yield from _standard_input(published, province)
        elif path.suffix == ".jsonl":
            yield from _json_lines(path, published, province)
        elif path.suffix in {".html", ".htm"}:
            yield _page(path, html_reader, published, province)
        else:
            yield Input(path.name, _text(_bytes(path), path), None, published, province)


def _standard_input(published: str | None, province: str | None) -> Iterator[Input]:
    data = sys.stdin.buffer.read()
    if not data.strip():
        raise BadInputError("standard input: is empty", "pipe a text into it")
    if data.lstrip().startswith(b"{"):
        for number, line in enumerate(data.splitlines(), start=1):
            if line.strip():
                yield _json_line(line, f"standard input:{number}", published, province)
    else:
        yield Input("stdin", _text(data, "standard input"), None, published, province)


def check_published(published: str | None, where: str) -> None:
    """Raise BadInputError unless ``published`` is None or a year, a month or a day."""
    if published is not None and not _is_day(published):
        raise BadInputError(f"{where}: {published!r} is no date", "write it as YYYY, YYYY-MM or YYYY-MM-DD")


def _is_day(text: str) -> bool:
    """Whether a text is a year, a month or a day that the calendar has."""
    match = _PUBLISHED.fullmatch(text)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise BadInputError(f"{path}: is a folder", f"name its files, such as {path}/*.txt") from None
    except OSError as error:
        raise BadInputError(f"{path}: cannot be opened ({error.strerror})", "check the path") from None
    if not data.strip():
        raise BadInputError(f"{path}: is empty", "give a file with text")
    return data


def _text(data: bytes, where: Path | str) -> str:
    text = decode(data)
    if text is None:
        raise BadInputError(
            f"{where}: {what_is_wrong(data)}",
            "save it as text in UTF-8; Word, Excel and PDF files are read by `coso import`",
        )
    return text


def _page(path: Path, reader: HtmlReader | None, published: str | None, province: str | None) -> Input:
    if reader is None:
        raise BadInputError(f"{path}: saved pages are read by `coso extract`", "use that, or give plain text")
    data = _bytes(path)
    try:
        title, text, day = reader(data)
    except BadInputError as error:
        raise BadInputError(f"{path}: {error.what}", error.mend) from None
    if not text.strip():
        raise BadInputError(f"{path}: no article text was found on the page", "give the text as a .txt file")
    return Input(path.name, text, title, day or published, province)


def _json_lines(path: Path, published: str | None, province: str | None) -> Iterator[Input]:
    if not path.is_file():
        _bytes(path)
    with path.open("rb") as handle:
        seen = 0
        for number, line in enumerate(handle, start=1):
            if line.strip():
                seen += 1
                yield _json_line(line, f"{path}:{number}", published, province)
    if not seen:
        raise BadInputError(f"{path}: is empty", "give one JSON object a line")


def _json_line(line: bytes, where: str, published: str | None, province: str | None) -> Input:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInputError(f"{where}: is not JSON in UTF-8 ({error})", "mend or remove the line") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadInputError(f"{where}: has no text", 'write {"id": …, "text": …} on every line')
    text = unscramble(row["text"])
    if text is None:
        raise BadInputError(
            f"{where}: the text is scrambled", "decode its source as UTF-8 and export it again"
        )
    day = _string(row, "published", where) or published
    check_published(day, where)
    doc = row.get("id", row.get("doc"))
    if not isinstance(doc, str | int):
        raise BadInputError(f"{where}: has no id", 'write {"id": …, "text": …} on every line')
    return Input(
        str(doc), text, _string(row, "title", where), day, _string(row, "source_province", where) or province
    )


def _string(row: dict[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise BadInputError(f"{where}: {key} is not a string", "put it in quotes or leave it out")
    return value or None

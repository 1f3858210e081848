"""From an archived report form to a document: its grids rendered as text (``coso.forms``), its title and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import unquote, urlsplit

from coso.encodings import old_font
from coso.forms import Grid, render
from coso.ids import content_id
from coso.records import Document, ParseIssue
from coso.text import canonical, fold_words
from scrapers.encoding import BodyError, OversizedBodyError, TruncatedBodyError
from scrapers.forms.kinds import FileKind, file_kind
from scrapers.forms.model import FormFile
from scrapers.forms.page import put_back, take_tables
from scrapers.parse.article import Reading, UnreadableError, issue, read_article, readable_tree, stated_day
from scrapers.privacy import mask_text
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse

#: Raised when the way of reading forms changes.
FORM_VERSION = 1
_LETTERHEAD = re.compile(
    r"cộng hòa xã hội|độc lập|mẫu số|biểu số|phụ lục|đơn vị (?:tính|báo cáo|gửi)|kèm theo"
)
_HEADING = re.compile(r"báo cáo|biểu|tổng hợp|kết quả|thống kê|số liệu|tình hình")
_DATED = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*((?:19|20)\d{2})")


def read_document(source: Source, page: StoredResponse) -> Reading:
    """Read an archived article, page or file. Pure: the same answer and source give the same reading.

    Files are told by their first bytes. Tables of pages are read as forms where the source has the key ``report``;
    all else is an article.
    """
    form = FormFile()
    try:
        kind = _kind_of(page, source)
        if kind is not None:
            return _read_whole_file(source, page, kind, _body(page, source), form)
        if _is_plain(page) or (source.report is None and page.kind != "attachment"):
            return read_article(source, page)
        return _read_page(source, page, form)
    except UnreadableError as problem:
        return Reading(None, (issue(page, problem.reason, problem.detail), *_notes(page, form)))


def _kind_of(page: StoredResponse, source: Source) -> FileKind | None:
    """Return what file a page is; one that was sent as text is not unpacked for the question."""
    kind = file_kind(page.payload)
    packed = page.header("Content-Encoding") is not None
    if kind or not packed or (page.header("Content-Type") or "").startswith("text/"):
        return kind
    try:
        return file_kind(page.body(source.max_decoded_bytes))
    except BodyError:
        return None  # what is wrong with it, the reader of pages will say


def _is_plain(page: StoredResponse) -> bool:
    return (page.header("Content-Type") or "").startswith("text/plain")


def _read_whole_file(
    source: Source, page: StoredResponse, kind: FileKind, body: bytes, form: FormFile
) -> Reading:
    _read_file(kind, body, source.max_decoded_bytes, form)
    form.blocks = _in_unicode(form.blocks)
    if source.carries_personal_data:
        form.blocks = [_masked(block) for block in form.blocks]
    document = _document(source, page, form)
    return Reading(document, tuple(_issues(page, form, document)))


def _in_unicode(blocks: list[str | Grid]) -> list[str | Grid]:
    """Return the blocks with the lines between tables in Unicode; the tables are so already."""
    turn = old_font("\n".join(block for block in blocks if isinstance(block, str)))
    return [turn(block) if turn and isinstance(block, str) else block for block in blocks]


def _masked(block: str | Grid) -> str | Grid:
    if isinstance(block, str):
        return mask_text(block)
    return replace(block, cells=tuple(replace(cell, text=mask_text(cell.text)) for cell in block.cells))


def _body(page: StoredResponse, source: Source) -> bytes:
    try:
        return page.body(source.max_decoded_bytes)
    except TruncatedBodyError as error:
        raise UnreadableError("truncated", str(error)) from None
    except OversizedBodyError as error:
        raise UnreadableError("too_large", str(error)) from None
    except BodyError as error:
        raise UnreadableError("bad_encoding", str(error)) from None


def _read_file(kind: FileKind, body: bytes, limit: int, form: FormFile) -> None:
    """Read a file; the libraries that can load only when there is one."""
    from scrapers.forms.package import open_package, refuse_ole  # noqa: PLC0415

    if kind == "ole":
        raise refuse_ole(body)
    if kind == "pdf":
        from scrapers.forms.pdf import read_pdf  # noqa: PLC0415

        read_pdf(body, limit, form)
        return
    with open_package(body, limit, form) as package:
        names = set(package.namelist())
        if "xl/workbook.xml" in names:
            from scrapers.forms.workbook import read_workbook  # noqa: PLC0415

            read_workbook(body, package, form)
        elif "word/document.xml" in names:
            from scrapers.forms.wordfile import read_word  # noqa: PLC0415

            read_word(body, form)
        else:
            raise UnreadableError(
                "unsupported_file", "neither a workbook nor a Word file; save it as .xlsx or .docx"
            )


def _read_page(source: Source, page: StoredResponse, form: FormFile) -> Reading:
    """Read a page: its tables as grids, the rest as any article."""
    try:
        tree = readable_tree(page, source)
    except UnreadableError as problem:
        if page.kind == "attachment" and problem.reason == "not_html":
            told = "neither a workbook, a Word file nor a PDF by its first bytes; save it as .xlsx, .docx or .pdf"
            raise UnreadableError("unsupported_file", told) from None
        raise
    if page.kind == "attachment":
        name = page.url.rsplit("/", 1)[-1][:100]
        raise UnreadableError("not_a_file", f"a web page came in the place of {name}; save it as .xlsx")
    html, grids = take_tables(tree, form)
    if not grids:
        return read_article(source, page)
    stripped = [(k, v) for k, v in page.headers if k.lower() not in {"content-type", "content-encoding"}]
    headers = (*stripped, ("Content-Type", "text/html; charset=utf-8"))
    reading = read_article(source, replace(page, payload=html.encode(), headers=headers))
    if reading.document is None:
        return reading
    form.blocks = put_back(reading.document.text, grids)
    document = _as_form(
        reading.document, render(form.blocks), f"{reading.document.parser}+form@{FORM_VERSION}"
    )
    return replace(reading, document=document, issues=(*reading.issues, *_notes(page, form)))


def _document(source: Source, page: StoredResponse, form: FormFile) -> Document:
    text = render(form.blocks)
    if not text:
        raise UnreadableError("empty_page", "the file holds no text")
    published, rule = _day(page, form)
    title = find_title(form) or _name(page.url)
    document = Document(
        document_id="",
        capture_id=page.capture_id,
        source_key=source.key,
        url=page.url,
        title=title,
        sapo=None,
        text=text,
        captions=None,
        published_on=published,
        published_rule=rule,
        author=None,
        tags=None,
        parser="",
        parser_kind="form",
        province_code=source.province.code if source.province else None,
        frame=source.province.frame if source.province else None,
        fetched_at=page.fetched_at,
    )
    return _as_form(document, text, f"form@{FORM_VERSION}")


def _as_form(document: Document, text: str, parser: str) -> Document:
    parts = [document.source_key, document.title, text, document.published_on]
    return replace(
        document,
        document_id=content_id("doc", parts),
        text=text,
        sapo=None,
        parser=parser,
        parser_kind="form",
    )


def _issues(page: StoredResponse, form: FormFile, document: Document) -> Iterator[ParseIssue]:
    yield from _notes(page, form)
    if not any(isinstance(block, Grid) for block in form.blocks):
        yield issue(page, "no_table", "the file holds no table; its sentences were read")
    if document.published_on is None:
        yield issue(page, "no_date", "nobody stated the publication day, and the form does not say it")


def _notes(page: StoredResponse, form: FormFile) -> Iterator[ParseIssue]:
    for reason, details in form.notes.items():
        yield issue(page, reason, f"{len(details)}: {'; '.join(details)}" if len(details) > 1 else details[0])


def find_title(form: FormFile) -> str | None:
    """Return the heading of a form: the first line of its head that speaks like one, with what it goes on with."""
    lines = list(_head_lines(form))
    for index, line in enumerate(lines):
        folded = fold_words(line)
        if _HEADING.search(folded) and not _LETTERHEAD.search(folded) and len(line.split()) >= 3:
            following = lines[index + 1] if index + 1 < len(lines) else ""
            goes_on = re.match(r"\(?(?:\d+ tháng|sáu tháng|quí|năm|kì|từ|tháng)\b", fold_words(following))
            return f"{line} {following}"[:300] if goes_on else line[:300]
    return None


def _head_lines(form: FormFile, most: int = 40) -> Iterator[str]:
    """Yield the first lines: paragraphs, and the cells of the first rows of each grid."""
    for block in form.blocks[:20]:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells[:most])
        else:
            yield from [line for line in canonical(block).split("\n") if line][:most]


def _day(page: StoredResponse, form: FormFile) -> tuple[date | None, str | None]:
    stated = stated_day(page)
    if stated:
        return stated.day, stated.rule
    days = []
    for line in _all_lines(form):
        match = _DATED.search(fold_words(line))
        # A dateline is short: "Hà Nam, ngày 14 tháng 6 năm 2024"; a law in a sentence bears a day too.
        if match and len(line) - (match.end() - match.start()) < 40:
            days.append(_safe_day(int(match[3]), int(match[2]), int(match[1])))
    known = [day for day in days if day and day <= page.fetched_at.date()]
    return (max(known), "visible") if known else (None, None)


def _all_lines(form: FormFile) -> Iterator[str]:
    for block in form.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield from canonical(block).split("\n")


def _safe_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _name(url: str) -> str:
    """Return the name of the file in an address, without its ending."""
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    return canonical(re.sub(r"\.\w{2,5}$", "", name).replace("_", " ")) or url

"""Bringing files into the lake: archive, land, read."""

from __future__ import annotations

import difflib
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coso.errors import BadInputError
from coso.lake import read_table
from coso.places import Province, find_bearer, members, province, provinces, successor
from coso.records import Document, Fact, ParseIssue, Record, UndecidedCell, from_table
from coso.settings import VIETNAM_TIME, Settings
from coso.text import fold
from flows import steps
from flows.run import Run, new_run

if TYPE_CHECKING:
    from scrapers.sourcefile import Source


#: Characters of a file within which it says whose report it is.
_HEAD = 400


@dataclass(frozen=True)
class ImportResult:
    """What an import did, of the files that were named alone.

    Attributes:
        source_key: the import source of the province.
        stored: files archived.
        known: files that were in the archive already.
        documents: documents read from them.
        facts: facts of these documents.
        undecided: cells of forms with a number that is no fact.
        unread: files that could not be read, each with the reason.
        noted: files that were read, each with what was passed over or is not known.
    """

    source_key: str
    stored: int
    known: int
    documents: int
    facts: int
    undecided: int
    unread: dict[str, str]
    noted: dict[str, list[str]]


def bring(
    settings: Settings,
    paths: Sequence[Path],
    province: str,
    published_on: date | None,
    url: str | None,
    now: datetime | None = None,
) -> ImportResult:
    """Archive files under the province's import source and read them.

    Args:
        settings: settings of the installation.
        paths: the files.
        province: name of the province they report on.
        published_on: day in Vietnam on which they were published, where they do not say it.
        url: address the file was saved from, for one file.
        now: the clock; captures carry the real one whatever ``COSO_TODAY`` says, and so a day is judged by it.

    Raises:
        BadInputError: the province is unknown, the day of publication has not come, or a file is missing, empty or of
            a wrong type; then nothing is archived.
    """
    from scrapers.dropped import archive_file, read_file

    _refuse_day_to_come(published_on, now or datetime.now(UTC))
    for path in paths:
        read_file(path)  # before any is archived: what is archived is read in the same go
    run = new_run(settings)
    run.lake.prepare()
    steps.prepare(run)
    source = _source(run, province, published_on or settings.today)
    brought = [
        archive_file(
            run.lake,
            source,
            path,
            url=url,
            published_on=published_on,
            run_id=run.run_id,
            contact=settings.contact,
        )
        for path in paths
    ]
    steps.land_source(run, source)
    steps.read_source(run, source.key)
    steps.group_reports(run)
    captures = {one.capture.capture_id for one in brought}
    rows = from_table(Document, read_table(_folder(run, "documents", source), Document))
    read = {row.document_id: row.capture_id for row in rows if row.capture_id in captures}
    unread, noted = _issues(run, source, captures, set(read.values()))
    for row in rows:
        if row.capture_id in captures and (told := _tells_of_another(row)):
            noted.setdefault(row.url.rsplit("/", 1)[-1], []).append(told)
    stored = sum(one.is_new for one in brought)
    return ImportResult(
        source_key=source.key,
        stored=stored,
        known=len(brought) - stored,
        documents=len(read),
        facts=_count(run, source, "facts", Fact, read),
        undecided=_count(run, source, "undecided_cells", UndecidedCell, read),
        unread=unread,
        noted=noted,
    )


def _refuse_day_to_come(published_on: date | None, now: datetime) -> None:
    today = now.astimezone(VIETNAM_TIME).date()
    if published_on is not None and published_on > today:
        raise BadInputError(
            f"--published-on {published_on} has not come: today is {today} in Vietnam",
            "give the day on which it was published; nothing was archived",
        )


def _count(run: Run, source: Source, table: str, kind: type[Record], documents: Container[str]) -> int:
    """Return how many rows of a table were read from some documents."""
    rows = read_table(_folder(run, table, source), kind).column("document_id").to_pylist()
    return sum(identity in documents for identity in rows)


def _source(run: Run, name: str, day: date) -> Source:
    from scrapers.dropped import source_for
    from scrapers.sourcefile import Province as Place
    from scrapers.sourceparts import make_part

    found = find_bearer(name, day)
    if found is None:
        known = sorted({province.name for province in provinces().values()})
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "write it as in table dim_province"
        raise BadInputError(f"no province is called {name!r} on {day}", hint)
    return source_for(run.lake, make_part(Place, {"code": found.code, "frame": found.frame}), found.name)


def _issues(
    run: Run, source: Source, captures: Container[str], read: Container[str]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return why files could not be read, and what is to be known about those that could."""
    unread: dict[str, str] = {}
    noted: dict[str, list[str]] = {}
    for issue in from_table(ParseIssue, read_table(_folder(run, "parse_issues", source), ParseIssue)):
        if issue.capture_id not in captures:
            continue
        name, told = issue.url.rsplit("/", 1)[-1], f"{issue.reason}: {issue.detail}"
        if issue.capture_id in read:
            noted.setdefault(name, []).append(told)
        else:
            unread[name] = f"{unread[name]}; {told}" if name in unread else told
    return unread, noted


def _tells_of_another(document: Document) -> str | None:
    """Return what to say of a file whose head names other provinces than the one it was brought for, None of others.

    A province that went into another, or that others went into, is the same here.
    """
    from extraction.placenames import find_provinces

    if not document.province_code or not document.frame:
        return None
    given = province(document.province_code, document.frame)
    head = fold(f"{document.title or ''}\n{document.text[:_HEAD]}")
    named = {
        mention.territory.names[0]
        for mention in find_provinces(head.plain, head.text)
        if mention.territory and not mention.aside
    }
    if not named or named & _same_land(given):
        return None
    return (
        f"its head names {', '.join(sorted(named))}, and it was brought as {given.name}; if that is wrong, "
        "`coso erase` it and import it again"
    )


def _same_land(given: Province) -> set[str]:
    """Return the names that a province's land has borne: its own, those of its parts and that of the whole."""
    whole = given if given.frame == "34" else successor(given.code)
    return {given.name, whole.name, *(one.name for one in members(whole.code))}


def _folder(run: Run, table: str, source: Source) -> Path:
    return run.lake.landed / table / f"source={source.key}"

"""Bringing files into the lake: archive, land, read."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coso.errors import BadInputError
from coso.lake import read_table
from coso.places import find_province, provinces
from coso.records import Document, Fact, ParseIssue, from_table
from coso.settings import Settings
from flows import steps
from flows.run import Run, new_run

if TYPE_CHECKING:
    from scrapers.sourcefile import Source


@dataclass(frozen=True)
class ImportResult:
    """What an import did; ``unread`` names the files that could not be read, with the reason."""

    source_key: str
    stored: int
    known: int
    documents: int
    facts: int
    unread: dict[str, str]


def bring(
    settings: Settings, paths: Sequence[Path], province: str, published_on: date | None, url: str | None
) -> ImportResult:
    """Archive files under the province's import source and read them.

    Raises:
        BadInputError: the province is unknown, or a file is missing, empty or of a wrong type.
    """
    from scrapers.dropped import archive_file

    run = new_run(settings)
    run.lake.prepare()
    steps.prepare(run)
    source = _source(run, province, published_on or settings.today)
    captures = [
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
    stored = sum(capture is not None for capture in captures)
    return ImportResult(
        source_key=source.key,
        stored=stored,
        known=len(captures) - stored,
        documents=read_table(_folder(run, "documents", source), Document).num_rows,
        facts=read_table(_folder(run, "facts", source), Fact).num_rows,
        unread=_unread(run, source),
    )


def _source(run: Run, name: str, day: date) -> Source:
    from scrapers.dropped import source_for
    from scrapers.sourcefile import Province

    found = find_province(name, day)
    if found is None:
        known = sorted({province.name for province in provinces().values()})
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "write it as in table dim_province"
        raise BadInputError(f"no province is called {name!r} on {day}", hint)
    return source_for(
        run.lake, Province.model_validate({"code": found.code, "frame": found.frame}), found.name
    )


def _unread(run: Run, source: Source) -> dict[str, str]:
    documents = from_table(Document, read_table(_folder(run, "documents", source), Document))
    read = {document.capture_id for document in documents}
    issues = from_table(ParseIssue, read_table(_folder(run, "parse_issues", source), ParseIssue))
    return {
        issue.url.rsplit("/", 1)[-1]: f"{issue.reason}: {issue.detail}"
        for issue in issues
        if issue.capture_id not in read
    }


def _folder(run: Run, table: str, source: Source) -> Path:
    return run.lake.landed / table / f"source={source.key}"

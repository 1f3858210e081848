"""Landing: documents, submissions and issues of a source, read again from its archive alone.

A pure function of the WARC files, the source file and the code: done twice it writes the same bytes. Each
partition is replaced whole. The same article captured again unchanged stays one document, with its first
capture; changed text is a further document of the same address.
"""

from __future__ import annotations

import shutil
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from coso.ids import content_id
from coso.lake import Lake, replace_folder, write_records
from coso.records import (
    Capture,
    Document,
    ParseIssue,
    Record,
    SourceRow,
    Submission,
    arrow_schema,
    from_table,
)
from scrapers.discovery import is_article, read_feed, read_listing, read_sitemap
from scrapers.parse.article import issue, read_article
from scrapers.parse.feedback import read_feedback
from scrapers.registry import Registry
from scrapers.sourcefile import Source
from scrapers.urls import canonical_url
from scrapers.warc import Damage, StoredResponse, iter_responses


@dataclass(frozen=True)
class LandResult:
    """How many rows a source has after landing."""

    source_key: str
    captures: int
    documents: int
    submissions: int
    issues: int


def land_source(
    source: Source, lake: Lake, *, on_progress: Callable[[int], None] | None = None
) -> LandResult:
    """Rebuild the landed tables of one source from its archive.

    Args:
        source: the source, with the selectors to read by.
        lake: where archive and tables lie.
        on_progress: told the number of captures read so far.
    """
    landing = _Landing(source)
    for path in sorted((lake.warc / f"source={source.key}").glob("date=*/*.warc.gz")):
        for page in iter_responses(path):
            if isinstance(page, Damage):
                landing.take_damage(lake, path, page)
                continue
            landing.take(page)
            if on_progress:
                on_progress(landing.captures)
    _write(lake, source.key, "documents", Document, landing.documents)
    _write(lake, source.key, "submissions", Submission, landing.submissions)
    _write(lake, source.key, "parse_issues", ParseIssue, landing.issues)
    return LandResult(
        source.key, landing.captures, len(landing.documents), len(landing.submissions), len(landing.issues)
    )


def land_registry(registry: Registry, lake: Lake) -> int:
    """Write the table of sources as the registry has them; return how many."""
    rows = [source_row(source) for source in registry.sources]
    rows.sort(key=lambda row: row.source_key)
    write_records(lake.table(lake.landed, "sources") / "part.parquet", SourceRow, list(rows))
    return len(rows)


def source_row(source: Source) -> SourceRow:
    """Return the row of one source."""
    return SourceRow(
        source_key=source.key,
        name=source.name,
        kind=source.kind,
        family=source.family,
        status=source.status,
        home_url=source.home_url,
        province_code=source.province.code if source.province else None,
        frame=source.province.frame if source.province else None,
        expected_weekly_items=source.expected_weekly_items,
        freshness_days=source.freshness_days,
        is_demo=source.allow_loopback,
    )


def captures_of(lake: Lake, source_key: str) -> list[Capture]:
    """Return the index rows of a source's archived answers."""
    paths = sorted(lake.captures.glob(f"date=*/{source_key}--*.parquet"))
    tables = [pq.read_table(path, schema=arrow_schema(Capture), partitioning=None) for path in paths]
    return [row for table in tables for row in from_table(Capture, table)]


class _Landing:
    """Gathers rows by id; of rows with one id the one seen first stands."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._firsts = {canonical_url(way.url) for way in source.discovery if way.url}
        self.captures = 0
        self.documents: dict[str, tuple[str, Record]] = {}
        self.submissions: dict[str, tuple[str, Record]] = {}
        self.issues: dict[str, tuple[str, Record]] = {}

    def take(self, page: StoredResponse) -> None:
        """Read one answer; a page our own code stumbles over is an issue, and the rest is read all the same."""
        self.captures += 1
        if page.status // 100 != 2:
            return
        try:
            self._read(page)
        except Exception as error:  # noqa: BLE001 - whatever one page does, the others are read
            self._put_issues(page, (issue(page, "reader_failed", f"{type(error).__name__}: {error}"),))

    def _read(self, page: StoredResponse) -> None:
        if page.kind == "article":
            reading = read_article(self._source, page)
            self._put(self.documents, "document_id", page, reading.document)
            self._put_issues(page, reading.issues)
        elif page.kind == "detail" and self._source.feedback:
            item = read_feedback(self._source, page)
            self._put(self.submissions, "version_id", page, item.submission)
            self._put_issues(page, item.issues)
        elif page.url in self._firsts and not self._leads_anywhere(page):
            detail = f"a {page.kind} page without a single link that matches article_url"
            self._put_issues(page, (issue(page, "no_links", detail),))

    def take_damage(self, lake: Lake, path: Path, damage: Damage) -> None:
        """Name each answer the index says stood in a damaged stretch of the archive."""
        name, end = path.relative_to(lake.home).as_posix(), damage.offset + damage.length
        for capture in captures_of(lake, self._source.key):
            if capture.warc_file == name and damage.offset <= capture.warc_offset < end:
                row = ParseIssue(
                    issue_id=content_id("issue", [capture.capture_id, "damaged_archive"]),
                    capture_id=capture.capture_id,
                    source_key=capture.source_key,
                    url=capture.url,
                    reason="damaged_archive",
                    detail=f"{name}, byte {capture.warc_offset}: the record is not whole; restore the file from a copy",
                )
                self.issues[row.issue_id] = (capture.fetched_at.date().isoformat(), row)

    def _leads_anywhere(self, page: StoredResponse) -> bool:
        if page.kind == "feed":
            links = read_feed(page)
        elif page.kind == "sitemap":
            links, further = read_sitemap(page)
            if further:
                return True
        else:
            way = next(
                way for way in self._source.discovery if way.url and canonical_url(way.url) == page.url
            )
            links = read_listing(page, way.link_selector)
        return any(is_article(self._source, link.url) for link in links)

    def _put_issues(self, page: StoredResponse, issues: tuple[ParseIssue, ...]) -> None:
        for row in issues:
            self._put(self.issues, "issue_id", page, row)

    def _put(
        self, rows: dict[str, tuple[str, Record]], key: str, page: StoredResponse, row: Record | None
    ) -> None:
        if row is None:
            return
        identity, day = getattr(row, key), page.fetched_at.date().isoformat()
        held = rows.get(identity)
        if held is None or _order(row, day) < _order(held[1], held[0]):
            rows[identity] = (day, row)


def _order(row: Record, day: str) -> tuple[str, str, str]:
    """Order rows of one id by time, so that the order of files does not matter."""
    moment = getattr(row, "fetched_at", None) or getattr(row, "seen_at", None)
    return (day, moment.isoformat() if moment else "", getattr(row, "capture_id", ""))


def _write(
    lake: Lake, source_key: str, table: str, kind: type[Record], rows: dict[str, tuple[str, Record]]
) -> None:
    """Replace all partitions of a source in one table; a source without rows has no partition."""
    target = lake.table(lake.landed, table) / f"source={source_key}"
    for left in target.parent.glob(f".source={source_key}.*.old"):
        shutil.rmtree(left)  # a killed landing was replacing it
    if not rows:
        shutil.rmtree(target, ignore_errors=True)
        return
    by_day: dict[str, list[tuple[str, Record]]] = defaultdict(list)
    for identity, (day, row) in rows.items():
        by_day[day].append((identity, row))
    building: Path = lake.landed / ".building" / uuid.uuid4().hex
    for day, listed in by_day.items():
        listed.sort(key=lambda pair: pair[0])
        write_records(building / f"date={day}" / "part.parquet", kind, [row for _, row in listed])
    replace_folder(building, target)

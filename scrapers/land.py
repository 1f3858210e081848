"""Landing: documents, submissions and issues of a source, read again from its archive alone.

A pure function of the archive (and of the rows kept of pages whose key was destroyed), the source file and the code:
done twice it writes the same bytes. The same
article captured again unchanged stays one document, with its first capture; changed text is a further document of
the same address, a changed feedback item a further version of it (``scrapers.versions``). How the rows get into their
partitions is the matter of ``scrapers.partitions``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coso.errors import EnvironmentProblemError
from coso.ids import content_id
from coso.lake import Lake, read_rows, read_table, write_records
from coso.records import Capture, ParseIssue, Record, SourceRow, Submission, from_table
from scrapers.forms import read_document
from scrapers.keyring import Keyring
from scrapers.links import read_endpoint, read_feed, read_listing, read_sitemap
from scrapers.parse.article import issue
from scrapers.parse.feedback import read_feedback
from scrapers.partitions import (
    DOCUMENTS,
    ISSUES,
    RATES,
    SUBMISSIONS,
    TABLES,
    LandedState,
    LandedTable,
    Rows,
    add,
    additions,
    forget,
    mark_of,
    put,
    replace_all,
    rows_of_items,
)
from scrapers.rates import Tally
from scrapers.registry import Registry
from scrapers.residue import read_residue, residue_files
from scrapers.sourcefile import Discovery, Source
from scrapers.stored import StoredResponse
from scrapers.urls import canonical_url
from scrapers.versions import Versions
from scrapers.warc import Damage, Destroyed, iter_responses

#: Documents that no selector of the source had a part in, unless their reading says which matched.
_UNSELECTED = frozenset({"plain", "form"})


@dataclass(frozen=True)
class LandResult:
    """How many rows a source has after landing."""

    source_key: str
    captures: int
    documents: int
    submissions: int
    issues: int


def land_source(
    source: Source,
    lake: Lake,
    *,
    rebuild: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> LandResult:
    """Bring the landed tables of one source up to its archive.

    Only archive files that are new are read, and only their partitions written; both ways the bytes are the same.

    Args:
        source: the source, with the selectors to read by.
        lake: where archive and tables lie.
        rebuild: read every archive file again, whatever is landed.
        on_progress: told the number of captures read so far.

    Raises:
        EnvironmentProblemError: the key of a page is not in the keyring, or an archive file that the index names is
            gone; then nothing landed is touched.
    """
    files = sorted((lake.warc / f"source={source.key}").glob("date=*/*.warc.gz"))
    files += residue_files(lake, source.key)
    state = None if rebuild else LandedState.load(lake, source)
    landed = _land_new(source, lake, files, state, on_progress) if state else None
    landed = landed or _land_all(source, lake, files, on_progress)
    return LandResult(
        source.key,
        captures=sum(stamp[2] for stamp in landed.read.values()),
        documents=landed.rows_of(lake, DOCUMENTS, source.key),
        submissions=landed.rows_of(lake, SUBMISSIONS, source.key),
        issues=landed.rows_of(lake, ISSUES, source.key),
    )


def _land_all(
    source: Source, lake: Lake, files: list[Path], on_progress: Callable[[int], None] | None
) -> LandedState:
    landing, state = _Landing(source), LandedState(mark_of(source))
    ends = _indexed(lake, source.key)
    for path in files:
        state.note_read(lake, path, landing.read_file(lake, path, on_progress))
        size, last = path.stat().st_size, ends.get(path.relative_to(lake.home).as_posix(), -1)
        if last >= size:  # cut off between two records, where nothing of the file itself says so
            landing.take_damage(lake, path, Damage(size, last + 1 - size))
    forget(lake, source.key)
    for table, rows in landing.rows().items():
        replace_all(lake, source.key, table, rows)
    state.seen_until = landing.seen_until
    state.save(lake, source.key)
    return state


def _indexed(lake: Lake, source_key: str) -> dict[str, int]:
    """Return where the last record begins of each archive file that the index names.

    Raises:
        EnvironmentProblemError: such a file is gone; what was landed of it stands.
    """
    rows = read_rows(lake.captures, Capture, ["warc_file", "warc_offset"], pattern=f"{source_key}--*.parquet")
    ends: dict[str, int] = {}
    for row in rows:
        ends[row["warc_file"]] = max(row["warc_offset"], ends.get(row["warc_file"], 0))
    gone = sorted(name for name in ends if not (lake.home / name).exists())
    if gone:
        more = f" and {len(gone) - 1} more of source {source_key}" if len(gone) > 1 else ""
        raise EnvironmentProblemError(
            f"archive file {lake.home / gone[0]}{more} is gone",
            "restore it from a copy; where there is none, put an empty file in its place, and its pages are told "
            "as lost",
        )
    return ends


def _land_new(
    source: Source,
    lake: Lake,
    files: list[Path],
    state: LandedState,
    on_progress: Callable[[int], None] | None,
) -> LandedState | None:
    """Land the archive files that are not landed yet; None when that is not enough and all must be read."""
    names = {path.relative_to(lake.home).as_posix(): path for path in files}
    if not state.read.keys() <= names.keys():
        return None
    fresh = [path for name, path in names.items() if name not in state.read]
    if not fresh:
        return state
    landing = _Landing(source)
    for path in fresh:
        state.note_read(lake, path, landing.read_file(lake, path, on_progress))
    first = landing.versions.first_seen_at
    if first and first.isoformat() < state.seen_until:
        return None  # the sights of items interleave with those that are landed
    for row in rows_of_items(lake, source.key, landing.versions.items):
        landing.versions.see(row)
    added = {table: additions(lake, source.key, table, rows) for table, rows in landing.rows().items()}
    if any(rows is None for rows in added.values()):
        return None
    forget(lake, source.key)
    for table, rows in added.items():
        add(lake, source.key, table, rows or {})
    state.seen_until = max(state.seen_until, landing.seen_until)
    state.save(lake, source.key)
    return state


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
        licence=source.licence,
        caveats=" | ".join(source.caveats) or None,
    )


def captures_of(lake: Lake, source_key: str) -> list[Capture]:
    """Return the index rows of a source's archived answers."""
    return from_table(Capture, read_table(lake.captures, Capture, f"{source_key}--*.parquet"))


class _Landing:
    """Gathers rows by id; of rows with one id the one seen first stands."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._firsts = {
            url: way for way in source.discovery for first in way.addresses if (url := canonical_url(first))
        }
        self.captures = 0
        self.seen_until = ""
        self.versions = Versions()
        self._tables: dict[LandedTable, Rows] = {table: {} for table in TABLES}

    def rows(self) -> dict[LandedTable, Rows]:
        """Return the rows of each table."""
        for row in self.versions.rows():
            put(self._tables[SUBMISSIONS], SUBMISSIONS.key, row.seen_at.date().isoformat(), row)
        return self._tables

    def read_file(self, lake: Lake, path: Path, on_progress: Callable[[int], None] | None) -> int:
        """Read one archive file, or one of rows kept; return the number of answers in it."""
        if path.suffix == ".parquet":
            for table, day, row in read_residue(path):
                if isinstance(row, Submission):
                    self.versions.see(row)
                else:
                    put(self._tables[table], table.key, day, row)
            return 0
        before, day = self.captures, path.parent.name.removeprefix("date=")
        tally = Tally(self._source.key, path.name.removesuffix(".warc.gz"), date.fromisoformat(day))
        for page in iter_responses(path, Keyring.of(lake)):
            if isinstance(page, Damage):
                self.take_damage(lake, path, page)
                continue
            if isinstance(page, Destroyed):
                continue
            tally.last = max(page.fetched_at, tally.last or page.fetched_at)
            self.seen_until = max(self.seen_until, page.fetched_at.isoformat())
            self._take(page, tally)
            if on_progress:
                on_progress(self.captures)
        for row in tally.rows():
            put(self._tables[RATES], RATES.key, day, row)
        return self.captures - before

    def _take(self, page: StoredResponse, tally: Tally) -> None:
        """Read one answer; a page our own code stumbles over is an issue, and the rest is read all the same."""
        self.captures += 1
        if page.status // 100 != 2:
            return
        try:
            self._read(page, tally)
        except Exception as error:  # noqa: BLE001 - whatever one page does, the others are read
            self._put_issues(page, (issue(page, "reader_failed", f"{type(error).__name__}: {error}"),))

    def _read(self, page: StoredResponse, tally: Tally) -> None:
        source = self._source.as_of(page.fetched_at)
        if page.kind in {"article", "attachment"}:
            reading = read_document(source, page)
            self._put(DOCUMENTS, page, reading.document)
            self._put_issues(page, reading.issues)
            if page.kind == "article" and (
                reading.document is None or reading.uses or reading.document.parser_kind not in _UNSELECTED
            ):
                tally.read(page.kind, page.capture_id, reading.document, reading.uses)
        elif page.kind == "detail" and source.feedback:
            item = read_feedback(source, page)
            if item.submission:
                self.versions.see(item.submission)
            self._put_issues(page, item.issues)
            tally.read(page.kind, page.capture_id, item.submission, item.uses)
        elif page.url in self._firsts:
            way = self._firsts[page.url]
            links = _count_links(source, way, page)
            tally.links(page.url, way.link_selector, links, page.capture_id)
            if not links:
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
                put(self._tables[ISSUES], ISSUES.key, capture.fetched_at.date().isoformat(), row)

    def _put_issues(self, page: StoredResponse, issues: tuple[ParseIssue, ...]) -> None:
        for row in issues:
            self._put(ISSUES, page, row)

    def _put(self, table: LandedTable, page: StoredResponse, row: Record | None) -> None:
        if row is not None:
            put(self._tables[table], table.key, page.fetched_at.date().isoformat(), row)


def _count_links(source: Source, way: Discovery, page: StoredResponse) -> int:
    """Return the links to articles on a first page; a sitemap that names others counts those."""
    if way.method == "rss":
        links = read_feed(page)
    elif way.method == "sitemap":
        links, further = read_sitemap(page)
        if further:
            return len(further)
    elif way.endpoint:
        links, _ = read_endpoint(page, way.endpoint, way.link_selector)
    else:
        links = read_listing(page, way.link_selector)
    return sum(source.is_article(link.url) for link in links)

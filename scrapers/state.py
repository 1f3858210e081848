"""What is known of a source's pages: a query over the captures and outcomes, never a second store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from coso.lake import Lake
from coso.records import Capture, arrow_schema, from_table
from scrapers.client import Validators
from scrapers.outcomes import GOOD, PASSING, OutcomeClass

#: A page that was not there, or will hardly be better at the next try, is left alone for so long.
FAILED_PAUSE = timedelta(days=1)
#: Failures after which every run tries again.
RETRIED = PASSING | {OutcomeClass.ROBOTS_UNREADABLE, OutcomeClass.TOO_SLOW, OutcomeClass.CHALLENGE}


@dataclass(frozen=True)
class KnownPage:
    """The last that is known of one address.

    Attributes:
        url: the address.
        kind: what it was asked for as.
        outcome: class of the last attempt.
        asked_at: when that was.
        capture: the archived answer that stands, if any.
        first_stored_at: when the address first gave a good answer.
        attempts: attempts on record.
    """

    url: str
    kind: str
    outcome: OutcomeClass
    asked_at: datetime
    capture: Capture | None
    first_stored_at: datetime | None
    attempts: int = 1

    @property
    def validators(self) -> Validators:
        """What to offer in a conditional request."""
        if self.capture is None:
            return Validators()
        return Validators(self.capture.etag, self.capture.last_modified)


@dataclass(frozen=True)
class SourceState:
    """All known pages of a source, and what a killed crawl had already done.

    Attributes:
        pages: by address.
        captures: ids of all archived answers.
        done: addresses asked for by the crawls that were killed since the last one that ended well.
        attempts: attempts on record per run.
    """

    pages: dict[str, KnownPage] = field(default_factory=dict)
    captures: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    attempts: dict[str, int] = field(default_factory=dict)

    def is_due(self, page: KnownPage, now: datetime) -> bool:
        """Say whether a page whose last attempt failed is to be tried again at ``now``."""
        if page.url in self.done or page.outcome is OutcomeClass.GONE:
            return False
        if page.outcome in RETRIED or page.outcome is OutcomeClass.ROBOTS_DENIED:
            return True  # the latter costs no request and keeps the refusal on record
        return now - page.asked_at >= FAILED_PAUSE


def load_state(lake: Lake, source_key: str) -> SourceState:
    """Read the state of one source; an empty lake gives an empty state."""
    outcome_files = sorted(map(str, lake.outcomes.glob(f"date=*/{source_key}--*.parquet")))
    capture_files = sorted(map(str, lake.captures.glob(f"date=*/{source_key}--*.parquet")))
    if not outcome_files:
        return SourceState()
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("create view outcomes as select * from " + _parquet(outcome_files))
        captures = _captures(connection, capture_files)
        pages = {row["url"]: _known(row, captures) for row in _last_attempts(connection)}
        attempts = dict(connection.execute("select run_id, count(*) from outcomes group by all").fetchall())
        return SourceState(pages, frozenset(captures), _done_by_killed_crawls(connection), attempts)


def _parquet(files: list[str]) -> str:
    quoted = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    return f"read_parquet([{quoted}], hive_partitioning = false)"


def _captures(connection: duckdb.DuckDBPyConnection, files: list[str]) -> dict[str, Capture]:
    if not files:
        return {}
    columns = ", ".join(arrow_schema(Capture).names)
    table = connection.execute(
        f"select {columns} from {_parquet(files)} qualify row_number() over "
        "(partition by capture_id order by fetched_at desc) = 1"
    ).to_arrow_table()
    return {row.capture_id: row for row in from_table(Capture, table)}


def _last_attempts(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    good = ", ".join(f"'{outcome}'" for outcome in sorted(GOOD))
    table = connection.execute(
        f"""
        select url, arg_max(kind, attempted_at) as kind, arg_max(outcome, attempted_at) as outcome,
               epoch_us(max(attempted_at)) as asked_at,
               arg_max(capture_id, attempted_at) filter (outcome in ({good}) and capture_id is not null) as capture_id,
               epoch_us(min(attempted_at) filter (outcome in ({good}))) as first_stored_at,
               count(*) as attempts
        from outcomes where kind <> 'crawl' group by url
        """
    ).to_arrow_table()
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _known(row: dict[str, Any], captures: dict[str, Capture]) -> KnownPage:
    first = row["first_stored_at"]
    return KnownPage(
        url=row["url"],
        kind=row["kind"],
        outcome=OutcomeClass(row["outcome"]),
        asked_at=_from_microseconds(row["asked_at"]),
        capture=captures.get(row["capture_id"]),
        first_stored_at=None if first is None else _from_microseconds(first),
        attempts=row["attempts"],
    )


def _from_microseconds(value: int) -> datetime:
    return datetime.fromtimestamp(value / 1_000_000, UTC)


def _done_by_killed_crawls(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the addresses answered well in the unbroken chain of killed crawls that came last.

    A crawl that was killed ends with a row ``interrupted`` at the time of its last attempt. Attempts after the
    last such row are those of a crawl that ended by itself, and then nothing is left over.
    """
    good = ", ".join(f"'{outcome}'" for outcome in sorted(GOOD))
    rows = connection.execute(
        f"""
        with killed as (
               select run_id, max(attempted_at) as moment from outcomes where outcome = 'interrupted' group by 1
             ),
             ended as (
               select max(attempted_at) as moment from outcomes where run_id not in (select run_id from killed)
             )
        select distinct url from outcomes
        where outcome in ({good})
          and not exists (select 1 from outcomes where attempted_at > (select max(moment) from killed))
          and attempted_at > coalesce((select moment from ended), timestamptz '1970-01-01')
          and exists (select 1 from killed)
        """
    ).fetchall()
    return frozenset(url for (url,) in rows)

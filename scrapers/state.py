"""What is known of a source's pages: read from the captures and outcomes, which stay the only store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coso.lake import Lake
from coso.records import Capture, arrow_schema, from_table
from scrapers.client import Validators
from scrapers.erased import address_digest, erased_addresses
from scrapers.known import (
    CAPTURE_KEY,
    Index,
    Keys,
    Stamp,
    among,
    ask,
    capture_key,
    key_of,
    load_index,
    outcome_at,
    place_of,
)
from scrapers.outcomes import GOOD, PASSING, OutcomeClass

#: A page that was not there, or will hardly be better at the next try, is left alone for so long.
FAILED_PAUSE = timedelta(days=1)
#: Failures after which every run tries again.
RETRIED = PASSING | {
    OutcomeClass.ROBOTS_UNREADABLE,
    OutcomeClass.TOO_SLOW,
    OutcomeClass.CHALLENGE,
    OutcomeClass.HOST_PAUSED,
}
#: Index files of this age are looked into first for the rows of single answers.
_NEWEST = timedelta(days=30)


@dataclass(frozen=True)
class KnownPage:
    """The last that is known of one address.

    Attributes:
        url: the address.
        outcome: class of the last attempt.
        asked_at: when that was.
        first_stored_at: when the address first gave a good answer.
        attempts: attempts on record.
    """

    url: str
    outcome: OutcomeClass
    asked_at: datetime
    first_stored_at: datetime | None
    attempts: int
    _capture: int
    _captures: _Captures

    @property
    def capture(self) -> Capture | None:
        """The archived answer that stands, if any."""
        return self._captures.get(self._capture) if self._capture else None

    @property
    def validators(self) -> Validators:
        """What to offer in a conditional request."""
        capture = self.capture
        return Validators(capture.etag, capture.last_modified) if capture else Validators()


class _Captures:
    """The archived answers: which there are, and the rows of those that are needed, read when they are."""

    def __init__(self, keys: Keys, files: Iterable[Stamp]) -> None:
        self._keys = keys
        self._files = sorted((path for path, _, _ in files), key=_day, reverse=True)
        self._rows: dict[int, Capture | None] = {}

    def __contains__(self, capture_id: str) -> bool:
        return place_of(self._keys, capture_key(capture_id)) is not None

    def __len__(self) -> int:
        return len(self._keys)

    def get(self, key: int) -> Capture | None:
        """Return one answer's row; the latest where an answer was indexed twice."""
        if key not in self._rows:
            self.recall([key])
        return self._rows[key]

    def recall(self, keys: Iterable[int], since: str | None = None) -> None:
        """Read the rows of some answers at once, from the newest files first.

        Args:
            keys: of the answers.
            since: day since when they are likely to have come; thirty days before the last by default.
        """
        wanted = {key for key in keys if key and key not in self._rows}
        first = since or (_before(_day(self._files[0])) if self._files else "")
        recent = [path for path in self._files if _day(path) >= first]
        for files in (recent, self._files[len(recent) :]):
            if wanted and files:
                found = _capture_rows(files, wanted)
                self._rows |= found
                wanted -= found.keys()
        self._rows |= dict.fromkeys(wanted)


#: The columns of the index that make a ``KnownPage``, in the order in which it takes them.
_KNOWN = ("outcome", "asked", "first", "attempts", "capture")


class PageIndex:
    """The known addresses of a source."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._keys: Keys = index.pages["key"]
        self.captures = _Captures(index.captures, index.capture_files)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, url: str) -> bool:
        return place_of(self._keys, key_of(url)) is not None

    def __getitem__(self, url: str) -> KnownPage:
        page = self.get(url)
        if page is None:
            raise KeyError(url)
        return page

    def get(self, url: str) -> KnownPage | None:
        """Return what is known of an address."""
        place = place_of(self._keys, key_of(url))
        if place is None:
            return None
        return self._page(url, *(self._index.pages[name][place].item() for name in _KNOWN))

    def known(self, urls: Sequence[str]) -> Iterator[tuple[str, KnownPage | None]]:
        """Yield what is known of each of some addresses, in their order."""
        places = self._places(urls)
        held = places[places >= 0]
        rows = zip(*(self._index.pages[name][held].tolist() for name in _KNOWN), strict=True)
        for url, place in zip(urls, places.tolist(), strict=True):
            yield url, self._page(url, *next(rows)) if place >= 0 else None

    def _places(self, urls: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return where each of some addresses stands, -1 where it is not known."""
        wanted = np.fromiter(map(key_of, urls), np.uint64, len(urls))
        if not len(self._keys):
            return np.full(len(urls), -1)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where(self._keys[at] == wanted, at, -1)

    def _page(self, url: str, outcome: int, asked: int, first: int, attempts: int, capture: int) -> KnownPage:
        return KnownPage(
            url=url,
            outcome=outcome_at(outcome),
            asked_at=_moment(asked),
            first_stored_at=_moment(first) if first else None,
            attempts=attempts,
            _capture=capture,
            _captures=self.captures,
        )

    def recall(self, urls: Sequence[str]) -> None:
        """Read the archived answers of some addresses at once, for those that will be asked for."""
        places = self._places(urls)
        places = places[places >= 0]
        held = places[self._index.pages["capture"][places] > 0]
        if len(held):
            since = _moment(self._index.pages["first"][held].min()).date().isoformat()
            self.captures.recall(self._index.pages["capture"][held].tolist(), since)

    def recall_leading(self) -> None:
        """Read the archived answers of all pages that lead to others."""
        self.captures.recall(self._index.pages["capture"][self._index.pages["leads"] > 0].tolist())

    def standing(self, stored_since: datetime | None, most_failures: int) -> list[str]:
        """Return the articles and items that are followed though no listing shows them any more.

        Args:
            stored_since: of the pages that are stored, only those first stored since then; None for all of them.
            most_failures: of the pages whose failure may pass, only those asked for less often.
        """
        pages = self._index.pages
        stored = _are(pages["outcome"], GOOD)
        if stored_since is not None:
            stored &= pages["first"] >= round(stored_since.timestamp() * 1_000_000)
        failing = _are(pages["outcome"], RETRIED) & (pages["attempts"] < most_failures)
        chosen = np.flatnonzero((pages["item"] > 0) & (stored | failing))
        if not len(chosen):
            return []
        day = _moment(pages["asked"][chosen].min()).date().isoformat()
        files = [path for path, _, _ in self._index.outcome_files if _day(path) >= day]
        sql = (
            "select distinct url from read_parquet($files, hive_partitioning = false) "
            f"semi join {among(self._keys[chosen].tolist())} as wanted on md5_number_lower(url) = wanted.key "
            "where kind <> 'crawl' order by url"
        )
        found = ask(sql, sorted(files))
        urls: list[str] = found.column("url").to_pylist()
        return urls


@dataclass(frozen=True)
class SourceState:
    """All known pages of a source, and what a killed crawl had already done.

    Attributes:
        pages: by address.
        done: addresses asked for by the crawls that were killed since the last one that ended well.
        attempts: attempts on record per run.
        erased: digests of the addresses that were erased, and are not asked for again.
    """

    pages: PageIndex = field(default_factory=lambda: PageIndex(Index()))
    done: frozenset[str] = frozenset()
    attempts: dict[str, int] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()

    @property
    def captures(self) -> _Captures:
        """The archived answers."""
        return self.pages.captures

    def is_erased(self, url: str) -> bool:
        """Say whether an address was erased."""
        return bool(self.erased) and address_digest(url) in self.erased

    def is_due(self, page: KnownPage, now: datetime) -> bool:
        """Say whether a page whose last attempt failed is to be tried again at ``now``."""
        if page.url in self.done or page.outcome is OutcomeClass.GONE:
            return False
        if page.outcome in RETRIED or page.outcome is OutcomeClass.ROBOTS_DENIED:
            return True  # the latter costs no request and keeps the refusal on record
        return now - page.asked_at >= FAILED_PAUSE


def load_state(lake: Lake, source_key: str) -> SourceState:
    """Read the state of one source; an empty lake gives an empty state."""
    index = load_index(lake, source_key)
    pages = PageIndex(index)
    pages.recall_leading()
    killed = index.last_kill and index.last_kill == index.last_attempt
    files = sorted(path for path, _, _ in index.outcome_files)
    done = _done_by_killed_crawls(files) if killed else frozenset()
    return SourceState(pages, done, index.attempts, erased_addresses(lake))


def _capture_rows(files: Sequence[str], keys: set[int]) -> dict[int, Capture | None]:
    columns = ", ".join(arrow_schema(Capture).names)
    sql = (
        f"select {columns} from read_parquet($files, hive_partitioning = false) "
        f"semi join {among(keys)} as wanted on {CAPTURE_KEY} = wanted.key "
        "qualify row_number() over (partition by capture_id order by fetched_at desc) = 1"
    )
    found = ask(sql, files)
    return {capture_key(row.capture_id): row for row in from_table(Capture, found)}


def _are(outcomes: npt.NDArray[np.uint8], classes: Iterable[OutcomeClass]) -> npt.NDArray[np.bool_]:
    codes = [number for number, one in enumerate(OutcomeClass, start=1) if one in set(classes)]
    return np.isin(outcomes, np.array(codes, np.uint8))


def _day(path: str) -> str:
    """Return the day of an index file, from its folder."""
    return Path(path).parent.name.removeprefix("date=")


def _before(day: str) -> str:
    return (datetime.fromisoformat(day) - _NEWEST).date().isoformat() if day else ""


def _moment(microseconds: int | np.int64) -> datetime:
    return datetime.fromtimestamp(int(microseconds) / 1_000_000, UTC)


def _done_by_killed_crawls(files: Sequence[str]) -> frozenset[str]:
    """Return the addresses answered well in the unbroken chain of killed crawls that came last.

    A crawl that was killed ends with a row ``interrupted`` at the time of its last attempt. Attempts after the
    last such row are those of a crawl that ended by itself, and then nothing is left over.
    """
    good = ", ".join(f"'{outcome}'" for outcome in sorted(GOOD))
    found = ask(
        f"""
        with outcomes as (select * from read_parquet($files, hive_partitioning = false)),
             killed as (
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
        """,
        files,
    )
    return frozenset(found.column("url").to_pylist())

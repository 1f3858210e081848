"""How often selectors, fields and ways of discovery worked, counted file by file of the archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from coso.ids import content_id
from coso.records import Document, ReadingRate, Submission
from scrapers.parse.feedback import is_answered
from scrapers.parse.fields import Use

_DOCUMENT_FIELDS = ("sapo", "captions", "published_on", "author", "tags")
_SUBMISSION_FIELDS = (
    "category_raw",
    "content_masked",
    "answer_masked",
    "agency",
    "received_on",
    "deadline_on",
)

#: What is counted together: measure, part, selector.
Counted = tuple[str, str, str | None]


@dataclass
class _Count:
    tried: int = 0
    hits: int = 0
    hit: str | None = None
    missed: str | None = None


@dataclass
class Tally:
    """Counts over the pages of one archive file: one crawl of one source on one day."""

    source_key: str
    file: str
    day: date
    last: datetime | None = None
    _counts: dict[Counted, _Count] = field(default_factory=dict)

    def read(
        self, kind: str, capture_id: str, row: Document | Submission | None, uses: Iterable[Use]
    ) -> None:
        """Count one page that was read, or could not be."""
        for use in uses:
            self._add(("selector", use.part, use.selector), use.hit, capture_id)
        self._add(("pages", kind, None), row is not None, capture_id)
        if row is None:
            return
        if isinstance(row, Document):
            self._add(("field", "read by selectors", None), row.parser_kind == "selectors", capture_id)
        for name in _fields_shown(row):
            self._add(("field", name, None), getattr(row, name) is not None, capture_id)

    def links(self, address: str, selector: str | None, found: int, capture_id: str) -> None:
        """Count the links on the first page of a way."""
        self._add(("links", address, selector), found, capture_id)

    def _add(self, counted: Counted, hits: int, capture_id: str) -> None:
        count = self._counts.setdefault(counted, _Count())
        count.tried += 1
        count.hits += int(hits)
        if hits:
            count.hit = count.hit or capture_id
        else:
            count.missed = count.missed or capture_id

    def rows(self) -> list[ReadingRate]:
        """Return the counts as rows; none where nothing was seen."""
        if self.last is None:
            return []
        return [
            ReadingRate(
                rate_id=content_id("rate", [self.source_key, self.file, self.day, *counted]),
                source_key=self.source_key,
                run_id=self.file,
                measured_on=self.day,
                fetched_at=self.last,
                measure=counted[0],
                part=counted[1],
                selector=counted[2],
                tried=count.tried,
                hits=count.hits,
                hit_capture_id=count.hit,
                missed_capture_id=count.missed,
            )
            for counted, count in self._counts.items()
        ]


def _fields_shown(row: Document | Submission) -> tuple[str, ...]:
    """Return the fields that should be there: the answer only where the portal says that there is one."""
    if isinstance(row, Document):
        return _DOCUMENT_FIELDS
    return tuple(name for name in _SUBMISSION_FIELDS if name != "answer_masked" or is_answered(row))

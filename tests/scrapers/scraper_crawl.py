"""Runs crawls of the local site and looks at what they left in the lake."""

from __future__ import annotations

from dataclasses import dataclass

from scraper_site import FakeTime

from coso.lake import Lake, read_table
from coso.records import Crawl, Document, Outcome, ParseIssue, ReadingRate, from_table
from coso.settings import Settings
from scrapers.collect import CollectResult, collect_source
from scrapers.pace import HostPace
from scrapers.sourcefile import Source


@dataclass
class Crawler:
    lake: Lake
    settings: Settings
    time: FakeTime
    pace: HostPace
    runs: int = 0

    def __call__(self, source: Source) -> CollectResult:
        self.runs += 1
        run_id = f"run-{self.runs}"
        return collect_source(source, self.lake, run_id, self.settings, clock=self.time.clock, pace=self.pace)

    def outcomes(self) -> list[Outcome]:
        rows = from_table(Outcome, read_table(self.lake.outcomes, Outcome))
        return sorted(rows, key=lambda row: row.attempted_at)

    def crawls(self) -> list[Crawl]:
        rows = from_table(Crawl, read_table(self.lake.crawls, Crawl))
        return sorted(rows, key=lambda row: row.started_at)

    def documents(self) -> list[Document]:
        return from_table(Document, read_table(self.lake.landed / "documents", Document))

    def issues(self) -> list[ParseIssue]:
        return from_table(ParseIssue, read_table(self.lake.landed / "parse_issues", ParseIssue))

    def rates(self) -> list[ReadingRate]:
        return from_table(ReadingRate, read_table(self.lake.quality / "reading_rates", ReadingRate))

    def landed_bytes(self) -> dict[str, bytes]:
        """Every landed file and every file of rates, by path."""
        roots = (self.lake.landed, self.lake.quality / "reading_rates")
        paths = [path for root in roots for path in sorted(root.rglob("*.parquet"))]
        return {str(path.relative_to(self.lake.home)): path.read_bytes() for path in paths}

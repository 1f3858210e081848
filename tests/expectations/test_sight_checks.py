"""What crawls could see: a blind source is told, a quiet one is known to be quiet; a covered drift is only noted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from expectation_rows import AS_OF, Warehouse, document, land, outcome, source

from coso.lake import Lake, write_records
from coso.records import Crawl, Drift, ReadingRate
from expectations.causes import Cause
from expectations.checks import landed_layout, marts_arrival, marts_sight
from expectations.gates import check_landed, check_marts

SIGHT_CHECKS = [*marts_sight.CHECKS, *marts_arrival.CHECKS]


def crawl(days_ago: int, sight: str, detail: str | None = None) -> Crawl:
    day = AS_OF - timedelta(days=days_ago)
    at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    return Crawl(
        crawl_id=f"crawl-{days_ago}", run_id="r", source_key="bao-a", started_at=at, ended_at=at,
        sight=sight, ways=1, ways_seen=int(sight != "blind"), found=0, wanted=0, fresh=0, spam=0, stored=1,
        detail=detail,
    )  # fmt: skip


def causes(lake: Lake, warehouse: Warehouse, *crawls: Crawl) -> dict[str, Cause]:
    """Judge a source whose latest article is old, by what its crawls could see."""
    old = document(published_on=date(2024, 10, 1), fetched_at=datetime(2024, 10, 1, 5, tzinfo=UTC))
    land(lake, source("bao-a", freshness_days=60), old, outcome("o", "bao-a"))
    write_records(lake.home / "raw" / "crawls" / "date=2025-03-15" / "part.parquet", Crawl, crawls)
    found = check_marts(lake, warehouse.path, "run-1", AS_OF, SIGHT_CHECKS).causes
    return {cause.check_id: cause for cause in found}


def test_a_source_nobody_can_see_is_unknown_and_not_silent(lake: Lake, warehouse: Warehouse) -> None:
    lost = "listing https://bao-a.example/ (unseen)"
    found = causes(lake, warehouse, crawl(9, "news"), crawl(2, "blind", lost), crawl(1, "blind", lost))
    assert set(found) == {"marts.source_blind"}
    told = found["marts.source_blind"].told.observed
    assert "2 ngày" in told.vi
    assert lost in told.en
    assert "last seen on 2025-03-06" in told.en


@pytest.mark.parametrize("sights", [("blind", "quiet"), ("news", "blind"), ("closed", "closed")])
def test_one_blind_day_or_a_later_sight_is_no_trouble(
    sights: tuple[str, str], lake: Lake, warehouse: Warehouse
) -> None:
    found = causes(lake, warehouse, crawl(2, sights[0]), crawl(1, sights[1]))
    assert set(found) == {"marts.source_silent"}


def test_a_silent_source_that_was_seen_whole_is_proven_quiet(lake: Lake, warehouse: Warehouse) -> None:
    found = causes(lake, warehouse, crawl(2, "quiet"), crawl(1, "quiet"))
    assert "proven quiet" in found["marts.source_silent"].told.observed.en


def drift(part: str, covered_by: str | None) -> Drift:
    return Drift(
        drift_id=f"drift-{part}", source_key="bao-a", run_id="r1", measured_on=AS_OF, measure="selector", part=part,
        selector=f"[data-{part}]", old_rate=1.0, new_rate=0.0, pages=7, covered_by=covered_by,
        old_markup=f"<div data-{part}>", new_markup="<section>", old_capture_id=None, new_capture_id=None,
        new_url="https://bao-a.example/9",
    )  # fmt: skip


def layout_causes(lake: Lake, *drifts: Drift) -> dict[str, Cause]:
    noon = datetime(2025, 3, 15, 5, tzinfo=UTC)
    rate = ReadingRate("rate-1", "bao-a", "r1", AS_OF, noon, "selector", "title", "h1", 7, 7, None, None)
    land(lake, source("bao-a"))
    write_records(lake.quality / "reading_rates" / "source=bao-a" / "part.parquet", ReadingRate, [rate])
    write_records(lake.quality / "drifts" / "part.parquet", Drift, drifts)
    result = check_landed(lake, "run-1", AS_OF, landed_layout.CHECKS)
    assert {verdict.status for verdict in result.verdicts} <= {"passed", "failed"}
    return {cause.check_id: cause for cause in result.causes}


def test_a_covered_drift_is_noted_and_a_lost_part_is_told(lake: Lake) -> None:
    assert layout_causes(lake) == {}
    found = layout_causes(lake, drift("title", covered_by="h1"))
    noted = found.pop("landed.layout_varied")
    assert found == {}
    assert noted.severity == "info"
    assert "still found by h1" in noted.told.observed.en
    found = layout_causes(lake, drift("title", covered_by="h1"), drift("body", covered_by=None))
    assert set(found) == {"landed.layout_lost"}
    lost = found["landed.layout_lost"]
    assert (lost.severity, lost.evidence.url) == ("warning", "https://bao-a.example/9")
    assert "selector body [data-body]: 100% match, markup then <div data-body>" in lost.told.expected.en

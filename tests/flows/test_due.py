"""A scheduled run visits a source when its own schedule has come; by hand every source is visited."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from pytest_httpserver import HTTPServer

from coso.lake import read_table
from coso.records import Crawl, from_table
from coso.settings import Settings
from flows import steps
from flows.cli.app import main
from flows.due import is_due
from flows.run import Run, new_run
from scrapers.collect import write_crawl


@pytest.fixture
def run(httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run of the schedule over one source that wants to be visited once a year, on New Year's Day."""
    monkeypatch.setenv("COSO_CONTACT", "test@example.vn")
    values = {
        "key": "bao-thu", "name": "Báo Thử", "kind": "party_newspaper", "extends": "general", "status": "unverified",
        "home_url": httpserver.url_for("/"), "province": {"code": "22", "frame": "34"}, "licence": "test",
        "discovery": [{"method": "listing", "url": httpserver.url_for("/")}], "schedule": "0 0 1 1 *",
        "allow_loopback": True, "pace_seconds": 0,
    }  # fmt: skip
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "one.yml").write_text(yaml.safe_dump(values), encoding="utf-8")
    settings = Settings(tmp_path / "lake", date(2025, 1, 15), None, "test@example.vn", tmp_path / "sources")
    return new_run(settings, scheduled=True)


def test_a_scheduled_run_visits_what_is_due(run: Run, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/").respond_with_data("<main></main>", content_type="text/html")
    (source,) = run.sources()
    assert steps.collect_source(run, source)["stored"] == 1
    asked = len(httpserver.log)
    assert steps.collect_source(run, source) == {"not_due": 1}
    assert len(httpserver.log) == asked
    by_hand = new_run(Settings(run.home, run.today, None, run.contact, run.sources_folder))
    assert "not_due" not in steps.collect_source(by_hand, source)
    assert len(httpserver.log) > asked


def test_a_visit_counts_until_the_schedule_comes_and_a_closed_crawl_is_none(run: Run) -> None:
    (source,) = run.sources()
    new_year = datetime(2024, 12, 31, 17, tzinfo=UTC)  # midnight in Vietnam
    assert is_due(run.lake, source, new_year)
    row = Crawl(
        crawl_id="crawl-1", run_id="r", source_key=source.key, started_at=new_year, ended_at=new_year, sight="closed",
        ways=0, ways_seen=0, found=0, wanted=0, fresh=0, spam=0, stored=0, detail=None,
    )  # fmt: skip
    write_crawl(run.lake, row)
    assert is_due(run.lake, source, new_year + timedelta(hours=1))
    write_crawl(run.lake, _visit(row, new_year + timedelta(hours=2)))
    assert not is_due(run.lake, source, new_year + timedelta(days=364))
    assert is_due(run.lake, source, new_year + timedelta(days=365))
    for day in run.lake.crawls.glob("date=*"):  # the files of other sources are not opened
        (day / "bao-khac--crawl-9.parquet").write_bytes(b"no Parquet")
    assert not is_due(run.lake, source, new_year + timedelta(days=364))
    assert len(from_table(Crawl, read_table(run.lake.crawls, Crawl, f"{source.key}--*.parquet"))) == 2


def test_a_host_that_asked_for_a_long_pause_is_named_by_run_and_status_and_not_asked(
    run: Run, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data(
        "", status=429, headers={"Retry-After": "21600"}
    )
    (source,) = run.sources()
    assert steps.collect_source(run, source) == {"rate_limited": 1}
    by_hand = new_run(Settings(run.home, run.today, None, run.contact, run.sources_folder))
    for again in (run, by_hand):
        assert steps.collect_source(again, source) == {}
        told = steps.left_alone(again, again.sources())
        assert list(told) == ["bao-thu"]
        assert "asked for no request before" in told["bao-thu"]
    assert len(httpserver.log) == 1
    monkeypatch.setenv("COSO_HOME", str(run.home))
    with pytest.raises(SystemExit):
        main(["status"])
    assert f"left alone: bao-thu: {told['bao-thu']}" in capsys.readouterr().out


def _visit(row: Crawl, at: datetime) -> Crawl:
    values = {name: getattr(row, name) for name in Crawl.__slots__}
    return Crawl(**values | {"crawl_id": "crawl-2", "started_at": at, "ended_at": at, "sight": "quiet"})

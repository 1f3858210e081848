"""What a killed run or erasure left half made is landed and read by the next run, whatever that one fetches."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from pytest_httpserver import HTTPServer

from coso.errors import BadInputError
from coso.lake import find_damaged, read_table
from coso.records import Fact, from_table
from coso.settings import Settings
from flows import steps
from flows.dbt import Dbt
from flows.run import Run, new_run
from scrapers.erasure import erase_address
from scrapers.partitions import forget

PARAGRAPH = (
    "Năm 2024, toàn tỉnh Hưng Yên tổ chức {n} cuộc đối thoại giữa người đứng đầu cấp ủy, chính quyền với nhân dân; "
    "các kiến nghị được phân công từng cơ quan xử lý và thông báo kết quả tại nhà văn hóa khu dân cư."
)


def serve_articles(site: HTTPServer, count: int) -> None:
    """Serve a front page that links to so many articles, each with a figure of its own."""
    site.expect_request("/robots.txt").respond_with_data("", status=404)
    numbers = range(1, count + 1)
    links = "".join(f"<a href='/bai-{n}.html'>Đối thoại với nhân dân lần {n}</a>" for n in numbers)
    site.expect_request("/").respond_with_data(f"<main>{links}</main>", content_type="text/html")
    for n in numbers:
        body = f"<h1>Đối thoại với nhân dân lần {n}</h1><div class='than-bai'><p>{PARAGRAPH.format(n=40 + n)}</p></div>"
        site.expect_request(f"/bai-{n}.html").respond_with_data(body, content_type="text/html; charset=utf-8")


@pytest.fixture
def run(httpserver: HTTPServer, tmp_path: Path) -> Run:
    """A run over one source with two articles, which are fetched, landed and read."""
    values = {
        "key": "bao-thu", "name": "Báo Thử", "kind": "party_newspaper", "extends": "general", "status": "unverified",
        "home_url": httpserver.url_for("/"), "province": {"code": "33", "frame": "34"}, "licence": "test",
        "discovery": [{"method": "listing", "url": httpserver.url_for("/")}], "article_url": r"/bai-\d+\.html$",
        "selectors": {"title": "h1", "body": "div.than-bai"}, "topic": {"all": True}, "schedule": "0 6 * * *",
        "allow_loopback": True, "pace_seconds": 0,
    }  # fmt: skip
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "one.yml").write_text(yaml.safe_dump(values), encoding="utf-8")
    serve_articles(httpserver, 2)
    settings = Settings(
        tmp_path / "lake", date(2025, 1, 15), None, "test@example.invalid", tmp_path / "sources"
    )
    run = new_run(settings)
    steps.prepare(run)
    (source,) = run.sources()
    steps.collect_source(run, source)
    steps.land_source(run, source)
    steps.read_source(run, source.key)
    return run


def erased(run: Run, site: HTTPServer) -> None:
    """Killed once the second article was erased, before its source was landed again."""
    erase_address(run.lake, site.url_for("/bai-2.html"), reason="r", by="b", now=datetime.now(UTC))


def archived(run: Run, site: HTTPServer) -> None:
    """Killed between fetching a third article and landing it."""
    site.clear()
    serve_articles(site, 3)
    (source,) = run.sources()
    steps.collect_source(replace(run, run_id="20250116T060000-abcdef"), source)


def moved_away(run: Run, site: HTTPServer) -> None:
    """Killed while the documents were replaced, between the two renamings."""
    forget(run.lake, "bao-thu")
    folder = run.lake.landed / "documents" / "source=bao-thu"
    folder.rename(folder.with_name(".source=bao-thu.0a1b.old"))


def unread(run: Run, site: HTTPServer) -> None:
    """Killed between landing and reading."""
    for table in ("facts", "commitments"):
        shutil.rmtree(run.lake.landed / table / "source=bao-thu")


def documents_damaged(run: Run, site: HTTPServer) -> None:
    """Not killed, but a disk has lost the end of the documents."""
    damage(run, "documents")


def figures_damaged(run: Run, site: HTTPServer) -> None:
    """The same of a table that is read from them."""
    damage(run, "facts")


def documents_gone(run: Run, site: HTTPServer) -> None:
    """Somebody moved a damaged file out of the lake."""
    landed_file(run, "documents").unlink()


def landed_file(run: Run, table: str) -> Path:
    (found,) = (run.lake.landed / table / "source=bao-thu").glob("date=*/part.parquet")
    return found


def damage(run: Run, table: str) -> Path:
    path = landed_file(run, table)
    path.write_bytes(path.read_bytes()[:-20])
    return path


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        (erased, {41.0}),
        (archived, {41.0, 42.0, 43.0}),
        (moved_away, {41.0, 42.0}),
        (unread, {41.0, 42.0}),
        (documents_damaged, {41.0, 42.0}),
        (figures_damaged, {41.0, 42.0}),
        (documents_gone, {41.0, 42.0}),
    ],
)
def test_figures_come_back_though_nothing_is_fetched(
    cut: Callable[[Run, HTTPServer], None], left: set[float], run: Run, httpserver: HTTPServer
) -> None:
    assert values(run) == {41.0, 42.0}
    assert steps.cut_short(run) == []
    cut(run, httpserver)
    again = replace(run, fetch=False)
    steps.prepare(again)
    assert again.sources() == []
    for source in steps.cut_short(again):
        steps.land_source(again, source)
        steps.read_source(again, source.key)
    assert values(again) == left
    steps.require_whole(again, ())
    assert steps.cut_short(again) == []


def values(run: Run) -> set[float]:
    return {fact.value for fact in from_table(Fact, read_table(run.lake.landed / "facts", Fact))}


def test_a_damaged_file_that_cannot_be_made_anew_stops_the_run_until_its_rows_are_given_up(run: Run) -> None:
    assert run.sources_folder is not None
    file = run.sources_folder / "one.yml"  # the source is called otherwise now
    file.write_text(file.read_text(encoding="utf-8").replace("bao-thu", "bao-khac"), encoding="utf-8")
    damaged = damage(run, "facts")
    for _ in range(2):  # the file is set aside by the first run; the second must not forget it
        steps.prepare(run)
        assert steps.cut_short(run) == []
        with pytest.raises(BadInputError, match=f"{damaged} was set aside .+: nothing is published without"):
            steps.require_whole(run, ())
    steps.require_whole(run, {"bao-thu"})  # landed and read: whatever the file held, the tables are whole
    (kept,) = (run.lake.quality / "rejected").rglob("*.parquet")
    kept.rename(run.home.parent / kept.name)
    steps.require_whole(run, ())


def test_a_build_names_a_file_whose_end_is_whole_and_whose_rows_are_not(run: Run) -> None:
    damaged = landed_file(run, "facts")
    data = bytearray(damaged.read_bytes())
    data[4 : len(data) // 3] = bytes(len(data) // 3 - 4)
    damaged.write_bytes(data)
    steps.prepare(run)
    assert damaged.exists()
    found = find_damaged(run.lake)
    assert found is not None
    assert str(damaged) in found.what


def test_a_build_that_stumbles_over_a_damaged_file_names_it(run: Run) -> None:
    damaged = next(run.lake.captures.glob("date=*/*.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:-20])
    with (
        Dbt(run) as dbt,
        pytest.raises(BadInputError, match=f"{damaged} cannot be read as a file of its table"),
    ):
        dbt.build("--select", "+int_capture_sizes")

"""A site that is made anew between two runs opens one incident that names the selectors and shows both markups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from pytest_httpserver import HTTPServer

from coso.records import Incident
from coso.settings import Settings
from expectations.checks import landed_layout
from expectations.gates import check_landed
from expectations.incidents import read_incidents
from flows import steps
from flows.run import Run, new_run

PARAGRAPH = (
    "Năm 2024, toàn tỉnh tổ chức {n} cuộc đối thoại giữa người đứng đầu cấp ủy, chính quyền với nhân dân; "
    "các kiến nghị được phân công từng cơ quan xử lý và thông báo kết quả tại nhà văn hóa khu dân cư."
)
OLD = '<div class="bai"><h1 class="ten-bai">{title}</h1><div class="than-bai">{body}</div></div>'
NEW = '<div class="bai"><h2 class="detail-title">{title}</h2><section class="detail-body">{body}</section></div>'


def article(layout: str, number: int) -> str:
    title = f"Đối thoại với nhân dân về dân chủ ở cơ sở lần thứ {number}"
    body = "".join(f"<p>{PARAGRAPH.format(n=10 * number + part)}</p>" for part in range(4))
    page = layout.format(title=title, body=body)
    return f"<html><head><title>{title}</title></head><body><nav><a href='/'>Trang chủ</a></nav>{page}</body></html>"


def publish(server: HTTPServer, layout: str, numbers: range) -> None:
    """Serve new articles in a layout, and a front page that leads to them."""
    server.clear()
    server.expect_request("/robots.txt").respond_with_data("", status=404)
    links = "".join(f"<h3><a href='/bai-{n}.html'>Đối thoại với nhân dân lần {n}</a></h3>" for n in numbers)
    server.expect_request("/").respond_with_data(f"<main>{links}</main>", content_type="text/html")
    for n in numbers:
        server.expect_request(f"/bai-{n}.html").respond_with_data(
            article(layout, n), content_type="text/html; charset=utf-8"
        )


@pytest.fixture
def once(httpserver: HTTPServer, tmp_path: Path) -> Callable[[], list[Incident]]:
    """Return a function that runs everything up to the incidents, with a source for the site."""
    values = {
        "key": "bao-thu", "name": "Báo Thử", "kind": "party_newspaper", "extends": "general",
        "status": "unverified", "home_url": httpserver.url_for("/"), "province": {"code": "22", "frame": "34"},
        "discovery": [{"method": "listing", "url": httpserver.url_for("/")}], "article_url": r"/bai-\d+\.html$",
        "selectors": {"title": "h1.ten-bai", "body": "div.than-bai"}, "schedule": "0 6 * * *",
        "licence": "test", "allow_loopback": True, "pace_seconds": 0,
    }  # fmt: skip
    (tmp_path / "sources").mkdir()
    write = tmp_path / "sources" / "bao-thu.yml"
    write.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    settings = Settings(tmp_path / "lake", date(2025, 1, 15), None, "test@example.invalid", None)

    def run() -> list[Incident]:
        return _run(new_run(replace(settings, sources=tmp_path / "sources")))

    return run


def _run(run: Run) -> list[Incident]:
    steps.prepare(run)
    for source in run.sources():
        steps.collect_source(run, source)
        steps.land_source(run, source)
    steps.land_registry(run)
    steps.note_drift(run)
    steps.update_incidents(run, [check_landed(run.lake, run.run_id, run.today, landed_layout.CHECKS)])
    return read_incidents(run.lake)


def test_a_changed_layout_opens_one_incident_that_shows_it(
    httpserver: HTTPServer, once: Callable[[], list[Incident]]
) -> None:
    publish(httpserver, OLD, range(1, 6))
    assert once() == []
    publish(httpserver, NEW, range(6, 11))
    (incident,) = once()
    assert (incident.check_id, incident.status) == ("landed.layout_lost", "open")
    assert (incident.source_key, incident.province_code, incident.frame) == ("bao-thu", "22", "34")
    assert "bộ chọn body div.than-bai: khớp 100%" in incident.expected
    assert '<div class="bai"> <div class="than-bai">' in incident.expected
    assert "bộ chọn title h1.ten-bai: khớp 0%, 5 trang" in incident.observed
    assert '<div class="bai"> <section class="detail-body">' in incident.observed
    assert incident.evidence_url is not None
    assert "/bai-" in incident.evidence_url
    again = once()  # nothing new came: the same incident, told once
    assert [(one.incident_id, one.opened_at) for one in again] == [(incident.incident_id, incident.opened_at)]

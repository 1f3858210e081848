"""Feedback portals: statuses, deadlines, versions, and what never gets in."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from scraper_site import FakeTime, LocalSite

from coso.lake import Lake, read_table
from coso.records import ParseIssue, Submission, from_table
from coso.settings import Settings
from scrapers.collect import collect_source
from scrapers.land import land_source
from scrapers.pace import HostPace
from scrapers.parse.feedback import WITHHELD, FeedbackReading, on_time, read_feedback
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse, capture_id

Make = Callable[..., Source]

FIELDS = {
    "title": "h1.tieu-de",
    "content": ".noi-dung",
    "answer": ".tra-loi",
    "category": {"label": "Lĩnh vực"},
    "agency": {"label": "Đơn vị xử lý"},
    "received": {"css": ".ngay", "nth": 1},
    "deadline": {"label": "Hạn xử lý"},
    "answered": {"label": "Ngày trả lời"},
    "status": {"label": "Trạng thái"},
    "attachments": ".tep a",
}
STATUSES = {
    "Mới tiếp nhận": "received",
    "Đang xử lý": "in_progress",
    "Đã chuyển xử lý": "transferred",
    "Đã trả lời": "answered",
    "Không thuộc thẩm quyền": "rejected",
    "Quá hạn": "overdue",
}


def portal(site: LocalSite, **changes: Any) -> dict[str, Any]:
    feedback = {"channel": "Cổng thử", "external_id": r"[?&]id=(\d+)", "fields": FIELDS, "statuses": STATUSES}
    feedback.update(changes)
    way = {
        "method": "listing",
        "url": f"{site.base}/?trang=1",
        "link_selector": ".muc a",
        "paging": {"param": "trang"},
    }
    return {
        "kind": "feedback_portal",
        "extends": "feedback",
        "feedback": feedback,
        "article_url": r"[?&]id=\d+",
        "discovery": [way],
    }


def item(
    status: str = "Đang xử lý",
    title: str = "Đường hỏng trước trường học",
    content: str = "Đường hỏng nặng, đề nghị sửa.",
    answer: str = "",
    deadline: str = "",
    answered: str = "",
    category: str = "Giao thông",
) -> str:
    return f"""<html><head><title>Cổng</title></head><body><h1 class="tieu-de">{title}</h1>
    <table><tr><th>Lĩnh vực</th><td>{category}</td></tr><tr><th>Đơn vị xử lý:</th><td>UBND phường Thử</td></tr>
    <tr><th>Người gửi</th><td>Nguyễn Văn Mật</td></tr><tr><th>Điện thoại</th><td>0912345678</td></tr>
    <tr><th>Hạn xử lý</th><td>{deadline}</td></tr></table>
    <p>Ngày gửi: <span class="ngay">10/02/2025 08:15</span></p>
    <dl><dt>Trạng thái</dt><dd>{status}</dd></dl><p>Ngày trả lời: {answered}</p>
    <div class="noi-dung">{content}</div><div class="tra-loi">{answer}</div>
    <div class="tep"><a href="1.jpg">1</a><a href="2.jpg">2</a></div></body></html>"""


def read(
    source: Source, html: str, seen: datetime = datetime(2025, 2, 20, tzinfo=UTC), number: int = 7
) -> FeedbackReading:
    url, payload = f"http://127.0.0.1/?id={number}", html.encode()
    headers = (("Content-Type", "text/html"),)
    identity = capture_id("bao-thu", url, payload)
    page = StoredResponse(identity, "bao-thu", "detail", url, url, 200, seen, headers, payload)
    return read_feedback(source, page)


def row(source: Source, html: str, **more: Any) -> Submission:
    reading = read(source, html, **more)
    assert reading.submission is not None, reading.issues
    return reading.submission


def test_fields_by_selector_and_by_label(site: LocalSite, make_source: Make) -> None:
    found = row(
        make_source(**portal(site)), item(deadline="25/02/2025", answer="Đã vá.", answered="24/02/2025")
    )
    assert found.external_id == "7"
    assert (found.category_raw, found.agency) == ("Giao thông", "UBND phường Thử")
    assert (found.received_on, found.deadline_on) == (date(2025, 2, 10), date(2025, 2, 25))
    assert (found.deadline_basis, found.answered_on, found.on_time) == ("stated", date(2025, 2, 24), "yes")
    assert (found.answer_masked, found.attachments) == ("Đã vá.", 2)


def test_the_senders_data_has_nowhere_to_go(site: LocalSite, make_source: Make) -> None:
    content = "Tôi là Trần Thị Thử, nhà số 12 ngõ 5 đường Lê Lợi, gọi 0987 654 321 hoặc thu.tran@example.com."
    found = row(make_source(**portal(site)), item(content=content, answer="Cảm ơn ông Nguyễn Văn Mật."))
    everything = " ".join(str(getattr(found, name)) for name in Submission.__slots__)
    for secret in ("Mật", "0912345678", "0987", "thu.tran", "Trần Thị Thử", "số 12", "ngõ 5"):
        assert secret not in everything
    assert "đường Lê Lợi" in everything


@pytest.mark.parametrize("where", ["title", "category"])
def test_a_denunciation_leaves_no_words(where: str, site: LocalSite, make_source: Make) -> None:
    changes = {where: "Đơn TỐ CÁO cán bộ xã", "content": "Ông Lý nhận tiền.", "answer": "Đã xác minh ông Lý."}
    found = row(make_source(**portal(site)), item(**changes))
    assert (found.title_masked, found.content_masked, found.answer_masked) == (WITHHELD, None, None)
    assert found.status == "in_progress"


@pytest.mark.parametrize(("raw", "status"), [*STATUSES.items(), ("ĐANG  XỬ LÝ", "in_progress")])
def test_statuses_are_mapped(raw: str, status: str, site: LocalSite, make_source: Make) -> None:
    found = row(make_source(**portal(site)), item(status=raw))
    assert found.status == status


def test_an_unknown_status_is_unknown_and_told(site: LocalSite, make_source: Make) -> None:
    reading = read(make_source(**portal(site)), item(status="Chờ họp liên ngành"))
    assert reading.submission is not None
    assert (reading.submission.status, reading.submission.status_raw) == ("unknown", "Chờ họp liên ngành")
    assert [one.reason for one in reading.issues] == ["unknown_status"]
    assert "Chờ họp liên ngành" in reading.issues[0].detail


def test_a_page_without_status(site: LocalSite, make_source: Make) -> None:
    html = item().replace("Trạng thái", "Khác")
    assert [one.reason for one in read(make_source(**portal(site)), html).issues] == ["no_status"]
    told = make_source(**portal(site, status_when_absent="answered"))
    assert (row(told, html).status, read(told, html).issues) == ("answered", ())


def test_deadlines_stated_assumed_unknown(site: LocalSite, make_source: Make) -> None:
    plain, assuming = make_source(**portal(site)), make_source(**portal(site, assumed_deadline_days=15))
    assert row(plain, item(deadline="12/02/2025")).deadline_basis == "stated"
    assert (row(plain, item()).deadline_on, row(plain, item()).deadline_basis) == (None, "unknown")
    found = row(assuming, item())
    assert (found.deadline_on, found.deadline_basis) == (date(2025, 2, 25), "assumed")
    assert row(assuming, item(deadline="12/02/2025")).deadline_on == date(2025, 2, 12)


D = date(2025, 2, 25)


@pytest.mark.parametrize(
    ("deadline", "answered", "seen", "status", "verdict"),
    [
        (D, date(2025, 2, 25), date(2025, 3, 1), "answered", "yes"),
        (D, date(2025, 2, 26), date(2025, 3, 1), "answered", "no"),
        (D, None, date(2025, 2, 25), "in_progress", "unknown"),
        (D, None, date(2025, 2, 26), "in_progress", "no"),
        (D, None, date(2025, 2, 26), "answered", "unknown"),
        (D, None, date(2025, 2, 26), "rejected", "unknown"),
        (None, date(2025, 2, 26), date(2025, 3, 1), "answered", "unknown"),
        (None, None, date(2025, 3, 1), "overdue", "no"),
    ],
)
def test_on_time(deadline: date | None, answered: date | None, seen: date, status: str, verdict: str) -> None:
    assert on_time(deadline, answered, seen, status) == verdict


def test_versions_change_with_what_is_published_and_with_nothing_else(
    site: LocalSite, make_source: Make
) -> None:
    source = make_source(**portal(site))
    first, same = row(source, item()), row(source, item() + "<!-- counter 17 -->")
    assert (first.submission_id, first.version_id) == (same.submission_id, same.version_id)
    later = row(source, item(status="Đã trả lời", answer="Đã vá."))
    assert later.submission_id == first.submission_id
    assert later.version_id != first.version_id
    assert row(source, item(), number=8).submission_id != first.submission_id


def test_a_page_without_title_or_id_is_an_issue(site: LocalSite, make_source: Make) -> None:
    source = make_source(**portal(site))
    assert [one.reason for one in read(source, item(title="")).issues] == ["no_title"]
    strict = make_source(**portal(site, external_id=r"[?&]ma=(\d+)"))
    assert [one.reason for one in read(strict, item()).issues] == ["no_external_id"]


def test_open_items_are_followed_until_they_are_settled(
    site: LocalSite,
    make_source: Make,
    lake: Lake,
    settings: Settings,
    fake_time: FakeTime,
    pace: HostPace,
) -> None:
    site.put("/?trang=1", '<ul class="muc"><a href="/?id=1">A</a><a href="/?id=2">B</a></ul>')
    site.put("/?trang=2", '<ul class="muc"><a href="/?id=3">C</a></ul>')
    site.put("/?trang=3", '<ul class="muc"></ul>')
    for number in (1, 2, 3):
        site.put(f"/?id={number}", item(), etag=f'"{number}-a"')
    source = make_source(**portal(site))

    def run(run_id: str) -> dict[str, int]:
        result = collect_source(source, lake, run_id, settings, clock=fake_time.clock, pace=pace)
        land_source(source, lake)
        return result.counts

    def asked() -> list[int]:
        return [site.asked(f"/?id={number}") for number in (1, 2, 3)]

    assert run("r1") == {"stored": 7}
    site.put("/?id=2", item(status="Đã trả lời", answer="Đã vá.", answered="12/02/2025"), etag='"2-b"')
    run("r2")
    assert asked() == [2, 2, 2]
    run("r3")
    assert asked() == [3, 2, 3]
    looked_back = []
    for day in range(1, 20):
        before, fake_time.at = asked(), fake_time.at + timedelta(days=1)
        run(f"d{day}")
        assert (asked()[0], asked()[2]) == (before[0] + 1, before[2] + 1)
        looked_back += [day] if asked()[1] > before[1] else []
    assert looked_back == [1, 2, 4, 8]
    rows = from_table(Submission, read_table(lake.landed / "submissions", Submission))
    assert len(rows) == len({one.version_id for one in rows}) == 4
    history = sorted((one.seen_at, one.status) for one in rows if one.external_id == "2")
    assert [status for _, status in history] == ["in_progress", "answered"]
    assert read_table(lake.landed / "parse_issues", ParseIssue).num_rows == 0


WORDS = {
    "received": "Mới tiếp nhận",
    "assigned": "Đã phân công",
    "in_progress": "Đang xử lý",
    "answered": "Đã trả lời",
    "closed": "Đã đóng",
    "rejected": "Không thuộc thẩm quyền",
    "transferred": "Đã chuyển cơ quan khác",
    "overdue": "Quá hạn",
    "unknown": "Chờ họp liên ngành",
}
FLOWS = [
    ["received", "assigned", "in_progress", "answered", "closed"],
    ["received", "transferred", "in_progress", "answered"],
    ["received", "rejected"],
    ["received", "in_progress", "overdue", "answered"],
    ["received", "answered", "overdue"],
    ["in_progress", "answered", "in_progress", "answered", "in_progress"],
    ["received", "unknown", "closed", "received"],
]


@pytest.mark.parametrize("seed", range(3))
def test_every_flow_of_statuses_is_kept_version_by_version(
    seed: int,
    site: LocalSite,
    make_source: Make,
    lake: Lake,
    settings: Settings,
    fake_time: FakeTime,
    pace: HostPace,
) -> None:
    """Items go from state to state, back as well; what a day adds is, byte for byte, what reading all anew gives."""
    chance = random.Random(seed)
    words = {word: status for status, word in WORDS.items() if status != "unknown"}
    source = make_source(**portal(site, statuses=words))
    links = "".join(f'<a href="/?id={n}">A</a>' for n in range(len(FLOWS)))
    site.put("/?trang=1", f'<ul class="muc">{links}</ul>')
    for day in range(5):
        for number, flow in enumerate(FLOWS):
            html = item(status=WORDS[flow[min(day, len(flow) - 1)]])
            counter = chance.choice(["", f"<!-- lượt xem {chance.random()} -->"])
            site.put(f"/?id={number}", html + counter)
        collect_source(source, lake, f"r{day}", settings, clock=fake_time.clock, pace=pace)
        land_source(source, lake)
        fake_time.at += timedelta(days=1)
    rows = from_table(Submission, read_table(lake.landed / "submissions", Submission))
    assert len({one.version_id for one in rows}) == len(rows)
    for number, flow in enumerate(FLOWS):
        history = sorted((one.seen_at, one.status) for one in rows if one.external_id == str(number))
        assert [status for _, status in history] == flow
    added = {path: path.read_bytes() for path in sorted(lake.landed.rglob("*.parquet"))}
    land_source(source, lake, rebuild=True)
    assert {path: path.read_bytes() for path in sorted(lake.landed.rglob("*.parquet"))} == added

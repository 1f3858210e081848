"""Politeness beyond robots.txt: hours, permissions, one pace for all processes, and spam that is left alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing, page
from scraper_site import FakeTime, LocalSite, Reply

from coso.errors import BadInputError
from scrapers.land import land_source
from scrapers.pace import Clock, SharedPace
from scrapers.parse.recognise import is_plainly_content
from scrapers.parse.spam import is_spam_title, spam_phrases
from scrapers.sourcefile import Source

Make = Callable[..., Source]


def test_a_source_is_left_alone_outside_its_hours(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", f5())
    source = make_source(visiting_hours="22:00-06:00")
    visit.time.at = visit.time.at.replace(hour=3)  # ten in the morning in Vietnam
    assert (visit(source).sight, site.requests) == ("closed", [])
    assert visit.crawls()[0].detail == "outside its visiting hours, 22:00 to 06:00"
    visit.time.at = visit.time.at.replace(hour=16)
    assert visit(source).counts == {"stored": 3}


def test_a_crawl_stops_when_the_hours_end(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 600\n")
    site.put("/", listing(*[f"/tin-{n}.html" for n in range(9)]))
    source = make_source(visiting_hours="10:00-10:35")
    assert visit(source).counts == {"not_found": 3, "stored": 2}  # at 10:10, 10:20 and 10:30
    assert visit.crawls()[0].sight == "news"


def test_a_delay_no_crawl_can_wait_for_ends_it_at_once(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    """Else one host would hold up a whole run for days."""
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 86400\n")
    site.put("/", listing("/tin-1.html"))
    assert visit(make_source()).sight == "closed"
    assert [request.path for request in site.requests] == ["/robots.txt"]
    assert visit.time.slept == []
    assert visit.crawls()[0].detail == "robots.txt asks for 86400 s between two requests, a crawl waits 600 s"
    assert (
        visit(make_source(pace_seconds=86400, max_articles=1)).sight == "news"
    )  # the source file asks for it


@pytest.mark.parametrize(
    ("permission", "reason"),
    [
        (
            {"status": "refused", "given_on": "2024-01-01", "by": "Báo Thử"},
            "refused by Báo Thử on 2024-01-01",
        ),
        (
            {"status": "granted", "given_on": "2023-01-01", "expires_on": "2024-12-19", "by": "Báo Thử"},
            "the permission of Báo Thử expired on 2024-12-19",
        ),
    ],
)
def test_without_permission_nothing_is_asked(
    permission: dict[str, str], reason: str, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    assert visit(make_source(permission=permission)).sight == "closed"
    assert (visit.crawls()[0].detail, site.requests) == (reason, [])


def test_a_permission_that_holds_or_was_only_asked_for_forbids_nothing(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    site.put("/", listing("/tin-1.html"))
    for status in ("granted", "asked"):
        permission = {"status": status, "given_on": "2024-01-01", "expires_on": "2024-12-20", "by": "Báo Thử"}
        assert visit(make_source(permission=permission)).found == 1


def test_hours_that_are_none_are_refused(make_source: Make) -> None:
    with pytest.raises(BadInputError, match="are no hours; write them as 22:00-06:00"):
        make_source(visiting_hours="at night")


BOOKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from scrapers.pace import Clock, SharedPace

at = datetime(2024, 12, 20, tzinfo=UTC)
slept = []
pace = SharedPace(Path(sys.argv[1]), Clock(lambda: at, lambda: 0.0, slept.append))
for _ in range(50):
    pace.wait("a.example:80", 2)
print(" ".join(f"{seconds:g}" for seconds in [0, *slept][-50:]))
"""


def test_processes_share_one_pace(tmp_path: Path) -> None:
    """Four processes ask for fifty slots each at the same moment of a clock that stands still: none is given twice."""
    call = [sys.executable, "-c", BOOKER, str(tmp_path)]
    running = [subprocess.Popen(call, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    given = [float(text) for one in running for text in one.communicate()[0].split()]
    slots = sorted(round(seconds) for seconds in given)
    assert slots[-1] == 2 * 199
    assert len(set(slots) - {0}) == 199


def test_threads_with_one_opening_of_the_pace_share_it_too(tmp_path: Path) -> None:
    at = datetime(2024, 12, 20, tzinfo=UTC)
    slept: list[float] = []
    pace = SharedPace(tmp_path, Clock(lambda: at, lambda: 0.0, slept.append))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: pace.wait("a.example", 2), range(200)))
    pace.close()
    pace.wait("a.example", 2)
    assert sorted(round(seconds) for seconds in slept) == [2 * number for number in range(1, 201)]


def test_a_shared_pace_passes_over_slots_of_a_clock_gone_wrong(tmp_path: Path, fake_time: FakeTime) -> None:
    pace = SharedPace(tmp_path, fake_time.clock)
    pace.wait("a", 5)
    pace.wait("a", 5)
    assert [round(seconds) for seconds in fake_time.slept] == [5]
    fake_time.at -= timedelta(days=300)
    pace.wait("a", 5)
    (tmp_path / "a").write_text("half a num")
    pace.wait("a", 5)
    pace.wait("b", 0)
    assert len(fake_time.slept) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


SPAM = "Nhà cái uy tín số 1 - Nổ hũ đổi thưởng, tặng 100K"


def test_spam_on_an_honest_host_is_kept_and_never_read(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    site.put(
        "/", page(f'<main><a href="/tin-1.html">{SPAM}</a><a href="/tin-2.html">Thông báo của sở</a></main>')
    )
    planted = (
        f"<head><title>{SPAM}</title></head><h1 class='name'>Link vào nhà cái</h1><div id='content-detail'>"
    )
    site.put("/tin-2.html", Reply(200, (planted + "<p>Văn bản dài. </p>" * 200).encode()))
    source = make_source()
    assert visit(source).counts == {"seo_spam": 1, "stored": 2}
    assert site.asked("/tin-1.html") == 0
    assert visit.crawls()[0].spam == 1
    assert land_source(source, visit.lake).documents == 0
    assert [row.reason for row in visit.issues()] == ["seo_spam"]


@pytest.mark.parametrize(
    "title",
    [
        "Triệt phá đường dây đánh bạc qua mạng, bắt giữ nhóm điều hành nhà cái",
        "Khởi tố nhóm cá cược bóng đá trực tuyến nghìn tỷ",
        "Cảnh báo người dân trước các trang game đổi thưởng",
        "Hội nghị đối thoại giữa người đứng đầu cấp ủy với nhân dân",
        "Huyện tặng 100 suất quà, nạp 20 khay giống tại kỳ họp",
    ],
)
def test_reports_on_gambling_are_no_spam(title: str) -> None:
    assert not is_spam_title(title), spam_phrases(title)


def test_a_page_of_running_text_needs_no_closer_look_unless_it_advertises() -> None:
    text = "<p class='a'>" + "Các xã tiếp công dân và đối thoại với nhân dân. " * 20 + "</p>"
    assert is_plainly_content(f"<title>Tiếp công dân</title>{text}")
    assert not is_plainly_content(f"<title>{SPAM}</title>{text}")
    assert not is_plainly_content(f"<meta name='description' content='{SPAM}'>{text}")
    assert not is_plainly_content(
        "<title>404</title><p>Không tìm thấy trang mà quý vị yêu cầu trên cổng này.</p>"
    )

"""The portals answer as real ones do: markup families, validators, packing, refusals, failures."""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
import time

import feedparser
import pytest
import requests
from bs4 import BeautifulSoup

import demo
from coso.errors import BusyError, EnvironmentProblemError, ExitCode
from coso.settings import PROJECT_ROOT
from demo.feedback import load_items
from demo.portals import article_path, build_portal, slug, visible_date
from demo.prose import load_articles, of_outlet
from demo.server import HOST, SLOW_SECONDS
from demo.truth import expected_outcomes, load_truth

ORIGIN = "http://127.0.0.1:8620"
BODIES = {
    "ha-nam": ("h1.media-heading", "div.content#content"),
    "ha-tinh": ("h1.article__title", "div.article__body.cms-body"),
    "hau-giang": ("div.news-details-content h1", "div.contentView"),
    "quang-ninh": ("h1.name", "#content-detail"),
    "trung-uong": (".sc-longform-header-title", ".b-maincontent .entry"),
}


def _get(web: demo.SampleWeb, outlet: str, path: str, **headers: str) -> requests.Response:
    return requests.get(web.url(outlet, path), headers=headers, timeout=10)


def _soup(response: requests.Response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml", from_encoding="utf-8")


def _path(outlet: str, page: str) -> str:
    return article_path(next(a for a in of_outlet(outlet) if a.page == page))


@pytest.mark.parametrize("outlet", sorted(BODIES))
def test_each_family_carries_title_and_every_paragraph(web: demo.SampleWeb, outlet: str) -> None:
    title, body = BODIES[outlet]
    for article in of_outlet(outlet):
        path = article_path(article)
        response = _get(web, outlet, path)
        if response.status_code == 503:
            response = _get(web, outlet, path)
        soup = _soup(response)
        assert soup.select_one(title).get_text(strip=True) == article.title  # type: ignore[union-attr]
        shown = [tag.get_text(strip=True) for tag in soup.select(f"{body} p, {body} figcaption")]
        assert all(p.text in shown for p in article.paragraphs)


@pytest.mark.parametrize("outlet", list(load_truth().outlets))
def test_every_page_is_confirmed_by_etag_and_by_date(web: demo.SampleWeb, outlet: str) -> None:
    for path, page in build_portal(outlet, web.url(outlet, "")).items():
        if page.conduct:
            continue
        first = _get(web, outlet, path)
        etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
        by_tag = _get(web, outlet, path, **{"If-None-Match": etag})
        by_date = _get(web, outlet, path, **{"If-Modified-Since": modified})
        other = _get(web, outlet, path, **{"If-None-Match": '"other"', "If-Modified-Since": modified})
        assert [first.status_code, by_tag.status_code, by_date.status_code, other.status_code] == [
            200,
            304,
            304,
            200,
        ]
        assert by_tag.content == b""
        assert by_tag.headers["ETag"] == etag


def test_pages_are_packed_for_those_who_ask(web: demo.SampleWeb) -> None:
    path = _path("ha-nam", "2024")
    packed = _get(web, "ha-nam", path, **{"Accept-Encoding": "gzip"})
    plain = _get(web, "ha-nam", path, **{"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["Content-Length"]) < len(plain.content)
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"


def test_a_failing_page_fails_once_and_then_answers() -> None:
    path = _path("ha-tinh", "2022-h1")
    with demo.serve(base_port=0) as own:
        statuses = [_get(own, "ha-tinh", path).status_code for _ in range(3)]
    assert statuses == [503, 200, 200]


def test_a_slow_page_is_late_and_whole(web: demo.SampleWeb) -> None:
    started = time.monotonic()
    response = _get(web, "quang-ninh", _path("quang-ninh", "2022-h1"))
    assert response.status_code == 200
    assert time.monotonic() - started >= SLOW_SECONDS


def test_robots_closes_a_page_that_the_feed_links_to(web: demo.SampleWeb) -> None:
    feed = feedparser.parse(_get(web, "ha-tinh", "/rss/home.rss").content)
    closed = [entry.link for entry in feed.entries if "/noi-bo/" in entry.link]
    assert len(closed) == 1
    assert "Disallow: /noi-bo/" in _get(web, "ha-tinh", "/robots.txt").text
    assert re.search(r"-post\d+\.html$", closed[0])


def test_a_linked_page_is_gone_and_another_only_says_so(web: demo.SampleWeb) -> None:
    gone = next(o for o in expected_outcomes() if o.conduct == "gone")
    listing = _soup(_get(web, gone.outlet, "/tin-moi"))
    link = listing.find("a", string=gone.title)
    assert _get(web, gone.outlet, str(link["href"])).status_code == 404  # type: ignore[index]
    soft = next(o for o in expected_outcomes() if o.conduct == "soft_404")
    path = next(p for p in build_portal(soft.outlet, ORIGIN) if slug(soft.title or "") in p)
    response = _get(web, soft.outlet, path)
    assert response.status_code == 200
    assert "Không tìm thấy trang" in response.text


def test_one_page_is_sent_under_the_wrong_charset(web: demo.SampleWeb) -> None:
    response = _get(web, "hau-giang", _path("hau-giang", "2022"))
    assert "ISO-8859-1" in response.headers["Content-Type"]
    assert "Hậu Giang" in response.content.decode("utf-8")
    assert '<meta charset="utf-8">' in response.content.decode("utf-8")


def test_unknown_addresses_and_methods_are_refused(web: demo.SampleWeb) -> None:
    assert _get(web, "ha-nam", "/khong-co/").status_code == 404
    assert _get(web, "hue", "/?pa=99999").status_code == 404
    assert requests.post(web.url("ha-nam"), timeout=10).status_code == 405
    assert requests.head(web.url("ha-nam"), timeout=10).status_code == 200


def test_feeds_carry_every_article_with_its_time(web: demo.SampleWeb) -> None:
    index = _soup(_get(web, "quang-ninh", "/rss"))
    feeds = [a["href"] for a in index.select("li a")]
    entries = [
        e for url in feeds for e in feedparser.parse(requests.get(str(url), timeout=10).content).entries
    ]
    articles = {web.url("quang-ninh", article_path(a)): a for a in of_outlet("quang-ninh")}
    assert {entry.link for entry in entries} == set(articles)
    for entry in entries:
        assert tuple(entry.published_parsed[:5]) == articles[entry.link].published.utctimetuple()[:5]


def test_sitemap_index_leads_through_gzip_files_to_every_article(web: demo.SampleWeb) -> None:
    robots = _get(web, "ha-nam", "/robots.txt").text
    index = requests.get(re.search(r"Sitemap: (\S+)", robots)[1], timeout=10)  # type: ignore[index]
    found: set[str] = set()
    for url in re.findall(r"<loc>(.*?)</loc>", index.text):
        response = requests.get(url, timeout=10)
        assert "Content-Encoding" not in response.headers
        found |= set(re.findall(r"<loc>(.*?)</loc>", gzip.decompress(response.content).decode()))
    assert {web.url("ha-nam", article_path(a)) for a in of_outlet("ha-nam")} < found


@pytest.mark.parametrize(
    ("outlet", "first", "selector"), [("hau-giang", "/tin-moi", "h2 a"), ("trung-uong", "/moi-nhat", "h3 a")]
)
def test_paged_lists_lead_to_every_article(
    web: demo.SampleWeb, outlet: str, first: str, selector: str
) -> None:
    found: set[str] = set()
    page = 1
    while (response := _get(web, outlet, first if page == 1 else f"{first}?page={page}")).status_code == 200:
        found |= {str(a["href"]) for a in _soup(response).select(selector)}
        page += 1
    assert page > 3
    assert {article_path(a) for a in of_outlet(outlet)} <= found


def test_the_page_clock_stands_before_the_real_date(web: demo.SampleWeb) -> None:
    article = next(a for a in of_outlet("quang-ninh") if a.page == "2024")
    lines = _soup(_get(web, "quang-ninh", article_path(article))).get_text("\n", strip=True)
    assert lines.index("Thứ Bảy, 15/03/2025 09:12 (GMT +7)") < lines.index(
        "Thứ 2, 23/12/2024 | 18:21:07 [GMT +7]"
    )
    assert re.search(r"Liên kết website\nÝ kiến \(\)", lines)


def test_machine_readable_dates_stand_on_some_portals_only(web: demo.SampleWeb) -> None:
    marks = {}
    for outlet in BODIES:
        text = _get(web, outlet, _path(outlet, "off-1")).text
        marks[outlet] = ("datePublished" in text, "article:published_time" in text)
    assert marks == {
        "ha-nam": (False, False),
        "ha-tinh": (True, False),
        "hau-giang": (False, False),
        "quang-ninh": (False, False),
        "trung-uong": (False, True),
    }


def test_visible_dates_name_the_right_weekday() -> None:
    published = {a.outlet: a.published for a in load_articles() if a.page == "off-2"}
    assert visible_date("ha-nam", published["ha-nam"]) == "Thứ Năm, 06/03/2025, 08:40 [GMT+7]"
    assert visible_date("quang-ninh", published["quang-ninh"]) == "Thứ 3, 11/03/2025 | 21:40:12 [GMT +7]"
    assert visible_date("hau-giang", published["hau-giang"]) == "10/03/2025 | 18:45 GMT+7"


def test_the_feedback_portal_shows_what_must_be_dropped_and_what_must_be_kept(web: demo.SampleWeb) -> None:
    found: set[str] = set()
    for act in ("dxl", "dangxl"):
        page, path = 1, f"/?act={act}"
        while (response := _get(web, "hue", path)).status_code == 200:
            found |= {str(a["href"]) for a in _soup(response).select("a.PhanAnh_TieuDe")}
            page += 1
            path = f"/?act={act}&page={page}"
    assert found == {f"/?pa={item.external_id}" for item in load_items()}
    for item in load_items():
        soup = _soup(_get(web, "hue", f"/?pa={item.external_id}"))
        assert item.sender.phone in soup.get_text()
        assert len(soup.select(".ChiTiet_NgayGui")) == (2 if item.deadline else 1)
        status = soup.select_one(".ChiTiet_TrangThai")
        assert (status.get_text() if status else None) == item.status


def test_the_same_bytes_are_served_at_each_start() -> None:
    for outlet in load_truth().outlets:
        first, second = build_portal(outlet, ORIGIN), build_portal(outlet, ORIGIN)
        assert {k: (p.body, p.packed, p.etag) for k, p in first.items()} == {
            k: (p.body, p.packed, p.etag) for k, p in second.items()
        }


def _taken_behind_a_free_one() -> socket.socket:
    """Return a listening socket whose port comes right after one that is free; other tests bind ports, too."""
    while True:
        taken = socket.socket()
        taken.bind((HOST, 0))
        taken.listen()
        with socket.socket() as before:
            try:
                before.bind((HOST, taken.getsockname()[1] - 1))
            except OSError:
                taken.close()
                continue
        return taken


def test_a_port_in_use_is_named_and_nothing_stays_bound() -> None:
    with _taken_behind_a_free_one() as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BusyError, match=f"port {port} on 127.0.0.1 is in use"), demo.serve(port - 1):
            pass
        with socket.socket() as free:
            free.bind((HOST, port - 1))


def test_ports_out_of_range_are_refused() -> None:
    with pytest.raises(EnvironmentProblemError, match="port 65536 does not exist"), demo.serve(65535):
        pass


def test_the_web_is_gone_after_the_context() -> None:
    with demo.serve(base_port=0) as own:
        url = own.url("hue")
        assert requests.get(url, timeout=10).status_code == 200
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)


def test_serving_by_hand_on_a_port_in_use_ends_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "demo", "--port", port]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=30, cwd=PROJECT_ROOT, check=False
        )
    assert done.returncode == ExitCode.BUSY
    assert re.fullmatch(rf"port {port} on 127.0.0.1 is in use; stop what uses it.*\n", done.stderr)

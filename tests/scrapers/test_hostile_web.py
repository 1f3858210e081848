"""Everything a hostile or broken site can answer, over real HTTP: each ends as a row with its class, within bounds,
and the good pages beside it are stored and read."""

from __future__ import annotations

import gzip
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from scraper_crawl import Crawler
from scraper_pages import FIRST, SECOND, TITLE, f5, listing, page
from scraper_site import LocalSite, Reply, Request, write_slowly

from coso.lake import read_table
from coso.records import Submission, from_table
from scrapers.land import land_source
from scrapers.sourcefile import Source

Make = Callable[..., Source]

HTML = {"Content-Type": "text/html; charset=utf-8"}
#: Bounds of the source in these tests: bytes on the wire, bytes unpacked, seconds of one answer.
WIRE, UNPACKED, SECONDS = 200_000, 400_000, 1.0
CAPTCHA = page(
    "<main><h1>Xác minh bạn không phải là robot</h1><form><div class='g-recaptcha'></div></form></main>"
)


def chunked(piece: bytes, times: int) -> Reply:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Reply(raw=write_slowly([head, *[b"%x\r\n%s\r\n" % (len(piece), piece)] * times]))


def good(number: int) -> Reply:
    return Reply(200, f5().replace("41 cuộc", f"{number + 50} cuộc").encode(), HTML)


def redirect(target: str) -> Reply:
    return Reply(302, b"", {"Location": target})


#: What a page answers, and the class its attempt ends with.
ATTEMPTS: dict[str, tuple[Reply, str]] = {
    "redirects to itself": (redirect("/tin-9.html"), "redirect_refused"),
    "redirects around": (redirect("/round-1"), "redirect_refused"),
    "leads to another site": (redirect("https://elsewhere.example/tin-1.html"), "redirect_refused"),
    "leads into the house": (redirect("http://169.254.169.254/tin-1.html"), "redirect_refused"),
    "gzip bomb": (
        Reply(200, gzip.compress(b"<p>0</p>" * 2_000_000), HTML | {"Content-Encoding": "gzip"}), "too_large",
    ),
    "bomb within a bomb": (
        Reply(200, gzip.compress(gzip.compress(bytes(30_000_000))), HTML | {"Content-Encoding": "gzip, gzip"}),
        "too_large",
    ),
    "body without end": (chunked(b"x" * 8_000, 100_000), "too_large"),
    "body that drips": (chunked(b"x", 1_000_000), "too_slow"),
    "announces too much": (Reply(200, b"x", HTML, stated_length=10**12), "too_large"),
    "captcha with status 200": (Reply(200, CAPTCHA.encode(), HTML), "challenge"),
    "waits for a power of two": (Reply(429, b"", {"Retry-After": "\u00b2"}), "rate_limited"),
    "as long as a power of two": (
        Reply(raw=write_slowly([b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n\r\n<p>x</p>"])), "stored",
    ),
    "login with status 200": (
        Reply(200, page("<main><h1>Đăng nhập</h1><form><input type='password'></form></main>").encode(), HTML),
        "login",
    ),
    "cut gzip": (
        Reply(200, gzip.compress(f5().encode())[:-20], HTML | {"Content-Encoding": "gzip"}), "bad_encoding",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ATTEMPTS)
def test_an_answer_of_ill_will_is_a_row_and_stops_nothing(
    case: str, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    reply, outcome = ATTEMPTS[case]
    for number in range(1, 30):
        site.put(f"/round-{number}", redirect(f"/round-{number % 29 + 1}"))
    site.put("/", listing("/tin-1.html", "/tin-9.html", "/tin-2.html"))
    site.put("/tin-1.html", good(1))
    site.put("/tin-2.html", good(2))
    site.put("/tin-9.html", reply)
    source = make_source(
        max_bytes=WIRE, max_decoded_bytes=UNPACKED, deadline_seconds=SECONDS, retry={"tries": 1}
    )
    started = time.process_time()
    visit(source)
    spent = time.process_time() - started
    ends = {row.url.removeprefix(site.base): row for row in visit.outcomes()}
    assert ends["/tin-9.html"].outcome == outcome
    assert [ends[path].outcome for path in ("/tin-1.html", "/tin-2.html")] == ["stored", "stored"]
    assert land_source(source, visit.lake).documents == 2
    assert len(site.requests) <= 15  # robots, listing, three pages, a few redirects
    assert spent < 5
    stored = sum(path.stat().st_size for path in visit.lake.warc.rglob("*.warc.gz"))
    assert stored < 3 * WIRE


CHARSETS: dict[str, tuple[str | bytes, str]] = {
    "declares latin-1, is UTF-8": (f5().encode(), "text/html; charset=iso-8859-1"),
    "declares UTF-8, is windows-1258": (
        f5().replace("charset='utf-8'", "charset='windows-1258'"), "text/html; charset=utf-8",
    ),
    "declares undefined, is windows-1258": (
        f5().replace("charset='utf-8'", "charset='windows-1258'"), "text/html; charset=undefined",
    ),
    "declares nonsense": (f5().encode(), "text/html; charset=klingon"),
    "says nothing": (f5().encode(), "text/html"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHARSETS)
def test_a_wrong_charset_does_not_spoil_the_text(
    case: str, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    body, kind = CHARSETS[case]
    raw = body if isinstance(body, bytes) else _windows_1258(body)
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", Reply(200, raw, {"Content-Type": kind}))
    source = make_source()
    visit(source)
    land_source(source, visit.lake)
    (document,) = visit.documents()
    assert document.title == TITLE
    assert FIRST in document.text
    assert SECOND in document.text


def _windows_1258(text: str) -> bytes:
    """Encode as old Vietnamese software does: letters with their tone marks behind them where there is no letter."""
    pieces = []
    for letter in text:
        try:
            pieces.append(letter.encode("windows-1258"))
        except UnicodeEncodeError:
            base = unicodedata.normalize("NFD", letter)
            whole, tone = unicodedata.normalize("NFC", base[:-1]), base[-1]
            if base[-1] in "\u0302\u0306\u031b":  # the tone stands before the shape in some letters
                whole, tone = unicodedata.normalize("NFC", base[0] + base[-1]), base[1:-1]
            pieces.append((whole + tone).encode("windows-1258"))
    return b"".join(pieces)


def test_ids_given_twice_are_told_and_read_all_the_same(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    """Two elements of one id: which is the article cannot be known by it, so the general reader reads the page."""
    teaser = "<div id='content-detail'><p>Tin khác</p></div>"
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", f5().replace("<footer>", teaser + "<footer>"))
    source = make_source()
    visit(source)
    land_source(source, visit.lake)
    (document,) = visit.documents()
    assert document.parser_kind == "general"
    assert FIRST in document.text
    assert [issue.reason for issue in visit.issues()] == ["selectors_missed"]


FEEDBACK = {
    "kind": "feedback_portal", "extends": "feedback", "article_url": r"[?&]id=\d+",
    "selectors": {},
    "feedback": {
        "channel": "Cổng thử", "external_id": r"[?&]id=(\d+)",
        "fields": {"title": "h1", "content": ".noi-dung", "status": ".trang-thai", "received": {"label": "Ngày gửi"}},
        "statuses": {"Mới tiếp nhận": "received", "Đã trả lời": "answered"},
    },
}  # fmt: skip


def item(title: str, status: str) -> str:
    return page(
        f"<main><h1>{title}</h1><p>Ngày gửi: 12/12/2024</p><div class='noi-dung'>Đèn đường ở thôn Thử hỏng đã lâu."
        f"</div><span class='trang-thai'>{status}</span></main>"
    )


def test_an_item_shown_twice_is_one_and_an_unknown_status_is_told(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    links = "".join(
        f"<a href='/?id={n}{more}'>Phản ánh số {n} về đèn đường</a>"
        for n, more in ((1, ""), (2, ""), (1, "&from=home"))
    )
    site.put("/", page(f"<main>{links}</main>"))
    for query in ("id=1", "id=1&from=home", "from=home&id=1"):
        site.put(f"/?{query}", item("Đèn đường hỏng", "Đã trả lời"))
    site.put("/?id=2", item("Cống tắc", "Đang bay trên trời"))
    source = make_source(**FEEDBACK)
    visit(source)
    land_source(source, visit.lake)
    rows = from_table(Submission, read_table(visit.lake.landed / "submissions", Submission))
    assert sorted((row.external_id, row.status) for row in rows) == [("1", "answered"), ("2", "unknown")]
    assert [(issue.reason, "Đang bay" in issue.detail) for issue in visit.issues()] == [
        ("unknown_status", True)
    ]


#: What leads to pages, broken in ways that a parser or an address stumbles over: path, body, and how it is found.
BROKEN_WAYS: dict[str, tuple[bytes, dict[str, object]]] = {
    "base that is no address": (
        b"<base href='http://['><a href='http://[::1'>x</a><a href='//[/'>y</a>", {"method": "listing"}
    ),
    "half a character in JSON": (
        b'[{"u": "/\\ud800"}, {"u": "http://["}, {"u": 5}]', {"method": "json", "endpoint": {"link": "u"}}
    ),
    "sitemap of no addresses": (
        b"<sitemapindex><sitemap><loc>http://[</loc></sitemap><sitemap><loc/></sitemap></sitemapindex>",
        {"method": "sitemap"},
    ),
    "feed with an item torn apart": (
        b"<rss version='2.0'><channel><item><title>x</title><link>h></item></ca</link><description>a</description>"
        b"</item></channel></rss>",
        {"method": "rss"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_WAYS)
def test_a_broken_way_leads_nowhere_and_stops_no_other(
    case: str, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    body, way = BROKEN_WAYS[case]
    site.put("/robots.txt", "User-agent: *\nSitemap: http://[\nSitemap: nonsense\nCrawl-delay: soon\n")
    site.put("/way", Reply(200, body, HTML))
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", good(1))
    ways = [
        {**way, "url": f"{site.base}/way"},
        {"method": "sitemap"},
        {"method": "listing", "url": f"{site.base}/"},
    ]
    source = make_source(discovery=ways)
    assert visit(source).found == 1
    assert land_source(source, visit.lake).documents == 1
    assert {issue.reason for issue in visit.issues()} <= {"no_links"}


def test_a_feed_that_is_the_path_of_a_file_opens_none(
    site: LocalSite, make_source: Make, visit: Crawler, tmp_path: Path
) -> None:
    secret = tmp_path / "feed.xml"
    entry = f"<item><title>x</title><link>{site.base}/tin-1.html</link></item>"
    secret.write_text(f"<rss version='2.0'><channel>{entry}</channel></rss>", encoding="utf-8")
    feed = {"method": "rss", "url": f"{site.base}/rss"}
    site.put("/rss", Reply(200, secret.read_bytes(), HTML))
    assert visit(make_source(discovery=[feed])).found == 1
    site.put("/rss", Reply(200, str(secret).encode(), HTML))
    assert visit(make_source(discovery=[feed])).found == 0


def endless(request: Request) -> Reply:
    """A calendar: each page leads to the next one, and to an article of its own."""
    month = int(parse_qs(urlsplit(request.path).query).get("thang", ["1"])[0])
    body = listing(f"/tin-{month}.html") + f"<a class='next' href='/lich?thang={month + 1}'>Tháng sau</a>"
    return Reply(200, body.encode(), HTML)


def repeating(request: Request) -> Reply:
    """A listing that shows its first page under every number."""
    return Reply(200, listing("/tin-1.html", "/tin-2.html").encode(), HTML)


@pytest.mark.parametrize(
    ("made", "paging", "pages"),
    [
        (endless, {"next_selector": "a.next", "max_pages": 7}, 7),
        (endless, {"param": "thang", "max_pages": 5}, 5),
        (repeating, {"param": "trang", "max_pages": 500}, 2),
    ],
)
def test_paging_without_end_is_bounded(
    made: Callable[[Request], Reply],
    paging: dict[str, object],
    pages: int,
    site: LocalSite,
    make_source: Make,
    visit: Crawler,
) -> None:
    site.made["/lich"] = made
    way = {"method": "listing", "url": f"{site.base}/lich", "paging": paging}
    visit(make_source(discovery=[way], max_articles=1, retry={"tries": 1}))
    asked = [row for row in visit.outcomes() if "/lich" in row.url]
    assert len(asked) == pages
    assert {row.outcome for row in asked} <= {"stored", "unchanged"}
    assert visit.crawls()[0].sight == "news"

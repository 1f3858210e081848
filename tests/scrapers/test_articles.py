"""Articles of every family, and the dirt around them."""

from __future__ import annotations

import gzip
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from scraper_pages import AUTHOR, CAPTION, FAMILIES, FIRST, SAPO, SECOND, TITLE, f1, page

from coso.encodings import TCVN3, VISCII, VNI
from coso.errors import BadInputError
from coso.records import Document
from coso.text import canonical
from scrapers.parse import read_html
from scrapers.parse.article import Reading, read_article
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse, capture_id

Make = Callable[..., Source]


def stored(
    body: bytes | str,
    url: str = "https://bao.example/tin-1.html",
    headers: dict[str, str] | None = None,
    fetched_at: datetime = datetime(2024, 12, 22, 9, 40, tzinfo=UTC),
) -> StoredResponse:
    payload = body.encode() if isinstance(body, str) else body
    sent = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
    identity = capture_id("bao-thu", url, payload)
    return StoredResponse(
        identity, "bao-thu", "article", url, url, 200, fetched_at, tuple(sent.items()), payload
    )


def read(source: Source, body: bytes | str, **more: object) -> Document:
    reading = read_article(source, stored(body, **more))  # type: ignore[arg-type]
    assert reading.document is not None, reading.issues
    return reading.document


def reasons(reading: Reading) -> list[str]:
    return [one.reason for one in reading.issues]


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_family_is_read_by_its_selectors(family: str, make_source: Make) -> None:
    document = read(make_source(extends=family), FAMILIES[family]())
    assert document.title == TITLE
    assert document.sapo == SAPO
    assert document.text == f"{SAPO}\n{FIRST}\n{SECOND}"
    assert document.captions == CAPTION
    assert document.published_on == date(2024, 12, 19)
    assert document.published_rule == "visible"
    assert document.parser_kind == "selectors"
    assert document.parser.startswith(f"{family}@")
    assert document.text == canonical(document.text)


def test_author_and_tags(make_source: Make) -> None:
    assert read(make_source(extends="f1"), f1()).author == AUTHOR
    assert read(make_source(extends="f1"), f1()).tags == "dân chủ | Bình Thử"
    assert read(make_source(extends="f3"), FAMILIES["f3"]()).author == AUTHOR
    assert read(make_source(extends="f5"), FAMILIES["f5"]()).author == AUTHOR


def test_the_page_clock_is_never_the_date(make_source: Make) -> None:
    source = make_source(extends="f5", selectors={"date": []})
    document = read(source, FAMILIES["f5"]())
    assert (document.published_on, document.published_rule) == (date(2024, 12, 19), "visible")
    without = FAMILIES["f5"]().replace("Thứ 5, 19/12/2024 | 18:10:24 [GMT +7]", "")
    reading = read_article(source, stored(without))
    assert reading.document is not None
    assert reading.document.published_on is None
    assert reasons(reading) == ["no_date"]


def test_a_clock_after_the_title_gives_way_to_a_calm_date(make_source: Make) -> None:
    body = f"""<h1 class="name">{TITLE}</h1><span>Chủ Nhật, 22/12/2024 16:41</span><span>19/12/2024 18:10</span>
    <div id="content-detail"><p>{FIRST}</p></div>"""
    assert read(make_source(selectors={"date": []}), page(body)).published_on == date(2024, 12, 19)


WITNESSES = [
    (
        '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},'
        '{"@type":"NewsArticle","datePublished":"2024-12-17T20:30:00Z"}]}</script>'
        '<meta property="article:published_time" content="2024-12-15T08:00:00+07:00">',
        "json_ld",
        date(2024, 12, 18),
    ),
    (
        '<meta property="article:published_time" content="2024-12-15T23:00:00+07:00">',
        "meta",
        date(2024, 12, 15),
    ),
    ('<meta itemprop="datePublished" content="05/12/2024 09:00">', "meta", date(2024, 12, 5)),
    ("", "visible", date(2024, 12, 19)),
]


@pytest.mark.parametrize(
    ("head", "rule", "day"), WITNESSES, ids=[case[1] for case in WITNESSES[:2]] + ["day_first", "visible"]
)
def test_witnesses_in_order(head: str, rule: str, day: date, make_source: Make) -> None:
    body = f'<h1 class="name">{TITLE}</h1><div>19/12/2024</div><div id="content-detail"><p>{FIRST}</p></div>'
    document = read(make_source(), page(body, head))
    assert (document.published_rule, document.published_on) == (rule, day)


@pytest.mark.parametrize(
    ("url", "rule", "day"),
    [
        ("https://b.example/a-20241219181024123.html", "id", date(2024, 12, 19)),
        ("https://b.example/a-185241219181024123.htm", "id", date(2024, 12, 19)),
        ("https://b.example/2024/12/9/a-1.html", "url", date(2024, 12, 9)),
        ("https://b.example/chinh-tri/202411/a-1.html", "url_month", date(2024, 11, 30)),
        ("https://b.example/chinh-tri/202412/a-1.html", "url_month", date(2024, 12, 22)),
    ],
)
def test_the_address_speaks_when_the_page_does_not(url: str, rule: str, day: date, make_source: Make) -> None:
    body = page(f'<h1 class="name">{TITLE}</h1><div id="content-detail"><p>{FIRST}</p></div>')
    document = read(make_source(), body, url=url)
    assert (document.published_rule, document.published_on) == (rule, day)


def test_several_articles_data_is_no_witness(make_source: Make) -> None:
    items = ",".join(f'{{"@type":"NewsArticle","datePublished":"2024-12-0{n}"}}' for n in (1, 2))
    head = f'<script type="application/ld+json">[{items}]</script>'
    assert read(make_source(), page(FAMILIES["f5"](), head)).published_rule == "visible"


TAILS = [
    "Từ khóa:",
    "- Từ khóa: dân chủ",
    "Tin liên quan",
    "Ý kiến ()",
    "Liên kết website",
    "TIN CÙNG CHUYÊN MỤC",
]


@pytest.mark.parametrize("tail", TAILS)
def test_the_tail_is_cut(tail: str, make_source: Make) -> None:
    body = f"<p>{FIRST}</p><p>{SECOND}</p><p>{tail}</p><p>Một bài khác nói về 999 cuộc họp.</p>"
    document = read(
        make_source(), page(f'<h1 class="name">{TITLE}</h1><div id="content-detail">{body}</div>')
    )
    assert document.text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "kept", ["Ý kiến của cử tri được ghi nhận 37 lượt.", "Tin liên quan đến 12 xã đã được gửi."]
)
def test_a_sentence_that_begins_like_a_tail_stays(kept: str, make_source: Make) -> None:
    body = f'<h1 class="name">{TITLE}</h1><div id="content-detail"><p>{FIRST}</p><p>{kept}</p></div>'
    assert read(make_source(), page(body)).text == f"{FIRST}\n{kept}"


def test_a_lead_cut_short_by_the_site_is_not_told_twice(make_source: Make) -> None:
    selectors = {"sapo": ["meta[name='description']"]}
    head = f'<meta name="description" content="{FIRST[:60]}...">'
    body = f'<h1 class="name">{TITLE}</h1><div id="content-detail"><p>{FIRST}</p><p>{SECOND}</p></div>'
    document = read(make_source(selectors=selectors), page(body, head))
    assert document.text == f"{FIRST}\n{SECOND}"
    assert document.sapo == f"{FIRST[:60]}..."


def test_numbers_split_by_markup_stay_whole(make_source: Make) -> None:
    body = f'<h1 class="name">{TITLE}</h1><div id="content-detail"><p>{FIRST} Có 1.<b>786</b> lượt.</p></div>'
    assert read(make_source(), page(body)).text.endswith("Có 1.786 lượt.")


def test_a_long_centred_paragraph_after_a_picture_is_text(make_source: Make) -> None:
    long = " ".join([SECOND] * 4)
    body = f'<p>{FIRST}</p><p><img src="a"></p><p style="text-align:center">{long}</p>'
    document = read(
        make_source(), page(f'<h1 class="name">{TITLE}</h1><div id="content-detail">{body}</div>')
    )
    assert (document.text, document.captions) == (f"{FIRST}\n{long}", None)


def test_missed_selectors_fall_back_and_say_so(make_source: Make) -> None:
    body = f"<h1>{TITLE}</h1><main><div class='new'><p>{FIRST}</p><p>{SECOND}</p></div></main>"
    reading = read_article(make_source(extends="f3"), stored(page(body)))
    assert reading.document is not None
    assert reading.document.parser_kind == "general"
    assert FIRST in reading.document.text
    assert "selectors_missed" in reasons(reading)
    assert any("body: " in one.detail for one in reading.issues)


def test_two_bodies_are_one_too_many(make_source: Make) -> None:
    body = "<div id='content-detail'><p>A</p></div>" * 2
    reading = read_article(make_source(), stored(page(f'<h1 class="name">{TITLE}</h1>{body}<p>{FIRST}</p>')))
    assert "selectors_missed" in reasons(reading)
    assert "#content-detail matched 2" in " ".join(one.detail for one in reading.issues)


UNREADABLE = [
    (b"", {}, "empty_page"),
    (b"   \n", {}, "empty_page"),
    (b"%PDF-1.7\x00\x01 binary", {}, "not_html"),
    (gzip.compress(f1().encode())[:-200], {"Content-Encoding": "gzip"}, "truncated"),
    (b"not gzip at all <p>", {"Content-Encoding": "gzip"}, "bad_encoding"),
    (f1().encode(), {"Content-Encoding": "br"}, "bad_encoding"),
    (b"<html><p>" + bytes(range(0x80, 0xFF)) * 9, {"Content-Type": "text/html"}, "bad_encoding"),
    (f1().encode("utf-8").decode("cp1252", "replace").encode(), {}, "bad_encoding"),
    (b"<html><body><div>x</div></body></html>", {}, "no_title"),
    (f"<html><body><h1>{TITLE}</h1></body></html>".encode(), {}, "empty_page"),
    (
        b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>",
        {},
        "challenge",
    ),
    (b"<title>Dang nhap</title><form><input type='password'></form>", {}, "login"),
    ("<title>Không tìm thấy trang</title><p>Mời quý vị về trang chủ.</p>".encode(), {}, "soft_404"),
]


@pytest.mark.parametrize(("body", "headers", "reason"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_is_an_issue(
    body: bytes, headers: dict[str, str], reason: str, make_source: Make
) -> None:
    reading = read_article(make_source(extends="f1"), stored(body, headers=headers))
    assert reading.document is None
    assert reasons(reading) == [reason]


@pytest.mark.parametrize("charset", ["utf-8", "cp1258", "utf-16"])
def test_bytes_count_for_more_than_what_is_said_of_them(charset: str, make_source: Make) -> None:
    text = f1().replace("charset='utf-8'", "charset='iso-8859-1'")
    if charset == "cp1258":
        text = "".join(_cp1258(char) for char in unicodedata.normalize("NFC", text))
    document = read(make_source(extends="f1"), text.encode(charset), headers={"Content-Type": "text/html"})
    assert document.title == TITLE
    assert SECOND in document.text


@pytest.mark.parametrize("font", [TCVN3, VNI, VISCII], ids=["tcvn3", "vni", "viscii"])
def test_pages_of_before_unicode_are_read_whatever_they_say_of_themselves(
    font: dict[str, str], make_source: Make
) -> None:
    keys = {letter: spelt for spelt, letter in font.items()}
    text = unicodedata.normalize("NFC", f1()).replace("charset='utf-8'", "charset='windows-1252'")
    body = "".join(keys.get(char, char) for char in text).encode("latin-1", errors="replace")
    assert SECOND in read(make_source(extends="f1"), body, headers={"Content-Type": "text/html"}).text


def _cp1258(char: str) -> str:
    """Write a letter as base and tone mark where the Windows code page has no letter of its own."""
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return char


def test_a_saved_page_of_an_unknown_site() -> None:
    body = f"<h1>{TITLE}</h1><p class='d'>19/12/2024</p><article><p>{FIRST}</p><p>{SECOND}</p><p>Từ khóa:</p></article>"
    title, text, published = read_html(page(body).encode())
    assert (title, published) == (TITLE, "2024-12-19")
    assert FIRST in text
    assert SECOND in text
    assert "Từ khóa" not in text


def test_a_date_inside_a_sentence_is_not_the_pages(make_source: Make) -> None:
    body = f"""<h1 class="name">{TITLE}</h1><div id="content-detail"><p>Thực hiện Luật ngày <b>10/11/2022</b>, huyện đã
    ban hành kế hoạch và giao các xã tổ chức thực hiện.</p><p>{FIRST}</p></div>"""
    assert read(make_source(), page(body)).published_on is None


def test_a_header_inside_the_article_is_no_page_chrome(make_source: Make) -> None:
    body = f"""<div class="has-menu page-footer-fixed"><article><header><h1 class="name">{TITLE}</h1>
    <span>19/12/2024 18:10</span></header><div id="content-detail"><p>{FIRST}</p></div></article></div>"""
    document = read(make_source(), page(body))
    assert (document.parser_kind, document.published_on) == ("selectors", date(2024, 12, 19))


def test_a_captcha_in_the_comment_form_makes_no_challenge(make_source: Make) -> None:
    form = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script><div class='g-recaptcha'></div>"
    short = FAMILIES["f5"]().replace("</body>", f"{form}</body>")
    assert read(make_source(), short).title == TITLE
    lines = f"<h1 class='name'>{TITLE}</h1><div id='content-detail'>{FIRST}<br>{SECOND}</div>{form}"
    assert read(make_source(), page(lines)).text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("last", "author"),
    [
        ("<p><em>Bài, ảnh: Trúc Thử</em></p>", "Trúc Thử"),
        ("<p>Tin và ảnh: Thử - Mẫu</p>", "Thử - Mẫu"),
        ("<p>Thu Thử</p>", "Thu Thử"),
        ('<p style="text-align: right;">P.V</p>', "P.V"),
        ("<p>Ảnh hưởng của mưa làm 12 cuộc họp phải dời ngày, theo báo cáo của các xã.</p>", None),
        ("<p>Hội nghị bế mạc cùng ngày.</p>", None),
    ],
)
def test_the_last_line_may_name_the_author(last: str, author: str | None, make_source: Make) -> None:
    body = (
        f'<h1 class="name">{TITLE}</h1><div id="content-detail"><p>{FIRST}</p>{last}<p>Từ khóa: x</p></div>'
    )
    document = read(make_source(), page(body))
    assert document.author == author
    assert (document.text == FIRST) == (author is not None)


def test_an_article_laid_out_in_a_table_is_text(make_source: Make) -> None:
    rows = "".join(f"<tr><td><p>{FIRST} Số {n}.</p></td></tr>" for n in range(9))
    body = f'<div id="content-detail"><table><tr><td><img src="a"></td></tr>{rows}</table></div>'
    document = read(make_source(), page(f'<h1 class="name">{TITLE}</h1>{body}'))
    assert document.text.count(FIRST) == 9
    assert document.captions is None


def test_a_heading_after_a_picture_is_text(make_source: Make) -> None:
    body = f'<p>{FIRST}</p><p><img src="a"></p><h3 align="center">Kết quả tại các xã</h3><p>{SECOND}</p>'
    document = read(
        make_source(), page(f'<h1 class="name">{TITLE}</h1><div id="content-detail">{body}</div>')
    )
    assert "Kết quả tại các xã" in document.text


def test_nesting_beyond_all_bounds_is_an_issue_and_sloppy_markup_is_not(make_source: Make) -> None:
    body = f'<h1 class="name">{TITLE}</h1><div id="content-detail"><p>{FIRST}</p></div>'
    sloppy = "<ul>" + "<li><div><span>Mục</div></li>" * 2000 + "</ul>"
    assert read(make_source(), page(body + sloppy)).text == FIRST
    for deep in ("<div>" * 100_000, "<b>" * 5_000):
        assert reasons(read_article(make_source(), stored(page(deep + body)))) == ["too_deep"]


def test_an_unknown_site_keeps_lead_and_captions_apart() -> None:
    head = f'<meta name="description" content="{SAPO}">'
    body = f"""<h1>{TITLE}</h1><div class="post"><h2>{SAPO}</h2><span>19/12/2024</span></div><div class="text">
    <p>{FIRST}</p><p align="center"><img src="a.jpg"></p><p align="center">{CAPTION}</p><p>{SECOND}</p></div>"""
    assert read_html(page(body, head).encode()) == (TITLE, f"{SAPO}\n{FIRST}\n{SECOND}", "2024-12-19")


def test_a_sites_own_description_is_no_lead() -> None:
    head = (
        '<meta name="description" content="Báo Thử, cơ quan của Đảng bộ tỉnh Thử, thông tin nhanh và đúng.">'
    )
    body = f"<h1>{TITLE}</h1><div class='text'><p>{FIRST}</p><p>{SECOND}</p></div>"
    assert read_html(page(body, head).encode())[1] == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no readable HTML page"),
        (b"", "no readable HTML page"),
        ("Chỉ là chữ.".encode(), "no markup"),
        (b"<html><title>x</title><p></p></html>", "holds no text"),
        ("<title>Không tìm thấy trang</title><p>Mời về trang chủ.</p>".encode(), "no article .soft_404"),
        (b"<div>" * 20_000, "nested more than"),
    ],
    ids=["binary", "empty", "plain", "hollow", "soft_404", "deep"],
)
def test_what_is_no_saved_article_is_refused_in_one_line(data: bytes, problem: str) -> None:
    with pytest.raises(BadInputError, match=problem) as caught:
        read_html(data)
    assert "\n" not in str(caught.value)


def test_reading_pages_brings_no_archive_network_or_validator() -> None:
    """A process that reads pages pays for a parser of pages, and for nothing else that is heavy."""
    code = "import sys, scrapers.parse.article, scrapers.parse.feedback; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = {
        "pydantic",
        "warcio",
        "cryptography",
        "pyarrow",
        "duckdb",
        "requests",
        "trafilatura",
        "lxml",
        "yaml",
    }
    assert heavy & set(loaded.split()) == set()


SHOWN = [
    ("Thứ Năm, 19/12/2024, 00:20 (GMT+7)", "2024-12-19T00:20:00+08:00", date(2024, 12, 19), "visible"),
    ("19/12/2024 03:04", "2024-12-18T14:04:00+07:00", date(2024, 12, 19), "visible"),
    ("Cập nhật: 19/12/2024 08:00", "2024-12-18T20:00:00+07:00", date(2024, 12, 18), "meta"),
    ("19/12/2024", "2024-12-18T20:00:00+07:00", date(2024, 12, 18), "meta"),
    ("19/12/2024 08:00", "2024-12-11T20:00:00+07:00", date(2024, 12, 11), "meta"),
]


@pytest.mark.parametrize(("shown", "stamp", "day", "rule"), SHOWN)
def test_a_stamp_with_a_wrong_offset_gives_way_to_the_moment_shown(
    shown: str, stamp: str, day: date, rule: str, make_source: Make
) -> None:
    head = f'<meta property="article:published_time" content="{stamp}">'
    body = f'<h1 class="name">{TITLE}</h1><div>{shown}</div><div id="content-detail"><p>{FIRST}</p></div>'
    document = read(make_source(selectors={"date": []}), page(body, head))
    assert (document.published_on, document.published_rule) == (day, rule)


@pytest.mark.parametrize(
    ("before", "day"),
    [
        ("<div>Thứ Năm, 19/12/2024, 18:10</div>", date(2024, 12, 19)),
        ("<div>Chủ Nhật, 22/12/2024 16:41</div>", None),
        ("<div>Chủ Nhật, 22/12/2024</div>", None),
    ],
    ids=["moment", "clock", "calendar"],
)
def test_a_moment_before_the_title_is_the_articles(before: str, day: date | None, make_source: Make) -> None:
    body = f'{before}<h1 class="name">{TITLE}</h1><div id="content-detail"><p>{FIRST}</p></div>'
    assert read(make_source(selectors={"date": []}), page(body)).published_on == day


@pytest.mark.parametrize(
    "stamp", ["0001-01-01T00:00:00+07:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59-07:00"]
)
def test_a_stamp_that_stands_for_no_day_leaves_the_word_to_the_next_witness(
    stamp: str, make_source: Make
) -> None:
    """What .NET writes for a day that was never set lies beyond the days there are, once it is brought to UTC."""
    head = f"<meta property='article:published_time' content='{stamp}'>"
    document = read(make_source(), page(FAMILIES["f5"](), head))
    assert (str(document.published_on), document.published_rule) == ("2024-12-19", "visible")


@pytest.mark.parametrize(
    "pointer",
    [
        '<p><a href="/cu.html">Huyện bên cạnh họp tổng kết từ tuần trước</a></p>',
        '<p><strong><a href="/cu.html">&gt;&gt; Huyện bên cạnh</a></strong></p>',
        "<div>» Huyện bên cạnh họp tổng kết</div>",
    ],
)
def test_a_line_that_points_to_another_article_is_none_of_this_ones(pointer: str, make_source: Make) -> None:
    name = '<p>Theo <a href="/q.html">Quyết định số 12 của huyện</a> và <a href="/x.html">xã Thử</a>, có 7 tổ.</p>'
    body = f"<p>{FIRST}</p>{pointer}{name}<p>{SECOND}</p>"
    document = read(make_source(extends="f1"), f1().replace(f"<p>{FIRST}</p>", body, 1))
    said = "Theo Quyết định số 12 của huyện và xã Thử, có 7 tổ."
    assert document.text.split("\n") == [SAPO, FIRST, said, SECOND, SECOND]


def test_a_link_left_open_points_nowhere(make_source: Make) -> None:
    heading = "Ba việc phải làm ngay trong mùa mưa năm nay"
    body = f"""<p><a href="/q.html">{FIRST}</p><p>{heading}</p>"""
    document = read(make_source(extends="f1"), f1().replace(f"<p>{FIRST}</p>", body, 1))
    assert document.text.split("\n") == [SAPO, FIRST, heading, SECOND]


def test_a_body_inside_a_body_is_read_once(make_source: Make) -> None:
    source = make_source(selectors={"body": [{"css": ".text", "max": 3}], "title": ["h1"]})
    body = f'<h1>{TITLE}</h1><div class="text"><div class="text"><p>{FIRST}</p></div><p>{SECOND}</p></div>'
    assert read(source, page(body)).text == f"{FIRST}\n{SECOND}"

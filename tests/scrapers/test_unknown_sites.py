"""Pages of sites without selectors: where the article stands, its title, its lead, and what belongs to the site."""

from __future__ import annotations

import pytest
from scraper_pages import CAPTION, FIRST, SAPO, SECOND, TITLE, page

from scrapers.parse import read_html

THIRD = "Ban chỉ đạo xã Thử Nghiệm đã gửi báo cáo về 12 nội dung công khai trước ngày 15 tháng 12 hằng năm."
TEASERS = "".join(
    f'<div class="o"><h4><a href="/tin-{n}.html">Một tin khác của trang số {n} có đầu đề khá dài</a></h4><p>Đoạn '
    f"tóm tắt của tin số {n} cũng dài như một câu văn thật, nhưng không thuộc bài đang đọc ở trên trang này.</p></div>"
    for n in range(3)
)
MENU = "<ul>" + "".join(f'<li><a href="/muc-{n}">Chuyên mục {n}</a></li>' for n in range(30)) + "</ul>"
RELATED = '<div class="box"><b>Tin liên quan</b><ul><li><a href="/a.html">Xã bên cạnh cũng họp dân</a></li></ul></div>'


def text_of(body: str, head: str = "") -> list[str]:
    return read_html(page(body, head).encode())[1].split("\n")


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>",
        f"<h1>{TITLE}</h1><div>{FIRST}<br>{SECOND}<br><br>{THIRD}</div>",
        f"<form>{MENU}<h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div></form>",
        f"<h1>{TITLE}</h1><div><p>{FIRST}</p>{RELATED}<p>{SECOND}</p><p>{THIRD}</p></div>",
        f"<h1>{TITLE}</h1><div><p>{FIRST}</p><p>&gt;&gt; Bài trước của loạt này</p><p>{SECOND}</p><p>{THIRD}</p></div>",
        f"""<h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>
        <div class="list-comment"><p>{"Bài viết rất hay, tôi mong xã tôi cũng làm được như vậy. " * 12}</p></div>""",
        f"<h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div><div>{TEASERS}</div>{MENU}",
        f"""<h1>{TITLE}</h1><div><div style="display: none">{FIRST} (bản cho máy in)</div><p>{FIRST}</p><p>{SECOND}</p>
        <table class="tinlienquan"><tr><td><a href="/b.html">Đầu đề của bài cũ</a><p>Tóm tắt của bài cũ.</p></td>
        </tr></table><p>{THIRD}</p></div>""",
        f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><div>{TEASERS * 4}</div>",
        f"<nav><div>Mục</div><div>Thời sự</div></nav><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
        f"<div>Báo Thử</div><div>Thứ sáu</div><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
        f"""<h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>
        <div class="site-footer-text">{"Mọi hình thức sao chép phải được báo đồng ý bằng văn bản. " * 20}</div>""",
    ],
    ids=[
        *("plain", "breaks", "one_form", "box_inside", "pointer", "comments", "teasers", "hidden_and_table"),
        *("more_teasers_than_text", "menu_in_body", "before_the_title", "long_footer"),
    ],
)
def test_the_article_and_nothing_of_the_site(body: str) -> None:
    assert text_of(body) == [FIRST, SECOND, THIRD]


def test_a_page_named_after_its_comments_is_no_comment() -> None:
    html = (
        f"<html><title>{TITLE}</title><body class='comments-open'><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    )
    assert read_html(html.encode())[1] == f"{FIRST}\n{SECOND}"


def test_parts_with_a_link_inside_are_no_teasers() -> None:
    link = '<a href="/qd.html">Quyết định số 12 của Ủy ban nhân dân xã</a>'
    body = "".join(f"<div><p>{text}</p><p>{link}</p></div>" for text in (FIRST, SECOND, THIRD))
    assert [line for line in text_of(f"<h1>{TITLE}</h1>{body}") if line in (FIRST, SECOND, THIRD)] == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_announcements_are_the_article_where_there_is_nothing_else() -> None:
    assert (
        len([line for line in text_of(f"<h1>{TITLE}</h1><div>{TEASERS}</div>") if line.startswith("Đoạn")])
        == 3
    )


def test_the_lead_stands_between_title_and_body() -> None:
    body = f"""<div class="head"><h1>{TITLE}</h1><p>{SAPO}</p></div><div class="share">Chia sẻ</div>
    <div class="text"><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"""
    assert text_of(body) == [SAPO, FIRST, SECOND, THIRD]


def test_a_description_that_is_the_title_is_no_lead() -> None:
    head = f'<meta name="description" content="{TITLE}">'
    assert text_of(f"<h2>{TITLE}</h2><div><p>{FIRST}</p><p>{SECOND}</p></div>", head) == [FIRST, SECOND]


def test_a_photo_report_is_told_in_its_captions() -> None:
    photo = '<p align="center"><img src="a.jpg"></p><p align="center">{}</p>'
    body = f"<h1>{TITLE}</h1><div><p>{SAPO}</p>{''.join(photo.format(said) for said in (FIRST, SECOND, THIRD))}</div>"
    assert text_of(body) == [SAPO, FIRST, SECOND, THIRD]


def test_a_line_set_to_the_left_after_a_picture_is_text() -> None:
    body = f"""<h1>{TITLE}</h1><div style="text-align: center"><p style="text-align: justify">{FIRST}</p><p>
    <img src="a.jpg"></p><p>{CAPTION}</p><p><img src="b.jpg"></p><p style="text-align: left">Kết quả tại xã</p>
    <p style="text-align: justify">{SECOND}</p></div>"""
    assert text_of(body) == [FIRST, "Kết quả tại xã", SECOND]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f"<h1>Báo Thử</h1><h2>{TITLE}</h2>"),
        ("", f'<div class="detail-title">{TITLE}</div>'),
        ("", f'<h1>{TITLE}</h1><div class="o"><h1>Đọc nhiều</h1></div>'),
        (f'<meta property="og:title" content="Báo Thử – {TITLE}">', f'<h2 class="title">{TITLE}</h2>'),
        ("", "<h1>Giới thiệu</h1>"),
    ],
    ids=["site_in_h1", "no_heading", "box_in_h1", "site_first", "section_in_h1"],
)
def test_the_title_is_the_heading_the_page_states(head: str, body: str) -> None:
    text = f"{body}<div><p>{FIRST}</p><p>{SECOND}</p></div>"
    assert read_html(page(text, head).encode())[0] == TITLE

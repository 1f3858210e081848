"""Synthetic pages in the markup of each family; all sentences are made up for the tests."""

from __future__ import annotations

from collections.abc import Callable

TITLE = "Huyện Bình Thử tổng kết công tác dân chủ ở cơ sở năm 2024"
SAPO = "Sáng 19/12, Ban Chỉ đạo huyện Bình Thử họp tổng kết công tác dân chủ ở cơ sở năm 2024."
FIRST = "Năm qua, huyện Bình Thử tổ chức 41 cuộc đối thoại với 3.207 lượt người tham dự tại các xã."
SECOND = "Các xã đã tiếp 1.145 lượt công dân, giải quyết 97,5% số đơn thuộc thẩm quyền của cấp xã."
CAPTION = "Quang cảnh buổi họp tổng kết tại hội trường huyện."
AUTHOR = "Minh Thử"

HEADER = '<header><div class="clock">Chủ Nhật, 22/12/2024 16:40 (GMT +7)</div><nav>Tất cả chuyên mục</nav></header>'


def page(body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE} - Báo Thử</title>{head}</head>"
        f"<body>{HEADER}{body}<footer>Giấy phép số 12/GP, 01/02/2020</footer></body></html>"
    )


def f1(extra: str = "") -> str:
    return page(
        f"""<article><h1 class="article__title">{TITLE}</h1><div class="article__meta"><time class="time">
        19/12/2024 18:10</time></div><div class="article__sapo">{SAPO}</div>
        <div class="article__body zce-content-body cms-body" itemprop="articleBody"><p>{FIRST}</p>
        <figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure><p>{SECOND}</p>
        <div class="related-news">Tin khác ở huyện bên</div><p class="author">{AUTHOR}</p>{extra}</div>
        <div class="article__tag"><a href="#">dân chủ</a><a href="#">Bình Thử</a></div></article>"""
    )


def f2() -> str:
    return page(
        f"""<div class="b-maincontent"><h1 class="sc-longform-header-title block-sc-title">{TITLE}</h1>
        <p class="sc-longform-header-sapo block-sc-sapo">{SAPO}</p>
        <span class="sc-longform-header-date block-sc-publish-time">19/12/2024 18:10</span>
        <div class="entry"><p>{FIRST}</p><table class="picture"><tr><td><img src="a.jpg"></td></tr><tr><td>{CAPTION}
        </td></tr></table><p>{SECOND}</p><div class="sc-related-articles"><p>Bài khác</p></div></div></div>"""
    )


def f3() -> str:
    return page(
        f"""<div class="article_content"><h1 class="media-heading">{TITLE}</h1>
        <div class="date">Thứ Năm, 19/12/2024, 18:10 [GMT+7]</div><div class="content" id="content">
        <p><strong>{SAPO}</strong></p><p>{FIRST}</p><p style="text-align: center"><img src="a.jpg"></p>
        <p style="text-align: center"><em>{CAPTION}</em></p><p>{SECOND}</p>
        <p style="text-align:right"><strong>{AUTHOR}</strong></p></div></div>"""
    )


def f4() -> str:
    return page(
        f"""<div class="titlecate"><h1>Chính trị</h1></div><h1 class="margintopbot10">{TITLE}</h1>
        <span class="pubdate">19/12/2024 - 18:10</span><div class="detail-desc"><p>{SAPO}</p></div>
        <div id="newscontents"><div class="content-fck"><p>{SAPO}</p><p>{FIRST}</p><p class="Image"><img src="a.jpg"/>
        <br/><em>{CAPTION}</em></p><p>{SECOND}</p></div></div><div class="block_tag"><a href="#">dân chủ</a></div>"""
    )


def f4b() -> str:
    return page(
        f"""<h1 class="title">{TITLE}</h1><span class="pubdate">19-12-2024 18:10</span><h2 class="desc">{SAPO}</h2>
        <div id="contentNews"><div class="singular-content"><p>(BT) - {SAPO}</p><p>{FIRST}</p>
        <div class="imgcaption">{CAPTION}</div><p>{SECOND}</p></div></div>"""
    )


def f5() -> str:
    return page(
        f"""<div class="content-article"><h1 class="name">{TITLE}</h1>
        <div class="date">Thứ 5, 19/12/2024 | 18:10:24 [GMT +7] <span>A</span> <span>A</span></div>
        <div id="content-detail"><p class="sapo">{SAPO}</p><p>{SAPO}</p><p>{FIRST}</p>
        <p class="Image"><img src="a.jpg"></p><p style="text-align:center">{CAPTION}</p><p>{SECOND}</p>
        <p><strong>{AUTHOR}</strong></p><p>Liên kết website</p><p>Ý kiến ()</p><p>Tin khác không thuộc bài này.</p>
        </div></div>"""
    )


#: Where an article of each family stands.
ADDRESSES = {
    "f1": "/chinh-tri/dan-chu-o-co-so-post123.html",
    "f2": "/dan-chu-o-co-so-123.html",
    "f3": "/xa-hoi/202412/dan-chu-o-co-so-1234567/",
    "f4": "/dan-chu-o-co-so-a123.html",
    "f4b": "/dan-chu-o-co-so-a123.html",
    "f5": "/dan-chu-o-co-so-123.html",
}
FAMILIES: dict[str, Callable[[], str]] = {"f1": f1, "f2": f2, "f3": f3, "f4": f4, "f4b": f4b, "f5": f5}


def listing(*paths: str) -> str:
    links = "".join(f'<h3><a href="{path}">Dân chủ ở cơ sở số {n}</a></h3>' for n, path in enumerate(paths))
    return page(f"<main>{links}</main>")

"""Pages as large as a real paper's: an article in the markup of a family between menus, scripts and teasers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

_WORDS = [
    "xã",
    "huyện",
    "tỉnh",
    "nhân",
    "dân",
    "cán",
    "bộ",
    "hội",
    "nghị",
    "đối",
    "thoại",
    "giám",
    "sát",
    "kiến",
    "nghị",
    "công",
    "khai",
    "tổ",
    "chức",
    "thực",
    "hiện",
    "quy",
    "chế",
    "dân",
    "chủ",
    "cơ",
    "sở",
    "năm",
    "qua",
    "các",
    "địa",
    "phương",
    "tiếp",
    "công",
    "dân",
    "giải",
    "quyết",
    "đơn",
    "thư",
    "phản",
    "ánh",
    "hòa",
    "giải",
    "thôn",
    "bản",
    "khu",
    "phố",
]
#: Bytes of a page before it is packed.
PAGE_BYTES = 240_000


@dataclass(frozen=True)
class Page:
    """One page with what a reader would read on it."""

    path: str
    html: str
    title: str
    paragraphs: tuple[str, ...]
    day: date


def make_pages(number: int, seed: int) -> list[Page]:
    """Return so many pages, always the same for a seed."""
    return [_page(random.Random(f"{seed}-{n}"), n) for n in range(number)]


def listing_of(pages: list[Page]) -> str:
    """Return a front page that links to all of them."""
    links = "".join(f'<h3><a href="{page.path}">{page.title}</a></h3>' for page in pages)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Báo</title></head><body>{links}</body></html>"


def _page(chance: random.Random, number: int) -> Page:
    title = f"Huyện {number} tổng kết công tác dân chủ ở cơ sở, {_sentence(chance, 6)}"
    paragraphs = tuple(
        f"{_sentence(chance, chance.randint(25, 60)).capitalize()} với {chance.randint(2, 9_999)} lượt người tham dự."
        for _ in range(chance.randint(6, 18))
    )
    day = date(2024, 1, 1) + timedelta(days=chance.randint(0, 350))
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    article = (
        f'<article><h1 class="article__title">{title}</h1><div class="article__meta"><time class="time">'
        f'{day:%d/%m/%Y} 08:15</time></div><div class="article__body zce-content-body cms-body" '
        f'itemprop="articleBody">{body}</div></article>'
    )
    head = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title} - Báo</title></head><body>"
    menu = "<nav>" + "".join(f'<a href="/muc-{n}/">{_sentence(chance, 3)}</a>' for n in range(120)) + "</nav>"
    rest = PAGE_BYTES - len((head + menu + article).encode())
    html = f"{head}<header>{menu}</header>{article}{_teasers(chance, rest * 2 // 3)}{_scripts(chance, rest // 3)}"
    return Page(f"/dan-chu-o-co-so-post{number}.html", f"{html}</body></html>", title, paragraphs, day)


def _teasers(chance: random.Random, length: int) -> str:
    pieces, size = [], 0
    while size < length:
        one = (
            f'<div class="box-related"><a class="cms-link" href="/tin-post{chance.randint(10**6, 10**7)}.html" '
            f'title="{_sentence(chance, 8)}"><img src="/anh/{chance.getrandbits(64):x}.jpg"></a>'
            f"<h4>{_sentence(chance, 9)}</h4></div>"
        )
        pieces.append(one)
        size += len(one.encode())
    return f'<aside class="sidebar">{"".join(pieces)}</aside>'


def _scripts(chance: random.Random, length: int) -> str:
    lines = (
        f'window._c{n}={{"k":"{chance.getrandbits(160):x}","v":[{n},{n + 1}]}};' for n in range(length // 66)
    )
    return f"<script>{''.join(lines)}</script>"


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))

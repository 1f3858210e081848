"""The topic filter: judged by title and lead, wherever they stand; and what it misses, over the annotated articles."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scraper_crawl import Crawler
from scraper_pages import page
from scraper_site import LocalSite, Reply
from selectolax.lexbor import LexborHTMLParser

from scrapers.cards import Cards
from scrapers.links import Link
from scrapers.sourcefile import Source
from scrapers.topics import is_wanted

Make = Callable[..., Source]
#: Articles of this tests' own project, annotated figure by figure; nobody looked at the blind ones to choose words.
ANNOTATED = Path(__file__).parents[1] / "extraction" / "gold"
LEAD = "Sáng 19/12, lãnh đạo tỉnh đối thoại với người dân các xã."
DULL = "Tối qua, đội chủ nhà thắng đậm trước 8.500 khán giả."


def annotated(*names: str, figures: bool) -> Iterator[tuple[str, str]]:
    """Yield title and first sentence of the articles that hold figures of ours, or of those that hold none."""
    for name in names:
        for line in (ANNOTATED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            if article["title"] and bool(article["facts"]) == figures:
                yield article["title"], re.split(r"(?<=[.!?])\s", article["text"])[0]


def let_through(source: Source, articles: list[tuple[str, str]], *, lead: bool) -> float:
    links = (Link("https://a.example/1", title, None, told if lead else None) for title, told in articles)
    return sum(is_wanted(source, link) for link in links) / len(articles)


TUNED = ("tuning", "plain", "styles", "styles_more", "dev")
BLIND = ("blind", "blind_second")
ELSE = ("offtopic", "offtopic_wide", "offtopic_near", "offtopic_more")


@pytest.mark.parametrize(
    ("names", "figures", "by_title", "by_lead"),
    [
        (TUNED, True, (0.92, 1), (0.99, 1)),
        (BLIND, True, (0.94, 1), (0.98, 1)),
        (ELSE, False, (0, 0.28), (0, 0.44)),
        (("offtopic_blind", "offtopic_blind_second"), False, (0, 0.15), (0, 0.27)),
    ],
)
def test_what_the_filter_misses_and_what_it_costs(
    names: tuple[str, ...],
    figures: bool,
    by_title: tuple[float, float],
    by_lead: tuple[float, float],
    make_source: Make,
) -> None:
    """Of articles with figures of ours hardly one is lost; of those about other things, near ones all, most are."""
    source, articles = make_source(topic={}), list(annotated(*names, figures=figures))
    assert len(articles) > 50
    assert by_title[0] <= let_through(source, articles, lead=False) <= by_title[1]
    assert by_lead[0] <= let_through(source, articles, lead=True) <= by_lead[1]


def card(number: int, title: str, lead: str) -> str:
    return (
        f'<div class="card"><a href="/tin-{number}.html"><img src="a.jpg"></a><div><h3><a href="/tin-{number}.html">'
        f'{title}</a></h3><a href="/xa-hoi">Xã hội</a><p class="sapo">{lead}</p></div></div>'
    )


TITLES = ("Chuyện mới ở một huyện miền núi", "Nam Định thắng đậm trên sân nhà")
CARDS = page(
    "<main>" + "".join(card(n, t, s) for n, (t, s) in enumerate(zip(TITLES, (LEAD, DULL), strict=True)))
)


@pytest.mark.parametrize("selector", ["h3 a", None])
def test_the_lead_on_a_card_lets_an_article_through(
    selector: str | None, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    site.put("/", CARDS)
    way = {"method": "listing", "url": f"{site.base}/"} | ({"link_selector": selector} if selector else {})
    result = visit(make_source(topic={}, discovery=[way]))
    assert (result.found, result.wanted) == (2, 1)
    assert [site.asked(f"/tin-{n}.html") for n in (0, 1)] == [1, 0]


def entries(base: str) -> dict[str, dict[str, object]]:
    """Return what each way says of the two articles, by the way's method."""
    leads = (f"&lt;p&gt;{LEAD}&lt;/p&gt;", DULL)
    both = [
        (f"{base}/tin-{n}.html", title, lead)
        for n, (title, lead) in enumerate(zip(TITLES, leads, strict=True))
    ]
    items = "".join(
        f"<item><title>{t}</title><link>{u}</link><description>{s}</description></item>" for u, t, s in both
    )
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    urls = "".join(
        f"<url><loc>{u}</loc><n:news><n:title>{t}</n:title><n:keywords>{k}</n:keywords></n:news></url>"
        for (u, t, _), k in zip(both, ("tỉnh ủy, đối thoại", "bóng đá"), strict=True)
    )
    listed = [{"url": u, "name": t, "lead": s} for (u, t, _), s in zip(both, (LEAD, DULL), strict=True)]
    paths = {"items": "", "link": "url", "title": "name", "summary": "lead"}
    return {
        "rss": {"body": f"<rss version='2.0'><channel>{items}</channel></rss>"},
        "sitemap": {"body": f"<urlset xmlns:n='{news}'>{urls}</urlset>"},
        "json": {"body": json.dumps(listed), "endpoint": paths},
    }


@pytest.mark.parametrize("method", ["rss", "sitemap", "json"])
def test_so_does_what_feeds_sitemaps_and_endpoints_say(
    method: str, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    told = entries(site.base)[method]
    site.put("/way", Reply(200, str(told.pop("body")).encode(), {"Content-Type": "application/xml"}))
    result = visit(make_source(topic={}, discovery=[{"method": method, "url": f"{site.base}/way", **told}]))
    assert (result.found, result.wanted) == (2, 1)
    assert [site.asked(f"/tin-{n}.html") for n in (0, 1)] == [1, 0]


def test_a_card_ends_where_another_headline_begins() -> None:
    tree = LexborHTMLParser(CARDS.replace("</main>", "<script>var x = 'đối thoại'</script></main>"))
    cards = Cards()
    texts = {link.attributes["href"]: cards.text_around(link) for link in tree.css(".card a")}
    assert texts["/tin-0.html"] == f"{TITLES[0]} Xã hội {LEAD}"
    assert texts["/tin-1.html"] == f"{TITLES[1]} Xã hội {DULL}"


def test_a_page_of_many_links_is_looked_at_once() -> None:
    links = "".join(
        f"<li><a href='/tin-{n}.html'>Tiêu đề thứ {n} của trang</a><p>{DULL}</p></li>" for n in range(20_000)
    )
    tree = LexborHTMLParser(f"<body><div><ul>{links}</ul></div></body>")
    cards = Cards()
    found = [cards.text_around(link) for link in tree.css("a")]
    assert found[19_999] == f"Tiêu đề thứ 19999 của trang {DULL}"

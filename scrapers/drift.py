"""Layouts that changed: what matched before and no longer does, judged by each source's own past.

The rows of ``quality/reading_rates`` are compared per selector, field and listing: the newest crawls against all
before them. A drop counts when chance explains it less than once in two hundred times, so a source that brings one
article a day is judged after two or three of them, and one that brings ten at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import comb
from pathlib import Path
from statistics import median

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.ids import content_id
from coso.lake import Lake, read_table, write_records
from coso.records import Capture, Drift, ReadingRate, from_table
from scrapers.archive import open_capture
from scrapers.land import captures_of
from scrapers.links import page_tree
from scrapers.parse.general import find_title
from scrapers.rates import Counted
from scrapers.warc import DamagedRecordError

#: A drop less likely than this under the source's own past is no chance.
UNLIKELY = 0.005
#: So many of the newest crawls are taken together at most.
_NEWEST_CRAWLS = 5
#: Of a source's past so many of its newest days of crawling count: it bounds time and memory, and old habits fade.
_DAYS = 120
#: A past of fewer pages says nothing yet.
_LEAST_PAST = 3
#: A listing that shows less than this share of what it used to show has changed.
_LINKS_SHARE = 0.3
_LINKS_USUAL = 10
_ABOVE = 2
_ATTRIBUTES = ("id", "class", "itemprop", "property", "name")
_MARKUP_CHARS = 400


@dataclass(frozen=True)
class _Drop:
    newest: list[ReadingRate]
    past: list[ReadingRate]

    @property
    def old_rate(self) -> float:
        return sum(row.hits for row in self.past) / sum(row.tried for row in self.past)

    @property
    def new_rate(self) -> float:
        return sum(row.hits for row in self.newest) / sum(row.tried for row in self.newest)


def note_drift(lake: Lake) -> list[Drift]:
    """Find the drifts and rewrite ``quality/drifts`` with them; the caller holds the lake."""
    found = find_drift(lake)
    write_records(lake.table(lake.quality, "drifts") / "part.parquet", Drift, list(found))
    return found


def find_drift(lake: Lake) -> list[Drift]:
    """Return what works far worse in the newest crawls of a source than in those before, sorted by id.

    Only what the source file asks for today is judged, since the rates are counted anew when it changes.
    """
    found: list[Drift] = []
    for folder in sorted(lake.table(lake.quality, "reading_rates").glob("source=*")):
        found += _drifts_of(lake, folder.name.removeprefix("source="), _recent(folder))
    return sorted(found, key=lambda drift: drift.drift_id)


def _recent(folder: Path) -> list[ReadingRate]:
    days = sorted(folder.glob("date=*"))[-_DAYS:]
    return [row for day in days for row in from_table(ReadingRate, read_table(day, ReadingRate))]


def _drifts_of(lake: Lake, source_key: str, rows: list[ReadingRate]) -> Iterator[Drift]:
    history: dict[Counted, list[ReadingRate]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.fetched_at, row.rate_id), reverse=True):
        history[row.measure, row.part, row.selector].append(row)
    captures: dict[str, Capture] | None = None
    for counted in sorted(history, key=str):
        drop = _links_drop(history[counted]) if counted[0] == "links" else _rate_drop(history[counted])
        if drop:
            captures = captures or {row.capture_id: row for row in captures_of(lake, source_key)}
            yield _drift(lake, counted, drop, _cover(counted, drop, rows), captures)


def _rate_drop(newest_first: list[ReadingRate]) -> _Drop | None:
    for number in range(1, min(_NEWEST_CRAWLS, len(newest_first) - 1) + 1):
        drop = _Drop(newest_first[:number], newest_first[number:])
        if sum(row.tried for row in drop.past) < _LEAST_PAST or drop.new_rate > drop.old_rate / 2:
            continue
        if _chance(drop) < UNLIKELY:
            return drop
    return None


def _chance(drop: _Drop) -> float:
    """Return how likely so few hits are, if the past still held (one hit and one miss added to it: Laplace)."""
    tried, hits = sum(row.tried for row in drop.newest), sum(row.hits for row in drop.newest)
    past = (sum(row.hits for row in drop.past) + 1) / (sum(row.tried for row in drop.past) + 2)
    return sum(comb(tried, k) * past**k * (1 - past) ** (tried - k) for k in range(hits + 1))


def _links_drop(newest_first: list[ReadingRate]) -> _Drop | None:
    newest, past = newest_first[:1], newest_first[1:]
    usual = median(row.hits / row.tried for row in past) if past else 0.0
    now = newest[0].hits / newest[0].tried
    gone = now == 0 and usual > 0
    fewer = usual >= _LINKS_USUAL and len(past) >= _LEAST_PAST and now < usual * _LINKS_SHARE
    return _Drop(newest, past) if gone or fewer else None


def _cover(counted: Counted, drop: _Drop, rows: list[ReadingRate]) -> str | None:
    """Return another selector of the part that matched most of the pages the lost one missed."""
    crawls = {row.run_id for row in drop.newest}
    others = [
        row
        for row in rows
        if row.measure == counted[0] == "selector" and row.part == counted[1] and row.run_id in crawls
    ]
    best = max(others, key=lambda row: row.hits / row.tried, default=None)
    return best.selector if best and best.hits / best.tried > drop.old_rate / 2 else None


def _drift(
    lake: Lake, counted: Counted, drop: _Drop, covered_by: str | None, captures: dict[str, Capture]
) -> Drift:
    measure, part, selector = counted
    old = next((row.hit_capture_id for row in drop.past if row.hit_capture_id), None)
    new = next((row.missed_capture_id for row in drop.newest if row.missed_capture_id), None)
    old_markup, new_markup = _markup(
        _open(lake, captures.get(old or "")), _open(lake, captures.get(new or "")), part, selector
    )
    return Drift(
        drift_id=content_id("drift", [drop.newest[0].source_key, *counted]),
        source_key=drop.newest[0].source_key,
        run_id=drop.newest[0].run_id,
        measured_on=drop.newest[0].measured_on,
        measure=measure,
        part=part,
        selector=selector,
        old_rate=round(drop.old_rate, 4),
        new_rate=round(drop.new_rate, 4),
        pages=sum(row.tried for row in drop.newest),
        covered_by=covered_by,
        old_markup=old_markup,
        new_markup=new_markup,
        old_capture_id=old,
        new_capture_id=new,
        new_url=captures[new].url if new in captures else None,
    )


def _open(lake: Lake, capture: Capture | None) -> LexborHTMLParser | None:
    if capture is None:
        return None
    try:
        return page_tree(open_capture(lake, capture))
    except DamagedRecordError:
        return None


def _markup(
    old: LexborHTMLParser | None, new: LexborHTMLParser | None, part: str, selector: str | None
) -> tuple[str | None, str | None]:
    """Return the tags around what the selector matched, and around what most resembles it now; never their text."""
    if selector is None or selector.startswith("label ") or old is None:
        return None, None
    node = old.css_first(selector)
    if node is None:
        return None, None
    return _outline(node), _outline(_counterpart(node, new, part)) if new else None


def _counterpart(old: LexborNode, new: LexborHTMLParser, part: str) -> LexborNode | None:
    """Return the element of the new page that stands where the old one stood."""
    if part == "title" and (heading := find_title(new)[1]) is not None:
        return heading
    if part == "body":
        return _main_container(new)
    wanted = _name_words(old)
    best, best_score = None, 0.0
    for node in new.css("body *"):
        words = _name_words(node)
        score = len(words & wanted) / len(words | wanted) if words & wanted else 0.0
        score += 0.1 if score and node.tag == old.tag else 0.0
        if score > best_score:
            best, best_score = node, score
    return best


def _main_container(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element whose own paragraphs hold most of the text."""
    weights: dict[int, int] = defaultdict(int)
    parents: dict[int, LexborNode] = {}
    for paragraph in tree.css("p"):
        if paragraph.parent is not None:
            weights[paragraph.parent.mem_id] += len(paragraph.text())
            parents[paragraph.parent.mem_id] = paragraph.parent
    return parents[max(weights, key=weights.__getitem__)] if weights else None


def _name_words(node: LexborNode) -> set[str]:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    return set(re.findall(r"[a-z]+", names))


def _outline(node: LexborNode | None) -> str | None:
    """Return the opening tags of an element and of the two around it, outermost first."""
    tags: list[str] = []
    while node is not None and node.tag not in {"body", "html", "-document"} and len(tags) <= _ABOVE:
        kept = [f'{name}="{value}"' for name in _ATTRIBUTES if (value := node.attributes.get(name))]
        tags.append(f"<{' '.join([node.tag or '', *kept])}>")
        node = node.parent
    return " ".join(reversed(tags))[:_MARKUP_CHARS] or None

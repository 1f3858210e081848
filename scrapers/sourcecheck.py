"""Trying a source: may we, do its ways lead anywhere, how old is the newest item, do the selectors match.

A check asks for robots.txt, the first page of each way and a few articles; what it fetches is archived like any
crawl's. It goes to the real web and is therefore never part of the automatic tests of the project.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from coso.ids import content_id
from coso.lake import Lake, write_records
from coso.records import SourceCheck
from coso.settings import VIETNAM_TIME, Settings
from scrapers.archive import open_capture
from scrapers.asking import Progress, Visit
from scrapers.collect import visiting
from scrapers.discovery import Found, Wish, discover
from scrapers.land import captures_of
from scrapers.outcomes import OutcomeClass
from scrapers.pace import SYSTEM_CLOCK, Clock, Pace
from scrapers.parse.article import read_article
from scrapers.parse.feedback import read_feedback
from scrapers.parse.fields import Use
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse
from scrapers.topics import is_wanted

#: Articles or items a check reads.
SAMPLE = 3
#: A source without a stated freshness is called silent after so many days.
USUAL_FRESHNESS_DAYS = 14
#: Parts without which an article is not read by its selectors.
_NEEDED = ("title", "body")
_ASPECTS = ("robots", "discovery", "freshness", "selectors")
_RANKS = ("passed", "unknown", "warning", "failed")


@dataclass(frozen=True)
class SourceVerdict:
    """What a check found: the worst verdict of its aspects, and the rows stored."""

    source_key: str
    run_id: str
    rows: tuple[SourceCheck, ...]

    @property
    def verdict(self) -> str:
        """The worst of all aspects: passed, unknown, warning or failed."""
        return max((row.verdict for row in self.rows), key=_RANKS.index)


@dataclass(frozen=True)
class _Aspect:
    verdict: str
    detail: str
    figure: float | None = None


def check_source(
    source: Source,
    lake: Lake,
    settings: Settings,
    *,
    clock: Clock = SYSTEM_CLOCK,
    pace: Pace | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> SourceVerdict:
    """Try one source and store the verdict in ``quality/source_checks``.

    Raises:
        coso.errors.BadInputError: the source is on the real web and no contact address is set.
    """
    run_id = f"check-{clock.now():%Y%m%dT%H%M%S%f}"
    narrow = _narrowed(source)
    with visiting(narrow, lake, run_id, settings, on_progress, clock, pace) as (visit, _):
        closed = visit.barred()
        aspects = _closed(closed) if closed else _try(narrow, lake, visit, settings)
    return _store(lake, source, run_id, aspects, clock.now())


def _narrowed(source: Source) -> Source:
    """Return the source with one page a way."""
    ways = [
        replace(way, paging=replace(way.paging, max_pages=1) if way.paging else None, queries=way.queries[:1])
        for way in source.discovery
    ]
    return replace(source, discovery=tuple(ways))


def _closed(reason: str) -> dict[str, _Aspect]:
    return {name: _Aspect("unknown", reason) for name in _ASPECTS}


def _try(source: Source, lake: Lake, visit: Visit, settings: Settings) -> dict[str, _Aspect]:
    rules = visit.gate.rules(source.home_url)
    refusal = visit.gate.refusal(source.home_url)
    found = discover(source, visit.find, rules.sitemaps)
    pages, refused = _sample(source, lake, visit, found)
    delay = f"crawl-delay {rules.crawl_delay:g} s, {len(rules.sitemaps)} sitemaps named"
    return {
        "robots": _Aspect("failed", refusal[1]) if refusal else _Aspect("passed", delay),
        "discovery": _judge_ways(found),
        "freshness": _judge_age(source, pages, settings.today),
        "selectors": _judge_selectors(source, pages, refused),
    }


def _sample(
    source: Source, lake: Lake, visit: Visit, found: Found
) -> tuple[list[StoredResponse], dict[str, OutcomeClass]]:
    """Ask for the first articles found that are on our subjects, or else for the first of all.

    Returns:
        The pages that came, and of every address that gave none what became of it.
    """
    links = [link for link in found.links if not visit.state.is_erased(link.url)]
    wanted = [link.url for link in links if is_wanted(source, link)]
    kind = "detail" if source.feedback else "article"
    pages: list[StoredResponse] = []
    refused: dict[str, OutcomeClass] = {}
    known = {row.capture_id: row for row in captures_of(lake, source.key)}
    for url in dict.fromkeys([*wanted, *(link.url for link in links)]):
        if len(pages) == SAMPLE or visit.counts.total() > len(found.walks) + 4 * SAMPLE:
            break
        answer = visit.ask(Wish(url, kind), visit.gate)
        if answer.page:
            pages.append(answer.page)
        elif answer.outcome is OutcomeClass.NOT_MODIFIED:
            capture = visit.state.pages[url].capture
            pages += [open_capture(lake, capture)] if capture and capture.capture_id in known else []
        elif answer.outcome:
            refused[url] = answer.outcome
    return pages, refused


def _judge_ways(found: Found) -> _Aspect:
    if not found.walks:
        return _Aspect("failed", "robots.txt names no sitemap and the source file no other way", 0)
    told = "; ".join(f"{walk.name}: {len(walk.links)} links, {walk.end}" for walk in found.walks)
    seen = sum(walk.seen for walk in found.walks)
    verdict = "passed" if seen == len(found.walks) else "warning" if seen else "failed"
    return _Aspect(verdict, told, len(found.links))


def _judge_age(source: Source, pages: list[StoredResponse], today: date) -> _Aspect:
    days = [day for day in (_day_of(source, page) for page in pages) if day]
    if not days:
        return _Aspect("unknown", f"none of {len(pages)} items says when it was published")
    age = (today - max(days)).days
    allowed = source.freshness_days or USUAL_FRESHNESS_DAYS
    told = f"the newest of {len(days)} items is of {max(days).isoformat()}; {allowed} days are allowed"
    return _Aspect("passed" if age <= allowed else "warning", told, age)


def _day_of(source: Source, page: StoredResponse) -> date | None:
    if source.feedback:
        item = read_feedback(source, page).submission
        return item.received_on if item else None
    document = read_article(source, page).document
    return document.published_on if document else None


def _judge_selectors(
    source: Source, pages: list[StoredResponse], refused: dict[str, OutcomeClass]
) -> _Aspect:
    if not pages:
        told = "; ".join(f"{url}: {outcome}" for url, outcome in [*refused.items()][:SAMPLE])
        return _Aspect("unknown", f"no item could be fetched: {told}" if told else "no item was found")
    uses = [use for page in pages for use in _uses_of(source, page)]
    if not uses:
        return _Aspect("unknown", "the source file has no selectors: the general reader reads it")
    counts = {
        (use.part, use.selector): sum(u.hit for u in uses if (u.part, u.selector) == (use.part, use.selector))
        for use in uses
    }
    hit = {part for (part, _), number in counts.items() if number}
    asked = {part for part, _ in counts}
    needed = {"title", "status"} if source.feedback else set(_NEEDED)
    told = "; ".join(f"{part} {css}: {number} of {len(pages)}" for (part, css), number in counts.items())
    verdict = "failed" if (needed & asked) - hit else "warning" if asked - hit else "passed"
    return _Aspect(verdict, told, round(len(hit) / len(asked), 3))


def _uses_of(source: Source, page: StoredResponse) -> tuple[Use, ...]:
    return read_feedback(source, page).uses if source.feedback else read_article(source, page).uses


def _store(
    lake: Lake, source: Source, run_id: str, aspects: dict[str, _Aspect], at: datetime
) -> SourceVerdict:
    rows = [
        SourceCheck(
            check_row_id=content_id("check", [run_id, source.key, name]),
            run_id=run_id,
            source_key=source.key,
            checked_at=at,
            aspect=name,
            verdict=aspect.verdict,
            figure=aspect.figure,
            detail=aspect.detail[:2000],
        )
        for name, aspect in aspects.items()
    ]
    day = at.astimezone(VIETNAM_TIME).date().isoformat()
    folder = lake.table(lake.quality, "source_checks") / f"date={day}"
    write_records(folder / f"{source.key}--{run_id}.parquet", SourceCheck, list(rows))
    return SourceVerdict(source.key, run_id, tuple(rows))

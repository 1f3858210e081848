"""Attachments of report portals: the files that archived pages link to, asked for once and kept like any answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from scrapers.asking import Visit
from scrapers.discovery import Wish
from scrapers.forms import is_form_file, read_document
from scrapers.links import Link, read_listing
from scrapers.outcomes import GOOD
from scrapers.sourcefile import Source
from scrapers.state import KnownPage
from scrapers.stored import FOUND_HEADER, PUBLISHED_HEADER, StoredResponse
from scrapers.urls import on_domains, path_and_query

KIND = "attachment"


def attachments_of(source: Source, page: StoredResponse) -> list[Link]:
    """Return the files a page links to: on the source's domains, each address once, within the source's bound."""
    report = source.report
    if report is None or is_form_file(page.payload):
        return []
    links = {
        link.url: link
        for link in read_listing(page, report.attachments)
        if re.search(report.attachment_url, path_and_query(link.url))
        and on_domains(link.url, source.allowed_domains)
    }
    return list(links.values())[: report.max_attachments]


def follow_attachments(visit: Visit, urls: Iterable[str]) -> str | None:
    """Ask for the attachments of pages as they stand; return why it had to stop, or None.

    What was never asked for is asked for, also where an earlier crawl was killed between a page and its files; young
    files are asked for again, only conditionally, as articles are.
    """
    if visit.source.report is None:
        return None
    for url in urls:
        page = visit.standing_page(url)
        for wish in _wishes(visit.source, page) if page else ():
            if wish.url in visit.asked or not _is_due(visit, visit.state.pages.get(wish.url)):
                continue
            closed = visit.closed()
            if closed:
                return closed
            if visit.planned is not None:
                visit.planned += 1
            visit.ask(wish, visit.gate)
    return None


def _wishes(source: Source, page: StoredResponse) -> Iterator[Wish]:
    links = attachments_of(source, page)
    if not links:
        return
    published = _published_on(source, page)
    notes = [(FOUND_HEADER, page.url)]
    if published:
        notes.append((PUBLISHED_HEADER, published.isoformat()))
    for link in links:
        yield Wish(link.url, KIND, notes=tuple(notes))


def _published_on(source: Source, page: StoredResponse) -> date | None:
    try:
        document = read_document(source, page).document
    except Exception:  # noqa: BLE001 - what our reader stumbles over is told when the page is landed
        return None
    return document.published_on if document else None


def _is_due(visit: Visit, known: KnownPage | None) -> bool:
    if known is None:
        return True
    if known.url in visit.state.done:
        return False
    now = visit.clock.now()
    if known.outcome not in GOOD:
        return visit.state.is_due(known, now)
    age = timedelta(days=visit.source.reask_days)
    young = known.first_stored_at is not None and now - known.first_stored_at <= age
    return young and bool(known.validators.headers())

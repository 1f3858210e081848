"""From a stored page to text, title and date: our reader, and trafilatura with metadata, each in a fresh process."""

from __future__ import annotations

import multiprocessing
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.scrapers.pages import Page

Read = Callable[[Page], tuple[str, str, str | None]]


def measure(name: str, pages: list[Page]) -> dict[str, Any]:
    """Read all pages with one reader in a process of its own; return speed, memory and how right it was."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(name, pages, theirs))
    process.start()
    found: dict[str, Any] = ours.recv()
    process.join()
    return found


def _measure(name: str, pages: list[Page], pipe: Connection) -> None:
    read = {"coso": _ours, "trafilatura": _trafilatura}[name]()
    read(pages[0])
    started = time.process_time()
    results = [read(page) for page in pages]
    seconds = time.process_time() - started
    peak = _peak_mb()
    scores = [
        _f1(text, "\n".join(page.paragraphs)) for page, (_, text, _) in zip(pages, results, strict=True)
    ]
    pipe.send(
        {
            "pages_per_second": round(len(pages) / seconds, 1),
            "peak_mb": peak,
            "text_f1": round(sum(scores) / len(scores), 4),
            "titles_right": sum(
                page.title == title for page, (title, _, _) in zip(pages, results, strict=True)
            ),
            "dates_right": sum(
                page.day.isoformat() == day for page, (_, _, day) in zip(pages, results, strict=True)
            ),
            "pages": len(pages),
        }
    )


def _peak_mb() -> float:
    """Return the most memory this process ever held; unlike ru_maxrss it does not count what its parent held."""
    line = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return round(int(line.split()[1]) / 1000, 1)


def _ours() -> Read:
    from scrapers.client import Response  # noqa: PLC0415 - the other reader's process must not pay for it
    from scrapers.parse.article import read_article  # noqa: PLC0415
    from scrapers.registry import load_registry  # noqa: PLC0415
    from scrapers.warc import as_stored  # noqa: PLC0415

    source = load_registry().get("baohatinh")
    at = datetime(2024, 12, 20, tzinfo=UTC)

    def read(page: Page) -> tuple[str, str, str | None]:
        url = f"https://baohatinh.vn{page.path}"
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        stored = as_stored(
            source.key, "article", url, Response(url, 200, "OK", headers, page.html.encode(), at)
        )
        document = read_article(source, stored).document
        assert document is not None
        return (
            document.title,
            document.text,
            document.published_on.isoformat() if document.published_on else None,
        )

    return read


def _trafilatura() -> Read:
    import trafilatura  # noqa: PLC0415

    def read(page: Page) -> tuple[str, str, str | None]:
        found = trafilatura.bare_extraction(page.html, with_metadata=True, include_comments=False)
        assert found is not None
        return found.title or "", found.text or "", found.date

    return read


def _f1(found: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over words, each counted as often as it occurs."""
    ours, theirs = Counter(_words(found)), Counter(_words(expected))
    shared = sum((ours & theirs).values())
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"\w+", text))

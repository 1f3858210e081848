"""From a stored page to text, title and date: our reader, and trafilatura with metadata, each in a fresh process."""

from __future__ import annotations

import multiprocessing
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.scrapers.pages import Page

Read = Callable[[str, str], tuple[str, str, str | None]]


def measure(name: str, pages: list[Page]) -> dict[str, Any]:
    """Read all pages with one reader in a process of its own; return speed, memory and how right it was.

    The pages lie on disk and are read one at a time, so that the peak is the reader's and not theirs.
    """
    ours, theirs = multiprocessing.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            Path(folder, str(number)).write_text(page.html, encoding="utf-8")
        process = multiprocessing.get_context("spawn").Process(
            target=_measure, args=(name, folder, [page.path for page in pages], theirs)
        )
        process.start()
        told: dict[str, Any] = ours.recv()
        results = ours.recv()
        process.join()
    scores = [
        _f1(text, "\n".join(page.paragraphs)) for page, (_, text, _) in zip(pages, results, strict=True)
    ]
    pairs = list(zip(pages, results, strict=True))
    return {
        **told,
        "text_f1": round(sum(scores) / len(scores), 4),
        "titles_right": sum(page.title == title for page, (title, _, _) in pairs),
        "dates_right": sum(page.day.isoformat() == day for page, (_, _, day) in pairs),
        "pages": len(pages),
    }


def _measure(name: str, folder: str, paths: list[str], pipe: Connection) -> None:
    bare = peak_mb()
    read = {"coso": _ours, "trafilatura": _trafilatura}[name]()
    imported = peak_mb()
    results, seconds = [], 0.0
    for number, path in enumerate(paths):
        html = Path(folder, str(number)).read_text(encoding="utf-8")
        if not number:
            read(html, path)  # what is only done once is not counted
        started = time.process_time()
        results.append(read(html, path))
        seconds += time.process_time() - started
    memory = {"peak_mb": peak_mb(), "of_it_python_mb": bare, "of_it_imports_mb": round(imported - bare, 1)}
    pipe.send({"pages_per_second": round(len(paths) / seconds, 1), **memory})
    pipe.send(results)


def peak_mb() -> float:
    """Return the most memory this process ever held; unlike ru_maxrss it does not count what its parent held."""
    line = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return round(int(line.split()[1]) / 1000, 1)


def _ours() -> Read:
    from scrapers.parse.article import read_article  # noqa: PLC0415
    from scrapers.registry import load_registry  # noqa: PLC0415
    from scrapers.response import Response  # noqa: PLC0415 - the other reader's process must not pay for it
    from scrapers.warc import as_stored  # noqa: PLC0415

    source = load_registry().get("baohatinh")
    at = datetime(2024, 12, 20, tzinfo=UTC)

    def read(html: str, path: str) -> tuple[str, str, str | None]:
        url = f"https://baohatinh.vn{path}"
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        stored = as_stored(source.key, "article", url, Response(url, 200, "OK", headers, html.encode(), at))
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
    from trafilatura.settings import Document  # noqa: PLC0415

    def read(html: str, _: str) -> tuple[str, str, str | None]:
        found = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
        assert isinstance(found, Document)
        return found.title or "", found.text or "", found.date

    return read


def _f1(found: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over words, each counted as often as it occurs."""
    ours, theirs = Counter(_words(found)), Counter(_words(expected))
    shared = sum((ours & theirs).values())
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"\w+", text))

"""One reader over pages on disk, in an interpreter of its own: ``python -m benchmarks.scrapers.reader NAME``.

Takes its task pickled from standard input, as a worker takes work: the folder of the pages, their paths, and the
source as a value. Nothing else is imported than what the reader itself imports.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapers.sourcefile import Source

Reading = tuple[str, str, str | None]
Read = Callable[[bytes, str], Reading]


def main(name: str) -> None:
    """Read every page once; write each reading as it is made, and last what it took, pickled, to standard output."""
    bare = peak_mb()
    task = pickle.load(sys.stdin.buffer)
    read = {"coso": _ours, "trafilatura": _trafilatura}[name](task["source"])
    imported = peak_mb()
    seconds = 0.0
    for number, path in enumerate(task["paths"]):
        page = Path(task["folder"], str(number)).read_bytes()
        if not number:
            read(page, path)  # what is only done once is not counted
        started = time.process_time()
        reading = read(page, path)
        seconds += time.process_time() - started
        pickle.dump(reading, sys.stdout.buffer)
    told = {
        "pages_per_second": round(len(task["paths"]) / seconds, 1),
        "peak_mb": peak_mb(),
        "of_it_python_mb": bare,
        "of_it_imports_mb": round(imported - bare, 1),
    }
    pickle.dump(told, sys.stdout.buffer)


def peak_mb() -> float:
    """Return the most memory this process ever held; unlike ru_maxrss it does not count what its parent held."""
    line = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return round(int(line.split()[1]) / 1000, 1)


def _ours(packed_source: bytes) -> Read:
    from scrapers.parse.article import read_article  # noqa: PLC0415 - the other reader's process must not
    from scrapers.response import Response  # noqa: PLC0415 - pay, in memory, for what this one imports;
    from scrapers.stored import as_stored  # noqa: PLC0415 - nor this one for what the other does

    source: Source = pickle.loads(packed_source)
    at = datetime(2024, 12, 20, tzinfo=UTC)

    def read(page: bytes, path: str) -> Reading:
        url = f"https://baohatinh.vn{path}"
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        stored = as_stored(source.key, "article", url, Response(url, 200, "OK", headers, page, at))
        document = read_article(source, stored).document
        assert document is not None
        day = document.published_on.isoformat() if document.published_on else None
        return document.title, document.text, day

    return read


def _trafilatura(_: bytes) -> Read:
    import trafilatura  # noqa: PLC0415 - as above: our reader's process
    from trafilatura.settings import Document  # noqa: PLC0415 - must not pay for it

    def read(page: bytes, _: str) -> Reading:
        found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
        assert isinstance(found, Document)
        return found.title or "", found.text or "", found.date

    return read


if __name__ == "__main__":
    main(sys.argv[1])

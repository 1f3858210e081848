"""One reader over pages on disk, in an interpreter of its own: ``python -m benchmarks.scrapers.reader NAME``.

Takes its task pickled from standard input, as a worker takes work: the pages' files and addresses, the sources as
values, the moment of fetching and the settings of the reader. Nothing else is imported than what the reader itself
imports.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapers.sourcefile import Source

#: Title, text, and the day as YYYY-MM-DD; empty and None where the reader gives nothing.
Reading = tuple[str, str, str | None]
#: Reads the bytes of a page, given its address and the key of its source.
Read = Callable[[bytes, str, str], Reading]


def main(name: str) -> None:
    """Read every page once; write each reading as it is made, and last what it took, pickled, to standard output."""
    bare = peak_mb()
    task = pickle.load(sys.stdin.buffer)
    read = {"coso": _ours, "trafilatura": _trafilatura}[name](task)
    imported = peak_mb()
    seconds = 0.0
    for number, (file, url, key) in enumerate(task["pages"]):
        page = Path(file).read_bytes()
        if not number:
            read(page, url, key)  # what is only done once is not counted
        started = time.process_time()
        reading = read(page, url, key)
        seconds += time.process_time() - started
        pickle.dump(reading, sys.stdout.buffer)
    told = {
        "pages_per_second": round(len(task["pages"]) / seconds, 1),
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


def _ours(task: dict[str, Any]) -> Read:
    from scrapers.parse.article import read_article  # noqa: PLC0415 - the other reader's process must not
    from scrapers.response import Response  # noqa: PLC0415 - pay, in memory, for what this one imports;
    from scrapers.stored import as_stored  # noqa: PLC0415 - nor this one for what the other does

    sources: dict[str, Source] = {key: pickle.loads(packed) for key, packed in task["sources"].items()}
    headers = (("Content-Type", "text/html"),)

    def read(page: bytes, url: str, key: str) -> Reading:
        stored = as_stored(key, "article", url, Response(url, 200, "OK", headers, page, task["at"]))
        document = read_article(sources[key], stored).document
        if document is None:
            return "", "", None
        day = document.published_on.isoformat() if document.published_on else None
        return document.title, document.text, day

    return read


def _trafilatura(task: dict[str, Any]) -> Read:
    import trafilatura  # noqa: PLC0415 - as above: our reader's process
    from trafilatura.settings import Document  # noqa: PLC0415 - must not pay for it

    def read(page: bytes, url: str, _: str) -> Reading:
        found = trafilatura.bare_extraction(
            page, url=url or None, with_metadata=True, include_comments=False, **task["settings"]
        )
        return (
            (found.title or "", found.text or "", found.date)
            if isinstance(found, Document)
            else ("", "", None)
        )

    return read


if __name__ == "__main__":
    main(sys.argv[1])

"""From a stored page to text, title and date: our reader, and trafilatura with metadata, each in a fresh process."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.scrapers.pages import Page
from benchmarks.scrapers.reader import Reading
from benchmarks.scrapers.scoring import f1
from scrapers.registry import load_registry
from scrapers.sourcefile import Source

#: The source whose markup the made pages have, and the day they are fetched.
_KEY, _AT = "baohatinh", datetime(2024, 12, 20, tzinfo=UTC)


def measure(name: str, pages: list[Page]) -> dict[str, Any]:
    """Read all pages with one reader in an interpreter of its own; return speed, memory and how right it was.

    The pages lie on disk and are read one at a time, so that the peak is the reader's and not theirs.
    """
    source = load_registry().get(_KEY)
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            Path(folder, str(number)).write_text(page.html, encoding="utf-8")
        asked = [
            (str(Path(folder, str(number))), f"https://baohatinh.vn{page.path}", _KEY)
            for number, page in enumerate(pages)
        ]
        results, told = run_reader(name, asked, {_KEY: source}, _AT)
    scores = [f1(text, "\n".join(page.paragraphs)) for page, (_, text, _) in zip(pages, results, strict=True)]
    pairs = list(zip(pages, results, strict=True))
    return {
        **told,
        "text_f1": round(sum(scores) / len(scores), 4),
        "titles_right": sum(page.title == title for page, (title, _, _) in pairs),
        "dates_right": sum(page.day.isoformat() == day for page, (_, _, day) in pairs),
        "pages": len(pages),
    }


def run_reader(
    name: str,
    pages: Sequence[tuple[str, str, str]],
    sources: Mapping[str, Source],
    at: datetime,
    settings: Mapping[str, Any] | None = None,
) -> tuple[list[Reading], dict[str, Any]]:
    """Read pages with one reader in an interpreter of its own.

    Args:
        name: ``coso`` or ``trafilatura``.
        pages: for each its file, its address (or nothing), and the key of its source.
        sources: the sources by key.
        at: when the pages were fetched.
        settings: what trafilatura is told beyond its defaults.

    Returns:
        the reading of each page, and speed and memory.
    """
    packed = {key: pickle.dumps(source) for key, source in sources.items()}
    task = {"pages": list(pages), "sources": packed, "at": at, "settings": dict(settings or {})}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scrapers.reader", name],
        input=pickle.dumps(task),
        stdout=subprocess.PIPE,
        check=True,
    )
    answers = BytesIO(done.stdout)
    results: list[Reading] = [pickle.load(answers) for _ in pages]
    told: dict[str, Any] = pickle.load(answers)
    return results, told

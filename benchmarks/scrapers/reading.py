"""From a stored page to text, title and date: our reader, and trafilatura with metadata, each in a fresh process."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.scrapers.pages import Page
from scrapers.registry import load_registry


def measure(name: str, pages: list[Page]) -> dict[str, Any]:
    """Read all pages with one reader in an interpreter of its own; return speed, memory and how right it was.

    The pages lie on disk and are read one at a time, so that the peak is the reader's and not theirs.
    """
    source = pickle.dumps(load_registry().get("baohatinh"))
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            Path(folder, str(number)).write_text(page.html, encoding="utf-8")
        task = {"folder": folder, "paths": [page.path for page in pages], "source": source}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.scrapers.reader", name],
            input=pickle.dumps(task),
            stdout=subprocess.PIPE,
            check=True,
        )
    answers = BytesIO(done.stdout)
    results = [pickle.load(answers) for _ in pages]
    told: dict[str, Any] = pickle.load(answers)
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


def _f1(found: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over words, each counted as often as it occurs."""
    ours, theirs = Counter(_words(found)), Counter(_words(expected))
    shared = sum((ours & theirs).values())
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"\w+", text))

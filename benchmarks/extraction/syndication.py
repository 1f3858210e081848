"""Grouping documents into reports: how fast, how much memory, how right.

``python -m benchmarks.extraction.syndication [DOCUMENTS] [DAYS]`` lands generated reports with what outlets make of
them (``tests/extraction/reprints.py``), groups them all, then groups one day's new documents.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "extraction"))

from reprints import Piece, pieces
from test_syndication import land, landed

from coso.lake import Lake
from extraction.reports import group_reports


def main(documents: int = 100_000, days: int = 1_096) -> None:
    """Measure and print."""
    planted = pieces(documents // 3, seed=2026, first=date(2022, 1, 1), days=days)
    random.Random(1).shuffle(planted)
    late = 200
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        land(lake, planted[late:], "2025-01-01")
        _timed(lake, f"{len(planted) - late} documents of {days} days, from nothing")
        land(lake, planted[:late], "2025-01-02")
        _timed(lake, f"{late} more")
        _timed(lake, "nothing new")
        _judge(lake, planted)
        index = sum(path.stat().st_size for path in (lake.landed / ".state").rglob("*.parquet"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"index on disk {index / 1e6:.0f} MB; peak memory {peak} MB, the generated texts included")


def _timed(lake: Lake, what: str) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    result = group_reports(lake)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what}: {wall:.1f} s, {cpu:.1f} s of CPU; {result}")


def _judge(lake: Lake, planted: list[Piece]) -> None:
    """Compare reports found with reports planted; every planted report has exactly one pair."""
    members: dict[int, list[str]] = {}
    for piece in planted:
        members.setdefault(piece.report, []).append(piece.document_id)
    true = {tuple(sorted(names)) for names in members.values() if len(names) == 2}
    groups: dict[str, list[str]] = {}
    for row in landed(lake):
        groups.setdefault(row.report_id, []).append(row.document_id)
    found = {
        (one, other)
        for names in groups.values()
        for at, one in enumerate(sorted(names))
        for other in sorted(names)[at + 1 :]
    }
    right = len(true & found)
    precision, recall = right / len(found), right / len(true)
    print(f"pairs planted {len(true)}, found {len(found)}: precision {precision:.4f}, recall {recall:.4f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

"""Articles a second of the engine beside a plain number scan, in one run. See README.md."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from news import general_articles, reports

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from extraction import read_text

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?%?")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400, help="general articles to read in each round")
    parser.add_argument("--json", type=Path, help="write the result to this file")
    given = parser.parse_args()
    result = measure(given.articles)
    for name, value in result.items():
        print(f"{name:44}{value:>12.2f}")
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def measure(count: int) -> dict[str, float]:
    """Return rates in articles a second, and their ratios."""
    news, full = general_articles(count), reports(max(10, count // 20))
    read_text(full[0])  # words and rules load once
    plain, general = _alternate((_scan, news), (_read, news))
    (dense,) = _alternate((_read, full))
    once, twice = _alternate((_read, ["\n".join(full[:4])]), (_read, ["\n".join(full[:8])]))
    return {
        "plain re scan, articles/s": plain,
        "engine on general news, articles/s": general,
        "ratio engine / plain scan": general / plain,
        "engine on reports full of figures, articles/s": dense,
        "facts/s on reports": dense * sum(len(read_text(text).facts) for text in full) / len(full),
        "time of doubled input / time of input": once / twice,
        "start-up of the module on a small file, s": _start_up(),
    }


def _scan(text: str) -> object:
    return [match.group() for match in _NUMBER.finditer(text)]


def _read(text: str) -> object:
    return read_text(text)


def _alternate(*jobs: tuple[Callable[[str], object], Sequence[str]], rounds: int = 5) -> list[float]:
    """Run the jobs in turn, some rounds long; return the best rate of each."""
    best = [0.0] * len(jobs)
    for _ in range(rounds):
        for index, (work, texts) in enumerate(jobs):
            started = time.perf_counter()
            for text in texts:
                work(text)
            best[index] = max(best[index], len(texts) / (time.perf_counter() - started))
    return best


def _start_up() -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text("Năm 2024, toàn tỉnh tiếp 500 lượt công dân.", encoding="utf-8")
        times = []
        for _ in range(3):
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "extraction", str(path)],
                check=True,
                capture_output=True,
                cwd=Path(__file__).parents[2],
            )
            times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    main()

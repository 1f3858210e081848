"""How fast texts are read, beside a plain number scan and a word segmenter, in one run. See README.md."""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from news import general_articles
from oddities import ODDITIES
from reporting import Article, articles, mixed_articles, published_articles

from extraction import read_text

PROJECT = Path(__file__).resolve().parents[2]
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?%?")
#: Characters of the shorter of two odd inputs.
_ODD_LENGTH = 100_000
_NONE_PUBLISHED = {"published": "left out: there are no real articles beside the checkout"}
#: Times at which the memory is looked at, and how many general articles are read for one full of facts.
_LOOKS, _FEWER = 8, 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400, help="general articles to read in each round")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the best counts")
    parser.add_argument(
        "--memory", type=int, metavar="N", help="show only the memory in use over N articles of general news"
    )
    parser.add_argument("--shared", type=Path, help="folder of the real articles, if not beside the checkout")
    parser.add_argument("--json", type=Path, help="write the result to this file")
    given = parser.parse_args()
    count = max(20, given.articles // 8)
    published = published_articles(given.shared) if given.shared else published_articles()
    result = (
        memory_over(given.memory)
        if given.memory
        else {
            **on_news(given.articles, given.rounds),
            **on_facts("full of facts", articles(count), given.rounds),
            **on_facts("facts among other things", mixed_articles(count), given.rounds),
            **(on_facts("published", published, given.rounds, times=8) if published else _NONE_PUBLISHED),
            **memory(),
            **on_odd_inputs(),
            **start_up(),
        }
    )
    for name, value in result.items():
        print(f"{name:72}" + (f"{value:>12.2f}" if isinstance(value, float) else f"  {value}"))
    if given.json:
        given.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def on_news(count: int, rounds: int) -> dict[str, float]:
    """Compare a scan for numbers with the engine on general news."""
    news = general_articles(count)
    plain, ours = _alternate(rounds, (_scan, news), (read_text, news))
    return {
        "general news: plain re scan, articles/s": plain,
        "general news: engine, articles/s": ours,
        "general news: engine / plain scan": ours / plain,
    }


def on_facts(kind: str, texts: list[Article], rounds: int, times: int = 1) -> dict[str, Any]:
    """Compare word segmentation with the engine on articles of a kind, each read ``times`` times a round."""
    count = len(texts)
    found = sum(len(_read(article).facts) for article in texts)  # words and rules load once
    again = texts * times
    segment = _segmenter()
    if segment is None:
        (ours,) = _alternate(rounds, (_read, again))
        peer: dict[str, Any] = {f"{kind}: underthesea": "left out: pip install -r requirements.txt"}
    else:
        segment(texts[0])  # its model loads once
        ours, theirs = _alternate(rounds, (_read, again), (segment, again))
        peer = {
            f"{kind}: underthesea word_tokenize, articles/s": theirs,
            f"{kind}: engine / underthesea": ours / theirs,
        }
    return {
        f"{kind}: characters an article": sum(len(article.text) for article in texts) / count,
        f"{kind}: facts an article": found / count,
        f"{kind}: engine, articles/s": ours,
        f"{kind}: engine, facts/s": ours * found / count,
        **peer,
    }


def memory() -> dict[str, float]:
    """Return the most memory in use after some hundred articles, none read twice, and after four times as many."""
    highest = []
    for turn in range(1, 17):
        for article in articles(40, seed=100 + turn):
            _read(article)
        if turn in {4, 16}:
            highest.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {"memory after 160 articles, MB": highest[0], "memory after 640 articles, MB": highest[1]}


def memory_over(count: int) -> dict[str, float]:
    """Return the memory in use at several times over ``count`` general articles, then over fewer full of facts.

    No article is read twice.
    """
    seen: dict[str, float] = {}
    for kind, total, make in (
        (
            "general",
            count,
            lambda turn: [Article(text, None, None, None) for text in general_articles(100, turn)],
        ),
        ("full of facts", count // _FEWER, lambda turn: articles(100, turn)),
    ):
        turns = max(total // 100, _LOOKS)
        for turn in range(turns):
            for article in make(1000 + turn):
                _read(article)
            if (turn + 1) * _LOOKS % turns < _LOOKS:
                seen[f"memory after {(turn + 1) * 100:,} articles, {kind}, MB"] = _in_use()
    return seen


def _in_use() -> float:
    """Return the memory in use now, in MB; where the system does not tell, the most that was."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def on_odd_inputs() -> dict[str, float]:
    """Return, for each odd input, how many times longer twice of it takes."""
    ratios = {}
    for name, make in ODDITIES.items():
        once, twice = _alternate(3, (read_text, [make(_ODD_LENGTH)]), (read_text, [make(2 * _ODD_LENGTH)]))
        ratios[f"twice the input, times the time: {name}"] = once / twice
    return ratios


def start_up() -> dict[str, Any]:
    """Return how long the commands take on one small file."""
    commands = {"python -m extraction": [sys.executable, "-m", "extraction"]}
    coso = Path(sys.executable).with_name("coso")
    if coso.exists() or shutil.which("coso"):
        commands["coso extract"] = [str(coso if coso.exists() else shutil.which("coso")), "extract"]
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text("Năm 2024, toàn tỉnh tiếp 500 lượt công dân.", encoding="utf-8")
        for name, command in commands.items():
            _run(
                [*command, str(path)], Path(folder)
            )  # Python keeps the modules' bytecode, as it does for users
            runs = [_run([*command, str(path)], Path(folder)) for _ in range(7)]
            result[f"start-up of {name}, s on the wall (median)"] = statistics.median(
                wall for wall, _ in runs
            )
            result[f"start-up of {name}, s of one core (median)"] = statistics.median(
                core for _, core in runs
            )
    return result


def _run(command: list[str], bytecode: Path) -> tuple[float, float]:
    """Run a command; return its seconds by the clock on the wall and of processor time.

    The bytecode of modules is kept in the folder given, whatever the shell says of keeping it.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    started, before = time.perf_counter(), _children()
    subprocess.run(command, check=True, capture_output=True, cwd=PROJECT, env=environment)
    return time.perf_counter() - started, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _segmenter() -> Callable[[Article], object] | None:
    try:
        from underthesea import word_tokenize  # noqa: PLC0415 - only where somebody installed it
    except ImportError:
        return None
    return lambda article: word_tokenize(article.text)


def _scan(text: str) -> object:
    return [match.group() for match in _NUMBER.finditer(text)]


def _read(article: Article) -> Any:
    return read_text(
        article.text,
        title=article.title,
        published=article.published,
        source_province=article.province,
    )


def _alternate(rounds: int, *jobs: tuple[Callable[[Any], object], Sequence[Any]]) -> list[float]:
    """Run the jobs in turn, some rounds long; return the best rate of each, by seconds of one core.

    Processor time, unlike the clock on the wall, leaves out the time in which something else had the core.
    """
    best = [0.0] * len(jobs)
    for _ in range(rounds):
        for index, (work, texts) in enumerate(jobs):
            started = time.process_time()
            for text in texts:
                work(text)
            best[index] = max(best[index], len(texts) / (time.process_time() - started))
    return best


if __name__ == "__main__":
    main()

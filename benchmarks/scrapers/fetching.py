"""Fetch and archive: our crawl, and plain requests that store what they decoded."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import requests
import yaml

from benchmarks.scrapers.pages import Page
from coso.collector import loaded_set_aside
from coso.errors import BadInputError
from coso.lake import Lake
from coso.settings import Settings
from scrapers.collect import collect_source
from scrapers.registry import load_registry
from scrapers.sourcefile import Source

THREADS = 8


@dataclass(frozen=True)
class Fetching:
    """What a way of fetching took for all pages."""

    pages: int
    seconds: float
    cpu_seconds: float
    disk_bytes: int

    def told(self) -> dict[str, Any]:
        return {
            "pages_per_second": round(self.pages / self.seconds, 1),
            "cpu_ms_per_page": round(1000 * self.cpu_seconds / self.pages, 2),
            "disk_kb_per_page": round(self.disk_bytes / self.pages / 1000, 1),
        }


def hosts_of(number: int, port: int) -> list[str]:
    """Return the addresses of so many hosts."""
    return [f"http://127.0.0.{n + 1}:{port}" for n in range(number)]


def fetch_ours(hosts: list[str], pages: list[Page], home: Path, delay: float = 0.0) -> Fetching:
    """Crawl every host as a source: robots.txt, front page, articles, all archived and on record."""
    lake, settings = Lake(home), Settings(home, date(2024, 12, 20), None, "bench@example.invalid", None)
    sources = _sources(hosts, home / "sources", len(pages), delay)
    with loaded_set_aside():  # as a run does
        return _timed(
            lambda source: collect_source(source, lake, "bench", settings).new_captures - 1,
            sources,
            lake.home / "raw",
            len(hosts) if delay else THREADS,
        )


def fetch_plain(hosts: list[str], pages: list[Page], home: Path, level: int | None) -> Fetching:
    """Fetch with requests and write each decoded body to a file of its own, packed anew at a level or not at all."""

    def crawl(host: str) -> int:
        folder = home / host.split("//")[1].replace(":", "-")
        folder.mkdir(parents=True)
        with requests.Session() as session:
            for number, page in enumerate(pages):
                body = session.get(host + page.path, timeout=30).content
                stored = body if level is None else gzip.compress(body, level)
                (folder / str(number)).write_bytes(stored)
        return len(pages)

    return _timed(crawl, hosts, home)


def fetch_scrapy(
    python: str, hosts: list[str], pages: list[Page], home: Path, store: str, delay: float = 0.0
) -> Fetching:
    """Let Scrapy fetch the same pages, in a process of its own; its start is not counted.

    Raises:
        BadInputError: the interpreter has no Scrapy, or it failed.
    """
    task = {"hosts": hosts, "paths": [page.path for page in pages], "folder": str(home)}
    done = subprocess.run(
        [python, str(Path(__file__).with_name("scrapy_peer.py"))],
        input=json.dumps(task | {"store": store, "delay": delay}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise BadInputError(
            f"{python}: Scrapy could not run ({last})",
            "name with --scrapy the python of an environment made of requirements/bench.in",
        )
    took = json.loads(done.stdout)
    written = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    return Fetching(took["pages"], took["seconds"], took["cpu_seconds"], written)


def _timed(crawl: Callable[[Any], int], each: list[Any], folder: Path, threads: int = THREADS) -> Fetching:
    before, started = _cpu(), time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        pages = sum(pool.map(crawl, each))
    seconds, spent = time.perf_counter() - started, _cpu() - before
    written = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Fetching(pages, seconds, spent, written)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _sources(hosts: list[str], folder: Path, articles: int, delay: float) -> list[Source]:
    folder.mkdir(parents=True)
    for number, host in enumerate(hosts):
        values = {
            "key": f"host-{number}", "name": f"Host {number}", "kind": "party_newspaper", "extends": "f1",
            "status": "unverified", "home_url": f"{host}/", "province": None, "pace_seconds": delay,
            "discovery": [{"method": "listing", "url": f"{host}/"}], "schedule": "0 6 * * *", "licence": "none",
            "topic": {"all": True}, "max_articles": articles, "allow_loopback": True,
        }  # fmt: skip
        (folder / f"{number}.yml").write_text(yaml.safe_dump(values), encoding="utf-8")
    return list(load_registry(folder).sources)

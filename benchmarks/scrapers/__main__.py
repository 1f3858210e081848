"""Measure fetching, reading and planning: ``python -m benchmarks.scrapers [--json] [--scrapy PYTHON] [--part NAME]``.

Scrapy is no dependency of the project: ``--scrapy`` names the python of an environment that has it, made of
requirements/bench.in. Without it plain requests that pack every body anew stand for what recompressing costs.
Nobody's start is counted: not the import of Scrapy nor of what a first crawl of ours needs.
Ratios above 1 are in our favour for speed; for memory, CPU and disk those below 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.scrapers.annotated import measure_annotated
from benchmarks.scrapers.fetching import Fetching, fetch_ours, fetch_plain, fetch_scrapy, hosts_of
from benchmarks.scrapers.pages import make_pages
from benchmarks.scrapers.planning import plan, write_index
from benchmarks.scrapers.reading import measure
from benchmarks.scrapers.server import serving
from coso.errors import BadInputError

#: Pages read by each reader.
READ_PAGES = 150
#: Pause between two requests to a host, and time an answer takes, in seconds, where pace is measured.
PACE, LATENCY = 0.1, 0.1
#: Pages a host without and with a pause, enough that robots.txt, front page and sealing do not weigh.
PAGES, PACED_PAGES = 100, 250
#: Captures in the index that is planned over, and days of crawls they came in.
CAPTURES, DAYS = 1_000_000, 400


def main() -> int:
    """Run every part, or those named, once and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--pages", type=int, help=f"pages a host; {PAGES}, and {PACED_PAGES} with a pause")
    parser.add_argument("--scrapy", metavar="PYTHON", help="an interpreter that has Scrapy")
    parser.add_argument(
        "--annotated",
        metavar="DIR",
        type=Path,
        help="read: measure on these annotated pages, not on made ones",
    )
    parser.add_argument("--sources", metavar="DIR", type=Path, help="source files for --annotated")
    parser.add_argument("--each", action="store_true", help="with --annotated: tell each page's F1")
    parts = ("fetch_and_archive", "fetch_with_pace", "read", "plan")
    parser.add_argument("--part", action="append", choices=parts, help="only this part; may be repeated")
    options = parser.parse_args()
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "fetch_and_archive": lambda: fetching(options.hosts, options.pages or PAGES, options.scrapy),
        "fetch_with_pace": lambda: pacing(options.hosts, options.pages or PACED_PAGES, options.scrapy),
        "read": lambda: (
            measure_annotated(options.annotated, options.sources, options.each)
            if options.annotated
            else reading()
        ),
        "plan": planning,
    }
    try:
        report = {name: made[name]() for name in options.part or parts}
    except BadInputError as error:
        parser.error(str(error))
    if options.json:
        sys.stdout.write(json.dumps(report, indent=1) + "\n")
    else:
        _print(report)
    return 0


def fetching(hosts: int, pages: int, scrapy: str | None) -> dict[str, Any]:
    """Fetch the same pages without any pause: by us, by plain requests, and by Scrapy or what stands for it."""
    made = make_pages(pages, 1)
    with serving(made) as port, tempfile.TemporaryDirectory() as folder:
        addresses, home = hosts_of(hosts, port), Path(folder)
        fetch_ours(addresses[:1], made[:2], home / "warm")
        found = {
            "coso": fetch_ours(addresses, made, home / "ours"),
            "requests, decoded bodies": fetch_plain(addresses, made, home / "plain", None),
        }
        for store in ("gzip", "verbatim") if scrapy else ():
            found[f"scrapy, {store} bodies"] = fetch_scrapy(str(scrapy), addresses, made, home / store, store)
        for level in () if scrapy else (6, 9):
            found[f"requests, packed anew (gzip {level})"] = fetch_plain(
                addresses, made, home / str(level), level
            )
    return _compared(found)


def pacing(hosts: int, pages: int, scrapy: str | None) -> dict[str, Any]:
    """Fetch with a pause between two requests to a host; the ideal rate is that of the pace alone."""
    made = make_pages(pages, 1)
    with serving(made, LATENCY) as port, tempfile.TemporaryDirectory() as folder:
        addresses, home = hosts_of(hosts, port), Path(folder)
        fetch_ours(addresses[:1], made[:2], home / "warm", PACE)
        found = {"coso": fetch_ours(addresses, made, home / "ours", PACE)}
        if scrapy:
            found["scrapy, verbatim bodies"] = fetch_scrapy(
                scrapy, addresses, made, home / "scrapy", "verbatim", PACE
            )
    report = _compared(found)
    for name, one in found.items():
        # robots.txt is asked for too, and by us the front page, at the same pace.
        requests = pages + (2 if name == "coso" else 1)
        report[name]["of_ideal_rate"] = round(requests * PACE / one.seconds, 3)
    return report


def _compared(found: dict[str, Fetching]) -> dict[str, Any]:
    report: dict[str, Any] = {name: one.told() for name, one in found.items()}
    ours = found["coso"].told()
    report["ratios"] = {
        name: {key: round(ours[key] / value, 2) for key, value in one.told().items()}
        for name, one in found.items()
        if name != "coso"
    }
    return report


def reading() -> dict[str, Any]:
    """Read the same pages with both readers."""
    pages = make_pages(READ_PAGES, 2)
    ours, peer = measure("coso", pages), measure("trafilatura", pages)
    ratios = {key: round(ours[key] / peer[key], 2) for key in ("pages_per_second", "peak_mb", "text_f1")}
    return {"coso": ours, "trafilatura": peer, "ratios": {"trafilatura": ratios}}


def planning() -> dict[str, Any]:
    """Plan a crawl of one source with a million captures: counted from nothing, and from what was counted before."""
    with tempfile.TemporaryDirectory() as folder:
        write_index(Path(folder), 1, CAPTURES, DAYS)
        return {when: plan(Path(folder), 1, CAPTURES) for when in ("first time", "later")}


def _print(report: dict[str, Any]) -> None:
    for part, found in report.items():
        print(f"\n{part}")
        for name, told in found.items():
            if name == "ratios":
                continue
            each = told.pop("each", {})
            print(f"  {name:32} " + "  ".join(f"{key} {value}" for key, value in told.items()))
            for page, one in each.items():
                print(f"    {page:30} " + "  ".join(f"{key} {value}" for key, value in one.items()))
        for name, told in found.get("ratios", {}).items():
            print(f"  coso / {name:25} " + "  ".join(f"{key} {value}" for key, value in told.items()))


if __name__ == "__main__":
    raise SystemExit(main())

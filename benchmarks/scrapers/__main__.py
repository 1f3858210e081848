"""Measure fetching and reading: ``python -m benchmarks.scrapers [--json] [--hosts N] [--pages N]``.

Scrapy is no dependency of the project and therefore no peer here; plain requests that pack every body anew stand for
what recompressing costs. Ratios above 1 are in our favour for speed; for memory, CPU and disk those below 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.scrapers.pages import make_pages
from benchmarks.scrapers.reading import measure
from benchmarks.scrapers.server import serving

#: Pages read by each reader.
READ_PAGES = 150


def main() -> int:
    """Run everything once and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--pages", type=int, default=12, help="pages a host")
    options = parser.parse_args()
    report = {"fetch_and_archive": fetching(options.hosts, options.pages), "read": reading()}
    if options.json:
        sys.stdout.write(json.dumps(report, indent=1) + "\n")
    else:
        _print(report)
    return 0


def fetching(hosts: int, pages: int) -> dict[str, Any]:
    """Fetch the same pages four ways."""
    from benchmarks.scrapers.fetching import Fetching, fetch_ours, fetch_plain, hosts_of  # noqa: PLC0415

    made = make_pages(pages, 1)
    with serving(made) as port, tempfile.TemporaryDirectory() as folder:
        addresses, home = hosts_of(hosts, port), Path(folder)
        fetch_plain(addresses[:2], made, home / "warm", None)
        found: dict[str, Fetching] = {
            "coso": fetch_ours(addresses, made, home / "ours"),
            "requests, packed anew (gzip 9)": fetch_plain(addresses, made, home / "nine", 9),
            "requests, packed anew (gzip 6)": fetch_plain(addresses, made, home / "six", 6),
            "requests, decoded bodies": fetch_plain(addresses, made, home / "plain", None),
        }
    ours = found["coso"].told()
    report: dict[str, Any] = {name: one.told() for name, one in found.items()}
    report["ratios"] = {
        name: {key: round(ours[key] / value, 2) for key, value in told.items()}
        for name, told in report.items()
        if name != "coso"
    }
    return report


def reading() -> dict[str, Any]:
    """Read the same pages with both readers."""
    pages = make_pages(READ_PAGES, 2)
    ours, peer = measure("coso", pages), measure("trafilatura", pages)
    ratios = {key: round(ours[key] / peer[key], 2) for key in ("pages_per_second", "peak_mb", "text_f1")}
    return {"coso": ours, "trafilatura": peer, "ratios": {"trafilatura": ratios}}


def _print(report: dict[str, Any]) -> None:
    for part, found in report.items():
        print(f"\n{part}")
        for name, told in found.items():
            if name == "ratios":
                continue
            print(f"  {name:32} " + "  ".join(f"{key} {value}" for key, value in told.items()))
        for name, told in found["ratios"].items():
            print(f"  coso / {name:25} " + "  ".join(f"{key} {value}" for key, value in told.items()))


if __name__ == "__main__":
    raise SystemExit(main())

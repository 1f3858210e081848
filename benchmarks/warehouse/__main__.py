"""Measure a day's build as history grows: ``python -m benchmarks.warehouse [--json] [--facts 10000,50000]``."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.warehouse.history import CAPTURES_A_FACT, FACTS_A_DAY
from benchmarks.warehouse.runs import Cost, run_dbt, run_plain, run_publish, statements_of
from coso.lake import Lake
from coso.settings import PROJECT_ROOT

#: Facts of history before the day; five times as many captures go with them.
SIZES = (10_000, 50_000, 100_000)

#: What a day may take at the largest size asked for: a million facts.
TARGETS = {"seconds": 60.0, "peak_mb": 2048.0, "dbt_seconds_more": 3.5, "dbt_memory_ratio": 1.5}


def measure(facts: int, home: Path, repeat: int) -> dict[str, Any]:
    """Build a history whole, then ``repeat`` days upon it one after the other, each by dbt and by plain DuckDB."""
    lake, database = Lake(home), home / "warehouse" / "build.duckdb"
    days = max(1, round(facts / FACTS_A_DAY))
    add_days(home, 0, days)
    whole = run_dbt(lake)
    by_dbt: list[Cost] = []
    plain: list[Cost] = []
    for day in range(days, days + repeat):
        add_days(home, day, day + 1)
        before = Path(shutil.copy(database, home / "before.duckdb"))
        run_dbt(lake, with_log=True)
        statements = home / "statements.json"
        statements.write_text(json.dumps(statements_of(lake)), encoding="utf-8")
        shutil.copy(before, database)
        plain.append(run_plain(lake, statements))
        shutil.move(before, database)
        by_dbt.append(run_dbt(lake))
    return {
        "facts": days * FACTS_A_DAY,
        "captures": days * FACTS_A_DAY * CAPTURES_A_FACT,
        "files": sum(1 for _ in home.glob("*/*/**/*.parquet")),
        "database_mb": round(database.stat().st_size / 2**20),
        "whole": asdict(whole),
        "day_by_dbt": asdict(_typical(by_dbt)),
        "day_plain": asdict(_typical(plain)),
        "publish": asdict(run_publish(lake)),
    }


def add_days(home: Path, first: int, last: int) -> None:
    """Land days in a process of its own, whose memory does not count and is given back."""
    command = [sys.executable, "-m", "benchmarks.warehouse.history", str(home), str(first), str(last)]
    subprocess.run(command, check=True, cwd=PROJECT_ROOT)


def _typical(costs: list[Cost]) -> Cost:
    """Return the quickest run, which other load disturbs least, with the highest peak."""
    return Cost(
        min(cost.start_seconds for cost in costs),
        min(cost.seconds for cost in costs),
        min(cost.processor_seconds for cost in costs),
        max(cost.peak_mb for cost in costs),
    )


def verdicts(rows: list[dict[str, Any]]) -> dict[str, bool]:
    """Compare the largest history with the targets."""
    last = rows[-1]
    dbt, plain = last["day_by_dbt"], last["day_plain"]
    return {
        "seconds": dbt["seconds"] <= TARGETS["seconds"],
        "peak_mb": dbt["peak_mb"] <= TARGETS["peak_mb"],
        "dbt_seconds_more": dbt["seconds"] - plain["seconds"] <= TARGETS["dbt_seconds_more"],
        "dbt_memory_ratio": dbt["peak_mb"] <= TARGETS["dbt_memory_ratio"] * plain["peak_mb"],
    }


def main() -> int:
    """Measure every size asked for and print the curve."""
    parser = argparse.ArgumentParser(prog="benchmarks.warehouse", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--facts", default=",".join(map(str, SIZES)), help="sizes of history, separated by commas"
    )
    parser.add_argument("--days", type=int, default=2, help="days to build upon each history")
    arguments = parser.parse_args()
    rows = []
    for facts in sorted(map(int, arguments.facts.split(","))):
        with tempfile.TemporaryDirectory(prefix="coso-warehouse-") as home:
            rows.append(measure(facts, Path(home), arguments.days))
    result: dict[str, Any] = {
        "a_day": {"facts": FACTS_A_DAY},
        "targets": TARGETS,
        "curve": rows,
        "met": verdicts(rows),
    }
    if arguments.json:
        sys.stdout.write(json.dumps(result, indent=1) + "\n")
    else:
        _print(result)
    return 0 if all(result["met"].values()) else 1


def _print(result: dict[str, Any]) -> None:
    starts = [row["day_by_dbt"]["start_seconds"] for row in result["curve"]]
    print(f"dbt loads in {min(starts):.1f} s, while a run fetches and reads.")
    print(f"A day of {FACTS_A_DAY} facts and {FACTS_A_DAY * CAPTURES_A_FACT} captures upon a history of")
    heads = ("whole", "day, dbt", "day, DuckDB", "publish")
    print(
        f"{'facts':>9} {'captures':>9} {'files':>7}" + "".join(f"{head:>26}" for head in heads) + "  dbt adds"
    )
    for row in result["curve"]:
        costs = [row[name] for name in ("whole", "day_by_dbt", "day_plain", "publish")]
        cells = "".join(f"{_told(cost):>26}" for cost in costs)
        seconds = costs[1]["seconds"] - costs[2]["seconds"]
        memory = costs[1]["peak_mb"] / costs[2]["peak_mb"]
        more = f"{seconds:+.1f} s ({seconds + costs[1]['start_seconds']:+.1f} with its start) x{memory:.2f}"
        print(f"{row['facts']:9} {row['captures']:9} {row['files']:7}{cells}  {more}")
    print(", ".join(f"{name}: {'met' if met else 'NOT MET'}" for name, met in result["met"].items()))


def _told(cost: dict[str, float]) -> str:
    return f"{cost['seconds']:.1f} s ({cost['processor_seconds']:.1f}) {cost['peak_mb']:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())

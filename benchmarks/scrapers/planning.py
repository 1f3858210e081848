"""Planning a crawl over a large index: what is new, what is to be asked for again, and under which ETag."""

from __future__ import annotations

import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.scrapers.reader import peak_mb
from coso.ids import content_id, sha256_hex
from coso.lake import Lake
from coso.records import Capture, Outcome, arrow_schema
from scrapers.sourcefile import Source
from scrapers.sourceparts import make_part

#: Last day of the index.
LAST = datetime(2026, 6, 30, 5, tzinfo=UTC)
#: Addresses a listing shows, of which one in ten is new.
SHOWN = 300
_STEM = "dan-chu-o-co-so-va-cong-tac-dan-van-o-thon-ban-post"


def write_index(home: Path, sources: int, captures: int, days: int) -> None:
    """Write the index of so many sources with so many captures in all, one file a source and day."""
    lake, each = Lake(home), captures // sources
    for number in range(sources):
        for day in range(days):
            rows = range(each * day // days, each * (day + 1) // days)
            at = LAST - timedelta(days=days - 1 - day)
            _write_day(lake, f"source-{number}", at, rows)


def _write_day(lake: Lake, key: str, at: datetime, rows: range) -> None:
    urls = [f"https://{key}.example/{_STEM}{n}.html" for n in rows]
    ids = [content_id("cap", [key, n]) for n in rows]
    shared: dict[str, Any] = {"source_key": key, "kind": "article", "run_id": f"r-{at:%Y%m%d}"}
    captures = {
        **shared, "capture_id": ids, "url": urls, "final_url": urls, "fetched_at": at, "http_status": 200,
        "content_type": "text/html; charset=utf-8", "content_encoding": "gzip", "etag": [f'"{i[-16:]}"' for i in ids],
        "last_modified": f"{at:%a, %d %b %Y %H:%M:%S GMT}", "payload_sha256": [sha256_hex(i.encode()) for i in ids],
        "payload_bytes": 60_000, "warc_file": f"raw/warc/source={key}/date={at:%Y-%m-%d}/{key}.warc.gz",
        "warc_offset": [n * 60_000 for n in range(len(rows))], "warc_length": 60_000,
    }  # fmt: skip
    outcomes = {
        **shared, "outcome_id": [f"out-{i[4:]}" for i in ids], "url": urls, "attempted_at": at, "outcome": "stored",
        "http_status": 200, "capture_id": ids, "tries": 1, "elapsed_ms": 80, "detail": None,
    }  # fmt: skip
    for folder, kind, values in ((lake.captures, Capture, captures), (lake.outcomes, Outcome, outcomes)):
        schema, length = arrow_schema(kind), len(rows)
        columns = [
            pa.array(value if isinstance(value, list) else [value] * length, schema.field(name).type)
            for name in schema.names
            for value in [values.get(name)]
        ]
        path = folder / f"date={at:%Y-%m-%d}" / f"{key}--r.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), path, compression="zstd")


def plan(home: Path, sources: int, captures: int) -> dict[str, Any]:
    """Plan a crawl of every source in a process of its own; return seconds and the most memory it held."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_plan, args=(home, sources, captures // sources, theirs)
    )
    process.start()
    theirs.close()  # so that a failure of the other process ends this one
    found: dict[str, Any] = ours.recv()
    process.join()
    return {"captures": captures, "sources": sources, **found}


def _plan(home: Path, sources: int, each: int, pipe: Connection) -> None:
    from scrapers.planning import plan as plan_source  # noqa: PLC0415 - counted as memory, not as time
    from scrapers.state import load_state  # noqa: PLC0415 - as memory too

    lake, now, imports = Lake(home), LAST + timedelta(hours=12), peak_mb()
    started, worked, due, conditional = time.perf_counter(), time.process_time(), 0, 0
    for number in range(sources):
        source = _source(number)
        state = load_state(lake, source.key)
        first = each - SHOWN * 9 // 10
        shown = [f"{source.home_url}{_STEM}{n}.html" for n in range(first, first + SHOWN)]
        chosen = plan_source(source, state, lake, shown, (), now)
        due += len(chosen)
        pages = (state.pages.get(url) for url in chosen)
        conditional += sum(page is not None and page.validators.etag is not None for page in pages)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    pipe.send(
        {
            "seconds": round(seconds, 2),
            "cpu_seconds": round(worked, 2),
            "peak_mb": peak_mb(),
            "of_it_imports_mb": imports,
            "planned": due,
            "conditional": conditional,
        }
    )


def _source(number: int) -> Source:
    home = f"https://source-{number}.example/"
    values = {
        "key": f"source-{number}", "name": "-", "kind": "party_newspaper", "family": "f1", "status": "unverified",
        "home_url": home, "province": None, "discovery": [{"method": "listing", "url": home}], "article_url": "post",
        "schedule": "0 6 * * *", "licence": "none",
    }  # fmt: skip
    return make_part(Source, values)

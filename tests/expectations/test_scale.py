"""Both gates over a million figures: memory, and the planted faults found; ``pytest -s`` prints the seconds as well."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import duckdb
import pytest
from expectation_rows import Warehouse, document, fact, land, source, submission

from coso.dictionary import load_metrics
from coso.lake import Lake
from coso.places import provinces

FIGURES = 1_000_000
_MEGABYTES = 2048


def _grow_landed(lake: Lake) -> None:
    """Multiply one document and one fact; every 10,000th figure is a rate of 120%."""
    land(lake, document(), fact("petition_resolution_rate", value=90.0), submission(), source("bao-a"))
    documents = next((lake.landed / "documents").rglob("part.parquet"))
    facts = next((lake.landed / "facts").rglob("part.parquet"))
    with duckdb.connect() as connection:
        connection.execute(f"""
            copy (select d.* replace (document_id || '-' || n as document_id)
                  from '{documents}' d, range({FIGURES // 10}) t(n))
            to '{documents.with_name("many.parquet")}' (format parquet)""")
        connection.execute(f"""
            copy (select f.* replace (
                      fact_id || '-' || n as fact_id, document_id || '-' || (n // 10) as document_id,
                      if(n % 10000 = 0, 120.0, 90.0) as value, cast(2000 + n % 24 as varchar) as period,
                      make_date(2000 + n % 24, 1, 1) as period_start,
                      make_date(2000 + n % 24, 12, 31) as period_end,
                      printf('%02d', 1 + n % 2) as province_code)
                  from '{facts}' f, range({FIGURES}) t(n))
            to '{facts.with_name("many.parquet")}' (format parquet)""")
    facts.unlink()
    documents.unlink()


def _grow_marts(warehouse: Warehouse) -> None:
    """Multiply one value over provinces, metrics and years, and its observations; one value is ten times the others."""
    warehouse.value("01", "dialogue_sessions", "1999", 500, 500)
    metrics = [
        m.code for m in load_metrics().values() if m.min_year <= 500 <= m.max_year_63 and m.kind == "flow"
    ]
    provinces_63 = [code for code, frame in provinces() if frame == "63"]
    warehouse.run(
        """
        insert into marts.fct_metric_value
        select v.* replace (m.code as metric, p.code as province_code, cast(2000 + n as varchar) as period)
        from marts.fct_metric_value v, unnest(?) m(code), unnest(?) p(code), range(24) t(n)""",
        [metrics, provinces_63],
    )
    warehouse.run(
        "update marts.fct_metric_value set value = 5000 "
        "where province_code = '42' and metric = 'dialogue_sessions' and period = '2010'"
    )
    warehouse.run(f"""
        insert into marts.fct_metric_observation
        select o.* replace (fact_id || n as fact_id)
        from marts.fct_metric_observation o, range({FIGURES // 2}) t(n)""")


@pytest.mark.slow
def test_a_million_figures(lake: Lake, warehouse: Warehouse) -> None:
    _grow_landed(lake)
    _grow_marts(warehouse)
    program = (
        "import sys\n"
        "from datetime import date\nfrom pathlib import Path\nfrom coso.lake import Lake\n"
        "from expectations.gates import check_landed, check_marts\n"
        "lake = Lake(Path(sys.argv[1]))\n"
        "landed = check_landed(lake, 'run-1', date(2025, 3, 15))\n"
        "marts = check_marts(lake, Path(sys.argv[2]), 'run-1', date(2025, 3, 15))\n"
        "print(len(landed.quarantine), [c.period for c in marts.causes if c.check_id == 'marts.jump'])\n"
    )
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, str(lake.home), str(warehouse.path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds = time.monotonic() - began
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{seconds:.1f} s, {megabytes:.0f} MB: {done.stdout}")
    assert done.stdout.split(maxsplit=1) == [str(FIGURES // 10_000), "['2010']\n"]
    assert megabytes < _MEGABYTES

"""The whole platform over a portal full of personal data: searched file by file, destroyed, and published again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from scraper_portal import PLANTED, found_in, portal_values, put_portal
from scraper_site import LocalSite

from coso.lake import Lake
from scrapers.sourcefile import Source

COSO = str(Path(sys.executable).with_name("coso"))


@pytest.mark.slow
def test_no_file_of_a_whole_run_holds_personal_data(
    site: LocalSite, make_source: Callable[..., Source], lake: Lake, tmp_path: Path
) -> None:
    put_portal(site, 4)
    make_source(**portal_values(site.base))
    env = {k: v for k, v in os.environ.items() if not k.startswith(("COSO_", "PREFECT_"))}
    env |= {
        "COSO_HOME": str(lake.home),
        "COSO_SOURCES": str(next(tmp_path.glob("sources*"))),
        "COLUMNS": "200",
    }
    env["COSO_KEYRING"] = str(tmp_path / "keyring")

    def coso(*arguments: str) -> str:
        done = subprocess.run(
            [COSO, *arguments], env=env, capture_output=True, text=True, check=False, timeout=900
        )
        assert done.returncode == 0, done.stderr
        assert not any(one in done.stdout + done.stderr for one in PLANTED)
        return done.stdout

    coso("run")
    rows = "select count(*), count(distinct title_masked) from fct_submission"
    assert ask(lake, rows) == [(4, 4)]
    assert searched(lake) > {".duckdb", ".parquet", ".csv", ".xlsx", ".json", ".gz", ".db", ".log", ".html"}
    assert "readable" in coso("keys", "list")
    told = coso("keys", "destroy", "pakn-thu", "--reason", "hết hạn", "--by", "Quản trị", "--yes")
    assert "6 answers in 1 files destroyed" in told
    replayed = coso("replay")
    assert "0 changed, 0 added, 0 removed" in replayed
    assert "by Quản trị because: hết hạn; what had been read from them stays" in " ".join(replayed.split())
    coso("run", "--no-fetch")
    assert ask(lake, rows) == [(4, 4)]
    assert ask(lake, "select source_key, n_captures, n_files, reason from fct_tombstone") == [
        ("pakn-thu", 6, 1, "hết hạn")
    ]
    assert "because: hết hạn" in " ".join(coso("status").split())
    assert "destroyed on" in coso("keys", "list")
    coso("release", "verify")
    searched(lake)
    assert not [path for path in (tmp_path / "keyring").rglob("*") if path.is_file()]


def ask(lake: Lake, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(
        str(lake.published / "current" / "coso.duckdb"), config={"access_mode": "READ_ONLY"}
    ) as release:
        return release.execute(sql).fetchall()


def searched(lake: Lake) -> set[str]:
    """Search every file of the lake, every table of every DuckDB file; return the kinds of file there were."""
    paths = [path for path in lake.home.rglob("*") if path.is_file()]
    assert {str(path): found_in(path) for path in paths if found_in(path)} == {}
    for path in paths:
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as opened:
                tables = opened.execute("select schema_name, table_name from duckdb_tables()").fetchall()
                text = "".join(str(opened.table(f"{schema}.{name}").fetchall()) for schema, name in tables)
            assert not any(one in text for one in PLANTED), path
    return {path.suffix for path in paths}

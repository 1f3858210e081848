"""The dbt project itself: no drift from the records, every column described twice, an empty lake builds."""

from __future__ import annotations

import json
import re
from typing import Any

import duckdb
import pytest
import warehouse_sources
import yaml
from warehouse_build import Build

from coso.records import LANDED, QUALITY, RAW, arrow_schema
from coso.settings import DBT_PROJECT, PROJECT_ROOT

GUIDE = PROJECT_ROOT / "docs" / "tables.md"
MART_FILES = sorted((DBT_PROJECT / "models" / "marts").glob("**/_[!u]*.yml"))


def _marts() -> list[dict[str, Any]]:
    return [
        model for path in MART_FILES for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    ]


def test_sources_are_described_as_the_records_are() -> None:
    assert warehouse_sources.TARGET.read_text(encoding="utf-8") == warehouse_sources.render(), (
        "run python tests/warehouse/warehouse_sources.py"
    )


def test_staging_has_the_columns_of_the_records(build: Build) -> None:
    columns = build.rows(
        """select table_name as view, list(column_name order by ordinal_position) as columns
           from information_schema.columns where table_schema = 'staging' group by table_name"""
    )
    found = {row["view"]: row["columns"] for row in columns}
    expected = {f"stg_{name}": arrow_schema(kind).names for name, kind in (LANDED | RAW | QUALITY).items()}
    expected["stg_submissions"] = [*expected["stg_submissions"], "first_seen_at"]
    # The texts of articles stay in the lake; their letters are compared by hash.
    articles = [name for name in expected["stg_documents"] if name not in {"text", "sapo", "captions"}]
    expected["stg_documents"] = [*articles, "text_hash", "title_hash"]
    assert found == expected


@pytest.mark.parametrize("model", _marts(), ids=lambda model: str(model["name"]))
def test_marts_are_described_in_both_languages(model: dict[str, Any]) -> None:
    for thing in (model, *model["columns"]):
        assert thing["description"].endswith((".", ")"))
        assert thing["config"]["meta"]["vi"]
        assert thing["config"]["meta"]["vi"] != thing["description"]


def test_every_mart_is_described_and_commented(build: Build) -> None:
    rows = build.rows(
        """select c.table_name, c.column_name, c.comment, t.comment as table_comment
           from duckdb_columns() as c join duckdb_tables() as t using (schema_name, table_name)
           where c.schema_name = 'marts'"""
    )
    described = {(model["name"], column["name"]) for model in _marts() for column in model["columns"]}
    assert {(row["table_name"], row["column_name"]) for row in rows} == described
    assert all(row["comment"] and row["table_comment"] for row in rows)


def test_an_empty_lake_builds(empty_build: Build) -> None:
    assert set(empty_build.results.values()) <= {"success", "pass", "no-op"}
    counted = empty_build.one(
        """select (select count(*) from marts.fct_metric_value) as figures,
                  (select count(*) from marts.fct_quality_incident) as incidents,
                  (select count(*) from marts.dim_province) as provinces"""
    )
    assert counted == {"figures": 0, "incidents": 0, "provinces": 97}


def test_the_guide_names_every_mart_and_every_reason() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    observation = next(model for model in _marts() if model["name"] == "fct_metric_observation")
    column = next(c for c in observation["columns"] if c["name"] == "not_reconcilable_because")
    (check,) = (limit["expression"] for limit in column["constraints"] if limit["type"] == "check")
    names = [model["name"] for model in _marts()] + re.findall(r"'(\w+)'", check)
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_the_statements_of_the_guide_run(build: Build) -> None:
    statements = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert statements
    with duckdb.connect(str(build.path), read_only=True) as connection:
        connection.execute("set search_path = 'marts'")
        for statement in statements:
            assert connection.execute(statement).fetchall()


def test_dbt_writes_nothing_into_the_project(build: Build, empty_build: Build) -> None:
    assert build.results
    assert empty_build.results
    assert not [
        name for name in ("target", "logs", "dbt_packages", ".user.yml") if (DBT_PROJECT / name).exists()
    ]


def test_the_manifest_tells_the_release_what_it_holds(build: Build) -> None:
    manifest = json.loads((build.path.parent / "target" / "manifest.json").read_text(encoding="utf-8"))
    release = manifest["exposures"]["exposure.coso.release"]["depends_on"]["nodes"]
    assert {node.rsplit(".", 1)[1] for node in release} == {model["name"] for model in _marts()}

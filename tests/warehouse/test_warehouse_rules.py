"""The shape of the dbt project: who may read whom, what every model says of itself. Rules of dbt-project-evaluator
that make sense here, asked of the manifest that the small lake's build left."""

from __future__ import annotations

import json
from typing import Any

import pytest
from warehouse_build import Build

#: Folders in the order in which rows walk through them; a model reads none that comes after its own.
LAYERS = ("changes", "base", "staging", "intermediate", "marts")

#: What the build before left is looked up in place, and what changed is known to every layer.
PREFIXES = {"base": ("base_",), "staging": ("stg_",), "marts": ("fct_", "dim_", "bridge_")}

#: Tables for people are named for what they are.
FOR_PEOPLE = {"metric_trend", "national_summary", "province_metric_table", "province_scorecard"}

#: Views of the lake for people who look into it; no table needs them.
FOR_THE_CURIOUS = {
    "stg_captures",
    "stg_crawls",
    "stg_deliveries",
    "stg_drifts",
    "stg_hold_releases",
    "stg_incident_events",
    "stg_outcomes",
    "stg_reading_rates",
    "stg_review_decisions",
    "stg_runs",
    "stg_source_checks",
    "stg_verdicts",
    "time_spine_daily",
}


@pytest.fixture(scope="module")
def manifest(build: Build) -> dict[str, Any]:
    """Return the manifest of the small lake's build."""
    path = build.path.parent / "target" / "manifest.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _models(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def _layer(node: dict[str, Any]) -> str:
    return str(node["fqn"][1])


def test_every_model_is_described_with_a_column(manifest: dict[str, Any]) -> None:
    wrong = [node["name"] for node in _models(manifest) if not (node["description"] and node["columns"])]
    # A table without a key of its own has nothing to single out.
    assert set(wrong) <= {"stg_holds"}


def test_models_are_named_for_their_layer(manifest: dict[str, Any]) -> None:
    for node in _models(manifest):
        prefixes = PREFIXES.get(_layer(node))
        assert prefixes is None or node["name"].startswith(prefixes) or node["name"] in FOR_PEOPLE, node[
            "name"
        ]


def test_rows_walk_one_way(manifest: dict[str, Any]) -> None:
    """A mart reads no source and no copy of one; staging reads one landed table and nothing of what is made of it."""
    nodes = manifest["nodes"]
    for node in _models(manifest):
        parents = [parent for parent in node["depends_on"]["nodes"] if parent in nodes]
        sources = [parent for parent in node["depends_on"]["nodes"] if parent.startswith("source.")]
        layers = {_layer(nodes[parent]) for parent in parents if nodes[parent]["resource_type"] == "model"}
        if _layer(node) == "marts":
            assert not sources, node["name"]
            assert "base" not in layers, node["name"]
        if _layer(node) == "staging":
            copies = [parent for parent in parents if _layer(nodes[parent]) == "base"]
            assert len(sources) + len(copies) == 1, node["name"]
            assert not layers & {"intermediate", "marts"}, node["name"]


def test_marts_are_public_with_contract_and_owner(manifest: dict[str, Any]) -> None:
    for node in _models(manifest):
        is_mart = _layer(node) == "marts"
        assert (node["access"] == "public") is is_mart, node["name"]
        assert bool(node["group"]) is is_mart, node["name"]
        assert node["contract"]["enforced"] is is_mart, node["name"]


def test_nothing_is_made_for_nobody(manifest: dict[str, Any]) -> None:
    children = manifest["child_map"]
    idle = [
        node["name"]
        for node in _models(manifest)
        if not [child for child in children[node["unique_id"]] if not child.startswith("unit_test.")]
    ]
    assert set(idle) <= FOR_THE_CURIOUS


def test_every_replaced_table_knows_what_is_stale(manifest: dict[str, Any]) -> None:
    """An incremental model depends on the model that says what it replaces, so that dbt builds that first."""
    incremental = [node for node in _models(manifest) if node["config"]["materialized"] == "incremental"]
    assert len(incremental) > 20
    for node in incremental:
        assert node["config"]["incremental_strategy"] == "replace", node["name"]
        stale = f"model.coso.{node['config']['meta']['stale']}"
        assert stale in node["depends_on"]["nodes"], node["name"]


def test_a_test_is_run_with_the_part_that_it_is_about(manifest: dict[str, Any]) -> None:
    """A run chooses tests by their own tag: those of a table made after the gate have its tag, no other has."""
    nodes = manifest["nodes"]
    for node in nodes.values():
        if node["resource_type"] == "test":
            parents = [nodes[parent] for parent in node["depends_on"]["nodes"] if parent in nodes]
            is_late = any("quality" in parent["tags"] for parent in parents)
            assert ("quality" in node["tags"]) is is_late, node["name"]


def test_dbt_has_nothing_to_complain_about(build: Build) -> None:
    """No deprecation and no warning but those of tests that say them on purpose."""
    log = (build.path.parent.parent / "logs" / "dbt" / "dbt.log").read_text(encoding="utf-8")
    assert [line for line in log.splitlines() if "Deprecat" in line or "[WARNING]" in line] == []

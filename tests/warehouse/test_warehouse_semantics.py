"""The semantic layer says what the marts say: each metric, computed from its definition, against plain SQL."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from warehouse_build import Build

from coso.settings import DBT_PROJECT

LAYER = yaml.safe_load(
    (DBT_PROJECT / "models" / "semantic" / "_semantic_models.yml").read_text(encoding="utf-8")
)

_REPORTED = "from marts.fct_metric_value where len(split(period, '..')) = 1"
_USABLE = "from marts.fct_metric_observation"

#: What each metric has to give on the small lake, from other tables or other words than its definition.
EXPECTED = {
    "dialogues_old_map": """select sum(coalesce(national_value, partial_sum)) from marts.national_summary
        where metric = 'dialogue_sessions' and frame = '63' and period_kind = 'year'""",
    "dialogues_new_map": """select sum(coalesce(national_value, partial_sum)) from marts.national_summary
        where metric = 'dialogue_sessions' and frame = '34' and period_kind = 'year'""",
    "dialogue_people_old_map": """select sum(population_covered) from marts.national_summary
        where metric = 'dialogue_sessions' and frame = '63' and period_kind = 'year'""",
    "dialogues_per_100k_old_map": """select 1e5 * sum(coalesce(national_value, partial_sum)) / sum(population_covered)
        from marts.national_summary where metric = 'dialogue_sessions' and frame = '63' and period_kind = 'year'""",
    "petitions_half_year_old_map": f"""select sum(value) {_REPORTED}
        and metric = 'petitions_received' and frame = '63' and (period like '%-H1' or period like '%-H2')""",
    "voter_meetings_new_map": """select sum(coalesce(value, 0)) from marts.fct_province_rollup
        where metric = 'voter_meetings' and length(period) = 4""",
    "provinces_reporting": f"""select count(distinct province_key) {_REPORTED}
        and (province_key, metric) not in (select (province_key, metric) from marts.fct_publication_hold)""",
    "reported_figures": f"""select count(*) {_REPORTED}
        and (province_key, metric) not in (select (province_key, metric) from marts.fct_publication_hold)""",
    "figures_in_conflict": f"""select count(*) {_REPORTED} and agreement = 'conflict'
        and (province_key, metric) not in (select (province_key, metric) from marts.fct_publication_hold)""",
    "conflict_share": """select avg(if(agreement = 'conflict', 1, 0)) from marts.metric_trend
        where basis = 'as_reported'""",
    "reports_owed": "select count(*) from marts.fct_reporting_compliance where status != 'due'",
    "reports_in": "select count(first_document_id) from marts.fct_reporting_compliance",
    "report_share": """select count(first_document_id) / count(*) from marts.fct_reporting_compliance
        where status != 'due'""",
    "readings_made": f"select count(*) {_USABLE}",
    "readings_usable": "select sum(n_observations) from marts.fct_metric_value",
    "usable_share": f"select avg(if(not_reconcilable_because is null, 1, 0)) {_USABLE}",
    "submissions_made": "select count(*) from marts.fct_submission_version where is_current",
    "submissions_answered": """select count(*) from marts.fct_submission_version
        where is_current and answered_on is not null""",
    "answered_share": """select count(answered_on) / count(*) from marts.fct_submission_version where is_current""",
    "days_to_answer": """select avg(answered_on - received_on) from marts.fct_submission_version where is_current""",
}

_AGGREGATE = {
    "count": "count({})",
    "sum": "sum({})",
    "count_distinct": "count(distinct {})",
    "average": "avg({})",
}


def _definitions(build: Build) -> tuple[dict[str, Any], dict[str, tuple[Any, str]]]:
    """Return metrics by name, and measures by name with the table of their model, as dbt understood them."""
    manifest = json.loads(
        (build.path.parent / "target" / "semantic_manifest.json").read_text(encoding="utf-8")
    )
    measures = {
        measure["name"]: (measure, f"marts.{model['node_relation']['alias']}")
        for model in manifest["semantic_models"]
        for measure in model["measures"]
    }
    return {metric["name"]: metric for metric in manifest["metrics"]}, measures


def _evaluate(build: Build, name: str) -> float:
    """Compute a metric from its definition alone."""
    metrics, measures = _definitions(build)
    params = metrics[name]["type_params"]
    if metrics[name]["type"] == "ratio":
        return _evaluate(build, params["numerator"]["name"]) / _evaluate(build, params["denominator"]["name"])
    if metrics[name]["type"] == "derived":
        inputs = {part["name"]: _evaluate(build, part["name"]) for part in params["metrics"]}
        expression = re.sub(r"\b[a-z_]\w+", lambda name: repr(inputs[name[0]]), params["expr"])
        return float(build.one(f"select {expression} as v")["v"])
    measure, table = measures[params["measure"]["name"]]
    filters = (metrics[name]["filter"] or {}).get("where_filters", [])
    conditions = [
        re.sub(r"\{\{ Dimension\('\w+?__(\w+)'\) \}\}", r"\1", f["where_sql_template"]) for f in filters
    ]
    aggregate = _AGGREGATE[measure["agg"]].format(measure["expr"])
    where = " and ".join(f"({condition})" for condition in conditions) or "true"
    return float(build.one(f"select {aggregate} as v from {table} where {where}")["v"] or 0)


@pytest.mark.parametrize("name", [metric["name"] for metric in LAYER["metrics"]])
def test_a_metric_agrees_with_the_marts(build: Build, name: str) -> None:
    row = build.one(f"select ({EXPECTED[name]}) as v")
    expected = float(row["v"] or 0)
    assert _evaluate(build, name) == pytest.approx(expected)


def test_the_metrics_measure_something(build: Build) -> None:
    assert [name for name in EXPECTED if _evaluate(build, name) == 0] == []


def test_measures_name_columns_of_their_marts(build: Build) -> None:
    for model in LAYER["semantic_models"]:
        table = re.search(r"ref\('(\w+)'\)", model["model"])
        assert table
        columns = {
            row["c"]
            for row in build.rows(
                f"select column_name as c from information_schema.columns where table_name = '{table[1]}'"
            )
        }
        named = {d.get("expr", d["name"]) for d in model["dimensions"]} | {
            e["expr"] for e in model["entities"]
        }
        assert named <= columns, model["name"]


def test_the_time_spine_has_every_day(build: Build) -> None:
    row = build.one(
        """select min(date_day) as first, count(*) as days, count(distinct date_day) as different,
                  max(date_day) - min(date_day) + 1 as span from intermediate.time_spine_daily"""
    )
    assert (row["first"].isoformat(), row["days"], row["different"]) == (
        "1998-01-01",
        row["span"],
        row["span"],
    )

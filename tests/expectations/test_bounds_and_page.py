"""Reviewed bounds and what the figures suggest; the page of a run."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from expectation_rows import AS_OF, NOON, Warehouse, document, land, outcome, source

from coso.errors import BadInputError
from coso.lake import Lake
from expectations.bounds import read_bounds, render_bounds, suggest_bounds
from expectations.checks import ALL_CHECKS
from expectations.gates import check_landed, check_marts
from expectations.incidents import update_incidents
from expectations.runpage import page_path

RANGE = [ALL_CHECKS["marts.range"], ALL_CHECKS["marts.source_silent"]]
ENTRY = "province: Hà Nội, metric: villages, least: 1, most: 2, reason: x, reviewed_by: y"
BIG = {"2022": 2600.0, "2023": 2700.0, "2024": 2650.0}


def reviewed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bounds.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_suggestion_becomes_a_bound_by_review(lake: Lake, warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.series("01", "dialogue_sessions", BIG)
    before = check_marts(lake, warehouse.path, "run-1", AS_OF, RANGE)
    assert {cause.period for cause in before.causes} == set(BIG)
    suggested = suggest_bounds(lake, warehouse.path, AS_OF)
    (figure,) = suggested.figures
    assert (figure.province_code, figure.metric, figure.most) == ("01", "dialogue_sessions", 4050)
    assert figure.reason == "3 years, 2022 to 2024, between 2600 and 2700; the range that holds is 10 to 2500"
    text = render_bounds(suggested)
    with pytest.raises(BadInputError, match="lacks reviewed_by"):
        read_bounds(reviewed(tmp_path, text))
    path = reviewed(tmp_path, text.replace("reviewed_by: ''", "reviewed_by: Lan"))
    after = check_marts(lake, warehouse.path, "run-2", AS_OF, RANGE, bounds=path)
    assert after.causes == ()
    assert suggest_bounds(lake, warehouse.path, AS_OF, path).figures == ()


def test_conflicts_and_held_figures_suggest_nothing(lake: Lake, warehouse: Warehouse) -> None:
    for period, value in BIG.items():
        warehouse.value("01", "dialogue_sessions", period, value, value + 1)
    assert suggest_bounds(lake, warehouse.path, AS_OF).figures == ()


def crawled(pauses: list[int], down: set[int]) -> list[object]:
    """A source with an item after each pause, that does not answer on some days."""
    rows: list[object] = [source("bao-a", freshness_days=90)]
    day = AS_OF
    for number, pause in enumerate(pauses):
        rows.append(document(f"p{number}", published_on=day))
        day -= timedelta(days=pause)
    for days in range((AS_OF - day).days):
        at = AS_OF - timedelta(days=days)
        rows.append(
            replace(
                outcome(f"o{days}", "bao-a"), outcome="timeout" if days in down else "stored",
                attempted_at=datetime(at.year, at.month, at.day, 5, tzinfo=UTC),
            )
        )  # fmt: skip
    return rows


def test_freshness_follows_ordinary_pauses_and_an_outage_never_widens_it(
    lake: Lake, warehouse: Warehouse
) -> None:
    land(lake, *crawled([2] * 30, set()))  # type: ignore[arg-type]
    (quiet,) = suggest_bounds(lake, warehouse.path, AS_OF).sources
    land(lake, *crawled([2] * 10 + [40] + [2] * 20, set(range(20, 60))))  # type: ignore[arg-type]
    (after_outage,) = suggest_bounds(lake, warehouse.path, AS_OF).sources
    assert (quiet.freshness_days, after_outage.freshness_days) == (3, 3)
    assert quiet.reason == "99 of 100 of 29 pauses without an outage lasted 2 days or less; 90 days hold now"
    land(lake, *crawled([2] * 10 + [40] + [2] * 20, set()))  # type: ignore[arg-type]
    widened = suggest_bounds(lake, warehouse.path, AS_OF).sources
    assert all(one.freshness_days > 30 for one in widened)


def test_a_reviewed_freshness_stands_for_the_registrys(
    lake: Lake, warehouse: Warehouse, tmp_path: Path
) -> None:
    land(
        lake,
        source("bao-a", freshness_days=90),
        outcome("1", "bao-a"),
        document(published_on=AS_OF - timedelta(30)),
    )
    path = reviewed(
        tmp_path, "sources: [{source: bao-a, freshness_days: 20, reason: tin hằng ngày, reviewed_by: Lan}]"
    )
    assert check_marts(lake, warehouse.path, "run-1", AS_OF, RANGE).causes == ()
    (cause,) = check_marts(lake, warehouse.path, "run-1", AS_OF, RANGE, bounds=path).causes
    assert cause.check_id == "marts.source_silent"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("figures: "
        "[{province: Xứ Lạ, metric: dialogue_sessions, least: 1, most: 2, reason: x, reviewed_by: y}]", "Xứ Lạ"),
        ("figures: "
        "[{province: Hà Nội, metric: tea, least: 1, most: 2, reason: x, reviewed_by: y}]", "'tea' is unknown"),
        ("figures: [{province: Hà Nội, metric: villages, least: 3, most: 2, reason: x, reviewed_by: y}]", "above most"),
        ("sources: [{source: a, freshness_days: 3, reviewed_by: y}]", "source 1 lacks reason"),
        ("figures: [", r"line \d: broken YAML"),
        ("figures: []\nsources: []\nfigures: []", "line 3: .*key 'figures' given twice"),
        ("- figures", "holds no bounds"),
        ("", "bounds.yml: holds no bounds; write them under 'figures:'"),
        ("figure: []", "unknown keys: figure; use figures, sources"),
        ("figures:", "figures is no list; write 'figures: \\[\\]'"),
        ("figures: {province: Hà Nội}", "figures is no list"),
        ("figures: [villages]", "figure 1 is no entry"),
        (f"figures: [{{{ENTRY}, max: 3}}]", "figure 1 has unknown keys: max"),
        (f"figures: [{{{ENTRY}}}, {{{ENTRY}}}]", "two bounds for 01, 63, villages"),
        (f"figures: [{{{ENTRY.replace('most: 2', 'most: nhiều')}}}]", "figure 1: most 'nhiều' is no number"),
        (f"figures: [{{{ENTRY.replace('most: 2', 'most: true')}}}]", "most True is no number"),
        (f"figures: [{{{ENTRY.replace('most: 2', 'most: .inf')}}}]", "most inf is no number"),
        (f"figures: [{{{ENTRY.replace('villages', 'vilages')}}}]", "'vilages' is unknown; did you mean villages"),
        (f"figures: [{{{ENTRY.replace('villages', '[villages]')}}}]", "metric \\['villages'\\] is no text"),
        (f"figures: [{{{ENTRY.replace('Hà Nội', 'ha noi')}}}]", "'ha noi' is unknown; did you mean Hà Nội"),
        ("sources: [{source: a, freshness_days: 2.5, reason: x, reviewed_by: y}]", "2.5 is no number of days"),
        ("sources: [{source: a, freshness_days: 0, reason: x, reviewed_by: y}]", "0 is no number of days"),
        ("sources: [{source: bao-b, freshness_days: 3, reason: x, reviewed_by: y}]",
         "source 1: source 'bao-b' is unknown; did you mean bao-a"),
    ],
)  # fmt: skip
def test_a_bound_says_whose_what_why_and_by_whom(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        read_bounds(reviewed(tmp_path, text), sources={"a", "bao-a"})


def test_the_page_of_a_run_is_whole_and_asks_nobody(lake: Lake, warehouse: Warehouse) -> None:
    warehouse.value("42", "dialogue_sessions", "2024", 538, 583)
    warehouse.run("update marts.fct_metric_observation set sentence = '<script>alert(1)</script> 538 cuộc'")
    land(lake, document())
    landed = check_landed(lake, "run/1", AS_OF)
    marts = check_marts(lake, warehouse.path, "run/1", AS_OF)
    update_incidents(lake, [landed, marts], NOON)
    page = page_path(lake, "run/1").read_text(encoding="utf-8")
    for said in (
        "Hà Tĩnh: Các nguồn đưa số liệu mâu thuẫn",
        "538",
        "583",
        "đang giữ lại",
        "không đạt / failed",
    ):
        assert said in page
    assert all(check_id in page for check_id in ALL_CHECKS)
    assert "<script" not in page
    assert not re.search(r"(src=|<link|@import|url\()", page)

"""The truth holds together, and says what was planted rather than what happened to be written."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from demo.feedback import load_items
from demo.prose import load_articles
from demo.truth import (
    Figure,
    expected_incidents,
    expected_outcomes,
    expected_submissions,
    expected_values,
    load_truth,
)

TRUTH = load_truth()
PAPERS = {"35": "ha-nam", "42": "ha-tinh", "93": "hau-giang", "22": "quang-ninh"}


def _values(province: str, metric: str) -> dict[str, float]:
    return {f.period: f.value for f in TRUTH.figures if (f.province_code, f.metric) == (province, metric)}


def _series() -> dict[tuple[str, str], dict[str, Figure]]:
    series: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for figure in TRUTH.figures:
        series[figure.province_code, figure.metric][figure.period] = figure
    return series


def test_every_metric_is_of_the_dictionary() -> None:
    assert {f.metric for f in (*TRUTH.figures, *TRUTH.parts)} <= set(load_metrics())


def test_number_of_sources_is_the_number_of_outlets_that_report_the_figure() -> None:
    outlets = defaultdict(set)
    for article in load_articles():
        for use in article.uses:
            outlets[use.figure].add(article.outlet)
    counted = {f: len(outlets[f]) for f in (*TRUTH.figures, *TRUTH.parts)}
    assert counted == {f: f.sources for f in counted}


def test_outlets_differ_only_where_trouble_is_planted() -> None:
    differing = [f for f in TRUTH.figures if len(set(f.reported.values())) > 1]
    assert [f.trouble for f in differing] == ["disagreement"]


def test_a_half_year_never_exceeds_its_year() -> None:
    for (province, metric), periods in _series().items():
        for period, figure in periods.items():
            year = periods.get(period.removesuffix("-H1"))
            if year is not None and "rate" not in metric:
                assert figure.value <= year.value, (province, metric, period)


def test_history_without_trouble_moves_by_less_than_a_third() -> None:
    for (province, metric), periods in _series().items():
        for suffix in ("", "-H1"):
            values = [f.value for p, f in sorted(periods.items()) if p == p[:4] + suffix and not f.trouble]
            steps = [later / earlier for earlier, later in pairwise(values)]
            assert all(2 / 3 < step < 3 / 2 for step in steps), (province, metric, values)


def test_parts_fit_into_their_wholes_except_where_planted() -> None:
    wholes = {m.code: m.part_of for m in load_metrics().values() if m.part_of}
    exceeding = [
        (f.province_code, f.period, f.metric)
        for f in TRUTH.figures
        if (whole := TRUTH.figure(f.province_code, f.period, wholes.get(f.metric, "")))
        and f.value > whole.value
    ]
    planted = [
        (t.province_code, t.period, t.metric) for t in TRUTH.troubles if t.kind == "part_exceeds_whole"
    ]
    assert exceeding == planted


def test_the_jump_is_planted_as_one_digit_too_many() -> None:
    values = _values("22", "people_inspection_sessions")
    assert values["2024"] > 9 * max(values["2022"], values["2023"])
    assert (
        values["2024"] <= load_metrics()["people_inspection_sessions"].max_year_63
    )  # range alone is not enough


def test_the_missing_half_year_is_missing_and_its_neighbours_are_not() -> None:
    missing = next(t for t in TRUTH.troubles if t.kind == "missing_report")
    periods = {a.period for a in load_articles() if a.province_code == missing.province_code}
    assert missing.period not in periods
    assert {"2022-H1", "2023-H1", "2023", "2024"} <= periods


def test_each_trouble_has_its_own_province_and_evidence() -> None:
    incidents = TRUTH.troubles
    assert len({i.province_code for i in incidents}) == len(incidents) == 4
    keys = {a.key for a in load_articles()}
    assert {article for incident in incidents for article in incident.articles} <= keys


def test_incidents_are_those_of_the_troubles_and_of_the_page_that_only_says_it_is_missing() -> None:
    incidents = expected_incidents()
    assert {i.check_id: i.source_key or i.province_code for i in incidents} == {
        "marts.conflict": "42",
        "marts.jump": "22",
        "marts.review_missing": "35",
        "landed.part_whole": "93",
        "landed.unread_pages": "demo-bao-ha-nam",
    }


def test_every_province_has_five_or_six_reviews_by_its_own_paper() -> None:
    for province, outlet in PAPERS.items():
        periods = sorted(a.period for a in load_articles() if a.outlet == outlet and a.period)
        expected = ["2022", "2022-H1", "2023", "2023-H1", "2024", "2024-H1"]
        assert periods == [p for p in expected if (province, p) != ("35", "2024-H1")]


def test_expected_values_leave_out_what_is_quarantined_and_unless_asked_what_is_held() -> None:
    published, every = expected_values(), expected_values(held=True)
    assert [row for row in every if not row.held] == published
    assert {(row.province_code, row.metric) for row in every if row.held} == {
        ("42", "dialogue_sessions"),
        ("22", "people_inspection_sessions"),
    }
    quarantined = [f for f in TRUTH.figures if f.trouble == "part-exceeds-whole"]
    assert len(quarantined) == 2
    assert len(every) == len(TRUTH.figures) - 2
    conflict = [row for row in every if row.agreement == "conflict"]
    assert [(r.province_code, r.metric, r.period) for r in conflict] == [("42", "dialogue_sessions", "2024")]
    assert {row.agreement for row in every if row.sources == 1} == {"single"}


def test_the_day_of_the_run_is_after_every_page() -> None:
    assert max(a.published.date() for a in load_articles()) <= TRUTH.as_of
    assert max(item.answered or item.received for item in load_items()) <= TRUTH.as_of


def test_every_conduct_concerns_an_article_or_a_linked_page() -> None:
    keys = {a.key for a in load_articles()}
    for outcome in expected_outcomes():
        assert (f"{outcome.outlet}/{outcome.page}" in keys) != bool(outcome.title)


def test_feedback_truth_follows_from_the_items() -> None:
    items = {item.external_id: item for item in load_items()}
    expected = {s.external_id: s for s in expected_submissions()}
    assert items.keys() == expected.keys()
    for key, item in items.items():
        assert (expected[key].deadline_basis == "stated") == (item.deadline is not None)
        if item.deadline and item.answered:
            assert expected[key].on_time == ("yes" if item.answered <= item.deadline else "no")


def test_broken_truth_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "truth.yml"
    broken.write_text("as_of: [", encoding="utf-8")
    with pytest.raises(BadInputError, match="broken YAML"):
        load_truth(broken)
    broken.write_text("as_of: 2025-03-15", encoding="utf-8")
    with pytest.raises(BadInputError, match="frame"):
        load_truth(broken)

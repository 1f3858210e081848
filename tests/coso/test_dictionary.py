"""The metric dictionary as the one source of truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from coso.settings import REFERENCE


def test_the_dictionary_has_its_codes_and_links() -> None:
    metrics = load_metrics()
    assert len(metrics) >= 128
    assert metrics["complaints_resolved"].part_of == "complaints_denunciations_resolved"
    assert metrics["mediation_success_rate"].numerator == "mediation_cases_successful"


def test_every_metric_has_its_names_its_unit_and_its_theme() -> None:
    metrics = load_metrics().values()
    assert all(all((m.name_vi, m.name_en, m.unit_vi, m.unit, m.theme, m.note)) for m in metrics)
    for name in ("name_vi", "name_en"):
        assert len({getattr(metric, name) for metric in metrics}) == len(metrics)


def test_rates_and_only_rates_divide_one_thing_by_another() -> None:
    for metric in load_metrics().values():
        assert bool(metric.numerator) is bool(metric.denominator) is (metric.kind == "rate"), metric.code


def test_bounds_are_in_order_and_rates_stay_within_a_hundred() -> None:
    for metric in load_metrics().values():
        assert metric.min_year <= metric.max_year_63 <= metric.max_year_34 or metric.kind == "rate"
        if metric.kind == "rate":
            assert metric.max_year_63 <= 100
            assert metric.unit == "percent"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("dialogue_participants,dialogue,", "dialogue_sessions,dialogue,", "comes twice"),
        (",flow,,,10,2500", ",stream,,,10,2500", "unknown"),
        (",10,2500,6250", ",ten,2500,6250", "cannot be read"),
    ],
)
def test_a_broken_dictionary_names_file_and_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (REFERENCE / "metrics.csv").read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "metrics.csv"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInputError, match=rf"metrics.csv:\d+: .*{told}"):
        load_metrics(broken)


def test_a_link_to_no_row_is_refused(tmp_path: Path) -> None:
    lines = (REFERENCE / "metrics.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    broken = tmp_path / "metrics.csv"
    broken.write_text(
        "".join(line for line in lines if not line.startswith("mediation_cases,")), encoding="utf-8"
    )
    with pytest.raises(BadInputError, match="mediation_cases, which has no row"):
        load_metrics(broken)

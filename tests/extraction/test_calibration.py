"""The promise of ``confidence``: of facts given 0.9, about 90 in 100 are right; never fewer than it says."""

from __future__ import annotations

from reading_calibration import Bin, bins, expected_error, known_pairs, total, unseen_pairs


def test_no_group_of_facts_is_right_less_often_than_it_says() -> None:
    found = bins(known_pairs())
    assert found[0].low == 0.9
    assert found[0].right >= 0.9
    assert sum(one.facts for one in found[:1]) >= 500
    overconfident = [one for one in found if one.facts >= 20 and one.right < one.sure - 0.03]
    assert overconfident == []


def test_on_passages_nobody_looks_into_it_says_what_it_does() -> None:
    pairs = unseen_pairs()
    found = [one for one in bins(pairs) if one.facts >= 100]
    assert len(found) >= 5
    assert [one for one in found if abs(one.sure - one.right) > 0.05] == []
    assert abs(total(pairs).sure - total(pairs).right) <= 0.02


def test_the_measure_itself() -> None:
    pairs = [(0.95, True), (0.95, False), (0.9, True), (0.2, False)]
    first, last = bins(pairs)
    assert (first.low, first.facts, round(first.right, 3)) == (0.9, 3, 0.667)
    assert last == Bin(0.2, 1, 0.2, 0.0)
    assert round(expected_error([first, last]), 4) == round((3 * (2.8 / 3 - 2 / 3) + 0.2) / 4, 4)

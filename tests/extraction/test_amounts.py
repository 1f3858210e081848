"""Amounts of đồng, which the comparison with Duckling's phrases reads."""

from __future__ import annotations

import pytest

from benchmarks.extraction.amounts import Amount, read_amount


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3,5 tỷ đồng", 3.5e9, 3.5e9),
        ("gần 2 tỷ rưỡi đồng", 2.5e9, 2.5e9),
        ("từ 5 đến 7 triệu đồng", 5e6, 7e6),
        ("500 nghìn đến 1,5 triệu đồng", 5e5, 1.5e6),
        ("không quá 30 triệu đồng", None, 3e7),
        ("từ 100 triệu đồng trở lên", 1e8, None),
        ("hơn một tỷ đồng", 1e9, None),
    ],
)
def test_amounts_of_dong(text: str, low: float | None, high: float | None) -> None:
    assert read_amount(text) == Amount(low, high)


@pytest.mark.parametrize(
    "text", ["", "đồng", "10 đô la", "mười", "từ 7 đến 5 đồng", "đồng bằng 5", "10 đồng chí"]
)
def test_what_is_no_amount_of_dong(text: str) -> None:
    assert read_amount(text) is None

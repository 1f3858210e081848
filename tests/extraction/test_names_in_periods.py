"""Names of places that end in a word of the grammar of periods: Cao Bằng, Quy Nhơn, Tam Kỳ, Ngọc Hồi, Thanh Ba."""

from __future__ import annotations

import pytest

from coso import places
from extraction import read_text

_PERIODS = {
    "năm 2023": "2023",
    "6 tháng đầu năm 2023": "2023-H1",
    "quý I/2023": "2023-Q1",
    "9 tháng": "2023-9M",
    "tháng 5": "2023-05",
}


def _names() -> list[str]:
    provinces = {f"Tỉnh {province.name}" for province in places.provinces().values()}
    districts = {
        f"{unit.kind.capitalize()} {unit.name}"
        for units in places.districts().values()
        for unit in units
        if not unit.name.isdecimal()
    }
    return sorted(provinces | districts)


@pytest.mark.parametrize("words", _PERIODS)
def test_no_name_hides_the_period_behind_it(words: str) -> None:
    """Whatever province or district a sentence opens with, the period behind its name is read."""
    read = {
        name: [
            fact.period
            for fact in read_text(f"{name} {words} tiếp 152 lượt công dân.", published="2023-11-10").facts
        ]
        for name in _names()
    }
    assert len(read) > 700
    assert {name: found for name, found in read.items() if found != [_PERIODS[words]]} == {}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Phường 3 quý I/2023 tiếp 152 lượt công dân.", ["2023-Q1"]),
        ("Xã Sơn Kim 1 năm 2023 tiếp 152 lượt công dân.", ["2023"]),
        ("Tổ hòa giải bằng năm 2022 về số vụ: năm 2023 hòa giải thành 52 vụ việc.", ["2023"]),
    ],
)
def test_numbers_that_end_a_name_count_no_months(text: str, periods: list[str]) -> None:
    facts = read_text(text, published="2023-11-10", source_province="Hà Tĩnh").facts
    assert [fact.period for fact in facts] == periods


def test_a_ward_called_by_a_number_keeps_it_ahead_of_a_year() -> None:
    (fact,) = read_text("Phường 3 năm 2023 tiếp 152 lượt công dân.", source_province="Phú Yên").facts
    assert fact.place == "Phường 3, Phú Yên"

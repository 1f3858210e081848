"""A name says where and nothing else: not "bằng" of Cao Bằng, "hơn" of Quy Nhơn, "hòa giải" of Khánh Hòa giải quyết."""

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


#: What any territory may have done, and the code of it.
_DEEDS = {
    "giải quyết 46 đơn khiếu nại thuộc thẩm quyền": "complaints_resolved",
    "có 15 tổ hòa giải": "mediation_teams",
    "đối thoại với nhân dân 12 cuộc": "dialogue_sessions",
    "vận động nhân dân hiến 1.200 m2 đất làm đường": "land_donated",
}


@pytest.mark.parametrize("deed", _DEEDS)
def test_no_name_changes_what_is_told_of_its_territory(deed: str) -> None:
    """Whatever province or district does it, the deed is read as that and of that place."""
    read = {name: read_text(f"Năm 2023, {name[0].lower()}{name[1:]} {deed}.").facts for name in _names()}
    codes = {name: [fact.metric for fact in facts] for name, facts in read.items()}
    assert {name: found for name, found in codes.items() if found != [_DEEDS[deed]]} == {}
    elsewhere = {
        name: facts[0].place for name, facts in read.items() if (facts[0].place or "")[:3] not in name
    }
    assert elsewhere == {}


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


def test_numbers_are_part_of_the_names_of_wards() -> None:
    text = "Năm 2025, phường 2 Bảo Lộc tiếp nhận 45 đơn thư; xã Sơn Kim 2 phản biện 12 dự thảo."
    facts = read_text(text, source_province="Lâm Đồng", published="2025-12-20").facts
    assert [(fact.place or "").split(",")[0] for fact in facts] == ["2 Bảo Lộc", "Sơn Kim 2"]

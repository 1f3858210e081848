"""Lists of parts are checked against their total."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text


def read(text: str) -> list[Fact]:
    return list(read_text(text, published="2024-07-01", source_province="Trà Vinh").facts)


def test_parts_that_add_up_cost_no_confidence() -> None:
    facts = read(
        "6 tháng đầu năm 2024, MTTQ các cấp giám sát 30 cuộc: cấp tỉnh 2, cấp huyện 8, cấp xã 20 cuộc."
    )
    assert [(f.value, f.subset) for f in facts] == [(30, False), (2, True), (8, True), (20, True)]
    assert all(f.confidence > 0.8 for f in facts)


def test_parts_that_add_up_to_more_than_their_total_wait_for_a_person() -> None:
    facts = read(
        "6 tháng đầu năm 2024, MTTQ các cấp giám sát 30 cuộc: cấp tỉnh 12, cấp huyện 18, cấp xã 20 cuộc."
    )
    assert [(f.value, f.subset) for f in facts] == [(30, False), (12, True), (18, True), (20, True)]
    assert all(f.confidence < 0.8 for f in facts)
    told = read_text(
        "Năm 2024 MTTQ giám sát 30 cuộc: cấp tỉnh 12, cấp huyện 18, cấp xã 20 cuộc.", explain=True
    ).trace
    assert any("the parts listed add up to more than their total −0.15" in line for line in told)


def test_what_is_smaller_than_its_part_is_no_total() -> None:
    facts = read("Quý I/2024, các sở, ngành tiếp công dân 118 lượt; cấp huyện 240 lượt; cấp xã 507 lượt.")
    assert [(f.value, f.subset) for f in facts] == [(118, True), (240, True), (507, True)]


def test_round_numbers_may_differ_from_their_sum() -> None:
    facts = read("Năm 2023, MTTQ các cấp giám sát hơn 40 cuộc: cấp tỉnh 3, cấp huyện 18, cấp xã 25 cuộc.")
    assert facts[0].subset is False
    assert facts[0].confidence == 0.94


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # The headline, the lead and the body tell one figure.
        ("Hà Tĩnh: Năm 2023 tổ chức 520 cuộc đối thoại với Nhân dân\nNăm 2023, toàn tỉnh tổ chức 520 cuộc đối thoại của cấp"
         " ủy, chính quyền với Nhân dân.", [False, False]),
        ("Năm 2023, các cấp ở Hà Tĩnh tiếp 4.560 lượt công dân.\nTrong năm 2023, các cấp tiếp 4.560 lượt công dân. Cả năm"
         " tiếp 4.560 lượt.", [False, False, False]),
        # What is smaller is a part still, and so is what a sentence takes out of its total.
        ("Năm 2023, Hà Tĩnh tiếp 4.560 lượt công dân. Tại trụ sở, các cấp tiếp 4.500 lượt công dân.", [False, True]),
        ("Năm 2023, Hà Tĩnh tổ chức 30 hội nghị phản biện xã hội, trong đó cấp xã tổ chức 30 hội nghị.", [False, True]),
    ],
)  # fmt: skip
def test_the_same_number_told_again_is_no_part(text: str, parts: list[bool]) -> None:
    facts = read_text(text, published="2024-01-18", source_province="Hà Tĩnh").facts
    assert [fact.subset for fact in facts] == parts

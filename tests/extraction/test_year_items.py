"""Lists of years, each with its number."""

from __future__ import annotations

import pytest

from extraction import read_text


def _told(text: str) -> list[tuple[str, float, str | None]]:
    facts = read_text(text, published="2020-03-10", source_province="Thái Bình").facts
    return [(fact.metric, fact.value, fact.period) for fact in facts]


@pytest.mark.parametrize(
    ("listed", "metric"),
    [
        ("Số vụ việc hòa giải qua từng năm là: 2017 - 314, 2018 - 1.290, 2019 - 277.", "mediation_cases"),
        ("Số lượt tiếp công dân thay đổi: 2017 (314), 2018 (1.290) và 2019 (277).", "reception_visits"),
        (
            "Số vụ hòa giải thành theo năm: 2017: 314 vụ, 2018: 1.290 vụ, 2019: 277 vụ.",
            "mediation_cases_successful",
        ),
        ("Số đơn tố cáo tiếp nhận: năm 2017: 314; năm 2018: 1.290; năm 2019: 277.", "denunciation_petitions"),
    ],
)
def test_each_year_of_a_list_has_its_number(listed: str, metric: str) -> None:
    assert _told(listed) == [(metric, 314, "2017"), (metric, 1290, "2018"), (metric, 277, "2019")]


@pytest.mark.parametrize(
    "text",
    [
        "Nhiệm kỳ 2014 - 2019, các tổ hòa giải tiếp nhận 298 vụ.",
        "Giai đoạn 2014 - 2019, các tổ hòa giải tiếp nhận 298 vụ.",
    ],
)
def test_two_years_are_a_span(text: str) -> None:
    assert _told(text) == [("mediation_cases", 298, "2014..2019")]


def test_a_range_gives_no_figures() -> None:
    assert _told("Mỗi năm, huyện tiếp 1.200 - 1.500 lượt công dân.") == []

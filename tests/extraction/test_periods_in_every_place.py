"""Each way of naming a period, wherever a text may name it: ahead of a figure, behind it, in the title, a sentence before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction import read_text

#: Wordings and what they mean in a text published on a day.
_MEANT = {
    "2024-03-10": {
        "năm 2023": "2023",
        "cả năm 2023": "2023",
        "6 tháng đầu năm 2023": "2023-H1",
        "sáu tháng đầu năm 2023": "2023-H1",
        "6 tháng cuối năm 2023": "2023-H2",
        "nửa đầu năm 2023": "2023-H1",
        "nửa cuối năm 2023": "2023-H2",
        "9 tháng năm 2023": "2023-9M",
        "9 tháng đầu năm 2023": "2023-9M",
        "quý I/2023": "2023-Q1",
        "quý 1 năm 2023": "2023-Q1",
        "quý III năm 2023": "2023-Q3",
        "tháng 7/2023": "2023-07",
        "tháng 7 năm 2023": "2023-07",
        "10 tháng năm 2023": "2023-YTD10",
        "5 tháng đầu năm 2023": "2023-YTD05",
        "bốn tháng đầu năm 2023": "2023-YTD04",
        "3 tháng đầu năm 2023": "2023-Q1",
        "giai đoạn 2019-2022": "2019..2022",
        "giai đoạn 2019 - 2022": "2019..2022",
        "nhiệm kỳ 2016-2021": "2016..2021",
        "hai năm 2021, 2022": "2021..2022",
        "các năm 2019, 2020 và 2021": "2019..2021",
        "tháng 3, tháng 4/2023": "2023-03..2023-04",
        "năm 2022 và 6 tháng đầu năm 2023": "2022-01..2023-06",
        "từ năm 2019 đến năm 2022": "2019..2022",
        "từ 2019 đến 2022": "2019..2022",
        "từ năm 2019 đến nay": "2019..",
        "từ tháng 7/2021 đến tháng 6/2023": "2021-07..2023-06",
        "từ 01/7/2021 đến 30/6/2023": "2021-07..2023-06",
        "từ ngày 15/12/2022 đến ngày 14/12/2023": "2023",
        "từ ngày 15/12/2022 đến 14/6/2023": "2023-H1",
        "từ tháng 1 đến tháng 8/2023": "2023-YTD08",
        "tính đến hết tháng 8/2023": "2023-YTD08",
        "tính đến 31/12/2023": "2023",
    },
    "2023-07-20": {
        "6 tháng đầu năm": "2023-H1",
        "6 tháng qua": "2023-H1",
        "nửa đầu năm nay": "2023-H1",
        "6 tháng đầu năm nay": "2023-H1",
        "từ đầu năm đến nay": "2023-YTD07",
        "quý II": "2023-Q2",
        "năm 2022": "2022",
        "năm ngoái": "2022",
        "tháng 6": "2023-06",
        "tháng qua": "2023-06",
        "quý vừa qua": "2023-Q2",
        "năm nay": "2023",
    },
    "2024-01-15": {
        "năm qua": "2023",
        "6 tháng cuối năm": "2023-H2",
        "quý IV": "2023-Q4",
        "năm 2023": "2023",
        "tháng 12": "2023-12",
    },
    "2024-04-15": {"10 năm qua": "2014..2023", "5 năm qua": "2019..2023"},
}
_DEED = "tiếp 152 lượt công dân"
_OPENS = ("từ", "tính", "cả")


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


#: Title and text that name a period in one place.
_PLACES: dict[str, Callable[[str], tuple[str | None, str]]] = {
    "ahead": lambda p: (None, f"{_capital(p)}, tỉnh Hà Nam {_DEED}."),
    "behind the subject": lambda p: (None, f"Tỉnh Hà Nam {p} {_DEED}."),
    "between commas": lambda p: (None, f"UBND tỉnh Hà Nam, {p}, đã {_DEED}."),
    "behind": lambda p: (None, f"Tỉnh Hà Nam {_DEED} {'' if p.startswith(_OPENS) else 'trong '}{p}."),
    "in": lambda p: (None, f"{_capital(p) if p.startswith(_OPENS) else 'Trong ' + p}, tỉnh Hà Nam {_DEED}."),
    "a line before": lambda p: (None, f"Kết quả tiếp công dân {p}\n\nTỉnh Hà Nam {_DEED}."),
    "the title": lambda p: (f"Kết quả tiếp công dân {p}", f"Tỉnh Hà Nam {_DEED}."),
    "by the report": lambda p: (None, f"Theo báo cáo của UBND tỉnh Hà Nam, {p} toàn tỉnh {_DEED}."),
    "ahead of a colon": lambda p: (None, f"Kết quả {p}: tỉnh Hà Nam {_DEED}."),
    "a heading in capitals": lambda p: (
        None,
        f"I. KẾT QUẢ {p.upper()}\n1. Tiếp công dân\nTỉnh Hà Nam {_DEED}.",
    ),
    "a sentence before": lambda p: (None, f"{_capital(p)}, tỉnh Hà Nam nhận 45 đơn. Các cấp {_DEED}."),
    "the review of a day": lambda p: (
        None,
        f"Ngày 5/3, tỉnh Hà Nam họp đánh giá kết quả {p}. Các cấp {_DEED}.",
    ),
}


@pytest.mark.parametrize("place", _PLACES)
def test_a_period_is_read_wherever_it_is_named(place: str) -> None:
    wrong = {}
    for published, meant in _MEANT.items():
        for words, period in meant.items():
            title, text = _PLACES[place](words)
            facts = read_text(text, title=title, published=published, source_province="Hà Nam").facts
            read = [fact.period for fact in facts if fact.value == 152]
            if read != [period]:
                wrong[published, words] = read
    assert wrong == {}

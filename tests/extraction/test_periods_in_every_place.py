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


#: Ways in which communes that began in July 2025 tell since when they count, in November of that year.
_SINCE_THE_REFORM = {
    "Từ ngày 1/7/2025 đến nay": "2025-07..",
    "Từ 1/7 đến nay": "2025-07..",
    "Kể từ ngày 1/7/2025": "2025-07..",
    "Từ sau ngày 1/7/2025": "2025-07..",
    "Tính từ thời điểm 1/7/2025 đến nay": "2025-07..",
    "Từ khi thành lập ngày 1/7/2025 đến nay": "2025-07..",
    "Kể từ khi thành lập (1/7/2025) đến nay": "2025-07..",
    "Từ khi sáp nhập đến nay": "2025-07..",
    "Từ khi hợp nhất đến nay": "2025-07..",
    "Từ khi chính quyền địa phương 2 cấp đi vào hoạt động đến nay": "2025-07..",
    "Từ khi vận hành mô hình chính quyền địa phương 2 cấp đến nay": "2025-07..",
    "Từ tháng 7/2025 đến nay": "2025-07..",
    "Từ ngày 1/7 đến 15/11": "2025-07..2025-11",
    "Từ 1/7/2025 đến giữa tháng 11": "2025-07..2025-11",
    "Từ 1-7 đến 31-10": "2025-07..2025-10",
    "Từ ngày 1/7 đến hết tháng 10/2025": "2025-07..2025-10",
    "Từ tháng 7 đến hết tháng 10": "2025-07..2025-10",
    "Từ ngày đi vào hoạt động 1/7/2025 đến cuối tháng 10": "2025-07..2025-10",
    "Sau 4 tháng vận hành chính quyền địa phương hai cấp": "2025-07..2025-10",
    "4 tháng đầu vận hành chính quyền 2 cấp": "2025-07..2025-10",
    "Từ khi lập xã mới tới cuối tháng 10": "2025-07..2025-10",
    "Sau khi sắp xếp, từ 1/7 đến 31/10": "2025-07..2025-10",
}
#: Several years, told in June 2024.
_YEARS = {
    "Từ đầu nhiệm kỳ 2020-2025 đến nay": "2020..",
    "Nửa đầu nhiệm kỳ 2020 - 2025": "2020..2022",
    "Qua 5 năm (2019 - 2023)": "2019..2023",
    "Sau 10 năm thực hiện Luật Hòa giải ở cơ sở (2014 - 2023)": "2014..2023",
    "Sau 10 năm thực hiện Luật Hòa giải ở cơ sở": "2014..2023",
    "Từ năm 2014 đến tháng 6/2024": "2014..2024-06",
    "Từ cuối năm 2022 đến nay": "2022..",
    "Từ giữa năm 2021 đến cuối năm 2023": "2021..2023",
    "Trong 3 năm 2021, 2022, 2023": "2021..2023",
    "Ba năm gần đây": "2021..2023",
    "Năm 2023 và 5 tháng đầu năm 2024": "2023-01..2024-05",
    "Từ quý IV/2022 đến quý II/2023": "2022-10..2023-06",
    "Từ ngày 01/01/2014 đến ngày 31/12/2023": "2014..2023",
    "Giai đoạn từ năm 2019 đến năm 2023": "2019..2023",
    "Trong 5 năm, từ 2019 đến 2023": "2019..2023",
}


@pytest.mark.parametrize(
    ("published", "meant"),
    [("2025-11-18", _SINCE_THE_REFORM), ("2024-06-15", _YEARS)],
    ids=["reform", "years"],
)
def test_periods_of_several_months_or_years(published: str, meant: dict[str, str]) -> None:
    read = {
        words: [
            fact.period
            for fact in read_text(
                f"{words}, UBND xã Tam Nông {_DEED}.", published=published, source_province="Phú Thọ"
            ).facts
        ]
        for words in meant
    }
    assert {words: found for words, found in read.items() if found != [meant[words]]} == {}


def test_communes_merged_before_the_reform_count_otherwise() -> None:
    text = f"Từ khi sáp nhập đến nay, UBND xã Tam Nông {_DEED}."
    (fact,) = read_text(text, published="2020-11-18", source_province="Phú Thọ").facts
    assert fact.period == "2020-YTD11"

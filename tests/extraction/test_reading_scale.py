"""Time grows with the text and no faster, whatever the text is made of."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import read_text

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks" / "extraction"))
from oddities import ODDITIES

SHORT = 6_000
#: Four times the text may take eight times as long on a busy machine; what compares all with all takes sixteen times.
LONGER, MOST = 4, 8
_PIECES = st.lists(
    st.sampled_from(
        [
            "khiếu nại ", "5 ", "1.204 lượt ", "41/50 vụ ", "94,5% ", ", ", "; ", ": ", "(", ") ", "“", '" ', "năm 2024 ", "quý I ",
            "6 tháng ", "từ ngày 1/2 đến 3/4/2024 ", "huyện Yên Sơn ", "tỉnh Hà Nam ", "Bí thư Nguyễn Văn An ", "tăng ", "giảm 5% ",
            "so với cùng kỳ ", "gồm ", "mỗi ", "số 12-KL/TW ", "ngày", "/", "-", ".", "trên địa bàn ", "hội nghị ", "9", "và ",
        ]
    ),
    min_size=1,
    max_size=6,
).map("".join)  # fmt: skip


def _seconds(text: str) -> float:
    started = time.process_time()
    read_text(text, published="2026-01-10", source_province="Gia Lai")
    return time.process_time() - started


def _grows_with_the_text(make: Callable[[int], str]) -> bool:
    short, long = make(SHORT), make(LONGER * SHORT)
    ratios = []
    for _ in range(4):
        ratios.append(_seconds(long) / max(_seconds(short), 1e-4))
        if ratios[-1] < MOST:
            return True
    return False


@pytest.mark.parametrize("name", ODDITIES)
def test_time_grows_with_an_odd_text_and_no_faster(name: str) -> None:
    assert _grows_with_the_text(ODDITIES[name])


@settings(max_examples=8, deadline=None)
@given(_PIECES)
def test_time_grows_with_any_repeated_piece_and_no_faster(piece: str) -> None:
    assert _grows_with_the_text(lambda length: "Khiếu nại, tố cáo: 12 đơn. " + piece * (length // len(piece)))


@pytest.mark.parametrize(
    "piece",
    [
        "Chư Sê tiếp 41 lượt công dân, Đức Cơ tiếp 36 lượt.\n",
        "Cấp tỉnh tiếp 12 lượt công dân, cấp huyện 15 lượt; UBND huyện tiếp 9 lượt, MTTQ xã 3 lượt. ",
        "So với năm 2024, số lượt tăng 12 lượt, số đơn giảm 5 đơn. ",
        "Toàn tỉnh tiếp 12 lượt công dân; năm 2024 là 9 lượt. Nhận 30 đơn, trong đó 5 đơn năm 2024 chuyển sang.\n",
        "Ông An, Bí thư Chi bộ, cho biết nhân dân hiến 1.200 m2 đất, góp 300 ngày công. ",
    ],
)
def test_time_grows_with_lists_of_places_tiers_and_changes_and_no_faster(piece: str) -> None:
    opening = "Quý IV/2025, toàn tỉnh tiếp 1.200 lượt công dân, tiếp nhận 300 đơn khiếu nại. "
    assert _grows_with_the_text(lambda length: opening + piece * (length // len(piece)))


@pytest.mark.slow
def test_five_million_digits_are_read_in_seconds() -> None:
    assert _seconds(ODDITIES["digits"](5_000_000)) < 60

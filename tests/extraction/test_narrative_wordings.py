"""Wordings of reports that were once misread: lists by number, shortcomings, promises, documents, people, conferences."""

from __future__ import annotations

import pytest

from extraction import Reading, read_text

FIRST = "6 tháng đầu năm 2024, toàn tỉnh tiếp 1.204 lượt công dân, thực hiện tốt quy chế dân chủ ở cơ sở.\n"


def _read(text: str) -> Reading:
    return read_text(FIRST + text, published="2024-07-12", source_province="Sơn La")


def _faults(text: str) -> list[str]:
    return [span.quote for span in _read(text).shortcomings]


def _promises(text: str) -> list[tuple[str, str | None]]:
    return [(span.quote, span.period) for span in _read(text).commitments]


@pytest.mark.parametrize("end", ["; -", "; – ;", ";,;", "; …", ";"])
def test_nothing_behind_a_semicolon_is_no_shortcoming(end: str) -> None:
    told = "một số xã chưa công khai kịp thời"
    assert _faults(f"Tuy nhiên, {told}{end}") == [f"Tuy nhiên, {told}"]
    assert _faults(f"Còn một số hạn chế như: {told}{end}") == [told]


def test_a_numbered_list_goes_on_behind_its_second_number() -> None:
    text = (
        "II. TỒN TẠI, HẠN CHẾ\n1. Việc niêm yết công khai chưa kịp thời.\n2. Công tác phối hợp chưa chặt chẽ.\n"
        "III. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2024\n1. Tiếp tục quán triệt Luật.\n2. Đẩy mạnh tuyên truyền."
    )
    assert _faults(text) == ["Việc niêm yết công khai chưa kịp thời.", "Công tác phối hợp chưa chặt chẽ."]
    assert _promises(text) == [
        ("Tiếp tục quán triệt Luật.", "2024-H2"),
        ("Đẩy mạnh tuyên truyền.", "2024-H2"),
    ]

"""Why a sentence was read as it was: tokens, matches, bindings, the rule, and what became of every number."""

from __future__ import annotations

import re

from extraction import Reading, read_text

TEXT = (
    "Trong 6 tháng đầu năm 2023, toàn tỉnh tiếp 1.204 lượt công dân với 860 người, giảm 31 lượt so với cùng kỳ; qua đó "
    "giải quyết 41/50 vụ khiếu nại, đạt 82%. Tòa án hòa giải thành 12 vụ. Phấn đấu đối thoại 40 cuộc."
)


def explained(text: str, **given: str) -> tuple[Reading, str]:
    reading = read_text(text, explain=True, **given)
    return reading, "\n".join(reading.trace)


def of_number(told: str, number: str) -> str:
    """Return what is told of one number."""
    match = re.search(rf"^  @\d+ {re.escape(number)} = .*(?:\n    .*)*", told, re.M)
    assert match, told
    return match.group()


def test_a_sentence_is_shown_with_its_tokens_and_all_that_was_found_in_it() -> None:
    _, told = explained(TEXT, source_province="Sơn La")
    assert (
        "tokens   Trong · 6 tháng đầu năm 2023 · , · toàn tỉnh · tiếp · 1.204 · lượt công dân · với · 860"
        in told
    )
    assert "tiếp (act.meet); lượt công dân (q.citizen, u.turn)" in told
    assert "periods  6 tháng đầu năm 2023 (2023-H1)" in told
    assert "places   toàn tỉnh (whole province)" in told
    assert "masked   6 tháng đầu năm (period)" in told


def test_every_figure_is_shown_with_its_binding_its_rule_and_what_met_it() -> None:
    reading, told = explained(TEXT, source_province="Sơn La")
    first = of_number(told, "1.204")
    assert "bound to noun lượt công dân (turn), led up to by “toàn tỉnh tiếp”" in first
    assert re.search(
        r"rule reception_visits/\d+ with \d+ points \(act\.meet@n 5 by “tiếp” ahead of it", first
    )
    assert "fact: reception_visits 1204 · 2023-H1 (2023-01-01 to 2023-06-30, said near it) · Sơn La" in first
    assert "decrease by 31 lượt against 2022-H1" in first
    assert "by the figure beside it" in of_number(told, "860")
    assert "complaints_resolved 41" in of_number(told, "41")
    assert "of 50" in of_number(told, "41")
    assert "the dictionary names that as its numerator" in of_number(told, "82")
    assert len(reading.facts) == told.count("    fact: ")


def test_what_gives_no_fact_says_why() -> None:
    _, told = explained(TEXT)
    assert "no fact: a change, no level of its own" in of_number(told, "31")
    assert "no fact: a neighbouring matter that has no code" in of_number(told, "12")
    assert "no fact: of a plan or a target" in of_number(told, "40")
    _, told = explained("Năm 2024, khách sạn nhận 45 phản ánh của du khách về phòng ở.")
    assert "no fact: a rule takes it, but it resembles numbers that are no facts far more" in of_number(
        told, "45"
    )
    _, told = explained("Năm 2024, Ngân hàng Nhà nước tổ chức 3 cuộc đối thoại với doanh nghiệp vay vốn.")
    assert "no fact: its body or its matter is outside the subject" in of_number(told, "3")
    _, told = explained("Toàn tỉnh trồng 31 cây xanh trong năm 2024.")
    assert "no fact: no rule takes this noun here" in of_number(told, "31")


def test_each_doubt_is_shown_with_what_it_costs() -> None:
    _, told = explained("Toàn tỉnh tiếp 500 lượt công dân.")
    assert "0.75 sure: no period −0.01; no place −0.18" in told


def test_readings_without_a_rule_of_their_own_say_what_they_follow() -> None:
    _, told = explained("Năm 2023, tỉnh Sơn La mở 227 cuộc đối thoại (cùng kỳ năm 2022: 205 cuộc).")
    assert "the earlier value of the figure before it" in of_number(told, "205")
    _, told = explained("Năm 2024, cả tỉnh có 320 mô hình dân vận khéo, gồm kinh tế 140, văn hóa 180.")
    assert "an item of the breakdown before it" in of_number(told, "180")


def test_what_was_read_besides_figures_is_listed() -> None:
    _, told = explained(
        "Ngày 12/1/2024, Tỉnh ủy Sơn La tổ chức Hội nghị tổng kết công tác dân vận năm 2023. "
        "Tỉnh đã quán triệt Chỉ thị số 30-CT/TW ngày 18/2/1998 của Bộ Chính trị."
    )
    assert "event @0 annual_review, 2024-01-12, by Tỉnh ủy Sơn La, about 2023" in told
    assert "30-CT/TW, Bộ Chính trị, 1998-02-18" in told


def test_a_text_that_was_passed_over_says_so() -> None:
    _, told = explained("Giá vàng hôm nay tăng mạnh trên thị trường thế giới. " * 60)
    assert told.startswith("passed over")


def test_explaining_changes_nothing_that_is_read() -> None:
    reading, _ = explained(TEXT, source_province="Sơn La")
    assert reading == read_text(TEXT, source_province="Sơn La")

"""Which period and which change a figure has, where a wording nearby speaks of something else."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text

A_TURN = "toàn tỉnh đã tiếp 12.040 lượt công dân"


def _facts(text: str, published: str = "2023-12-10", title: str | None = None) -> list[Fact]:
    return list(read_text(text, title=title, published=published, source_province="Sơn La").facts)


def _values(text: str, published: str = "2023-12-10") -> list[tuple[float, str | None]]:
    return [(fact.value, fact.period) for fact in _facts(text, published)]


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        ("Nhiệm kỳ X, Mặt trận các cấp đã tổ chức 320 hội nghị phản biện xã hội.", "2026-05-01", "2026"),
        ("Trong nhiệm kỳ XII (2018 - 2023), công đoàn các cấp đã tổ chức 320 hội nghị đối thoại tại nơi làm việc.",
         "2023-09-01", "2018..2023"),
        ("Nhiệm kỳ X Mặt trận Tổ quốc tỉnh (2019 - 2024), Mặt trận các cấp chủ trì phản biện xã hội 320 dự thảo văn bản.",
         "2024-09-01", "2019..2024"),
        ("Nhiệm kỳ Đại hội XII Công đoàn Việt Nam (2018 - 2023), các cấp tổ chức 320 hội nghị đối thoại tại nơi làm việc.",
         "2023-09-01", "2018..2023"),
        ("Nhiệm kỳ Đại hội XIII, cấp ủy các cấp đã kiểm tra 1.204 tổ chức đảng.", "2026-02-10", "2021..2025"),
    ],
)  # fmt: skip
def test_only_the_party_numbers_its_terms_by_its_congresses(text: str, published: str, period: str) -> None:
    assert [fact.period for fact in _facts(text, published)] == [period]


@pytest.mark.parametrize(
    ("span", "baseline"),
    [
        ("Nhiệm kỳ Đại hội XIII", "2016..2020"),
        ("Nhiệm kỳ 2016-2021", "2011..2016"),
        ("Nửa đầu nhiệm kỳ 2021-2026", None),
    ],
)
def test_terms_of_five_years_meet_in_a_year_and_parts_of_them_nowhere(
    span: str, baseline: str | None
) -> None:
    text = f"{span}, tỉnh tiếp 1.204 lượt công dân, tăng 120 lượt so với nhiệm kỳ trước."
    (fact,) = _facts(text, "2026-02-10")
    assert fact.comparison is not None
    assert (fact.comparison.amount, fact.comparison.baseline) == (120, baseline)


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        (f"Sau 5 năm thực hiện Chỉ thị (2018 - 2023), tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2018..2023"]),
        (f"Từ năm 2018, tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2018.."]),
        (f"Từ đầu nhiệm kỳ 2020-2025, tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2020.."]),
        ("Năm 2023, tính đến ngày 5/1/2024, toàn tỉnh đã giải quyết 85 đơn khiếu nại.", "2024-01-20", ["2023"]),
        ("Năm 2022, tỉnh tiếp 300 lượt công dân; tính đến ngày 30/6/2023, tỉnh tiếp 120 lượt công dân.", "2023-12-10",
         ["2022", "2023-H1"]),
        (f"Sau 5 năm thực hiện Chỉ thị, tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2018..2022"]),
        (f"Tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2023-H1"]),
    ],
)  # fmt: skip
def test_a_day_of_counting_ends_the_period_named_ahead_of_it(
    text: str, published: str, periods: list[str]
) -> None:
    assert [fact.period for fact in _facts(text, published)] == periods


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        ("Từ năm 2019 qua Cổng dịch vụ công, tỉnh tiếp nhận 5.200 phản ánh, kiến nghị của người dân.", "2024-07-10",
         "2019.."),
        ("Từ năm 2023 qua đường bưu chính, tỉnh nhận 52 đơn khiếu nại.", "2023-12-10", "2023.."),
        ("Thanh tra tỉnh triển khai 4 cuộc thanh tra gối từ năm 2022 qua.", "2023-12-10", "2023"),
        ("Thanh tra tỉnh triển khai 4 cuộc thanh tra từ năm 2022 sang.", "2023-12-10", "2023"),
    ],
)  # fmt: skip
def test_what_comes_in_through_a_channel_is_not_carried_over(text: str, published: str, period: str) -> None:
    assert [fact.period for fact in _facts(text, published)] == [period]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Năm 2023, toàn tỉnh giải quyết 85 đơn khiếu nại so với 92 đơn đã tiếp nhận.",
         [("complaints_resolved", 85, "2023"), ("petitions_received", 92, "2023")]),
        ("Năm 2023, cấp xã tiếp 120 lượt công dân, so với 85 lượt ở cấp huyện.",
         [("reception_visits", 120, "2023"), ("reception_visits", 85, "2023")]),
        ("Năm 2023, toàn huyện có 320 hộ hiến đất làm đường, tăng cường vận động từ 150 hộ ở các xã vùng cao.",
         [("households_donating_land", 320, "2023"), ("households_donating_land", 150, "2023")]),
    ],
)  # fmt: skip
def test_a_number_of_no_other_period_is_no_earlier_level(
    text: str, told: list[tuple[str, float, str]]
) -> None:
    facts = _facts(text)
    assert [(fact.metric, fact.value, fact.period) for fact in facts] == told
    assert all(fact.rule != "earlier-level" for fact in facts)


@pytest.mark.parametrize("level", ["219 lượt của năm 2022", "219 lượt năm 2022", "219 lượt của năm trước"])
def test_a_number_beside_another_period_is_an_earlier_level(level: str) -> None:
    facts = _facts(f"Năm 2023, tỉnh tiếp 320 lượt công dân, tăng so với {level}.")
    assert [(fact.value, fact.period) for fact in facts] == [(320, "2023"), (219, "2022")]


def test_a_breakdown_is_never_one_of_the_total_before_last() -> None:
    text = (
        "Năm 2023, tỉnh tiếp nhận 820 vụ khiếu nại. Lực lượng quản lý thị trường phát hiện 300 vụ buôn lậu."
        " Trong đó, 120 vụ thuốc lá, 80 vụ rượu."
    )
    assert not {fact.value for fact in _facts(text)} & {120, 80}
    text = (
        "Năm 2023, toàn tỉnh tiếp nhận 820 vụ khiếu nại. Cháy rừng xảy ra 300 vụ. Trong đó, 120 vụ ở huyện Mộc Châu, 80"
        " vụ ở huyện Yên Châu."
    )
    assert [fact.value for fact in _facts(text)] == [820]


@pytest.mark.parametrize(
    ("title", "period"),
    [("Kết quả tiếp công dân từ năm 2005 đến nay", "2005.."), ("Người hùng của năm 1987", "2023")],
)
def test_a_title_reaches_back_as_far_as_it_says(title: str, period: str) -> None:
    (fact,) = _facts("Toàn tỉnh tiếp 12.000 lượt công dân.", title=title)
    assert fact.period == period


def test_a_bracket_compared_with_nothing_tells_the_level_at_hand() -> None:
    text = "Công tác tiếp công dân được quan tâm (năm 2023 tiếp 1.204 lượt, tăng 5% so với năm 2022)."
    (fact,) = _facts(text)
    assert fact.comparison is not None
    assert (fact.comparison.direction, fact.comparison.amount) == ("increase", 5)
    assert (fact.period, fact.comparison.baseline) == ("2023", "2022")


def test_what_a_year_adds_is_its_own_level() -> None:
    text = "Năm 2022, tỉnh xây dựng 12 mô hình dân vận khéo, năm 2023 thêm 15 mô hình."
    assert _values(text) == [(12, "2022"), (15, "2023")]
    (fact,) = _facts("Năm 2023, toàn tỉnh tiếp 1.204 lượt công dân, so với năm 2022 thêm 15 lượt.")
    assert fact.comparison is not None
    assert (fact.comparison.amount, fact.comparison.baseline) == (15, "2022")


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, tỉnh giải quyết 85 đơn khiếu nại, thời gian giải quyết giảm một nửa.",
        "Năm 2023, tỉnh tiếp 1.204 lượt công dân, số đơn giảm một nửa so với năm 2022.",
        "Năm 2023, tỉnh tiếp nhận 320 đơn khiếu nại, tăng nửa đầu năm.",
        "Năm 2023, người dân hiến 300 m2 đất làm đường, nhờ đó thu nhập bình quân của các hộ tăng gấp đôi.",
        "Năm 2023, người dân hiến 300 m2 đất mở đường rộng gấp đôi.",
        "Năm 2023, tỉnh tiếp 1.204 lượt công dân, gấp 1,5 lần bình quân chung của vùng.",
        "Năm 2023, tỉnh tiếp nhận 320 đơn khiếu nại không giảm so với năm 2022.",
        "Năm 2023, tỉnh tiếp nhận 320 đơn khiếu nại không tăng so với năm 2022.",
        "Năm 2023, tỉnh tiếp nhận 320 đơn khiếu nại chưa hề giảm so với năm 2022.",
        "Năm 2023, người dân góp 84.000 ngày công làm đường; giá trị sản xuất công nghiệp tăng 14,1%.",
        "Năm 2023, người dân hiến 4.100 m2 đất, chặt hạ 1.200 cây lâu năm để làm đường.",
    ],
)
def test_no_change_of_something_else_and_none_that_is_denied(text: str) -> None:
    (fact,) = _facts(text)
    assert fact.comparison is None


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Năm 2023, tỉnh tiếp 1.204 lượt công dân, số lượt giảm một nửa so với năm 2022.", ("decrease", None, "2022")),
        ("Năm 2023, tỉnh tiếp 1.204 lượt công dân, giảm 1/3 so với năm 2022.", ("decrease", None, "2022")),
        ("Tỉnh tiếp 1.204 lượt công dân trong tháng 7/2023, gấp 1,6 lần tháng 6.", ("increase", 1.6, "2023-06")),
        ("Năm 2023, tỉnh thu hồi 300 tỷ đồng sau thanh tra, số tiền thu hồi tăng gấp đôi năm 2022.",
         ("increase", 2, "2022")),
        ("Năm 2023, tỉnh tiếp nhận 320 đơn khiếu nại, giảm so với năm 2022.", ("decrease", None, "2022")),
        ("Năm 2023, tỉnh tiếp nhận 320 đơn khiếu nại, hạ 6,2% so với năm 2022.", ("decrease", 6.2, "2022")),
        ("Năm 2023, tỉnh tiếp nhận 320 đơn khiếu nại, ít đi 43 đơn so với năm 2022.", ("decrease", 43, "2022")),
        ("Năm 2023, tỉnh tiếp nhận 2.480 đơn khiếu nại, hạ 6,2% so với năm 2022.", ("decrease", 6.2, "2022")),
        ("Năm 2023, tỉnh tiếp nhận 1.310 đơn khiếu nại, tăng 10,2% (121 đơn) so với năm 2022.", ("increase", 121, "2022")),
        ("Năm 2023, tỉnh tiếp nhận 1.968 đơn khiếu nại, giảm 12,4%, 271 đơn so với năm 2022.", ("decrease", 271, "2022")),
        ("Năm 2023, tỉnh tiếp nhận 1.020 đơn khiếu nại, tăng 6,7%, tương đương 64 đơn so với năm 2022.",
         ("increase", 64, "2022")),
        ("Năm 2023, số doanh nghiệp mở hội nghị người lao động là 287, ít đi 43 doanh nghiệp so với năm 2022.",
         ("decrease", 43, "2022")),
    ],
)  # fmt: skip
def test_a_change_is_told_of_the_level_before_it(
    text: str, change: tuple[str, float | None, str | None]
) -> None:
    (fact,) = _facts(text)
    assert fact.comparison is not None
    assert (fact.comparison.direction, fact.comparison.amount, fact.comparison.baseline) == change


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Năm 2023, toàn tỉnh mở 214 buổi tuyên truyền pháp luật với 9.120 lượt người dự, tăng 12 buổi và 341 lượt người "
         "so với năm 2022.", [(214, 12), (9120, 341)]),
        ("Năm 2023, tỉnh có 812 tổ hòa giải với 5.206 hòa giải viên (giảm 14 tổ, 96 hòa giải viên so với năm 2022).",
         [(812, -14), (5206, -96)]),
        ("Năm 2023, các tổ hòa giải tiếp nhận 640 vụ, hòa giải thành 512 vụ (tăng 40 vụ tiếp nhận và 21 vụ hòa giải thành "
         "so với năm 2022).", [(640, 40), (512, 21)]),
        ("Năm 2023, các tổ hòa giải tiếp nhận 640 vụ, hòa giải thành 512 vụ; so với năm 2022, số vụ tiếp nhận giảm 40 vụ, "
         "số vụ hòa giải thành giảm 21 vụ.", [(640, -40), (512, -21)]),
        ("Năm 2023, MTTQ các cấp giám sát 214 cuộc, phản biện 46 cuộc; so với năm 2022, số cuộc giám sát tăng 18 cuộc, "
         "số cuộc phản biện giảm 7 cuộc.", [(214, 18), (46, -7)]),
        ("Năm 2023, toàn tỉnh tiếp 2.104 lượt công dân, tiếp nhận 845 đơn. So với năm 2022, lượt tiếp công dân giảm 312 lượt, "
         "đơn tăng 45 đơn.", [(2104, -312), (845, 45)]),
    ],
)  # fmt: skip
def test_each_change_of_a_list_belongs_to_the_level_it_names(
    text: str, changes: list[tuple[float, float]]
) -> None:
    told = []
    for fact in _facts(text):
        assert fact.comparison is not None
        assert fact.comparison.amount is not None
        assert fact.comparison.baseline == "2022"
        falls = fact.comparison.direction == "decrease"
        told.append((fact.value, -fact.comparison.amount if falls else fact.comparison.amount))
    assert told == changes


def test_a_bare_change_belongs_to_what_its_subject_counts() -> None:
    visits, people, cases = _facts(
        "Năm 2023, tỉnh tiếp 1.186 lượt công dân, 1.340 người, với 894 vụ việc; so với năm 2022 số lượt nhiều hơn 318."
    )
    assert visits.comparison is not None
    assert (visits.comparison.amount, people.comparison, cases.comparison) == (318, None, None)


def test_a_count_behind_a_change_is_no_change_where_no_level_has_its_noun() -> None:
    first, second = _facts(
        "Năm 2023, tỉnh tổ chức 120 cuộc đối thoại, tăng 14 cuộc, 2.140 người dự, so với năm 2022."
    )
    assert first.comparison is not None
    assert (second.value, second.metric, second.comparison) == (2140, "dialogue_participants", None)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Quý III năm 2023, tỉnh tiếp 120 lượt công dân. Các tháng đầu năm, toàn tỉnh tiếp 500 lượt công dân.",
         ["2023-Q3", "2023"]),
        ("6 tháng đầu năm 2022, tỉnh tiếp 120 lượt công dân. Các tháng đầu năm 2023, tỉnh tiếp 500 lượt công dân.",
         ["2022-H1", "2023"]),
        ("Quý I năm 2023, tỉnh tiếp 120 lượt công dân. Các tháng đầu năm, tỉnh nhận 50 đơn khiếu nại.",
         ["2023-Q1", "2023-Q1"]),
    ],
)  # fmt: skip
def test_the_first_months_of_a_year_say_again_what_began_it(text: str, periods: list[str]) -> None:
    assert [fact.period for fact in _facts(text)] == periods


@pytest.mark.parametrize("who", ["Ban Tiếp công dân tỉnh tiếp", "Chủ tịch UBND tỉnh tiếp định kỳ"])
def test_visits_and_people_of_a_day_have_one_period(who: str) -> None:
    text = f"Năm 2023, tỉnh tiếp 1.204 lượt công dân. Ngày 15/6, {who} 12 lượt với 20 người."
    assert _values(text) == [(1204, "2023"), (12, "2023-06"), (20, "2023-06")]


def test_what_is_told_on_a_day_did_not_happen_on_it() -> None:
    text = "Năm 2022, tỉnh tiếp 1.204 lượt công dân. Ngày 15/6/2023, Ban Tiếp công dân cho biết đã tiếp 900 lượt."
    assert [period for _, period in _values(text)] == ["2022", "2022"]


def test_only_plans_that_were_approved_are_plans() -> None:
    text = "Năm 2023, phương án giải quyết được UBND tỉnh phê duyệt với 45 vụ khiếu nại, giải quyết xong 40 vụ khiếu nại."
    assert [(fact.metric, fact.value) for fact in _facts(text)] == [("complaints_resolved", 40)]
    assert not _facts("Năm 2023, kế hoạch thanh tra được Chủ tịch UBND tỉnh phê duyệt với 45 cuộc thanh tra.")


@pytest.mark.parametrize("shares", ["8% người và 12% lượt", "8% số người và 12% số lượt"])
def test_a_share_belongs_to_the_noun_behind_it(shares: str) -> None:
    text = f"Năm 2023, tỉnh tiếp 120 lượt với 150 người, tăng {shares} so với cùng kỳ."
    changes = {fact.metric: fact.comparison for fact in _facts(text)}
    assert {metric: change and (change.amount, change.baseline) for metric, change in changes.items()} == {
        "reception_visits": (12, "2022"),
        "reception_people": (8, "2022"),
    }


@pytest.mark.parametrize(
    ("text", "published", "told"),
    [
        ("Tháng 10.2023, toàn tỉnh tiếp 320 lượt công dân; quý 3.2023 tiếp 700 lượt công dân.", "2023-12-10",
         [(320, "2023-10"), (700, "2023-Q3")]),
        ("Đến hết tháng 10.2023, toàn tỉnh có 512 tổ hòa giải.", "2023-12-10", [(512, "2023-YTD10")]),
        ("Nửa cuối nhiệm kỳ 2020-2025, HĐND tỉnh tiếp 320 lượt công dân.", "2025-09-10", [(320, "2023..2025")]),
        ("Nửa đầu nhiệm kỳ 2020-2025, HĐND tỉnh tiếp 320 lượt công dân.", "2025-09-10", [(320, "2020..2022")]),
        ("Trong nhiệm kỳ X (2019 - 2024), Mặt trận các cấp đã tổ chức 320 hội nghị phản biện xã hội.", "2024-09-10",
         [(320, "2019..2024")]),
    ],
)  # fmt: skip
def test_months_with_a_dot_and_halves_of_terms(
    text: str, published: str, told: list[tuple[float, str]]
) -> None:
    assert _values(text, published) == told


@pytest.mark.parametrize(
    ("now", "period"),
    [
        ("Hiện nay, toàn tỉnh có", "2023"),
        ("Đến nay, toàn tỉnh có", "2023"),
        ("Toàn tỉnh hiện có", "2023"),
        ("Hiện thực hóa chủ trương đó, toàn tỉnh có", "2013..2022"),
    ],
)
def test_how_many_there_are_now_is_told_of_this_year(now: str, period: str) -> None:
    text = f"Mười năm thi hành Luật Hòa giải ở cơ sở, toàn tỉnh hòa giải thành 12.000 vụ. {now} 1.462 tổ hòa giải."
    assert _values(text) == [(12000, "2013..2022"), (1462, period)]


def test_how_many_there_are_now_needs_no_count_of_years() -> None:
    text = (
        "Sau hơn 10 năm thực hiện Luật Hòa giải ở cơ sở, đến nay toàn tỉnh có 1.462 tổ hòa giải; các tổ đã hòa giải thành "
        "12.000 vụ việc."
    )
    assert _values(text) == [(1462, "2023"), (12000, None)]


@pytest.mark.parametrize(
    "carried",
    [
        "164 đơn năm 2022 chuyển qua và 2.707 đơn mới nhận",
        "2.707 đơn mới nhận và 164 đơn năm 2022 chuyển sang",
    ],
)
def test_the_year_petitions_were_carried_over_from_rules_nothing(carried: str) -> None:
    read = _values(f"Năm 2023, toàn tỉnh tiếp nhận {carried}. Đã giải quyết 2.100 đơn.")
    assert {period for _, period in read} == {"2023"}
    assert {2707, 2100} <= {value for value, _ in read}


@pytest.mark.parametrize(
    ("years", "period"),
    [
        ("Trong 5 năm 2016-2020", "2016..2020"),
        ("Qua hơn 2 năm 2021 - 2022", "2021..2022"),
        ("Sau 3 năm của giai đoạn 2018 - 2020", "2018..2020"),
        ("Trong 5 năm của nhiệm kỳ 2015 - 2020", "2015..2020"),
        ("Trong 2 năm 2020 và 2021", "2020..2021"),
        ("Trong 5 năm", "2018..2022"),
    ],
)
def test_years_that_are_said_beside_their_count_are_meant(years: str, period: str) -> None:
    assert _values(f"{years}, nhân dân toàn tỉnh hiến 62 ha đất làm đường.") == [(62, period)]


@pytest.mark.parametrize(
    ("since", "published", "period"),
    [
        ("Từ ngày 1/7 đến nay", "2025-11-10", "2025-07.."),
        ("Từ 1/7 đến nay", "2025-11-10", "2025-07.."),
        ("Từ tháng 11 đến nay", "2026-02-10", "2025-11.."),
        ("Từ khi hợp nhất tỉnh (1-7-2025)", "2025-11-10", "2025-07.."),
        ("Từ khi vận hành chính quyền địa phương 2 cấp (ngày 1/7) đến nay", "2025-09-20", "2025-07.."),
        ("Từ khi vận hành mô hình chính quyền địa phương hai cấp đến nay", "2026-09-20", "2025-07.."),
        ("Từ khi thành lập tổ (tháng 5/2019) đến tháng 6/2023", "2023-11-10", "2019-05..2023-06"),
    ],
)
def test_what_goes_on_since_a_month(since: str, published: str, period: str) -> None:
    text = f"{since}, toàn tỉnh tiếp 960 lượt công dân."
    assert _values(text, published) == [(960, period)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Số lượt tiếp công dân trong các năm 2021, 2022 và 2023 lần lượt là 1.910 lượt, 1.640 lượt và 1.800 lượt.",
            [(1910, "2021"), (1640, "2022"), (1800, "2023")],
        ),
        (
            "Trong ba năm 2021, 2022, 2023, toàn tỉnh tiếp lần lượt 1.200, 1.300 và 1.100 lượt công dân.",
            [(1200, "2021"), (1300, "2022"), (1100, "2023")],
        ),
        (
            "Năm 2022 và năm 2023, tỉnh tiếp nhận lần lượt 1.210 và 1.100 đơn. Tỷ lệ giải quyết đơn tương ứng đạt 91% và 93,5%.",
            [(1210, "2022"), (1100, "2023"), (91, "2022"), (93.5, "2023")],
        ),
        (
            "Giai đoạn 2022 - 2023, cấp tỉnh và cấp huyện tiếp lần lượt 1.200 và 1.300 lượt công dân.",
            [(1200, "2022..2023"), (1300, "2022..2023")],
        ),
        (
            "Số cuộc đối thoại của tỉnh tăng dần: 2021 có 12 cuộc, 2022 có 19, đến 2023 là 27 cuộc.",
            [(12, "2021"), (19, "2022"), (27, "2023")],
        ),
    ],
)
def test_years_of_a_list_have_a_number_each(text: str, told: list[tuple[float, str]]) -> None:
    assert _values(text, "2024-02-10") == told


@pytest.mark.parametrize(
    ("earlier", "period"),
    [
        ("; năm 2023 là 1.980 lượt", "2024"),
        (", trong khi năm 2023 là 1.980 lượt", "2024"),
        (", còn năm 2023 là 1.980 lượt", "2024"),
    ],
)
def test_a_year_told_in_passing_dates_nothing_before_it(earlier: str, period: str) -> None:
    text = f"Theo báo cáo tổng kết, toàn tỉnh tiếp 2.105 lượt công dân{earlier}. Hòa giải thành 312 vụ."
    assert _values(text, "2024-12-26") == [(2105, period), (1980, "2023"), (312, period)]


def test_a_change_without_a_noun_is_told_of_the_one_named_ahead_of_it() -> None:
    visits, *others = _facts(
        "Năm 2023, các cấp tiếp 1.186 lượt công dân, 1.340 người, với 894 vụ việc; so năm 2022 số lượt nhiều hơn 318."
    )
    assert visits.comparison is not None
    assert (visits.comparison.amount, visits.comparison.unit) == (318, "lượt công dân")
    assert [fact.comparison for fact in others] == [None, None]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Năm 2023, số đơn khiếu nại giảm từ 412 đơn xuống còn 355 đơn.", [None, "2023"]),
        (
            "Năm 2023, số lượt tiếp công dân tăng 12% (từ 850 lượt lên 952 lượt) so với năm 2022.",
            ["2022", "2023"],
        ),
    ],
)
def test_the_year_ahead_is_that_of_the_level_it_came_to(text: str, periods: list[str | None]) -> None:
    assert [period for _, period in _values(text)] == periods


def test_a_change_of_the_sentence_before_is_of_the_kind_it_names() -> None:
    told = _facts(
        "Năm 2023, Thanh tra tỉnh triển khai 29 cuộc thanh tra hành chính và 214 cuộc thanh tra chuyên ngành. So với năm 2022, số "
        "cuộc thanh tra hành chính giảm 5 cuộc."
    )
    assert [fact.comparison.amount if fact.comparison else None for fact in told] == [5, None]


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("Tổng kết nhiệm kỳ 2011-2016, HĐND tỉnh cho biết", "2011..2016"),
        ("Nhìn lại nhiệm kỳ 2011 - 2016,", "2011..2016"),
        ("Kỳ họp tổng kết nhiệm kỳ 2011-2016: năm 2015,", "2015"),
    ],
)
def test_the_review_of_a_term_tells_of_the_term(opening: str, period: str) -> None:
    (told,) = _values(f"{opening} các tổ đại biểu tiếp xúc cử tri 1.236 cuộc.", "2016-04-12")
    assert told == (1236, period)

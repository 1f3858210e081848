"""More than numbers: conferences, officials, documents cited, initiatives, shortcomings, commitments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extraction import Reading, read_text

SHARED = Path(__file__).resolve().parents[3] / "shared"

ARTICLE = """Ngày 12/1, Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh Sơn La tổ chức Hội nghị tổng kết năm 2023, triển khai nhiệm vụ năm 2024. \
Đồng chí Lò Văn Minh, Phó Bí thư Thường trực Tỉnh ủy, Trưởng Ban Chỉ đạo chủ trì hội nghị.
Phó Chủ tịch UBND tỉnh Nguyễn Thị Hoa trình bày báo cáo; ông Vàng A Sáu - Chủ tịch UBND huyện Mộc Châu phát biểu tham luận.
Tỉnh đã quán triệt Chỉ thị số 30-CT/TW ngày 18/2/1998 của Bộ Chính trị, Nghị định 59/2023/NĐ-CP ngày 14/8/2023 của Chính phủ và Luật Thực hiện dân chủ ở cơ sở; \
xây dựng mô hình “Chính quyền thân thiện” và phong trào thi đua “Dân vận khéo”.
Năm 2023, toàn tỉnh tổ chức 210 cuộc đối thoại với Nhân dân.
Bên cạnh đó, việc thực hiện dân chủ còn một số hạn chế như: một số nơi công khai chưa kịp thời; công tác kiểm tra còn hình thức.
Năm 2024, Ban Chỉ đạo tiếp tục đổi mới nội dung đối thoại và tăng cường kiểm tra ở cơ sở."""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_text(ARTICLE, published="2024-01-13")


def test_the_conference_is_read(reading: Reading) -> None:
    (event,) = reading.events
    assert (event.kind, event.held_on, event.period, event.province) == (
        "annual_review",
        "2024-01-12",
        "2023",
        "Sơn La",
    )
    assert event.organiser == "Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh Sơn La"
    assert event.chair is not None
    assert event.chair.startswith("Lò Văn Minh, Phó Bí thư Thường trực Tỉnh ủy")


def test_officials_come_with_their_offices(reading: Reading) -> None:
    roles = {span.name: span.role for span in reading.officials}
    assert roles["Lò Văn Minh"] == "Phó Bí thư Thường trực Tỉnh ủy, Trưởng Ban Chỉ đạo"
    assert roles["Nguyễn Thị Hoa"] == "Phó Chủ tịch UBND tỉnh"
    assert roles["Vàng A Sáu"] == "Chủ tịch UBND huyện Mộc Châu"


def test_documents_are_cited_by_number_or_title(reading: Reading) -> None:
    cited = {span.name: (span.role, span.dated) for span in reading.citations}
    assert cited["30-CT/TW"] == ("Bộ Chính trị", "1998-02-18")
    assert cited["59/2023/NĐ-CP"] == ("Chính phủ", "2023-08-14")
    assert "Luật Thực hiện dân chủ ở cơ sở" in cited


def test_initiatives_are_named_in_quotes(reading: Reading) -> None:
    assert [span.name for span in reading.initiatives] == ["Chính quyền thân thiện", "Dân vận khéo"]


def test_listed_shortcomings_come_one_by_one(reading: Reading) -> None:
    assert [span.quote for span in reading.shortcomings] == [
        "một số nơi công khai chưa kịp thời",
        "công tác kiểm tra còn hình thức.",
    ]
    assert {span.period for span in reading.shortcomings} == {"2023"}


def test_commitments_name_the_period_ahead(reading: Reading) -> None:
    (promise,) = reading.commitments
    assert promise.quote.startswith("Năm 2024, Ban Chỉ đạo tiếp tục")
    assert promise.period == "2024"


def test_every_span_quotes_what_it_covers(reading: Reading) -> None:
    spans = [
        *reading.officials,
        *reading.citations,
        *reading.initiatives,
        *reading.shortcomings,
        *reading.commitments,
    ]
    assert all(ARTICLE[span.start : span.end] == span.quote for span in [*spans, *reading.events])


def test_full_articles_give_their_conferences_people_and_documents() -> None:
    annotation = SHARED / "gold" / "seeds.jsonl"
    if not annotation.exists():
        pytest.skip("the articles are not part of the project")
    for line in annotation.read_text(encoding="utf-8").splitlines():
        wanted = json.loads(line)
        text = (SHARED / "seeds" / wanted["id"]).read_text(encoding="utf-8")
        read = read_text(text)
        event = read.events[0]
        assert (event.kind, event.held_on) == (wanted["event"]["kind"], wanted["event"]["date"])
        assert event.organiser is not None
        assert event.organiser.startswith(wanted["event"]["organiser"])
        roles = {span.name: span.role or "" for span in read.officials}
        assert all(role in roles[name] for name, role in wanted["people"])
        assert set(wanted["citations"]) <= {span.name for span in read.citations}
        if wanted["id"].startswith("004"):
            assert len(read.shortcomings) == 3

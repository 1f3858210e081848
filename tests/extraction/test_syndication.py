"""Copies of one report are found by their content, whatever was done to them; reports that only sound alike are not."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from reprints import Piece, pieces

from coso.ids import content_id
from coso.lake import Lake, read_table, write_records
from coso.records import Document, Syndication, from_table
from extraction.reports import Grouping, group_reports
from extraction.syndication import Match, Signature, common_runs, compare, groups, sign

DAY = date(2024, 7, 9)
REPORT = (
    "6 tháng đầu năm 2024, cấp ủy, chính quyền các cấp tỉnh Hà Nam đã tiếp 1.786 lượt công dân. "
    "Toàn tỉnh tổ chức 214 cuộc đối thoại giữa người đứng đầu với Nhân dân, thu hút 12.400 lượt người tham dự. "
    "Các tổ hòa giải ở cơ sở hòa giải thành 410 trên tổng số 452 vụ việc, đạt tỷ lệ 90,7%. "
    "Ban Thanh tra nhân dân tổ chức 315 cuộc giám sát, kiến nghị xử lý 48 vụ việc."
)


def signed(text: str, source: str = "a", day: date = DAY) -> Signature:
    name = content_id("doc", [source, text, day])
    return sign(name, source, f"http://127.0.0.1/{name}", day, text)


def matched(one: Signature, other: Signature) -> Match | None:
    both = compare(one, other, common_runs(one, other)), compare(other, one, common_runs(other, one))
    assert both[0] == both[1]
    return both[0]


@pytest.mark.parametrize(
    "copy",
    [
        REPORT.upper(),
        REPORT.replace("hòa", "hoà").replace("tỷ", "tỉ").replace(". ", ".\n"),
        REPORT.replace("1.786", "1786").replace("90,7", "90.7"),
        "(TTXVN) - " + REPORT + " Theo báo địa phương./.",
    ],
)
def test_a_report_set_again_is_the_same(copy: str) -> None:
    found = matched(signed(REPORT), signed(copy, "b"))
    assert found is not None
    assert found.relation == "reprint"
    assert found.share > 0.85


def test_an_excerpt_is_the_same_report_and_told_as_one() -> None:
    excerpt = (
        "Tin từ tỉnh Hà Nam. " + " ".join(REPORT.split(". ")[1].split()) + ". " + REPORT.split(". ")[2] + "."
    )
    found = matched(
        signed(REPORT * 1 + " Ngoài ra, " + " ".join(f"từ{n % 97}" for n in range(200))), signed(excerpt, "b")
    )
    assert found is not None
    assert found.relation == "excerpt"


def changed(text: str, *figures: tuple[str, str]) -> str:
    for old, new in figures:
        assert old in text
        text = text.replace(old, new)
    return text


OTHER_FIGURES = (
    ("1.786", "1.790"),
    ("214", "219"),
    ("12.400", "9.800"),
    ("410", "399"),
    ("452", "430"),
    ("48", "51"),
)


def test_the_same_sentences_with_other_figures_are_another_report() -> None:
    assert matched(signed(REPORT), signed(changed(REPORT, *OTHER_FIGURES), "b")) is None
    assert matched(signed(REPORT), signed(changed(REPORT, OTHER_FIGURES[1], OTHER_FIGURES[3]), "b")) is None


@pytest.mark.parametrize("law", ["Nghị định 59", "Chỉ thị số 59", "Quyết định số 59"])
def test_the_number_of_a_document_is_no_figure(law: str) -> None:
    told = " Việc giám sát và kiến nghị thực hiện theo {} năm nay được các cấp ủy, chính quyền coi trọng."
    other = REPORT
    for figure in ("1.786", "214", "12.400", "410", "452", "315", "48"):
        other = other.replace(figure, "59")
    assert matched(signed(REPORT + told.format(law)), signed(other + told.format("Luật"), "b")) is None


def test_the_same_figures_of_another_province_or_period_are_another_report() -> None:
    assert matched(signed(REPORT), signed(REPORT.replace("Hà Nam", "Hưng Yên"), "b")) is None
    monthly = REPORT.replace("6 tháng đầu năm 2024", "Trong tháng 5")
    assert matched(signed(monthly), signed(monthly.replace("tháng 5", "tháng 6"), "b")) is None
    quarter = REPORT.replace("6 tháng đầu năm", "Quý I năm")
    assert matched(signed(quarter), signed(quarter.replace("Quý I ", "Quý II "), "b")) is None
    assert matched(signed(REPORT), signed(REPORT.replace("2024", "2025"), "b")) is None


def test_a_copy_long_after_is_no_copy() -> None:
    assert matched(signed(REPORT), signed(REPORT, "b", date(2024, 8, 8))) is not None
    assert matched(signed(REPORT), signed(REPORT, "b", date(2024, 8, 9))) is None


def test_a_correction_in_the_same_outlet_is_a_version() -> None:
    long = (
        REPORT
        + " Các xã, phường, thị trấn công khai đầy đủ các nội dung theo quy định của pháp luật hiện hành. "
        * 2
    )
    found = matched(signed(long), signed(changed(long, ("214", "241")), day=date(2024, 7, 11)))
    assert found is not None
    assert found.relation == "version"
    assert matched(signed(long), signed(changed(long, ("214", "241")), day=date(2024, 7, 20))) is None
    weekly = changed(long, *OTHER_FIGURES)
    assert matched(signed(long), signed(weekly, day=date(2024, 7, 16))) is None


def test_a_brief_of_the_same_outlet_replaces_nothing(tmp_path: Path) -> None:
    lake, brief = Lake(tmp_path), REPORT.split(". Ban", maxsplit=1)[0] + "."
    longer = REPORT + " " + " ".join(f"câu{n % 89}" for n in range(150))
    land(lake, [Piece("doc-1", "bao", DAY, longer, 1), Piece("doc-2", "bao", DAY + timedelta(1), brief, 1)])
    group_reports(lake)
    assert [(row.document_id, row.relation, row.superseded_by) for row in landed(lake)] == [
        ("doc-1", "excerpt", None),
        ("doc-2", "excerpt", None),
    ]


def test_a_digest_of_two_reports_makes_fewer_witnesses_and_never_more(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    other = changed(REPORT, *OTHER_FIGURES).replace("Hà Nam", "Hưng Yên")
    alone = [Piece("doc-1", "a", DAY, REPORT, 1), Piece("doc-2", "b", DAY, other, 2)]
    land(lake, alone)
    assert group_reports(lake).reports == 0
    land(lake, [*alone, Piece("doc-3", "c", DAY, REPORT + "\n" + other, 3)])
    assert group_reports(lake) == Grouping(1, 2, 1)


def test_texts_without_words_match_nothing() -> None:
    assert matched(signed(""), signed(".", "b")) is None
    assert matched(signed("1 2 3"), signed("Toàn tỉnh", "b")) is None


def test_groups_are_joined_through_others() -> None:
    assert groups([("b", "c"), ("d", "e"), ("a", "c"), ("e", "d")]) == {
        "a": "a", "b": "a", "c": "a", "d": "d", "e": "d"
    }  # fmt: skip


def land(lake: Lake, rows: Iterable[Piece], day: str = "2024-09-01", moment: int = 1) -> None:
    by_source: dict[str, list[Document]] = {}
    for piece in rows:
        by_source.setdefault(piece.source_key, []).append(_document(piece, moment))
    for key, documents in by_source.items():
        path = lake.landed / "documents" / f"source={key}" / f"date={day}" / "part.parquet"
        write_records(path, Document, sorted(documents, key=lambda one: one.document_id))


def _document(piece: Piece, moment: int) -> Document:
    return Document(
        document_id=piece.document_id, capture_id="cap-1", source_key=piece.source_key,
        url=f"http://127.0.0.1/{piece.document_id}", title="Tin", sapo=None, text=piece.text, captions=None,
        published_on=piece.day, published_rule="meta", author=None, tags=None, parser="f1@1", parser_kind="selectors",
        province_code="35", frame="63", fetched_at=datetime(2024, 9, moment, tzinfo=UTC),
    )  # fmt: skip


def landed(lake: Lake) -> list[Syndication]:
    return from_table(Syndication, read_table(lake.landed / "syndications", Syndication))


def pairs_of(names: dict[str, object]) -> set[tuple[str, str]]:
    return {(one, other) for one, other in combinations(sorted(names), 2) if names[one] == names[other]}


def test_planted_copies_are_found_and_nothing_else(tmp_path: Path) -> None:
    """96 reports, half of them of shared sentences only, each printed thrice: a copy and an article of its own."""
    lake, planted = Lake(tmp_path), pieces(96, seed=11)
    land(lake, planted)
    assert group_reports(lake) == Grouping(288, 96, 96)
    true = pairs_of({piece.document_id: piece.report for piece in planted})
    found = pairs_of({row.document_id: row.report_id for row in landed(lake)})
    precision, recall = len(true & found) / len(found), len(true & found) / len(true)
    assert (precision, recall) == (1.0, 1.0)
    kinds = {(row.document_id.split("-", 2)[2], row.relation) for row in landed(lake)}
    assert {kind for kind in kinds if kind[0] != "goc"} == {
        ("in-lai", "reprint"),
        ("tin-ngan", "excerpt"),
        ("bai-dai", "excerpt"),
        ("dinh-chinh", "version"),
    }
    superseded = {row.document_id: row.superseded_by for row in landed(lake) if row.superseded_by}
    assert len(superseded) == 24
    assert all(name.endswith("-goc") and by.endswith("-dinh-chinh") for name, by in superseded.items())


def test_only_new_documents_are_compared_and_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    planted = pieces(24, seed=3)
    whole, grown = Lake(tmp_path / "whole"), Lake(tmp_path / "grown")
    land(whole, planted)
    group_reports(whole)
    land(grown, [piece for piece in planted if piece.report >= 0][1::2])
    group_reports(grown)
    for key in {piece.source_key for piece in planted}:
        shutil.rmtree(grown.landed / "documents" / f"source={key}", ignore_errors=True)
    land(grown, planted)
    assert group_reports(grown).compared == len(planted) - 24
    assert group_reports(grown).compared == 0
    assert files(grown) == files(whole)


def test_a_document_that_is_gone_takes_its_pairs_along(tmp_path: Path) -> None:
    lake, planted = Lake(tmp_path), pieces(4, seed=5)
    land(lake, planted)
    group_reports(lake)
    assert len(landed(lake)) == 8
    shutil.rmtree(lake.landed / "documents" / "source=in-lai")
    assert group_reports(lake).compared == 0
    assert len(landed(lake)) == 4
    shutil.rmtree(lake.landed / "documents")
    assert group_reports(lake) == Grouping(0, 0, 0)
    assert landed(lake) == []


def test_a_grouping_that_was_killed_is_made_good(tmp_path: Path) -> None:
    lake, planted = Lake(tmp_path), pieces(8, seed=9)
    land(lake, planted)
    group_reports(lake)
    before = files(lake)
    (lake.landed / ".state" / "reports" / "pairs.parquet").unlink()  # what a kill leaves while comparing
    assert group_reports(lake).compared == len(planted)
    assert files(lake) == before


def files(lake: Lake) -> dict[str, bytes]:
    roots = (lake.landed / "syndications", lake.landed / ".state" / "reports")
    paths = [path for root in roots for path in sorted(root.rglob("*.parquet"))]
    return {str(path.relative_to(lake.home)): path.read_bytes() for path in paths}

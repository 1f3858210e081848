"""Landed rows keep the record contracts: spans, frames, ids made of content."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.metadata import version

import pytest

from coso.records import LANDED, READ_FROM_DOCUMENTS, Document, Fact, to_table
from extraction import partitions
from extraction.landing import read_documents

TEXT = (
    "Ngày 9/7, Ban Chỉ đạo tỉnh Bắc Giang tổ chức hội nghị sơ kết 6 tháng đầu năm 2025.\n"
    "6 tháng đầu năm 2025, toàn tỉnh tiếp 500 lượt công dân. Tháng 8/2025, tỉnh Bắc Ninh tiếp 120 lượt công dân."
)


def _document(text: str, **changes: object) -> Document:
    values: dict[str, object] = {
        "document_id": "doc-1", "capture_id": "cap-1", "source_key": "paper", "url": "http://127.0.0.1/a", "title": "Tiếp dân",
        "sapo": None, "text": text, "captions": None, "published_on": date(2025, 9, 10), "published_rule": "meta",
        "author": None, "tags": None, "parser": "f1@1", "parser_kind": "selectors", "province_code": "24", "frame": "34",
        "fetched_at": datetime(2025, 9, 11, tzinfo=UTC),
    }  # fmt: skip
    return Document(**{**values, **changes})  # type: ignore[arg-type]


def test_every_table_is_there_and_fits_its_schema() -> None:
    tables = read_documents([_document(TEXT)])
    assert tuple(tables) == READ_FROM_DOCUMENTS
    for name, rows in tables.items():
        assert to_table(LANDED[name], rows).num_rows == len(rows)
    assert tables["events"]


def test_a_province_code_belongs_to_the_frame_of_the_period() -> None:
    facts = [row for row in read_documents([_document(TEXT)])["facts"] if isinstance(row, Fact)]
    by_value = {fact.value: fact for fact in facts}
    assert (by_value[500].province_code, by_value[500].frame, by_value[500].period) == ("24", "63", "2025-H1")
    assert (by_value[120].province_code, by_value[120].frame, by_value[120].period) == ("24", "34", "2025-08")
    assert by_value[120].period_start == date(2025, 8, 1)


_NEW_PAPER: dict[str, object] = {
    "province_code": "24",
    "frame": "34",
}  # Bắc Ninh, made of Bắc Giang and Bắc Ninh
_OLD_PAPER: dict[str, object] = {"province_code": "24", "frame": "63"}  # Bắc Giang
_CENTRAL: dict[str, object] = {"province_code": None, "frame": None}
_JUNE: dict[str, object] = {**_NEW_PAPER, "published_on": date(2025, 6, 27)}


@pytest.mark.parametrize(
    ("text", "paper", "told"),
    [
        # An old province's name is of the old province before the merger, and of a part of the new one since.
        ("6 tháng đầu năm 2025, tỉnh Bắc Giang tiếp 500 lượt công dân.", _NEW_PAPER, [("24", "63", "province")]),
        ("Quý III năm 2025, tỉnh Bắc Giang (cũ) tiếp 500 lượt công dân.", _NEW_PAPER, [("24", "34", "region")]),
        ("Quý III năm 2025, tỉnh Bắc Giang tiếp 500 lượt công dân.", _CENTRAL, [("24", "34", "region")]),
        # A name that both bear: what the merged province says of itself, looking back, is no old province's figure.
        ("6 tháng đầu năm 2025, tỉnh Bắc Ninh tiếp 500 lượt công dân.", _NEW_PAPER, [(None, None, "region")]),
        ("6 tháng đầu năm 2025, toàn tỉnh tiếp 500 lượt công dân.", _NEW_PAPER, [(None, None, "region")]),
        ("6 tháng đầu năm 2025, toàn tỉnh tiếp 500 lượt công dân.", _OLD_PAPER, [(None, None, "region")]),
        ("6 tháng đầu năm 2025, tỉnh Bắc Ninh tiếp 500 lượt công dân.", _JUNE, [("27", "63", "province")]),
        ("6 tháng đầu năm 2025, tỉnh Bắc Ninh tiếp 500 lượt công dân.", _CENTRAL, [("27", "63", "province")]),
        # Unless the page says that it means the old one.
        ("6 tháng đầu năm 2025, tỉnh Bắc Ninh (cũ) tiếp 500 lượt công dân.", _NEW_PAPER, [("27", "63", "province")]),
        ("6 tháng đầu năm 2025, tỉnh Bắc Giang tiếp 500 lượt công dân, tỉnh Bắc Ninh tiếp 300 lượt công dân.", _NEW_PAPER,
         [("24", "63", "province"), ("27", "63", "province")]),
        ("Sau sáp nhập Bắc Giang và Bắc Ninh, 6 tháng đầu năm 2025 toàn tỉnh tiếp 500 lượt công dân.", _NEW_PAPER,
         [(None, None, "region")]),
        # Since the merger the name alone means the new one, and "cũ" goes to the number it stands by.
        ("Quý III năm 2025, tỉnh Bắc Ninh tiếp 300 lượt công dân, trong đó địa bàn Bắc Ninh cũ tiếp 120 lượt.", _NEW_PAPER,
         [("24", "34", "province"), ("24", "34", "region")]),
        # Told before the merger, so of no province that did not exist then.
        ("Năm 2025, tỉnh Bắc Giang có 500 tổ hòa giải.", {**_OLD_PAPER, "published_on": date(2025, 5, 10)},
         [("24", "63", "province")]),
        # Quảng Ninh was merged with none.
        ("6 tháng đầu năm 2025, toàn tỉnh tiếp 500 lượt công dân.", {"province_code": "22", "frame": "34"},
         [("22", "63", "province")]),
    ],
)  # fmt: skip
def test_the_period_the_words_and_the_outlet_say_whose_a_figure_is(
    text: str, paper: dict[str, object], told: list[tuple[str | None, str | None, str]]
) -> None:
    facts = [row for row in read_documents([_document(text, **paper)])["facts"] if isinstance(row, Fact)]
    facts.sort(key=lambda fact: fact.char_start)
    assert [(fact.province_code, fact.frame, fact.level) for fact in facts] == told


def test_rows_are_sorted_by_id_and_the_same_each_time() -> None:
    documents = [_document(TEXT), _document("Toàn tỉnh tiếp 7 lượt công dân năm 2024.", document_id="doc-2")]
    tables = read_documents(documents)
    assert tables == read_documents(list(reversed(documents)))
    ids = [row.fact_id for row in tables["facts"] if isinstance(row, Fact)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 3


def test_quotes_are_what_the_stored_text_holds() -> None:
    for fact in read_documents([_document(TEXT)])["facts"]:
        assert isinstance(fact, Fact)
        assert TEXT[fact.char_start : fact.char_end] == fact.quote
        assert TEXT[fact.sentence_start :].startswith(fact.sentence)


def test_a_document_without_outlet_or_date_is_read_too() -> None:
    (fact,) = read_documents(
        [_document("Toàn tỉnh tiếp 7 lượt công dân.", province_code=None, frame=None, published_on=None)]
    )["facts"]
    assert isinstance(fact, Fact)
    assert (fact.province_code, fact.frame, fact.period) == (None, None, None)


def test_another_version_of_the_matcher_reads_all_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = partitions.code_digest.__wrapped__()
    monkeypatch.setattr(partitions, "version", lambda name: f"{version(name)}.1")
    assert partitions.code_digest.__wrapped__() != before

"""Reviewing facts: how decisions stand against what is read today, and what may be typed to correct a fact."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from coso.errors import BadInputError
from coso.ids import content_id
from coso.lake import Lake, read_table, write_records
from coso.periods import parse_period
from coso.records import (
    Document,
    Fact,
    QuarantinedRow,
    Record,
    ReviewCorrection,
    Syndication,
    arrow_schema,
    from_table,
)
from expectations.review.amend import read_changes
from expectations.review.decisions import (
    ACCEPTED,
    CORRECTED,
    REJECTED,
    add_decisions,
    decide,
    decide_likewise,
    read_decisions,
)
from expectations.review.readings import Reading, find_reading
from expectations.review.rulings import Tally, all_rulings, copies, queue, tallies, write_corrections
from expectations.review.sheet import ANSWERS, read_sheet, write_sheet

R = TypeVar("R", bound=Record)
NOW = datetime(2024, 7, 10, 2, 0, tzinfo=UTC)
TEXT = "Hà Nam sơ kết 6 tháng.\nToàn tỉnh tổ chức 31 cuộc đối thoại và 12 hội nghị giám sát."
URL = "https://bao.example/so-ket"


def _row(kind: type[R], **columns: Any) -> R:
    """Return a record with the columns that matter here; the others are empty."""
    return kind(**dict.fromkeys(arrow_schema(kind).names) | columns)


def document(text: str = TEXT, **changes: Any) -> Document:
    row = _row(
        Document,
        document_id=content_id("doc", [text]),
        capture_id="cap-1",
        source_key="bao",
        url=URL,
        title="Sơ kết",
        text=text,
        published_on=date(2024, 7, 9),
        published_rule="meta",
        parser="f1@1",
        parser_kind="selectors",
        province_code="35",
        frame="63",
        fetched_at=NOW,
    )
    return replace(row, **changes)


def fact(article: Document, quote: str, metric: str = "dialogue_sessions", **changes: Any) -> Fact:
    start = article.text.index(quote)
    sentence_start = article.text.rfind("\n", 0, start) + 1
    period = parse_period(changes.get("period", "2024-H1"))
    row = _row(
        Fact,
        fact_id=content_id("fct", [article.document_id, start, metric]),
        document_id=article.document_id,
        source_key=article.source_key,
        char_start=start,
        char_end=start + len(quote),
        quote=quote,
        sentence_start=sentence_start,
        sentence=article.text[sentence_start:].split("\n")[0],
        value=float(quote),
        unit="cuộc",
        metric=metric,
        place="Hà Nam",
        place_code="35",
        province_code="35",
        frame="63",
        level="province",
        period="2024-H1",
        period_start=period.first_day,
        period_end=period.last_day,
        stock=False,
        subset=False,
        rule="dialogue.sessions",
        confidence=0.6,
    )
    return replace(row, **changes)


def land(lake: Lake, documents: list[Document], facts: list[Fact]) -> None:
    write_records(lake.landed / "documents/source=bao/date=2024-07-10/part.parquet", Document, documents)
    write_records(lake.landed / "facts/source=bao/date=2024-07-10/part.parquet", Fact, facts)


@pytest.fixture
def lake(lake: Lake) -> Lake:
    article = document()
    land(
        lake,
        [article],
        [fact(article, "31"), fact(article, "12", "front_supervision_sessions", confidence=0.7)],
    )
    return lake


def reading_of(lake: Lake, quote: str) -> Reading:
    (item,) = [item.reading for item in queue(lake, 1.0) if item.reading.fact.quote == quote]
    return item


def settle(lake: Lake, quote: str, verdict: str, by: str = "An", minute: int = 0, **typed: str) -> Reading:
    found = [r.reading for r in all_rulings(lake) if r.reading and r.reading.fact.quote == quote]
    reading = found[-1] if found and found[-1] else reading_of(lake, quote)
    changes = read_changes(reading, typed) if typed else None
    add_decisions(lake, [decide(reading, verdict, by, "đọc lại", NOW + timedelta(minutes=minute), changes)])
    return reading


def standings(lake: Lake) -> list[tuple[str, str, bool]]:
    return [(one.decision.verdict, one.standing, one.is_disputed) for one in all_rulings(lake)]


def waiting(lake: Lake, below: float = 0.8) -> list[str]:
    return [item.reading.fact.quote for item in queue(lake, below)]


def test_the_least_sure_come_first_and_the_threshold_is_kept(lake: Lake) -> None:
    assert waiting(lake) == ["31", "12"]
    assert waiting(lake, below=0.7) == ["31"]


def test_what_is_in_quarantine_or_replaced_waits_for_nobody(lake: Lake) -> None:
    refused = fact(document(), "31").fact_id
    row = QuarantinedRow("q-1", "facts", refused, "form.span", "Sai vị trí", None, "35", "63", "{}")
    write_records(lake.quality / "quarantine/part.parquet", QuarantinedRow, [row])
    assert waiting(lake) == ["12"]
    old = document()
    new = document("Bài đã sửa: 5 cuộc đối thoại.", fetched_at=NOW + timedelta(days=1))
    land(lake, [old, new], [fact(old, "12"), fact(new, "5")])
    assert waiting(lake) == ["5"]


def test_what_an_outlet_printed_again_at_another_address_waits_for_nobody(lake: Lake) -> None:
    old = document()
    new = document("Bài đã sửa: 5 cuộc đối thoại.", url="https://bao.example/so-ket-2")
    copies_of = [
        Syndication(one.document_id, old.document_id, "bao", other.document_id, 0.9, "version", later)
        for one, other, later in ((old, new, new.document_id), (new, old, None))
    ]
    write_records(lake.landed / "syndications/source=bao/part.parquet", Syndication, copies_of)
    assert waiting(lake) == ["31", "12"]  # the later one is not landed, or no longer
    land(lake, [old, new], [fact(old, "12"), fact(new, "5")])
    assert waiting(lake) == ["5"]


def test_a_decided_fact_waits_no_more(lake: Lake) -> None:
    settle(lake, "31", ACCEPTED)
    settle(lake, "12", CORRECTED, minute=1, value="1.200", period="2024")
    assert waiting(lake) == []
    assert standings(lake) == [("accepted", "applied", False), ("corrected", "applied", False)]
    assert write_corrections(lake) == 3
    rows = from_table(ReviewCorrection, read_table(lake.quality / "review_corrections", ReviewCorrection))
    assert {(row.action, row.old_value, row.new_value) for row in rows} == {
        ("confirm", "31", None),
        ("replace_value", "12", "1200"),
        ("set_period", "2024-H1", "2024"),
    }


def test_a_decision_survives_a_page_that_is_read_anew(lake: Lake) -> None:
    """The text before the sentence changes, and with it document, span and every id."""
    settle(lake, "31", REJECTED)
    again = document("Lời dẫn mới.\n" + TEXT)
    land(lake, [again], [fact(again, "31"), fact(again, "12", "front_supervision_sessions")])
    assert standings(lake) == [("rejected", "applied", False)]
    assert waiting(lake) == ["12"]


def test_a_decision_holds_for_both_versions_of_an_article(lake: Lake) -> None:
    settle(lake, "31", REJECTED)
    old, new = document(), document("Lời dẫn mới.\n" + TEXT, fetched_at=NOW + timedelta(days=1))
    land(lake, [old, new], [fact(old, "31"), fact(new, "31")])
    assert standings(lake) == [("rejected", "applied", False)] * 2


@pytest.mark.parametrize(
    ("changes", "standing", "left"),
    [
        ({"value": 310.0}, "reading_differs", ["31"]),
        ({"period": "2023-H1"}, "reading_differs", ["31"]),
        ({"metric": "voter_meetings"}, "reading_differs", ["31"]),
        ({"province_code": "36", "place": "Nam Định"}, "reading_differs", ["31"]),
        ({"subset": True}, "reading_differs", ["31"]),
        # How sure it is, which rule read it and how a province is written make no other reading.
        ({"confidence": 0.5, "rule": "other", "place": "tỉnh Hà Nam"}, "applied", []),
    ],
)
def test_a_newer_engine_that_reads_otherwise_makes_a_decision_stale(
    lake: Lake, changes: dict[str, Any], standing: str, left: list[str]
) -> None:
    settle(lake, "31", ACCEPTED)
    article = document()
    land(lake, [article], [fact(article, "31", **changes)])
    assert standings(lake) == [("accepted", standing, False)]
    assert waiting(lake) == left
    if left:
        assert [one.decision.reviewer for one in queue(lake, 0.8)[0].earlier] == ["An"]


def test_a_newer_engine_that_reads_it_as_corrected_needs_no_correction(lake: Lake) -> None:
    settle(lake, "31", CORRECTED, metric="voter_meetings", subset="yes")
    article = document()
    land(lake, [article], [fact(article, "31", "voter_meetings", subset=True)])
    assert standings(lake) == [("corrected", "already_right", False)]
    assert waiting(lake) == []


def test_a_figure_that_is_read_no_more_keeps_its_decision(lake: Lake) -> None:
    settle(lake, "31", ACCEPTED)
    land(lake, [document()], [])
    assert standings(lake) == [("accepted", "reading_gone", False)]
    assert write_corrections(lake) == 1


def test_two_metrics_of_one_number_are_decided_apart(lake: Lake) -> None:
    article = document()
    land(lake, [article], [fact(article, "31"), fact(article, "31", "voter_meetings", confidence=0.5)])
    (one, other) = [item.reading for item in queue(lake, 0.8)]
    add_decisions(lake, [decide(one, REJECTED, "An", "không phải tiếp xúc cử tri", NOW)])
    assert one.fact.metric == "voter_meetings"
    assert [item.reading.fact.fact_id for item in queue(lake, 0.8)] == [other.fact.fact_id]


def test_the_last_of_two_reviewers_who_differ_counts_and_both_are_kept(lake: Lake) -> None:
    settle(lake, "31", REJECTED, by="An")
    settle(lake, "31", ACCEPTED, by="Bình", minute=1)
    assert standings(lake) == [("rejected", "overruled", True), ("accepted", "applied", True)]
    # Who repeats what was said insists on it; it is a decision of its own.
    settle(lake, "31", REJECTED, by="An", minute=2)
    assert [one[1] for one in standings(lake)] == ["overruled", "overruled", "applied"]
    # Agreed in the end.
    settle(lake, "31", REJECTED, by="Bình", minute=3)
    assert standings(lake)[-1] == ("rejected", "applied", False)


def test_the_same_decision_twice_is_one(lake: Lake) -> None:
    settle(lake, "31", REJECTED)
    settle(lake, "31", REJECTED, minute=1)
    assert len(read_decisions(lake)) == 1


def test_gathering_the_log_loses_and_reorders_nothing(lake: Lake) -> None:
    settle(lake, "31", REJECTED)
    write_corrections(lake)
    settle(lake, "12", ACCEPTED, minute=1)
    before = read_decisions(lake)
    assert len(before) == 2
    write_corrections(lake)
    assert read_decisions(lake) == before
    assert len(list((lake.quality / "review_decisions").glob("*.parquet"))) == 2  # with the schema's
    corrections = lake.quality / "review_corrections/part.parquet"
    same = corrections.read_bytes()
    write_corrections(lake)
    assert corrections.read_bytes() == same


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ({"metric": "dialog_sessions"}, ("unknown", "dialogue_sessions")),
        ({"metric": "đối thoại"}, ("metrics have", "dialogue_")),
        ({"value": "ba mươi mốt chấm"}, ("is no number",)),
        ({"period": "H1/2024"}, ("did you mean 2024-H1",)),
        ({"period": "7/2024"}, ("did you mean 2024-07",)),
        ({"period": "hôm qua"}, ("cannot be read", "docs/periods.md")),
        ({"place": "Hà Namm"}, ("did you mean Hà Nam",)),
        ({"place": "Bình Lụk, Hà Nam"}, ("no district or commune", "Bình Lục")),
        ({"subset": "maybe"}, ("yes or no",)),
        ({"perod": "2024"}, ("did you mean period",)),
        ({"period": "2024-H1"}, ("nothing", "accept it")),
    ],
)
def test_what_cannot_be_a_correction_is_refused_with_the_nearest(
    lake: Lake, typed: dict[str, str], parts: tuple[str, ...]
) -> None:
    with pytest.raises(BadInputError) as caught:
        read_changes(reading_of(lake, "31"), typed)
    for part in parts:
        assert part in str(caught.value)


def test_places_get_the_codes_of_the_frame_of_the_period(lake: Lake) -> None:
    reading = reading_of(lake, "31")
    moved = read_changes(reading, {"place": "huyện Bình Lục, Hà Nam"})
    assert (moved.place, moved.province_code, moved.frame, moved.level) == (
        "Bình Lục, Hà Nam",
        "35",
        "63",
        "district",
    )
    nation = read_changes(reading, {"place": "toàn quốc"})
    assert (nation.place, nation.province_code, nation.level) == ("Việt Nam", None, "national")
    later = read_changes(reading, {"period": "2025-H2"})
    assert (later.place, later.province_code, later.frame) == ("Ninh Bình", "37", "34")
    # As people say it, seen from the day of the article.
    assert read_changes(reading, {"period": "quý vừa qua"}).period == "2024-Q2"
    assert read_changes(reading, {"value": "ba mươi mốt nghìn"}).value == 31_000
    assert read_changes(reading, {"metric": "cuộc giám sát của mttq và", "subset": "có"}).subset is True


@pytest.mark.parametrize("verdict", [CORRECTED, REJECTED])
def test_who_and_why_are_needed(lake: Lake, verdict: str) -> None:
    reading = reading_of(lake, "31")
    with pytest.raises(BadInputError, match="--reason"):
        decide(reading, verdict, "An", " ", NOW)
    with pytest.raises(BadInputError, match="--by"):
        decide(reading, ACCEPTED, " ", "", NOW)


def test_copies_of_a_sentence_are_one_matter(lake: Lake) -> None:
    own, other = document(), document(source_key="ban", url="https://ban.example/1", document_id="doc-copy")
    alike, unlike = fact(other, "31"), fact(other, "12", "voter_meetings")
    land(lake, [own, other], [fact(own, "31"), fact(own, "12", "front_supervision_sessions"), alike, unlike])
    matters = copies(queue(lake, 0.8))
    assert sorted([item.reading.fact.quote for item in same] for same in matters) == [
        ["12"],
        ["12"],
        ["31", "31"],
    ]
    (same,) = [same for same in matters if len(same) == 2]
    made = decide(same[0].reading, REJECTED, "An", "sai", NOW)
    add_decisions(lake, [made, decide_likewise(made, same[1].reading)])
    assert waiting(lake) == ["12", "12"]


def test_a_sample_is_drawn_from_all_facts_and_runs_out(lake: Lake) -> None:
    article = document(" ".join(f"{n} cuộc," for n in range(100, 140)))
    land(
        lake, [article], [fact(article, str(n), confidence=0.3 + 0.015 * (n - 100)) for n in range(100, 140)]
    )
    drawn = [item.reading.fact for item in queue(lake, 0.8, sample=10)]
    assert [one.fact_id for one in drawn] == [
        item.reading.fact.fact_id for item in queue(lake, 0.1, sample=10)
    ]
    assert {one.confidence >= 0.6 for one in drawn} == {True, False}
    for item in queue(lake, 0.8, sample=30):
        add_decisions(lake, [decide(item.reading, ACCEPTED, "An", "", NOW)])
    left = [item.reading.fact for item in queue(lake, 0.8, sample=30)]
    assert len(left) == 10
    assert not {one.fact_id for one in drawn} & {one.fact_id for one in left}


def test_what_reviewers_found_is_counted_by_the_last_word(lake: Lake) -> None:
    settle(lake, "31", REJECTED, by="An")
    settle(lake, "31", ACCEPTED, by="Bình", minute=1)
    settle(lake, "12", CORRECTED, minute=2, value="13")
    found = tallies(all_rulings(lake), lambda one: one.read_metric)
    assert found["dialogue_sessions"] == Tally(facts=1, sure=0.6, accepted=1.0, rejected=0.0)
    assert found["front_supervision_sessions"] == Tally(facts=1, sure=0.7, accepted=0.0, rejected=0.0)


def test_a_file_that_fits_no_table_is_told(lake: Lake) -> None:
    (lake.landed / "facts/source=bao/date=2024-07-10/part.parquet").write_bytes(b"PAR?")
    with pytest.raises(BadInputError, match="fits no table"):
        queue(lake, 0.8)


def _fill(path: Path, answers: dict[str, dict[str, str]], delimiter: str = ",") -> None:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = [row | answers.get(row["value"], {}) for row in csv.DictReader(handle)]
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_sheet_goes_out_and_comes_back(lake: Lake, tmp_path: Path, delimiter: str) -> None:
    sheet = tmp_path / "sheet.csv"
    assert write_sheet(sheet, queue(lake, 0.8)) == 2
    assert "»31« cuộc đối thoại" in sheet.read_text(encoding="utf-8-sig")
    _fill(
        sheet,
        {"31": {"decision": "correct", "new_value": "1.310", "reason": "đánh máy", "by": "Chi"},
         "12": {"decision": "accept"}},
        delimiter,
    )  # fmt: skip
    found = read_sheet(sheet, lambda fact_id: find_reading(lake, fact_id), "An", NOW)
    assert [(one.verdict, one.new_value, one.reviewer) for one in found] == [
        ("corrected", 1310.0, "Chi"),
        ("accepted", None, "An"),
    ]
    assert add_decisions(lake, found, insist=False) == 2
    settle(lake, "12", REJECTED, by="Bình", minute=1)
    # The same sheet again changes nothing and overrules nobody.
    later = read_sheet(sheet, lambda fact_id: find_reading(lake, fact_id), "An", NOW + timedelta(hours=1))
    assert add_decisions(lake, later, insist=False) == 0
    assert standings(lake)[-1] == ("rejected", "applied", True)


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        ({"decision": "maybe"}, "accept, correct, reject"),
        ({"decision": "reject"}, "--reason"),
        ({"decision": "accept", "new_value": "5"}, "goes with 'correct'"),
        ({"decision": "correct", "new_period": "2024-H3", "reason": "x"}, "2024-H3"),
        ({"new_value": "5"}, "decision ''"),
    ],
)
def test_a_sheet_with_one_bad_row_is_taken_not_at_all(
    lake: Lake, tmp_path: Path, answers: dict[str, str], part: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(sheet, queue(lake, 0.8))
    _fill(sheet, {"31": {"decision": "accept"}, "12": answers})
    with pytest.raises(BadInputError) as caught:
        read_sheet(sheet, lambda fact_id: find_reading(lake, fact_id), "An", NOW)
    assert "sheet.csv:3: " in str(caught.value)
    assert part in str(caught.value)


def test_a_table_that_is_no_sheet(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=f"no column {'fact_id'}"):
        read_sheet(other, lambda _: pytest.fail("asked"), "An", NOW)
    assert set(ANSWERS) >= {"decision", "reason", "by"}
    other.write_bytes("fact_id;decision\n1;từ chối".encode("utf-16"))
    with pytest.raises(BadInputError, match="UTF-8"):
        read_sheet(other, lambda _: pytest.fail("asked"), "An", NOW)


def test_many_decisions_in_any_order_of_files_read_the_same(lake: Lake) -> None:
    """The log is what was decided, not how it came to be stored."""
    reading, chance = reading_of(lake, "31"), random.Random(7)
    made = [
        decide(
            reading, chance.choice([ACCEPTED, REJECTED]), chance.choice("ABC"), f"lần {n}", NOW + timedelta(n)
        )
        for n in range(30)
    ]
    chance.shuffle(shuffled := [*made])
    for one in shuffled:
        add_decisions(lake, [one])
    assert read_decisions(lake) == made
    assert [one[1] for one in standings(lake)] == ["overruled"] * 29 + ["applied"]

"""What the small lake holds: one short story for each rule of the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
from small_lake import (
    NOON,
    SmallLake,
    attempt,
    conference,
    crawl,
    hold,
    incident,
    mention,
    outlet,
    response,
    statement,
    submission,
)

from coso.ids import content_id
from coso.lake import reject_misfits, write_atomically, write_records, write_table
from coso.places import provinces
from coso.records import Fact, arrow_schema

HA_NAM = outlet("ha-nam", "35", "63")
CENTRAL = outlet("trung-uong")
BAC_GIANG = outlet("bac-giang", "24", "63")
OLD_BAC_NINH = outlet("bac-ninh-cu", "27", "63")
BAC_NINH = outlet("bac-ninh", "24", "34")
HA_TINH = outlet("ha-tinh", "42", "63")

#: Notations beyond those of the stories; each is a fact, so that dbt reads it.
NOTATIONS = [
    f"{year}{part}"
    for year in (1999, 2024)
    for part in ("", "-H1", "-H2", "-9M", "-Q1", "-Q2", "-Q3", "-Q4", "-02", "-12", "-YTD01", "-YTD03", "-YTD9",
                 "-YTD11", "..2025", "-03..2025-02", "-H2..2025-H1", "..", "-05..", "-13", "-H3", "-YTD13", "-Q5")
]  # fmt: skip


def tell(lake: SmallLake) -> None:
    """Add every story and write the lake."""
    for source in (HA_NAM, CENTRAL, BAC_GIANG, OLD_BAC_NINH, BAC_NINH, HA_TINH):
        lake.source(source.source_key, "party_newspaper", source.province_code, source.frame)
    for story in (
        _witnesses,
        _parts,
        _changes,
        _frames,
        _refusals,
        _versions,
        _periods,
        _doubts,
        _operations,
        _sources,
        _rates,
        _map,
        _tiles,
        _running,
        _statements,
        _corrections,
        _ambiguous,
    ):
        story(lake)
    lake.write()
    _leftover(lake)
    _misfits(lake)


def _witnesses(lake: SmallLake) -> None:
    own = lake.article(
        HA_NAM,
        "Năm 2024, toàn tỉnh tổ chức 227 cuộc đối thoại. Có 125 hội nghị phản biện. Nhân dân hiến 2,35 ha đất. "
        "Theo Kết luận số 120-KL/TW, Ban Chỉ đạo tổ chức hội nghị tổng kết.",
        "2025-01-05",
    )
    lake.fact(own, "227", "dialogue_sessions", "2024", unit="cuộc")
    disputed = lake.fact(own, "125", "social_criticism_sessions", "2024", unit="hội nghị")
    lake.fact(own, "2,35", "land_donated", "2024", unit="ha")
    lake.add("events", conference(own, "hội nghị tổng kết", "2024"))
    lake.add("citations", mention(own, "120-KL/TW", "citation"))
    # The same report, set again by another outlet: one more source, no more witness.
    copy = lake.article(CENTRAL, own.text.replace(". ", ".\n"), "2025-01-06")
    for quote, metric in (("227", "dialogue_sessions"), ("125", "social_criticism_sessions")):
        lake.fact(copy, quote, metric, "2024", province_code="35", frame="63")
    lake.fact(copy, "2,35", "land_donated", "2024", unit="ha đất", province_code="35", frame="63")
    other = lake.article(
        CENTRAL, "Ở Hà Nam, cả năm có 227 cuộc đối thoại và 152 hội nghị phản biện.", "2025-01-09"
    )
    lake.fact(other, "227", "dialogue_sessions", "2024-YTD12", province_code="35", frame="63")
    lake.fact(other, "152", "social_criticism_sessions", "2024", province_code="35", frame="63")
    lake.add("incidents", incident(disputed))
    lake.add("holds", hold())


def _parts(lake: SmallLake) -> None:
    text = "Năm 2023, giám sát 80 cuộc: cấp huyện 16 cuộc, về đất đai 9 cuộc. Huyện Bình Lục giám sát 7 cuộc."
    article = lake.article(HA_NAM, text, "2024-01-05")
    metric = "front_supervision_sessions"
    lake.fact(article, "80", metric, "2023")
    lake.fact(article, "16", metric, "2023", tier="district", subset=True)
    lake.fact(article, "9", metric, "2023", subset=True)
    lake.fact(article, "7", metric, "2023", level="district", place="Bình Lục, Hà Nam")
    odd = lake.article(
        HA_NAM, "Năm 2023 đạt 12% đối thoại. Còn lại 31 việc. Năm 1990 có 45 cuộc.", "2024-01-08"
    )
    lake.fact(odd, "12", "dialogue_sessions", "2023", unit="%")
    lake.fact(odd, "31", "other", "2023")
    lake.fact(odd, "45", "dialogue_sessions", "1990")


def _changes(lake: SmallLake) -> None:
    before = lake.article(
        HA_NAM, "Sáu tháng đầu năm 2023: tiếp 1.812 lượt, 1.000 đơn, đạt 90%.", "2023-07-09"
    )
    lake.fact(before, "1.812", "reception_visits", "2023-H1", unit="lượt")
    lake.fact(before, "1.000", "petitions_received", "2023-H1", unit="đơn")
    lake.fact(before, "90", "petition_resolution_rate", "2023-H1", unit="%")
    now = lake.article(
        HA_NAM,
        "Sáu tháng đầu năm 2024: tiếp 1.786 lượt, giảm 26 lượt; 1.200 đơn, tăng 9,3%; đạt 92,5%, tăng 2,5%; "
        "1.055 người, tăng 5%.",
        "2024-07-09",
    )

    def change(direction: str, amount: float, unit: str | None) -> dict[str, object]:
        keys = ("comparison_direction", "comparison_amount", "comparison_unit", "comparison_baseline")
        return dict(zip(keys, (direction, amount, unit, "2023-YTD06"), strict=True))

    lake.fact(now, "1.786", "reception_visits", "2024-H1", unit="lượt", **change("decrease", 26, "lượt"))
    lake.fact(now, "1.200", "petitions_received", "2024-H1", unit="đơn", **change("increase", 9.3, "%"))
    lake.fact(now, "92,5", "petition_resolution_rate", "2024-H1", unit="%", **change("increase", 2.5, "%"))
    lake.fact(now, "1.055", "reception_people", "2024-H1", unit="người", **change("increase", 5, "%"))


def _frames(lake: SmallLake) -> None:
    for source, value, period, day in (
        (BAC_GIANG, "310", "2024-H2", "2025-01-04"),
        (OLD_BAC_NINH, "190", "2024-H2", "2025-01-04"),
        (BAC_GIANG, "280", "2025-H1", "2025-08-02"),
        (BAC_NINH, "550", "2025-H2", "2026-01-04"),
        (HA_TINH, "260", "2024-H2", "2025-01-04"),
        (HA_TINH, "240", "2025-H2", "2026-01-04"),
    ):
        article = lake.article(source, f"Kỳ này tổ chức {value} cuộc đối thoại.", day)
        lake.fact(article, value, "dialogue_sessions", period)
    late = lake.article(HA_NAM, "Sáu tháng cuối năm 2025 có 66 cuộc đối thoại.", "2026-01-04")
    lake.fact(late, "66", "dialogue_sessions", "2025-H2")


def _refusals(lake: SmallLake) -> None:
    article = lake.article(HA_NAM, "Quý I/2024 có 33 lớp và 44 bản.", "2024-04-04")
    lake.refuse("facts", lake.fact(article, "33", "training_classes", "2024-Q1").fact_id)
    lake.fact(article, "44", "documents_issued", "2024-Q1")
    gone = lake.article(HA_NAM, "Quý I/2024 có 99 cuộc đối thoại.", "2024-04-05")
    lake.fact(gone, "99", "dialogue_sessions", "2024-Q1")
    lake.refuse("documents", gone.document_id)


def _versions(lake: SmallLake) -> None:
    wrong = lake.article(HA_NAM, _REPLACED_TEXT, "2024-06-01")
    lake.fact(wrong, "21", "dialogue_sessions", "2024-05")
    later = NOON + timedelta(days=1)
    right = lake.article(
        HA_NAM, "Tháng 5/2024 có 12 cuộc đối thoại.", "2024-06-01", url=wrong.url, fetched_at=later
    )
    lake.fact(right, "12", "dialogue_sessions", "2024-05")
    again = {
        "url": right.url,
        "title": right.title,
        "fetched_at": later + timedelta(days=1),
        "capture_id": "cap-again",
    }
    lake.fact(lake.article(HA_NAM, right.text, "2024-06-01", **again), "12", "dialogue_sessions", "2024-05")
    states = [("received", 0), ("in_progress", 1), ("in_progress", 2), ("answered", 3)]
    for status, days in states:
        seen = NOON + timedelta(days=days)
        answered = (NOON + timedelta(days=3)).date() if status == "answered" else None
        lake.add(
            "submissions", submission("A-1", status, seen, answered_on=answered), seen.date().isoformat()
        )
    refused = submission("A-2", "received", NOON)
    lake.add("submissions", refused)
    lake.refuse("submissions", refused.version_id)


def _periods(lake: SmallLake) -> None:
    text = " ".join(f"{number}." for number in range(100, 100 + len(NOTATIONS)))
    article = lake.article(CENTRAL, text, "2026-01-02")
    for number, notation in enumerate(NOTATIONS, 100):
        lake.fact(article, str(number), "other", notation)


def _doubts(lake: SmallLake) -> None:
    """Rows that a gate should have stopped: the build tells of them and goes on."""
    stranger = lake.article(
        outlet("la", "35", "63"), "Quý II/2024 có 501 cuộc, 502 cuộc, 503 cuộc.", "2024-07-04"
    )
    lake.fact(stranger, "501", "dialogue_sessions", "2024-Q2", frame="61")
    lake.fact(stranger, "502", "dialogue_sessions", "2024-Q2", province_code="99")
    wrong_day = date(2024, 5, 1)
    lake.fact(stranger, "503", "dialogue_sessions", "2024-Q2", subset=True, period_start=wrong_day)
    unlanded = replace(stranger, document_id="doc-unlanded")
    lake.fact(unlanded, "501", "dialogue_sessions", "2024-Q2")


def _operations(lake: SmallLake) -> None:
    stored = response("cap-1", 2048)
    lake.add("captures", stored)
    lake.add("outcomes", attempt(1, "stored", stored, tries=2))
    lake.add("outcomes", attempt(2, "not_modified", stored, http_status=304))
    lake.add("outcomes", attempt(3, "missing", None, detail="404 Not Found"))
    lake.add("outcomes", attempt(4, "missing", None, detail="410 Gone"))


def _sources(lake: SmallLake) -> None:
    """Outlets in other states than fresh: failing, silent, blind and retired."""
    for key in ("hue", "old-news", "unseen", "closed"):
        row = replace(outlet(key, "46", "34"), status="dead" if key == "closed" else "verified")
        lake.add("sources", row)
    lake.add("outcomes", attempt(5, "timeout", None, source_key="hue"))
    lake.add("outcomes", attempt(6, "stored", response("cap-2", 10), source_key="old-news"))
    lake.article(outlet("old-news", "46", "34"), "Tin cũ.", "2025-11-01")
    lake.add("crawls", crawl(1, "quiet", "old-news"))
    lake.add("outcomes", attempt(7, "stored", response("cap-3", 10), source_key="unseen"))
    for number, sight in enumerate(("quiet", "blind", "closed"), start=2):
        lake.add("crawls", crawl(number, sight, "unseen"))


def _leftover(lake: SmallLake) -> None:
    """Leave what a run leaves behind that is killed while it replaces a partition."""
    article = lake.article(HA_NAM, "Năm 2022 có 777 cuộc đối thoại.", "2023-01-04")
    stale = lake.fact(article, "777", "dialogue_sessions", "2022")
    folder = lake.lake.landed / "facts" / "source=ha-nam" / ".date=2026-01-19.old"
    write_records(folder / "part.parquet", Fact, [stale])


def _rates(lake: SmallLake) -> None:
    """Rates beside their parts: as a fraction, in one article, across articles, and without any."""
    article = lake.article(
        HA_TINH,
        "Năm 2023 giải quyết 88/104 đơn, đạt 84,6%. Hòa giải thành 450 trong 600 vụ, đạt 80,5%. "
        "Tỷ lệ hài lòng 91,5%. Khiếu nại đạt 90%. Đối thoại 318 cuộc.",
        "2024-01-18",
    )
    lake.fact(article, "88", "petitions_resolved", "2023", unit="đơn", denominator=104.0)
    lake.fact(article, "84,6", "petition_resolution_rate", "2023", unit="%")
    lake.fact(article, "450", "mediation_cases_successful", "2023", unit="vụ")
    lake.fact(article, "600", "mediation_cases", "2023", unit="vụ")
    lake.fact(article, "80,5", "mediation_success_rate", "2023", unit="%")
    lake.fact(article, "91,5", "citizen_satisfaction_rate", "2023", unit="%")
    lake.fact(article, "90", "complaint_resolution_rate", "2023", unit="%")
    lake.fact(article, "318", "dialogue_sessions", "2023", unit="cuộc")
    before = lake.article(HA_TINH, "Năm 2022 tổ chức 350 cuộc đối thoại.", "2023-01-16")
    lake.fact(before, "350", "dialogue_sessions", "2022", unit="cuộc")
    later = lake.article(HA_TINH, "Năm 2023 thụ lý 250 vụ khiếu nại, đã giải quyết 224 vụ.", "2024-02-20")
    lake.fact(later, "250", "complaints_within_authority", "2023", unit="vụ")
    lake.fact(later, "224", "complaints_resolved", "2023", unit="vụ")


def _map(lake: SmallLake) -> None:
    """Every one of the 63 reports voter meetings of 2022, all but one those of 2021, with its own figure."""
    old = sorted(code for code, frame in provinces() if frame == "63")
    for number, code in enumerate(old):
        for period, day, count in (
            ("2022", "2023-01-20", planted(number)),
            ("2021", "2022-01-20", number + 1),
        ):
            if (code, period) != (MISSING_OLD_CODE, "2021"):
                article = lake.article(outlet(f"to-{code}", code, "63"), f"Cả năm có {count} cuộc.", day)
                lake.fact(article, str(count), "voter_meetings", period)
                lake.fact(article, str(count), "petition_resolution_rate", period, value=50.0, unit="%")
    for code in old:
        lake.source(f"to-{code}", "party_newspaper", code, "63")


def planted(number: int) -> int:
    """Return the voter meetings of the n-th old province: sums of different provinces differ."""
    return 1000 + number * number


#: The old province that says nothing of 2021: Bắc Ninh, whose name and whose merger go on.
MISSING_OLD_CODE = "27"


def _tiles(lake: SmallLake) -> None:
    """Parts that tile a year, parts that do not, and a year that was reported itself."""
    for source, metric, parts in (
        (
            HA_TINH,
            "training_classes",
            {"2022-H1": 30, "2022-Q3": 11, "2022-10": 4, "2022-11": 5, "2022-12": 6},
        ),
        (HA_TINH, "outreach_sessions", {"2022-H1": 70, "2022-Q3": 20, "2022-YTD10": 99}),
        (HA_TINH, "mediators", {"2022-H1": 900, "2022-H2": 910}),
        (HA_NAM, "training_classes", {"2022-H1": 108, "2022-H2": 109, "2022": 220}),
        (BAC_GIANG, "training_classes", {"2025-H1": 21}),
        (OLD_BAC_NINH, "training_classes", {"2025-H1": 13}),
        (BAC_NINH, "training_classes", {"2025-H2": 40}),
    ):
        for period, count in parts.items():
            article = lake.article(source, f"Kỳ này đạt {count} đơn vị.", "2026-01-10")
            lake.fact(article, str(count), metric, period)


def _running(lake: SmallLake) -> None:
    for period, count, day in (
        ("2023-H1", 60, "2023-07-02"),
        ("2023-9M", 55, "2023-10-02"),
        ("2023", 90, "2024-01-03"),
    ):
        article = lake.article(BAC_GIANG, f"Đã tiếp {count} lượt.", day)
        lake.fact(article, str(count), "reception_visits", period)


def _statements(lake: SmallLake) -> None:
    text = (
        "Đồng chí Nguyễn Thị Mai, Phó Bí thư Tỉnh ủy, chủ trì. Một số nơi đối thoại còn hình thức. "
        'Năm 2025, mỗi xã sẽ đối thoại ít nhất hai lần. Mô hình "Ngày thứ sáu nghe dân" được nhân rộng.'
    )
    article = lake.article(HA_TINH, text, "2024-12-20")
    lake.add("officials", mention(article, "Nguyễn Thị Mai", "official", "Phó Bí thư Tỉnh ủy"))
    lake.add("initiatives", mention(article, "Ngày thứ sáu nghe dân", "initiative"))
    lake.add("shortcomings", statement(article, "Một số nơi đối thoại còn hình thức.", "shortcoming", "2024"))
    lake.add("commitments", statement(article, "mỗi xã sẽ đối thoại ít nhất hai lần", "commitment", "2025"))


def _corrections(lake: SmallLake) -> None:
    """Readings that the reviewed corrections of ``write_corrections`` are about."""
    article = lake.article(
        HA_TINH,
        "Tháng 3/2024 có 411 văn bản, 12 kiểm tra, 5 góp ý, 6 giám sát, 7 hòa giải, 8 lớp, 9 buổi.",
        "2024-04-02",
    )
    for quote, metric in (
        ("411", "documents_issued"),
        ("12", "democracy_inspections"),
        ("5", "party_building_comments"),
        ("6", "front_supervision_sessions"),
        ("7", "mediation_cases"),
        ("8", "training_classes"),
        ("9", "outreach_sessions"),
    ):
        lake.fact(article, quote, metric, "2024-03")


#: A reading of the article that Hà Nam's paper has replaced since.
_REPLACED_TEXT = "Tháng 5/2024 có 21 cuộc đối thoại."
_REPLACED = content_id(
    "fact",
    [
        content_id("doc", ["ha-nam", _REPLACED_TEXT, "2024-06-01"]),
        _REPLACED_TEXT.index("21"),
        "dialogue_sessions",
    ],
)

#: Reviewed corrections: id, place (fact_id,province_key,metric,period), action, value at review, value after it.
CORRECTIONS = [
    ("typo", ",63-42,documents_issued,2024-03", "replace_value", "411", "41"),
    ("misread", ",63-42,democracy_inspections,2024-03", "drop_reading", "12", ""),
    ("part", ",63-42,party_building_comments,2024-03", "set_subset", "false", "true"),
    (
        "wrong-metric",
        ",63-42,front_supervision_sessions,2024-03",
        "set_metric",
        "front_supervision_sessions",
        "investment_supervision_sessions",
    ),
    ("wrong-period", ",63-42,mediation_cases,2024-03", "set_period", "2024-03", "2024-Q1"),
    ("mended", ",63-42,training_classes,2024-03", "replace_value", "88", "8"),
    ("changed", ",63-42,outreach_sessions,2024-03", "replace_value", "99", "90"),
    ("gone", ",63-42,voter_opinions,2024-03", "replace_value", "1", "2"),
    ("replaced", f"{_REPLACED},,,", "replace_value", "21", "12"),
]


def write_corrections(path: Path, corrections: Sequence[tuple[str, ...]] = CORRECTIONS) -> None:
    """Write the reviewed corrections of the small lake as the seed that the project reads."""
    header = path.read_text(encoding="utf-8").splitlines()[0]
    review = "đọc lại bài gốc,Ban biên tập,2024-05-02,https://ha-tinh.example"
    lines = [",".join((*correction, review)) for correction in corrections]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def _ambiguous(lake: SmallLake) -> None:
    article = lake.article(CENTRAL, "Theo báo cáo, Hà Bắc có 61 cuộc; HN có 62 cuộc.", "2024-03-01")
    for quote, place in (("61", "Hà Bắc"), ("62", "HN")):
        lake.fact(article, quote, "dialogue_sessions", "2023", place=place)


def _misfits(lake: SmallLake) -> None:
    """Files that fit no record, beside the good ones; the pipeline sets them aside before anything is read."""
    schema = arrow_schema(Fact)
    empty = schema.empty_table()
    shapes = {
        "missing": empty.drop_columns(["quote"]),
        "extra": empty.append_column("colour", pa.array([], pa.string())),
        "type": empty.set_column(schema.get_field_index("value"), "value", pa.array([], pa.string())),
    }
    folder = lake.lake.landed / "facts"
    for name, table in shapes.items():
        write_table(folder / f"source={name}" / "date=2026-01-19" / "part.parquet", table)
    write_atomically(folder / "source=text" / "date=2026-01-19" / "part.parquet", b"no parquet at all")
    reject_misfits(lake.lake)

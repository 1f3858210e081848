"""What the small lake holds: one short story for each rule of the warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from small_lake import (
    NOON,
    SmallLake,
    attempt,
    citation,
    conference,
    hold,
    incident,
    outlet,
    response,
    submission,
)

from coso.lake import write_records
from coso.records import Fact

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
    ):
        story(lake)
    lake.write()
    _leftover(lake)


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
    lake.add("citations", citation(own, "120-KL/TW"))
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
    wrong = lake.article(HA_NAM, "Tháng 5/2024 có 21 cuộc đối thoại.", "2024-06-01")
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


def _leftover(lake: SmallLake) -> None:
    """Leave what a run leaves behind that is killed while it replaces a partition."""
    article = lake.article(HA_NAM, "Năm 2022 có 777 cuộc đối thoại.", "2023-01-04")
    stale = lake.fact(article, "777", "dialogue_sessions", "2022")
    folder = lake.lake.landed / "facts" / "source=ha-nam" / ".date=2026-01-19.old"
    write_records(folder / "part.parquet", Fact, [stale])

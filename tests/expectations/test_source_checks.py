"""Checks of sources and portals over time: damage, drift, volume, outage, feedback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from expectation_rows import AS_OF, Warehouse, document, fact, land, outcome, source, submission

from coso.lake import Lake
from coso.records import Fact, Outcome, Record, Submission
from expectations.checks import ALL_CHECKS, LANDED_CHECKS, MARTS_CHECKS
from expectations.gates import GateResult, check_landed, check_marts
from expectations.incidents import update_incidents

Rows = list[Record]


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def page(number: int, days: int, source_key: str = "bao-a", **changes: Any) -> Record:
    day = ago(days)
    values = {"sapo": "Tóm tắt.", "published_on": day, "fetched_at": noon(day), "source_key": source_key}
    return document(f"{source_key}-{days}-{number}", **(values | changes))


def pages(days: range, a_day: int = 1, **changes: Any) -> Rows:
    return [page(number, day, **changes) for day in days for number in range(a_day)]


def facts(rows: Rows, every: int) -> list[Fact]:
    return [
        fact(document_key=row.document_id.removeprefix("doc-"))  # type: ignore[attr-defined]
        for row in rows[::every]
    ]


def drift(kind: str) -> Rows:
    return [*pages(range(0, 14), parser_kind=kind), *pages(range(14, 70))]


def season(recent_facts: bool) -> Rows:
    """Two papers of which each second page has a figure, and a low season for both."""
    old, new = pages(range(28, 120)), pages(range(28))
    others_old, others_new = (pages(r, source_key="bao-b") for r in (range(28, 120), range(28)))
    told = facts(new, 2) if recent_facts else []
    return [
        *old,
        *new,
        *others_old,
        *others_new,
        *facts(old, 2),
        *told,
        *facts(others_old, 2),
        *facts(others_new, 2),
    ]


#: check -> (rows that fail, what is said, rows that pass)
LANDED: dict[str, tuple[Rows, str, Rows]] = {
    "landed.fill_rate": (
        [*pages(range(0, 14), sapo=None), *pages(range(14, 70))],
        "cột sapo",
        [*pages(range(0, 14), 1), *pages(range(14, 70)), *pages(range(0, 5), sapo=None)],
    ),
    "landed.selector_drift": (drift("general"), "100%", drift("selectors")),
    "landed.fact_share": (season(recent_facts=False), "0 bài", season(recent_facts=True)),
}


@pytest.mark.parametrize("check_id", LANDED)
def test_pages_are_read_as_before_or_it_is_told(lake: Lake, check_id: str) -> None:
    failing, says, passing = LANDED[check_id]
    land(lake, *failing)
    (cause,) = check_landed(lake, "run-1", AS_OF, [ALL_CHECKS[check_id]]).causes
    assert (cause.source_key, cause.province_code) == ("bao-a", "42")
    assert says in cause.told.expected.vi + cause.told.observed.vi
    land(lake, *passing)
    result = check_landed(lake, "run-2", AS_OF, [ALL_CHECKS[check_id]])
    assert result.causes == ()
    assert {verdict.status for verdict in result.verdicts} == {"passed"}


def attempts(bad_days: set[int], days: int = 80, key: str = "bao-a") -> list[Outcome]:
    return [
        outcome(f"{key}-{day}", key).__class__(
            **{
                name: getattr(outcome(f"{key}-{day}", key), name)
                for name in outcome("x", key).__slots__  # type: ignore[attr-defined]
            }
            | {"attempted_at": noon(ago(day)), "outcome": "timeout" if day in bad_days else "stored"}
        )
        for day in range(days)
    ]


def items(
    days: range, received: Callable[[int], date | None] | None = None, answer: int | None = 6
) -> list[Submission]:
    made = []
    for day in days:
        key, came = f"i{day}", ago(day)
        answered = None if answer is None or day < answer else came + timedelta(days=answer)
        made.append(
            submission(
                key, received_on=came, deadline_on=came + timedelta(days=15), answered_on=answered,
                status="answered" if answered else "in_progress", seen_at=noon(answered or came),
            )
        )  # fmt: skip
    return made


def late(days: range) -> list[Submission]:
    return [
        submission(
            f"l{day}", received_on=ago(day), deadline_on=ago(day - 15), answered_on=None, status="in_progress"
        )
        for day in days
    ]


def slower(days: int) -> list[Submission]:
    slow = [
        submission(f"s{n}", received_on=ago(10 + n % 9 + days), answered_on=ago(10 + n % 9), deadline_on=None)
        for n in range(12)
    ]
    return [*items(range(60, 180), answer=5), *slow]


def states(*statuses: str) -> list[Submission]:
    return [
        submission("b", version_id=f"subv-{number}", status=status, seen_at=noon(ago(20 - number)))
        for number, status in enumerate(statuses)
    ]


def burst(extra: int) -> list[Submission]:
    usual = [submission(f"u{n}", received_on=ago(8 + n % 77), deadline_on=None) for n in range(77)]
    return [
        *usual,
        *(submission(f"x{n}", received_on=ago(1 + n % 6), deadline_on=None) for n in range(extra)),
    ]


def backlog(last_answer: int) -> list[Submission]:
    waiting = [
        submission(f"w{n}", received_on=ago(30 + n), deadline_on=None, answered_on=None, status="in_progress")
        for n in range(15)
    ]
    return [*waiting, *(submission(f"d{n}", received_on=ago(80), answered_on=ago(last_answer + n), deadline_on=None)
                        for n in range(12))]  # fmt: skip


MARTS: dict[str, tuple[Rows, str, Rows]] = {
    "marts.source_silent": (
        [source("bao-a", freshness_days=30), outcome("1", "bao-a"), page(0, 31)],
        "31 ngày",
        [source("bao-a", freshness_days=30), outcome("1", "bao-a"), page(0, 30)],
    ),
    "marts.source_down": (
        [source("bao-a"), *attempts({0, 1, 2})], "3 ngày liền",
        [source("bao-a"), *attempts({0, 5, 6, 9})],
    ),
    "marts.volume": (
        [source("bao-a"), *attempts(set()), *pages(range(9, 70), 3)], "0 tin",
        [source("bao-a"), *attempts(set()), *pages(range(2, 70), 3)],
    ),
    "marts.feedback_overdue": (
        [source("cong-a"), *late(range(20, 45)), *items(range(20, 40), answer=6)], "25 trong 45",
        [source("cong-a"), *late(range(20, 25)), *items(range(20, 60), answer=6)],
    ),
    "marts.feedback_slow": (slower(14), "nay 14 ngày", slower(8)),
    "marts.feedback_backwards": (
        states("received", "answered", "in_progress"), "answered → in_progress",
        states("received", "in_progress", "answered", "in_progress", "closed"),
    ),
    "marts.feedback_burst": (burst(60), "60 phản ánh", burst(18)),
    "marts.feedback_frozen": (backlog(30), "15 phản ánh đang chờ", backlog(12)),
}  # fmt: skip


@pytest.mark.parametrize("check_id", MARTS)
def test_a_source_does_as_before_or_it_is_told(lake: Lake, warehouse: Warehouse, check_id: str) -> None:
    failing, says, passing = MARTS[check_id]
    land(lake, *failing)
    (cause,) = check_marts(lake, warehouse.path, "run-1", AS_OF, [ALL_CHECKS[check_id]]).causes
    assert cause.source_key in {"bao-a", "cong-a"}
    assert says in cause.told.observed.vi
    land(lake, *passing)
    result = check_marts(lake, warehouse.path, "run-2", AS_OF, [ALL_CHECKS[check_id]])
    assert [cause.told.observed.en for cause in result.causes] == []
    assert {verdict.status for verdict in result.verdicts} == {"passed"}


def test_every_check_of_a_source_has_its_cases() -> None:
    judged = {check.id for check in (*LANDED_CHECKS, *MARTS_CHECKS) if check.judges == "source"}
    elsewhere = {"landed.archive", "landed.submission_status", "landed.unread_pages", "landed.lost_pages"}
    elsewhere |= {"landed.layout_lost", "landed.layout_varied", "marts.source_blind"}  # test_sight_checks
    elsewhere |= {"marts.pages_too_large"}  # test_refused_pages
    assert judged == LANDED.keys() | MARTS.keys() | elsewhere


def test_nobody_misses_news_at_tet(lake: Lake, warehouse: Warehouse) -> None:
    tet, check = date(2025, 1, 29), ALL_CHECKS["marts.volume"]
    past = (AS_OF - tet).days
    rows = [source("bao-a"), *attempts(set(), 130), *pages(range(past + 4, 130), 3)]
    land(lake, *rows)
    after = tet + timedelta(days=6)
    assert check_marts(lake, warehouse.path, "run-1", after, [check]).causes == ()
    # Two weeks later nothing has come yet: that is not Tết any more.
    later = tet + timedelta(days=20)
    (cause,) = check_marts(lake, warehouse.path, "run-2", later, [check]).causes
    assert "0 tin" in cause.told.observed.vi


CONSEQUENCES = [
    ALL_CHECKS[name] for name in ("marts.source_down", "marts.source_silent", "marts.review_missing")
]


def judge(lake: Lake, warehouse: Warehouse, run: int) -> GateResult:
    return check_marts(lake, warehouse.path, f"run-{run}", AS_OF, CONSEQUENCES)


def test_an_outage_is_one_incident_and_silences_what_follows_from_it(
    lake: Lake, warehouse: Warehouse
) -> None:
    # The source is registered under today's frame; the province's review is of the old one.
    registered = source("bao-a", freshness_days=10, province_code="37", frame="34")
    warehouse.series("35", "petitions_received", {"2023": 1184})
    land(lake, registered, page(0, 40), *attempts(set()))
    before = update_incidents(lake, [judge(lake, warehouse, 1)], noon(ago(3)))
    assert {one.check_id for one in before.open} == {"marts.source_silent", "marts.review_missing"}

    land(lake, registered, page(0, 40), *attempts({0, 1}))
    result = judge(lake, warehouse, 2)
    assert [cause.check_id for cause in result.causes] == ["marts.source_down"]
    during = update_incidents(lake, [result], noon(ago(2)))
    # What was open before stays as it is: nobody can tell whether it is over.
    assert [one.check_id for one in during.opened] == ["marts.source_down"]
    assert during.resolved == ()
    assert len(during.open) == 3

    land(lake, registered, page(0, 1), *attempts({3, 4}))
    after = update_incidents(lake, [judge(lake, warehouse, 3)], noon(ago(1)))
    assert {one.check_id for one in after.resolved} == {"marts.source_down", "marts.source_silent"}
    assert [one.check_id for one in after.open] == ["marts.review_missing"]

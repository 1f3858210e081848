"""What reviewers decided about facts of the small lake, through the functions that `coso review` calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from small_lake import NOON, SmallLake
from small_lake_story import HA_NAM

from coso.records import Fact
from expectations.review.amend import read_changes
from expectations.review.decisions import add_decisions, decide
from expectations.review.readings import find_reading
from expectations.review.rulings import write_corrections

_TEXT = "Tháng 4/2024 có 931 cuộc đối thoại, 932 cuộc giám sát, 933 vụ hòa giải, 934 lớp, 935 buổi, 936 đoàn, 937."
_FACTS = (
    ("931", "dialogue_sessions"),
    ("932", "front_supervision_sessions"),
    ("933", "mediation_cases"),
    ("934", "training_classes"),
    ("935", "outreach_sessions"),
    ("936", "democracy_inspections"),
    ("937", "petitions_received"),
)

#: Decisions in their order: figure, verdict, corrected fields, reviewer.
DECISIONS = (
    ("931", "accepted", {}, "An"),
    ("932", "rejected", {}, "An"),
    ("933", "corrected", {"value": "9330", "metric": "mediation_cases_successful"}, "An"),
    ("934", "corrected", {"place": "Hà Tĩnh"}, "An"),
    ("935", "corrected", {"period": "2023-12"}, "An"),
    ("936", "rejected", {}, "An"),
    ("936", "accepted", {}, "Bình"),
    ("937", "rejected", {}, "An"),
)


def review(small: SmallLake) -> None:
    """Land an article, let people decide about its figures, and let the engine change its mind about the last."""
    day = NOON + timedelta(days=1)
    article = small.article(
        HA_NAM, _TEXT, "2025-10-02", url="https://ha-nam.example/duyet.html", fetched_at=day
    )
    facts = {quote: small.fact(article, quote, metric, "2024-04", place="Hà Nam") for quote, metric in _FACTS}
    small.write()
    _decide(small, facts)
    # A newer engine reads the last figure as another one: what was decided of it no longer holds.
    again = SmallLake(small.lake)
    article = again.article(
        HA_NAM, _TEXT, "2025-10-02", url="https://ha-nam.example/duyet.html", fetched_at=day
    )
    for quote, metric in _FACTS:
        changes = {"value": 9370.0} if quote == "937" else {}
        again.fact(article, quote, metric, "2024-04", place="Hà Nam", **changes)
    again.write()
    write_corrections(small.lake)


def _decide(small: SmallLake, facts: dict[str, Fact]) -> None:
    for number, (quote, verdict, typed, reviewer) in enumerate(DECISIONS):
        reading = find_reading(small.lake, facts[quote].fact_id)
        changes = read_changes(reading, typed) if typed else None
        now = datetime(2025, 10, 3, 1, number, tzinfo=UTC)
        add_decisions(small.lake, [decide(reading, verdict, reviewer, "đọc lại bài", now, changes)])

"""The log of what people decided about facts: decisions are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from coso.errors import BadInputError
from coso.ids import content_id
from coso.lake import Lake, read_table, write_records
from coso.records import ReviewDecision, from_table
from expectations.review.readings import Reading

ACCEPTED, CORRECTED, REJECTED = "accepted", "corrected", "rejected"

#: Reason of a decision that a reviewer gave none for; only accepting needs no words.
AS_READ = "the sentence says so"

_ALL = "all.parquet"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a correction changes; None stays as read.

    Attributes:
        metric: metric code.
        value: value in the unit written.
        period: notation of ``docs/periods.md``.
        place: place, most specific name first.
        place_code: official code of the place.
        province_code: its province, in ``frame``.
        frame: frame of the province code.
        level: level of the place.
        subset: whether the figure is a part of its metric.
    """

    metric: str | None = None
    value: float | None = None
    period: str | None = None
    place: str | None = None
    place_code: str | None = None
    province_code: str | None = None
    frame: str | None = None
    level: str | None = None
    subset: bool | None = None


def decide(
    reading: Reading, verdict: str, reviewer: str, reason: str, now: datetime, changes: Changes | None = None
) -> ReviewDecision:
    """Make a decision about a reading.

    Raises:
        BadInputError: who decides is missing, or why something is rejected or corrected.
    """
    reviewer, reason = reviewer.strip(), reason.strip()
    if not reviewer:
        raise BadInputError("nobody is named as reviewer", "say who decides with --by")
    if not reason and verdict != ACCEPTED:
        raise BadInputError(f"no reason is given why it is {verdict}", "say why with --reason")
    fact, made = reading.fact, changes or Changes()
    parts = (fact.fact_id, verdict, reviewer, reason, now.isoformat(), made)
    return ReviewDecision(
        decision_id=content_id("dcs", parts),
        fact_id=fact.fact_id,
        document_id=fact.document_id,
        source_key=fact.source_key,
        url=reading.article.url,
        char_start=fact.char_start,
        char_end=fact.char_end,
        sentence_offset=reading.sentence_offset,
        sentence_sha256=reading.sentence_digest,
        verdict=verdict,
        read_metric=fact.metric,
        read_value=fact.value,
        read_period=fact.period,
        read_place=fact.place,
        read_province_code=fact.province_code,
        read_frame=fact.frame,
        read_level=fact.level,
        read_subset=fact.subset,
        read_rule=fact.rule,
        read_confidence=fact.confidence,
        new_metric=made.metric,
        new_value=made.value,
        new_period=made.period,
        new_place=made.place,
        new_place_code=made.place_code,
        new_province_code=made.province_code,
        new_frame=made.frame,
        new_level=made.level,
        new_subset=made.subset,
        reviewer=reviewer,
        reason=reason or AS_READ,
        decided_at=now,
    )


def decide_likewise(one: ReviewDecision, reading: Reading) -> ReviewDecision:
    """Make the same decision about the same figure of another article."""
    return decide(reading, one.verdict, one.reviewer, one.reason, one.decided_at, changes_of(one))


def changes_of(decision: ReviewDecision) -> Changes:
    """Return what a decision changes."""
    return Changes(
        metric=decision.new_metric,
        value=decision.new_value,
        period=decision.new_period,
        place=decision.new_place,
        place_code=decision.new_place_code,
        province_code=decision.new_province_code,
        frame=decision.new_frame,
        level=decision.new_level,
        subset=decision.new_subset,
    )


def says_the_same(one: ReviewDecision, other: ReviewDecision) -> bool:
    """Whether a reviewer only repeats what he or she said of the same fact."""
    return (one.fact_id, one.verdict, one.reviewer, one.reason, changes_of(one)) == (
        (other.fact_id, other.verdict, other.reviewer, other.reason, changes_of(other))
    )


def read_decisions(lake: Lake) -> list[ReviewDecision]:
    """Return all decisions in the order in which they were made."""
    folder = lake.quality / "review_decisions"
    try:
        table = read_table(folder, ReviewDecision)
    except FileNotFoundError:
        # A run has just put the single files together: what they held is in the joint one now.
        table = read_table(folder, ReviewDecision)
    return _in_order(from_table(ReviewDecision, table))


def add_decisions(lake: Lake, decisions: Sequence[ReviewDecision], *, insist: bool = True) -> int:
    """Add decisions to the log, all or none; return how many are new.

    They go into a file of their own, so that reviewers wait neither for each other nor for a run. What repeats
    the last decision about the fact is left out.

    Args:
        lake: the lake.
        decisions: the decisions.
        insist: whether a reviewer who repeats himself overrules what others have decided since.
    """
    last: dict[tuple[str, str | None], ReviewDecision] = {}
    for one in read_decisions(lake):
        last[one.fact_id, None] = last[one.fact_id, one.reviewer] = one
    fresh = []
    for one in decisions:
        before = last.get((one.fact_id, None if insist else one.reviewer))
        if before is None or not says_the_same(before, one):
            fresh.append(one)
    if fresh:
        name = content_id("log", sorted(one.decision_id for one in fresh))
        write_records(lake.quality / "review_decisions" / f"{name}.parquet", ReviewDecision, _in_order(fresh))
    return len(fresh)


def gather_decisions(lake: Lake) -> list[ReviewDecision]:
    """Write the files of single decisions as one; return all decisions. The caller holds the lake.

    A run that is killed in between leaves decisions in two files, which are read as one.
    """
    folder = lake.quality / "review_decisions"
    single = [path for path in sorted(folder.glob("log-*.parquet")) if path.is_file()]
    decisions = read_decisions(lake)
    if single:
        write_records(folder / _ALL, ReviewDecision, decisions)
        for path in single:
            path.unlink()
    return decisions


def _in_order(decisions: Iterable[ReviewDecision]) -> list[ReviewDecision]:
    once = {one.decision_id: one for one in decisions}
    return sorted(once.values(), key=lambda one: (one.decided_at, one.decision_id))

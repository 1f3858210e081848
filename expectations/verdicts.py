"""Verdicts: what each check says of each province or source. Passed, failed, broken and not applicable differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from coso.ids import content_id
from coso.records import Verdict
from expectations.model import Finding, Outcome, Subject

#: Failing keys named in a verdict.
_SAMPLE = 5


def verdicts_of(run_id: str, outcomes: Sequence[Outcome], checked_at: datetime) -> list[Verdict]:
    """Return one verdict a check and province (or source) judged, sorted by id.

    A broken check, and one that found nothing to judge, give one verdict without a province.
    """
    made = [verdict for outcome in outcomes for verdict in _verdicts(run_id, outcome, checked_at)]
    return sorted(made, key=lambda verdict: verdict.verdict_id)


def _verdicts(run_id: str, outcome: Outcome, checked_at: datetime) -> Iterator[Verdict]:
    if outcome.status in {"broken", "not_applicable"}:
        yield _verdict(run_id, outcome, (None, None, None), 0, [], checked_at)
        return
    judged: dict[Subject, int] = defaultdict(int)
    for subject, rows in outcome.judged.items():
        judged[_whom(outcome, subject)] += rows
    failing: dict[Subject, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        subject = (finding.province_code, finding.frame, finding.source_key)
        failing[_whom(outcome, subject)].append(finding)
    for subject in judged.keys() | failing.keys():
        yield _verdict(run_id, outcome, subject, judged[subject], failing[subject], checked_at)


def _whom(outcome: Outcome, subject: Subject) -> Subject:
    province_code, frame, source_key = subject
    return (province_code, frame, source_key if outcome.check.judges == "source" else None)


def _verdict(
    run_id: str,
    outcome: Outcome,
    subject: Subject,
    judged: int,
    failing: Sequence[Finding],
    checked_at: datetime,
) -> Verdict:
    status = outcome.status
    if status in {"passed", "failed"}:
        status = "failed" if failing else "passed"
    keys = sorted({finding.row_id for finding in failing})
    province_code, frame, source_key = subject
    return Verdict(
        verdict_id=content_id("ver", [run_id, outcome.check.id, *subject]),
        run_id=run_id,
        gate=outcome.check.gate,
        check_id=outcome.check.id,
        severity=outcome.check.severity,
        status=status,
        province_code=province_code,
        frame=frame,
        source_key=source_key,
        checked_rows=judged,
        failing_rows=len(keys),
        detail=outcome.error or ", ".join(keys[:_SAMPLE]) or None,
        checked_at=checked_at,
    )

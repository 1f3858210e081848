"""The two gates: judge, keep refused rows apart, hold provinces, write the verdicts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from coso.lake import Lake, write_records
from coso.records import Hold, QuarantinedRow, Verdict
from expectations.causes import Cause, broken_cause, cause_of, one_per_cause
from expectations.checks import LANDED_CHECKS, MARTS_CHECKS
from expectations.context import Session, run_checks, session
from expectations.evidence import landed_evidence, marts_evidence
from expectations.model import Check, Finding, Gate, Outcome
from expectations.quarantine import quarantined_rows
from expectations.scratch import landed_scratch, marts_scratch
from expectations.verdicts import verdicts_of


@dataclass(frozen=True)
class GateResult:
    """What a gate said in one run.

    Attributes:
        gate: landed or marts.
        run_id: run that asked.
        verdicts: one a check and province or source.
        causes: troubles seen, one each.
        judged: checks that could be judged; incidents of the others are left as they are.
        quarantine: rows kept out of the warehouse (landed gate).
        holds: values of provinces kept from publication (marts gate).
    """

    gate: Gate
    run_id: str
    verdicts: tuple[Verdict, ...]
    causes: tuple[Cause, ...]
    judged: frozenset[str]
    quarantine: tuple[QuarantinedRow, ...] = ()
    holds: tuple[Hold, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether nothing may be published: a critical trouble that no single province can be held for.

        A critical check that is broken says nothing about any province, and a critical failure without a province
        may concern all of them. At the landed gate such rows are in quarantine, which is enough.
        """
        return any(
            cause.severity == "critical" and cause.province_code is None and not self._is_kept_apart(cause)
            for cause in self.causes
        )

    def _is_kept_apart(self, cause: Cause) -> bool:
        return any(row.check_id == cause.check_id for row in self.quarantine)


def check_landed(lake: Lake, run_id: str, as_of: date, checks: Sequence[Check] = LANDED_CHECKS) -> GateResult:
    """Judge the landed tables, write their verdicts, and rewrite the quarantine.

    Args:
        lake: the lake.
        run_id: run that asks.
        as_of: day reports are judged against.
        checks: the suite.
    """
    with landed_scratch(lake, as_of) as scratch, session(scratch) as open_session:
        outcomes = run_checks(open_session, checks)
        quarantine = tuple(quarantined_rows(open_session, outcomes))
        result = _result("landed", run_id, outcomes, open_session, quarantine=quarantine)
    write_records(lake.quality / "quarantine" / "part.parquet", QuarantinedRow, list(quarantine))
    _write_verdicts(lake, result)
    return result


def check_marts(
    lake: Lake, warehouse: Path, run_id: str, as_of: date, checks: Sequence[Check] = MARTS_CHECKS
) -> GateResult:
    """Judge the marts of a warehouse build, write their verdicts, and rewrite the holds.

    Args:
        lake: the lake.
        warehouse: DuckDB file of the build.
        run_id: run that asks.
        as_of: day reports are judged against.
        checks: the suite.

    Raises:
        BadInputError: the build is missing or cannot be opened.
    """
    with marts_scratch(lake, warehouse, as_of) as scratch, session(scratch) as open_session:
        outcomes = run_checks(open_session, checks)
        result = _result("marts", run_id, outcomes, open_session)
    write_records(lake.quality / "holds" / "part.parquet", Hold, list(result.holds))
    _write_verdicts(lake, result)
    return result


def _result(
    gate: Gate,
    run_id: str,
    outcomes: Sequence[Outcome],
    open_session: Session,
    quarantine: tuple[QuarantinedRow, ...] = (),
) -> GateResult:
    grouped = one_per_cause(finding for outcome in outcomes for finding in outcome.findings)
    firsts = [findings[0] for findings in grouped.values()]
    find = landed_evidence if gate == "landed" else marts_evidence
    evidence = find(open_session, firsts)
    causes = {cause_of(findings, evidence[findings[0]]): findings for findings in grouped.values()}
    broken = [broken_cause(outcome) for outcome in outcomes if outcome.error is not None]
    return GateResult(
        gate=gate,
        run_id=run_id,
        verdicts=tuple(verdicts_of(run_id, outcomes, datetime.now(UTC))),
        causes=(*causes, *broken),
        judged=frozenset(o.check.id for o in outcomes if o.status in {"passed", "failed"}),
        quarantine=quarantine,
        holds=tuple(_holds(causes)),
    )


def _holds(causes: Mapping[Cause, Sequence[Finding]]) -> list[Hold]:
    """Return what is held: of the province concerned, every metric that takes part in the trouble."""
    holds = [
        Hold(
            province_code=cause.province_code,
            frame=cause.frame,
            metric=metric,
            incident_id=cause.incident_id,
            reason=f"{cause.title.vi}: {cause.told.observed.vi}\n{cause.title.en}: {cause.told.observed.en}",
        )
        for cause, findings in causes.items()
        if cause.held and cause.province_code is not None and cause.frame is not None
        for metric in _metrics(findings)
    ]
    return sorted(
        holds, key=lambda hold: (hold.frame, hold.province_code, hold.metric or "", hold.incident_id)
    )


def _metrics(findings: Sequence[Finding]) -> tuple[str | None, ...]:
    """Return the metrics that take part; none named means all of the province."""
    named = {metric for finding in findings for metric, _ in finding.figures if metric}
    return tuple(sorted(named)) if named else (None,)


def _write_verdicts(lake: Lake, result: GateResult) -> None:
    run = re.sub(r"[^\w.-]", "_", result.run_id)
    write_records(lake.quality / "verdicts" / f"{run}-{result.gate}.parquet", Verdict, list(result.verdicts))

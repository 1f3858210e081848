"""The two gates: judge, keep refused rows apart, hold provinces, write the verdicts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from coso.lake import Lake, write_records
from coso.records import Hold, HoldRelease, QuarantinedRow, Verdict
from expectations.bounds import REVIEWED
from expectations.causes import Cause, broken_cause, cause_of, sort_out
from expectations.checks import LANDED_CHECKS, MARTS_CHECKS
from expectations.context import Session, run_checks, session
from expectations.events import read_releases
from expectations.evidence import landed_evidence, marts_evidence
from expectations.healthy import healthy_figures
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
        silenced: incidents explained by another trouble, such as a source that is down; they stay as they are.
    """

    gate: Gate
    run_id: str
    verdicts: tuple[Verdict, ...]
    causes: tuple[Cause, ...]
    judged: frozenset[str]
    quarantine: tuple[QuarantinedRow, ...] = ()
    holds: tuple[Hold, ...] = ()
    silenced: frozenset[str] = frozenset()

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
    lake: Lake,
    warehouse: Path,
    run_id: str,
    as_of: date,
    checks: Sequence[Check] = MARTS_CHECKS,
    bounds: Path = REVIEWED,
) -> GateResult:
    """Judge the marts of a warehouse build, write their verdicts, and rewrite the holds.

    Args:
        lake: the lake.
        warehouse: DuckDB file of the build.
        run_id: run that asks.
        as_of: day reports are judged against.
        checks: the suite.
        bounds: the reviewed file of bounds.

    Raises:
        BadInputError: the build is missing or cannot be opened, or the bounds cannot be read.
    """
    with marts_scratch(lake, warehouse, as_of, bounds) as scratch, session(scratch) as open_session:
        outcomes = run_checks(open_session, checks)
        result = _without_released(_result("marts", run_id, outcomes, open_session), read_releases(lake))
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
    sorted_out = sort_out(finding for outcome in outcomes for finding in outcome.findings)
    grouped = sorted_out.told
    firsts = [findings[0] for findings in grouped.values()]
    find = landed_evidence if gate == "landed" else marts_evidence
    evidence = find(open_session, firsts)
    told = [finding for findings in grouped.values() for finding in findings]
    healthy = healthy_figures(open_session, told) if gate == "marts" else {}
    causes = {
        cause_of(findings, evidence[findings[0]], healthy.get(key)): findings
        for key, findings in grouped.items()
    }
    broken = [broken_cause(outcome) for outcome in outcomes if outcome.error is not None]
    return GateResult(
        gate=gate,
        run_id=run_id,
        verdicts=tuple(verdicts_of(run_id, outcomes, datetime.now(UTC))),
        causes=(*causes, *broken),
        judged=frozenset(o.check.id for o in outcomes if o.status in {"passed", "failed"}),
        quarantine=quarantine,
        holds=tuple(_holds(causes)),
        silenced=sorted_out.silenced,
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


def _without_released(result: GateResult, releases: Sequence[HoldRelease]) -> GateResult:
    """Leave out the holds that a person released, as long as they rest on the same figures."""
    released = {(one.incident_id, one.metric, one.basis) for one in releases}
    basis = {cause.incident_id: cause.basis for cause in result.causes}
    holds = tuple(
        hold for hold in result.holds
        if (hold.incident_id, hold.metric, basis[hold.incident_id]) not in released
    )  # fmt: skip
    holding = {hold.incident_id for hold in holds}
    causes = tuple(replace(cause, held=cause.incident_id in holding) for cause in result.causes)
    return replace(result, causes=causes, holds=holds)


def _metrics(findings: Sequence[Finding]) -> tuple[str | None, ...]:
    """Return the metrics that take part; none named means all of the province."""
    named = {metric for finding in findings for metric, _ in finding.figures if metric}
    return tuple(sorted(named)) if named else (None,)


def _write_verdicts(lake: Lake, result: GateResult) -> None:
    run = re.sub(r"[^\w.-]", "_", result.run_id)
    write_records(lake.quality / "verdicts" / f"{run}-{result.gate}.parquet", Verdict, list(result.verdicts))

"""From failing rows to causes: one a trouble, however many rows and checks show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coso.ids import content_id
from coso.places import members, provinces, successor
from expectations.checks import ALL_CHECKS
from expectations.evidence import Evidence
from expectations.model import BROKEN_PREFIX, Check, Finding, Outcome, Severity, Told, Words
from expectations.wording import metric_words, period_words, province_name


@dataclass(frozen=True)
class Cause:
    """One trouble as one run sees it.

    Attributes:
        incident_id: the same in every run that sees it.
        check_id: check that sees it most exactly; ``platform.broken/…`` when a check itself raised.
        told: expected and observed, in words.
        rows: failing rows that show it.
        evidence: the sentence and the page that show it.
        held: whether it holds its province's publication.
        basis: id of the very figures it rests on; a person's decision stands as long as they do.
        last_healthy: the last good figure before it; None where it is about no figure, or the first.
    """

    incident_id: str
    check_id: str
    severity: Severity
    province_code: str | None
    frame: str | None
    source_key: str | None
    metric: str | None
    period: str | None
    told: Told
    rows: int
    fact_id: str | None
    evidence: Evidence
    held: bool
    basis: str = ""
    last_healthy: Words | None = None

    @property
    def title(self) -> Words:
        """What happened, in one line, with province, metric and period."""
        return _title(self)

    @property
    def mend(self) -> Words:
        """What to do about it."""
        check = check_of(self.check_id)
        if not self.check_id.startswith(BROKEN_PREFIX):
            return check.mend
        return Words(
            "xem lỗi, sửa phép kiểm tra hoặc bảng dữ liệu rồi chạy lại",
            "read the error, mend the check or the table, then run again",
        )


def check_of(check_id: str) -> Check:
    """Return the check an incident comes from, also when the check itself was broken.

    Raises:
        KeyError: no such check exists any more.
    """
    return ALL_CHECKS[check_id.removeprefix(BROKEN_PREFIX)]


@dataclass(frozen=True)
class Causes:
    """Failing rows sorted out.

    Attributes:
        told: failing rows by incident: one a cause.
        silenced: incidents that another trouble explains for now; they stay as they are.
    """

    told: dict[str, list[Finding]]
    silenced: frozenset[str]


def sort_out(findings: Iterable[Finding]) -> Causes:
    """Group failing rows by incident, leaving out what another check sees more exactly or explains."""
    listed = sorted(findings, key=lambda one: (one.batch, one.row_id))
    seen: dict[tuple[str | None, ...], set[str]] = defaultdict(set)
    explained: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for finding in listed:
        for metric, period in finding.figures:
            seen[(*_where(finding), metric, period)].add(finding.check_id)
        for place in _territory(finding):
            explained[place].add(finding.check_id)
    told: dict[str, list[Finding]] = defaultdict(list)
    silenced = set()
    for finding in listed:
        if _is_silenced(finding, explained):
            silenced.add(finding.incident_id)
        elif not _is_absorbed(finding, seen):
            told[finding.incident_id].append(finding)
    return Causes(dict(sorted(told.items())), frozenset(silenced - told.keys()))


def _where(finding: Finding) -> tuple[str | None, ...]:
    """Return the subject of a finding; a province that July 2025 left as it was is the same in both frames."""
    code, frame = finding.province_code, finding.frame
    if frame == "63" and (code or "", frame) in provinces() and len(members(successor(code or "").code)) == 1:
        code, frame = successor(code or "").code, "34"
    return (code, frame, finding.source_key)


def _territory(finding: Finding) -> list[tuple[str | None, str | None]]:
    """Return under which names a finding's source and province are known: the province by what holds it today."""
    places: list[tuple[str | None, str | None]] = []
    if finding.source_key:
        places.append(("source", finding.source_key))
    if finding.province_code and (finding.province_code, finding.frame or "") in provinces():
        old = finding.frame == "63"
        places.append(("province", successor(finding.province_code).code if old else finding.province_code))
    return places


def _is_silenced(finding: Finding, explained: dict[tuple[str | None, str | None], set[str]]) -> bool:
    """Whether its source is in a trouble that explains it, or, for what names no source, one of its province."""
    reasons = set(ALL_CHECKS[finding.check_id].silenced_by)
    kind = "source" if finding.source_key else "province"
    return any(reasons & explained[place] for place in _territory(finding) if place[0] == kind)


def _is_absorbed(finding: Finding, seen: dict[tuple[str | None, ...], set[str]]) -> bool:
    stronger = set(ALL_CHECKS[finding.check_id].absorbed_by)
    return any(stronger & seen[(*_where(finding), metric, period)] for metric, period in finding.figures)


def holds_province(finding: Finding) -> bool:
    """Whether a failing row holds its province: critical, at the marts gate, of a known province."""
    return (
        finding.severity == "critical"
        and ALL_CHECKS[finding.check_id].gate == "marts"
        and finding.province_code is not None
        and finding.frame is not None
    )


def cause_of(findings: Sequence[Finding], evidence: Evidence, last_healthy: Words | None = None) -> Cause:
    """Make a cause of the failing rows of one incident; the first of them gives words and evidence."""
    first = findings[0]
    told = first.told
    others = len({finding.told.observed for finding in findings}) - 1
    if others:
        more = Words(f"{told.observed.vi} (và {others} dòng khác)", f"{told.observed.en} (and {others} more)")
        told = Told(told.expected, more)
    return Cause(
        incident_id=first.incident_id,
        check_id=first.check_id,
        severity=first.severity,
        province_code=first.province_code,
        frame=first.frame,
        source_key=first.source_key,
        metric=first.metric,
        period=first.period,
        told=told,
        rows=len({(finding.batch, finding.row_id) for finding in findings}),
        fact_id=evidence.fact_id or first.fact_id,
        evidence=evidence,
        held=holds_province(first),
        basis=content_id("bas", sorted({finding.basis for finding in findings})),
        last_healthy=last_healthy,
    )


def broken_cause(outcome: Outcome) -> Cause:
    """Make a cause of a check that raised: nobody knows whether the data are right."""
    check = outcome.check
    expected = Words(f"phép kiểm tra {check.id} chạy được", f"check {check.id} can be run")
    error = outcome.error or "?"
    return Cause(
        incident_id=content_id("inc", [BROKEN_PREFIX + check.id]),
        check_id=BROKEN_PREFIX + check.id,
        severity="critical" if check.severity == "critical" else "warning",
        province_code=None,
        frame=None,
        source_key=None,
        metric=None,
        period=None,
        told=Told(expected, Words(error, error)),
        rows=0,
        fact_id=None,
        evidence=Evidence(None, None, None),
        held=False,
    )


def _title(cause: Cause) -> Words:
    check = check_of(cause.check_id)
    what = check.title
    if cause.check_id.startswith(BROKEN_PREFIX):
        what = Words(f"Phép kiểm tra bị hỏng: {what.vi}", f"A check is broken: {what.en}")
    return Words(_line(cause, what.vi, "vi"), _line(cause, what.en, "en"))


def _line(cause: Cause, what: str, language: str) -> str:
    where = province_name(cause.province_code, cause.frame) if cause.province_code else ""
    metric = getattr(metric_words(cause.metric), language) if cause.metric else ""
    period = getattr(period_words(cause.period), language) if cause.period else ""
    about = f"{metric} ({period})" if metric and period else metric or period or cause.source_key or ""
    line = f"{where}: {what}" if where else what
    return f"{line} – {about}" if about else line

"""The suites: every check of both gates, in the order of the documentation."""

from __future__ import annotations

from expectations.checks import (
    landed_arithmetic,
    landed_evidence,
    landed_form,
    landed_layout,
    landed_provenance,
    landed_sources,
    landed_submissions,
    marts_arithmetic,
    marts_arrival,
    marts_consistency,
    marts_feedback,
    marts_form,
    marts_plausibility,
    marts_refused,
    marts_sight,
)
from expectations.model import Check

LANDED_CHECKS: tuple[Check, ...] = (
    *landed_form.CHECKS,
    *landed_evidence.CHECKS,
    *landed_provenance.CHECKS,
    *landed_layout.CHECKS,
    *landed_sources.CHECKS,
    *landed_arithmetic.CHECKS,
    *landed_submissions.CHECKS,
)

MARTS_CHECKS: tuple[Check, ...] = (
    *marts_form.CHECKS,
    *marts_consistency.CHECKS,
    *marts_arithmetic.CHECKS,
    *marts_plausibility.CHECKS,
    *marts_arrival.CHECKS,
    *marts_sight.CHECKS,
    *marts_refused.CHECKS,
    *marts_feedback.CHECKS,
)

ALL_CHECKS: dict[str, Check] = {check.id: check for check in (*LANDED_CHECKS, *MARTS_CHECKS)}

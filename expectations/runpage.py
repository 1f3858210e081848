"""One page a run: every check, every province and source, what failed and why. One file, no request to anywhere.

Great Expectations' own Data Docs load styles and scripts from the web and are blank offline; this page is made from
the same results and says them in both languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from coso.lake import Lake, write_atomically
from coso.records import Verdict
from expectations.causes import Cause
from expectations.checks import ALL_CHECKS
from expectations.gates import GateResult
from expectations.messages import SEVERITY
from expectations.model import SEVERITIES
from expectations.wording import province_name

STATUS = {"failed": "không đạt / failed", "broken": "hỏng / broken", "passed": "đạt / passed",
          "not_applicable": "không có gì để xét / not applicable"}  # fmt: skip

_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #ccc;padding:.3rem .5rem;text-align:left;
vertical-align:top}th{background:#f3f3f3}.failed{background:#fde8e6}.broken{background:#f6d5f0}.passed{background:#e9f6ea}
.not_applicable{color:#767676}summary{cursor:pointer}q{font-style:italic}small{color:#555}
"""


def page_path(lake: Lake, run_id: str) -> Path:
    """Return where the page of a run lies: ``quality/pages/<run>.html``."""
    name = re.sub(r"[^\w.-]", "_", run_id)
    return lake.quality / "pages" / f"{name}.html"


def latest_page(lake: Lake) -> Path | None:
    """Return the page of the latest run, None before the first."""
    pages = list((lake.quality / "pages").glob("*.html"))
    return max(pages, key=lambda page: page.stat().st_mtime_ns) if pages else None


def write_page(lake: Lake, results: Sequence[GateResult]) -> Path | None:
    """Write the page of one run from what its gates said; None when no gate was asked."""
    if not results:
        return None
    path = page_path(lake, results[0].run_id)
    write_atomically(path, render(results).encode("utf-8"))
    return path


def render(results: Sequence[GateResult]) -> str:
    """Return the page as HTML."""
    title = f"Cơ Sở – kiểm tra / checks – {escape(results[0].run_id)}"
    causes = [cause for result in results for cause in result.causes]
    verdicts = [verdict for result in results for verdict in result.verdicts]
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{_counts(verdicts)}"
        f"<h2>Nguyên nhân / causes: {len(causes)}</h2>{_causes(causes)}"
        f"<h2>Phép kiểm tra / checks</h2>{_checks(verdicts)}</body></html>"
    )


def _counts(verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdict.status for verdict in verdicts)
    return (
        "<p>" + " · ".join(f"{escape(words)}: {counts[status]}" for status, words in STATUS.items()) + "</p>"
    )


def _causes(causes: Sequence[Cause]) -> str:
    if not causes:
        return "<p>Không có / none.</p>"
    head = ("", "Nguyên nhân / cause", "Mong đợi / expected", "Thực tế / observed", "Bằng chứng / evidence")
    rows = sorted(causes, key=lambda one: (SEVERITIES.index(one.severity), one.title.vi, one.incident_id))
    return _table(head, [_cause_cells(one) for one in rows])


def _cause_cells(cause: Cause) -> tuple[str, ...]:
    severity = SEVERITY[cause.severity]
    sentence = f"<q>{escape(cause.evidence.quote)}</q>" if cause.evidence.quote else ""
    url = escape(cause.evidence.url or "")
    page = (
        f'<br><a href="{url}" rel="noreferrer">{url}</a>' if url.startswith(("http://", "https://")) else url
    )
    held = "<br><b>đang giữ lại / held</b>" if cause.held else ""
    return (
        f"{escape(severity.vi)}<br><small>{escape(severity.en)}</small>",
        f"{_both(cause.title.vi, cause.title.en)}{held}<br><small>{escape(cause.check_id)}</small>",
        _both(cause.told.expected.vi, cause.told.expected.en),
        _both(cause.told.observed.vi, cause.told.observed.en),
        sentence + page,
    )


def _checks(verdicts: Sequence[Verdict]) -> str:
    rows = []
    for check_id, check in ALL_CHECKS.items():
        mine = [verdict for verdict in verdicts if verdict.check_id == check_id]
        if mine:
            worst = next(status for status in STATUS if any(v.status == status for v in mine))
            about = f"<b>{escape(check_id)}</b><br>{_both(check.title.vi, check.title.en)}"
            rows.append(
                (about, _both(check.meaning.vi, check.meaning.en), STATUS[worst], _subjects(mine), worst)
            )
    head = ("Phép kiểm tra / check", "Quy tắc / rule", "Kết quả / verdict", "Đối tượng / of whom")
    return _table(head, [row[:4] for row in rows], [row[4] for row in rows])


def _subjects(verdicts: Sequence[Verdict]) -> str:
    shown = [
        f"{escape(_name(one))}: {one.failing_rows}/{one.checked_rows} <small>{escape(one.detail or '')}</small>"
        for one in sorted(verdicts, key=_name) if one.status in {"failed", "broken"}
    ]  # fmt: skip
    passed = sum(verdict.status == "passed" for verdict in verdicts)
    summary = f"{len(shown)} không đạt / failed, {passed} đạt / passed"
    if not shown:
        return summary
    return f"<details><summary>{summary}</summary>{'<br>'.join(shown)}</details>"


def _name(verdict: Verdict) -> str:
    province = province_name(verdict.province_code, verdict.frame) if verdict.province_code else ""
    frame = f" ({verdict.frame})" if verdict.frame else ""
    return " · ".join(part for part in (province + frame, verdict.source_key or "") if part) or "–"


def _both(vi: str, en: str) -> str:
    return f"{escape(vi)}<br><small>{escape(en)}</small>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], classes: Sequence[str] = ()) -> str:
    marks = [*classes, *[""] * (len(rows) - len(classes))]
    body = "".join(
        f'<tr class="{mark}">' + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row, mark in zip(rows, marks, strict=True)
    )
    return f"<table><tr>{''.join(f'<th>{name}</th>' for name in head)}</tr>{body}</table>"

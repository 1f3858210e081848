"""The table of checks in ``docs/alerts.md``, made from the code: ``python -m expectations.docs`` writes it."""

from __future__ import annotations

from pathlib import Path

from coso.settings import PROJECT_ROOT
from expectations.checks import ALL_CHECKS
from expectations.messages import SEVERITY
from expectations.model import Check

PAGE = PROJECT_ROOT / "docs" / "alerts.md"

_BEGIN = "<!-- checks: written by python -m expectations.docs -->"
_END = "<!-- end of checks -->"
_HEAD = "| check | severity | says | rule | a failure | runbook |\n| --- | --- | --- | --- | --- | --- |\n"


def checks_table() -> str:
    """Return the table of all checks as Markdown."""
    return _HEAD + "".join(_row(check) for check in ALL_CHECKS.values())


def with_table(page: str) -> str:
    """Return the text of the page with the table as the code has it.

    Raises:
        ValueError: the page has lost the marks around the table.
    """
    before, _, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"the page has no {_BEGIN} … {_END}")
    return f"{before}{_BEGIN}\n{checks_table()}{_END}{after}"


def _row(check: Check) -> str:
    cells = (
        f"`{check.id}`",
        SEVERITY[check.severity].en.lower(),
        f"{check.title.vi}<br>*{check.title.en}*",
        check.meaning.en,
        _effect(check),
        f"[{check.runbook.removesuffix('.md')}](runbooks/{check.runbook})",
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def _effect(check: Check) -> str:
    if check.quarantines:
        return "row in quarantine"
    if check.gate == "marts" and check.severity == "critical":
        return "holds the metrics concerned of that province"
    return (
        "blocks the release"
        if check.severity == "critical"
        else "is told"
        if check.severity == "warning"
        else "is noted"
    )


def main(page: Path = PAGE) -> None:
    """Write the table into the page."""
    page.write_text(with_table(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()

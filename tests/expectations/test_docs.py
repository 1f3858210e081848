"""The documents say what the code does."""

from __future__ import annotations

import pytest

from coso.settings import PROJECT_ROOT
from expectations.checks import ALL_CHECKS
from expectations.docs import PAGE, checks_table, with_table

RUNBOOKS = PROJECT_ROOT / "docs" / "runbooks"


def test_the_table_of_checks_is_the_codes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_table(page) == page, "run python -m expectations.docs"
    assert all(f"| `{check_id}` |" in checks_table() for check_id in ALL_CHECKS)


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="has no"):
        with_table("nothing here")


@pytest.mark.parametrize("check_id", ALL_CHECKS)
def test_a_check_has_its_words_and_its_runbook(check_id: str) -> None:
    check = ALL_CHECKS[check_id]
    assert f"`{check_id}`" in (RUNBOOKS / check.runbook).read_text(encoding="utf-8")
    for words in (check.title, check.meaning, check.mend):
        assert words.vi.strip()
        assert words.en.strip()
        assert words.vi != words.en
        assert "\n" not in words.vi + words.en
    assert check.id.startswith(("landed.", "marts."))
    assert set(check.absorbed_by) <= ALL_CHECKS.keys()


def test_ids_are_unique_and_runbooks_are_listed() -> None:
    index = (RUNBOOKS / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in RUNBOOKS.glob("*.md")} - {"README.md"}
    assert all(f"({page})" in index for page in pages)
    assert {check.runbook for check in ALL_CHECKS.values()} | {"broken-check.md", "platform.md"} == pages

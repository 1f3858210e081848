"""Cron lines of source files: when a source was last due, in Vietnam's time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scrapers.schedule import cron_line, last_due

#: A Sunday, seven in the evening in Vietnam.
NOW = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("0 19 * * *", "2026-11-22 19:00"),
        ("1 19 * * *", "2026-11-21 19:01"),
        ("20 */6 * * *", "2026-11-22 18:20"),
        ("7 3-23/6 * * *", "2026-11-22 15:07"),
        ("5 3/12 * * *", "2026-11-22 15:05"),
        ("30 5,17 * * 1-5", "2026-11-20 17:30"),
        ("0 0 * * 7", "2026-11-22 00:00"),
        ("0 0 * * 0", "2026-11-22 00:00"),
        ("17 3 1 * *", "2026-11-01 03:17"),
        ("0 12 13 * 5", "2026-11-20 12:00"),
        ("0 0 29 2 *", "2024-02-29 00:00"),
    ],
)
def test_the_last_moment_a_line_names(line: str, due: str) -> None:
    found = last_due(line, NOW)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == due
    assert last_due(line, found) == found


def test_a_day_that_never_comes() -> None:
    assert last_due("0 0 30 2 *", NOW) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("daily", "no cron line"),
        ("* * * *", "no cron line"),
        ("x * * * *", "'x' is no minute"),
        ("60 * * * *", "'60' is outside the minutes"),
        ("0 5-3 * * *", "'5-3' is outside the hours"),
        ("0 0 0 * *", "'0' is outside the days"),
        ("0 0 * * */0", "outside the weekdays"),
    ],
)
def test_lines_that_are_none(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        cron_line(line)

"""How the rows of two relations belong together, in SQL; every comparison of figures rests on one of these."""

from __future__ import annotations


def same_province(one: str, other: str) -> str:
    """Return the condition that two rows are of one province in one frame; the arguments are their aliases."""
    return f"{one}.province_code = {other}.province_code and {one}.frame = {other}.frame"


def same_report(one: str, other: str) -> str:
    """Return the condition that two rows are of one province and period."""
    return f"{same_province(one, other)} and {one}.period = {other}.period"


def same_figure(one: str, other: str) -> str:
    """Return the condition that two rows are of one province, metric and period."""
    return f"{same_report(one, other)} and {one}.metric = {other}.metric"


def larger_than(part: str, whole: str, slack: float) -> str:
    """Return the condition that a value is above another; where one of them is approximate, by more than ``slack``."""
    rough = f"{part}.is_approximate or {whole}.is_approximate"
    return f"{part}.value > {whole}.value * case when {rough} then {1 + slack} else 1 end"

"""What a run of alarms is worth: which planted faults it names, and what it says besides."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

from benchmarks.alerts.baselines import Signal
from benchmarks.alerts.country import CODES_63, END, START
from benchmarks.alerts.faults import Fault
from coso.places import members, successor

#: Province-years that were watched. Alarms about older figures count as well, so this is the strict denominator.
PROVINCE_YEARS = len(CODES_63) * (END - START).days / 365.25


@dataclass
class Score:
    """Alarms of one method against the planted faults.

    Attributes:
        first: for each fault found, days from when it could be seen to the first alarm about it.
        named: faults found by a check that names the trouble rightly.
        false: alarms about nothing planted.
        more: further alarms about a fault that was told already.
    """

    faults: list[Fault]
    first: dict[int, int] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)
    false: list[tuple[date, Signal]] = field(default_factory=list)
    more: list[tuple[date, Signal]] = field(default_factory=list)
    _seen: set[Signal] = field(default_factory=set)
    _told: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, day: date, signals: list[Signal]) -> None:
        """Take the alarms of a day that were not there on the day before."""
        for signal in signals:
            places = [number for number, fault in enumerate(self.faults) if _is_about(fault, signal, day)]
            for number in places:
                self._note(number, day, signal)
            if not places:
                self.false.append((day, signal))

    def add_standing(self, day: date, signals: list[Signal]) -> None:
        """Take all alarms that stand on a day, for methods without a memory: each counts when it appears."""
        now = set(signals)
        self.add(day, [one for one in signals if one not in self._seen])
        self._seen = now

    def _note(self, number: int, day: date, signal: Signal) -> None:
        fault = self.faults[number]
        if number not in self.first:
            self.first[number] = max(0, (day - fault.since).days)
        elif signal.check not in self._told[number]:
            self.more.append((day, signal))
        self._told[number].add(signal.check)
        if signal.check in fault.checks:
            self.named.add(number)

    def summary(self) -> dict[str, Any]:
        """Return recall, false alarms and time to alert."""
        by_kind: dict[str, list[int]] = defaultdict(list)
        for number, fault in enumerate(self.faults):
            by_kind[fault.kind].append(number)
        kinds = {
            kind: {
                "planted": len(numbers),
                "found": sum(number in self.first for number in numbers),
                "named_rightly": sum(number in self.named for number in numbers),
                "days_to_alert": median([self.first[n] for n in numbers if n in self.first] or [0]),
            }
            for kind, numbers in by_kind.items()
        }
        return {
            "recall": len(self.first) / len(self.faults),
            "least_recall_of_a_kind": min(one["found"] / one["planted"] for one in kinds.values()),
            "named_rightly": len(self.named) / len(self.faults),
            "false_alarms": len(self.false),
            "false_alarms_per_province_year": len(self.false) / PROVINCE_YEARS,
            "false_alarms_by_check": dict(Counter(signal.check for _, signal in self.false).most_common()),
            "further_alarms_of_a_cause": len(self.more),
            "days_to_alert": median(self.first.values() or [0]),
            "kinds": kinds,
        }


def _is_about(fault: Fault, signal: Signal, day: date) -> bool:
    if fault.source is not None:
        if signal.source is not None:
            return signal.source == fault.source and fault.since <= day <= fault.until + timedelta(days=35)
        # What a province lacks while its source is in trouble.
        if signal.check not in fault.checks:
            return False
        return _today(signal) == fault.where and signal.metric is None and fault.since <= day <= fault.until
    if signal.source is not None and signal.metric is None and signal.period is None:
        return False
    if signal.check == "marts.cumulative":
        # It names the shorter period; the wrong figure may be that of the longer one.
        touched = {(_now(c, f), m, p[:4]) for c, f, m, p in fault.figures if p is not None}
        return (_now(signal.code, signal.frame), signal.metric, (signal.period or "")[:4]) in touched
    here = (signal.code, signal.frame, signal.metric, signal.period)
    return here in fault.figures or (signal.code, signal.frame, None, signal.period) in fault.figures


def _now(code: str | None, frame: str | None) -> tuple[str | None, str | None]:
    """Return a province by today's frame where July 2025 left it as it was."""
    if frame == "63" and code and len(members(successor(code).code)) == 1:
        return successor(code).code, "34"
    return code, frame


def _today(signal: Signal) -> str | None:
    return successor(signal.code).code if signal.code and signal.frame == "63" else signal.code

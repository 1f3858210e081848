"""The planted truth of a whole country: what every province reports of every period, before a word is written.

Counts follow the population of a province, grow or shrink a little from year to year, and fit each other: parts are
smaller than their wholes, half-years smaller than their years, rates what their counts say. The same seed gives the
same country.
"""

from __future__ import annotations

import csv
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from coso.places import members, provinces
from coso.settings import REFERENCE

DATA = Path(__file__).parent / "country"

#: Years that every one of the 63 provinces reports in full, and the year of the 34.
YEARS = (2022, 2023, 2024)
MERGED_YEAR = 2025
HALF_YEARS = ("2023-H1", "2024-H1", "2025-H1")

#: From one year to the next a count changes by so much at most, down and up.
_GROWTH = (0.92, 1.12)
#: Share of a year that its first half brings, and what a half-year says of a stock.
_FIRST_HALF, _STOCK_THEN = (0.42, 0.52), (0.97, 1.0)


@dataclass(frozen=True, order=True)
class Key:
    """What a figure is of."""

    frame: str
    code: str
    metric: str
    period: str


@dataclass(frozen=True)
class Country:
    """All planted figures, by what they are of; money in đồng, areas in m2, rates in percent."""

    values: Mapping[Key, float]

    @cached_property
    def _reviews(self) -> dict[tuple[str, str, str], dict[str, float]]:
        reviews: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
        for key, value in self.values.items():
            reviews[key.frame, key.code, key.period][key.metric] = value
        return reviews

    def of(self, frame: str, code: str, period: str) -> dict[str, float]:
        """Return a province's figures of one period, by metric; none where it reports nothing."""
        return self._reviews.get((frame, code, period), {})


@cache
def rules() -> dict[str, dict[str, Any]]:
    """Return how each metric is made (``country/figures.yml``)."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "figures.yml").read_text(encoding="utf-8"))
    return loaded


def codes(frame: str) -> list[str]:
    """Return the provinces of a frame."""
    return sorted(code for code, of in provinces() if of == frame)


def plant(provinces_63: Iterable[str], seed: int = 0) -> Country:
    """Return the truth for these provinces of the 63, and for those of the 34 whose members are all among them."""
    chosen = set(provinces_63)
    values: dict[Key, float] = {}
    roots = {code: dict(_roots(code, seed)) for code in sorted(chosen)}
    for code in sorted(chosen):
        for year in YEARS:
            _add(values, Key("63", code, "", str(year)), roots[code][year], seed)
        for half in HALF_YEARS:
            whole = roots[code][int(half[:4])]
            _add(values, Key("63", code, "", half), _first_half(whole, f"{seed}/{code}/{half}"), seed)
    for code in codes("34"):
        parts = [roots[member.code][MERGED_YEAR] for member in members(code) if member.code in chosen]
        if len(parts) == len(members(code)):
            joined = {metric: sum(part[metric] for part in parts) for metric in parts[0]}
            _add(values, Key("34", code, "", str(MERGED_YEAR)), joined, seed)
    return Country(values)


def _roots(code: str, seed: int) -> Iterator[tuple[int, dict[str, float]]]:
    """Yield, year by year, the counts that stand on their own."""
    dice = random.Random(f"{seed}/{code}")
    size = _population()[code] / 1000
    level = {
        metric: _plausible(metric, rule["per_million"] * size**0.8 * math.exp(dice.gauss(0, 0.2)))
        for metric, rule in rules().items()
        if "per_million" in rule
    }
    for year in (*YEARS, MERGED_YEAR):
        yield year, dict(level)
        level = {metric: value * dice.uniform(*_GROWTH) for metric, value in level.items()}


def _first_half(year: Mapping[str, float], seed: str) -> dict[str, float]:
    dice = random.Random(seed)
    return {
        metric: value * dice.uniform(*(_STOCK_THEN if rules()[metric].get("stock") else _FIRST_HALF))
        for metric, value in year.items()
    }


def _add(values: dict[Key, float], key: Key, roots: Mapping[str, float], seed: int) -> None:
    dice = random.Random(f"{seed}/{key}")
    made: dict[str, float] = {}
    for metric, rule in rules().items():
        made[metric] = _make(metric, rule, roots, made, dice)
        values[Key(key.frame, key.code, metric, key.period)] = made[metric]


def _make(
    metric: str,
    rule: Mapping[str, Any],
    roots: Mapping[str, float],
    made: Mapping[str, float],
    dice: random.Random,
) -> float:
    if "percent" in rule:
        return round(dice.uniform(*rule["percent"]), 1)
    if "rate" in rule:
        part, whole = rule["rate"]
        return round(100 * made[part] / made[whole], 1)
    if "rest" in rule:
        return made[rule["of"]] - sum(made[part] for part in rule["rest"])
    exact = made[rule["of"]] * dice.uniform(*rule["share"]) if "of" in rule else roots[metric]
    step = rule.get("step", 1)
    return float(round(exact / step) * step)


def in_standard_unit(value: float, unit: str | None) -> float:
    """Return a value as read in the unit of the truth: hectares as m2."""
    return round(value * 10_000, 6) if unit == "ha" else value


def _plausible(metric: str, value: float) -> float:
    """Return the value within the dictionary's range of a year, with room for years of growth and decline."""
    lowest, highest = _ranges()[metric]
    return min(max(value, 3 * lowest), 0.65 * highest)


@cache
def _ranges() -> dict[str, tuple[float, float]]:
    with (REFERENCE / "metrics.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["code"]: (float(row["min_year_63"]), float(row["max_year_63"])) for row in rows}


@cache
def _population() -> dict[str, float]:
    """Average population of 2019 in thousands, by code of the 63."""
    with (REFERENCE / "provinces_63.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: float(row["pop_2019_avg_thousand"]) for row in csv.DictReader(file)}

"""The metric dictionary: what each code of ``dbt_project/seeds/metrics.csv`` counts, and in which bounds."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coso.errors import BadInputError
from coso.settings import REFERENCE

KINDS = ("flow", "stock", "rate")


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of the dictionary.

    Attributes:
        code: stable name.
        theme: group of metrics.
        name_vi: name in Vietnamese.
        name_en: name in English.
        unit_vi: counted noun in Vietnamese.
        unit: counted noun in English; ``percent`` for rates.
        kind: flow (adds up over time), stock (as of a day) or rate.
        numerator: code, or ``base:`` and a name without a code, that a rate divides; None for counts.
        denominator: the same for what it is divided by.
        min_year: least value that is plausible for one of the 63 provinces and a year.
        max_year_63: greatest such value.
        max_year_34: greatest plausible value for one of the 34 provinces.
        tier: core or extended.
        note: what tells it from its neighbours.
        part_of: code of the whole that it is a part of; None when it has none.
    """

    code: str
    theme: str
    name_vi: str
    name_en: str
    unit_vi: str
    unit: str
    kind: str
    numerator: str | None
    denominator: str | None
    min_year: float
    max_year_63: float
    max_year_34: float
    tier: str
    note: str
    part_of: str | None


@lru_cache(maxsize=4)
def load_metrics(path: Path = REFERENCE / "metrics.csv") -> dict[str, Metric]:
    """Read the dictionary, by code, in the order of the file.

    Raises:
        BadInputError: a row lacks a column, repeats a code, or names a code that does not exist.
    """
    metrics: dict[str, Metric] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            metric = _read_row(row, f"{path.name}:{line}")
            if metric.code in metrics:
                raise BadInputError(f"{path.name}:{line}: code {metric.code} comes twice", "remove one row")
            metrics[metric.code] = metric
    _check_links(metrics, path.name)
    return metrics


def _read_row(row: dict[str, str], where: str) -> Metric:
    try:
        metric = Metric(
            code=row["code"],
            theme=row["theme"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            unit_vi=row["unit_vi"],
            unit=row["unit"],
            kind=row["kind"],
            numerator=row["numerator"] or None,
            denominator=row["denominator"] or None,
            min_year=float(row["min_year_63"]),
            max_year_63=float(row["max_year_63"]),
            max_year_34=float(row["max_year_34"]),
            tier=row["tier"],
            note=row["note"],
            part_of=row["part_of"] or None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError(f"{where}: cannot be read ({error})", "give the row every column") from None
    if metric.kind not in KINDS or not metric.code:
        raise BadInputError(f"{where}: kind {metric.kind!r} is unknown", f"use one of {', '.join(KINDS)}")
    return metric


def _check_links(metrics: dict[str, Metric], name: str) -> None:
    for metric in metrics.values():
        for link in (metric.part_of, metric.numerator, metric.denominator):
            if link and not link.startswith("base:") and link not in metrics:
                raise BadInputError(
                    f"{name}: {metric.code} refers to {link}, which has no row",
                    "add the row or mend the name",
                )

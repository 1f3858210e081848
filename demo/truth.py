"""What the sample portals plant and what has to come of it, read from ``demo/truth.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from coso.errors import BadInputError

TRUTH_FILE = Path(__file__).parent / "truth.yml"

Agreement = Literal["single", "agree", "conflict"]
Effect = Literal["hold", "quarantine", "none"]
Conduct = Literal["fail_once", "slow", "gone", "disallowed", "soft_404", "wrong_charset"]


@dataclass(frozen=True)
class Outlet:
    """One portal: its name in this folder, its key in the registry, and the province it reports on."""

    name: str
    source_key: str
    province_code: str | None


@dataclass(frozen=True)
class Change:
    """The comparison the prose makes: ``direction`` is increase or decrease, ``amount`` is in ``unit``."""

    direction: str
    amount: float
    unit: str
    baseline: str


@dataclass(frozen=True)
class Figure:
    """One planted figure; ``value`` has its multiplier applied, percents are percents.

    Attributes:
        name: how the prose names it: the metric, or ``part.<name>``.
        reported: value by outlet, where outlets differ.
        denominator: the y of x/y.
        level: province, or district for a figure of one district.
        tier: tier that acted, when the figure covers that tier alone.
        trouble: the planted trouble it takes part in.
    """

    name: str
    metric: str
    province_code: str
    period: str
    value: float
    sources: int
    written: str | None
    reported: Mapping[str, float] = field(hash=False)
    denominator: float | None
    approx: str | None
    change: Change | None
    level: str
    place: str
    tier: str | None
    trouble: str | None

    def value_at(self, outlet: str) -> float:
        """Return the value as this outlet reports it."""
        return self.reported.get(outlet, self.value)


@dataclass(frozen=True)
class ExpectedValue:
    """One row of the reconciled values, a province, metric and period each.

    Attributes:
        sources: outlets that report it.
        reported: value by outlet, where outlets differ; ``value`` is that of the province's own paper.
        trouble: the planted trouble it takes part in.
        held: whether its metric is kept from publication in its province.
    """

    province_code: str
    frame: str
    metric: str
    period: str
    value: float
    sources: int
    agreement: Agreement
    reported: Mapping[str, float] = field(hash=False)
    trouble: str | None
    held: bool


@dataclass(frozen=True)
class ExpectedIncident:
    """One incident that must be open after the run, and no others.

    Attributes:
        trouble: name of the planted trouble, or the conduct of a page.
        check_id: the check that has to see it.
        effect: hold, quarantine or none.
        province_code: empty for an incident of a source.
        source_key: empty for an incident of a province.
        articles: where it stands, as ``outlet/page``.
    """

    trouble: str
    kind: str
    check_id: str
    effect: Effect
    province_code: str | None
    frame: str | None
    source_key: str | None
    metric: str | None
    period: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True)
class ExpectedSubmission:
    """What one item of the feedback portal must become."""

    external_id: str
    status: str
    deadline_basis: str
    on_time: str


@dataclass(frozen=True)
class ExpectedOutcome:
    """What a page does besides answering, and the class of the outcome its first fetch must end in.

    Attributes:
        page: name of the article, or of a page that is linked but holds none.
        tries: requests that fetch takes.
        title: what the link to a page without an article says.
        incident: check that reports the page, where one does.
    """

    outlet: str
    source_key: str
    page: str
    conduct: Conduct
    outcome: str
    tries: int
    title: str | None
    incident: str | None


@dataclass(frozen=True)
class Truth:
    """All that is planted."""

    as_of: date
    frame: str
    provinces: Mapping[str, str]
    outlets: Mapping[str, Outlet]
    figures: tuple[Figure, ...]
    parts: tuple[Figure, ...]
    troubles: tuple[ExpectedIncident, ...]
    outcomes: tuple[ExpectedOutcome, ...]
    submissions: tuple[ExpectedSubmission, ...]

    def figure(self, province_code: str, period: str, name: str) -> Figure | None:
        """Return the figure or part with this name, or None."""
        wanted = (province_code, period, name)
        every = (*self.figures, *self.parts)
        return next((f for f in every if (f.province_code, f.period, f.name) == wanted), None)


@cache
def load_truth(path: Path = TRUTH_FILE) -> Truth:
    """Read the file of planted truth.

    Raises:
        BadInputError: the file is broken or lacks a key.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _truth(raw)
    except yaml.YAMLError as error:
        raise BadInputError(f"{path}: broken YAML ({str(error).splitlines()[0]})", "mend the line") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInputError(
            f"{path}: {error!r} while reading", "write it as the comments there say"
        ) from None


def expected_values(*, held: bool = False) -> list[ExpectedValue]:
    """Return the rows that must be published, ordered by province, period and metric.

    Args:
        held: also give the rows of metrics that a planted trouble keeps from publication: all of them together
            are the reconciled values of the warehouse. Quarantined figures are in neither.
    """
    truth = load_truth()
    effects = {incident.trouble: incident.effect for incident in truth.troubles}
    keeping = {(i.province_code, i.metric) for i in truth.troubles if i.effect == "hold"}
    rows = [
        _expected_value(truth.frame, figure, held=(figure.province_code, figure.metric) in keeping)
        for figure in truth.figures
        if effects.get(figure.trouble or "") != "quarantine"
    ]
    wanted = [row for row in rows if held or not row.held]
    return sorted(wanted, key=lambda row: (row.province_code, row.period, row.metric))


def expected_incidents() -> list[ExpectedIncident]:
    """Return the incidents that must be open after the run: of the planted troubles, and of unreadable pages."""
    truth = load_truth()
    return [*truth.troubles, *(_page_incident(o) for o in truth.outcomes if o.incident)]


def expected_submissions() -> list[ExpectedSubmission]:
    """Return what each item of the feedback portal must become."""
    return list(load_truth().submissions)


def expected_outcomes() -> list[ExpectedOutcome]:
    """Return the pages with a conduct of their own and the outcome of each."""
    return list(load_truth().outcomes)


def _truth(raw: Mapping[str, Any]) -> Truth:
    frame, provinces = raw["frame"], raw["provinces"]
    outlets = {name: Outlet(name, o["source_key"], o["province"]) for name, o in raw["outlets"].items()}
    return Truth(
        as_of=raw["as_of"],
        frame=frame,
        provinces=provinces,
        outlets=outlets,
        figures=tuple(_figure(key, cell, provinces) for key, cell in _cells(raw["values"])),
        parts=tuple(_figure(key, cell, provinces, "part.") for key, cell in _cells(raw["parts"])),
        troubles=tuple(_incident(name, cell, frame) for name, cell in raw["troubles"].items()),
        outcomes=tuple(_outcome(cell, outlets) for cell in raw["conduct"]),
        submissions=tuple(ExpectedSubmission(key, **cell) for key, cell in raw["submissions"].items()),
    )


def _cells(nested: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], Any]]:
    for province, periods in nested.items():
        for period, metrics in periods.items():
            for name, cell in metrics.items():
                yield (province, period, name), cell


def _figure(key: tuple[str, str, str], cell: Any, provinces: Mapping[str, str], prefix: str = "") -> Figure:
    province, period, name = key
    full = cell if isinstance(cell, dict) else {"value": cell}
    return Figure(
        name=prefix + name,
        metric=full.get("metric", name),
        province_code=province,
        period=period,
        value=float(full["value"]),
        sources=full.get("sources", 1),
        written=full.get("written"),
        reported={outlet: float(value) for outlet, value in full.get("reported", {}).items()},
        denominator=full.get("of"),
        approx=full.get("approx"),
        change=_change(full["change"]) if "change" in full else None,
        level=full.get("level", "province"),
        place=full.get("place", provinces[province]),
        tier=full.get("tier"),
        trouble=full.get("trouble"),
    )


def _change(cell: Mapping[str, Any]) -> Change:
    direction = "decrease" if "decrease" in cell else "increase"
    return Change(direction, float(cell[direction]), cell["unit"], str(cell["baseline"]))


def _incident(name: str, cell: Mapping[str, Any], frame: str) -> ExpectedIncident:
    return ExpectedIncident(
        trouble=name,
        kind=cell["kind"],
        check_id=cell["check"],
        effect=cell["effect"],
        province_code=cell["province"],
        frame=frame,
        source_key=None,
        metric=cell["metric"],
        period=cell["period"],
        articles=tuple(cell["articles"]),
    )


def _page_incident(outcome: ExpectedOutcome) -> ExpectedIncident:
    return ExpectedIncident(
        trouble=outcome.conduct,
        kind="page_unreadable",
        check_id=outcome.incident or "",
        effect="none",
        province_code=None,
        frame=None,
        source_key=outcome.source_key,
        metric=None,
        period=None,
        articles=(f"{outcome.outlet}/{outcome.page}",),
    )


def _outcome(cell: Mapping[str, Any], outlets: Mapping[str, Outlet]) -> ExpectedOutcome:
    return ExpectedOutcome(
        outlet=cell["outlet"],
        source_key=outlets[cell["outlet"]].source_key,
        page=str(cell["page"]),
        conduct=cell["conduct"],
        outcome=cell["outcome"],
        tries=cell.get("tries", 1),
        title=cell.get("title"),
        incident=cell.get("incident"),
    )


def _expected_value(frame: str, figure: Figure, *, held: bool) -> ExpectedValue:
    agreement: Agreement = "single" if figure.sources == 1 else "agree"
    return ExpectedValue(
        province_code=figure.province_code,
        frame=frame,
        metric=figure.metric,
        period=figure.period,
        value=figure.value,
        sources=figure.sources,
        agreement="conflict" if len(set(figure.reported.values())) > 1 else agreement,
        reported=figure.reported,
        trouble=figure.trouble,
        held=held,
    )

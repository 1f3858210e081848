"""A generated country: 63 provinces, three years of reviews, outlets, daily items and feedback portals.

Nothing here is real but the provinces, the dictionary and the calendar. Levels differ by population and by province,
years have trends and noise, halves their season, small counts are Poisson, one figure in twenty is rounded, some
metrics are reported only now and then, captures come late, sites fail for a day. Honest surprises: the merger of
July 2025, a consultation campaign in the first half of 2025, and Tết.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from coso.dictionary import Metric, load_metrics
from coso.periods import parse_period
from coso.places import REFORM_DAY, members, provinces, successor
from coso.settings import REFERENCE
from expectations.holidays import quiet_days

YEARS = (2023, 2024, 2025)
FIRST_DAY = date(2024, 8, 1)
START, END = date(2025, 1, 6), date(2026, 3, 16)

#: Metrics of the generated reviews, with the whole that a part is made from (share of it), by default on their own.
SHARES: dict[str, tuple[str, float]] = {
    "dialogue_opinions_resolved": ("dialogue_opinions", 0.9),
    "reception_cases_resolved": ("reception_cases", 0.8),
    "petitions_eligible": ("petitions_received", 0.85),
    "petitions_within_authority": ("petitions_eligible", 0.45),
    "petitions_resolved": ("petitions_within_authority", 0.88),
    "feedback_resolved": ("feedback_received", 0.93),
    "front_recommendations_accepted": ("front_recommendations", 0.8),
    "mediation_cases_successful": ("mediation_cases", 0.85),
    "voter_opinions_resolved": ("voter_opinions", 0.8),
    "dossiers_resolved": ("dossiers_received", 0.97),
    "skillful_mobilization_models_recognised": ("skillful_mobilization_models", 0.35),
}

#: Metrics made of another: so many people an event.
PER_EVENT: dict[str, tuple[str, float]] = {
    "dialogue_participants": ("dialogue_sessions", 85),
    "training_participants": ("training_classes", 90),
    "voters_met": ("voter_meetings", 110),
    "outreach_participants": ("outreach_sessions", 75),
    "mediators": ("mediation_teams", 6.5),
}

RATES: dict[str, tuple[str, str]] = {
    "petition_resolution_rate": ("petitions_resolved", "petitions_within_authority"),
    "feedback_resolution_rate": ("feedback_resolved", "feedback_received"),
    "mediation_success_rate": ("mediation_cases_successful", "mediation_cases"),
    "dossier_resolution_rate": ("dossiers_resolved", "dossiers_received"),
}

ALONE = (
    "dialogue_sessions", "dialogue_opinions", "reception_visits", "reception_cases", "reception_groups",
    "leader_reception_sessions", "petitions_received", "feedback_received", "front_supervision_sessions",
    "front_recommendations", "social_criticism_sessions", "people_inspection_boards",
    "people_inspection_sessions", "investment_supervision_sessions", "training_classes", "outreach_sessions",
    "democracy_inspections", "documents_issued", "labour_conferences", "opinion_consultations",
    "skillful_mobilization_models", "mediation_teams", "mediation_cases", "land_donated", "road_length_built",
    "cash_contributions", "workdays_contributed", "voter_meetings", "voter_opinions", "dossiers_received",
)  # fmt: skip

#: Reported by the quarter as running totals.
QUARTERLY = (
    "reception_visits",
    "petitions_received",
    "feedback_received",
    "front_supervision_sessions",
    "mediation_cases",
)

#: The campaign: every province, first half of 2025, this many times the usual.
CAMPAIGN = {"opinion_consultations": 7.0, "dialogue_opinions": 2.2, "dialogue_opinions_resolved": 2.2}

#: Shares of (province, metric) pairs never reported, and reported only now and then.
NEVER, NOW_AND_THEN = 0.12, 0.02


@dataclass
class Figure:
    """A figure of a province, as its paper reports it."""

    code: str
    frame: str
    metric: str
    period: str
    value: float
    approximate: bool = False
    others: list[float] = field(default_factory=list)
    sentence: str | None = None
    change_status: str | None = None
    as_district: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.code, self.frame, self.metric, self.period)


@dataclass
class Item:
    """An item of a paper."""

    source: str
    published: date
    arrives: date
    figures: int = 0
    text: str | None = None
    filled: bool = True
    parser_kind: str = "selectors"
    damage: str | None = None


@dataclass
class Feedback:
    """A feedback item: when it came, when it is due, when it was answered."""

    source: str
    number: int
    received: date
    answered: date
    reopened: date | None = None


@dataclass
class Country:
    """All that will ever arrive, before faults are planted.

    Attributes:
        figures: by (code, frame, metric, period).
        published: day a review's article is printed, by (code, frame, period).
        items: the papers' items.
        feedback: the portals' items.
        down: days on which a source does not answer.
    """

    random: np.random.Generator
    figures: dict[tuple[str, str, str, str], Figure] = field(default_factory=dict)
    published: dict[tuple[str, str, str], date] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    down: set[tuple[str, date]] = field(default_factory=set)

    _reviews: dict[tuple[str, str, str], list[Figure]] = field(default_factory=dict)

    def of(self, code: str, frame: str, period: str) -> list[Figure]:
        """Return the figures of one review; to be asked once all figures are made."""
        if not self._reviews:
            for figure in self.figures.values():
                self._reviews.setdefault((figure.code, figure.frame, figure.period), []).append(figure)
        return [one for one in self._reviews.get((code, frame, period), []) if one.key in self.figures]


CODES_63 = tuple(code for code, frame in provinces() if frame == "63")
CODES_34 = tuple(code for code, frame in provinces() if frame == "34")

#: Provinces with a feedback portal.
PORTALS = CODES_63[:36]


def paper(code: str) -> str:
    return f"bao-{code}"


def portal(code: str) -> str:
    return f"cong-{code}"


def make_country(seed: int) -> Country:
    """Generate the country of a seed."""
    country = Country(np.random.default_rng(seed))
    _add_figures(country)
    _add_publications(country)
    for code in CODES_63:
        _add_items(country, code)
        if code in PORTALS:
            _add_feedback(country, code)
        _add_accidents(country, paper(code))
    return country


def metric_codes() -> list[str]:
    return [*ALONE, *SHARES, *PER_EVENT, *RATES]


def _people() -> dict[str, float]:
    with (REFERENCE / "provinces_63.csv").open(encoding="utf-8", newline="") as handle:
        return {row["code"]: float(row["pop_2019_avg_thousand"]) / 1500 for row in csv.DictReader(handle)}


def _add_figures(country: Country) -> None:
    random, metrics, people = country.random, load_metrics(), _people()
    spread = {code: random.uniform(0.05, 0.22) for code in metric_codes()}
    centre = {code: _centre(metrics[code]) for code in ALONE}
    for code in CODES_63:
        habit = {name: random.choice(("never", "rarely", "always"), p=(NEVER, NOW_AND_THEN, 1 - NEVER - NOW_AND_THEN))
                 for name in metric_codes()}  # fmt: skip
        trait = {
            name: min(
                people[code] ** 0.7 * random.lognormal(0, 0.35),
                0.35 * metrics[name].max_year_63 / centre[name],
            )
            for name in ALONE
        }
        trend = {name: random.normal(0.03, 0.05) for name in ALONE}
        for year in YEARS:
            levels = {
                name: centre[name]
                * trait[name]
                * np.exp(trend[name] * (year - 2024) + random.normal(0, spread[name]))
                for name in ALONE
            }
            for period, values in _year(random, year, levels).items():
                _keep(country, code, period, values, habit)
    _merge(country)


def _centre(metric: Metric) -> float:
    """A usual level: between the dictionary's bounds, nearer the lower one, as ranges of counts are skewed."""
    return float(np.exp(0.5 * np.log(metric.min_year + 3) + 0.5 * np.log(metric.max_year_63)))


def _year(random: np.random.Generator, year: int, levels: dict[str, float]) -> dict[str, dict[str, float]]:
    """Return the running totals of a year by period; quarters for some metrics only."""
    metrics = load_metrics()
    share = {
        "-Q1": random.uniform(0.17, 0.24),
        "-H1": random.uniform(0.42, 0.52),
        "-9M": random.uniform(0.68, 0.78),
        "": 1.0,
    }
    totals: dict[str, dict[str, float]] = {f"{year}{kind}": {} for kind in share}
    for name, level in levels.items():
        running = 0.0
        for kind, part in share.items():
            if kind in {"-Q1", "-9M"} and name not in QUARTERLY:
                continue
            stock = metrics[name].kind == "stock"
            boost = CAMPAIGN.get(name, 1.0) if year == 2025 else 1.0
            aim = level if stock else boost * level * part * random.normal(1, 0.04)
            drawn = float(random.poisson(aim)) if aim < 1000 else round(aim)
            running = drawn if stock else max(running, drawn)
            totals[f"{year}{kind}"][name] = running
    for kind, part in (("-H1", 0.47), ("", 1.0)):
        _add_parts(random, totals[f"{year}{kind}"], part)
    for name in (*SHARES, *PER_EVENT):
        half, full = totals[f"{year}-H1"], totals[f"{year}"]
        if metrics[name].kind == "flow":
            full[name] = max(full[name], half[name])
    for kind in ("-H1", ""):
        values = totals[f"{year}{kind}"]
        for name, (part_of, whole) in SHARES.items():
            values[name] = min(values[name], values[part_of]) if whole else values[name]
        for name, (numerator, denominator) in RATES.items():
            if values[denominator] > 0:
                values[name] = round(100 * values[numerator] / values[denominator], 1)
    return totals


def _add_parts(random: np.random.Generator, values: dict[str, float], part: float) -> None:
    for name, (whole, share) in SHARES.items():
        odds = np.clip(random.normal(share, 0.04), 0.1, 0.995)
        values[name] = float(round(values[whole] * odds))
    for name, (events, each) in PER_EVENT.items():
        values[name] = float(round(values[events] * each * random.lognormal(0, 0.12)))


def _keep(country: Country, code: str, period: str, values: dict[str, float], habit: dict[str, str]) -> None:
    random = country.random
    for name, value in values.items():
        chance = {"never": 0.0, "rarely": 0.5, "always": 1.0}[habit[name]]
        if random.random() >= chance or parse_period(period).last_day is None:
            continue
        approximate = value >= 100 and name not in RATES and random.random() < 0.05
        shown = float(_floor_two_digits(value)) if approximate else value
        figure = Figure(code, "63", name, period, shown, approximate)
        if random.random() < 0.2:
            figure.others.append(figure.value)
        if random.random() < 0.25:
            figure.change_status = "consistent"
        country.figures[figure.key] = figure


def _floor_two_digits(value: float) -> float:
    size = 10 ** max(0, len(str(int(value))) - 2)
    return value // size * size


def _merge(country: Country) -> None:
    """Give the periods that end after June 2025 to the 34: sums of counts, rates from the sums."""
    # The country reports years and halves, never open periods.
    later = [key for key in country.figures if (parse_period(key[3]).last_day or date.max) >= REFORM_DAY]
    old = {key: country.figures.pop(key) for key in later}
    for code in CODES_34:
        codes = [member.code for member in members(code)]
        for period, name in dict.fromkeys((key[3], key[2]) for key in later):
            parts = [old.get((one, "63", name, period)) for one in codes]
            if any(part is None for part in parts) or (name in RATES and len(parts) > 1):
                continue
            total = sum(part.value for part in parts if part)
            rough = any(part.approximate for part in parts if part)
            figure = Figure(code, "34", name, period, total, rough)
            country.figures[figure.key] = figure


def _add_publications(country: Country) -> None:
    """Half-year reviews come from mid June to the end of August, yearly ones "
    "from mid December to the end of February."""
    random = country.random
    for code, frame, _, period in country.figures:
        if (code, frame, period) in country.published:
            continue
        last = parse_period(period).last_day
        assert last is not None
        spread = (
            int(min(random.gamma(4, 6), 52))
            if period.endswith("H1") or "-" not in period
            else int(random.integers(5, 25))
        )
        country.published[code, frame, period] = last + timedelta(days=spread - 2)


def _add_items(country: Country, code: str) -> None:
    random, source = country.random, paper(code)
    daily = random.uniform(1.6, 3.0)
    quiet = set(quiet_days(FIRST_DAY, END))
    with_facts = random.uniform(0.2, 0.45)
    day = FIRST_DAY
    while day < END:
        rate = daily * (0.55 if day.weekday() >= 5 else 1.1) * (0.25 if day in quiet else 1.0)
        rate *= 1.25 if day.month in {1, 7, 12} else 1.0
        for _ in range(random.poisson(rate)):
            lag = int(random.integers(7, 21)) if random.random() < 0.01 else int(random.random() < 0.3)
            season = 1.3 if day.month in {1, 2, 7, 8} else 0.8
            country.items.append(
                Item(source, day, day + timedelta(days=lag), int(random.random() < with_facts * season))
            )
        day += timedelta(days=1)


def _add_feedback(country: Country, code: str) -> None:
    random, source = country.random, portal(code)
    daily, pace = random.uniform(0.8, 1.8), random.uniform(5.0, 8.0)
    quiet = set(quiet_days(FIRST_DAY, END + timedelta(days=90)))
    day, number = FIRST_DAY, 0
    while day < END:
        rate = daily * (0.6 if day.weekday() >= 5 else 1.1) * (0.3 if day in quiet else 1.0)
        for _ in range(random.poisson(rate)):
            number += 1
            answered = day + timedelta(days=1 + int(random.lognormal(np.log(pace), 0.55)))
            while answered in quiet:
                answered += timedelta(days=1)
            country.feedback.append(Feedback(source, number, day, answered))
        day += timedelta(days=1)


def _add_accidents(country: Country, source: str) -> None:
    """One day in a hundred a site does not answer; it does on the next."""
    day = FIRST_DAY
    while day < END:
        if country.random.random() < 0.01 and (source, day - timedelta(days=1)) not in country.down:
            country.down.add((source, day))
        day += timedelta(days=1)


def successor_of(code: str) -> str:
    return successor(code).code

"""Faults planted into the country at places that are written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from benchmarks.alerts.country import (
    CODES_63,
    END,
    PER_EVENT,
    PORTALS,
    RATES,
    SHARES,
    START,
    Country,
    Figure,
    Item,
    paper,
    portal,
)
from coso.dictionary import load_metrics
from coso.places import members, successor
from expectations.due import due_reviews

#: Faults of each kind.
EACH = 7

#: Faults that one review may hold, each in figures of its own; a review that is late or copied holds no other.
PER_REVIEW = 3

#: Weeks that a source's trouble lasts.
_LONG = timedelta(days=35)


@dataclass
class Fault:
    """One planted fault.

    Attributes:
        kind: what was done.
        where: province, as today's frame has it.
        since: first day on which it could be seen.
        figures: (code, frame, metric, period) of the figures that are wrong; a metric of None is the review.
        source: source in trouble.
        until: day by which an alert has to have come.
        checks: checks that name the trouble rightly.
    """

    kind: str
    where: str
    since: date
    checks: tuple[str, ...]
    figures: set[tuple[str, str, str | None, str]] = field(default_factory=set)
    source: str | None = None
    until: date = END


@dataclass
class Planting:
    """Faults planted so far, and what the landed tables need to know of them."""

    country: Country
    faults: list[Fault] = field(default_factory=list)
    taken: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    spoiled: set[tuple[str, str, str, str]] = field(default_factory=set)
    busy_sources: set[str] = field(default_factory=set)
    bad_quotes: set[tuple[str, str, str, str]] = field(default_factory=set)
    bad_levels: set[tuple[str, str, str, str]] = field(default_factory=set)
    lost_pages: set[tuple[str, date]] = field(default_factory=set)


def plant(country: Country) -> Planting:
    """Plant every kind of fault and return where."""
    planting = Planting(country)
    for kind, make in KINDS.items():
        for _ in range(EACH):
            fault = make(planting)
            fault.kind = kind
            planting.faults.append(fault)
    return planting


def _today(code: str, frame: str) -> str:
    return successor(code).code if frame == "63" else code


def _reviews(planting: Planting, most: int = PER_REVIEW) -> Iterator[tuple[str, str, str, date]]:
    """Yield reviews of the simulated time that hold fewer faults than ``most``, in random order."""
    country = planting.country
    reviews = [
        (code, frame, period, day)
        for (code, frame, period), day in country.published.items()
        if START <= day < END - timedelta(days=20) and (period.endswith("-H1") or "-" not in period)
        and planting.taken[code, frame, period] < most
    ]  # fmt: skip
    for index in country.random.permutation(len(reviews)):
        yield reviews[index]


def _take(
    planting: Planting, fits: Callable[[str, str, str], list[Figure]], least: int = 1
) -> tuple[list[Figure], date]:
    """Return figures of a review not spoiled yet that fit a fault."""
    whole = least > 1
    for code, frame, period, day in _reviews(planting, 1 if whole else PER_REVIEW):
        figures = [one for one in fits(code, frame, period) if not _related(one) & planting.spoiled]
        if len(figures) >= least:
            planting.taken[code, frame, period] += PER_REVIEW if whole else 1
            planting.spoiled |= _related(figures[0])
            return figures, day
    raise RuntimeError("no review is left for this kind of fault")


def _related(figure: Figure) -> set[tuple[str, str, str, str]]:
    """Return the figures that are judged together with one: its wholes, parts, events and rates of the period."""
    names, size = {figure.metric}, 0
    pairs = [(part, whole) for part, (whole, _) in (*SHARES.items(), *PER_EVENT.items())]
    pairs += [(rate, part) for rate, parts in RATES.items() for part in parts]
    while len(names) > size:
        size = len(names)
        names |= {other for pair in pairs for other in pair if names & set(pair)}
    return {(figure.code, figure.frame, name, figure.period) for name in names}


def _figure_fault(figures: list[Figure], day: date, *checks: str) -> Fault:
    first = figures[0]
    keys: set[tuple[str, str, str | None, str]] = {figure.key for figure in figures}
    return Fault("", _today(first.code, first.frame), day, checks, keys)


def _plain(
    planting: Planting, years: int = 1, least: float = 60, kinds: tuple[str, ...] = ("flow", "stock")
) -> Callable[[str, str, str], list[Figure]]:
    """Return a finder of figures with at least so many earlier ones, of at least some size, not part of another."""
    country, metrics = planting.country, load_metrics()
    tied = {whole for whole, _ in (*SHARES.values(), *PER_EVENT.values())} | SHARES.keys() | PER_EVENT.keys()

    def find(code: str, frame: str, period: str) -> list[Figure]:
        found = []
        for figure in country.of(code, frame, period):
            year, kind = int(period[:4]), period[4:]
            earlier = [_has(country, figure, f"{year - back}{kind}") for back in (1, 2)]
            enough = sum(earlier) >= years
            if (
                enough
                and figure.value >= least
                and metrics[figure.metric].kind in kinds
                and figure.metric not in tied
            ):
                found.append(figure)
        order = country.random.permutation(len(found))
        return [found[index] for index in order]

    return find


def _has(country: Country, figure: Figure, period: str) -> bool:
    """Whether a province, or every province merged into it, gave a figure for another period."""
    codes = [(figure.code, figure.frame)]
    if figure.frame == "34":
        codes = [(member.code, "63") for member in members(figure.code)]
    return all((code, frame, figure.metric, period) in country.figures for code, frame in codes)


def _spoil(
    planting: Planting,
    change: Callable[[Figure], None],
    find: Callable[[str, str, str], list[Figure]],
    *checks: str,
) -> Fault:
    figures, day = _take(planting, find)
    figure = figures[0]
    change(figure)
    figure.approximate, figure.others, figure.change_status = False, [], None
    return _figure_fault([figure], day, *checks)


def _times(*factors: float) -> Callable[[Planting], Callable[[Figure], None]]:
    def made(planting: Planting) -> Callable[[Figure], None]:
        def change(figure: Figure) -> None:
            figure.value = float(round(figure.value * float(planting.country.random.choice(factors))))

        return change

    return made


def _jump(planting: Planting) -> Fault:
    random = planting.country.random

    def change(figure: Figure) -> None:
        ratio = random.uniform(4.5, 8.5)
        figure.value = float(round(figure.value * ratio if random.random() < 0.6 else figure.value / ratio))

    return _spoil(planting, change, _plain(planting, least=150), "marts.jump", "marts.range")


def _slip_10(planting: Planting) -> Fault:
    return _spoil(
        planting, _times(10, 0.1)(planting), _plain(planting, least=150), "marts.jump", "marts.cumulative"
    )


def _slip_1000(planting: Planting) -> Fault:
    return _spoil(planting, _times(1000)(planting), _plain(planting), "marts.jump", "landed.hard_bound")


def _unit(planting: Planting) -> Fault:
    def find(code: str, frame: str, period: str) -> list[Figure]:
        units = {"land_donated", "cash_contributions", "road_length_built"}
        return [one for one in _plain(planting, least=1)(code, frame, period) if one.metric in units]

    def change(figure: Figure) -> None:
        factor = {"land_donated": 1e-4, "cash_contributions": 1e-6, "road_length_built": 1000}[figure.metric]
        figure.value = max(1.0, float(round(figure.value * factor)))

    return _spoil(planting, change, find, "marts.unit_slip", "marts.jump")


def _range(planting: Planting) -> Fault:
    """A figure without any other year, beyond what a province can report, yet not beyond ten times that."""
    metrics = load_metrics()
    figures, day = _take(planting, _plain(planting, years=0, least=20, kinds=("flow",)))
    figure = figures[0]
    _forget_others(planting, figure)
    most = metrics[figure.metric].max_year_34 if figure.frame == "34" else metrics[figure.metric].max_year_63
    figure.value, figure.approximate, figure.others, figure.change_status = 1.7 * most // 1, False, [], None
    return _figure_fault([figure], day, "marts.range", "marts.peers")


def _peers(planting: Planting) -> Fault:
    """A figure without any other year, far above those of the region, yet within the range of the dictionary."""
    metrics, random = load_metrics(), planting.country.random

    def find(code: str, frame: str, period: str) -> list[Figure]:
        if frame != "63":
            return []
        found = _plain(planting, years=0, least=10, kinds=("flow",))(code, frame, period)
        share = 0.5 if period.endswith("H1") else 1
        return [one for one in found if one.value * 25 < share * metrics[one.metric].max_year_63]

    figures, day = _take(planting, find)
    figure = figures[0]
    _forget_others(planting, figure)
    figure.value = float(round(figure.value * random.uniform(18, 25)))
    figure.approximate, figure.others, figure.change_status = False, [], None
    return _figure_fault([figure], day, "marts.peers")


def _forget_others(planting: Planting, figure: Figure) -> None:
    codes = {(figure.code, figure.frame)} | {
        (m.code, "63") for m in members(figure.code) if figure.frame == "34"
    }
    for key in [key for key in planting.country.figures if key[:2] in codes and key[2] == figure.metric]:
        if key != figure.key:
            del planting.country.figures[key]


def _copied(planting: Planting) -> Fault:
    country = planting.country

    def find(code: str, frame: str, period: str) -> list[Figure]:
        before = f"{int(period[:4]) - 1}{period[4:]}"
        figures = country.of(code, frame, period)
        return [one for one in figures if (code, frame, one.metric, before) in country.figures]

    figures, day = _take(planting, find, 12)
    for figure in figures:
        before = country.figures[
            figure.code, figure.frame, figure.metric, f"{int(figure.period[:4]) - 1}{figure.period[4:]}"
        ]
        if country.random.random() < 0.85:
            figure.value, figure.approximate, figure.others, figure.change_status = (
                before.value,
                before.approximate,
                [],
                None,
            )
    first = figures[0]
    fault = _figure_fault(figures, day, "marts.copied")
    fault.figures.add((first.code, first.frame, None, first.period))
    return fault


def _part(*parts: str) -> Callable[[Planting], Fault]:
    def make(planting: Planting) -> Fault:
        country = planting.country

        def find(code: str, frame: str, period: str) -> list[Figure]:
            figures = country.of(code, frame, period)
            return [
                one for one in figures
                if one.metric in parts and one.value >= 40
                and (code, frame, SHARES[one.metric][0], period) in country.figures
            ]  # fmt: skip

        figures, day = _take(planting, find)
        figure = figures[0]
        whole = country.figures[figure.code, figure.frame, SHARES[figure.metric][0], figure.period]
        whole.approximate = False
        figure.value = float(int(whole.value * country.random.uniform(1.03, 1.2)) + 1)
        figure.approximate, figure.others, figure.change_status = False, [], None
        fault = _figure_fault([figure], day, "marts.part_whole", "landed.part_whole")
        # What is computed from the spoiled figure is wrong with it.
        fault.figures |= {
            (figure.code, figure.frame, rate, figure.period)
            for rate, of in RATES.items()
            if figure.metric in of
        } | {whole.key}
        return fault

    return make


def _rate(planting: Planting) -> Fault:
    country = planting.country

    def find(code: str, frame: str, period: str) -> list[Figure]:
        return [
            one for one in country.of(code, frame, period)
            if one.metric in RATES and all((code, frame, part, period) in country.figures for part in RATES[one.metric])
            and one.value > 55
        ]  # fmt: skip

    figures, day = _take(planting, find)
    figure = figures[0]
    for part in RATES[figure.metric]:
        country.figures[figure.code, figure.frame, part, figure.period].approximate = False
    figure.value = round(figure.value - float(country.random.uniform(1.5, 10)), 1)
    figure.others, figure.change_status = [], None
    return _figure_fault([figure], day, "marts.stated_rate")


def _falling(shorter: str, longer: str) -> Callable[[Planting], Fault]:
    def make(planting: Planting) -> Fault:
        country = planting.country
        candidates = [
            figure for figure in country.figures.values()
            if figure.period[4:] == longer and figure.metric not in SHARES and figure.value >= 40
            and START <= country.published[figure.code, figure.frame, figure.period] < END - timedelta(days=20)
            and (figure.code, figure.frame, figure.metric, _swap(figure.period, shorter)) in country.figures
            and planting.taken[figure.code, figure.frame, figure.period] < PER_REVIEW
            and not _related(figure) & planting.spoiled
            and load_metrics()[figure.metric].kind == "flow" and figure.metric not in PER_EVENT
            and figure.metric not in {w for w, _ in (*SHARES.values(), *PER_EVENT.values())}
        ]  # fmt: skip
        figure = candidates[int(country.random.integers(len(candidates)))]
        planting.taken[figure.code, figure.frame, figure.period] += 1
        planting.spoiled |= _related(figure)
        before = country.figures[figure.code, figure.frame, figure.metric, _swap(figure.period, shorter)]
        before.approximate = figure.approximate = False
        before.others, figure.others, figure.change_status = [], [], None
        figure.value = float(int(before.value * country.random.uniform(0.8, 0.96)))
        day = country.published[figure.code, figure.frame, figure.period]
        return _figure_fault([figure, before], day, "marts.cumulative")

    return make


def _swap(period: str, kind: str) -> str:
    return f"{period[:4]}{kind}"


def _people(planting: Planting) -> Fault:
    country = planting.country

    def find(code: str, frame: str, period: str) -> list[Figure]:
        return [
            one for one in country.of(code, frame, period)
            if one.metric in PER_EVENT and (code, frame, PER_EVENT[one.metric][0], period) in country.figures
            and country.figures[code, frame, PER_EVENT[one.metric][0], period].value > 8
            and (code, frame, one.metric, f"{int(period[:4]) - 1}{period[4:]}") not in country.figures
        ]  # fmt: skip

    def without_history(code: str, frame: str, period: str) -> list[Figure]:
        return find(code, frame, period) or [
            one for one in country.of(code, frame, period)
            if one.metric in PER_EVENT and (code, frame, PER_EVENT[one.metric][0], period) in country.figures
            and country.figures[code, frame, PER_EVENT[one.metric][0], period].value > 8
        ]  # fmt: skip

    figures, day = _take(planting, without_history)
    figure = figures[0]
    events = country.figures[figure.code, figure.frame, PER_EVENT[figure.metric][0], figure.period]
    figure.value = float(max(1, int(events.value * country.random.uniform(0.3, 0.9))))
    figure.approximate, figure.others, figure.change_status = False, [], None
    return _figure_fault([figure], day, "marts.participants", "marts.jump")


def _contradict(planting: Planting) -> Fault:
    figures, day = _take(planting, _plain(planting, years=0))
    figure = figures[0]
    digits = str(int(figure.value))
    swapped = float(digits[:-2] + digits[-1] + digits[-2]) if digits[-1] != digits[-2] else figure.value + 3
    figure.others, figure.approximate, figure.change_status = [swapped], False, None
    return _figure_fault([figure], day, "marts.conflict")


def _change(planting: Planting) -> Fault:
    figures, day = _take(planting, _plain(planting))
    figures[0].change_status, figures[0].others = "inconsistent", []
    return _figure_fault([figures[0]], day, "marts.stated_change")


def _district(planting: Planting) -> Fault:
    random = planting.country.random

    def change(figure: Figure) -> None:
        figure.value = float(max(20, round(figure.value / random.uniform(7, 14))))
        if random.random() < 0.5:
            figure.as_district = True
        else:
            figure.sentence = f"Huyện Đông Sơn có {figure.value:.0f} cuộc trong kỳ."

    return _spoil(planting, change, _plain(planting, least=400, years=2), "marts.district", "marts.jump")


def _metric(planting: Planting) -> Fault:
    """A metric told in every review of the two years before is not told."""
    country = planting.country

    def find(code: str, frame: str, period: str) -> list[Figure]:
        if frame != "63" or country.published[code, frame, period] > END - timedelta(days=40):
            return []
        earlier = {p for c, f, p in country.published if (c, f) == (code, frame) and p < period and p != period[:4]
                   and (p.endswith("H1") or "-" not in p)}  # fmt: skip
        figures = _plain(planting, years=1, least=5)(code, frame, period)
        return [
            one for one in figures if all((code, frame, one.metric, p) in country.figures for p in earlier)
        ]

    figures, day = _take(planting, find)
    figure = figures[0]
    del country.figures[figure.key]
    due = {p: d for as_of in (END, date(2025, 12, 1), date(2025, 7, 1)) for p, _, d in due_reviews(as_of)}[
        figure.period
    ]
    fault = _figure_fault([figure], max(day, due), "marts.metric_missing")
    fault.figures.add((figure.code, figure.frame, None, figure.period))
    return fault


def _late(absent: bool) -> Callable[[Planting], Fault]:
    def make(planting: Planting) -> Fault:
        country = planting.country
        for code, frame, period, _ in _reviews(planting, 1):
            due = {
                p: d for as_of in (END, date(2025, 12, 1), date(2025, 7, 1)) for p, _, d in due_reviews(as_of)
            }[period]
            if due > END - timedelta(days=35):
                continue
            planting.taken[code, frame, period] += PER_REVIEW
            country.published[code, frame, period] = (
                END + timedelta(days=99)
                if absent
                else due + timedelta(days=int(country.random.integers(18, 34)))
            )
            until = END if absent else country.published[code, frame, period]
            review: set[tuple[str, str, str | None, str]] = {(code, frame, None, period)}
            return Fault("", _today(code, frame), due, ("marts.review_missing",), review, until=until)
        raise RuntimeError("no review is left to be late")

    return make


def _window(planting: Planting, source_of: Callable[[str], str]) -> tuple[str, str, date, date]:
    """Return a province, a source without trouble so far, and the time its trouble lasts; Tết is left alone."""
    random = planting.country.random
    codes = PORTALS if source_of is portal else CODES_63
    free = [code for code in codes if source_of(code) not in planting.busy_sources]
    code = str(random.choice(free))
    planting.busy_sources.add(source_of(code))
    first = START + timedelta(days=int(random.integers(45, (END - START).days - 90)))
    return code, source_of(code), first, first + _LONG


def _source_fault(code: str, source: str, since: date, until: date, *checks: str) -> Fault:
    return Fault("", _today(code, "63"), since, checks, source=source, until=until + timedelta(days=10))


def _silent(planting: Planting) -> Fault:
    code, source, first, last = _window(planting, paper)
    country = planting.country
    country.items = [
        one for one in country.items if one.source != source or not first <= one.published < last
    ]
    return _source_fault(code, source, first, last, "marts.source_silent", "marts.volume")


def _outage(planting: Planting) -> Fault:
    code, source, first, last = _window(planting, paper)
    country, day = planting.country, first
    while day < last:
        country.down.add((source, day))
        day += timedelta(days=1)
    country.items = [
        replace(one, arrives=last) if one.source == source and first <= one.arrives < last else one
        for one in country.items
    ]
    return _source_fault(code, source, first, last, "marts.source_down")


def _volume(planting: Planting) -> Fault:
    code, source, first, last = _window(planting, paper)
    country = planting.country
    country.items = [
        one for one in country.items
        if one.source != source or not first <= one.published < last or country.random.random() < 0.13
    ]  # fmt: skip
    return _source_fault(code, source, first, last, "marts.volume", "marts.source_silent")


def _pages(check: str, spoil: Callable[[Item], None]) -> Callable[[Planting], Fault]:
    def make(planting: Planting) -> Fault:
        code, source, first, last = _window(planting, paper)
        for one in planting.country.items:
            if one.source == source and first <= one.published < last:
                spoil(one)
        return _source_fault(code, source, first, last, check)

    return make


def _empty(item: Item) -> None:
    item.filled = False


def _drift(item: Item) -> None:
    item.parser_kind = "general"


def _no_facts(item: Item) -> None:
    item.figures = 0


def _encoding(planting: Planting) -> Fault:
    code, source, first, last = _window(planting, paper)
    last = first + timedelta(days=10)
    random = planting.country.random
    for one in planting.country.items:
        if one.source == source and first <= one.published < last:
            one.damage = str(random.choice(("mojibake", "replacement", "plain")))
    return _source_fault(code, source, first, last, "landed.encoding")


def _archive(planting: Planting) -> Fault:
    code, source, first, last = _window(planting, paper)
    planting.lost_pages.add((source, first + timedelta(days=int(planting.country.random.integers(0, 7)))))
    hit = [one for one in planting.country.items if (one.source, one.arrives) in planting.lost_pages]
    if not any(one.source == source for one in hit):
        return _archive(planting)
    return _source_fault(code, source, first, last, "landed.archive")


def _quote(planting: Planting) -> Fault:
    figures, day = _take(planting, _plain(planting, years=0, least=10))
    planting.bad_quotes.add(figures[0].key)
    return _figure_fault([figures[0]], day, "landed.span")


def _level(planting: Planting) -> Fault:
    figures, day = _take(planting, _plain(planting, years=0, least=10))
    planting.bad_levels.add(figures[0].key)
    return _figure_fault([figures[0]], day, "landed.known_values")


def _portal(check: str, spoil: Callable[[Planting, str, date, date], None]) -> Callable[[Planting], Fault]:
    def make(planting: Planting) -> Fault:
        code, source, first, last = _window(planting, portal)
        spoil(planting, source, first, last)
        others = {
            "marts.feedback_overdue": ("marts.feedback_slow", "marts.feedback_frozen"),
            "marts.feedback_frozen": ("marts.feedback_overdue",),
            "marts.feedback_slow": ("marts.feedback_overdue",),
        }
        return _source_fault(code, source, first, last + timedelta(days=20), check, *others.get(check, ()))

    return make


def _overdue(planting: Planting, source: str, first: date, last: date) -> None:
    random = planting.country.random
    for one in planting.country.feedback:
        if one.source == source and first <= one.received < last and random.random() < 0.75:
            one.answered = one.received + timedelta(days=int(random.integers(17, 40)))


def _slow(planting: Planting, source: str, first: date, last: date) -> None:
    for one in planting.country.feedback:
        if one.source == source and first <= one.received < last:
            days = (one.answered - one.received).days
            one.answered = one.received + timedelta(days=min(int(days * 1.5) + 7, 30))


def _backwards(planting: Planting, source: str, first: date, last: date) -> None:
    done = [one for one in planting.country.feedback if one.source == source and first <= one.answered < last]
    for one in done[:3]:
        one.reopened = one.answered + timedelta(days=2)


def _burst(planting: Planting, source: str, first: date, last: date) -> None:
    country = planting.country
    usual = sum(one.source == source and first <= one.received < last for one in country.feedback) / 5
    template = next(one for one in country.feedback if one.source == source)
    for number in range(int(2 * usual * country.random.uniform(5, 9)) + 40):
        day = first + timedelta(days=number % 13)
        country.feedback.append(
            replace(
                template,
                number=100_000 + number,
                received=day,
                answered=day + timedelta(days=5),
                reopened=None,
            )
        )


def _frozen(planting: Planting, source: str, first: date, last: date) -> None:
    for one in planting.country.feedback:
        if one.source == source and first <= one.answered < last:
            one.answered = last + timedelta(days=one.number % 9)


KINDS: dict[str, Callable[[Planting], Fault]] = {
    "review late": _late(absent=False),
    "review absent": _late(absent=True),
    "figures copied": _copied,
    "metric missing": _metric,
    "source silent": _silent,
    "source down": _outage,
    "volume falls": _volume,
    "field empty": _pages("landed.fill_rate", _empty),
    "selectors drift": _pages("landed.selector_drift", _drift),
    "facts vanish": _pages("landed.fact_share", _no_facts),
    "letters damaged": _encoding,
    "schema damaged": _level,
    "out of range": _range,
    "jump": _jump,
    "unlike its region": _peers,
    "digit slip x10": _slip_10,
    "digit slip x1000": _slip_1000,
    "unit slip": _unit,
    "part over whole": _part(
        "dialogue_opinions_resolved", "mediation_cases_successful", "petitions_eligible", "dossiers_resolved"
    ),
    "resolved over accepted": _part("petitions_resolved", "reception_cases_resolved", "feedback_resolved"),
    "rate disagrees": _rate,
    "running total falls": _falling("-Q1", "-H1"),
    "half over year": _falling("-H1", ""),
    "fewer people than events": _people,
    "outlets contradict": _contradict,
    "stated change disagrees": _change,
    "district for province": _district,
    "feedback overdue": _portal("marts.feedback_overdue", _overdue),
    "feedback slow": _portal("marts.feedback_slow", _slow),
    "status backwards": _portal("marts.feedback_backwards", _backwards),
    "feedback burst": _portal("marts.feedback_burst", _burst),
    "backlog frozen": _portal("marts.feedback_frozen", _frozen),
    "quote broken": _quote,
    "stored page lost": _archive,
}  # fmt: skip

"""Bounds as data: what people have reviewed, and what the figures suggest.

A suggestion is never taken by itself: it is written out with its reason, and stands once it is in the reviewed file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from unicodedata import normalize

import duckdb
import yaml

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from coso.lake import Lake, parquet_files
from coso.places import Province, find_province, provinces
from coso.sql import literal
from coso.yamlfile import read_yaml
from expectations.batches import vietnam_day
from expectations.wording import province_name

#: The reviewed file of the project.
REVIEWED = Path(__file__).with_name("bounds.yml")

#: Years a series needs before it says anything, and how much room is left around it.
LEAST_YEARS, ROOM = 3, 1.5

#: Days looked back at, days with items a source needs, and the room left over its longest ordinary pause.
TRAILING_DAYS, LEAST_ITEM_DAYS, PAUSE_ROOM = 365, 20, 1.5

#: A suggestion differs from what holds now by at least so much.
_WORTH = 1.5


@dataclass(frozen=True)
class FigureBound:
    """The range of a metric in a province, for a year."""

    province_code: str
    frame: str
    metric: str
    least: float
    most: float
    reason: str


@dataclass(frozen=True)
class SourceBound:
    """How many days a source may be without a new item."""

    source_key: str
    freshness_days: int
    reason: str


@dataclass(frozen=True)
class Bounds:
    """Reviewed bounds, or suggested ones."""

    figures: tuple[FigureBound, ...] = ()
    sources: tuple[SourceBound, ...] = ()


def read_bounds(path: Path = REVIEWED, sources: Collection[str] | None = None) -> Bounds:
    """Read a reviewed file strictly; a province's bound holds in both frames where its name does.

    Args:
        path: the file.
        sources: keys of the sources there are; None to take any key.

    Raises:
        BadInputError: the file is missing, no YAML, or an entry cannot be understood; file, entry and mend are named.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not content:
        raise BadInputError(f"{path}: holds no bounds", "write them under 'figures:' and 'sources:'")
    _only(content, ("figures", "sources"), str(path))
    figures = [
        bound for entry, where in _listed(content, "figures", path) for bound in _figures(entry, where)
    ]
    pauses = [_source(entry, where, sources) for entry, where in _listed(content, "sources", path)]
    _once([(one.province_code, one.frame, one.metric) for one in figures], f"{path}: figures")
    _once([one.source_key for one in pauses], f"{path}: sources")
    return Bounds(tuple(figures), tuple(pauses))


def _listed(content: Mapping[str, Any], key: str, path: Path) -> list[tuple[Any, str]]:
    """Return the entries of a list, each with its place; ``[]`` says that there are none."""
    entries = content.get(key, [])
    if not isinstance(entries, list):
        raise BadInputError(f"{path}: {key} is no list", f"write '{key}: []', or entries that begin with '-'")
    return [(entry, f"{path}: {key.removesuffix('s')} {n}") for n, entry in enumerate(entries, 1)]


def _figures(entry: Any, where: str) -> list[FigureBound]:
    _complete(entry, ("province", "metric", "least", "most", "reason", "reviewed_by"), where)
    province, metric = _text(entry, "province", where), _text(entry, "metric", where)
    if metric not in load_metrics():
        near = get_close_matches(metric, load_metrics(), 1)
        mend = f"did you mean {near[0]}?" if near else "use a code of the dictionary"
        raise BadInputError(f"{where}: metric {metric!r} is unknown", mend)
    least, most = (_number(entry, key, where) for key in ("least", "most"))
    if least > most:
        raise BadInputError(f"{where}: least is above most", "swap them")
    reason = _text(entry, "reason", where)
    return [FigureBound(one.code, one.frame, metric, least, most, reason) for one in _named(province, where)]


def _named(name: str, where: str) -> list[Province]:
    """Return the province of a name in the frames where it bears it."""
    known = [one for one in (find_province(name, date(2025, 6, 30)), find_province(name)) if one is not None]
    found = [one for one in known if one.name == normalize("NFC", name)]
    if not found:
        mend = f"did you mean {known[0].name}?" if known else "write its name"
        raise BadInputError(f"{where}: province {name!r} is unknown", mend)
    return found


def _source(entry: Any, where: str, known: Collection[str] | None) -> SourceBound:
    _complete(entry, ("source", "freshness_days", "reason", "reviewed_by"), where)
    key, days = _text(entry, "source", where), _number(entry, "freshness_days", where)
    if known is not None and key not in known:
        near = get_close_matches(key, known, 1)
        mend = f"did you mean {near[0]}?" if near else "take a key from `coso sources`"
        raise BadInputError(f"{where}: source {key!r} is unknown", mend)
    if days < 1 or not days.is_integer():
        raise BadInputError(
            f"{where}: freshness_days {days:g} is no number of days", "write a whole number from 1"
        )
    return SourceBound(key, int(days), _text(entry, "reason", where))


def _complete(entry: Any, keys: Sequence[str], where: str) -> None:
    """Refuse an entry that is not exactly these keys, each with something behind it."""
    if not isinstance(entry, dict):
        raise BadInputError(f"{where} is no entry of keys and values", f"write {', '.join(keys)}")
    _only(entry, keys, where)
    missing = [key for key in keys if entry.get(key) is None or entry[key] == ""]
    if missing:
        raise BadInputError(
            f"{where} lacks {', '.join(missing)}", "a bound says whose, what, why and by whom"
        )
    _text(entry, "reviewed_by", where)


def _only(entry: Mapping[Any, Any], keys: Sequence[str], where: str) -> None:
    unknown = sorted(str(key) for key in entry if key not in keys)
    if unknown:
        raise BadInputError(f"{where} has unknown keys: {', '.join(unknown)}", f"use {', '.join(keys)}")


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip():
        raise BadInputError(f"{where}: {key} {value!r} is no text", "write it in quotation marks")
    return value


def _number(entry: Mapping[str, Any], key: str, where: str) -> float:
    value = entry[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise BadInputError(
            f"{where}: {key} {value!r} is no number from 0", "write digits with a point, such as 1786.5"
        )
    return float(value)


def _once(keys: Sequence[object], where: str) -> None:
    """Refuse two bounds of one thing: which holds would depend on their order."""
    twice = next((key for n, key in enumerate(keys) if key in keys[:n]), None)
    if twice is not None:
        named = ", ".join(twice) if isinstance(twice, tuple) else twice
        raise BadInputError(f"{where} have two bounds for {named}", "leave one")


def suggest_bounds(lake: Lake, figures: Path, as_of: date, reviewed: Path = REVIEWED) -> Bounds:
    """Propose bounds where what holds now does not fit what was seen, each with its reason.

    A metric's range: where a province's own years agree with each other but lie outside the range that holds now.
    Conflicting values and those of a province and metric that are held say nothing. A source's freshness: from its
    ordinary pauses of the last year; a pause with a day on which the source did not answer is no measure, so an
    outage never widens a bound.

    Args:
        lake: the lake.
        figures: DuckDB file with ``fct_metric_value``: a release, or a warehouse build.
        as_of: day up to which pauses are looked at.
        reviewed: the reviewed file that holds now.

    Raises:
        BadInputError: there are no figures at ``figures``, or the reviewed file cannot be read.
    """
    known = read_bounds(reviewed)
    with duckdb.connect() as connection:
        values = _attach_values(connection, figures)
        series = connection.execute(
            _SERIES.format(values=values), [_files(lake.quality / "holds"), LEAST_YEARS]
        ).fetchall()
        sources = connection.execute(
            _PAUSES,
            [
                _files(lake.landed / "documents"), _files(lake.landed / "submissions"), as_of, TRAILING_DAYS,
                _files(lake.outcomes), _files(lake.landed / "sources"), LEAST_ITEM_DAYS,
            ],
        ).fetchall()  # fmt: skip
    return Bounds(
        tuple(bound for row in series if (bound := _figure_suggestion(row, known))),
        tuple(pause for row in sources if (pause := _source_suggestion(row, known))),
    )


def _attach_values(connection: duckdb.DuckDBPyConnection, figures: Path) -> str:
    """Attach a release or a build; return the name of its table of values."""
    if figures.exists():
        connection.execute(f"attach {literal(figures)} as build (read_only)")
        found = connection.execute(
            "select schema_name from duckdb_tables() where database_name = 'build' and table_name = 'fct_metric_value'"
        ).fetchone()
        if found:
            return f"build.{found[0]}.fct_metric_value"
    raise BadInputError(f"{figures} has no table of values", "run `coso run` first")


def _files(folder: Path) -> list[str]:
    return [str(path) for path in parquet_files(folder)]


_SERIES = """
    select v.province_code, v.frame, v.metric, count(*), min(v.value), max(v.value), min(v.period), max(v.period)
    from {values} v
    where v.agreement <> 'conflict' and regexp_full_match(v.period, '[0-9][0-9][0-9][0-9]') and v.value > 0
      and not exists (select 1 from read_parquet($1, union_by_name = true) h
                      where h.province_code = v.province_code and h.frame = v.frame
                        and (h.metric is null or h.metric = v.metric))
    group by all having count(*) >= $2 and max(v.value) <= 4 * min(v.value)
    order by all"""

_PAUSES = f"""
    with days as (
        select distinct source_key, coalesce(published_on, {vietnam_day("fetched_at")}) as day
        from read_parquet($1, union_by_name = true)
        union
        select distinct source_key, coalesce(received_on, {vietnam_day("seen_at")})
        from read_parquet($2, union_by_name = true)
    ), pauses as (
        select source_key, day, lead(day) over (partition by source_key order by day) as next_day
        from days where day <= $3 and day > $3::date - $4::integer
    ), failed as (
        select source_key, {vietnam_day("attempted_at")} as day from read_parquet($5, union_by_name = true)
        group by all having count(*) filter (where outcome in ('stored', 'unchanged', 'not_modified')) = 0
    )
    select p.source_key, s.freshness_days, count(*),
           quantile_cont(datediff('day', p.day, p.next_day), 0.99)
    from pauses p join read_parquet($6, union_by_name = true) s on s.source_key = p.source_key
    where p.next_day is not null
      and not exists (select 1 from failed f
                      where f.source_key = p.source_key and f.day between p.day and p.next_day)
    group by all having count(*) >= $7
    order by all"""


def _figure_suggestion(row: tuple[Any, ...], known: Bounds) -> FigureBound | None:
    code, frame, metric_code, years, low, high, first, last = row
    metric = load_metrics().get(metric_code)
    if metric is None or metric.unit == "percent":
        return None
    least, most = metric.min_year, metric.max_year_34 if frame == "34" else metric.max_year_63
    for bound in known.figures:
        if (bound.province_code, bound.frame, bound.metric) == (code, frame, metric_code):
            least, most = bound.least, bound.most
    if least <= low and high <= most:
        return None
    reason = (
        f"{years} years, {first} to {last}, between {low:g} and {high:g}; "
        f"the range that holds is {least:g} to {most:g}"
    )
    return FigureBound(code, frame, metric_code, min(least, low / ROOM), max(most, high * ROOM), reason)


def _source_suggestion(row: tuple[Any, ...], known: Bounds) -> SourceBound | None:
    key, registered, pauses, longest = row
    now = next((bound.freshness_days for bound in known.sources if bound.source_key == key), registered)
    days = max(3, round(PAUSE_ROOM * longest))
    if now is not None and max(days / now, now / days) < _WORTH:
        return None
    reason = (
        f"99 of 100 of {pauses} pauses without an outage lasted {longest:g} days or less; "
        f"{'no bound holds' if now is None else f'{now} days hold'} now"
    )
    return SourceBound(key, days, reason)


def render_bounds(bounds: Bounds) -> str:
    """Write bounds as the reviewed file wants them; whoever takes one over puts their name to it."""
    figures = [
        {"province": province_name(one.province_code, one.frame), **_without(asdict(one), "province_code", "frame")}
        for one in bounds.figures if (one.province_code, one.frame) in provinces()
    ]  # fmt: skip
    sources = [{"source": one.source_key, **_without(asdict(one), "source_key")} for one in bounds.sources]
    entries = {
        "figures": [{**one, "reviewed_by": ""} for one in figures],
        "sources": [{**one, "reviewed_by": ""} for one in sources],
    }
    return str(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110))


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}

"""Which figures a person asks for: names, codes and periods as typed, made into a condition on rows of figures."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

import duckdb

from coso.errors import BadInputError
from coso.periods import Period, parse_period
from coso.places import Province, bearers, name_key, provinces, successor
from coso.text import strip_marks

_KEY = re.compile(r"(63|34)-(\d{2})")
#: Letters from which on a part of a name is looked for.
_LEAST_PART = 3


@dataclass(frozen=True)
class Filter:
    """What figures to show; an empty field shows all.

    Attributes:
        province: a name in any spelling, with or without marks, a part of one, a two-digit code, or a province key.
        metric: a metric code, or a part of its code or name.
        period: a period in the notation of docs/periods.md; a year takes in the periods within it.
        frame: ``63``, the provinces until 2025-06-30, or ``34``, those since.
    """

    province: str | None = None
    metric: str | None = None
    period: str | None = None
    frame: str | None = None


@dataclass(frozen=True)
class Condition:
    """An SQL condition on rows with province_code, frame, metric, period_start and period_end, and its parameters."""

    sql: str
    parameters: list[object]


def condition(connection: duckdb.DuckDBPyConnection, wanted: Filter) -> Condition:
    """Return the condition that rows of the table or alias ``v`` meet when they are asked for.

    Raises:
        BadInputError: the province, metric or period fits nothing; names the nearest, or the forms that are known.
    """
    parts, parameters = ["true"], list[object]()
    if wanted.frame is not None:
        parts.append("v.frame = ?")
        parameters.append(wanted.frame)
    if wanted.province is not None:
        parts.append("list_contains(?, v.frame || '-' || v.province_code)")
        parameters.append(
            [f"{one.frame}-{one.code}" for one in find_provinces(wanted.province, wanted.frame)]
        )
    if wanted.metric is not None:
        parts.append("list_contains(?, v.metric)")
        parameters.append(_metrics(connection, wanted.metric))
    if wanted.period is not None:
        period = parse_period(wanted.period)
        parts.append(_within(period))
        parameters += [period.first_day, period.last_day]
    return Condition(" and ".join(parts), parameters)


def find_provinces(named: str, frame: str | None = None) -> list[Province]:
    """Return the provinces that a person means, of both frames or of one.

    Raises:
        BadInputError: nothing bears that name, or nothing in that frame.
    """
    found = _by_code(named) or bearers(named) or _by_part(named)
    if not found:
        raise BadInputError(f"no province fits {named!r}", _near_provinces(named))
    kept = [one for one in found if frame in {None, one.frame}]
    if not kept:
        raise BadInputError(f"{found[0].name} is none of the {frame} provinces", _elsewhere(found[0]))
    return kept


def _by_code(named: str) -> list[Province]:
    key = _KEY.fullmatch(named.strip())
    return [
        one
        for one in provinces().values()
        if (key and key.groups() == (one.frame, one.code)) or one.code == named.strip()
    ]


def _by_part(named: str) -> list[Province]:
    part = _plain(named)
    return [one for one in provinces().values() if len(part) >= _LEAST_PART and part in _plain(one.name)]


def _near_provinces(named: str) -> str:
    names = {_plain(one.name): one.name for one in provinces().values()}
    near = difflib.get_close_matches(_plain(named), list(names), 3)
    if near:
        return f"did you mean {', '.join(names[name] for name in near)}?"
    return "see table dim_province for the names"


def _elsewhere(one: Province) -> str:
    if one.frame == "63":
        later = successor(one.code)
        return f"it went into {later.name} ({later.code}) on 2025-07-01: ask for that, or leave out the frame"
    return "leave out the frame"


def _metrics(connection: duckdb.DuckDBPyConnection, named: str) -> list[str]:
    known: list[tuple[str, ...]] = connection.execute(
        "select metric, name_vi, name_en from dim_metric order by all"
    ).fetchall()
    plain = _plain(named)
    found = [row[0] for row in known if plain in map(_plain, row)] or [
        row[0] for row in known if len(plain) >= _LEAST_PART and any(plain in _plain(name) for name in row)
    ]
    if found:
        return found
    codes = {_plain(name): row[0] for row in known for name in row}
    near = dict.fromkeys(codes[name] for name in difflib.get_close_matches(plain, list(codes), 3))
    mend = f"did you mean {', '.join(near)}?" if near else "see table dim_metric for the codes and names"
    raise BadInputError(f"no metric fits {named!r}", mend)


def _within(period: Period) -> str:
    is_year = period.last_day is not None and (
        (period.first_day.month, period.first_day.day) == (1, 1)
        and (period.last_day.year, period.last_day.month) == (period.first_day.year, 12)
    )
    if is_year:
        return "v.period_start >= ? and v.period_end <= ?"
    return "v.period_start = ? and v.period_end is not distinct from ?"


def _plain(text: str) -> str:
    return strip_marks(name_key(text))

"""What a reviewer types to correct a fact, checked against the dictionary, the periods and the places."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from coso.dictionary import Metric, load_metrics
from coso.errors import BadInputError
from coso.numbers import read_value as read_number
from coso.period_words import notation_of, read_when
from coso.periods import parse_period
from coso.places import communes, districts, find_province, frame_on, name_key, province, provinces
from coso.records import Fact
from coso.text import fold_words
from expectations.review.decisions import Changes
from expectations.review.readings import Reading

_T = TypeVar("_T")

#: What can be corrected, in the order in which a reviewer is asked.
FIELDS = ("metric", "value", "period", "place", "subset")

_NATION = {"việt nam", "cả nước", "toàn quốc"}
_YES = {"yes", "y", "true", "1", "có", "phải"}
_NO = {"no", "n", "false", "0", "không"}
_SHOWN = 5


def read_changes(reading: Reading, typed: Mapping[str, str]) -> Changes:
    """Return what typed corrections change of a reading.

    Args:
        reading: the fact as read.
        typed: a new value by field: metric, value, period, place or subset.

    Raises:
        BadInputError: a field is unknown, what is typed is no such thing, or nothing is changed by it.
    """
    for field in typed:
        if field not in FIELDS:
            near = _near(field, FIELDS)
            raise BadInputError(f"{field!r} cannot be corrected", f"{near}use one of {', '.join(FIELDS)}")
    fact, changes = reading.fact, Changes()
    if "metric" in typed:
        changes = replace(changes, metric=_changed(fact.metric, read_metric(typed["metric"]).code))
    if "value" in typed:
        changes = replace(changes, value=_changed(fact.value, read_value(typed["value"])))
    if "period" in typed:
        changes = replace(
            changes, period=_changed(fact.period, read_period(typed["period"], _said_on(reading)))
        )
    if "subset" in typed:
        changes = replace(changes, subset=_changed(fact.subset, read_truth(typed["subset"])))
    changes = _with_place(reading, changes, typed.get("place"))
    if changes == Changes():
        raise BadInputError(
            f"nothing of {fact.fact_id} is changed by that", "accept it, or say what is to be changed"
        )
    return changes


def check_field(reading: Reading, field: str, text: str) -> None:
    """Check one typed field by itself.

    Raises:
        BadInputError: it is no such thing.
    """
    checks: dict[str, Callable[[str], object]] = {
        "metric": read_metric,
        "value": read_value,
        "period": lambda said: read_period(said, _said_on(reading)),
        "place": lambda name: _read_place(name, _day(reading.fact, Changes())),
        "subset": read_truth,
    }
    checks[field](text)


def _said_on(reading: Reading) -> date:
    return reading.article.published_on or reading.article.fetched_at.date()


def read_metric(text: str) -> Metric:
    """Return the metric with a code, or with a Vietnamese name that only one has.

    Raises:
        BadInputError: there is none, or more than one; the nearest are named.
    """
    metrics, wanted = load_metrics(), text.strip()
    if wanted in metrics:
        return metrics[wanted]
    words = fold_words(wanted)
    named = [metric for metric in metrics.values() if words and words in fold_words(metric.name_vi)]
    if len(named) == 1:
        return named[0]
    shown = [f"{metric.code} ({metric.name_vi})" for metric in (named or _alike(wanted))[:_SHOWN]]
    what = f"{len(named)} metrics have {wanted!r} in their name" if named else f"metric {wanted!r} is unknown"
    raise BadInputError(
        what, f"did you mean {', '.join(shown)}" if shown else "see dbt_project/seeds/metrics.csv"
    )


def _alike(wanted: str) -> list[Metric]:
    metrics = load_metrics()
    names = {fold_words(metric.name_vi): metric for metric in metrics.values()}
    codes = difflib.get_close_matches(wanted, metrics, n=_SHOWN, cutoff=0.5)
    close = difflib.get_close_matches(fold_words(wanted), names, n=_SHOWN, cutoff=0.5)
    return list({m.code: m for m in [*(metrics[c] for c in codes), *(names[n] for n in close)]}.values())


def read_value(text: str) -> float:
    """Return a number as it is written in Vietnam: 1.786 is one thousand and more.

    Raises:
        BadInputError: it is none.
    """
    value = read_number(text)
    if value is None or not math.isfinite(value):
        raise BadInputError(f"value {text!r} is no number", "write it as in the text, such as 1.786 or 94,5")
    return value


def read_period(text: str, today: date) -> str:
    """Return the notation of a period, given as such or as people say it.

    Args:
        text: 2024-H1, or "6 tháng đầu năm 2024", "quý vừa qua".
        today: the day from which it is said: that of the article.

    Raises:
        BadInputError: it is no period of whole months; one that looks like it is named.
    """
    said = read_when(text, today)
    notation = (notation_of(said) if said else None) or text.strip().upper()
    try:
        parse_period(notation)
    except BadInputError:
        meant = _meant(notation)
        if meant is None:
            raise
        raise BadInputError(f"period {text!r} cannot be read", f"did you mean {meant}") from None
    return notation


def _meant(text: str) -> str | None:
    """Return the notation of a half-year, quarter or month typed in another order, such as H1/2024."""
    year = re.search(r"(?:19|20)\d{2}", text)
    if year is None:
        return None
    rest = re.sub(r"[^A-Z0-9]", "", text.replace(year.group(), "", 1))
    if rest.isdigit() and len(rest) <= 2:
        rest = f"{int(rest):02d}"
    guess = f"{year.group()}-{rest}" if rest else year.group()
    try:
        parse_period(guess)
    except BadInputError:
        return None
    return guess


def read_truth(text: str) -> bool:
    """Return yes or no.

    Raises:
        BadInputError: it is neither.
    """
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise BadInputError(f"{text!r} says neither yes nor no", "write yes or no")
    return word in _YES


def _with_place(reading: Reading, changes: Changes, typed: str | None) -> Changes:
    """Add the place; a period of the other frame gives a province its code of that frame."""
    fact = reading.fact
    day = _day(fact, changes)
    if typed is not None:
        found = _read_place(typed, day)
        same = (found.province_code, found.frame, found.level) == (fact.province_code, fact.frame, fact.level)
        if not same or (
            found.level != "province" and name_key(found.place or "") != name_key(fact.place or "")
        ):
            return replace(
                changes,
                place=found.place,
                place_code=found.place_code,
                province_code=found.province_code,
                frame=found.frame,
                level=found.level,
            )
        return changes
    known = fact.level == "province" and fact.province_code and fact.frame and changes.period
    if known and fact.frame != frame_on(day):
        return _with_place(reading, changes, province(str(fact.province_code), str(fact.frame)).name)
    return changes


def _day(fact: Fact, changes: Changes) -> date | None:
    """Return the day whose frame counts: the end of the period."""
    period = changes.period or fact.period
    if period is None:
        return None
    days = parse_period(period)
    return days.last_day or days.first_day


def _read_place(text: str, day: date | None) -> Changes:
    """Return place, codes and level of a province, or of a district or commune before its province."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1 and name_key(parts[0]) in _NATION:
        return Changes(place="Việt Nam", level="national")
    found = find_province(parts[-1], day) if parts else None
    if found is None:
        names = {name_key(one.name): one.name for one in provinces().values() if one.frame == frame_on(day)}
        near = _near(name_key(parts[-1]) if parts else "", names, names)
        raise BadInputError(
            f"place {text!r} does not end in a province", f"{near}write it as 'Hà Nam' or 'Bình Lục, Hà Nam'"
        )
    if len(parts) == 1:
        return Changes(
            place=found.name,
            place_code=found.code,
            province_code=found.code,
            frame=found.frame,
            level="province",
        )
    return _unit(parts, found.code, found.frame)


def _unit(parts: list[str], province_code: str, frame: str) -> Changes:
    bare = [
        re.sub(r"^(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu) ", "", part, flags=re.I)
        for part in parts
    ]
    here = [
        unit
        for names in (districts(), communes())
        for units in names.values()
        for unit in units
        if (unit.province_code, unit.frame) == (province_code, frame)
    ]
    units = [unit for unit in here if name_key(unit.name) == name_key(bare[0])]
    if not units:
        names = {name_key(unit.name): unit.name for unit in here}
        near = _near(name_key(bare[0]), names, names)
        raise BadInputError(f"{parts[-1]} has no district or commune {parts[0]!r}", f"{near}check the name")
    name = province(province_code, frame).name
    return Changes(
        place=", ".join([*bare[:-1], name]),
        place_code=units[0].code if len(units) == 1 else None,
        province_code=province_code,
        frame=frame,
        level=units[0].level,
    )


def _near(
    word: str, known: Mapping[str, str] | tuple[str, ...], names: Mapping[str, str] | None = None
) -> str:
    close = difflib.get_close_matches(word, [*known], n=3, cutoff=0.6)
    return f"did you mean {', '.join(names[one] if names else one for one in close)}; " if close else ""


def _changed(old: _T | None, new: _T) -> _T | None:
    return None if old == new else new
